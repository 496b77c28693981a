"""A private virtual screen: an X server in a sandbox of its own, reachable only through one folder.

Without a network and with its socket in a private folder it needs no cookie and no free display number; it ends with
us like every sandboxed job. The job sees the folder as /tmp/.X11-unix, where every toolkit looks for display 0.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.runner.picture import png
from builders.runner.x11 import Screen, ScreenError
from builders.scratch import scratch_folder
from core.errors import RunnerUnavailable
from core.ports import Job, Limits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from builders.runner.bubblewrap import Shared
    from builders.runner.processes import Running
    from builders.runner.sandbox import Sandbox
    from builders.runner.x11 import Window

DISPLAY: Final = ":0"
SOCKETS: Final = "/tmp/.X11-unix"  # noqa: S108 - inside the sandbox
SIZE: Final = "1280x800x24"
START_SECONDS: Final = 15.0
CLOSE_SECONDS: Final = 2.0
LOOK_SECONDS: Final = 0.05


@asynccontextmanager
async def private_screen(sandbox: Sandbox, seconds: float) -> AsyncIterator[tuple[Screen, Shared]]:
    """Start a screen for a job of at most `seconds`; yields a connection and what the job needs to find it."""
    server = await asyncio.to_thread(shutil.which, "Xvfb")
    if server is None:
        raise RunnerUnavailable("screen-missing", tool="Xvfb")
    async with scratch_folder("multicoder-screen-") as folder:
        shared = ((folder, SOCKETS),)
        job = Job(
            argv=(server, DISPLAY, "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset", "-extension", "MIT-SHM"),
            workdir=folder,
            reads=_outside_system(Path(server)),
            env={name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ},
            limits=Limits(cpu_seconds=int(seconds) + 60, processes=16),
        )
        async with sandbox.start(job, shared) as process:
            screen = await _connect(process, folder / ("X" + DISPLAY[1:]))
            try:
                yield screen, shared
            finally:
                await screen.close()


async def first_window(screen: Screen, process: Running, seconds: float) -> Window | None:
    """Await a mapped window; None when the program ends or the time is over first."""
    until = time.monotonic() + seconds
    while not process.exited.done() and time.monotonic() < until:
        if windows := await screen.windows():
            return windows[0]
        await process.wait(LOOK_SECONDS)
    return None


async def take_picture(screen: Screen, window: Window, target: Path) -> Path | None:
    """Write what the window shows as a PNG file; None when it is gone."""
    try:
        pixels = await screen.picture(window)
    except ScreenError:
        return None
    await asyncio.to_thread(lambda: target.write_bytes(png(*pixels)))
    return target


async def close_politely(screen: Screen, process: Running) -> None:
    """Ask every window to close and give the program a moment to do it."""
    for window in await screen.windows():
        await screen.ask_to_close(window)
    await process.wait(CLOSE_SECONDS)


async def _connect(server: Running, socket: Path) -> Screen:
    until = time.monotonic() + START_SECONDS
    while not server.exited.done() and time.monotonic() < until:
        try:
            return await Screen.connect(socket)
        except (OSError, ScreenError):  # not listening yet
            await server.wait(LOOK_SECONDS)
    detail = server.err.text().strip()[-200:] or "no answer"
    raise RunnerUnavailable("screen-refused", detail=detail)


def _outside_system(server: Path) -> tuple[Path, ...]:
    """Return the folders of an X server unpacked beside us instead of installed."""
    folders = [server.parent, *map(Path, filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(":")))]
    return tuple(folder for folder in folders if folder.is_dir() and not folder.is_relative_to("/usr"))
