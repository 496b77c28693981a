"""A dangerous action happens at most once, after a person's decision with a reason about exactly this action."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from run_states import state

from core.errors import (
    ActionBlocked,
    BudgetExceeded,
    DeliveryFailed,
    InputError,
    MultiCoderError,
    RunnerUnavailable,
    StorageError,
)
from core.guard import ACTION_KINDS, DangerousAction
from core.i18n import LOCALES, explain
from engine.person import Consenting, Nobody
from graph import cards
from graph.guard import NEVER, LedgerGuard, danger_of
from graph.ledger import Ledger

PUBLISH = DangerousAction("publish", "the word counter", "r-1", "main", "coder", {"where": "a package index"})
ALLOWED = [kind for kind in ACTION_KINDS if kind not in NEVER]


@pytest.fixture
def guard(ledger, sink):
    return LedgerGuard(ledger, sink)


async def blocked(guard, action=PUBLISH):
    with pytest.raises(ActionBlocked) as caught:
        await guard.check(action)
    assert caught.value.facts["kind"] == action.kind
    return str(caught.value.facts["action"])


def told(sink, name):
    return [event for event in sink.events if event.name == name]


@pytest.mark.parametrize("kind", ACTION_KINDS)
@pytest.mark.parametrize("mode", ["off", "watch", "strict"])
async def test_every_kind_is_stopped_and_journaled_in_every_mode(guard, sink, kind, mode):
    guard.mode = mode
    action_id = await blocked(guard, replace(PUBLISH, kind=kind))
    (event,) = told(sink, "action.blocked")
    assert (event.type, event.run, event.module) == ("SECURITY", "r-1", "main")
    assert event.data["risk"] == "high"
    assert event.data["action"] == action_id
    assert (event.data["kind"], event.data["target"]) == (kind, PUBLISH.target)


@pytest.mark.parametrize("kind", ALLOWED)
async def test_a_reasoned_decision_lets_exactly_this_action_happen_once(guard, sink, kind):
    action = replace(PUBLISH, kind=kind)
    action_id = await blocked(guard, action)
    assert await guard.decide(action_id, allowed=True, reason="I asked for it.", via="terminal")
    await guard.check(action)
    assert [event.data["action"] for event in told(sink, "action.allowed")] == [action_id]
    kept = await guard.stopped(action_id)
    assert (kept.decision, kept.reason, kept.via) == ("allow", "I asked for it.", "terminal")
    assert kept.used is not None
    assert await blocked(guard, action) != action_id


@pytest.mark.parametrize(
    "other",
    [
        {"target": "the word counter 2"},
        {"run": "r-2"},
        {"module": "other"},
        {"asked_by": "tester"},
        {"facts": {"where": "elsewhere"}},
        {"kind": "delete"},
    ],
)
async def test_a_permission_is_for_nothing_else(guard, other):
    await guard.decide(await blocked(guard), allowed=True, reason="yes", via="terminal")
    await blocked(guard, replace(PUBLISH, **other))
    await guard.check(PUBLISH)


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
@pytest.mark.parametrize("allowed", [True, False])
async def test_a_decision_without_a_reason_is_none(guard, reason, allowed):
    action_id = await blocked(guard)
    with pytest.raises(InputError, match="action-reason"):
        await guard.decide(action_id, allowed=allowed, reason=reason, via="terminal")
    assert [waiting.action_id for waiting in await guard.pending("r-1")] == [action_id]
    await blocked(guard)


async def test_a_repeated_or_forged_decision_changes_nothing(guard, sink):
    action_id = await blocked(guard)
    assert await guard.decide(action_id, allowed=False, reason="no", via="terminal")
    assert not await guard.decide(action_id, allowed=True, reason="yes after all", via="terminal")
    second = await blocked(guard)
    assert await guard.decide(second, allowed=True, reason="yes", via="terminal")
    await guard.check(PUBLISH)
    assert not await guard.decide(second, allowed=True, reason="again", via="terminal")
    await blocked(guard)
    assert [event.data["action"] for event in told(sink, "decision.repeated")] == [action_id, second]
    for forged in ("", "a-0000", second[:-1], f"{second}' OR '1'='1"):
        with pytest.raises(InputError, match="unknown-action"):
            await guard.decide(forged, allowed=True, reason="yes", via="terminal")


async def test_running_unprotected_can_never_be_allowed(guard, ledger):
    action = replace(PUBLISH, kind="unsandboxed")
    action_id = await blocked(guard, action)
    with pytest.raises(InputError) as caught:
        await guard.decide(action_id, allowed=True, reason="I trust it.", via="terminal")
    for locale in LOCALES:
        assert action_id in explain(caught.value, locale).what
    await ledger.execute(lambda db: db.execute("UPDATE actions SET decision='allow', reason='forged', decided=1"))
    await blocked(guard, action)


async def test_of_many_at_once_one_passes(guard):
    await guard.decide(await blocked(guard), allowed=True, reason="yes", via="terminal")
    results = await asyncio.gather(*(guard.check(PUBLISH) for _ in range(20)), return_exceptions=True)
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, ActionBlocked) for result in results) == 19
    assert len(await guard.pending()) == 1


async def test_decisions_outlive_the_process(guard, ledger, sink, tmp_path):
    action_id = await blocked(guard)
    await guard.decide(action_id, allowed=True, reason="yes", via="terminal")
    other = Ledger(tmp_path / "ledger.db", sink)
    try:
        again = LedgerGuard(other, sink)
        await again.check(PUBLISH)
        await blocked(again)
    finally:
        other.close()
    await blocked(guard)


async def test_no_secret_is_kept_or_told(guard, sink, ledger):
    key = "sk-" + "a1B2" * 8
    await blocked(
        guard, replace(PUBLISH, target=f"https://x/?key={key}", facts={"password": "hunter2hunter2", "k": key})
    )
    kept = await ledger.execute(lambda db: repr(db.execute("SELECT * FROM actions").fetchall()))
    for text in (kept, repr(sink.events), repr(await guard.pending())):
        assert key not in text
        assert "hunter2" not in text


async def test_strict_mode_waits_for_a_word_about_what_was_refused_elsewhere(guard, sink):
    """Watch only tells of it; strict pauses the run and holds it at its next step, whoever resumes it."""
    asked = []

    async def pause(run, reason, note):
        asked.append((run, reason, note))

    guard.pause = pause
    outside = replace(PUBLISH, kind="outside", target="../x.py")
    await guard.note(outside)
    await guard.settled("r-1")
    assert asked == await guard.pending() == []
    guard.mode = "strict"
    await guard.note(outside)
    await guard.note(outside)
    await asyncio.sleep(0)
    assert asked == [("r-1", "guard", "outside: ../x.py")]
    with pytest.raises(ActionBlocked) as caught:
        await guard.settled("r-1")
    await guard.settled("r-2")
    assert await guard.decide(str(caught.value.facts["action"]), allowed=False, reason="seen", via="terminal")
    await guard.settled("r-1")
    await guard.note(outside)  # the step is repeated after a crash
    await guard.settled("r-1")
    assert len(told(sink, "action.blocked")) == 4
    assert len(asked) == 1


async def test_an_allowed_note_permits_nothing(guard):
    guard.mode = "strict"
    await guard.note(PUBLISH)
    (waiting,) = await guard.pending()
    await guard.decide(waiting.action_id, allowed=True, reason="seen", via="terminal")
    await blocked(guard)


async def test_what_was_brought_once_may_be_used_again_but_not_before(guard):
    download = DangerousAction("download", "odd-package>=1", "r-1", asked_by="architect")
    action_id = await blocked(guard, download)
    assert not await guard.permitted("download", download.target)
    await guard.decide(action_id, allowed=True, reason="I know it.", via="terminal")
    assert not await guard.permitted("download", download.target)
    await guard.check(download)
    assert await guard.permitted("download", download.target)
    assert not await guard.permitted("download", "odd-package>=2")
    assert not await guard.permitted("publish", download.target)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from(["check", "allow", "refuse", "empty", "again"]), st.integers(0, 2)), max_size=25)
)
async def test_it_happens_at_most_as_often_as_it_was_allowed(tmp_path_factory, steps):
    """Whatever the order of attempts and decisions: passes of an action <= reasoned permissions of that action."""

    class Silent:
        def emit(self, event, /):
            pass

    opened = Ledger(tmp_path_factory.mktemp("ledger") / "ledger.db", Silent())
    guard = LedgerGuard(opened, Silent())
    try:
        passed, allowed = [0] * 3, [0] * 3
        last: dict[int, str] = {}
        for step, number in steps:
            if step == "check":
                try:
                    await guard.check(replace(PUBLISH, target=str(number)))
                    passed[number] += 1
                except ActionBlocked as error:
                    last[number] = str(error.facts["action"])
            elif number in last:
                try:
                    reason = "" if step == "empty" else "a reason"
                    taken = await guard.decide(last[number], allowed=step != "refuse", reason=reason, via="t")
                    allowed[number] += taken and step != "refuse"
                except InputError:
                    assert step == "empty"
            assert all(done <= may for done, may in zip(passed, allowed, strict=True))
    finally:
        opened.close()


# ------------------------------------------------------------------------------------------------ at the border


@pytest.mark.parametrize(
    ("error", "kind", "target"),
    [
        (BudgetExceeded(cap="usd", limit=5.0, wanted=5.2), "money", "usd 5.2 > 5.0"),
        (RunnerUnavailable("sandbox-refused", detail="x"), "unsandboxed", "sandbox-refused"),
        (DeliveryFailed("delivery-name-taken", path="out/a.zip"), "overwrite", "out/a.zip"),
        (InputError("unsafe-path", name="../x", reason="parent"), "outside", "../x"),
        (InputError("dependency-invalid", requirement="git+https://x"), "download", "git+https://x"),
        (InputError("dependency-consent", packages="odd"), "download", "odd"),
    ],
)
def test_refusals_of_other_parts_are_known_dangers(error, kind, target):
    found = danger_of(error, "r-1", "m")
    assert (found.kind, found.target, found.run, found.module) == (kind, target, "r-1", "m")


@pytest.mark.parametrize(
    "error", [StorageError(), DeliveryFailed("delivery-full", folder="x"), InputError("empty-task")]
)
def test_ordinary_errors_are_none(error):
    assert danger_of(error, "r-1") is None


def held(kind="publish"):
    facts = {"kind": kind, "target": "x", "action": "a-1"}
    return {"kind": "guard", "at": "deliver", "code": "action-blocked", "facts": facts, "detail": ""}


@pytest.mark.parametrize("kind", ACTION_KINDS)
def test_the_card_offers_to_allow_what_can_be_allowed(kind):
    card = cards.hold_card(state(held=held(kind)))
    assert ("retry" in card["options"]) is (kind not in NEVER)
    assert {"modify", "stop"} <= set(card["options"])
    for locale in LOCALES:
        shown = explain(MultiCoderError(card["hold"]["code"], **card["hold"]["facts"]), locale)
        assert "x" in shown.what


@pytest.mark.parametrize("kind", ACTION_KINDS)
@pytest.mark.parametrize("person", [Consenting(), Nobody()])
async def test_only_a_person_answers_it(kind, person):
    assert await person.decide(cards.hold_card(state(held=held(kind)))) is None
