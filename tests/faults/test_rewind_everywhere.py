"""Every step that is listed can be gone back to, with the files of that moment, and the way forward is open again."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import Finished, RunDriver
from engine.person import Consenting
from engine.steps import read_steps

if TYPE_CHECKING:
    from engine.bootstrap import Engine
    from engine.steps import Step

FIRST, CHANGE = "Make a calculator with a GUI", "Add a history list"

GOES_ON = {("close",): ("deliver",), ("remember",): ("deliver",)}
"""What comes instead: a run whose end is taken back delivers again."""


@dataclass(frozen=True)
class Story:
    """A project with one delivered version and a change to it, and where its files stood at each step."""

    home: Home
    project: str
    runs: tuple[str, str]
    steps: tuple[list[Step], list[Step]]
    heads: list[tuple[float, str]]
    artifacts: dict[str, str]

    def head_at(self, step: Step) -> str:
        """The newest commit when a step was saved, as a witness saw it."""
        moment = datetime.fromisoformat(step.at).timestamp()
        return [head for at, head in self.heads if at <= moment][-1]


def main_of(home: Home, project: str) -> str:
    file = home.projects / project / "repo" / "refs" / "heads" / "main"
    return file.read_text(encoding="ascii").strip() if file.exists() else ""


async def tell_story(folder: Path) -> Story:
    home, out = Home(folder / "home"), folder / "out"
    out.mkdir()
    heads: list[tuple[float, str]] = []
    runs = []
    async with open_engine(home, team="demo") as engine:
        project = (await engine.archive.add_project("calculator", out=str(out), locale="en")).project
        engine.journal.subscribe(lambda event: heads.append((event.at, main_of(home, project))))
        for task in (FIRST, CHANGE):
            driver = RunDriver(engine)
            options = {"out": str(out), "target": "source", "attachments": []}
            run = await driver.create(project, task, options, {}, locale="en", team="demo")
            assert await driver.drive(run, Consenting()) == Finished("delivered")
            runs.append(await engine.archive.run(run))
        versions = await engine.archive.versions(project)
    steps = [await read_steps(home, record) for record in runs]
    artifacts = {version.artifact: version.sha256 for version in versions}
    return Story(home, project, (runs[0].run, runs[1].run), (steps[0], steps[1]), heads, artifacts)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Told once; every test goes back in a copy."""
    return asyncio.run(tell_story(tmp_path_factory.mktemp("story")))


async def files_now(engine: Engine, project: str) -> dict[str, str]:
    head = await engine.workspace.head(project)
    return await engine.workspace.files(project, head) if head else {}


def copy_of(story: Story, tmp_path: Path) -> Home:
    shutil.rmtree(tmp_path / "home", ignore_errors=True)
    return Home(shutil.copytree(story.home.root, tmp_path / "home"))


def untouched(story: Story) -> bool:
    return all(checksum(name) == sha256 for name, sha256 in story.artifacts.items())


def checksum(file: str) -> str:
    return hashlib.sha256(Path(file).read_bytes()).hexdigest()


@pytest.mark.slow
async def test_every_listed_step_can_be_gone_back_to_with_its_files(story: Story, tmp_path: Path):
    run = story.runs[1]
    assert len(story.steps[1]) >= 10
    for step in story.steps[1]:
        home = copy_of(story, tmp_path)
        async with open_engine(home, team="demo") as engine:
            await RunDriver(engine).rewind(run, step.number)
            head = story.head_at(step)
            assert await files_now(engine, story.project) == await engine.workspace.files(story.project, head), step
            assert (await engine.archive.run(run)).outcome == ""
            assert len(await engine.archive.versions(story.project)) == 2
        again = await read_steps(home, await record_of(home, run))
        assert again[-1].nodes in {step.nodes, GOES_ON.get(step.nodes)}
    assert untouched(story)


async def record_of(home: Home, run: str):
    async with open_engine(home, team="demo") as engine:
        return await engine.archive.run(run)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(5))
async def test_from_every_listed_step_the_run_delivers_again(story: Story, tmp_path: Path, first: int):
    run = story.runs[1]
    for step in story.steps[1][first::5]:
        home = copy_of(story, tmp_path)
        async with open_engine(home, team="demo") as engine:
            before = await files_now(engine, story.project)
            driver = RunDriver(engine)
            await driver.rewind(run, step.number)
            assert await driver.drive(run, Consenting()) == Finished("delivered"), step
            assert await files_now(engine, story.project) == before, step
            versions = await engine.archive.versions(story.project)
            assert [version.number for version in versions] == [1, 2, 3]
            assert checksum(versions[-1].artifact) == versions[-1].sha256
            assert Path(versions[-1].artifact).name not in {Path(name).name for name in story.artifacts}
        assert untouched(story)


@pytest.mark.slow
async def test_going_back_twice_and_forth_again_leads_to_the_same_files(story: Story, tmp_path: Path):
    run, steps = story.runs[1], story.steps[1]
    home = copy_of(story, tmp_path)
    async with open_engine(home, team="demo") as engine:
        before = await files_now(engine, story.project)
        driver = RunDriver(engine)
        await driver.rewind(run, steps[-1].number)
        await driver.rewind(run, steps[len(steps) // 2].number)
        await driver.rewind(run, steps[1].number)
        assert await driver.drive(run, Consenting()) == Finished("delivered")
        assert await files_now(engine, story.project) == before
    assert untouched(story)
