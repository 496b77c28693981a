"""Starting a built file as its kind asks for: the one way, whether it is a test or somebody wants to see it.

Every start is from a folder of its own, so that none depends on what another left behind.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from builders.runner.collect import read_result
from builders.unpacked import Unpacked, unpack
from core.ports import Job, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.plan import Plan
    from core.ports import JobResult, Observation, Runner

LIMITS: Final = Limits(seconds=60, cpu_seconds=60, memory_mb=2048, processes=128, disk_mb=1024)
"""A one-file program unpacks itself into the scratch space first."""
DEFAULT_PORT: Final = 8000
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")

_PORT: Final = re.compile(r"\bport\b\w*['\"]?\s*(?::\s*int\s*)?[=:,]\s*(?:int\()?\D{0,40}?(\d{4,5})\b", re.IGNORECASE)
_MAX_PICTURE: Final = 32 << 20
_PICTURE: Final = "screenshot.png"

Look = Literal["pages", "window", "server", "console"]


def look_of(plan: Plan) -> Look:
    """What there is to see of a program."""
    if plan["language"] == "web":
        return "pages"
    if plan["kind"] == "gui":
        return "window"
    return "server" if plan["kind"] in {"server", "web"} else "console"


class Starter:
    """Starts one built file, in `folder`, which its owner empties.

    `python` starts scripts, `browser` (Chromium) draws pages when there is one, and `screen_parts` are the variables
    and folders a window needs where the system has no X libraries of its own.
    """

    def __init__(
        self,
        artifact: Path,
        plan: Plan,
        folder: Path,
        runner: Runner,
        python: Path | None,
        *,
        browser: Path | None = None,
        screen_parts: tuple[Mapping[str, str], tuple[Path, ...]] = ({}, ()),
    ) -> None:
        self.browser = browser
        self.picture = folder / _PICTURE
        self._artifact = artifact
        self._plan = plan
        self._started = folder / "started"
        self._runner = runner
        self._python = python
        self._screen_env, self._screen_reads = screen_parts

    async def clean(self) -> None:
        """Remove what was started; pictures stay."""
        await asyncio.to_thread(shutil.rmtree, self._started, ignore_errors=True)

    async def window(self, *, settle_seconds: float = 2.0) -> Observation:
        """Start a program with a window on a screen of its own and take a picture of it."""
        job = await self._job("window")
        env, reads = {**self._screen_env, **job.env}, (*job.reads, *self._screen_reads)
        on_screen = replace(job, env=env, reads=reads, display=True)
        return await self._runner.observe(on_screen, screenshot=self.picture, settle_seconds=settle_seconds)

    async def console(
        self, name: str, *, args: Sequence[str] = (), stdin: bytes = b"", seconds: float = LIMITS.seconds
    ) -> JobResult:
        """Run a console program to its end, or for `seconds`."""
        return await self._runner.run(await self._job(name, args=args, stdin=stdin, seconds=seconds))

    async def server(self, port: int) -> Observation:
        """Start a server and ask it at `port`."""
        job = await self._job("server")
        job = replace(job, env={**job.env, "PORT": str(port), "HOST": "127.0.0.1"})
        return await self._runner.observe_port(job, port=port)

    async def pages(self) -> Path:
        """Lay web pages out and return their folder."""
        return (await self._unpack("pages")).folder

    async def browse(self, folder: Path, browser: Path) -> tuple[JobResult, Path | None]:
        """Draw the first page that was laid out in `folder`; no picture when the browser made none."""
        page = Path(self._plan["entry_point"]) if self._artifact.suffix == ".zip" else Path(self._artifact.name)
        argv = (
            *(str(browser), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *("--enable-logging=stderr", "--window-size=1280,800", f"--screenshot={_PICTURE}"),
            (folder / page).as_uri(),
        )
        limits = replace(LIMITS, memory_mb=8192)  # address space is what a browser reserves in plenty
        result = await self._runner.run(Job(argv=argv, workdir=folder, reads=(browser.parent,), limits=limits))
        return result, await asyncio.to_thread(_kept, folder, self.picture)

    async def _job(
        self, name: str, *, args: Sequence[str] = (), stdin: bytes = b"", seconds: float = LIMITS.seconds
    ) -> Job:
        place = await self._unpack(name)
        return Job(
            argv=(*place.argv, *args),
            workdir=place.folder,
            reads=place.reads,
            env=place.env,
            stdin=stdin,
            limits=replace(LIMITS, seconds=seconds),
        )

    async def _unpack(self, name: str) -> Unpacked:
        return await asyncio.to_thread(unpack, self._artifact, self._plan, self._started / name, self._python)


def port_of(files: Mapping[str, str]) -> int:
    """Return the port the program's code names, else the one it is offered in PORT."""
    for path in sorted(files):
        match = _PORT.search(files[path]) if path.endswith(".py") else None
        if match and 1024 <= int(match[1]) <= 65535:  # noqa: PLR2004 - unprivileged ports
            return int(match[1])
    return DEFAULT_PORT


def find_browser() -> Path | None:
    """Return a Chromium on the PATH."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    return Path(found) if found else None


def _kept(folder: Path, target: Path) -> Path | None:
    try:
        target.write_bytes(read_result(folder, _PICTURE, limit=_MAX_PICTURE))
    except FileNotFoundError:
        return None
    return target
