"""Tests count only when they can fail, and their author never touches the program or the tests of others."""

from __future__ import annotations

import pytest

from tests.fakes.scripted_team import ACCEPTANCE, ATTACK, FILES, blocks

TOOTHLESS = """import counting
import main


def test_it_can_be_imported():
    assert counting is not None
    assert callable(main.main)
"""
ACCEPTANCE_PATH = "tests/test_acceptance_words.py"
SHARPER_PATH = "tests/test_acceptance_sharper.py"


async def test_the_tester_writes_no_product_code_and_no_foreign_tests(works, team):
    """And tests that cannot fail are sharpened."""
    greedy = {
        ACCEPTANCE_PATH: ACCEPTANCE,
        "counting.py": "def count_words(text):\n    return 3\n",
        "conftest.py": "collect_ignore_glob = ['*']\n",
    }
    team.then("tester.tests", *map(blocks, (greedy, {ACCEPTANCE_PATH: TOOTHLESS}, {SHARPER_PATH: ACCEPTANCE})))
    team.attack = {ACCEPTANCE_PATH: ATTACK, "main.py": "print('hello')\n"}
    turn = await works.run()
    assert turn.outcome == "delivered"
    first, second = (data["survivors"] for data in turn.events("tests.mutated"))
    assert first
    assert second == []
    assert "counting.py is not one of the files" in team.calls("tester.tests")[1].section("remarks")
    assert first[0] in team.calls("tester.tests")[2].section("remarks")
    assert await turn.delivered() == {**FILES, ACCEPTANCE_PATH: TOOTHLESS, SHARPER_PATH: ACCEPTANCE}


@pytest.mark.slow
async def test_tests_that_stay_weak_are_told_in_the_delivery(works, team):
    team.attack = {"tests/test_attack_words.py": ATTACK[:40]}  # cut off: it would break every run of the tests
    team.then("tester.tests", blocks({ACCEPTANCE_PATH: TOOTHLESS}), blocks({SHARPER_PATH: "def test_(:\n"}))
    turn = await works.run()
    assert turn.outcome == "delivered"
    survivors = turn.events("tests.mutated")[-1]["survivors"]
    assert survivors
    text = await turn.text()
    assert all(fault in text for fault in survivors)
    tests = {path for path in await turn.delivered() if path.startswith("tests/")}
    assert tests == {ACCEPTANCE_PATH}


async def test_a_tester_without_tests_holds_the_run(works, team, person):
    team.always("tester.tests", "The program surely works, I tested it in my head.")
    waiting = await works.run()
    assert waiting.card["hold"]["code"] == "tests-stuck"
    assert len(team.calls("tester.tests")) == 3
    assert await waiting.nothing_delivered()
