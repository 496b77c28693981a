"""The whole engine in this process, with real sandbox, git, SQLite and HTTP; only the models are scripted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders.toolchains.python import toolchain_folder
from core.paths import Home
from engine.bootstrap import Engine, open_engine
from engine.driver import Finished, RunDriver, Waiting
from engine.person import Consenting
from tests.fakes.openai_server import OpenAIServer
from tests.fakes.scripted_team import ScriptedTeam

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from core.events import Event
    from engine.driver import End
    from engine.person import Person
    from graph.approvals import Reply
    from graph.cards import Card

TOOLCHAIN = toolchain_folder(Home(Path(__file__).parents[2]), os.environ)


class Scripted:
    """A person who approves like `--yes` and answers the cards of some kinds as told, one answer each."""

    via = "test"

    def __init__(self, **answers: list[Reply | None]) -> None:
        self._answers = answers
        self.cards: list[Card] = []

    async def decide(self, card: Card) -> Reply | None:
        self.cards.append(card)
        waiting = self._answers.get(card["kind"])
        return waiting.pop(0) if waiting else await Consenting().decide(card)

    def shown(self, kind: str) -> list[Card]:
        return [card for card in self.cards if card["kind"] == kind]


@dataclass
class Turn:
    """One run as it ended, and everything that can be known of it."""

    works: Works
    run: str
    project: str
    end: End

    @property
    def outcome(self) -> str:
        return self.end.outcome if isinstance(self.end, Finished) else type(self.end).__name__.lower()

    @property
    def card(self) -> Card:
        assert isinstance(self.end, Waiting)
        return self.end.card

    def events(self, name: str, module: str | None = None) -> list[Mapping[str, Any]]:
        found = [event for event in self.works.events if event.run == self.run and event.name == name]
        return [event.data for event in found if module in {None, event.module}]

    def findings(self, module: str) -> list[list[str]]:
        """What was said against each draft of a module."""
        return [list(data["findings"]) for data in self.events("draft.examined", module)]

    async def delivered(self) -> dict[str, str]:
        """The program's files as they were delivered."""
        engine = self.works.engine
        version = next(item for item in await engine.archive.versions(self.project) if item.run == self.run)
        assert Path(version.artifact).name in self.works.placed()
        return await engine.workspace.files(self.project, version.commit)

    async def nothing_delivered(self) -> bool:
        versions = await self.works.engine.archive.versions(self.project)
        return not any(item.run == self.run for item in versions) and not self.events("artifact.delivered")

    async def text(self) -> str:
        """What MultiCoder said last."""
        messages = await self.works.engine.archive.messages(self.project)
        return [item.text for item in messages if item.run == self.run and item.author == "multicoder"][-1]


@dataclass
class Works:
    """An open engine and its scripted team."""

    engine: Engine
    team: ScriptedTeam
    server: OpenAIServer
    events: list[Event]
    out: Path

    async def run(
        self,
        task: str = "Count the words of a text",
        person: Person | None = None,
        *,
        project: str = "",
        attachments: tuple[str, ...] = (),
        caps: dict[str, Any] | None = None,
    ) -> Turn:
        engine = self.engine
        if not project:
            project = (await engine.archive.add_project(task, out=str(self.out), locale="en")).project
        kept = [
            await engine.archive.add_message(project, "", "person", text, kind="attachment") for text in attachments
        ]
        options = {"out": str(self.out), "target": "source", "attachments": kept}
        driver = RunDriver(engine)
        run = await driver.create(project, task, options, caps or {}, locale="en", team="")
        return await self.resume(run, person, project=project)

    async def resume(self, run: str, person: Person | None = None, *, project: str) -> Turn:
        end = await RunDriver(self.engine).drive(run, person or Consenting())
        return Turn(self, run, project, end)

    def placed(self) -> list[str]:
        """What lies in the output folder."""
        return sorted(path.name for path in self.out.iterdir())


@pytest.fixture
def team() -> ScriptedTeam:
    return ScriptedTeam()


@pytest.fixture
def server(team: ScriptedTeam) -> Iterator[OpenAIServer]:
    """Two models of two families; the team is told which one was asked."""
    with OpenAIServer(team) as running:
        yield running


@pytest.fixture
def environ(server: OpenAIServer) -> dict[str, str]:
    return {
        "MULTICODER_BASE_URL": server.url,
        "MULTICODER_API_KEY": "key-of-the-loopback-server",
        "MULTICODER_MODEL": "gpt-test,claude-test",
        "MULTICODER_TOOLCHAIN": str(TOOLCHAIN),
        "PATH": os.environ["PATH"],
    }


@pytest.fixture
async def works(home: Home, tmp_path: Path, team: ScriptedTeam, server: OpenAIServer, environ: dict[str, str]) -> Any:
    events: list[Event] = []
    out = tmp_path / "out"
    out.mkdir()
    async with open_engine(home, team="", environ=environ, subscribers=[events.append]) as engine:
        yield Works(engine, team, server, events, out)


@pytest.fixture
def person() -> Callable[..., Scripted]:
    """Make a person: `person(hold=[Reply("retry")])`."""
    return Scripted
