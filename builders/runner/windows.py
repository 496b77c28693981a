"""The Windows runner: an AppContainer without capabilities plus a job object, behind the same port.

Written against the documented API and type-checked for Windows; not yet proven on a Windows machine. Its probe runs
a program that tries to reach out, so a machine where the protection does not hold is refused, not trusted.
"""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import asyncio
    import os
    import time
    from contextlib import asynccontextmanager
    from pathlib import Path
    from typing import TYPE_CHECKING, Final

    from builders.runner.guard import FolderGuard
    from builders.runner.observations import asked, closed, unseen
    from builders.runner.picture import png
    from builders.runner.processes import Running, running
    from builders.runner.tools import run_tool
    from builders.runner.windows_container import ALL_PACKAGES, ContainedProcess, Container
    from builders.runner.windows_screen import DesktopWindow, ask_to_close, desktop_windows, window_pixels
    from builders.scratch import scratch_folder
    from core.errors import RunnerUnavailable
    from core.ports import Job, JobResult, Limits, Observation, RunnerStatus

    if TYPE_CHECKING:
        from collections.abc import AsyncIterator

    LOOK_SECONDS: Final = 0.1
    CLOSE_SECONDS: Final = 2.0
    ACL_SECONDS: Final = 300.0
    MECHANISM: Final = "AppContainer"
    CURL_BLOCKED: Final = frozenset({7, 28})
    """curl could not connect, or got no answer in time."""

    class WindowsRunner:
        """See `core.ports.Runner`."""

        def __init__(self) -> None:
            self._proven: RunnerStatus | None = None
            self._proving = asyncio.Lock()
            self._readable: set[Path] = set()

        async def status(self) -> RunnerStatus:
            """See `Runner.status`."""
            async with self._proving:
                if self._proven is None:
                    status = await self._probe()
                    self._proven = status if status.available else None
                    return status
                return self._proven

        async def run(self, job: Job) -> JobResult:
            """See `Runner.run`; a display job uses the person's desktop."""
            async with self._start(job) as (process, _):
                return await process.finish(job.limits.seconds)

        async def observe(self, job: Job, *, screenshot: Path, settle_seconds: float = 2.0) -> Observation:
            """See `Runner.observe`."""
            async with self._start(job) as (process, child):
                window = await _first_window(process, child, job.limits.seconds)
                if window is None:
                    return unseen(await process.finish(0))
                await process.wait(settle_seconds)
                window = next(iter(desktop_windows(child.pids())), window)
                pixels = await asyncio.to_thread(window_pixels, window)
                if pixels:
                    image = png(window.width, window.height, pixels)
                    await asyncio.to_thread(screenshot.write_bytes, image)
                alive = not process.exited.done()
                for open_window in desktop_windows(child.pids()) if alive else []:
                    ask_to_close(open_window)
                await process.wait(CLOSE_SECONDS if alive else 0)
                result = await process.finish(0)
                return Observation(
                    window=True,
                    title=window.title,
                    size=(window.width, window.height),
                    screenshot=screenshot if pixels else None,
                    port=None,
                    alive=alive,
                    result=closed(result) if alive else result,
                )

        async def observe_port(self, job: Job, *, port: int, path: str = "/") -> Observation:
            """See `Runner.observe_port`."""
            async with asked(job, port, path) as question, self._start(question.job) as (process, _):
                return await question.answer(process)

        @asynccontextmanager
        async def _start(self, job: Job) -> AsyncIterator[tuple[Running, ContainedProcess]]:
            status = await self.status()
            if not status.available:
                raise RunnerUnavailable("sandbox-refused", detail=status.detail)
            async with self._contained(job) as started:
                yield started

        @asynccontextmanager
        async def _contained(self, job: Job) -> AsyncIterator[tuple[Running, ContainedProcess]]:
            container = await asyncio.to_thread(Container)
            identity = container.sid_text()
            children: list[ContainedProcess] = []

            def launch() -> ContainedProcess:
                try:
                    children.append(ContainedProcess(job, container))
                except OSError as error:
                    raise RunnerUnavailable("sandbox-refused", detail=error.strerror or MECHANISM) from error
                return children[0]

            try:
                await self._allow(job, identity)
                guard = await asyncio.to_thread(FolderGuard, job.workdir, job.limits.disk_mb)
                output_kb = job.limits.output_kb
                async with running(launch, stdin=job.stdin, output_kb=output_kb, guard=guard) as process:
                    yield process, children[0]
            finally:
                await _access(job.workdir, "/remove", identity)
                container.close()

        async def _allow(self, job: Job, identity: str) -> None:
            """Open the work folder to this container; what is read is opened once, to every container."""
            if not await _access(job.workdir, "/grant", f"{identity}:(OI)(CI)(M)"):
                raise RunnerUnavailable("sandbox-refused", detail="icacls")
            for path in set(job.reads) - self._readable:
                rights = f"{ALL_PACKAGES}:(OI)(CI)(RX)" if path.is_dir() else f"{ALL_PACKAGES}:(RX)"
                if not await _access(path, "/grant", rights):
                    raise RunnerUnavailable("sandbox-refused", detail=f"icacls {path.name}")
                self._readable.add(path)

        async def _probe(self) -> RunnerStatus:
            """Run something inside, then let it try to reach a server of ours; both answers count."""
            system = Path(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32")
            reached = asyncio.Event()

            def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                reached.set()
                writer.close()

            server = await asyncio.start_server(accept, "127.0.0.1", 0)
            address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            try:
                async with server:
                    inside = await self._try(str(system / "cmd.exe"), "/c", "echo inside")
                    outside = await self._try(str(system / "curl.exe"), "-sS", "-m", "5", address)
            except (RunnerUnavailable, OSError) as error:
                detail = str(error.facts.get("detail", "")) if isinstance(error, RunnerUnavailable) else str(error)
                return RunnerStatus(available=False, network_blocked=False, mechanism=MECHANISM, detail=detail)
            blocked = not reached.is_set() and outside.exit_code in CURL_BLOCKED
            available = blocked and inside.ok and "inside" in inside.stdout
            detail = "" if available else (outside.stderr or inside.stderr or "network NOT blocked")[-200:]
            return RunnerStatus(available=available, network_blocked=blocked, mechanism=MECHANISM, detail=detail)

        async def _try(self, *argv: str) -> JobResult:
            limits = Limits(seconds=15)
            async with (
                scratch_folder("multicoder-") as folder,
                self._contained(Job(argv, folder, limits=limits)) as (process, _),
            ):
                return await process.finish(15)

    async def _first_window(process: Running, child: ContainedProcess, seconds: float) -> DesktopWindow | None:
        until = time.monotonic() + seconds
        while not process.exited.done() and time.monotonic() < until:
            if windows := desktop_windows(child.pids()):
                return windows[0]
            await process.wait(LOOK_SECONDS)
        return None

    async def _access(path: Path, change: str, value: str) -> bool:
        result = await run_tool(["icacls", str(path), change, value, "/Q"], cwd=path.parent, seconds=ACL_SECONDS)
        return result.ok
