"""How far the memory of a chat is looked through: its option reaches the recall of its runs."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from core.errors import InputError
from core.memory import DocumentNote
from core.settings import Settings
from engine.bootstrap import open_engine
from engine.commands import RunOrder, run
from engine.conversations import Conversations
from engine.questions import Questions
from engine.runs import RUN_KIND, RunWorker
from engine.tasks.manager import TaskManager

QUESTION = "What can you do about the ceramic bearings of the turbine?"
HERE = b"The ceramic bearings of the turbine are from the first maker.\n"
ELSEWHERE = b"The ceramic bearings of the turbine crack above 4200 rpm.\n"
OWN = b"Ceramic bearings of a turbine want oil.\n"


@asynccontextmanager
async def hall(home):
    told = []
    async with open_engine(home, team="demo", subscribers=[told.append]) as engine:
        tasks = TaskManager(home.tasks, engine.journal, slots=2)
        questions = Questions(engine)
        talk = Conversations(engine, tasks, questions, lambda: Settings(team="demo"))
        tasks.register(RUN_KIND, RunWorker(engine, questions))
        await tasks.start()
        try:
            yield SimpleNamespace(engine=engine, talk=talk, told=told)
        finally:
            await tasks.stop(seconds=2)


async def asked(works, session, text=QUESTION):
    """Ask in a session; the sources that were given to the roles."""
    turn = (await works.talk.prompt(session, text)).prompt.run
    async with asyncio.timeout(60):
        while await works.talk.outcome(turn) != "answered":  # noqa: ASYNC110 - the archive tells nobody
            await asyncio.sleep(0.05)
    (seen,) = [event.data for event in works.told if event.run == turn and event.name == "memory.recalled"]
    return {place.partition(":")[0] for place in seen["cited"]}


def told(works):
    """The tokens of each section the newest run was given."""
    return [event.data["tokens"] for event in works.told if event.name == "memory.recalled"][-1]


async def kept(works, text, name, **where):
    note = DocumentNote(name, "docs", "foreign", **where)
    return (await works.engine.memory.documents.add(text, note)).document


async def two_projects(works):
    archive = works.engine.archive
    here, elsewhere = [(await archive.add_project(name, out="", locale="en")).project for name in ("one", "two")]
    return (
        here,
        elsewhere,
        await kept(works, HERE, "here.md", project=here),
        await kept(works, ELSEWHERE, "elsewhere.md", project=elsewhere),
    )


@pytest.mark.parametrize(
    ("reach", "found"),
    [
        ({}, {"here"}),
        ({"reach": "project"}, {"here"}),
        ({"reach": "person"}, {"here", "own"}),
        ({"reach": "archive"}, {"here", "own", "elsewhere"}),
        ({"reach": "session"}, set()),
    ],
    ids=lambda value: value.get("reach", "never chosen") if isinstance(value, dict) else "",
)
async def test_a_run_recalls_as_far_as_its_chat_says(home, tmp_path, reach, found):
    async with hall(home) as works:
        here, _, near, far = await two_projects(works)
        names = {near: "here", far: "elsewhere", await kept(works, OWN, "own.md"): "own"}
        session = (await works.talk.open(str(tmp_path), {"team": "demo", "project": here, **reach})).session
        assert {names[source] for source in await asked(works, session) if source in names} == found


async def test_this_chat_alone_is_what_was_said_in_it_even_beside_others_of_its_project(home, tmp_path):
    async with hall(home) as works:
        here, *_ = await two_projects(works)
        options = {"team": "demo", "project": here}
        first, second = [
            (await works.talk.open(str(tmp_path), {**options, **more})).session for more in ({}, {"reach": "session"})
        ]
        await asked(works, first, "What can you do if the ceramic bearings are green?")
        await asked(works, first)
        assert told(works)["recent"]
        assert await asked(works, second, "What can you do if the ceramic bearings are blue?") == set()
        assert told(works) == {}
        mine = await kept(works, HERE + b"They are blue.\n", "attached.md", project=here, session=second)
        assert await asked(works, second) == {mine}
        assert set(told(works)) == {"recalled", "recent"}


async def test_what_is_chosen_later_holds_from_the_next_message_on(home, tmp_path):
    async with hall(home) as works:
        here, _, near, far = await two_projects(works)
        session = await works.talk.open(str(tmp_path), {"team": "demo", "project": here})
        assert {near, far} & await asked(works, session.session) == {near}
        options = {**session.options, "reach": "archive"}
        await works.engine.sessions.change_session(session.session, options=options)
        assert {near, far} & await asked(works, session.session) == {near, far}


def test_the_command_line_refuses_a_reach_nobody_knows(home, tmp_path, capsys):
    assert run(home, RunOrder(QUESTION, tmp_path / "out", team="demo", memory="galaxy")) == InputError.exit_code
    assert "galaxy" in capsys.readouterr().err


def test_the_command_line_hands_its_reach_to_the_run(home, tmp_path):
    assert run(home, RunOrder(QUESTION, tmp_path / "out", team="demo", memory="person")) == 10

    async def options():
        async with open_engine(home, team="demo") as engine:
            return [record.options["options"]["reach"] for record in await engine.archive.runs()]

    assert asyncio.run(options()) == ["person"]
