"""One MultiCoder per data folder: a lock the operating system holds and drops by itself when the process dies."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from core.errors import DataFolderBusy, StorageError
from core.locks import give, open_lock, take

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_MOST_DIGITS: Final = 20


class FolderLock:
    """Use as a context manager, or `acquire` and `release`. The file itself stays: deleting it would open a race."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock or raise `DataFolderBusy` with the holder's process id at once; a dead holder's is free."""
        try:
            descriptor = open_lock(self._file)
        except OSError as error:
            raise StorageError("storage", path=str(self._file), detail=error.strerror or "") from error
        try:
            take(descriptor)
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
            give(self._descriptor)
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
