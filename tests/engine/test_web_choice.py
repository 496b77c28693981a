"""How a chat, a turn and the command line choose whether things are looked up, and how sources reach a client."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from core.errors import InputError
from core.i18n import LOCALES
from core.settings import Settings
from engine.acp.parameters import Parameters
from engine.acp.sessions import web_wish
from engine.acp.translate import Translator
from engine.bootstrap import open_engine
from engine.commands import RunOrder, run
from engine.conversations import Conversations
from engine.journal import JournalRow
from engine.questions import Questions
from engine.runs import RUN_KIND, RunWorker
from engine.tasks.manager import TaskManager

QUESTION = "What can you do?"
SOURCE = {"n": 1, "title": "Docs", "url": "https://docs.example/", "document": "d-1", "places": ["d-1:L3"]}


@asynccontextmanager
async def hall(home, **settings):
    async with open_engine(home, team="demo") as engine:
        tasks = TaskManager(home.tasks, engine.journal, slots=2)
        questions = Questions(engine)
        talk = Conversations(engine, tasks, questions, lambda: Settings(team="demo", **settings))
        tasks.register(RUN_KIND, RunWorker(engine, questions))
        await tasks.start()
        try:
            yield SimpleNamespace(engine=engine, talk=talk)
        finally:
            await tasks.stop(seconds=2)


async def chosen(works, tmp_path, options, web=""):
    session = (await works.talk.open(str(tmp_path), {"team": "demo", **options})).session
    turn = (await works.talk.prompt(session, QUESTION, web=web)).prompt.run
    async with asyncio.timeout(60):
        while await works.talk.outcome(turn) != "answered":  # noqa: ASYNC110 - the archive tells nobody
            await asyncio.sleep(0.05)
    return (await works.engine.archive.run(turn)).options["options"]["web"]


async def test_a_turn_looks_things_up_as_it_says_else_as_its_chat_else_as_the_settings(home, tmp_path):
    async with hall(home, web_search="on") as works:
        assert await chosen(works, tmp_path, {}) == "on"
        assert await chosen(works, tmp_path, {"web": "off"}) == "off"
        assert await chosen(works, tmp_path, {"web": "off"}, web="ask") == "ask"


def test_a_client_can_choose_only_what_there_is():
    assert web_wish(Parameters({"web": "ask"})) == "ask"
    for value in ("always", "", 1, None):
        with pytest.raises(InputError):
            web_wish(Parameters({"web": value}))


@pytest.mark.parametrize(
    ("order", "named"),
    [
        ({"web": "always"}, "always"),
        ({"allow_download": ("frobber",)}, "frobber"),
        ({"allow_download": ("https://code.example/people/frobber",)}, "https://"),
        ({"allow_download": ("code.example/people/frobber/../..",)}, "frobber"),
    ],
)
def test_the_command_line_refuses_what_is_no_choice_and_no_repository(home, tmp_path, capsys, order, named):
    assert run(home, RunOrder(QUESTION, tmp_path / "out", team="demo", **order)) == InputError.exit_code
    assert named in capsys.readouterr().err


def test_the_command_line_hands_its_choice_and_named_repositories_to_the_run(home, tmp_path):
    order = RunOrder(QUESTION, tmp_path / "out", team="demo", web="off", allow_download=("code.example/a/b",))
    assert run(home, order) == 10
    assert run(home, RunOrder(QUESTION, tmp_path / "out", team="demo")) == 10

    async def options():
        async with open_engine(home, team="demo") as engine:
            return [record.options["options"] for record in await engine.archive.runs()]

    first, second = asyncio.run(options())
    assert (first["web"], first["allow_download"]) == ("off", ["code.example/a/b"])
    assert (second["web"], "allow_download" in second) == ("ask", False)


@pytest.mark.parametrize("locale", LOCALES)
def test_sources_come_under_an_answer_as_words_and_as_facts_replayed_or_live(locale):
    def told(streamed):
        translator = Translator()
        translator.begin("r-1", locale, token_cap=1000)
        if streamed:
            translator.streamed("r-1", "It is ")
        data = {"text": "It is so [d-1:L3].", "sources": [SOURCE]}
        return translator.translate(JournalRow(7, 1.0, "MESSAGE", "answer.given", "r-1", "", data, "none", ""))

    live, replayed = told(streamed=True), told(streamed=False)
    for updates in (live, replayed):
        (sources,) = [update for update in updates if "sources" in update.get("_meta", {}).get("multicoder", {})]
        assert sources["_meta"]["multicoder"]["sources"] == [SOURCE]
        assert "(1) Docs - https://docs.example/ [d-1:L3]" in sources["content"]["text"]
        assert sources["messageId"] == "r-1/answer"
