"""The Linux runner: jobs in bubblewrap, windows on a private X screen, servers asked from inside their network."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from builders.runner.display import DISPLAY, close_politely, first_window, private_screen, take_picture
from builders.runner.observations import asked, closed, unseen
from builders.runner.sandbox import Sandbox, plain
from builders.runner.x11 import Screen, ScreenError
from core.errors import RunnerUnavailable
from core.ports import Job, JobResult, Observation, RunnerStatus

if TYPE_CHECKING:
    from pathlib import Path

    from builders.runner.bubblewrap import Shared
    from builders.runner.processes import Running


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
            shared: Shared = ()
            if job.display:
                _, shared = await stack.enter_async_context(private_screen(self._sandbox, job.limits.seconds))
                job = _on_screen(job)
            process = await stack.enter_async_context(self._sandbox.start(job, shared))
            return plain(await process.finish(job.limits.seconds))

    async def observe(self, job: Job, *, screenshot: Path, settle_seconds: float = 2.0) -> Observation:
        """See `Runner.observe`."""
        async with (
            private_screen(self._sandbox, job.limits.seconds) as (screen, shared),
            self._sandbox.start(_on_screen(job), shared) as process,
        ):
            return await _look(screen, process, job.limits.seconds, screenshot, settle_seconds)

    async def observe_port(self, job: Job, *, port: int, path: str = "/") -> Observation:
        """See `Runner.observe_port`; `title` is the status of the answer (`HTTP 200`), empty without one."""
        async with asked(job, port, path) as question, self._sandbox.start(question.job) as process:
            seen = await question.answer(process)
            return replace(seen, result=plain(seen.result))


async def _look(screen: Screen, process: Running, seconds: float, target: Path, settle_seconds: float) -> Observation:
    try:
        window = await first_window(screen, process, seconds)
        if window is None:
            return unseen(plain(await process.finish(0)))
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
        result=closed(result) if alive else result,
    )


def _on_screen(job: Job) -> Job:
    return replace(job, env={**job.env, "DISPLAY": DISPLAY})
