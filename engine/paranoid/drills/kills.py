"""kill-run: the engine is killed in the middle of a run, again and again, and resumed each time."""

from __future__ import annotations

import asyncio
import json
import os
from typing import TYPE_CHECKING, Any, Final

from builders.toolchains.python import own_toolchain, toolchain_folder
from engine.paranoid.drills.children import LINE_SECONDS, drill_process, own_program
from engine.paranoid.drills.drill import say
from engine.paranoid.drills.filling import Unheard, effect
from graph.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.paranoid.drills.drill import Fact, Stage

TASK: Final = "Count the words of a text file"
"""One of the demo team's tasks, the quickest."""
KILLS: Final = 2
_EARLIEST, _LATEST = 4, 48
"""Events of one start between which it is killed; a whole run has about 140."""
_KEPT_BY_NAME: Final = "run"


async def run(stage: Stage) -> list[Fact]:
    """Kill single effects first, then a whole run."""
    facts = await _effects(stage)
    there = toolchain_folder(stage.shadow, stage.environ).is_dir()
    if not there and not own_toolchain(stage.shadow, stage.environ).supplied():  # drills do not use the network
        return [*facts, stage.unchecked("no-toolchain")]
    return [*facts, *await _run(stage)]


# ------------------------------------------------------------------------------------------------ effects


async def _effects(stage: Stage) -> list[Fact]:
    """Kill after an effect was recorded: it is not done again. Kill amid one: the next aims at the same target."""
    for killed in (True, False):
        async with drill_process(stage, "effect", {"kind": "recorded", "intent": os.getpid(), "stay": killed}) as child:
            await child.answer()
            child.kill()
    for attempt in range(2):
        async with drill_process(stage, "effect", {"kind": "begun", "intent": attempt, "hang": not attempt}) as child:
            await child.answer()
            child.kill()
    done, begun = (_lines(stage, kind) for kind in ("recorded", "begun"))
    return [
        stage.fact("once", len(done) == 1, done),
        stage.fact("same-target", begun == ["0", "0"], begun),
    ]


def _lines(stage: Stage, kind: str) -> list[str]:
    return (stage.scratch / kind).read_text(encoding="utf-8").split()


async def one_effect(stage: Stage, order: Mapping[str, Any]) -> Any:
    """Do an effect through the ledger of the copy and wait to be killed, after it or in the middle of it."""
    ledger = Ledger(stage.shadow.ledger, Unheard())
    file = stage.scratch / order["kind"]

    async def perform(intent: Any) -> Any:
        with file.open("a", encoding="utf-8") as lines:
            lines.write(f"{intent}\n")
        if order.get("hang"):
            say({"amid": True})
            await asyncio.sleep(LINE_SECONDS)
        return True

    await ledger.once(effect(order["kind"]), perform, intent=order["intent"])
    if order.get("stay"):
        say({"done": True})
        await asyncio.sleep(LINE_SECONDS)
    ledger.close()
    return {"done": True}


# ------------------------------------------------------------------------------------------------ a run


async def _run(stage: Stage) -> list[Fact]:
    out, dice = stage.folder / "out", stage.dice()
    task = ["run", TASK, "--team", "demo", "--target", "source", "--project", "new", "--out", str(out)]
    words = [*task, "--yes", "--json"]
    moments, run_id, code, errors = [], "", -1, ""
    for start in range(KILLS + 1):
        kill_after = dice.randint(_EARLIEST, _LATEST) if start < KILLS else 0
        ended = await _start(stage, words, kill_after)
        run_id = run_id or ended["run"]
        code, errors = ended["code"], ended["errors"]
        moments.append(ended["last"])
        words = ["resume", run_id, "--yes", "--json"]
    seen = f"{code} {errors} {moments}"
    delivered = stage.fact("delivered", code == 0, seen, kills=KILLS)
    return [delivered, *(await _left(stage, run_id, moments) if run_id else [])]


async def _start(stage: Stage, words: Sequence[str], kill_after: int) -> dict[str, Any]:
    """Start or resume; kill after so many events, or let it come to its end."""
    run_id, last, heard = "", "", 0
    async with own_program(words, home=stage.shadow, environ=stage.environ) as child:
        while line := await child.line():
            event = json.loads(line)
            run_id = run_id or str(event.get(_KEPT_BY_NAME, ""))
            last, heard = str(event.get("name", "")), heard + 1
            if heard == kill_after:
                child.kill()
                break
        code = await child.ended()
        errors = await child.errors()
    return {"run": run_id, "last": last, "code": code, "errors": errors[-300:]}


async def _left(stage: Stage, run_id: str, moments: list[str]) -> list[Fact]:
    """Look at what the run left in the copy and in its output folder."""
    from engine.journal import read_journal  # noqa: PLC0415 - only here
    from memory.archive import SqliteArchive  # noqa: PLC0415 - only here

    archive = SqliteArchive(stage.shadow.database)
    ledger = Ledger(stage.shadow.ledger, Unheard())
    try:
        record = await archive.run(run_id)
        versions = await archive.versions(record.project)
        spent = await ledger.spend_rows(run_id)
        keys = await ledger.execute(
            lambda db: db.execute(
                "SELECT count(*) FROM effects WHERE run = ? AND result IS NOT NULL", (run_id,)
            ).fetchone()
        )
    finally:
        ledger.close()
        archive.close()
    placed = sorted(path.name for path in (stage.folder / "out").iterdir())
    recorded = [row for row in read_journal(stage.shadow.journal, run_id) if row.name == "effect.recorded"]
    calls = [row for row in recorded if str(row.data["kind"]).startswith("call:")]
    one = len(placed) == 2 and placed[1].startswith(placed[0])  # noqa: PLR2004 - the file and its evidence
    return [
        stage.fact("placed", one and record.outcome == "delivered", f"{placed} {record.outcome} {moments}"),
        stage.fact("version", [version.number for version in versions] == [1], versions),
        stage.fact("effects", len(recorded) <= keys[0], f"{len(recorded)} records of {keys[0]} effects {moments}"),
        stage.fact("spending", len(calls) <= len(spent), f"{len(calls)} calls, {len(spent)} paid {moments}"),
    ]
