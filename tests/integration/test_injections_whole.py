"""Hundreds of orders hidden in what is read, a team that obeys every one of them, and nothing happens by itself.

What was read is counted by the marks of the cases that really reached a model: an order that reached nobody proves
nothing, and one that nobody sees has to reach nobody.
"""

from __future__ import annotations

from collections import Counter

import pytest

from graph.approvals import Reply
from tests.fakes.injections.carriers import BUILD, CARRIERS, CASES, cases, lines_for
from tests.fakes.injections.obedient import SECRET, Obedient
from tests.fakes.injections.orders import ORDERS, PACKAGE
from tests.fakes.scripted_team import MAIN, routing
from tests.integration.injected_stand import GROUPS, Group, Person, opened

LEFT_BY_BUDGETS = {"licence": 4}
"""Orders of a carrier that may find no room beside the others."""


@pytest.fixture
def team():
    return Obedient()


@pytest.fixture
async def stand(home, tmp_path, monkeypatch, team, server, environ):
    async with opened(home, tmp_path, monkeypatch, team, server, environ) as made:
        yield made


def by_carrier(marks):
    return Counter(CARRIERS[int(mark[2:4])].name for mark in marks)


def is_seen(mark):
    return CARRIERS[int(mark[2:4])].seen


def test_there_are_enough_cases():
    held = set().union(*(Group(number).marks for number in range(GROUPS)))
    assert held | {mark for mark, _ in cases(BUILD)} == set(CASES), "every case is in some run"
    assert len(CASES) == len(set(CASES)) >= 250
    assert sum(is_seen(mark) for mark in CASES) >= 250, "orders nobody reads prove little"
    assert len(ORDERS) >= 18
    assert len(CARRIERS) >= 14


@pytest.mark.parametrize("group", [pytest.param(one, marks=[pytest.mark.slow] if one else []) for one in range(GROUPS)])
async def test_orders_in_what_is_read_start_nothing(stand, group):
    stand.fill(group)
    stand.team.resisting = frozenset({"paths"} if group % 2 == 0 else {"package"})
    seen = []

    def looks(card):
        if card["kind"] == "consent":
            seen.append((stand.archives(), [one["address"] for one in card["repositories"]]))

    somebody = Person(looks, consent=[Reply("answer", answers={stand.good: "allow"})])
    turn = await stand.run(somebody)
    assert seen == [([], [stand.good, stand.evil])], "nothing is downloaded before, and what was found is shown"
    await stand.untouched(turn, somebody, allowed=True)
    held = turn.card["hold"]
    if group % 2 == 0:
        assert (held["facts"]["kind"], held["facts"]["target"]) == ("download", PACKAGE)
    else:
        assert "'../outside.py' is not a safe relative path" in held["facts"]["detail"]
    wanted = {mark for mark in Group(group).marks if is_seen(mark)}
    missing = by_carrier(wanted - stand.team.reached)
    assert all(count <= LEFT_BY_BUDGETS.get(name, 0) for name, count in missing.items()), missing
    assert stand.team.reached <= wanted
    assert stand.team.lured["researcher.choose"]
    assert stand.team.lured["architect.plan"]


@pytest.mark.slow
async def test_a_team_that_hands_orders_on_from_role_to_role_decides_nothing(stand):
    stand.team.resisting = frozenset({"package", "paths", "files"})
    stand.fill(0)
    somebody = Person(consent=[Reply("refuse")], code=[None])
    turn = await stand.run(somebody)
    await stand.untouched(turn, somebody, allowed=False)
    assert {data["subject"] for data in turn.events("verdict.given")} == {"request", "plan", "code"}
    assert turn.card["kind"] == "code"
    lured = {call for call, marks in stand.team.lured.items() if marks}
    assert lured >= {"judge.plan", "judge.code", "coder.write", "tester.tests", "tester.attack", "reviewer.review"}


@pytest.mark.slow
async def test_files_of_a_team_that_obeys_become_no_files(stand):
    stand.team.resisting = frozenset({"package", "paths"})
    stand.fill(0)
    somebody = Person(consent=[Reply("refuse")])
    turn = await stand.run(somebody)
    await stand.untouched(turn, somebody, allowed=False)
    assert turn.card["hold"]["kind"] == "stuck"
    assert "../outside.py is not one of the files asked for" in turn.card["hold"]["detail"]
    head = await stand.works.engine.workspace.head(turn.project)
    assert set(await stand.works.engine.workspace.files(turn.project, head)) <= {"counting.py", "main.py"}


@pytest.mark.slow
async def test_an_answer_to_a_question_does_nothing_but_answer(stand):
    stand.fill(0)
    stand.team.then("router", routing("question", search=True))
    somebody = Person()
    turn = await stand.run(somebody, "What does frob do?")
    assert turn.outcome == "answered"
    await stand.untouched(turn, somebody, allowed=False)
    assert stand.team.lured["converse.answer"]
    (given,) = turn.events("answer.given")
    read = {data["document"] for data in turn.events("research.read")}
    assert {source["document"] for source in given["sources"]} <= read
    assert "d-0000" not in str(given["sources"])


def fail_with_orders(stand):
    """Let the program that is written fail with all orders in its error."""
    told = "\n".join(lines_for(BUILD, stand.team.trap, stand.evil))
    raised = f"    if words is not None:\n        raise RuntimeError({told!r})\n    if not words:"
    stand.team.files["main.py"] = MAIN.replace("    if not words:", raised)


@pytest.mark.slow
async def test_orders_in_the_errors_of_a_program_send_no_search_by_themselves(stand):
    stand.team.resisting = frozenset({"package", "paths", "files"})
    stand.fill(0)
    fail_with_orders(stand)
    shown = []

    def looks(card):
        shown.extend([card] if card["kind"] == "web" else [])

    somebody = Person(looks, consent=[Reply("refuse")])
    turn = await stand.run(somebody)
    await stand.untouched(turn, somebody, allowed=False)
    assert turn.card["kind"] == "web", turn.card
    assert SECRET in str(shown), "the person is shown what would be sent"
    marks = {mark for mark, _ in cases(BUILD)}
    assert stand.team.lured["coder.fix"] >= marks
    assert stand.team.lured["researcher.plan"] & marks


@pytest.mark.slow
async def test_what_was_read_once_starts_nothing_when_it_is_remembered(stand):
    stand.fill(0)
    stand.team.resisting = frozenset({"paths"})
    first = Person(consent=[Reply("refuse")], hold=[Reply("stop")])
    turn = await stand.run(first)
    assert turn.outcome == "stopped"
    stand.team.lured.clear()
    somebody = Person()
    turn = await stand.run(somebody, "Frob a text: install nothing, add no package", again=True, web="off")
    assert stand.team.lured["architect.plan"]
    assert stand.team.lured["judge.request"] == set()
    assert {data["level"] for data in turn.events("verdict.given")} == {"yellow"}
    assert [data["kind"] for data in turn.events("decision.taken")] == somebody.decided == ["task"]
    assert turn.card["hold"]["facts"]["target"] == PACKAGE
    assert len(stand.world.kinds("search")) == 1, "only the first run looked something up"


@pytest.mark.slow
async def test_an_answer_that_handed_orders_on_words_no_query_of_a_later_run(stand):
    stand.fill(0)
    stand.team.resisting = frozenset({"paths"})
    stand.team.then("router", routing("question", search=True))
    await stand.run(Person(), "What does frob do?")
    stand.team.lured.clear()
    somebody = Person()
    turn = await stand.run(somebody, again=True)
    assert stand.team.lured["router.route"], "the history has to hold what was answered"
    await stand.untouched(turn, somebody, allowed=False)
    assert somebody.decided == ["questions", "task"], "defaults nobody typed were taken"
    assert stand.team.lured["researcher.plan"] == set()


@pytest.mark.slow
async def test_a_project_that_has_read_strangers_asks_in_later_runs_too(stand):
    stand.fill(0)
    stand.team.resisting = frozenset({"package", "paths", "files"})
    stand.team.then("router", routing("question", search=True))
    await stand.run(Person(), "What does frob do?")
    documents = stand.works.engine.memory.documents
    for document in await documents.documents(project=stand.project):
        await documents.set_standing(document.document, "quarantined", "It looks strange.")
    stand.team.then("researcher.plan", {"searches": []})
    fail_with_orders(stand)
    somebody = Person()
    turn = await stand.run(somebody, again=True)
    assert stand.team.lured["researcher.plan"], "the error has to be looked up"
    await stand.untouched(turn, somebody, allowed=False)
    assert turn.card["kind"] == "web"
    assert [data["by"] for data in turn.events("run.tainted")] == ["recall"]
