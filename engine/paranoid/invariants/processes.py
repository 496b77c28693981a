"""No process works below the builds that does not belong to this engine: an owner that died takes its own along."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Final

import psutil

from engine.paranoid.finding import Finding

if TYPE_CHECKING:
    from pathlib import Path

_RUNNING: Final = ("bwrap", "python")
"""Programs that are started for jobs; a file manager or an editor of the person may look into the builds."""


class Orphans:
    """Processes of jobs whose engine is gone; only one engine works on a data folder."""

    check = "orphans"

    def __init__(self, builds: Path) -> None:
        self._builds = builds

    async def find(self) -> list[Finding]:
        """Return the processes that belong to nobody."""
        return await asyncio.to_thread(self._look)

    def _look(self) -> list[Finding]:
        jobs = [job for job in psutil.process_iter(["name", "exe", "cmdline"]) if self._is_job(job.info)]
        # Only now: a job that was started or ended while the processes were gone through is no orphan.
        ours = {os.getpid(), *(child.pid for child in psutil.Process().children(recursive=True))}
        return [self._finding(job) for job in jobs if job.pid not in ours and job.is_running()]

    def _finding(self, job: psutil.Process) -> Finding:
        name, pid = str(job.info["name"]), str(job.pid)
        return Finding.of(self.check, "warning", "finding-orphan", pid, pid=pid, name=name)

    def _is_job(self, info: dict[str, object]) -> bool:
        below = str(self._builds) + os.sep
        executable, command = str(info["exe"] or ""), info["cmdline"]
        words = [str(word) for word in command] if isinstance(command, list) else []
        if executable.startswith(below):
            return True
        return str(info["name"]).startswith(_RUNNING) and any(below in word for word in words)
