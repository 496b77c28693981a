"""A data folder in which a program was delivered and another run waits at a card; each test has a copy."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, Any

import pytest

from core.paths import Home
from engine.bootstrap import Engine, open_engine
from engine.driver import Finished, RunDriver, Waiting
from engine.person import Consenting, Nobody
from engine.recovery.backups import Backups

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from core.events import Event

TASK = "Make a word counter for text files"
CAPS = {"usd": 5.0, "tokens": 3_000_000, "calls": 400, "minutes": 60}


class Heard(list):
    """A sink that remembers."""

    emit = list.append

    def names(self) -> list[str]:
        return [event.name for event in self]

    def told(self, name: str) -> list[Event]:
        return [event for event in self if event.name == name]


@pytest.fixture
def heard() -> Heard:
    return Heard()


class Life:
    """A copy of the data folder, and the ways to break it."""

    def __init__(self, home: Home, out: Path) -> None:
        self.home = home
        self.out = out

    def change(self, database: Path, *statements: str) -> None:
        with closing(sqlite3.connect(database)) as connection, connection:
            for statement in statements:
                changed = connection.execute(statement)
                assert changed.rowcount, statement

    @asynccontextmanager
    async def engine(self) -> AsyncIterator[Engine]:
        async with open_engine(self.home, team="demo") as opened:
            yield opened

    async def delivered(self, engine: Engine) -> tuple[str, str]:
        """The run that was delivered and its project."""
        record = next(item for item in await engine.archive.runs() if item.outcome == "delivered")
        return record.run, record.project

    async def rewrite(self, engine: Engine, **changes: Any) -> None:
        """Change the newest position of the delivered run, as nothing in the program ever would."""
        _, project = await self.delivered(engine)
        thread = {"configurable": {"thread_id": project}}
        await engine.graph.aupdate_state(thread, changes, as_node="close")


@pytest.fixture(scope="session")
def one_life(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by real runs of the demo team; never changed by a test."""
    folder = tmp_path_factory.mktemp("life")
    (folder / "out").mkdir()
    asyncio.run(_live(Home(folder / "home"), folder / "out"))
    return folder


@pytest.fixture
def life(one_life: Path, tmp_path: Path) -> Life:
    shutil.copytree(one_life / "home", tmp_path / "home")
    return Life(Home(tmp_path / "home"), one_life / "out")


async def _live(home: Home, out: Path) -> None:
    async with open_engine(home, team="demo") as engine:
        for person, ending in ((Consenting(), Finished), (Nobody(), Waiting)):
            project = (await engine.archive.add_project("words", out=str(out), locale="en")).project
            driver = RunDriver(engine)
            options: Any = {"out": str(out), "target": "source", "attachments": []}
            run = await driver.create(project, TASK, options, dict(CAPS), locale="en", team="demo")
            assert isinstance(await driver.drive(run, person), ending)
        await Backups(home, engine.journal, keep=2).back_up("test")
