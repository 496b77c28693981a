"""What is to be kept, read once and in pieces: cut, hashed and counted on the way."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from memory.documents.cutting import Cutter
from memory.documents.encodings import BINARY, HEAD_BYTES, NARROW, Ear, family_of
from memory.documents.line_ends import Counter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_CHUNK: Final = 1_048_576
_BATCH_BYTES: Final = 2_097_152
"""Bytes that go into one transaction: others get a turn between two of them, and no more has to wait in memory."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Bytes that are kept once, by their checksum."""

    sha256: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class PieceNote:
    """A segment at its place in a content."""

    sha256: bytes
    line: int
    torn: bool


@dataclass(slots=True)
class Content:
    """What is known of bytes once all of them were read."""

    sha256: bytes = b""
    size: int = 0
    lines: int = 0
    encoding: str = ""
    pieces: list[PieceNote] = field(default_factory=list)


class Intake:
    """Reads a source to its end; `content` is complete when `batches` is."""

    def __init__(self, source: bytes | Path, progress: Callable[[int, int], None] | None) -> None:
        self._source = source
        self._progress = progress
        self._family = NARROW
        self.content = Content()

    def batches(self) -> Iterator[list[Segment]]:
        """Hand out segments as they come.

        Raises:
            InputError: the file is gone, cannot be read or changed meanwhile.
        """
        batch: list[Segment] = []
        waiting = 0
        for segment in self._noted():
            batch.append(segment)
            waiting += len(segment.data)
            if waiting >= _BATCH_BYTES:
                yield batch
                batch, waiting = [], 0
        if batch:
            yield batch

    def _noted(self) -> Iterator[Segment]:
        ear = Ear()
        counter: Counter | None = None
        for data in self._segments():
            counter = counter or Counter(self._family)
            segment = Segment(hashlib.sha256(data).digest(), data)
            line, torn = (0, False) if self._family == BINARY else counter.place(data)
            if self._family == NARROW:
                ear.hear(data)
            self.content.pieces.append(PieceNote(segment.sha256, line, torn))
            yield segment
        self.content.lines = counter.lines if counter and self._family != BINARY else 0
        self.content.encoding = self._family or ear.verdict()

    def _segments(self) -> Iterator[bytes]:
        total = hashlib.sha256()
        cutter: Cutter | None = None
        for chunk in self._chunks():
            total.update(chunk)
            self.content.size += len(chunk)
            if cutter is None:
                self._family = family_of(bytes(chunk[:HEAD_BYTES]))
                cutter = Cutter(self._family)
            yield from cutter.cut(chunk)
        if cutter is not None:
            yield from cutter.rest()
        self.content.sha256 = total.digest()

    def _chunks(self) -> Iterator[bytes | memoryview]:
        if isinstance(self._source, bytes):
            view = memoryview(self._source)
            yield from self._told((view[at : at + _CHUNK] for at in range(0, len(view), _CHUNK)), len(view))
        else:
            yield from self._told(file_chunks(self._source), size_of(self._source))

    def _told(self, chunks: Iterator[bytes | memoryview], total: int) -> Iterator[bytes | memoryview]:
        done = 0
        for chunk in chunks:
            yield chunk
            done += len(chunk)
            if self._progress is not None:
                self._progress(done, max(done, total))


def size_of(path: Path) -> int:
    """Return the size of a regular file; InputError when it is none or cannot be reached."""
    with _told_plainly(path):
        return _regular(path.stat(), path).st_size


def file_chunks(path: Path) -> Iterator[bytes]:
    """Read a file in pieces; InputError when it cannot be read, is no regular file or changed meanwhile."""
    with _told_plainly(path):
        before = _regular(path.stat(), path)  # before opening: a named pipe would keep whoever opens it waiting
        with path.open("rb", buffering=0) as file:
            begun = os.fstat(file.fileno())
            size = 0
            while size <= before.st_size and (chunk := file.read(_CHUNK)):  # a file may grow as fast as it is read
                size += len(chunk)
                yield chunk
            ended = os.fstat(file.fileno())
        after = path.stat()
    same = _face(before) == _face(after) and _face(begun) == _face(ended) and size == before.st_size == ended.st_size
    if not same:
        raise InputError("document-changed", path=str(path))


def _face(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _regular(found: os.stat_result, path: Path) -> os.stat_result:
    if not stat.S_ISREG(found.st_mode):
        raise InputError("document-unreadable", path=str(path), detail="not a regular file")
    return found


@contextmanager
def _told_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InputError("document-missing", path=str(path)) from error
    except OSError as error:
        raise InputError("document-unreadable", path=str(path), detail=error.strerror or str(error)) from error
