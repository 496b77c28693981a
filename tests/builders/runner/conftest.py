"""Ways to watch processes and folders from outside."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.runner import interpreter_reads, make_runner
from core.ports import Job, Limits

PYTHON = Path(sys.executable)


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


@pytest.fixture
def runner():
    """Make the real runner of this machine."""
    return make_runner()


@pytest.fixture
def work(tmp_path):
    """Make the job's own folder, with neighbours it must not reach."""
    folder = tmp_path / "data" / "work"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def program(work):
    """Make a job out of Python source."""

    def make(code: str, *args: object, limits: Limits | None = None, **options) -> Job:
        argv = (str(PYTHON), "-c", code, *map(str, args))
        limits = limits or Limits(seconds=20, cpu_seconds=20, memory_mb=256, disk_mb=32, output_kb=64)
        return Job(argv=argv, workdir=work, reads=interpreter_reads(PYTHON), limits=limits, **options)

    return make


@pytest.fixture
def processes_with():
    """Count the host's processes whose command line holds a marker."""

    def count(marker: str) -> int:
        found = 0
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                found += marker.encode() in file.read_bytes()
            except OSError:  # it ended meanwhile
                continue
        return found

    return count
