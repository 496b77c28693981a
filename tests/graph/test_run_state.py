from __future__ import annotations

import json
from typing import get_type_hints

import pytest
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, StateGraph
from run_states import module, verdict

from graph.state import RESET, RunState, merge_modules, merge_verdicts, new_turn

OPTIONS = {"out": "out", "target": "exe", "attachments": []}


def turn(run):
    return new_turn(project="p-1", run=run, request=f"m-{run}", locale="en", options=OPTIONS, caps={"calls": 3})


GIVEN = {"schema_version", "project", "run", "request", "locale", "options", "caps"}
LEFT_OVER = {name: "left over" for name in get_type_hints(RunState) if name not in GIVEN} | {
    "verdicts": {"request": verdict("red"), "code": verdict(subject="code")},
    "modules": {"game": module("accepted"), "ui": module("failed")},
    "outcome": "delivered",
}


def test_a_new_turn_names_every_field_of_the_state():
    assert set(turn("r-1")) == set(get_type_hints(RunState))


def test_a_turn_is_plain_json():
    assert json.loads(json.dumps(turn("r-1"))) == turn("r-1")


async def test_a_new_turn_on_an_old_thread_keeps_nothing_of_the_last_one():
    graph = StateGraph(RunState)
    graph.add_node("leave", lambda state: LEFT_OVER if state["run"] == "r-1" else {})
    graph.add_edge(START, "leave")
    graph.add_edge("leave", END)
    compiled = graph.compile(checkpointer=InMemorySaver())
    thread = {"configurable": {"thread_id": "p-1"}}
    first = await compiled.ainvoke(turn("r-1"), thread)
    assert first["outcome"] == "delivered"
    assert set(first["modules"]) == {"game", "ui"}
    second = await compiled.ainvoke(turn("r-2"), thread)
    assert second == {**turn("r-2"), "modules": {}}


@pytest.mark.parametrize(
    ("old", "new", "joined"),
    [
        (None, {"a": 1}, {"a": 1}),
        ({"a": 1}, {"b": 2}, {"a": 1, "b": 2}),
        ({"a": 1}, {"a": 2}, {"a": 2}),
        ({"a": 1}, {RESET: 0, "b": 2}, {"b": 2}),
        ({"a": 1}, {RESET: 0}, {}),
        ({"a": 1}, {}, {"a": 1}),
    ],
)
def test_results_of_parallel_modules_are_joined(old, new, joined):
    assert merge_modules(old, new) == joined


def test_joining_leaves_what_was_given_as_it_was():
    old, new = {"a": module()}, {"b": module()}
    merge_modules(old, new)
    assert (set(old), set(new)) == ({"a"}, {"b"})


def test_the_newest_verdict_per_subject_counts_and_a_turn_begins_without_any():
    old = {"request": verdict("green")}
    assert merge_verdicts(old, {"request": verdict("red")})["request"]["level"] == "red"
    assert set(merge_verdicts(old, {"plan": verdict()})) == {"request", "plan"}
    assert merge_verdicts(old, {}) == {}
