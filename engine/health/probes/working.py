"""Looks at what does the work: the coordinator, the tasks, the sandbox, the toolchain and the builders."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from builders.runner import make_runner
from builders.runner.tools import run_tool
from builders.scratch import scratch_folder
from builders.toolchains.python import environment_python
from core.errors import MultiCoderError
from core.files import write_atomic
from core.i18n import Words
from core.ports import BuildOrder, Job, Limits
from engine.health.aside import aside
from engine.health.probe import Probe, Reading
from engine.health.telling import broken, poor, refused, well
from engine.recovery.databases import CANARY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path
    from typing import Protocol

    from core.plan import Plan, Target
    from core.ports import Builder, Runner
    from engine.tasks.manager import TaskStats

    Restart = Callable[[], Awaitable[None]]

    class Tasks(Protocol):
        """What is asked of the task manager."""

        async def stats(self) -> TaskStats:
            """Look at memory and disk at the same moment."""


_LATE_SECONDS: Final = 0.5
_NAP_SECONDS: Final = 0.02
_SCHEDULER_SECONDS: Final = 20.0
"""The scheduler looks for work every five seconds, asked or not."""
_WAITING_SECONDS: Final = 60.0
_TOOL_SECONDS: Final = 60.0
_DAY_SECONDS: Final = 86_400.0
_RETRY_SECONDS: Final = 3_600.0
_SETTLE_SECONDS: Final = 900.0
"""The first real build waits until the engine has been at work for a while: a start is busy enough."""
_IMPORTS: Final = "import PyInstaller, pytest, sys; print(sys.version.split()[0], PyInstaller.__version__)"
_HELLO: Final = "hello"


def coordinator(graph: Any) -> Probe:
    """The compiled graph reads a state through its checkpointer, and the loop wakes up when it is told to."""
    thread = {"configurable": {"thread_id": f"{CANARY}-graph"}}

    async def read() -> Reading:
        began = time.monotonic()
        await asyncio.sleep(_NAP_SECONDS)
        lag = time.monotonic() - began - _NAP_SECONDS
        began = time.monotonic()
        state = await graph.aget_state(thread)
        answer = round((time.monotonic() - began) * 1000)
        if state.values:
            return broken("health-coordinator-strange")
        if lag > _LATE_SECONDS:
            return poor("health-coordinator-late", milliseconds=round(lag * 1000))
        return well("health-coordinator-ok", milliseconds=answer, lag=round(lag * 1000))

    limits = Words("health-limits-coordinator", {"late": round(_LATE_SECONDS * 1000)})
    return Probe("coordinator", Words("health-system-coordinator"), read, 30, 5, limits=limits)


def tasks(manager: Tasks, restart: Restart | None = None) -> Probe:
    """The scheduler looks for work, and memory and disk tell the same of every task."""

    async def read() -> Reading:
        stats = await manager.stats()
        if not stats.alive or stats.last_pass > _SCHEDULER_SECONDS:
            return broken("health-tasks-stopped", seconds=round(stats.last_pass))
        if stats.disagreeing:
            return broken("health-tasks-differ", tasks=", ".join(stats.disagreeing[:5]), count=len(stats.disagreeing))
        if stats.longest_waiting > _WAITING_SECONDS and stats.running_heavy < stats.slots:
            return poor("health-tasks-waiting", seconds=round(stats.longest_waiting))
        running = stats.running_heavy + stats.running_light
        return well("health-tasks-ok", kept=stats.on_disk, running=running, slots=stats.slots)

    limits = Words("health-limits-tasks", {"waiting": _WAITING_SECONDS, "silent": _SCHEDULER_SECONDS})
    return Probe("tasks", Words("health-system-tasks"), read, 30, 10, restart, limits)


def runner(runner: Runner) -> Probe:
    """A tiny job runs in the sandbox and says a fresh word; the network is tried from inside and must be closed.

    `Runner.status` keeps a good answer for ever, so a fresh runner is asked for it.
    """

    async def read() -> Reading:
        word = secrets.token_hex(8)
        async with scratch_folder("multicoder-health-") as folder:
            job = Job(argv=_echo(word), workdir=folder, limits=Limits(seconds=15, cpu_seconds=5))
            result = await runner.run(job)
        if not result.ok or result.stdout.strip() != word:
            return broken("health-runner-failed", ending=result.ending, detail=result.stderr.strip()[-200:])
        status = await make_runner().status()
        if not status.available:
            return broken("health-runner-refused", detail=status.detail)
        if not status.network_blocked:
            return broken("health-runner-open", mechanism=status.mechanism)
        return well("health-runner-ok", mechanism=status.mechanism, milliseconds=round(result.seconds * 1000))

    return Probe("runner", Words("health-system-runner"), read, 300, 45, limits=Words("health-limits-runner"))


def toolchain(folder: Path, supplied: Callable[[], bool] = lambda: False, remake: Restart | None = None) -> Probe:
    """The Python for generated programs starts and imports what tests and builds need.

    One that the program brought along (`supplied`) is well before it was unpacked for the first program. Started again
    it is made anew (`remake`), unless it works: somebody may be building with it.
    """

    async def read() -> Reading:
        python = environment_python(folder)
        if not await aside(python.is_file):
            if await aside(supplied):
                return well("health-toolchain-supplied")
            return broken("health-toolchain-missing", folder=str(folder))
        argv = (str(python), "-I", "-c", _IMPORTS)
        result = await run_tool(argv, cwd=folder, seconds=_TOOL_SECONDS, output_kb=64)
        found = result.stdout.split()
        if not result.ok or len(found) != len(("python", "pyinstaller")):
            last = (result.stderr.strip().splitlines() or [result.ending])[-1]
            return broken("health-toolchain-broken", folder=str(folder), detail=last)
        return well("health-toolchain-ok", python=found[0], pyinstaller=found[1])

    async def again() -> None:
        works = False
        with suppress(MultiCoderError, OSError):
            works = (await read()).state == "ok"
        if remake is not None and not works:
            await remake()

    name, limits = Words("health-system-toolchain"), Words("health-limits-toolchain")
    restart = again if remake is not None else None
    return Probe("toolchain", name, read, 1_800, _TOOL_SECONDS + 10, restart, limits)


class HelloBuild:
    """Builds and starts a program of one line: for real once a day or when asked, in short form otherwise.

    The short form asks for the tools and makes a source package, which takes milliseconds; the real one makes an
    executable, starts it and reads what it says, which takes half a minute of a weak computer.
    """

    def __init__(
        self, builder: Builder, folder: Path, toolchain: Path, *, settle_seconds: float = _SETTLE_SECONDS
    ) -> None:
        self._builder = builder
        self._python = environment_python(toolchain)
        self._folder = folder
        self._note = folder / "real.json"
        self._not_before = time.monotonic() + settle_seconds

    async def read(self) -> Reading:
        """Look in short form, or for real when it is time."""
        last = await aside(self._last)
        now = time.time()
        age = now - float(last["at"]) if last else _DAY_SECONDS
        due = not 0 <= age < (_DAY_SECONDS if not last or last["ok"] else _RETRY_SECONDS)
        there = await aside(self._python.is_file)
        if due and time.monotonic() >= self._not_before and there:
            await self.build()
            last = await aside(self._last)
        if not self._builder.can_build(_plan("exe"), "exe"):
            return broken("health-builders-unable")
        if last and not last["ok"]:
            return broken("health-builders-failed", detail=str(last["detail"]), hours=_hours(now, last))
        if not there:  # a look at the tools does not fetch or unpack them
            return well("health-builders-waiting")
        try:
            await self._builder.build(_order(self._folder / "quick", "source"))
        except MultiCoderError as error:
            return refused(error)
        if not last:
            return well("health-builders-quick")
        return well("health-builders-ok", seconds=round(float(last["seconds"]), 1), hours=_hours(now, last))

    async def build(self) -> None:
        """Build and start it for real, and note how that went."""
        began = time.monotonic()
        detail = ""
        try:
            order = _order(self._folder / "real", "exe")
            smoke = await self._builder.smoke(order, await self._builder.build(order))
            detail = "" if smoke.ok else smoke.failure or "; ".join(smoke.facts)
        except MultiCoderError as error:
            detail = f"{type(error).__name__}: {error}"
        seconds = time.monotonic() - began
        note = {"at": time.time(), "ok": not detail, "detail": detail[:300], "seconds": seconds}
        await aside(lambda: self._keep(note))

    def _keep(self, note: dict[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomic(self._note, json.dumps(note).encode())

    def _last(self) -> dict[str, Any] | None:
        with suppress(OSError, ValueError):
            note: dict[str, Any] = json.loads(self._note.read_bytes())
            if {"at", "ok", "detail", "seconds"} <= note.keys():
                return note
        return None


def builders(hello: HelloBuild) -> Probe:
    """A program of one line is built; restarting means building and starting it for real now."""
    limits = Words("health-limits-builders")
    return Probe("builders", Words("health-system-builders"), hello.read, 600, 300, hello.build, limits)


def _echo(word: str) -> tuple[str, ...]:
    return ("cmd.exe", "/c", "echo", word) if sys.platform == "win32" else ("sh", "-c", 'echo "$0"', word)


def _hours(now: float, note: dict[str, Any]) -> int:
    return max(0, round((now - float(note["at"])) / 3600))


def _order(folder: Path, target: Target) -> BuildOrder:
    packaging: Any = {"program_name": _HELLO, "windowed": False, "data_files": [], "guide": ""}
    files = {"main.py": f'print("{_HELLO}")\n'}
    return BuildOrder(CANARY, CANARY, 1, _plan(target), packaging, files, target, folder)


def _plan(target: Target) -> Plan:
    check: Any = {"args": [], "stdin": "", "stdout_contains": [_HELLO], "exit_code": 0}
    return {
        "title": _HELLO,
        "slug": _HELLO,
        "summary": "",
        "language": "python",
        "kind": "cli",
        "target": target,
        "entry_point": "main.py",
        "dependencies": [],
        "modules": [],
        "changed": [],
        "acceptance": [{"id": _HELLO, "when": "", "then": "", "check": check}],
        "notes": [],
    }


__all__ = ["HelloBuild", "builders", "coordinator", "runner", "tasks", "toolchain"]
