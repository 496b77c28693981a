"""clock-jump: the wall clock is set back and forth while work goes on."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agents.providers.pursuit import SystemClock
from builders.runner.tools import run_tool
from core.events import Event
from engine.paranoid.drills.children import ask
from engine.paranoid.drills.filling import RUN, effect, open_stores
from graph.approvals import LedgerConsent, Reply
from graph.budget import WorkClock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.paranoid.drills.drill import Fact, Stage
    from engine.paranoid.drills.filling import Stores

DAY: Final = 86_400.0
JUMPS: Final = (0.0, -3 * DAY, 400 * DAY, -3600.0, 20 * 366 * DAY, 0.0)
"""Seconds off; the fifth lies beyond 2038."""
ELSEWHEN: Final = (400, -3, 7305)
"""Days off a whole process lives."""
LIMIT: Final = 1.0
_LATEST: Final = 8.0
_LIBRARIES: Final = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/faketime/libfaketime.so.1",
    "/usr/lib64/faketime/libfaketime.so.1",
)


class WallClock:
    """The wall clock of this process, set by hand as an administrator would; the monotonic one goes on untouched."""

    def __init__(self) -> None:
        self.off = 0.0
        self._real = time.time
        time.time = self

    def __call__(self) -> float:
        """Return the time it shows."""
        return self._real() + self.off


async def run(stage: Stage) -> list[Fact]:
    """Let the clock jump between every two things that are kept, and in the middle of what is timed."""
    clock = WallClock()
    facts = [await _timed(stage, clock), *await _kept(stage, clock)]
    clock.off = 0.0
    return [*facts, await _whole_process(stage)]


async def _kept(stage: Stage, clock: WallClock) -> list[Fact]:
    async with open_stores(stage.shadow) as stores:
        project = (await stores.archive.add_project("drill", out="out", locale="en")).project
        consent = LedgerConsent(stores.ledger)
        answered = await consent.show(run=RUN, interrupt="i", digest="d")
        await consent.answer(answered, Reply("approve"), via="drill")
        before = len(stores.journal.read())
        wanted: list[str] = []
        replies: list[str] = []
        performed: list[int] = []
        for number, clock.off in enumerate(JUMPS):
            wanted.append(str(number))
            stores.journal.emit(Event("INFO", "drill.jumped", RUN, data={"number": number}, at=time.time()))
            await stores.archive.add_message(project, RUN, "person", str(number))
            await _perform(stores, performed, number)
            replies.append((await consent.redeem(answered, run=RUN, digest="d")).decision)
        rows = [str(row.data["number"]) for row in stores.journal.read()[before:] if row.name == "drill.jumped"]
        kept = [message.text for message in await stores.archive.messages(project)]
    return [
        stage.fact("journal", rows == wanted, rows, jumps=len(JUMPS)),
        stage.fact("archive", kept == wanted, kept, jumps=len(JUMPS)),
        stage.fact("ledger", performed == [0], performed),
        stage.fact("approval", set(replies) == {"approve"}, replies),
    ]


async def _perform(stores: Stores, performed: list[int], number: int) -> None:
    async def perform(_: Any) -> Any:
        performed.append(number)
        return True

    await stores.ledger.once(effect("jump"), perform)


async def _timed(stage: Stage, clock: WallClock) -> Fact:
    """Jump far forward, then back, while a step is timed, a provider waited for and a program runs."""
    work, provider = WorkClock(), SystemClock()
    since, began = provider.now(), time.monotonic()
    with work.working():
        program = asyncio.create_task(_sleeper(stage))
        await asyncio.sleep(0.2)
        clock.off = 400 * DAY
        await asyncio.sleep(0.2)
        minutes_then = work.minutes()
        clock.off = -3 * DAY
        ending = await program
    took = time.monotonic() - began
    seen = {"minutes": (minutes_then, work.minutes()), "waited": provider.now() - since, "ended": (ending, took)}
    fine = (
        0 <= minutes_then < 1
        and 0 <= work.minutes() < 1
        and 0 <= provider.now() - since < _LATEST * 2
        and ending == "timeout"
        and LIMIT <= took < _LATEST
    )
    return stage.fact("timed", fine, seen)


async def _sleeper(stage: Stage) -> str:
    """Run a program that would sleep on, with a limit of a second; what ended it."""
    if getattr(sys, "frozen", False):  # no interpreter at hand; the limit is one of the event loop's, like the others
        await asyncio.sleep(LIMIT)
        return "timeout"
    sleeping = (sys.executable, "-c", "import time; time.sleep(60)")
    return (await run_tool(sleeping, cwd=stage.scratch, seconds=LIMIT)).ending


async def _whole_process(stage: Stage) -> Fact:
    """Give a whole process another time, where the library for that is installed."""
    library = await asyncio.to_thread(_library)
    if sys.platform == "win32" or not library:
        return stage.unchecked("no-library")
    texts, moved = [], []
    for number, days in enumerate(ELSEWHEN):
        environ = {"LD_PRELOAD": library, "FAKETIME": f"{days:+}d", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
        answer = await ask(stage, "elsewhen", {"number": number}, environ=environ)
        texts.append(answer["texts"])
        moved.append(round((answer["now"] - time.time()) / DAY))
    wanted = [[str(number) for number in range(count)] for count in range(1, len(ELSEWHEN) + 1)]
    return stage.fact("process", texts == wanted and tuple(moved) == ELSEWHEN, f"{texts} {moved}")


def _library() -> str:
    return next((path for path in _LIBRARIES if Path(path).is_file()), "")


async def elsewhen(stage: Stage, order: Mapping[str, Any]) -> Any:
    """Add a message to the copy's archive in a process that lives at another time; return all of them."""
    async with open_stores(stage.shadow) as stores:
        projects = [item for item in await stores.archive.projects() if item.title == "elsewhen"]
        project = projects[0] if projects else await stores.archive.add_project("elsewhen", out="out", locale="en")
        await stores.archive.add_message(project.project, RUN, "person", str(order["number"]))
        texts = [message.text for message in await stores.archive.messages(project.project)]
    return {"texts": texts, "now": time.time()}
