"""Looking things up from the box: words behind /search, and the choices of a chat, which a restart does not lose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMetaObject, Qt
from PySide6.QtTest import QTest

from tests.gui.window_scenes import Scene


@pytest.fixture
def scene(home):
    found = Scene(home, (1280, 800))
    found.app.chats.start()
    yield found
    found.close()
    assert found.window.warnings == []


def type_and_send(scene, words):
    area = scene.window.shown("composerText")
    area.forceActiveFocus()
    for letter in words:
        QTest.keyClick(scene.window.root, letter)
    QTest.keyClick(scene.window.root, Qt.Key.Key_Return)
    scene.window.until(lambda: scene.engine.params("session/prompt"))
    return scene.engine.params("session/prompt")[0]["prompt"]


def choose_search_now(scene):
    QMetaObject.invokeMethod(scene.window.find("plusButton"), "clicked")
    scene.window.settle(200)
    QMetaObject.invokeMethod(scene.window.find("searchNow"), "triggered")
    scene.window.settle(200)


def test_words_behind_the_command_are_sent_as_they_were_typed(scene):
    assert type_and_send(scene, "/search tide tables") == [{"type": "text", "text": "/search tide tables"}]


def test_the_menu_puts_the_command_before_the_words_once(scene):
    scene.app.composer.replace("tide tables")
    choose_search_now(scene)
    choose_search_now(scene)
    assert scene.window.shown("composerText").property("text") == "/search tide tables"
    assert scene.window.shown("composerText").property("activeFocus")
    assert type_and_send(scene, " now") == [{"type": "text", "text": "/search tide tables now"}]


def test_options_of_chats_survive_a_restart(home):
    """Of a chat that is not begun as a wish of the window; of one that is, the engine says it."""
    before = Scene(home, (1280, 800))
    before.app.chats.start()
    before.app.webUse.choose("off")
    before.app.scope.choose("archive")
    before.close()
    scene = Scene(home, (1280, 800))
    scene.app.chats.start()
    scene.window.settle(200)
    assert scene.window.shown("webPill").property("text") == "Web search: Off"
    assert scene.window.shown("scopePill").property("text") == "Memory: Everything"
    kept = {"type": "select", "id": "web", "currentValue": "on", "options": []}
    scene.engine.answers["session/load"] = {"configOptions": [kept]}
    scene.open()
    scene.window.until(lambda: scene.app.webUse.property("pill") == "On")
    scene.app.chats.start()
    scene.app.conversation.send("/search  tide tables", [])
    scene.window.until(lambda: scene.engine.params("session/prompt"))
    assert scene.engine.params("session/new")[0]["_meta"]["multicoder"]["web"] == "off"
    assert scene.engine.params("session/prompt")[0]["prompt"] == [{"type": "text", "text": "/search  tide tables"}]
    scene.window.until(lambda: scene.app.webUse.wish == "")
    assert scene.app.preferences.value("wishes") == {}
    scene.close()
    assert scene.window.warnings == []
