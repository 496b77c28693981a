"""What the parts of the window ask of each other."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt, QTranslator, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.main import translate
from tests.gui.chat_stand import ended, person

S = "s-1"
CHAT = {"sessionId": S, "cwd": "/tmp", "title": "Bakery", "updatedAt": "2026-01-01T00:00:00Z"}


class Desk:
    """A window with one chat in the list."""

    def __init__(self, window, engine):
        self.window = window
        self.engine = engine
        self.app = window.application
        self.app.link.request("session/list", {}, lambda _: None)

    def click(self, name):
        self.window.until(lambda: self.window.shown(name) is not None)
        self.window.settle()
        x, y, width, height = self.window.place(self.window.shown(name))
        spot = QPoint(round(x + width / 2), round(y + height / 2))
        QTest.mouseClick(self.window.root, Qt.MouseButton.LeftButton, pos=spot)
        self.window.settle(20)

    def open(self, said):
        """Open the chat; `said` is what the person said in it, in order."""

        def load(_params):
            for number, text in enumerate(said, 1):
                self.engine.update(S, person(f"p-{number}", f"r-{number}", text))
                self.engine.say(S, f"Answer {number}", f"r-{number}/answer")
                self.engine.update(S, ended(f"r-{number}"))
            return {}

        self.engine.answers["session/load"] = load
        self.app.chats.open(S)
        self.window.until(lambda: self.app.conversation.settled and self.app.conversation.rowCount() > 0)

    def copy_button(self, speaker):
        found = [item for item in self.window.items() if item.objectName() == "copyTurn" and item.isVisible()]
        return next((item for item in found if _speaker(item) == speaker), None)

    def prompts(self):
        return [params["prompt"] for params in self.engine.params("session/prompt")]


def _speaker(item):
    while item.property("content") is None:
        item = item.parentItem()
    return item.property("content").get("speaker")


@pytest.fixture
def desk(talking, scripted):
    scripted.answers["session/list"] = {"sessions": [CHAT]}
    return Desk(talking, scripted)


def test_an_idea_never_takes_the_place_of_what_was_written(desk):
    desk.click("starter_fix")
    assert desk.app.composer.text.startswith("I get this error")
    desk.click("starter_build")
    assert desk.app.composer.text.startswith("Build a program")
    desk.app.composer.replace("My own words")
    desk.click("starter_ask")
    assert desk.app.composer.text == "My own words"


def test_the_arrow_up_in_an_empty_box_edits_the_last_message(desk):
    desk.open(["first", "second"])
    desk.window.shown("composerText").forceActiveFocus()
    QTest.keyClick(desk.window.root, Qt.Key.Key_Up)
    desk.window.until(lambda: desk.window.shown("turnEditor") is not None)
    assert desk.window.shown("turnEditor").property("text") == "second"
    assert desk.window.root.activeFocusItem() is desk.window.shown("turnEditor")


def test_the_arrow_up_without_a_message_does_nothing(desk):
    desk.window.shown("composerText").forceActiveFocus()
    QTest.keyClick(desk.window.root, Qt.Key.Key_Up)
    desk.window.settle()
    assert desk.window.shown("turnEditor") is None


def test_the_button_under_a_message_copies_the_words_of_who_spoke(desk):
    desk.open(["my own words"])
    for speaker, words in (("agent", "Answer 1"), ("user", "my own words")):
        part = desk.window.shown("userBubble" if speaker == "user" else "proseBlock")
        x, y, width, height = desk.window.place(part)
        QTest.mouseMove(desk.window.root, QPoint(round(x + width / 2), round(y + height / 2)))
        desk.window.until(lambda speaker=speaker: desk.copy_button(speaker) is not None)
        desk.window.settle(400)
        x, y, width, height = desk.window.place(desk.copy_button(speaker))
        spot = QPoint(round(x + width / 2), round(y + height / 2))
        QTest.mouseClick(desk.window.root, Qt.MouseButton.LeftButton, pos=spot)
        assert QGuiApplication.clipboard().text() == words


def test_another_branch_is_read_where_the_first_one_was(desk):
    desk.open([f"message {number}" for number in range(1, 31)])
    thread = desk.app.thread
    desk.window.until(lambda: thread.following)
    desk.app.conversation.arrived.emit("p-3")
    desk.window.settle()
    shown = [item for item in desk.window.items() if item.property("rowKey") == "p-3" and item.property("shown")]
    top, bottom = desk.window.place(desk.window.shown("thread"))[1], desk.window.root.height()
    assert len(shown) == 1
    assert top <= desk.window.place(shown[0])[1] <= bottom


def test_a_project_is_shown_before_it_is_sent_and_sent_by_one_press(desk, tmp_path):
    file = tmp_path / "shop.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("shop/app.py", "1\n")
        archive.writestr("shop/web/index.html", "1\n")
    desk.app.composer.take([QUrl.fromLocalFile(str(file))], "")
    desk.window.until(lambda: desk.window.shown("uploadCard") is not None)
    assert desk.window.shown("uploadFacts").property("text").startswith("2 file(s)")
    desk.click("buildUploadButton")
    desk.window.until(desk.prompts)
    link, words = desk.prompts()[0]
    assert link["uri"] == file.as_uri()
    assert words["text"].startswith("Look through this project")
    desk.window.until(lambda: desk.window.shown("uploadCard") is None)


def test_the_draft_of_a_chat_that_is_removed_is_forgotten(desk):
    desk.open(["first"])
    desk.app.composer.text = "half a tho"
    desk.app.chats.remove(S)
    desk.window.until(lambda: desk.app.chats.current == "")
    desk.window.settle()
    desk.app.composer.save()
    assert S not in desk.app.preferences.value("drafts")
    desk.app.chats.open(S)
    assert desk.app.composer.text == ""


def test_where_one_reads_from_the_right_the_drawer_comes_from_the_left(desk):
    root = desk.window.root
    root.setProperty("mirrored", True)  # noqa: FBT003 - Qt takes a value of any kind
    desk.window.resize(1280, 800)
    desk.click("settingsRow")
    desk.window.until(lambda: desk.window.place(desk.window.shown("drawerPanel"))[0] == 0)
    close = desk.window.place(desk.window.shown("drawerClose"))
    strip = desk.window.place(desk.window.shown("drawerTabs"))
    assert close[0] < strip[0]
    plus, send = (desk.window.place(desk.window.shown(name))[0] for name in ("plusButton", "sendButton"))
    assert send < plus


def test_dates_and_numbers_are_those_of_the_language(window):
    try:
        translate(window.qt, "ru")
        assert QLocale().language() == QLocale.Language.Russian
        assert QLocale().toString(1.5, "f", 1) == "1,5"
        translate(window.qt, "en")
        assert QLocale().language() == QLocale.Language.English
    finally:
        for translator in window.qt.findChildren(QTranslator):
            window.qt.removeTranslator(translator)
        QLocale.setDefault(QLocale.c())
