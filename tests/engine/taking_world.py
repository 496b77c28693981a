"""A code host that serves archives over real https on loopback, and everything that takes them, all of it real."""

from __future__ import annotations

import asyncio
import contextlib
import io
import ssl
import stat
import struct
import threading
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from agents.tools.door import Door
from core.research import Repository
from engine.taking import RepositoryTaker
from graph.consents import LedgerConsents
from graph.ledger import Ledger
from memory.documents.documents import SqliteDocuments
from tests.fakes.certificates import make_authority

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER = "fedcba9876543210fedcba9876543210fedcba98"
ROOT = f"owner-tools-{COMMIT[:7]}"
PROJECT, RUN = "p-1", "r-1"
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()


def entry(name, *, mode=stat.S_IFREG | 0o644):
    """An entry under exactly this name."""
    info = zipfile.ZipInfo(name)
    info.filename = name  # the constructor cuts at NUL and turns separators round
    info.orig_filename = name
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def zipped(files, *, root=ROOT, comment=COMMIT):
    """An archive as a code host makes it: `files` is path (or an entry) -> bytes or text."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            if isinstance(name, zipfile.ZipInfo):
                archive.writestr(name, data)
            else:
                archive.writestr(entry(f"{root}/{name}" if root else name), data)
        archive.comment = comment.encode()
    return target.getvalue()


def bomb(megabytes=64):
    """An archive with one file of zeros that swells a thousand times."""
    return zipped({"zeros.txt": bytes(megabytes << 20)}, root="")


def encrypted(archive):
    """Mark every entry as encrypted; the library cannot write encrypted ones."""
    data = bytearray(archive)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            (flags,) = struct.unpack_from("<H", data, place + offset)
            struct.pack_into("<H", data, place + offset, flags | 1)
            place = data.find(mark, place + 1)
    return bytes(data)


class Host:
    """Serves archives; counts what it was asked for."""

    def __init__(self, folder):
        if not (folder / "root.pem").exists():
            make_authority(folder)
        self.root = folder / "root.pem"
        self.forget()
        self._stopped = threading.Event()
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                host.asked.append(self.path)
                with contextlib.suppress(OSError):
                    host.answer(self)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "here.pem", folder / "here.key")
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.place = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    def forget(self):
        """Serve nothing, and know of no question."""
        self.bodies, self.asked, self.endless = {}, [], set()
        self.cut = 0
        """So many bytes of a body come, and then nothing any more."""
        self.waits = None
        """An event a body waits for after its first half."""

    def answer(self, request):
        body = self.bodies.get(request.path)
        request.send_response(200 if body is not None else 404)
        request.send_header("Content-Type", "application/zip")
        if request.path in self.endless:
            request.end_headers()
            while not self._stopped.is_set():
                request.wfile.write(bytes(65_536))
            return
        request.send_header("Content-Length", str(len(body or b"")))
        request.end_headers()
        if self.cut:
            request.wfile.write(body[: self.cut])
            request.close_connection = True
            return
        half = len(body or b"") // 2
        request.wfile.write((body or b"")[:half])
        if self.waits is not None:
            self.waits.wait(20)
        request.wfile.write((body or b"")[half:])

    def close(self):
        self._stopped.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Remembering:
    """An event sink that keeps everything."""

    def __init__(self):
        self.events = []

    def emit(self, event, /):
        self.events.append(event)

    def named(self, name):
        return [event for event in self.events if event.name == name]


def archive_url(repository, commit):
    """Where this code host keeps the archive of a commit."""
    return f"https://{repository.host}/{repository.owner}/{repository.name}/zip/{commit}"


@dataclass
class Stand:
    """Everything that takes a repository, opened on one data folder."""

    home: object
    place: str
    root: Path
    antiviruses: tuple = ()
    limit: int = 5_000_000
    sink: Remembering = field(default_factory=Remembering)

    async def __aenter__(self):
        self.ledger = Ledger(self.home.ledger, self.sink)
        self.documents = SqliteDocuments(self.home.root / "documents.db")
        self.consents = LedgerConsents(self.ledger, self.sink)
        context = ssl.create_default_context(cafile=self.root)
        self.door = Door(allowed=frozenset({self.place}), context=context, interval=0)
        self.taker = RepositoryTaker(
            self.home,
            self.documents,
            self.consents,
            self.door,
            archive_url,
            self.sink,
            antiviruses=self.antiviruses,
            limit=self.limit,
        )
        return self

    async def __aexit__(self, *_):
        await self.door.aclose()
        self.documents.close()
        self.ledger.close()

    def repository(self, name="tools", **more):
        return Repository(self.place, "owner", name, **{"commit": COMMIT, "licence": "MIT", **more})

    async def allowed(self, repository=None, *, run=RUN, commit=COMMIT, decision="allow"):
        address = (repository or self.repository()).address
        return await self.consents.record(run, address, commit, decision, reason="it fits", via="window")

    async def take(self, repository=None, consent=None, *, project=PROJECT, run=RUN, progress=None):
        repository = repository or self.repository()
        consent = consent or await self.allowed(repository, run=run)
        return await self.taker.take(repository, consent, project=project, run=run, progress=progress)


def everything_below(folder):
    """Every file and link below a folder, by relative path."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}


async def until(check):
    """Wait until something is so; the test's own time limit ends it."""
    while not check():  # noqa: ASYNC110 - what is waited for happens in another thread
        await asyncio.sleep(0.005)
