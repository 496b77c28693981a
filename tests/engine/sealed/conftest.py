"""Data folders with a memory in them, made once by a real engine and copied for each test."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from core import sealing
from core.events import Event
from core.paths import Home
from engine.bootstrap import open_engine
from engine.tasks.store import Stored, TaskStore
from engine.tasks.task import Task
from memory.store import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from engine.bootstrap import Engine


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(sealing, "WEAKEST", 8)
    monkeypatch.setattr(sealing, "STRONGEST", 8)


@pytest.fixture(scope="session")
def one_memory(tmp_path_factory) -> Home:
    """Never changed by a test."""
    home = Home(tmp_path_factory.mktemp("memory") / "home")
    asyncio.run(live(home))
    return home


@pytest.fixture(scope="session")
def longer_memory(one_memory, tmp_path_factory) -> Home:
    """The same one later; never changed by a test."""
    home = Home(shutil.copytree(one_memory.root, tmp_path_factory.mktemp("longer") / "home"))
    asyncio.run(go_on(home))
    return home


@pytest.fixture
def lived_in(one_memory, tmp_path) -> Home:
    """A copy of the first."""
    return Home(shutil.copytree(one_memory.root, tmp_path / "home"))


@pytest.fixture
def grown(longer_memory, tmp_path) -> Home:
    """A copy of the second."""
    return Home(shutil.copytree(longer_memory.root, tmp_path / "grown"))


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
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


async def converse(engine: Engine, project: str, words: str) -> None:
    run = new_id("r")
    options = {"team": "demo", "target": "source", "attachments": [], "out": str(engine.home.root.parent)}
    message = await engine.archive.add_message(project, run, "person", words)
    await engine.archive.add_run(run, project, message, options)
    engine.journal.emit(Event("MESSAGE", "message.received", run=run))
    await engine.archive.set_outcome(run, "answered")


async def live(home: Home) -> None:
    async with open_engine(home, team="demo") as engine:
        project = (await engine.archive.add_project("words", out=str(home.root.parent), locale="en")).project
        for number in range(40):
            await converse(engine, project, f"Decision number {number}: the counter counts words. " * 60)
    repository = home.projects / project / "repo"
    (repository / "objects" / "ab").mkdir(parents=True)
    (repository / "HEAD").write_text("ref: refs/heads/main\n")
    (repository / "objects" / "ab" / ("c" * 38)).write_bytes(os.urandom(700))
    tasks = TaskStore(home.tasks)
    await tasks.write(Stored(Task("t-1", "report", "Report", state="waiting"), 1))
    await tasks.close()


async def go_on(home: Home) -> None:
    async with open_engine(home, team="demo") as engine:
        project = (await engine.archive.projects())[0].project
        for number in range(5):
            await converse(engine, project, f"Later decision {number}: it counts letters too. " * 60)
