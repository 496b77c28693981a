"""Folders that live as long as one job: made and removed in a thread, so that the event loop never waits for a disk."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def scratch_folder(prefix: str, parent: Path | None = None) -> AsyncIterator[Path]:
    """Make an empty folder, in `parent` (made when missing) or the system's place for temporary files."""
    folder = await asyncio.to_thread(_make, prefix, parent)
    try:
        yield Path(folder.name)
    finally:
        await asyncio.to_thread(folder.cleanup)


def _make(prefix: str, parent: Path | None) -> tempfile.TemporaryDirectory[str]:
    if parent is not None:
        parent.mkdir(parents=True, exist_ok=True)
    # What a program still holds open or has made unreadable is left to the next cleaning: the job has ended.
    return tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True)
