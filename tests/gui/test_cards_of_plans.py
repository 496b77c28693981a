"""Cards as a person uses them, built from what the engine really asks."""

from __future__ import annotations

import json
import re

import cards_stand
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from core.paths import Home
from graph.cards import Card


@pytest.fixture
def stage(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    made = cards_stand.Stage(home)
    yield made
    made.close()
    assert made.warnings == []


def click(stage, name, place=0):
    item = stage.all(name)[place]
    point = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mouseClick(stage.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(point))
    stage.settle()


def press(stage, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(stage.root, key, modifier)
    stage.settle()


def focus(stage, item):
    item.forceActiveFocus()
    stage.settle()


def test_what_was_recorded_still_has_the_shape_the_engine_gives():
    known = set(Card.__annotations__)
    for file in cards_stand.RECORDED.glob("*.json"):
        card = json.loads(file.read_text(encoding="utf-8"))["card"]
        assert set(card) <= known
        assert {"kind", "run", "options", "digest"} <= set(card)


@pytest.mark.parametrize(
    ("content", "word", "approvable"),
    [
        (cards_stand.recorded("task_green"), "Can be done", True),
        (cards_stand.recorded("plan_green"), "Can be done", True),
        (cards_stand.recorded("task_red"), "Refused", False),
        (cards_stand.drawn(cards_stand.cards.task_card(cards_stand.state())), "Not judged", False),
    ],
)
def test_the_verdict_is_a_word_and_only_what_can_be_approved_has_the_button(stage, content, word, approvable):
    stage.show(("ApprovalCard", content))
    assert stage.find("cardWord").property("text") == word
    assert (stage.find("approveButton") is not None) == approvable
    assert stage.find("modifyButton") is not None


def test_a_yellow_verdict_names_its_reason_its_rule_and_its_doubt(stage):
    card = cards_stand.recorded("task_green")["card"] | {"verdict": cards_stand.ACCEPTABLE}
    stage.show(("ApprovalCard", cards_stand.drawn(card)))
    assert stage.find("cardWord").property("text") == "Needs your decision"
    assert {"tracking", "Ask what it is for.", "You", "MultiCoder"} <= set(stage.texts())


def test_a_plan_shows_what_will_be_built_with_its_limits(stage):
    content = cards_stand.recorded("plan_green")
    stage.show(("ApprovalCard", content))
    texts = stage.texts()
    plan = content["card"]["plan"]
    assert plan["title"] in texts
    assert {module["name"] for module in plan["modules"]} <= set(texts)
    assert "source code" in texts
    assert any("16" in text and "calls" in text for text in texts)


def test_approving_with_the_mouse_answers_once(stage):
    stage.show(("ApprovalCard", cards_stand.recorded("task_green")))
    click(stage, "approveButton")
    assert stage.told == [("row-0", "approve", "", {})]
    assert stage.find("approveButton") is None
    assert stage.find("answerLine").property("text").startswith("Your answer is on its way")


def test_enter_never_approves_and_the_focus_does_not_come_to_the_button_by_itself(stage):
    card = stage.show(("ApprovalCard", cards_stand.recorded("task_green")))[0]
    focus(stage, card)
    assert stage.root.activeFocusItem() is card
    press(stage, Qt.Key.Key_Return)
    press(stage, Qt.Key.Key_Enter)
    focus(stage, stage.find("approveButton"))
    press(stage, Qt.Key.Key_Return)
    press(stage, Qt.Key.Key_Enter)
    assert stage.told == []
    press(stage, Qt.Key.Key_Space)
    assert stage.told == [("row-0", "approve", "", {})]


@pytest.mark.parametrize(
    ("name", "content", "button"),
    [
        ("ApprovalCard", cards_stand.recorded("plan_green"), "approveButton"),
        ("ApprovalCard", cards_stand.recorded("plan_green"), "rejectButton"),
        ("QuestionCard", cards_stand.asked(), "answerButton"),
        ("HoldCard", cards_stand.held("error", "rate-limited"), "retryButton"),
    ],
)
def test_after_a_decision_by_key_the_focus_is_on_the_card_and_not_on_a_button_that_went_away(
    stage, name, content, button
):
    card = stage.show((name, content))[0]
    focus(stage, stage.find(button))
    press(stage, Qt.Key.Key_Space)
    assert len(stage.told) == 1
    assert stage.root.activeFocusItem() is card


def test_alt_a_counts_only_while_the_card_has_the_focus(stage):
    first, second = stage.show(
        ("ApprovalCard", cards_stand.recorded("task_green")), ("ApprovalCard", cards_stand.recorded("plan_green"))
    )
    assert stage.root.activeFocusItem() not in {first, second}
    press(stage, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert stage.told == []
    focus(stage, second)
    press(stage, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert stage.told == [("row-1", "approve", "", {})]
    press(stage, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert len(stage.told) == 1


def test_alt_a_approves_nothing_that_is_refused_but_alt_r_closes_it(stage):
    card = stage.show(("ApprovalCard", cards_stand.recorded("task_red")))[0]
    focus(stage, card)
    press(stage, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert stage.told == []
    press(stage, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    assert stage.told == [("row-0", "reject", "", {})]


def test_modify_opens_the_plan_and_sends_only_what_was_changed(stage):
    card = stage.show(("ApprovalCard", cards_stand.recorded("plan_green")))[0]
    focus(stage, card)
    press(stage, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    field = stage.root.activeFocusItem()
    assert field.objectName() == "answerText"
    assert field.property("text").startswith("Bakery web page")
    press(stage, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stage.told == []  # nothing was changed
    field.setProperty("text", "A page for a cheese shop")
    press(stage, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert stage.told == []  # in a field it is a letter
    field.setProperty("text", "A page for a cheese shop")
    press(stage, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stage.told == [("row-0", "modify", "A page for a cheese shop", {})]


def test_escape_leaves_the_field_and_the_card_stays_open(stage):
    stage.show(("ApprovalCard", cards_stand.recorded("plan_green")))
    click(stage, "modifyButton")
    press(stage, Qt.Key.Key_Escape)
    assert stage.find("approveButton") is not None
    assert stage.told == []


@pytest.mark.parametrize(
    ("state", "decision", "words"),
    [
        ("answered", "approve", "Approved · you, in the terminal"),
        ("answered", "modify", "Changes were asked for"),
        ("gone", "", "This question no longer waits"),
    ],
)
def test_an_answered_card_is_frozen_with_who_and_when(stage, state, decision, words):
    content = cards_stand.recorded("task_green", state=state, decision=decision, via="terminal", at=1_764_190_000.0)
    card = stage.show(("ApprovalCard", content))[0]
    line = stage.find("answerLine").property("text")
    assert line.startswith(words)
    assert state == "gone" or "2025" in line
    assert [stage.find(name) for name in ("approveButton", "modifyButton", "rejectButton")] == [None, None, None]
    focus(stage, card)
    press(stage, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert stage.told == []


def test_text_of_a_model_is_never_markup_and_hides_nothing(stage):
    verdict = cards_stand.ACCEPTABLE | {"reasons": ["<img src='http://a/b'>", "safe\u202eexe.nuf", "a\u200bb"]}
    card = cards_stand.recorded("task_green")["card"] | {"verdict": verdict, "understood": "<b>bold</b>"}
    stage.show(("ApprovalCard", cards_stand.drawn(card)))
    texts = stage.texts()
    assert {"<img src='http://a/b'>", "safe[U+202E]exe.nuf", "a[U+200B]b", "<b>bold</b>"} <= set(texts)


def test_no_text_of_a_card_is_left_to_guess_whether_it_is_markup():
    for file in cards_stand.CARDS.glob("*.qml"):
        source = file.read_text(encoding="utf-8")
        for found in re.finditer(r"(?m)^ *(?:Basic\.)?(Text|TextArea|TextEdit|Label) \{", source):
            rest = source[found.start() :].split("\n" + " " * (len(found[0]) - len(found[0].lstrip())) + "}")[0]
            assert "PlainText" in rest, f"{file.name}: {found[0]}"


def test_questions_are_answered_with_what_differs_from_the_default(stage):
    stage.show(("QuestionCard", cards_stand.asked()))
    field = stage.all("questionField")[1]
    point = field.mapToScene(field.boundingRect().center()).toPoint()
    QTest.mouseClick(stage.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    for letter in "tiny":
        QTest.keyClick(stage.root, letter)
    stage.settle()
    click(stage, "answerButton")
    assert stage.told == [("row-0", "answer", "", {"size": "tiny"})]


def test_a_purpose_has_no_default(stage):
    stage.show(("QuestionCard", cards_stand.purpose()))
    assert stage.find("answerButton").property("enabled") is False
    stage.find("answerText").setProperty("text", "For my own phone")
    stage.settle()
    click(stage, "answerButton")
    assert stage.told == [("row-0", "answer", "For my own phone", {})]


def test_what_the_guard_stopped_goes_on_only_with_a_reason_and_shows_disguises(stage):
    target = "p\u0430ypal\u202e-tools"
    stage.show(("HoldCard", cards_stand.held("guard", "action-blocked", action="a", kind="download", target=target)))
    assert stage.find("allowButton").property("enabled") is False
    assert stage.find("guardTarget").property("value") == target
    assert "p\u0430ypal[U+202E]-tools" in stage.texts()
    assert "p\u0430[U+0430]ypal" in stage.find("disguiseWarning").property("text")
    stage.find("answerText").setProperty("text", "I know this package")
    stage.settle()
    click(stage, "allowButton")
    assert stage.told == [("row-0", "retry", "I know this package", {})]


def test_what_nobody_can_allow_offers_no_allowing(stage):
    stage.show(("HoldCard", cards_stand.held("guard", "action-blocked", action="a", kind="unsandboxed", target="x")))
    assert stage.find("allowButton") is None
    assert stage.find("stopRunButton") is not None


@pytest.mark.parametrize(("typed", "told"), [("7,5", {"limit": 7.5}), ("much", None), ("-1", None), ("", None)])
def test_a_reached_limit_takes_a_number(stage, typed, told):
    stage.show(("HoldCard", cards_stand.held("budget", "budget", cap="usd", limit=5)))
    stage.find("limitField").setProperty("text", typed)
    stage.settle()
    click(stage, "retryButton")
    assert stage.told == ([("row-0", "retry", "", told)] if told else [])


def test_a_hold_says_what_happened_in_the_words_of_the_catalogue(stage):
    stage.show(("HoldCard", cards_stand.recorded("hold_demo")))
    assert any("only knows these sample tasks" in text for text in stage.texts())
    click(stage, "stopRunButton")
    assert stage.told == [("row-0", "stop", "", {})]


def test_the_bar_shows_only_while_something_waits_and_leads_to_it(stage):
    bar = stage.show(("PendingBar", cards_stand.recorded("task_green")))[0]
    bar.setProperty("rowKey", "")
    stage.settle()
    assert stage.find("pendingBar") is None
    bar.setProperty("rowKey", "row-9")
    stage.settle()
    assert bar.height() == 44
    asked = []
    bar.wanted.connect(asked.append)
    click(stage, "pendingBar")
    assert asked == ["row-9"]


def forecast(**figures):
    """The recorded plan with what the engine forecasts of it."""
    content = cards_stand.recorded("plan_green")
    team = {"router": "a:small", "architect": "a:big", "coder": "a:big", "reviewer": "b:other", "tester": "b:other"}
    card = {**content["card"], "models": team, "estimate": {**content["card"]["estimate"], **figures}}
    return {**content, "card": card}


def test_a_plan_says_who_works_on_it_and_how_long_that_took_before(stage):
    stage.show(("ApprovalCard", forecast(seconds=601, programs=3)))
    assert stage.find("planModels").property("value") == "a:big (plan, code)\nb:other (review, tests)"
    assert stage.find("planTime").property("value").startswith("about 11 min, as 3 earlier program")
    stage.show(("ApprovalCard", forecast(seconds=0, programs=0)))
    assert stage.find("planTime").property("value") == "no figures yet: this team has finished no program here"
    stage.show(("ApprovalCard", cards_stand.recorded("plan_green")))  # asked by an engine that made no forecast
    assert stage.find("planTime") is None
    assert stage.find("planModels") is None


KINDS = {
    "task": cards_stand.recorded("task_green"),
    "plan": cards_stand.recorded("plan_green"),
    "refused task": cards_stand.recorded("task_red"),
    "code": cards_stand.drawn(
        cards_stand.cards.code_card(cards_stand.state(verdicts={"code": cards_stand.ACCEPTABLE}))
    ),
    "purpose": cards_stand.purpose(),
    "questions": cards_stand.asked(),
    "guard": cards_stand.held("guard", "guard-stopped", kind="download", target="https://example.org/a"),
    "money": cards_stand.held("budget", "budget", cap="usd", limit=5),
    "error": cards_stand.held("error", "rate-limited"),
}
CARDS = {"purpose": "QuestionCard", "questions": "QuestionCard", "guard": "HoldCard", "money": "HoldCard"}


@pytest.mark.parametrize("kind", KINDS)
def test_enter_pressed_at_every_place_of_a_card_agrees_to_nothing(stage, kind):
    name = "HoldCard" if kind == "error" else CARDS.get(kind, "ApprovalCard")
    card = stage.show((name, KINDS[kind]))[0]
    focus(stage, card)
    places = set()
    for _ in range(20):
        places.add(stage.root.activeFocusItem().objectName())
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            press(stage, key)
        press(stage, Qt.Key.Key_Tab)
    assert len(places) > 1
    assert [decision for _, decision, _, _ in stage.told if decision in {"approve", "allow"}] == []
    if kind in {"guard", "money"}:
        assert stage.told == [] or stage.told[0][1] == "stop"
