"""Search, shortcuts, links, the first start and what is said about the engine, as a person meets them."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
CALM = {"reduceMotion": True}


def key(window, name, modifiers=PLAIN):
    QTest.keyClick(window.root, name, modifiers)
    window.settle()


def press(window, name):
    item = window.shown(name)
    place = item.mapToScene(item.boundingRect().center()).toPoint()
    QTest.mouseClick(window.root, Qt.MouseButton.LeftButton, PLAIN, place)
    window.settle()


def opened(window, name):
    return window.find(name).property("opened")


def words(window):
    return [str(item.property("text")) for item in window.items() if item.isVisible() and item.property("text")]


@pytest.fixture
def calm(make_window):
    window = make_window(preferences=CALM)
    window.resize(1280, 800)
    return window


@pytest.fixture
def chatty(make_window, scripted):
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    titles = ("Calculator", "Password safe", "Snake game")
    scripted.answers["session/list"] = {
        "sessions": [
            {"sessionId": f"s-{place}", "cwd": "/nowhere", "title": title, "updatedAt": now, "_meta": {}}
            for place, title in enumerate(titles)
        ]
    }
    window = make_window(command=scripted.command, environ=scripted.environ, preferences=CALM)
    window.resize(1280, 800)
    window.until(lambda: window.application.chats.rowCount() == len(titles))
    return window


def test_the_search_finds_while_one_types_and_enter_opens_the_first_find(chatty):
    key(chatty, Qt.Key.Key_K, CONTROL)
    assert opened(chatty, "searchDialog")
    assert chatty.shown("searchInput").property("activeFocus") is True
    for letter in "safe":
        QTest.keyClick(chatty.root, letter)
    results = chatty.shown("searchResults")
    chatty.until(lambda: results.property("count") == 2)  # a new chat, and the one that was found
    key(chatty, Qt.Key.Key_Return)
    assert chatty.application.chats.current == "s-1"
    assert not opened(chatty, "searchDialog")


def test_arrows_walk_through_the_finds_and_escape_leaves_everything_as_it_was(chatty):
    key(chatty, Qt.Key.Key_K, CONTROL)
    results = chatty.shown("searchResults")
    assert results.property("count") == 4
    key(chatty, Qt.Key.Key_Down)
    key(chatty, Qt.Key.Key_Down)
    assert results.property("currentIndex") == 2
    key(chatty, Qt.Key.Key_Escape)
    assert not opened(chatty, "searchDialog")
    assert chatty.application.chats.current == ""


def test_what_is_not_found_is_said(chatty):
    key(chatty, Qt.Key.Key_K, CONTROL)
    for letter in "zzzz":
        QTest.keyClick(chatty.root, letter)
    chatty.until(lambda: "Nothing found." in words(chatty))


def test_the_keys_are_listed_and_do_what_the_list_says(calm):
    key(calm, Qt.Key.Key_Slash, CONTROL)
    assert opened(calm, "shortcutsDialog")
    seen = words(calm)
    assert {"New chat", "System board", "Approve the card in focus", "Ctrl", "F6"} <= set(seen)
    key(calm, Qt.Key.Key_Escape)
    assert not opened(calm, "shortcutsDialog")
    key(calm, Qt.Key.Key_B, CONTROL | SHIFT)
    assert calm.find("drawer").property("opened") is True
    assert calm.application.preferences.value("drawerTab") == "system"
    key(calm, Qt.Key.Key_Equal, CONTROL)
    assert calm.application.preferences.value("zoom") == 110
    key(calm, Qt.Key.Key_0, CONTROL)
    assert calm.application.preferences.value("zoom") == 100


def test_f6_goes_round_the_parts_of_the_window(calm):
    seen = []
    for _ in range(3):
        key(calm, Qt.Key.Key_F6)
        at = calm.root.activeFocusItem()
        names = set()
        while at is not None:
            names.add(at.objectName())
            at = at.parentItem()
        seen.append(next(name for name in ("sidebar", "header", "composerDock") if name in names))
    assert sorted(seen) == ["composerDock", "header", "sidebar"]
    before = calm.root.activeFocusItem()
    key(calm, Qt.Key.Key_F6)
    key(calm, Qt.Key.Key_F6, SHIFT)
    assert calm.root.activeFocusItem() is before


def test_a_chip_begins_the_message(calm):
    press(calm, "starter_fix")
    assert calm.application.composer.text.startswith("I get this error")
    assert calm.shown("composerText").property("activeFocus") is True


def test_a_foreign_link_is_asked_about_and_shown_as_the_browser_reads_it(calm):
    calm.application.links.follow("https://аррӏе.com/login?next=1")
    calm.settle()
    assert opened(calm, "linkDialog")
    assert calm.shown("linkAddress").property("text").startswith("https://xn--")
    key(calm, Qt.Key.Key_Escape)
    assert not opened(calm, "linkDialog")
    assert calm.application.preferences.value("trustedHosts") == []


def test_typing_goes_on_while_the_engine_starts_and_the_window_says_that_it_does(calm):
    calm.until(lambda: calm.shown("stateLine") is not None)
    assert "Starting the engine…" in words(calm)
    calm.shown("composerText").forceActiveFocus()
    for letter in "hello":
        QTest.keyClick(calm.root, letter)
    calm.settle()
    assert calm.application.composer.text == "hello"


def test_the_line_about_the_engine_goes_once_it_is_there(chatty):
    chatty.settle(700)
    assert chatty.shown("stateLine") is None


def test_the_first_start_tells_what_works_here_and_what_does_not(make_window, scripted):
    bad = {"id": "p", "name": "Providers", "state": "degraded", "since": 1.0, "checked": 1.0, "period": 60}
    bad |= {"evidence": "No provider is set up.", "action": "Add one.", "restartable": False, "latency_ms": 1}
    good = bad | {"id": "d", "name": "Disk", "state": "ok", "evidence": "Fine.", "action": None, "history": []}
    scripted.answers["_multicoder/status"] = {"systems": [good, bad | {"history": []}]}
    window = make_window(command=scripted.command, environ=scripted.environ, preferences=CALM, first_start=True)
    window.resize(1280, 800)
    assert opened(window, "welcome")
    window.until(lambda: "Providers: No provider is set up." in words(window))
    assert {"Add one."} <= set(words(window))
    assert {"probe": True, "locale": "en"} in scripted.params("_multicoder/status")
    press(window, "welcomeDemo")
    assert not opened(window, "welcome")
    assert window.application.preferences.value("welcomed") is True
    assert window.application.team.current == "demo"
    assert "calculator" in window.application.composer.text


def test_the_first_start_comes_once(make_window):
    window = make_window(preferences=CALM, first_start=True)
    key(window, Qt.Key.Key_Escape)
    assert not opened(window, "welcome")
    assert window.application.preferences.value("welcomed") is True


def test_the_team_of_a_chat_is_chosen_in_the_header(chatty, scripted):
    def chosen(params):
        return {"configOptions": [{"type": "select", "id": "team", "currentValue": params["value"], "options": []}]}

    scripted.answers["session/set_config_option"] = chosen
    chatty.application.chats.open("s-1")
    chatty.settle()
    press(chatty, "modelSelector")
    chatty.until(lambda: chatty.shown("team_demo") is not None)
    chatty.settle()
    press(chatty, "team_demo")
    asked = {"sessionId": "s-1", "configId": "team", "value": "demo"}
    chatty.until(lambda: scripted.params("session/set_config_option") == [asked])
    chatty.until(lambda: chatty.shown("modelSelector").property("chosenName") == "Demo team")
    chatty.application.chats.open("s-2")
    chatty.settle()
    assert chatty.shown("modelSelector").property("chosenName") == "My providers"


def test_the_composer_moves_down_once_with_the_first_message(make_window, scripted):
    window = make_window(command=scripted.command, environ=scripted.environ)
    window.resize(1280, 800)
    dock = window.shown("composerDock")
    middle = dock.y()
    seen = []
    dock.yChanged.connect(lambda: seen.append(dock.y()))
    window.application.composer.replace("Make a calculator")
    window.settle()
    press(window, "sendButton")
    lowest = 800 - 32 - 56
    window.until(lambda: dock.y() == lowest)
    assert middle < seen[0] < lowest  # it went there, it did not jump
    assert window.shown("emptyHeading") is None
    assert window.shown("thread") is not None
    seen.clear()
    window.resize(1280, 700)
    assert dock.y() == lowest - 100
    assert len(seen) == 1  # a window that is resized takes it along at once


def test_escape_stops_the_run_from_anywhere_but_closes_a_dialog_first(make_window, scripted):
    window = make_window(command=scripted.command, environ=scripted.environ, preferences=CALM)
    window.resize(1280, 800)
    window.application.composer.replace("Make a calculator")
    window.settle()
    press(window, "sendButton")
    window.until(lambda: scripted.params("session/prompt"))
    window.until(lambda: window.application.conversation.busy)
    key(window, Qt.Key.Key_K, CONTROL)
    key(window, Qt.Key.Key_Escape)
    assert not opened(window, "searchDialog")
    assert scripted.params("session/cancel") == []
    window.shown("modelSelector").forceActiveFocus()
    key(window, Qt.Key.Key_Escape)
    window.until(lambda: scripted.params("session/cancel"))
