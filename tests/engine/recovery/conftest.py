"""A data folder in which a program was delivered and a question answered, made once and copied for each test."""

from __future__ import annotations

import asyncio
import shutil
from typing import TYPE_CHECKING

import pytest

from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import Finished, RunDriver
from engine.person import Consenting
from engine.tasks.store import Stored, TaskStore
from engine.tasks.task import Task

if TYPE_CHECKING:
    from pathlib import Path

TASKS = ("Make a word counter for text files", "How do I start it?")


@pytest.fixture(scope="session")
def one_life(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Made by real runs of the demo team; never changed by a test."""
    home = Home(tmp_path_factory.mktemp("life") / "home")
    asyncio.run(live(home))
    return home


@pytest.fixture
def lived_in(one_life: Home, tmp_path: Path) -> Home:
    """A copy of that data folder."""
    return Home(shutil.copytree(one_life.root, tmp_path / "home"))


class Heard(list):
    """A sink that remembers."""

    emit = list.append

    def names(self) -> list[str]:
        return [event.name for event in self]


@pytest.fixture
def heard() -> Heard:
    """Where events of this test go."""
    return Heard()


async def live(home: Home) -> None:
    out = home.root.parent / "out"
    out.mkdir()
    async with open_engine(home, team="demo") as engine:
        project = (await engine.archive.add_project("words", out=str(out), locale="en")).project
        for task, ending in zip(TASKS, ("delivered", "answered"), strict=True):
            driver = RunDriver(engine)
            options = {"out": str(out), "target": "source", "attachments": []}
            run = await driver.create(project, task, options, {}, locale="en", team="demo")
            assert await driver.drive(run, Consenting()) == Finished(ending)
    tasks = TaskStore(home.tasks)
    for number in range(3):
        await tasks.write(Stored(Task(f"t-{number}", "report", f"Report {number}", state="done"), number))
    await tasks.close()
