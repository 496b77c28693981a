"""Every way through the graph, tried with every combination of what a route looks at."""

from __future__ import annotations

from itertools import product
from typing import Any, get_args

import pytest
from langgraph.graph import END
from langgraph.types import Send
from run_states import hold, module, routing, state, verdict

from core.plan import MessageKind
from graph import coordinator, routes
from graph.approvals import Decision
from graph.coordinator import build_graph
from graph.state import Outcome

NODES = {*coordinator._NODES, *coordinator._BRANCHES, "close"}
DECISIONS = ["", *get_args(Decision)]
OUTCOMES = [None, *get_args(Outcome)]
VERDICTS = [
    None,
    *(
        {"level": level, "judged": judged, "needs_purpose": needs_purpose}
        for level, judged, needs_purpose in product(("green", "yellow", "red"), (True, False), (True, False))
    ),
]
FAILURE = {"stage": "tests", "findings": [], "output": "x"}
SUITE = {"files": [], "commit": "", "model": "", "family": "", "attacked": False, "strengthened": False, "weak": []}


def after(node: str) -> Any:
    return coordinator._NODES[node][1]


def with_verdict(subject: str, facts: dict[str, Any] | None) -> dict[str, Any]:
    if facts is None:
        return {}
    return {subject: {**verdict(subject=subject), **facts}}


def names(way: Any) -> list[str]:
    found = way if isinstance(way, list) else [way]
    return [item.node if isinstance(item, Send) else item for item in found]


def states():
    """A sample of everything routes read: judgement, decision, end, hold, failure, message, modules."""
    modules = ({}, {"game": module()}, {"game": module("accepted")})
    kinds = (None, *(routing(kind, asks=asks) for kind in get_args(MessageKind) for asks in (False, True)))
    for decision, outcome, held, failure in product(DECISIONS, OUTCOMES, (None, hold()), (None, FAILURE)):
        yield state(decision=decision, outcome=outcome, held=held, failure=failure, resume_at="repair")
    for facts, purpose in product(VERDICTS, ("", "teaching")):
        verdicts = {
            key: value for name in ("request", "plan", "code") for key, value in with_verdict(name, facts).items()
        }
        for decision in DECISIONS:
            yield state(verdicts=verdicts, purpose=purpose, decision=decision, resume_at="judge")
    for read, made, suite in product(kinds, modules, (None, SUITE)):
        yield state(routing=read, modules=made, suite=suite, resume_at="dispatch")


@pytest.mark.parametrize("node", sorted(coordinator._NODES))
def test_every_way_leads_to_a_node_that_exists(node):
    seen = 0
    for sample in states():
        assert set(names(after(node)(sample))) <= NODES, sample  # `END` is for a moved turn alone
        seen += 1
    assert seen > 500


@pytest.mark.parametrize("node", sorted(coordinator._NODES))
def test_an_outcome_ends_the_turn_from_everywhere(node):
    for sample, outcome in product(states(), get_args(Outcome)):
        kept = node in {"deliver", "converse"} and outcome in {"delivered", "answered"}
        assert names(after(node)({**sample, "outcome": outcome})) == ["remember" if kept else "close"]


@pytest.mark.parametrize("node", sorted(set(coordinator._NODES) - {"hold", "remember"}))
def test_a_hold_is_shown_from_everywhere(node):
    for sample in states():
        assert names(after(node)({**sample, "outcome": None, "held": hold()})) == ["hold"]


def test_a_hold_goes_back_to_the_node_it_came_from():
    for node in coordinator._NODES:
        assert routes.after_hold(state(held=None, resume_at=node)) == node


GATES = {
    "approve": ("request", "architect"),
    "plan_review": ("plan", "dispatch"),
    "code_review": ("code", "build"),
    "judge_code": ("code", "build"),
}


@pytest.mark.parametrize("gate", GATES)
def test_what_is_red_or_not_judged_never_gets_through(gate):
    subject, behind = GATES[gate]
    for facts, decision in product(VERDICTS, DECISIONS):
        way = after(gate)(state(verdicts=with_verdict(subject, facts), decision=decision))
        if facts is None or facts["level"] == "red" or not facts["judged"]:
            assert way != behind, (facts, decision)
        elif gate == "judge_code":
            assert (way == behind) is (facts["level"] == "green")
        else:
            assert (way == behind) is (decision == "approve")


@pytest.mark.parametrize("node", sorted(set(coordinator._NODES) - {"code_review", "judge_code", "hold"}))
def test_no_other_way_leads_to_the_build(node):
    ways = {name for sample in states() for name in names(after(node)(sample))}
    assert "build" not in ways


@pytest.mark.parametrize(
    ("facts", "purpose", "way"),
    [
        ({"level": "yellow", "judged": True, "needs_purpose": True}, "", "purpose"),
        ({"level": "yellow", "judged": True, "needs_purpose": True}, "teaching", "approve"),
        ({"level": "green", "judged": True, "needs_purpose": True}, "", "approve"),
        ({"level": "yellow", "judged": True, "needs_purpose": False}, "", "approve"),
        ({"level": "red", "judged": True, "needs_purpose": True}, "", "approve"),
    ],
)
def test_a_dual_use_task_is_asked_for_its_purpose(facts, purpose, way):
    assert routes.after_judge(state(verdicts=with_verdict("request", facts), purpose=purpose)) == way


@pytest.mark.parametrize(
    ("kind", "asks", "way"),
    [
        ("question", False, "converse"),
        ("question", True, "converse"),
        ("existing_project", False, "converse"),
        ("new_project", False, "judge"),
        ("new_project", True, "clarify"),
        ("change", False, "judge"),
        ("bug_report", True, "clarify"),
        ("document", False, "judge"),
    ],
)
def test_a_message_goes_where_its_kind_belongs(kind, asks, way):
    read = state(routing=routing(kind, asks=asks))
    assert routes.after_intake(read) == "recall"
    assert routes.after_recall(read) == way


def test_a_turn_that_belongs_to_another_project_ends_here():
    assert routes.after_intake(state(routing=routing(), moved="p-2")) == END


def test_what_came_of_a_turn_is_remembered_before_it_is_closed():
    for way in (routes.after_deliver, routes.after_converse):
        assert way(state(outcome="delivered")) == way(state(outcome="answered")) == "remember"
        assert way(state(outcome="stopped")) == "close"
        assert way(state(held=hold())) == "hold"
    assert routes.after_remember(state(held=hold())) == "close"


def test_remaining_modules_and_the_tests_are_sent_together():
    modules = {"game": module(), "ui": module("blocked"), "old": module("kept"), "done": module("accepted")}
    sent = routes.after_dispatch(state(modules=modules))
    assert [(send.node, send.arg["module"]) for send in sent] == [
        ("module", "game"),
        ("module", "ui"),
        ("write_tests", ""),
    ]


def test_integration_follows_when_nothing_remains():
    assert routes.after_dispatch(state(modules={"game": module("accepted")}, suite=SUITE)) == "integrate"


def test_the_graph_is_made_of_exactly_these_nodes():
    graph = build_graph(None)
    assert set(graph.nodes) == NODES
    assert set(graph.compile().get_graph().nodes) == {*NODES, "__start__", "__end__"}


def test_a_version_that_is_delivered_again_is_fetched_and_started_not_read():
    again = {**state()["options"], "restore": 1}
    assert routes.first(state()) == "intake"
    assert routes.first(state(options=again)) == "restore"
    assert routes.after_restore(state(options=again)) == "smoke"
    assert routes.after_restore(state(options=again, held=hold())) == "hold"
