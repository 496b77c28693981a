"""A process that runs a task up to its plan and dies where it is told: `research_process.py HOME NOTES WHERE [RUN]`.

NOTES is a folder with what happened, a line each: `asked` (kinds of cards), `web` (what servers saw), `taken`.
WHERE is `name` or `name:kind` of an event; empty: it lives.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import RunDriver, Waiting
from engine.person import Consenting
from engine.web import Web
from graph.approvals import Reply
from tests.fakes.small_web import SmallSource, SmallWeb, repository

ADDRESS = "code.example/people/counter"
TASK = "Count the words of a text"


class Notes:
    """Lines that survive the process."""

    def __init__(self, folder):
        self._folder = folder

    def add(self, name, line):
        with (self._folder / name).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())


class Watched(SmallWeb):
    """Notes what servers would see."""

    notes: Notes

    async def search(self, query, topic="web", *, limit=8):
        self.notes.add("web", f"search {query}")
        return await super().search(query, topic, limit=limit)


class Source(SmallSource):
    """Notes each download when it begins."""

    notes: Notes

    async def take(self, repository, consent, *, project, run, progress=None):
        self.notes.add("taken", repository.address)
        return await super().take(repository, consent, project=project, run=run, progress=progress)


class Person:
    """Allows the search and the download, and leaves the plan open."""

    via = "test"

    def __init__(self, notes):
        self._notes = notes

    async def decide(self, card):
        self._notes.add("asked", card["kind"])
        if card["kind"] == "web":
            return Reply("allow")
        if card["kind"] == "consent":
            return Reply("answer", answers={ADDRESS: "allow"})
        return None if card["kind"] == "plan" else await Consenting().decide(card)


async def main(home, notes, where, run):
    name, _, kind = where.partition(":")

    def watch(event):
        if where and event.name == name and kind in {"", str(event.data.get("kind"))}:
            os._exit(9)

    @asynccontextmanager
    async def web(_home, _settings, documents, _consents, _sink):
        small, source = Watched(), Source(documents, {"count.py": "def count(text): ...\n"})
        small.notes = source.notes = notes
        small.repositories[ADDRESS] = repository(ADDRESS)
        yield Web(small, source)

    async with open_engine(home, team="", subscribers=[watch], web=web) as engine:
        driver = RunDriver(engine)
        if not run:
            project = (await engine.archive.add_project(TASK, out=str(home.root), locale="en")).project
            options = {"out": str(home.root / "out"), "target": "source", "attachments": [], "web": "ask"}
            run = await driver.create(project, TASK, options, {}, locale="en", team="")
            notes.add("run", run)
        end = await driver.drive(run, Person(notes))
        assert isinstance(end, Waiting)
        assert end.card["kind"] == "plan"


asyncio.run(main(Home(Path(sys.argv[1])), Notes(Path(sys.argv[2])), sys.argv[3], sys.argv[4]))
