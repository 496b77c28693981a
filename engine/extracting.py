"""The text of foreign files is taken out in a process of its own: whatever such a file does ends with that process.

Memory, time and output are limited twice: by the process itself, and by the one that watches it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
import threading
import time
from typing import IO, TYPE_CHECKING, Any, Final, cast

import psutil

from core.errors import ResearchError
from core.research import PageText
from engine.own_process import NOWHERE, start_own
from memory.ingest.extraction import TEXT_BYTES, UnreadableError, write_text
from memory.ingest.pages import plain_text, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from core.paths import Home
    from engine.own_process import OwnProcess
    from memory.ingest.forms import Form
    from memory.ingest.outcome import Trouble

WORD: Final = "extract"
"""`multicoder extract FORM`, with the file as standard input and its text as standard output."""
_PAGE: Final = "page-"
"""What stands before the form of a page of the web: its text alone is wanted, in a hurry."""
_PAGE_FORMS: Final = {"text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf"}
_PAGE_SECONDS: Final = 30
_PAGE_MEMORY_MB: Final = 512
_PAGE_BYTES: Final = 4 << 20
_PAGES_AT_ONCE: Final = 2
SECONDS: Final = 120
CPU_SECONDS: Final = 60
MEMORY_MB: Final = 1_024
_LOOK_SECONDS: Final = 0.1
_MOST_FILES: Final = 64
_NICE: Final = 10
_NOT_NEEDED: Final = ("numpy", "pandas", "PIL")
"""The readers take these in where they are there, and need a second and a hundred megabytes for it."""
_EXIT: Final[dict[Trouble, int]] = {"encrypted": 21, "no-text": 22, "damaged": 23, "too-heavy": 24}
_TROUBLE: Final = {code: trouble for trouble, code in _EXIT.items()}
_OUT_OF_MEMORY: Final = _EXIT["too-heavy"]


class OwnProcessExtractor:
    """`memory.ingest.extraction.Extractor` that starts our own program for each file."""

    def __init__(
        self, home: Home, *, seconds: float = SECONDS, memory_mb: int = MEMORY_MB, text_bytes: int = TEXT_BYTES
    ) -> None:
        self._child = _Child(home, seconds, memory_mb << 20, text_bytes)

    async def extract(self, form: Form, source: Path, target: Path) -> None:
        """See `Extractor`; a caller that is cancelled leaves no process behind."""
        unwanted = threading.Event()
        work = asyncio.ensure_future(asyncio.to_thread(self._extract, form, source, target, unwanted))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            unwanted.set()
            await asyncio.wait({work})
            work.exception()
            raise

    def _extract(self, form: Form, source: Path, target: Path, unwanted: threading.Event) -> None:
        with source.open("rb") as read, target.open("wb") as written:
            self._child.run(form, read, written, unwanted)


class PageReader:
    """`core.research.Extract` that starts our own program for each page that is not plain text."""

    def __init__(self, home: Home, *, seconds: float = _PAGE_SECONDS, memory_mb: int = _PAGE_MEMORY_MB) -> None:
        self._child = _Child(home, seconds, memory_mb << 20, _PAGE_BYTES)
        self._slots = asyncio.Semaphore(_PAGES_AT_ONCE)

    async def __call__(self, data: bytes, media_type: str, charset: str) -> PageText:
        """See `Extract`; a caller that is cancelled leaves no process behind."""
        form = _PAGE_FORMS.get(media_type)
        if form is None:
            text, cut = plain_text(_decoded(data, charset), markdown="markdown" in media_type)
            return PageText("", text, cut)
        if form == "html":
            data = _decoded(data, charset).encode("utf-8", "replace")
        unwanted = threading.Event()
        async with self._slots:
            work = asyncio.ensure_future(asyncio.to_thread(self._read, form, data, unwanted))
            try:
                return await asyncio.shield(work)
            except asyncio.CancelledError:
                unwanted.set()
                await asyncio.wait({work})
                work.exception()
                raise
            except UnreadableError as error:
                raise ResearchError(
                    "wrong_type" if error.trouble == "no-text" else "malformed", url="", detail=error.trouble
                ) from error

    def _read(self, form: str, data: bytes, unwanted: threading.Event) -> PageText:
        with tempfile.TemporaryFile() as read, tempfile.TemporaryFile() as written:
            read.write(data)
            read.seek(0)
            self._child.run(_PAGE + form, read, written, unwanted)
            written.seek(0)
            try:
                told = json.loads(written.read(_PAGE_BYTES))
                return PageText(str(told["title"]), str(told["text"]), bool(told["cut"]))
            except (ValueError, KeyError, TypeError) as error:
                raise UnreadableError("damaged") from error


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


class _Child:
    """A process of our own for one file, with its limits."""

    def __init__(self, home: Home, seconds: float, memory: int, text_bytes: int) -> None:
        self._home = home
        self._seconds = seconds
        self._memory = memory
        self._text_bytes = text_bytes

    def run(self, form: str, read: IO[bytes], written: IO[bytes], unwanted: threading.Event) -> None:
        """Let it read and write. Raises UnreadableError."""
        environ = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        try:
            process = start_own(
                (WORD, form), home=self._home, environ=environ, stdin=read, stdout=written, stderr=NOWHERE
            )
        except OSError as error:
            raise UnreadableError("too-heavy") from error
        limits: object = _limited(process, self._memory)
        try:
            code = self._watched(process, written, unwanted)
        finally:
            process.kill()
            process.wait()
            del limits  # a job object ends what is in it when it is dropped
        if code != 0:
            raise UnreadableError(_trouble(code))

    def _watched(self, process: OwnProcess, written: IO[bytes], unwanted: threading.Event) -> int:
        """Wait for the end; what takes too much is ended."""
        until = time.monotonic() + self._seconds
        seen = psutil.Process(process.pid)
        while process.poll() is None:
            size = os.fstat(written.fileno()).st_size
            if unwanted.wait(_LOOK_SECONDS) or time.monotonic() > until or size > self._text_bytes:
                return _OUT_OF_MEMORY
            with contextlib.suppress(psutil.Error):  # it has just ended
                if seen.memory_info().rss > self._memory:
                    return _OUT_OF_MEMORY
        return int(process.returncode)


def be_extractor(form: str) -> int:
    """Be the process of one file; the exit code says what is wrong, anything unforeseen counts as damaged."""
    _limit_myself()
    sys.modules.update(dict.fromkeys(_NOT_NEEDED, cast("Any", None)))
    try:
        if form.startswith(_PAGE):
            write_page(form.removeprefix(_PAGE), sys.stdin.buffer, sys.stdout.buffer)
        else:
            write_text(cast("Form", form), sys.stdin.buffer, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except UnreadableError as error:
        return _EXIT[error.trouble]
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


def _trouble(code: int) -> Trouble:
    if code in _TROUBLE:
        return _TROUBLE[code]
    return "too-heavy" if code < 0 else "damaged"  # ended by a signal: one of its own limits


if sys.platform == "win32":
    # Written against the documented interface; not yet proven on a Windows machine.
    from builders.runner.windows_job import JobObject
    from core.jobs import Limits

    def _limited(process: OwnProcess, memory: int) -> JobObject:
        job = JobObject(Limits(cpu_seconds=CPU_SECONDS, memory_mb=memory >> 20, processes=1))
        job.assign(process.pid)
        return job

    def _limit_myself() -> None:
        """The job object of the parent limits us."""

else:
    import resource
    import signal

    def _limited(_process: OwnProcess, _memory: int) -> object:
        """The process limits itself before it reads the first byte."""
        return None

    def _limit_myself() -> None:
        megabytes = MEMORY_MB << 20
        for what, limit in (
            (resource.RLIMIT_AS, 2 * megabytes),  # addresses, of which a good part is never used
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_FSIZE, TEXT_BYTES + (1 << 20)),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_NOFILE, _MOST_FILES),
        ):
            _, hard = resource.getrlimit(what)
            known = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(what, (known, known))
        signal.alarm(SECONDS)  # also when nobody is left who watches
        os.nice(_NICE)
