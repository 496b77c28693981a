"""One MultiCoder per data folder: a lock the operating system holds and drops by itself when the process dies."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from core.errors import DataFolderBusy, StorageError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_WINDOWS_LOCK_OFFSET: Final = 1 << 30
"""Windows forbids reading locked bytes, so the locked one lies far behind the process id."""
_MOST_DIGITS: Final = 20


class FolderLock:
    """Use as a context manager, or `acquire` and `release`. The file itself stays: deleting it would open a race."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock or raise `DataFolderBusy` with the holder's process id at once; a dead holder's is free."""
        try:
            descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise StorageError("storage", path=str(self._file), detail=error.strerror or "") from error
        try:
            _lock(descriptor)
        except OSError:
            pid = _read_pid(descriptor)
            os.close(descriptor)
            raise DataFolderBusy(pid=pid) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back; without one, nothing happens."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def _read_pid(descriptor: int) -> int:
    os.lseek(descriptor, 0, os.SEEK_SET)
    digits = os.read(descriptor, _MOST_DIGITS)
    return int(digits) if digits.isdigit() else 0


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _WINDOWS_LOCK_OFFSET, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _WINDOWS_LOCK_OFFSET, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
