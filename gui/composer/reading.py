"""Looks at what was chosen, in threads of its own: sizes, digests, small pictures, lists of folders and zip files."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from gui.composer.kinds import ARCHIVE, FOLDER, IMAGE, is_zip, kind_of, mime_of
from gui.composer.limits import FILE_BYTES, FOLDER_BYTES, FOLDER_FILES, SKIPPED_FOLDERS
from gui.composer.summaries import Entry, summary_of, zip_summary
from gui.composer.trouble import AttachmentError, CancelledError, trouble_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gui.thumbs import Thumbs

_PIECE: Final = 1024 * 1024
_TELL_EVERY_SECONDS: Final = 0.1
_MOST_FOLDERS: Final = 50_000
_REPARSE_POINT: Final = 0x400

Stamp = tuple[int, int, int]


class Control:
    """How the window follows and ends one reading."""

    def __init__(self, told: Callable[[float], None]) -> None:
        self.cancelled = Event()
        self._told = told
        self._next = 0.0

    def tell(self, done: int, total: int) -> None:
        """Tell how far it is, ten times a second at most; raises CancelledError when nobody wants it any more."""
        if self.cancelled.is_set():
            raise CancelledError
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _TELL_EVERY_SECONDS
            self._told(min(1.0, done / max(1, total)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an attachment that was read. `stamp` changes whenever somebody writes to it."""

    path: Path
    size: int
    kind: str
    mime: str
    sha256: str
    stamp: Stamp
    thumb: str = ""
    summary: dict[str, Any] = field(default_factory=dict)


def read(path: Path, thumbs: Thumbs, control: Control) -> Facts:
    """Read a file or folder wholly; links are followed once, here, to what the person meant.

    Raises:
        AttachmentError: it cannot be attached.
    """
    try:
        real = path.resolve(strict=True)
        found = real.stat()
        if stat.S_ISDIR(found.st_mode):
            return _read_folder(real, control)
        if not stat.S_ISREG(found.st_mode):
            raise AttachmentError("no-file")
        return _read_file(real, thumbs, control)
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        raise trouble_of(error) from error


def look_again(facts: Facts, thumbs: Thumbs, control: Control) -> Facts:
    """Return the facts as they are now; the same object when nothing was written to it since.

    Raises:
        AttachmentError: it is gone, or cannot be attached any more.
    """
    try:
        if _stamp_now(facts, control) == facts.stamp:
            return facts
    except (OSError, ValueError, RuntimeError) as error:
        raise trouble_of(error) from error
    return read(facts.path, thumbs, control)


def _stamp_now(facts: Facts, control: Control) -> Stamp:
    if facts.kind == FOLDER:
        return _folder_stamp(list(_files_of(facts.path, control)))
    return _stamp(facts.path.stat())


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ino


def _open(path: Path) -> BinaryIO:
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.fdopen(os.open(path, flags), "rb")


def _read_file(path: Path, thumbs: Thumbs, control: Control) -> Facts:
    kind = kind_of(path.name)
    with _open(path) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise AttachmentError("no-file")
        if before.st_size > FILE_BYTES:
            raise AttachmentError("too-large")
        if before.st_size == 0:
            raise AttachmentError("empty")
        digest = hashlib.sha256()
        done = _digest(file, digest.update, control, 0, before.st_size)
        sha256 = digest.hexdigest()
        thumb = thumbs.make(path, sha256) if kind == IMAGE else ""
        after = path.stat()  # what the small picture was made of, not only what was open
        if done != before.st_size or _stamp(after) != _stamp(before):
            raise AttachmentError("too-large" if after.st_size > FILE_BYTES else "changed-while-read")
        summary = _summary(file, path, before.st_size)
    return Facts(path, done, kind, mime_of(path.name), sha256, _stamp(before), thumb, summary)


def _summary(file: BinaryIO, path: Path, size: int) -> dict[str, Any]:
    """What a zip file holds; a damaged one may be attached all the same, it is only called no zip project."""
    if kind_of(path.name) != ARCHIVE or not is_zip(path.name):
        return {}
    try:
        return zip_summary(file, size)
    except AttachmentError:
        return {"damaged": True, "files": 0, "project": False}


def _digest(file: BinaryIO, add: Callable[[bytes], None], control: Control, done: int, total: int) -> int:
    """Feed a file to a digest; return how many bytes were read by now, never more than one piece beyond the limit."""
    here = 0
    while here <= FILE_BYTES and (piece := file.read(_PIECE)):
        add(piece)
        here += len(piece)
        control.tell(done + here, total)
    return done + here


def _read_folder(path: Path, control: Control) -> Facts:
    files = list(_files_of(path, control))
    if not files:
        raise AttachmentError("empty-folder")
    total = sum(found.st_size for _, found in files)
    digest, done = hashlib.sha256(), 0
    for name, _ in files:
        digest.update(name.encode("utf-8", "surrogatepass") + b"\0")
        try:
            with _open(path / name) as file:
                done = _digest(file, digest.update, control, done, total)
        except FileNotFoundError as error:  # of the folder, not the folder itself
            raise AttachmentError("changed-while-read") from error
    entries = [Entry(f"{path.name}/{name}", found.st_size) for name, found in files]
    stamp = _folder_stamp(files)
    return Facts(path, total, FOLDER, "inode/directory", digest.hexdigest(), stamp, "", summary_of(entries, total))


def _folder_stamp(files: list[tuple[str, os.stat_result]]) -> Stamp:
    written = hashlib.sha256()
    for name, found in files:
        written.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
    return len(files), int.from_bytes(written.digest()[:8], "big"), 0


def _files_of(folder: Path, control: Control) -> Iterator[tuple[str, os.stat_result]]:
    """Every regular file below a folder, sorted; links are left out, so there is no way round in a circle."""
    waiting, count, total, folders = [folder], 0, 0, 0
    while waiting:
        here = waiting.pop()
        folders += 1
        if folders > _MOST_FOLDERS:
            raise AttachmentError("too-many-files")
        with os.scandir(here) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            control.tell(0, 1)
            facts = entry.stat(follow_symlinks=False)
            if _leads_away(facts):
                continue
            path = here / entry.name
            if stat.S_ISDIR(facts.st_mode):
                waiting += [path] if entry.name not in SKIPPED_FOLDERS else []
            elif stat.S_ISREG(facts.st_mode):
                count, total = count + 1, total + facts.st_size
                _within_limits(entry.name, facts.st_size, count, total)
                yield path.relative_to(folder).as_posix(), facts


def _leads_away(facts: os.stat_result) -> bool:
    """Whether it is a link, or what Windows has besides links."""
    return stat.S_ISLNK(facts.st_mode) or bool(getattr(facts, "st_file_attributes", 0) & _REPARSE_POINT)


def _within_limits(name: str, size: int, count: int, total: int) -> None:
    if size > FILE_BYTES:
        raise AttachmentError("file-in-folder-too-large", name)
    if count > FOLDER_FILES:
        raise AttachmentError("too-many-files")
    if total > FOLDER_BYTES:
        raise AttachmentError("folder-too-large")
