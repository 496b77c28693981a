"""two-instances: a second MultiCoder on a data folder in use, and one whose holder died."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Final

from core.errors import DataFolderBusy
from core.i18n import DEFAULT_LOCALE, explain
from engine.lock import FolderLock
from engine.paranoid.drills.children import drill_process, own_program
from engine.paranoid.drills.drill import say
from engine.paranoid.drills.filling import bytes_below

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.paranoid.drills.children import Child
    from engine.paranoid.drills.drill import Fact, Stage

BUSY: Final = DataFolderBusy.exit_code
NOTICED_SECONDS: Final = 1.0
REFUSED_SECONDS: Final = 30.0
"""For a whole start of the program on a busy machine."""


async def run(stage: Stage) -> list[Fact]:
    """Open the engine on the copy in one process, try to work there from another, then kill the first."""
    async with drill_process(stage, "hold") as holder:
        await holder.answer()
        before = bytes_below(stage.shadow.projects)
        words = ["run", "Make a calculator", "--team", "demo", "--out", str(stage.folder / "out"), "--yes"]
        async with own_program(words, home=stage.shadow, environ={**stage.environ, "LC_ALL": "C"}) as second:
            code, said = await _end_of(second)
        wanted = explain(DataFolderBusy(pid=holder.pid), DEFAULT_LOCALE).what
        unchanged = bytes_below(stage.shadow.projects) == before
        started = time.monotonic()
        taken = await asyncio.to_thread(_lock_is_free, stage)
        took = time.monotonic() - started
        holder.kill()
        await holder.ended()
    freed = await asyncio.to_thread(_lock_is_free, stage)
    async with drill_process(stage, "hold") as heir:
        inherited = await heir.answer()
    return [
        stage.fact("refused", code == BUSY and wanted in said, f"{code} {said}"),
        stage.fact("at-once", not taken and took < NOTICED_SECONDS, f"{taken} {took:.2f} s", seconds=NOTICED_SECONDS),
        stage.fact("one-writer", unchanged, "the second one wrote"),
        stage.fact("stale", freed and inherited["open"], f"{freed} {inherited}"),
    ]


async def _end_of(second: Child) -> tuple[int, str]:
    """Return exit code and words of the second MultiCoder; one that was let in would work on for long."""
    try:
        return await second.ended(REFUSED_SECONDS), await second.errors()
    except TimeoutError:
        return 0, "it works"


def _lock_is_free(stage: Stage) -> bool:
    try:
        with FolderLock(stage.shadow.lock):
            return True
    except DataFolderBusy:
        return False


async def hold(stage: Stage, order: Mapping[str, Any]) -> Any:
    """Open the engine on the copy and stay until killed, or until nobody listens any more."""
    del order
    from engine.bootstrap import open_engine  # noqa: PLC0415 - loads everything

    async with open_engine(stage.shadow, team="demo", environ=dict(stage.environ)):
        say({"open": True})
        await asyncio.sleep(60)
    return {"closed": True}
