"""Modules are made at the same time, wait only for what they need, and fail alone."""

from __future__ import annotations

import pytest

from graph.approvals import Reply
from tests.fakes.openai_server import Answer
from tests.fakes.scripted_team import contract, plan_of

SECONDS = 0.5


def code_of(name):
    return f'"""Says {name}."""\n\n\ndef {name}() -> str:\n    """Say it."""\n    return "{name}"\n'


@pytest.fixture
def project(team):
    """Give the team a plan of small modules; the run holds once they are made, for want of tests."""

    def make(*modules):
        team.plan = plan_of(
            modules, entry_point=modules[0]["paths"][0], kind="library", acceptance=team.plan["acceptance"]
        )
        team.files = {module["paths"][0]: code_of(module["name"]) for module in modules}
        team.always("tester.tests", "I have none.")

    return make


async def test_independent_modules_are_written_at_the_same_time(works, team, server, project):
    names = [f"part_{letter}" for letter in "abcdefgh"]
    project(*map(contract, names))
    team.always("coder", lambda asked: Answer(team.code(asked), delay=SECONDS))
    turn = await works.run()
    writing = [chat.at for chat in server.chats if "You write one module of a program" in chat.prompt]
    assert len(writing) == len(names)
    assert max(writing) - min(writing) < SECONDS
    assert server.peak >= len(names)
    assert len(turn.events("module.accepted")) == len(names)


async def test_a_module_waits_for_what_it_needs_and_no_longer(works, team, project):
    project(contract("low"), contract("high", needs=["low"]), contract("slow"))
    written = ("module.accepted", "high")

    def done() -> bool:
        return any((event.name, event.module) == written for event in works.events)

    team.then("coder", lambda asked: Answer(team.code(asked), after=done), module="slow")
    await works.run()
    order = [(event.name, event.module) for event in works.events]
    assert order.index(("module.accepted", "low")) < order.index(("call.started", "high"))
    assert order.index(written) < order.index(("module.accepted", "slow"))
    assert code_of("low").strip() in team.calls("coder.write", "high")[0].section("files")


async def test_a_failed_module_blocks_only_its_dependants(works, team, person, project):
    project(contract("low"), contract("high", needs=["low"]), contract("other"))
    team.forget()
    team.acceptance = {
        "tests/test_acceptance_low.py": "from low import low\n\n\ndef test_low():\n    assert low() == 'low'\n"
    }
    team.always("coder", "It works on my machine.", module="low")
    waiting = await works.run()
    assert waiting.card["hold"]["code"] == "module-stuck"
    assert waiting.card["hold"]["facts"]["module"] == "low"
    assert waiting.events("module.blocked", "high")
    assert waiting.events("module.accepted", "other")
    assert team.calls("coder", "high") == []

    team.forget()
    turn = await works.resume(waiting.run, person(hold=[Reply("retry"), None, None]), project=waiting.project)
    assert [bool(turn.events("module.accepted", name)) for name in ("low", "high")] == [True, True]
    assert len(team.calls("coder", "other")) == 1
    files = await works.engine.workspace.files(turn.project, await works.engine.workspace.head(turn.project))
    assert {path: files[path] for path in team.files} == team.files
