"""The whole-tree limits no rlimit gives: memory and processes together, growth of the work folder.

Root is exempt from process limits, and rlimits count each process alone; so a running tree is measured a few times
a second. It is the second line for ordinary users and the first for root.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ports import Job

MIB: Final = 1024 * 1024
OWN_PROCESSES: Final = 3
"""The launching shell and bubblewrap's own two processes around a job."""
LOOKS_PER_WALK: Final = 50
MAX_FILES: Final = 100_000
"""New files in the work folder; more is an attack on the file system's tables."""


class FolderGuard:
    """Notices when a work folder grows too much; works on every system."""

    def __init__(self, folder: Path, disk_mb: int) -> None:
        self._folder = folder
        self._allowed_mb = disk_mb
        self._size, self._files = _weigh(folder)
        self._free = shutil.disk_usage(folder).free
        self._looks = 0

    def __call__(self) -> str:
        """Say what is passed; empty when nothing is."""
        # Walking is dear, asking the disk is cheap: walk when it lost part of the allowance, and now and then anyway.
        self._looks += 1
        allowed = self._allowed_mb * MIB
        free = shutil.disk_usage(self._folder).free
        if self._free - free < allowed // 4 and self._looks % LOOKS_PER_WALK:
            return ""
        self._free = free
        size, files = _weigh(self._folder)
        if size - self._size > allowed:
            return f"more than {self._allowed_mb} MiB written"
        return f"more than {MAX_FILES} files" if files - self._files > MAX_FILES else ""


class TreeGuard:
    """Measures a Linux process tree and its work folder; called by the thread that owns the child."""

    def __init__(self, job: Job) -> None:
        self._limits = job.limits
        self._folder = FolderGuard(job.workdir, job.limits.disk_mb)
        self._pid = 0

    def watch(self, pid: int) -> None:
        """Name the root of the tree."""
        self._pid = pid

    def __call__(self) -> str:
        """Say which limit is passed; empty when none is."""
        tasks = memory = pid = 0
        for pid in _tree(self._pid):  # ends with a process inside the sandbox
            tasks += _tasks(pid)
            memory += _memory(pid)
            if tasks > self._limits.processes + OWN_PROCESSES:
                return f"more than {self._limits.processes} processes"
        if memory > self._limits.memory_mb * MIB:
            return f"more than {self._limits.memory_mb} MiB of memory"
        if _scratch_files(pid) > MAX_FILES:
            return f"more than {MAX_FILES} files in /tmp"
        return self._folder()


def _tree(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        for task in _threads(pid):
            with contextlib.suppress(OSError):  # it ended meanwhile
                waiting += map(int, Path("/proc", str(pid), "task", task, "children").read_bytes().split())


def _tasks(pid: int) -> int:
    return len(_threads(pid))


def _threads(pid: int) -> list[str]:
    try:
        return os.listdir(f"/proc/{pid}/task")  # noqa: PTH208 - a list of names; looked at several times a second
    except OSError:  # it ended meanwhile
        return []


def _memory(pid: int) -> int:
    """Return the memory that is the process's own: anonymous pages and shared memory it touched."""
    total = 0
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_bytes().splitlines():
            if line.startswith((b"RssAnon:", b"RssShmem:")):
                total += int(line.split()[1]) * 1024
    return total


def _scratch_files(pid: int) -> int:
    """Count the files in the /tmp of a process: empty ones cost kernel memory that no size limits."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # it ended meanwhile
            folder = Path("/proc", str(pid), "root", "tmp")
            if folder.stat().st_dev != Path("/tmp").stat().st_dev:  # noqa: S108 - still ours while it is being set up
                scratch = os.statvfs(folder)
                return scratch.f_files - scratch.f_ffree
    return 0


def _weigh(folder: Path) -> tuple[int, int]:
    size = files = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                size += _taken(Path(root, name).lstat())
                files += 1
    return size, files


def _taken(status: os.stat_result) -> int:
    if sys.platform != "win32":
        return status.st_blocks * 512  # a file with holes takes less than its size
    else:  # noqa: RET505 - the type checker skips the branch of the other platform
        return status.st_size
