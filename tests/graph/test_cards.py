from __future__ import annotations

import copy
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from run_states import hold, plan, routing, state, verdict

from graph import cards
from graph.cards import may_approve, sealed

LEVELS = list(product(("green", "yellow", "red"), (True, False)))


def all_cards():
    judged = {name: verdict("yellow", subject=name) for name in ("request", "plan", "code")}
    known = state(verdicts=judged, routing=routing(asks=True), held=hold())
    return {
        "task": cards.task_card(known),
        "plan": cards.plan_card(known, plan()),
        "code": cards.code_card(known),
        "questions": cards.questions_card(known),
        "purpose": cards.purpose_card(known),
        "hold": cards.hold_card(known),
    }


def places(value, path=()):
    """Path of every leaf and of every container inside a card."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inner:
        yield (*path, key)
        yield from places(item, (*path, key))


def changed(card, path):
    copied = copy.deepcopy(card)
    target = copied
    for key in path[:-1]:
        target = target[key]
    old = target[path[-1]]
    target[path[-1]] = not old if isinstance(old, bool) else f"{old!r} changed"
    return copied


@pytest.mark.parametrize("kind", ["task", "plan", "code", "questions", "purpose", "hold"])
def test_the_digest_changes_with_everything_that_is_shown(kind):
    card = all_cards()[kind]
    assert card["kind"] == kind
    shown = [path for path in places(card) if path[0] != "digest"]
    assert len(shown) > 5
    for path in shown:
        assert sealed(changed(card, path))["digest"] != card["digest"], path


@pytest.mark.parametrize("kind", ["task", "plan", "code", "questions", "purpose", "hold"])
def test_the_same_state_gives_the_same_card(kind):
    assert all_cards()[kind] == all_cards()[kind]
    assert sealed(all_cards()[kind]) == all_cards()[kind]


@given(st.integers(0, 8))
def test_a_card_shown_again_after_a_decision_is_another_card(decisions):
    entry = {"subject": "task", "decision": "modify", "digest": "d", "text": ""}
    judged = {"request": verdict()}
    digests = {
        cards.task_card(state(verdicts=judged, approvals=[entry] * count))["digest"] for count in range(decisions + 1)
    }
    assert len(digests) == decisions + 1


@pytest.mark.parametrize(("level", "judged"), LEVELS)
def test_approve_is_offered_for_judged_green_and_yellow_alone(level, judged):
    allowed = judged and level != "red"
    assert may_approve(verdict(level, judged=judged)) is allowed
    for subject, card_of in (
        ("request", cards.task_card),
        ("plan", lambda known: cards.plan_card(known, plan())),
        ("code", cards.code_card),
    ):
        known = state(verdicts={subject: verdict(level, subject=subject, judged=judged)}, routing=routing())
        options = card_of(known)["options"]
        assert ("approve" in options) is allowed
        assert "reject" in options


def test_without_a_verdict_nothing_can_be_approved():
    assert not may_approve(None)
    assert "approve" not in cards.task_card(state())["options"]
    assert "approve" not in cards.plan_card(state(), plan())["options"]
    assert "approve" not in cards.code_card(state())["options"]


def test_a_verdict_on_something_else_approves_nothing():
    assert "approve" not in cards.task_card(state(verdicts={"plan": verdict()}))["options"]
    assert "approve" not in cards.code_card(state(verdicts={"request": verdict(), "plan": verdict()}))["options"]


def test_the_enforced_limits_are_shown_as_numbers():
    caps = {"usd": 2.5, "assume_prices": True, "tokens": 10, "calls": 3, "minutes": 4}
    shown = cards.plan_card(state(caps=caps, verdicts={"plan": verdict()}), plan())["caps"]
    assert {name: shown[name] for name in ("usd", "tokens", "calls", "minutes")} == {
        "usd": 2.5,
        "tokens": 10,
        "calls": 3,
        "minutes": 4,
    }


def test_a_modified_task_is_asked_for_its_purpose_with_its_own_verdict():
    asked = verdict("yellow", needs_purpose=True)
    earlier = verdict("yellow", subject="plan", needs_purpose=True)
    assert cards.purpose_card(state(verdicts={"plan": earlier, "request": asked}))["verdict"] == asked
    assert cards.purpose_card(state(verdicts={"plan": earlier, "request": verdict()}))["verdict"] == earlier
