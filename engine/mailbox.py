"""The mailbox: how another process asks the one that drives a run to pause or cancel it."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final, Literal

from core.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

Request = Literal["pause", "cancel"]

_POLL_SECONDS: Final = 0.2
_SUFFIX: Final = ".request"
_REQUESTS: Final[dict[bytes, Request]] = {b"pause": "pause", b"cancel": "cancel"}


class Mailbox:
    """One small file per run; the driver looks into it five times a second."""

    def __init__(self, folder: Path, run: str) -> None:
        self._file = folder / f"{run}{_SUFFIX}"

    def post(self, request: Request) -> None:
        """Ask whoever drives the run."""
        write_atomic(self._file, request.encode())

    def clear(self) -> None:
        """Take the request back."""
        self._file.unlink(missing_ok=True)

    def pending(self) -> bool:
        """Whether a request still lies there."""
        return self._file.exists()

    async def wait(self) -> Request:
        """Return the next request and take it out."""
        while True:
            # No look before: whoever asked may take the request back at any moment, and Windows may hold the file.
            with contextlib.suppress(FileNotFoundError, PermissionError):
                request = _REQUESTS.get(self._file.read_bytes(), "pause")
                self.clear()
                return request
            await asyncio.sleep(_POLL_SECONDS)


def forget_old_requests(folder: Path) -> None:
    """Drop what was meant for an earlier process; whoever just took the data folder's lock has not been asked yet."""
    for file in folder.glob(f"*{_SUFFIX}"):
        file.unlink(missing_ok=True)
