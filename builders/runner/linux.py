"""The Linux runner: jobs in bubblewrap, windows on a private X screen, servers asked from inside their network."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.runner.bubblewrap import Extras
from builders.runner.display import DISPLAY, close_politely, first_window, private_screen, take_picture
from builders.runner.interpreters import interpreter_reads
from builders.runner.sandbox import Sandbox, plain
from builders.runner.x11 import Screen, ScreenError
from core.errors import RunnerUnavailable
from core.ports import Job, JobResult, Observation, RunnerStatus

if TYPE_CHECKING:
    from builders.runner.processes import Running

PROBE_PROGRAM: Final = Path(__file__).with_name("port_probe.py")
PROBE_EXTRA_SECONDS: Final = 10.0
NOTE_BYTES: Final = 4096


class LinuxRunner:
    """See `core.ports.Runner`."""

    def __init__(self) -> None:
        self._sandbox = Sandbox()

    async def status(self) -> RunnerStatus:
        """See `Runner.status`."""
        return await self._sandbox.status()

    async def run(self, job: Job) -> JobResult:
        """See `Runner.run`."""
        async with AsyncExitStack() as stack:
            extras = Extras()
            if job.display:
                _, extras = await stack.enter_async_context(private_screen(self._sandbox, job.limits.seconds))
                job = _on_screen(job)
            process = await stack.enter_async_context(self._sandbox.start(job, extras))
            return plain(await process.finish(job.limits.seconds))

    async def observe(self, job: Job, *, screenshot: Path, settle_seconds: float = 2.0) -> Observation:
        """See `Runner.observe`."""
        async with (
            private_screen(self._sandbox, job.limits.seconds) as (screen, extras),
            self._sandbox.start(_on_screen(job), extras) as process,
        ):
            return await _look(screen, process, job.limits.seconds, screenshot, settle_seconds)

    async def observe_port(self, job: Job, *, port: int, path: str = "/") -> Observation:
        """See `Runner.observe_port`; `title` is the status of the answer (`HTTP 200`), empty without one."""
        python = _any_python(job)
        reader, writer = os.pipe()
        with os.fdopen(reader, "rb") as note:
            with os.fdopen(writer, "wb"):
                probe = (python, "-I", "-B", PROBE_PROGRAM, port, path, job.limits.seconds, writer)
                beside = replace(
                    job,
                    argv=(*map(str, probe), *job.argv),
                    reads=(*interpreter_reads(python), PROBE_PROGRAM, *job.reads),
                    limits=replace(job.limits, processes=job.limits.processes + 1),
                )
                async with self._sandbox.start(beside, Extras(descriptors=(writer,))) as process:
                    result = plain(await process.finish(job.limits.seconds + PROBE_EXTRA_SECONDS))
            return _port_observation(note.read(NOTE_BYTES), result, port)


async def _look(screen: Screen, process: Running, seconds: float, target: Path, settle_seconds: float) -> Observation:
    try:
        window = await first_window(screen, process, seconds)
        if window is None:
            return _unseen(plain(await process.finish(0)))
        await process.wait(settle_seconds)
        window = next(iter(await screen.windows()), window)
        picture = await take_picture(screen, window, target)
        alive = not process.exited.done()
        if alive:
            await close_politely(screen, process)
    except ScreenError as error:  # the program brought the screen down
        raise RunnerUnavailable("screen-refused", detail=str(error)) from error
    result = plain(await process.finish(0))
    return Observation(
        window=True,
        title=window.title,
        size=(window.width, window.height),
        screenshot=picture,
        port=None,
        alive=alive,
        result=_closed(result) if alive else result,
    )


def _port_observation(note: bytes, result: JobResult, port: int) -> Observation:
    said = json.loads(note) if note else {"status": 0, "code": None}
    alive = bool(note) and said["code"] is None
    if alive and said["status"]:
        result = _closed(result)
    elif alive:
        result = replace(result, ending="timeout", exit_code=None)
    elif said["code"] is not None:
        by_signal = said["code"] < 0
        result = replace(
            result, ending="signal" if by_signal else "exit", exit_code=None if by_signal else said["code"]
        )
    return replace(
        _unseen(result),
        title=f"HTTP {said['status']}" if said["status"] else "",
        port=port if said["status"] else None,
        alive=alive,
    )


def _unseen(result: JobResult) -> Observation:
    alive = result.ending == "timeout"
    return Observation(window=False, title="", size=(0, 0), screenshot=None, port=None, alive=alive, result=result)


def _closed(result: JobResult) -> JobResult:
    return replace(result, ending="closed", exit_code=None)


def _on_screen(job: Job) -> Job:
    return replace(job, env={**job.env, "DISPLAY": DISPLAY})


def _any_python(job: Job) -> Path:
    """Find a Python for the probe: the job's own, the system's, or the one we run on."""
    candidates = [Path(item) for item in job.argv[:1] if Path(item).name.startswith("python")]
    candidates += [folder / "bin" / "python3" for folder in job.reads]
    candidates += [Path(found) for found in (shutil.which("python3", path="/usr/bin:/usr/local/bin"),) if found]
    candidates += [] if getattr(sys, "frozen", False) else [Path(sys.executable)]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise RunnerUnavailable("probe-missing")
