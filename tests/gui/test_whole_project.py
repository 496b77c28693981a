"""A program is made in the real window by mouse and keyboard alone, whatever is killed or closed on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tests.gui.project_stand import PAGE, Maker

SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
KEY = Qt.Key


@pytest.fixture
def maker(home, tmp_path):
    found = Maker(home, tmp_path / "out")
    yield found
    found.end()
    assert found.warnings == []


def say_it(maker):
    maker.click("composerText")
    maker.type(PAGE)
    maker.click("sendButton")
    return maker.card()


def approve(maker, card):
    """Approve a card with the mouse; once more when the answer went to an engine that was gone already."""
    while True:
        maker.click("approveButton")
        maker.until(lambda: maker.decision(card) or maker.window.shown("approveButton") is not None)
        if maker.decision(card):
            assert maker.decision(card) == "approve"
            return


def made(maker):
    """Wait for the program; everything on screen says that it is there."""
    maker.see("artifactCard")
    maker.until(lambda: not maker.app.conversation.busy)
    assert maker.window.shown("stopButton") is None
    assert maker.window.shown("runPill") is None
    assert "bakery-page.zip" in maker.delivered()
    kinds = [row.kind for row in maker.app.conversation.rows()]
    assert (kinds.count("card"), kinds.count("run"), kinds.count("artifact")) == (2, 1, 1)
    assert "error" not in kinds


def test_a_web_page_is_made_with_the_mouse(maker):
    maker.open()
    first = say_it(maker)
    assert maker.see("pendingBar").property("text") == "Your decision is needed"
    approve(maker, first)
    second = maker.card()
    maker.click("pendingBar")
    assert "approvalCard" in maker.focused()
    approve(maker, second)
    maker.see("runTimeline")
    assert maker.window.shown("pendingBar") is None
    made(maker)
    maker.until(lambda: "tests 19/19" in maker.see("artifactFacts").property("text"))  # the evidence is read aside
    maker.click("artifactMore")
    maker.until(lambda: "Copy SHA-256" in maker.texts())
    maker.press(KEY.Key_Escape)
    maker.window.settle(200)
    assert "Copy SHA-256" not in maker.texts()
    maker.above("runLine")
    maker.click("runLine")
    assert maker.see("runHeading").property("text") == "Built · 100 % (2 of 2 modules)"
    assert maker.app.chats.currentTitle == PAGE


@pytest.mark.slow
def test_a_web_page_is_made_with_the_keyboard(maker):
    maker.open()
    maker.type(PAGE)
    maker.press(KEY.Key_Return)
    first = maker.card()
    maker.press(KEY.Key_Backtab, SHIFT)
    assert "pendingBar" in maker.focused()
    maker.press(KEY.Key_Return)
    assert maker.focused()[0] == "approvalCard"
    maker.press(KEY.Key_A, ALT)
    maker.until(lambda: maker.app.conversation.waiting != first)
    second = maker.card()
    maker.press(KEY.Key_Escape, SHIFT)  # back to the box, and from there by the keys that go part by part
    maker.press(KEY.Key_F6, SHIFT)
    assert maker.focused()[1] == "thread"
    maker.press(KEY.Key_Return)
    for _ in range(40):
        if maker.focused()[0] == "approveButton":
            break
        maker.press(KEY.Key_Tab)
    maker.press(KEY.Key_Return)
    assert maker.app.conversation.waiting == second  # nobody agrees by Enter
    maker.press(KEY.Key_Space)
    maker.until(lambda: maker.app.conversation.waiting == "")
    made(maker)
    for _ in range(60):
        if maker.focused()[0] == "artifactMore":
            break
        maker.press(KEY.Key_Tab)
    maker.press(KEY.Key_Return)
    maker.until(lambda: "Copy path" in maker.texts())
    for _ in range(8):
        maker.press(KEY.Key_Down)
        if maker.window.root.activeFocusItem().property("text") == "Copy path":
            break
    maker.press(KEY.Key_Return)
    assert QGuiApplication.clipboard().text().endswith("bakery-page.zip")


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["card", "work"])
def test_an_engine_that_is_killed_is_hardly_noticed(maker, moment):
    maker.open()
    first = say_it(maker)
    if moment == "card":
        maker.kill_engine()
    approve(maker, first)
    second = maker.card()
    approve(maker, second)
    maker.see("runTimeline")
    if moment == "work":
        maker.kill_engine()
    made(maker)
    assert maker.app.link.state == "ready"


@pytest.mark.slow
def test_a_window_that_is_opened_again_shows_the_card_that_waited(maker):
    maker.open()
    say_it(maker)
    maker.leave()
    maker.open()
    maker.click("chatRow")
    card = maker.card()
    maker.until(lambda: maker.app.conversation.settled)
    assert PAGE in [row.content.get("text") for row in maker.app.conversation.rows() if row.kind == "user"]
    approve(maker, card)
    approve(maker, maker.card())
    made(maker)


@pytest.mark.slow
def test_work_goes_on_while_the_window_is_closed_and_what_was_done_is_shown(maker):
    maker.open()
    approve(maker, say_it(maker))
    approve(maker, maker.card())
    maker.see("runTimeline")
    maker.leave()
    maker.open()
    maker.click("chatRow")
    made(maker)
    maker.above("runLine")
    maker.click("runLine")
    assert "Judging the task" in maker.texts()


@pytest.mark.slow
def test_a_run_that_was_left_unfinished_is_offered_back_with_what_it_was_doing(maker):
    maker.open()
    approve(maker, say_it(maker))
    approve(maker, maker.card())
    maker.click("pauseButton")
    maker.until(lambda: maker.app.conversation.progress.get("state") == "paused")
    maker.leave()
    maker.kill_engine()
    maker.open()
    maker.until(lambda: any(str(text).startswith(f"{PAGE} · paused · ") for text in maker.texts()))
    maker.click("unfinishedRow")
    heading = maker.see("runHeading").property("text")
    assert heading.startswith("Paused")
    assert maker.see("runElapsed").property("text")
    maker.click("pauseButton")
    made(maker)


@pytest.mark.slow
def test_work_stands_still_while_the_engine_is_stopped_and_goes_on_when_it_is_started(maker):
    maker.open()
    approve(maker, say_it(maker))
    approve(maker, maker.card())
    maker.see("runTimeline")
    maker.app.about.stopEngine()
    maker.until(lambda: maker.app.link.state == "stopped")
    maker.until(lambda: maker.see("runHeading").property("text").startswith("Paused"))
    assert "The engine was stopped. It starts again when something needs it." in maker.texts()
    maker.picture("stopped")
    maker.click("engineRetry")
    made(maker)


@pytest.mark.slow
def test_one_click_approves_though_its_engine_was_stopped_before(maker):
    maker.open()
    first = say_it(maker)
    maker.app.about.stopEngine()
    maker.until(lambda: maker.app.link.state == "stopped")
    assert maker.app.conversation.waiting == first
    maker.click("approveButton")
    maker.until(lambda: maker.decision(first) == "approve")
    approve(maker, maker.card())
    made(maker)
