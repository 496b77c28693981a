"""Data folders as a real demo run leaves them, and journals of many events."""

from __future__ import annotations

import logging
import os

from core.events import Event
from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import RunDriver
from engine.journal import Journal
from engine.person import Consenting

TASK = "Make a calculator with a GUI"


def quiet_log():
    log = logging.getLogger("tests.reports")
    log.propagate = False
    log.setLevel(logging.CRITICAL)
    return log


def emit(home, *events):
    """Keep events as the engine does."""
    journal = Journal(home.journal, quiet_log())
    try:
        for event in events:
            journal.emit(event)
    finally:
        journal.close()


async def driven(home, out):
    async with open_engine(home, team="demo", environ={"PATH": os.environ["PATH"]}) as engine:
        driver = RunDriver(engine)
        runs = []
        for task in (TASK, "What can you do?"):
            project = (await engine.archive.add_project(task, out=str(out), locale="en")).project
            options = {"out": str(out), "target": "source", "attachments": []}
            run = await driver.create(project, task, options, {}, locale="en", team="demo")
            await driver.drive(run, Consenting())
            runs.append((project, run, (await engine.archive.run(run)).outcome))
        return runs


BIG = 100_000
MANY = 3_000
BIG_NOW = 1_760_000_000.0
_KINDS = (
    ("INFO", "node.started", {"node": "code"}),
    ("PROVIDER", "call.started", {"call": "coder.write", "attempt": 1, "escalate": 0}),
    ("INFO", "draft.examined", {"draft": 1, "model": "a:b", "accepted": True, "findings": ["check: x"], "refused": []}),
    ("BUILD", "build.finished", {"artifact": "x", "sha256": "0", "size": 5}),
    ("AUDIT", "card.shown", {"kind": "task", "digest": "x"}),
)


def filled(folder, count):
    """A data folder with so many events, 500 to a run, 20 seconds apart; every thousandth is an error."""
    home = Home(folder)
    home.prepare()
    journal = Journal(home.journal, quiet_log())
    for number in range(count):
        kind, name, data = _KINDS[number % 5]
        if number % 1000 == 999:
            kind, name, data = "ERROR", "node.crashed", {"node": "code", "error": f"ValueError: {number}"}
        at = BIG_NOW - (count - number) * 20
        journal.emit(Event(kind, name, run=f"r-{number // 500}", module="m", data=data, at=at))
    journal.close()
    return home
