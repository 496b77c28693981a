"""A change request touches what it must, keeps the old tests, and is delivered beside the old version."""

from __future__ import annotations

import copy
import json

from tests.fakes.scripted_team import ACCEPTANCE, ATTACK, COUNTING, MAIN, blocks, routing

SHORTEST = (
    COUNTING
    + '''

def shortest_word(text: str) -> str:
    """Return the shortest word, the first one of equals, empty when there is none."""
    return min(text.split(), key=len, default="")
'''
)
NEW_TEST = """from counting import shortest_word


def test_the_shortest_word():
    assert shortest_word("three a of") == "a"


def test_nothing_has_no_shortest_word():
    assert shortest_word("") == ""
"""
NEW_PATH = "tests/test_acceptance_shortest.py"


def changed_plan(team):
    plan = copy.deepcopy(team.plan)
    plan["modules"][0]["interface"] += "; def shortest_word(text: str) -> str"
    plan["modules"][0]["exports"].append("counting.py:shortest_word")
    plan["changed"] = ["counting"]
    return plan


def wants_a_change(team):
    """From now on the team is asked for the shortest word too."""

    def route(asked):
        return routing("change", project=json.loads(asked.section("project"))[0]["id"])

    team.then("router", route)
    team.plan = changed_plan(team)
    team.files = {"counting.py": SHORTEST, "main.py": MAIN}
    team.acceptance = {NEW_PATH: NEW_TEST}
    team.attack = {}
    team.asked.clear()


async def test_a_change_touches_only_the_needed_module_and_keeps_the_old_tests(works, team):
    first = await works.run()
    wants_a_change(team)
    broken = SHORTEST.replace("return len(text.split())", 'return len(text.split(" "))')
    # The tester tries to make an old test fit first, the coder has its eyes on another module.
    team.then("tester.tests", blocks({"tests/test_acceptance_words.py": NEW_TEST, NEW_PATH: NEW_TEST}))
    team.then("coder.write", blocks({"counting.py": broken, "main.py": MAIN + "\n# better\n"}), module="counting")

    second = await works.run("It shall know the shortest word too", project=first.project)

    assert second.outcome == "delivered"
    assert {asked.module for asked in team.calls("coder")} == {"counting"}
    assert COUNTING.strip() in team.calls("coder.write")[0].section("files")
    engine = works.engine
    one, two = await engine.archive.versions(first.project)
    diff = await engine.workspace.diff(first.project, one.commit, two.commit)
    touched = [line.partition(" b/")[2] for line in diff.splitlines() if line.startswith("diff --git")]
    assert sorted(touched) == ["counting.py", NEW_PATH]
    files = await second.delivered()
    assert files["tests/test_acceptance_words.py"] == ACCEPTANCE
    assert files["tests/test_attack_words.py"] == ATTACK
    assert files["counting.py"] == SHORTEST
    assert "test_words_are_counted" in team.calls("coder.fix")[0].section("output")
    assert second.events("tests.run")[0]["failed"] == 3  # two old tests and the old attack
    assert second.events("tests.run")[-1]["passed"] == 9
    assert (one.number, two.number) == (1, 2)
    assert one.artifact != two.artifact
    assert len(works.placed()) == 4
    evidence = next(path for path in works.out.glob("*-evidence") if "2" in path.name)
    assert "def shortest_word" in (evidence / "diff.patch").read_text(encoding="utf-8")
