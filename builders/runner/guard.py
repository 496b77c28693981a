"""The whole-tree limits no rlimit gives: memory and processes together, growth of the work folder.

Root is exempt from process limits, and rlimits count each process alone; so a running tree is measured a few times
a second. It is the second line for ordinary users and the first for root.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.runner.bubblewrap import OWN_PROCESSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ports import Job

MIB: Final = 1024 * 1024
MAX_FILES: Final = 100_000
"""New files in the work folder; more is an attack on the file system's tables."""


class TreeGuard:
    """Measures a process tree and its work folder; called by the thread that owns the child."""

    def __init__(self, job: Job) -> None:
        self._limits = job.limits
        self._folder = job.workdir
        self._pid = 0
        self._size, self._files = _weigh(job.workdir)
        self._space = os.statvfs(job.workdir)

    def watch(self, pid: int) -> None:
        """Name the root of the tree."""
        self._pid = pid

    def __call__(self) -> str:
        """Say which limit is passed; empty when none is."""
        tasks = memory = 0
        for pid in _tree(self._pid):
            tasks += _tasks(pid)
            memory += _memory(pid)
            if tasks > self._limits.processes + OWN_PROCESSES:
                return f"more than {self._limits.processes} processes"
        if memory > self._limits.memory_mb * MIB:
            return f"more than {self._limits.memory_mb} MiB of memory"
        return self._folder_complaint()

    def _folder_complaint(self) -> str:
        # Walking is dear, asking the file system is cheap: only when that lost half the allowance since the last look.
        now = os.statvfs(self._folder)
        allowed = self._limits.disk_mb * MIB
        lost = (self._space.f_bavail - now.f_bavail) * now.f_frsize
        if lost < allowed // 4 and self._space.f_ffree - now.f_ffree < MAX_FILES // 4:
            return ""
        self._space = now
        size, files = _weigh(self._folder)
        if size - self._size > allowed:
            return f"more than {self._limits.disk_mb} MiB written"
        return f"more than {MAX_FILES} files" if files - self._files > MAX_FILES else ""


def _tree(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        with contextlib.suppress(OSError):  # it ended meanwhile
            for task in os.scandir(f"/proc/{pid}/task"):
                waiting += map(int, Path(task.path, "children").read_bytes().split())


def _tasks(pid: int) -> int:
    try:
        return sum(1 for _ in os.scandir(f"/proc/{pid}/task"))
    except OSError:
        return 0


def _memory(pid: int) -> int:
    """Return the memory that is the process's own: anonymous pages and shared memory it touched."""
    total = 0
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_bytes().splitlines():
            if line.startswith((b"RssAnon:", b"RssShmem:")):
                total += int(line.split()[1]) * 1024
    return total


def _weigh(folder: Path) -> tuple[int, int]:
    size = files = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                size += Path(root, name).lstat().st_blocks * 512
                files += 1
    return size, files
