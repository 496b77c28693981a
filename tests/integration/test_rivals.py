"""Several models write the same module: its tests choose, whoever fails is missing, everything is paid and told."""

from __future__ import annotations

import json

import pytest

from core import settings
from core.settings import Settings
from tests.fakes.openai_answers import error
from tests.fakes.openai_server import OpenAIServer
from tests.fakes.scripted_team import COUNTING, FILES, blocks

WRONG = COUNTING.replace("return len(text.split())", "return len(text)")
WORSE = COUNTING.replace("return len(text.split())", "return 0").replace("return best", "return ''")
CHOOSING = {
    "tests/test_module_counting.py": (
        "from counting import count_words, longest_word\n\n\n"
        "def test_words():\n    assert count_words('one two') == 2\n\n\n"
        "def test_longest():\n    assert longest_word('a bbb') == 'bbb'\n"
    )
}
RIVALS = ("gpt-test", "claude-test", "mistral-test")


@pytest.fixture
def server(team):
    with OpenAIServer(team, models=RIVALS) as running:
        yield running


@pytest.fixture
def environ(environ, home):
    """Three models, all of which write each module."""
    settings.save(home.settings, Settings().with_value("best_of", len(RIVALS)))
    return {**environ, "MULTICODER_MODEL": ",".join(RIVALS)}


def by_model(drafts: dict[str, object]):
    """Each model's own draft of the module `counting`, the good one of everything else."""

    def said(asked):
        name = json.loads(asked.section("contract"))["name"]
        given = drafts.get(asked.model) if name == "counting" else None
        if given is None:
            paths = json.loads(asked.section("contract"))["paths"]
            return blocks({path: FILES[path] for path in paths})
        return given if not isinstance(given, str) else blocks({"counting.py": given})

    return said


async def test_the_draft_that_passes_is_taken(works, team):
    team.module_tests = CHOOSING
    team.always("coder.write", by_model({"gpt-test": WRONG, "claude-test": WORSE}))
    turn = await works.run()
    assert turn.outcome == "delivered"
    [chosen] = turn.events("module.chosen", "counting")
    assert chosen["model"].endswith("mistral-test")
    assert [(row["passed"], row["ran"]) for row in chosen["rivals"]] == [(1, 2), (0, 2), (2, 2)]
    assert (await turn.delivered())["counting.py"] == COUNTING
    assert len(team.calls("coder.write", "counting")) == 3
    assert team.calls("coder.fix") == []
    assert not any(path.startswith("tests/test_module") for path in await turn.delivered())


@pytest.mark.slow
async def test_every_rival_is_paid_for_and_counted(works, team):
    team.module_tests = CHOOSING
    team.always("coder.write", by_model({}))
    turn = await works.run()
    finished = [data for data in turn.events("call.finished", "counting") if data["call"] == "coder.write"]
    assert {data["model"].partition(":")[2] for data in finished} == set(RIVALS)
    spent = await works.engine.ledger.spent(turn.run)
    assert spent.calls == len(turn.events("call.finished"))


@pytest.mark.slow
async def test_a_rival_that_fails_is_missing(works, team):
    team.module_tests = CHOOSING
    team.always("coder.write", by_model({"gpt-test": error(400, "no"), "claude-test": WRONG, "mistral-test": COUNTING}))
    turn = await works.run()
    assert turn.outcome == "delivered"
    assert (await turn.delivered())["counting.py"] == COUNTING


@pytest.mark.slow
@pytest.mark.parametrize("tests", [{}, {"tests/test_module_counting.py": "def broken(:\n"}])
async def test_without_tests_the_first_that_holds_is_taken(works, team, tests):
    team.module_tests = tests
    missing = COUNTING.replace("def longest_word", "def longest")
    team.always("coder.write", by_model({"gpt-test": missing, "claude-test": COUNTING, "mistral-test": COUNTING}))
    turn = await works.run()
    assert turn.outcome == "delivered"
    [chosen] = turn.events("module.chosen", "counting")
    assert chosen["model"].endswith("claude-test")


@pytest.mark.slow
async def test_the_plan_says_who_competes_and_what_it_takes(works, team, person):
    team.module_tests = CHOOSING
    somebody = person()
    await works.run(person=somebody)
    [card] = somebody.shown("plan")
    assert [name.partition(":")[2] for name in card["models"]["coder"].split(", ")] == list(RIVALS)
    assert card["estimate"]["calls"] == 8 + (4 + 3) * 2
