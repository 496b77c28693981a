"""Results taken out of a work folder a hostile program wrote: regular files only, never through a link, bounded.

Each part of a path is opened below the one before it without following links, so that what was looked at is what is
read. A named pipe or device is refused before it can block, and everything is copied, never moved.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from core.errors import InputError
from core.safe_path import check_collisions, clean_name, safe_path

MIB: Final = 1024 * 1024
CHUNK: Final = 1024 * 1024
MAX_FILES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Collected:
    """What was copied, by its path below the folder, and what was left behind with the reason."""

    files: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


class RefusedError(Exception):
    """This entry is not taken; the text says why."""


def collect(workdir: Path, target: Path, *, file_mb: int = 256, total_mb: int = 512) -> Collected:
    """Copy the regular files of `workdir` into `target`, leaving behind whatever could harm."""
    files: list[str] = []
    refused: list[tuple[str, str]] = []
    left = total_mb * MIB
    for relative in _entries(workdir):
        try:
            destination = _place(target, relative, files)
            left -= _copy(workdir, relative, destination, min(file_mb * MIB, left))
        except (RefusedError, InputError, OSError) as error:
            refused.append((relative, _reason(error)))
        else:
            files.append(relative)
    return Collected(tuple(files), tuple(refused))


def read_result(workdir: Path, name: str, *, limit: int = MIB) -> bytes:
    """Return one file a job was asked to write. Raises FileNotFoundError when it is not there as a plain file."""
    try:
        with _open_regular(workdir, clean_name(name), limit) as stream:
            return stream.read(limit)
    except (RefusedError, InputError, OSError) as error:
        raise FileNotFoundError(f"{name}: {_reason(error)}") from error


def _entries(workdir: Path) -> list[str]:
    """Return every entry that is no real folder, links to folders included."""
    found = []
    for root, folders, names in os.walk(workdir):
        links = [name for name in folders if Path(root, name).is_symlink()]
        found += [Path(root, name).relative_to(workdir).as_posix() for name in (*names, *links)]
    return sorted(found)


def _place(target: Path, relative: str, taken: list[str]) -> Path:
    if len(taken) >= MAX_FILES:
        raise RefusedError("too many files")
    folded = relative.casefold()
    check_collisions([*(name for name in taken if name.casefold() == folded), relative])
    return safe_path(target, relative)


def _copy(workdir: Path, relative: str, destination: Path, limit: int) -> int:
    with _open_regular(workdir, relative, limit) as source:
        destination.parent.mkdir(parents=True, exist_ok=True)
        copied = 0
        with destination.open("xb") as copy:
            while data := source.read(min(CHUNK, limit - copied)):
                copied += copy.write(data)
    return copied


def _open_regular(workdir: Path, relative: str, limit: int) -> IO[bytes]:
    stream = os.fdopen(_open_below(workdir, relative), "rb")
    status = os.fstat(stream.fileno())
    if not stat.S_ISREG(status.st_mode):
        stream.close()
        raise RefusedError("not a regular file")
    if status.st_size > limit:
        stream.close()
        raise RefusedError("too large")
    return stream


if sys.platform == "win32":

    def _open_below(workdir: Path, relative: str) -> int:
        path = workdir
        for part in relative.split("/"):
            path /= part
            if path.lstat().st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT:
                raise RefusedError("a link")
        return os.open(path, os.O_RDONLY | os.O_BINARY)

else:

    def _open_below(workdir: Path, relative: str) -> int:
        folder = os.open(workdir, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        *parents, name = relative.split("/")
        try:
            for part in parents:
                inner = os.open(part, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
                os.close(folder)
                folder = inner
            if stat.S_ISLNK(os.lstat(name, dir_fd=folder).st_mode):
                raise RefusedError("a link")
            return os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
        finally:
            os.close(folder)


def _reason(error: Exception) -> str:
    if isinstance(error, InputError):
        return str(error.facts.get("reason", error.code))
    return (error.strerror or "unreadable") if isinstance(error, OSError) else str(error)
