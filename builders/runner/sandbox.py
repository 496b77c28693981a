"""Jobs in bubblewrap sandboxes, proven by running one before the first job."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from builders.runner.bubblewrap import SandboxProcess
from builders.runner.guard import TreeGuard
from builders.runner.processes import running
from builders.scratch import scratch_folder
from core.errors import RunnerUnavailable
from core.ports import Job, JobResult, Limits, RunnerStatus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from builders.runner.bubblewrap import Shared
    from builders.runner.processes import Running

FIRST_SIGNAL: Final = 128
"""bubblewrap reports the end by signal n as exit code 128 + n."""
LAST_SIGNAL: Final = 128 + 64
PROBE: Final = ("cat", "/proc/self/net/dev")
"""Shows the network interfaces inside: nothing but the loopback."""


class Sandbox:
    """Starts jobs inside bubblewrap; knows nothing of screens and ports."""

    def __init__(self) -> None:
        self._proven: RunnerStatus | None = None
        self._proving = asyncio.Lock()

    async def status(self) -> RunnerStatus:
        """Probe by running; only a good answer is kept, so that an installation is noticed."""
        async with self._proving:
            if self._proven is None:
                status = await self._probe()
                self._proven = status if status.available else None
                return status
            return self._proven

    @asynccontextmanager
    async def start(self, job: Job, shared: Shared = ()) -> AsyncIterator[Running]:
        """Start a job; its tree is gone when the block is left. Raises RunnerUnavailable."""
        status = await self.status()
        if not status.available:
            raise RunnerUnavailable("sandbox-refused", detail=status.detail)
        async with self._start(job, shared) as process:
            yield process

    @asynccontextmanager
    async def _start(self, job: Job, shared: Shared = ()) -> AsyncIterator[Running]:
        bwrap = await asyncio.to_thread(shutil.which, "bwrap")
        if bwrap is None:
            raise RunnerUnavailable("sandbox-missing", tool="bubblewrap")
        launch = Launch(bwrap, job, shared)
        async with running(launch, stdin=job.stdin, output_kb=job.limits.output_kb, guard=launch.guard) as process:
            yield process
        if process.ended_alone and not launch.ran:
            raise RunnerUnavailable("sandbox-refused", detail=process.err.text().strip()[-200:])

    async def _probe(self) -> RunnerStatus:
        async with scratch_folder("multicoder-") as folder:
            probe = Job(argv=PROBE, workdir=folder, limits=Limits(seconds=10, cpu_seconds=5))
            try:
                async with self._start(probe) as process:
                    result = plain(await process.finish(probe.limits.seconds))
            except RunnerUnavailable as error:
                return _not_available(str(error.facts.get("detail") or "bubblewrap is not installed"))
        interfaces = [line.split(":")[0].strip() for line in result.stdout.splitlines() if ":" in line]
        if not result.ok:
            return _not_available(result.stderr.strip()[-200:])
        if interfaces != ["lo"]:
            return _not_available("the network is not blocked")
        return RunnerStatus(available=True, network_blocked=True, mechanism="bubblewrap", detail="")


class Launch:
    """One start of a job, made by the thread that will own it."""

    def __init__(self, bwrap: str, job: Job, shared: Shared) -> None:
        self._bwrap = bwrap
        self._job = job
        self._shared = shared
        self._process: SandboxProcess | None = None
        self._guard: TreeGuard | None = None

    def __call__(self) -> SandboxProcess:
        """Start it."""
        try:
            guard = TreeGuard(self._job)
            self._process = SandboxProcess(self._bwrap, self._job, self._shared)
        except OSError as error:
            raise RunnerUnavailable("sandbox-refused", detail=error.strerror or "bubblewrap") from error
        except ValueError as error:  # an argument no program can be given, with a NUL or half a character
            raise RunnerUnavailable("sandbox-refused", detail=str(error)) from error
        guard.watch(self._process.pid)
        self._guard = guard
        return self._process

    def guard(self) -> str:
        """See `TreeGuard`."""
        return self._guard() if self._guard else ""

    @property
    def ran(self) -> bool:
        """Whether the job's own program was really started."""
        return self._process is not None and self._process.ran


def plain(result: JobResult) -> JobResult:
    """Turn bubblewrap's exit code for a signal back into a signal."""
    if result.exit_code is not None and FIRST_SIGNAL < result.exit_code <= LAST_SIGNAL:
        return replace(result, ending="signal", exit_code=None)
    return result


def _not_available(detail: str) -> RunnerStatus:
    return RunnerStatus(available=False, network_blocked=False, mechanism="bubblewrap", detail=detail)
