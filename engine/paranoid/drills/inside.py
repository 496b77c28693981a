"""The inner side of a drill: what runs in the process that `runner`, or a drill itself, has started."""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from pathlib import Path
from typing import Any

from core.errors import InputError
from core.i18n import Words
from engine.paranoid.drills.catalogue import find
from engine.paranoid.drills.drill import PREFIX, Fact, Stage, say


async def take_part(what: str) -> None:
    """Do the drill or part `id:part` as the line on standard input says; print one line of JSON.

    Raises InputError when the folder was not made for a drill: drills destroy what they are pointed at.
    """
    name, _, part = what.partition(":")
    told = json.loads(sys.stdin.readline())
    folder, drill = Path(told["folder"]), find(name)
    if folder.name != drill.id or not folder.parent.name.startswith(PREFIX):
        raise InputError("drill-folder", folder=str(folder))
    stage = Stage(drill.id, folder, int(told["seed"]), dict(os.environ))
    if part:
        say(await drill.parts[part](stage, told["order"]))
        return
    facts, ended = stage.found, False
    try:
        facts, ended = await drill.run(stage), True
    finally:  # what was seen is told, whatever then went wrong
        say({"facts": [dataclasses.asdict(fact) for fact in facts], "ended": ended})


def facts_of(answer: dict[str, Any]) -> tuple[Fact, ...]:
    """Read back what `take_part` printed for a whole drill."""
    return tuple(
        Fact(bool(row["ok"]), Words(row["what"]["message"], row["what"]["facts"]), row["seen"], bool(row["checked"]))
        for row in answer["facts"]
    )
