"""A data folder in which a program was delivered and a question answered, made once and copied for each test."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import Finished, RunDriver, Waiting
from engine.person import Consenting, Nobody
from engine.recovery.backups import Backups
from engine.tasks.store import Stored, TaskStore
from engine.tasks.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.bootstrap import Engine
    from engine.person import Person

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


@dataclass(frozen=True)
class Grown:
    """A data folder that went on after its only backup."""

    home: Home
    before: tuple[str, str]
    """Runs that had ended when the backup was made."""
    carried: str
    """Waited for a person then and was delivered since."""
    after: str
    """Asked and answered since."""
    waiting: str
    """Begun since; waits for a person."""


@pytest.fixture(scope="session")
def grown_once(one_life: Home, tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """Made by real runs of the demo team; never changed by a test."""
    home = Home(shutil.copytree(one_life.root, tmp_path_factory.mktemp("grown") / "home"))
    return asyncio.run(grow(home))


@pytest.fixture
def grown(grown_once: Grown, tmp_path: Path) -> Grown:
    """A copy of that data folder."""
    return replace(grown_once, home=Home(shutil.copytree(grown_once.home.root, tmp_path / "home")))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    place = tmp_path / "small"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", place], check=False, capture_output=True)
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.decode()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


async def begin(engine: Engine, task: str, project: str = "") -> str:
    out = str(engine.home.root.parent)
    if not project:
        project = (await engine.archive.add_project(task, out=out, locale="en")).project
    options = {"out": out, "target": "source", "attachments": []}
    return await RunDriver(engine).create(project, task, options, {}, locale="en", team="demo")


async def drive(engine: Engine, run: str, person: Person) -> object:
    return await RunDriver(engine).drive(run, person)


async def grow(home: Home) -> Grown:
    async with open_engine(home, team="demo") as engine:
        before = tuple(record.run for record in await engine.archive.runs())
        project = (await engine.archive.projects())[0].project
        carried = await begin(engine, "Make a unit converter for the console")
        assert isinstance(await drive(engine, carried, Nobody()), Waiting)
        await Backups(home, engine.journal, keep=5).back_up("scheduled")
        assert await drive(engine, carried, Consenting()) == Finished("delivered")
        after = await begin(engine, "How do I start it now?", project)
        assert await drive(engine, after, Nobody()) == Finished("answered")
        waiting = await begin(engine, "Make a word counter for text files")
        assert isinstance(await drive(engine, waiting, Nobody()), Waiting)
    tasks = TaskStore(home.tasks)
    await tasks.write(Stored(Task("t-new", "report", "New report"), 9))
    await tasks.close()
    return Grown(home, (before[0], before[1]), carried, after, waiting)


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
