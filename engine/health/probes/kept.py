"""A database file as it should be: still the one that was opened, and whole when read by somebody else.

The engine's own connection proves little: it answers from its memory when the file below it is gone or damaged. The
file is opened by SQLite only: closing any other descriptor of it would drop SQLite's locks on POSIX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from engine.health.telling import broken
from engine.recovery.databases import reading
from engine.recovery.told import unusable_told

if TYPE_CHECKING:
    from pathlib import Path

    from engine.health.probe import Reading

_CHECKED_EACH_TIME_BYTES: Final = 32 << 20
"""Reading every page costs about a second per gigabyte; of larger files every page is read now and then."""
_NOW_AND_THEN: Final = 30

Row = tuple[Any, ...]


class KeptFile:
    """The database `path`, which the engine has open; made right after the engine opened it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mark = _mark(path)
        self._largest = 0
        self._looks = 0

    def trouble(self) -> Reading | None:
        """Say what is wrong with the file itself; None when nothing is. Blocks."""
        name = self._path.name
        try:
            size = self._path.stat().st_size
        except FileNotFoundError:
            return broken("health-file-gone", file=name)
        if not size:
            return broken("health-file-empty", file=name)
        if _mark(self._path) != self._mark:
            return broken("health-file-replaced", file=name)
        self._looks += 1
        shrunk, self._largest = size < self._largest, size
        if shrunk or size < _CHECKED_EACH_TIME_BYTES or self._looks % _NOW_AND_THEN == 1:
            found = str(self.fetch("PRAGMA quick_check(1)")[0][0])
            if found != "ok":
                return broken("health-file-damaged", file=name, detail=found)
        return None

    def fetch(self, query: str, values: tuple[str, ...] = ()) -> list[Row]:
        """Ask the file through a connection of its own, which remembers nothing. Blocks; raises StorageError."""
        with unusable_told(self._path), reading(self._path) as connection:
            return connection.execute(query, values).fetchall()

    def size_kb(self) -> int:
        """Return its size in KiB."""
        return self._path.stat().st_size >> 10


def _mark(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


__all__ = ["KeptFile", "Row"]
