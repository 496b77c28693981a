"""The engine's door: a local socket (Windows: a named pipe) only the owner of the data folder can come through.

There is no port: nothing of the network reaches the engine. Who comes in has to show the token that stands in
`Home.engine`, which only its owner can read. Behind the door clients speak line by line; what they say is not the
door's business.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import json
import logging
import os
import secrets
import socket
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import StorageError
from core.files import write_atomic
from core.logs import LOGGER_NAME
from engine.doorbell import DOOR_VERSION, MOST_LINE_BYTES, PASSED_ON, Address, EngineAbsent, knock, request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping

    from core.paths import Home

    OnClient = Callable[[asyncio.StreamReader, asyncio.StreamWriter, dict[str, Any]], Awaitable[None]]

HELLO_BYTES: Final = 64 * 1024
HELLO_SECONDS: Final = 5.0
MOST_UNREAD_BYTES: Final = 64 * 1024 * 1024
"""A client that leaves this much unread is dropped: it would otherwise fill the engine's memory."""
_LOOK_SECONDS: Final = 1.0
_FAREWELL_SECONDS: Final = 5.0
_LONGEST_SOCKET_PATH: Final = 100
"""Bytes; the system allows 107 on Linux and 103 on macOS."""
_PROTOCOL_VERSION: Final = 1
_PRIVATE_FOLDER: Final = 0o700

_log = logging.getLogger(f"{LOGGER_NAME}.door")


class Door:
    """An open door; made by `open_door`."""

    def __init__(self, home: Home, on_client: OnClient) -> None:
        self._home = home
        self._on_client = on_client
        self._token = secrets.token_urlsafe(32)
        self._visits: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: Any = None
        self._socket: Path | None = None
        self._inode = 0

    async def open(self) -> None:
        """Listen and write down where; StorageError when no place for the socket can be used."""
        address = await self._listen()
        written = Address(os.getpid(), address, self._token, DOOR_VERSION).as_json()
        await asyncio.to_thread(write_atomic, self._home.engine, written)

    async def shut(self) -> None:
        """Take the sign down, which tells clients that the end is meant, and let no one in; who is inside may stay."""
        await asyncio.to_thread(self._take_down)
        self._server.close()

    async def close(self) -> None:
        """See everybody out; what was said is still delivered.

        A sign that was not taken down by `shut` stays: nobody meant to end here, and clients wait for the next engine.
        """
        self._server.close()
        for writer in self._writers:
            writer.close()
        if self._visits:
            _, staying = await asyncio.wait(self._visits, timeout=_FAREWELL_SECONDS)
            for visit in staying:
                visit.cancel()
            await asyncio.gather(*staying, return_exceptions=True)

    @property
    def clients(self) -> int:
        """How many are inside."""
        return len(self._writers)

    def _take_down(self) -> None:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            if json.loads(self._home.engine.read_bytes())["token"] == self._token:
                self._home.engine.unlink()
        if self._socket is not None:
            with contextlib.suppress(OSError):
                if self._socket.lstat().st_ino == self._inode:
                    self._socket.unlink()

    if sys.platform == "win32":
        # Written against the documented interface; not yet proven on a Windows machine.
        async def _listen(self) -> str:
            address = rf"\\.\pipe\multicoder-{secrets.token_hex(16)}"
            loop: Any = asyncio.get_running_loop()  # the Proactor loop, which is the default

            def visitor() -> asyncio.StreamReaderProtocol:
                return asyncio.StreamReaderProtocol(asyncio.StreamReader(MOST_LINE_BYTES), self._arrived)

            [self._server] = await loop.start_serving_pipe(visitor, address)
            return address

    else:

        async def _listen(self) -> str:
            listening, path = await asyncio.to_thread(_bind, self._home)
            self._socket, self._inode = path, path.lstat().st_ino
            self._server = await asyncio.start_unix_server(self._arrived, sock=listening, limit=MOST_LINE_BYTES)
            return str(path)

    def _arrived(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.get_running_loop().create_task(self._receive(reader, writer), name="door-visit")
        self._visits.add(visit)
        visit.add_done_callback(self._left)

    def _left(self, visit: asyncio.Task[None]) -> None:
        self._visits.discard(visit)
        if not visit.cancelled() and (error := visit.exception()) is not None:
            _log.error("a client's visit ended with an error", exc_info=error)

    async def _receive(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Ask for the token, then leave the client to the engine; the line is dropped whatever happens."""
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                hello = await _hello(reader, self._token)
        except (TimeoutError, ValueError, RecursionError, OSError, asyncio.IncompleteReadError):
            _log.warning("somebody without the token was turned away")
            writer.transport.abort()
            return
        self._writers.add(writer)
        watch = asyncio.get_running_loop().create_task(_watch(writer))
        try:
            writer.write(json.dumps({"welcome": DOOR_VERSION}).encode() + b"\n")
            with contextlib.suppress(ConnectionError):
                await self._on_client(reader, writer, hello)
        finally:
            watch.cancel()
            self._writers.discard(writer)
            writer.close()


async def open_door(home: Home, on_client: OnClient) -> Door:
    """Open the door of the engine, which must hold the lock of `home`: what a dead engine left is replaced.

    `on_client(reader, writer, hello)` is awaited for each client that showed the token; when it returns the client
    is disconnected. `hello` has `client` (what it calls itself) and `environ` (wishes, see `PASSED_ON`).
    """
    door = Door(home, on_client)
    await door.open()
    return door


async def ask(home: Home, method: str, params: Mapping[str, Any], timeout: float = 10.0) -> Any:  # noqa: ASYNC109 - the blocking client keeps it
    """Ask the running engine of `home` one thing and return the result.

    Raises EngineAbsent when there is none or it does not answer in time, MultiCoderError when it refuses.
    """
    return await asyncio.to_thread(_ask, home, method, params, timeout)


def _ask(home: Home, method: str, params: Mapping[str, Any], seconds: float) -> Any:
    until = time.monotonic() + seconds
    introduction = {
        "protocolVersion": _PROTOCOL_VERSION,
        "clientInfo": {"name": "multicoder", "version": str(DOOR_VERSION)},
        "clientCapabilities": {"_meta": {"multicoder": {}}},
    }
    with knock(home, seconds, client="ask") as connection:
        try:
            request(connection, "ask-1", "initialize", introduction, until)
            return request(connection, "ask-2", method, params, until)
        except (OSError, ValueError) as error:
            raise EngineAbsent("engine-silent", seconds=seconds) from error


async def _hello(reader: asyncio.StreamReader, token: str) -> dict[str, Any]:
    """Read the greeting; byte by byte, because the line that follows must stay in the reader."""
    line = bytearray()
    while not line.endswith(b"\n"):
        if len(line) >= HELLO_BYTES:
            raise ValueError("a greeting without end")
        line += await reader.readexactly(1)
    said = json.loads(line)
    shown = said.get("token") if isinstance(said, dict) else None
    if not isinstance(shown, str) or not hmac.compare_digest(shown.encode(), token.encode()):
        raise ValueError("a wrong token")
    environ = said.get("environ")
    wishes = environ if isinstance(environ, dict) else {}
    known = {name: value for name, value in wishes.items() if name in PASSED_ON and isinstance(value, str)}
    return {"client": str(said.get("client", "")), "environ": known}


async def _watch(writer: asyncio.StreamWriter) -> None:
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        if writer.transport.get_write_buffer_size() > MOST_UNREAD_BYTES:
            _log.warning("a client that reads nothing was dropped")
            writer.transport.abort()
            return


if sys.platform != "win32":

    def _bind(home: Home) -> tuple[socket.socket, Path]:
        """Bind the socket in the first folder that is private, short enough and on a disk that knows sockets."""
        reason = "no folder with a short enough path"
        for folder in _folders(home):
            path = folder / "engine.sock"
            if len(os.fsencode(path)) > _LONGEST_SOCKET_PATH:
                continue
            listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                _make_private(folder)
                path.unlink(missing_ok=True)  # of a dead engine: the living one holds the lock, and that is us
                listening.bind(str(path))
                path.chmod(0o600)
                listening.settimeout(0)
            except OSError as error:
                listening.close()
                reason = error.strerror or type(error).__name__
            else:
                return listening, path
        raise StorageError("door-shut", path=str(home.root), detail=reason)

    def _folders(home: Home) -> Iterator[Path]:
        yield home.root / "door"
        digest = hashlib.sha256(os.fsencode(home.root)).hexdigest()[:16]
        for base in dict.fromkeys((os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir(), "/tmp")):  # noqa: S108 - a private folder in it, checked
            if base:
                yield Path(base) / f"multicoder-{os.geteuid()}-{digest}"

    def _make_private(folder: Path) -> None:
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise PermissionError(0, "the folder for the socket belongs to somebody else")
        if stat.S_IMODE(found.st_mode) != _PRIVATE_FOLDER:
            folder.chmod(_PRIVATE_FOLDER)
