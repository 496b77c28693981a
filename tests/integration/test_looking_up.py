"""Whole runs that look things up, with the real engine and tools; models and the internet are scripted."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from engine.bootstrap import open_engine
from engine.driver import RunDriver
from engine.person import Consenting
from engine.web import Web
from tests.fakes.scripted_team import MAIN, blocks
from tests.fakes.small_web import SmallSource, SmallWeb, repository
from tests.integration.conftest import Turn, Works

HINT = "https://answers.example/usage-is-not-shown"
ANSWER = "Usage is not shown\n\nCompare the list itself: `if not words` and not `if words == [0]`.\n"
ADDRESS = "code.example/people/counter"
BROKEN = MAIN.replace("if not words:", "if words == [0]:")
STILL_BROKEN = BROKEN.replace('"""Command line of the word counter."""', '"""Command line of the counter."""')


@pytest.fixture
async def looking(home, tmp_path, team, server, environ):
    """The engine with a small internet; `web` and `source` are what was asked and taken."""
    events, small, made = [], SmallWeb(), SimpleNamespace()
    out = tmp_path / "out"
    out.mkdir()

    @asynccontextmanager
    async def web(_home, _settings, documents, _consents, _sink):
        made.source = SmallSource(documents, {})
        yield Web(small, made.source)

    async with open_engine(home, team="", environ=environ, subscribers=[events.append], web=web) as engine:
        made.works, made.web, made.team = Works(engine, team, server, events, out), small, team
        yield made


async def run(looking, task, person=None, **options):
    works = looking.works
    project = (await works.engine.archive.add_project(task, out=str(works.out), locale="en")).project
    chosen = {"out": str(works.out), "target": "zip", "attachments": [], "web": "on", **options}
    driver = RunDriver(works.engine)
    begun = await driver.create(project, task, chosen, {}, locale="en", team="")
    end = await driver.drive(begun, person or Consenting())
    return Turn(works, begun, project, end)


def cites(words):
    def found(asked):
        pages = asked.section("pages")
        source = re.search(r"(d-[\w-]+)", pages)[1]
        line = re.search(rf"(?:L|:L)(\d+)\]? [^\n]*{re.escape(words)}", pages)[1]
        return {"findings": [{"text": "Compare the list itself.", "lines": [f"{source}:L{line}"]}]}

    return found


@pytest.mark.slow
async def test_a_program_that_keeps_failing_is_repaired_with_a_hint_that_was_searched_for(looking):
    team, web = looking.team, looking.web
    web.pages[HINT] = ("Usage is not shown", ANSWER)
    searched = {
        "why": "It fails again.",
        "searches": [{"query": "main counting usage not shown", "topic": "questions"}],
    }
    team.always("researcher.plan", lambda asked: searched if asked.section("error") else {"searches": []})
    team.always("researcher.read", cites("if not words"))
    team.then("coder.write", blocks({"main.py": BROKEN}), module="main")
    team.always(
        "coder.fix",
        lambda asked: blocks({"main.py": MAIN if "Compare the list" in asked.section("found") else STILL_BROKEN}),
        module="main",
    )
    turn = await run(looking, "Count the words of a text")
    assert turn.outcome == "delivered"
    (asked,) = [question for question in team.calls("researcher.plan") if question.section("error")]
    for name in ("main.py", "counting", "test_acceptance_words", str(looking.works.engine.home.root)):
        assert name not in asked.section("error")
    assert web.asked == [("search", "usage not shown"), ("read", HINT)]
    first, second, *_ = team.calls("coder.fix", "main")
    assert not first.section("found")
    (place,) = re.findall(r"\[(d-[\w-]+):L\d+\]", second.section("found"))
    assert (await looking.works.engine.memory.documents.document(place)).note.origin == HINT


@pytest.mark.slow
@pytest.mark.parametrize("web", ["off", "on"])
async def test_a_failure_nothing_can_be_looked_up_about_is_repaired_without(looking, web):
    team = looking.team
    looking.web.fault = "offline"
    team.always("researcher.plan", lambda asked: {"searches": [{"query": "usage"}] if asked.section("error") else []})
    team.then("coder.write", blocks({"main.py": BROKEN}), module="main")
    team.then("coder.fix", blocks({"main.py": STILL_BROKEN}), module="main")
    turn = await run(looking, "Count the words of a text", web=web)
    assert turn.outcome == "delivered"
    told = turn.events("research.skipped") if web == "off" else turn.events("research.failed")
    assert [data["purpose"] for data in told if data["purpose"] == "repair"] == ["repair"]


@pytest.mark.slow
async def test_yes_at_the_command_line_allows_no_search_and_no_download(looking):
    team, web = looking.team, looking.web
    web.repositories[ADDRESS] = repository(ADDRESS)
    team.always("researcher.plan", {"why": "It exists.", "searches": [{"query": "word counter"}]})
    team.always("researcher.choose", {"pages": [], "repositories": [{"number": 1, "why": "w", "take": "t"}]})
    turn = await run(looking, "Count the words of a text", web="ask")
    assert turn.outcome == "delivered"
    assert web.asked == []
    turn = await run(looking, "Count the words of a text", web="on")
    assert turn.outcome == "delivered"
    assert looking.source.taken == []
    consents = await looking.works.engine.crew.workshop.consents.all()
    assert [(consent.decision, consent.via) for consent in consents] == [("refuse", "--yes")]
