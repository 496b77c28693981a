"""Locks the operating system holds on an open file and drops by itself when the process dies."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WINDOWS_LOCK_OFFSET: Final = 1 << 30
"""Windows forbids reading locked bytes, so the locked one lies far behind anything a lock file says."""
_PAUSE_SECONDS: Final = 0.02


@contextmanager
def locked(file: Path, seconds: float) -> Iterator[None]:
    """Hold the lock of `file` for this block; TimeoutError when somebody else keeps it longer than `seconds`.

    The file itself stays: deleting it would open a race.
    """
    descriptor = open_lock(file)
    try:
        _take(descriptor, time.monotonic() + seconds)
        try:
            yield
        finally:
            give(descriptor)
    finally:
        os.close(descriptor)


def open_lock(file: Path) -> int:
    """Open a file to be locked, readable by its owner only when it is made here."""
    return os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)


def _take(descriptor: int, until: float) -> None:
    while True:
        try:
            take(descriptor)
        except OSError:
            if time.monotonic() > until:
                raise TimeoutError("somebody else keeps the lock") from None
            time.sleep(_PAUSE_SECONDS)
        else:
            return


if sys.platform == "win32":
    import msvcrt

    def take(descriptor: int) -> None:
        """Take the lock at once; OSError while somebody else has it."""
        os.lseek(descriptor, _WINDOWS_LOCK_OFFSET, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

    def give(descriptor: int) -> None:
        """Give the lock back."""
        os.lseek(descriptor, _WINDOWS_LOCK_OFFSET, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def take(descriptor: int) -> None:
        """Take the lock at once; OSError while somebody else has it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def give(descriptor: int) -> None:
        """Give the lock back."""
        fcntl.flock(descriptor, fcntl.LOCK_UN)
