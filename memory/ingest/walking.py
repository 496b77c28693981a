"""What lies at a path: files to import, told before any is read. Links are never followed, loops never entered."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from memory.ingest.outcome import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from memory.ingest.outcome import Reason

FILE_BYTES: Final = 200_000_000
TOTAL_BYTES: Final = 2_000_000_000
MOST_FILES: Final = 50_000
TOOL_FOLDERS: Final = frozenset(
    {".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
)
"""Made by programs and made again at any time; inside a folder they are named and left out."""
_REPARSE_POINT: Final = 0x400
"""Windows marks junctions and mount points with it: they lead elsewhere like links."""


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file, as it was when it was seen."""

    path: Path
    name: str
    """Below the path that was named, with slashes; always printable."""
    size: int
    stamp: int
    """When it was changed, in nanoseconds: with size and path it says whether it is still the same."""

    @property
    def origin(self) -> str:
        """Where it lies, as a file URI; names that are no text are quoted byte by byte."""
        return self.path.as_uri()


@dataclass
class Plan:
    """Everything that is to be imported, and what is not."""

    files: list[Found] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    size: int = 0

    def add(self, found: Found, *, named: bool) -> None:
        """Take a file in, unless it passes a limit."""
        reason = self._beyond(found)
        if reason:
            self.refused.append(Refused(found.name, reason, named=named))
        else:
            self.files.append(found)
            self.size += found.size

    def refuse(self, name: str, reason: Reason, detail: str = "", *, named: bool = False) -> None:
        """Note what is not imported."""
        self.refused.append(Refused(name, reason, detail, named))

    def _beyond(self, found: Found) -> str:
        if found.size > FILE_BYTES:
            return "file-too-large"
        if len(self.files) >= MOST_FILES:
            return "too-many-files"
        return "total-too-large" if self.size + found.size > TOTAL_BYTES else ""


def plan_ingest(paths: Iterable[Path]) -> Plan:
    """Look at every path, files and folders, and say what would be imported; reads no file. Blocks."""
    plan = Plan()
    for path in paths:
        absolute = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a link the person did not name
        name = printable(absolute.name or str(absolute))
        try:
            seen = absolute.stat()  # a link that a person names is meant
        except (OSError, ValueError) as error:
            reason: Reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
            plan.refuse(printable(str(path)), reason, why(error), named=True)
            continue
        if stat.S_ISDIR(seen.st_mode):
            _walk(plan, absolute, name, ((seen.st_dev, seen.st_ino),))
        elif stat.S_ISREG(seen.st_mode):
            plan.add(Found(absolute, name, seen.st_size, seen.st_mtime_ns), named=True)
        else:
            plan.refuse(printable(str(path)), "device", named=True)
    return plan


def printable(name: str) -> str:
    """Return a name that can be shown and kept as text: bytes that are none are written out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace") if not _is_text(name) else name


def why(error: BaseException) -> str:
    """What the system said, without its number."""
    return str(getattr(error, "strerror", None) or error or type(error).__name__)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _walk(plan: Plan, folder: Path, below: str, above: tuple[tuple[int, int], ...]) -> None:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        plan.refuse(below, "unreadable", why(error), named=len(above) == 1)
        return
    for entry in entries:
        name = f"{below}/{printable(entry.name)}"
        try:
            _enter(plan, entry, name, above)
        except OSError as error:
            plan.refuse(name, "unreadable", why(error))


def _enter(plan: Plan, entry: os.DirEntry[str], name: str, above: tuple[tuple[int, int], ...]) -> None:
    path = Path(entry.path)
    seen = path.lstat()  # DirEntry.stat() has no inode on Windows
    if stat.S_ISLNK(seen.st_mode) or getattr(seen, "st_file_attributes", 0) & _REPARSE_POINT:
        plan.refuse(name, "link")
    elif stat.S_ISREG(seen.st_mode):
        plan.add(Found(path, name, seen.st_size, seen.st_mtime_ns), named=False)
    elif not stat.S_ISDIR(seen.st_mode):
        plan.refuse(name, "device")
    elif entry.name in TOOL_FOLDERS:
        plan.refuse(name, "tool-folder")
    elif (seen.st_dev, seen.st_ino) in above:
        plan.refuse(name, "loop")
    else:
        _walk(plan, path, name, (*above, (seen.st_dev, seen.st_ino)))
