"""Ways to watch processes and folders from outside."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    if sys.platform == "linux":  # dead, but not yet collected by init
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    return True


async def _until(condition: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < until:  # noqa: ASYNC110 - outside things send no event
        await asyncio.sleep(0.02)
    return met


@pytest.fixture
def until():
    """Await a condition for so many seconds; tells whether it came."""
    return _until


@pytest.fixture
def gone():
    """Await the end of a process."""

    async def wait(pid: int, seconds: float = 2.0) -> bool:
        return await _until(lambda: not _alive(pid), seconds)

    return wait


@pytest.fixture
def written_number():
    """Await a number a child writes, with a newline at its end, into a file."""

    async def wait(path: Path) -> int:
        assert await _until(lambda: path.exists() and path.read_text().endswith("\n"), 10)
        return int(path.read_text())  # noqa: ASYNC240 - one tiny local file

    return wait
