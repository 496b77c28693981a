"""The chats of the sidebar, driven by mouse and keys, with a real process that plays the engine."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

CHATS = (("s-a", "Calculator", 0), ("s-b", "Password safe", 1), ("s-c", "Snake game", 40))


def listed(name, title, days, **state):
    when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - days * 86_400))
    meta = {"multicoder": {"parent": "", "run": "", "running": False, "waits": False} | state}
    return {"sessionId": name, "cwd": "/nowhere", "title": title, "updatedAt": when, "_meta": meta}


@pytest.fixture
def window(make_window, scripted):
    scripted.answers["session/list"] = {
        "sessions": [
            listed(*CHATS[0], run="r-1", running=True),
            listed(*CHATS[1], run="r-2", waits=True),
            listed(*CHATS[2]),
        ]
    }
    calm = {"reduceMotion": True}
    window = make_window(command=scripted.command, environ=scripted.environ, preferences=calm)
    window.resize(1280, 800)
    window.until(lambda: len(rows(window)) == len(CHATS))
    return window


def rows(window):
    return [item for item in window.items() if item.objectName() == "chatRow"]


def row(window, title):
    return next(item for item in rows(window) if item.property("title") == title)


def inside(item, name):
    """A visible part of a row."""
    found = [child for child in _below(item) if child.objectName() == name and child.isVisible()]
    return found[0] if found else None


def _below(item):
    for child in item.childItems():
        yield child
        yield from _below(child)


def point(item):
    return item.mapToScene(item.boundingRect().center()).toPoint()


def press(window, item, button=Qt.MouseButton.LeftButton):
    QTest.mouseMove(window.root, point(item))
    QTest.mouseClick(window.root, button, Qt.KeyboardModifier.NoModifier, point(item))
    window.settle()


def key(window, name, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.root, name, modifiers)
    window.settle()


def write(window, text):
    for letter in text:
        QTest.keyClick(window.root, letter)
    window.settle()


def choose(window, entry):
    window.until(lambda: window.shown(entry) is not None)
    window.settle()
    press(window, window.shown(entry))
    window.settle()


def test_a_chat_is_opened_by_a_click_and_then_is_the_selected_one(window):
    press(window, row(window, "Snake game"))
    assert window.application.chats.current == "s-c"
    assert row(window, "Snake game").property("current") is True
    assert row(window, "Calculator").property("current") is False


def test_a_working_chat_has_a_spinner_and_a_waiting_one_a_sign_and_both_say_so(window):
    assert inside(row(window, "Calculator"), "chatSpinner") is not None
    assert inside(row(window, "Password safe"), "chatWaits") is not None
    assert inside(row(window, "Snake game"), "chatSpinner") is None


def test_the_dots_appear_under_the_pointer_without_moving_the_title(window):
    QTest.mouseMove(window.root, QPoint(900, 700))
    window.settle()
    assert inside(row(window, "Snake game"), "chatDots") is None
    before = window.place(row(window, "Snake game"))
    QTest.mouseMove(window.root, point(row(window, "Snake game")))
    window.until(lambda: inside(row(window, "Snake game"), "chatDots") is not None)
    dots = inside(row(window, "Snake game"), "chatDots")
    assert (dots.width(), dots.height()) == (32, 32)
    assert window.place(row(window, "Snake game")) == before


def test_a_chat_is_renamed_in_its_place(window, scripted):
    press(window, row(window, "Snake game"), Qt.MouseButton.RightButton)
    choose(window, "menuRename")
    field = window.shown("renameField")
    assert field.property("text") == "Snake game"
    assert field.property("activeFocus") is True
    write(window, "Snakes")
    key(window, Qt.Key.Key_Return)
    window.until(lambda: scripted.params("_multicoder/session/rename") == [{"sessionId": "s-c", "title": "Snakes"}])
    assert row(window, "Snakes").property("sessionId") == "s-c"
    assert window.shown("renameField") is None


def test_escape_leaves_the_title_as_it_was(window, scripted):
    press(window, row(window, "Snake game"), Qt.MouseButton.RightButton)
    choose(window, "menuRename")
    write(window, "other")
    key(window, Qt.Key.Key_Escape)
    assert window.shown("renameField") is None
    assert row(window, "Snake game")
    assert scripted.params("_multicoder/session/rename") == []


def test_a_pinned_chat_stands_first(window):
    press(window, row(window, "Snake game"), Qt.MouseButton.RightButton)
    choose(window, "menuPin")
    assert row(window, "Snake game").property("section") == "pinned"
    assert min(rows(window), key=lambda item: window.place(item)[1]).property("title") == "Snake game"


def test_an_archived_chat_leaves_the_list_and_comes_back_from_the_archive(window):
    assert window.shown("archiveRow") is None
    press(window, row(window, "Snake game"), Qt.MouseButton.RightButton)
    choose(window, "menuArchive")
    assert [item.property("title") for item in rows(window)] == ["Calculator", "Password safe"]
    press(window, window.shown("archiveRow"))
    window.until(lambda: len(rows(window)) == len(CHATS))
    press(window, row(window, "Snake game"), Qt.MouseButton.RightButton)
    choose(window, "menuArchive")
    assert row(window, "Snake game").property("archived") is False


def test_deleting_asks_and_names_the_chat(window, scripted):
    press(window, row(window, "Password safe"), Qt.MouseButton.RightButton)
    choose(window, "menuDelete")
    dialog = window.find("deleteDialog")
    window.until(lambda: dialog.property("opened"))
    assert any("“Password safe”" in str(item.property("text")) for item in window.items() if item.isVisible())
    assert scripted.params("session/delete") == []
    press(window, window.shown("deleteConfirm"))
    window.until(lambda: scripted.params("session/delete") == [{"sessionId": "s-b"}])
    window.until(lambda: len(rows(window)) == len(CHATS) - 1)


def test_cancel_deletes_nothing(window, scripted):
    window.find("deleteDialog").setProperty("sessionId", "s-b")
    window.find("deleteDialog").open()
    window.settle()
    press(window, window.shown("deleteCancel"))
    window.settle()
    assert scripted.params("session/delete") == []
    assert len(rows(window)) == len(CHATS)


def test_the_list_is_one_stop_for_tab_and_arrows_walk_in_it(window):
    window.shown("libraryRow").forceActiveFocus()
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Down)
    assert row(window, "Password safe").property("visualFocus") is True
    assert inside(row(window, "Password safe"), "chatDots") is not None
    key(window, Qt.Key.Key_Return)
    assert window.application.chats.current == "s-b"


def test_the_keyboard_renames_and_deletes_too(window):
    window.shown("libraryRow").forceActiveFocus()
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Delete)
    window.until(lambda: window.find("deleteDialog").property("opened"))
    key(window, Qt.Key.Key_Escape)
    window.settle()
    key(window, Qt.Key.Key_F2)
    assert window.shown("renameField") is not None


def test_a_new_chat_is_begun_by_its_row_and_by_its_key(window):
    for begin in (
        lambda: press(window, window.shown("newChat")),
        lambda: key(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier),
    ):
        window.application.chats.open("s-a")
        begin()
        assert window.application.chats.current == ""
        assert window.shown("composerText").property("activeFocus") is True


def test_the_sidebar_folds_by_its_button_and_its_key_and_stays_so(window):
    press(window, window.shown("closeSidebar"))
    assert window.application.preferences.value("sidebarOpen") is False
    key(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.application.preferences.value("sidebarOpen") is True


def test_choosing_a_chat_in_a_narrow_window_takes_the_sidebar_away(window):
    window.resize(600, 700)
    press(window, window.shown("hamburger"))
    window.until(lambda: window.shown("sidebar") is not None)
    window.settle()
    press(window, row(window, "Snake game"))
    window.until(lambda: window.shown("sidebar") is None)
    assert window.application.chats.current == "s-c"


def test_a_press_beside_the_laid_over_sidebar_takes_it_away(window):
    window.resize(600, 700)
    press(window, window.shown("hamburger"))
    window.settle()
    QTest.mouseClick(window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(500, 300))
    window.until(lambda: window.shown("sidebar") is None)


def test_a_letter_goes_to_the_entry_of_a_menu_that_begins_with_it(window, scripted):
    press(window, row(window, "Snake game"), Qt.MouseButton.RightButton)
    window.until(lambda: window.shown("menuPin") is not None)
    key(window, Qt.Key.Key_Down)
    for letter, entry in (("a", "menuArchive"), ("d", "menuDelete"), ("r", "menuRename")):
        QTest.keyClick(window.root, letter)
        window.settle()
        assert window.shown(entry).property("highlighted") is True
    key(window, Qt.Key.Key_Return)
    assert window.shown("renameField") is not None
