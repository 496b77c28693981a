from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAccessible,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QInputMethodEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest

from core.paths import Home
from gui.composer.limits import LONG_PASTE, LONGEST_MESSAGE

ENTER = Qt.Key.Key_Return
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Writer:
    """The box of a window, used as a person uses it."""

    def __init__(self, window, engine):
        self.window = window
        self.engine = engine
        self.composer = window.application.composer
        self.area = window.shown("composerText")
        self.area.forceActiveFocus()

    def type(self, text):
        for letter in text:
            QTest.keyClick(self.window.root, letter)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.window.root, key, modifier)
        self.window.settle(10)

    def click(self, name):
        self.window.settle()
        x, y, width, height = self.window.place(self.window.shown(name))
        spot = QPoint(int(x + width / 2), int(y + height / 2))
        QTest.mouseClick(self.window.root, Qt.MouseButton.LeftButton, pos=spot)
        self.window.settle(10)

    @property
    def text(self):
        return self.area.property("text")

    def prompts(self):
        return [params["prompt"] for params in self.engine.params("session/prompt")]

    def sent(self, count=1):
        self.window.until(lambda: len(self.prompts()) >= count)
        return self.prompts()[-1]

    def attach(self, *files):
        assert self.composer.take([QUrl.fromLocalFile(str(file)) for file in files], "")
        self.window.until(lambda: all(row.state != "reading" for row in self.composer.attachments.rows()))
        self.window.settle()

    def chip(self, row):
        chips = [item for item in self.window.items() if item.objectName() == "attachmentChip"]
        return next(item for item in chips if item.property("index") == row)

    def copy(self, mime):
        QGuiApplication.clipboard().setMimeData(mime)


@pytest.fixture
def writer(talking, scripted):
    return Writer(talking, scripted)


def mime(text=None, files=(), image=None):
    made = QMimeData()
    if text is not None:
        made.setText(text)
    if files:
        made.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    if image is not None:
        made.setImageData(image)
    return made


def words(item):
    return QAccessible.queryAccessibleInterface(item).text(QAccessible.Text.Name)


def test_enter_sends_what_was_typed_and_empties_the_box(writer):
    writer.type("Hello there")
    writer.press(ENTER)
    assert writer.sent() == [{"type": "text", "text": "Hello there"}]
    assert writer.text == ""
    assert writer.composer.canSend is False


def test_nothing_is_sent_while_there_is_nothing_to_send(writer):
    writer.type("  ")
    writer.press(ENTER)
    writer.window.settle()
    assert writer.prompts() == []
    assert writer.window.shown("sendButton").isEnabled() is False


def test_shift_enter_begins_a_line(writer):
    writer.type("a")
    writer.press(ENTER, SHIFT)
    writer.type("b")
    assert writer.text == "a\nb"
    writer.press(ENTER)
    assert writer.sent() == [{"type": "text", "text": "a\nb"}]


def test_with_the_option_only_ctrl_enter_sends(writer):
    writer.window.application.preferences.put("sendWithCtrl", value=True)
    writer.type("a")
    writer.press(ENTER)
    assert (writer.text, writer.prompts()) == ("a\n", [])
    writer.press(ENTER, CONTROL)
    assert writer.sent() == [{"type": "text", "text": "a\n"}]


def test_enter_while_an_input_method_composes_does_not_send(writer):
    QGuiApplication.sendEvent(writer.area, QInputMethodEvent("nihon", []))
    assert writer.area.property("inputMethodComposing") is True
    writer.press(ENTER)
    done = QInputMethodEvent()
    done.setCommitString("日本")
    QGuiApplication.sendEvent(writer.area, done)
    assert writer.prompts() == []
    writer.press(ENTER)
    assert writer.sent()[0]["text"].strip() == "日本"


def test_arrow_up_in_an_empty_box_asks_for_the_last_message(writer):
    asked = []
    writer.composer.lastMessageWanted.connect(lambda: asked.append(1))
    writer.press(Qt.Key.Key_Up)
    assert asked == [1]
    writer.type("x")
    writer.press(Qt.Key.Key_Up)
    assert asked == [1]


def test_tab_leaves_the_box(writer):
    writer.type("x")
    writer.press(Qt.Key.Key_Tab)
    assert writer.text == "x"
    assert writer.area.hasActiveFocus() is False
    writer.area.forceActiveFocus()
    writer.press(Qt.Key.Key_Backtab, SHIFT)
    assert writer.area.hasActiveFocus() is False


def test_the_box_is_as_high_as_its_text_up_to_a_limit(writer):
    box = writer.window.shown("composer")
    assert (box.height(), box.property("radius")) == (56, 28)
    writer.composer.replace("two\nlines")
    writer.window.settle()
    assert writer.area.property("contentHeight") == 48
    two = box.height()
    assert two > 56
    writer.composer.replace("\n".join("x" * 5 for _ in range(40)))
    writer.window.settle()
    field = writer.area.parentItem().parentItem()
    # A quarter of the window, at most 208, at least three lines and what is above and below them.
    for height, tallest in ((1080, 208), (800, 200), (480, 120), (320, 84)):
        writer.window.resize(1000, height)
        assert field.height() == tallest
        assert box.height() < two + tallest
    writer.composer.replace("")
    writer.window.settle()
    assert box.height() == 56


def test_one_long_line_takes_the_whole_width(writer):
    box = writer.window.shown("composer")
    beside = writer.area.width()
    writer.composer.replace("word " * 40)
    writer.window.settle()
    assert writer.area.width() > beside
    assert box.height() > 56


def test_a_run_can_be_stopped_and_what_is_sent_meanwhile_waits(writer):
    writer.type("first")
    writer.press(ENTER)
    writer.sent()
    writer.window.until(lambda: writer.window.shown("stopButton"))
    assert writer.window.shown("sendButton") is None
    writer.type("second")
    writer.press(ENTER)
    writer.window.until(lambda: writer.window.shown("queuedRow"))
    assert writer.text == ""
    assert "second" in words(writer.window.shown("queuedRow"))
    writer.press(Qt.Key.Key_Escape)
    writer.window.until(lambda: writer.engine.params("session/cancel"))


def test_a_message_that_waits_can_be_taken_back_into_the_box(writer):
    for text in ("first", "second"):
        writer.type(text)
        writer.press(ENTER)
    writer.window.until(lambda: writer.window.shown("withdrawButton"))
    writer.click("withdrawButton")
    writer.window.until(lambda: writer.window.shown("queuedRow") is None)
    assert writer.text == "second"


def test_files_are_sent_as_links(writer, tmp_path):
    file = tmp_path / "notes 1.txt"
    file.write_text("four")
    writer.attach(file)
    writer.type("read it")
    writer.press(ENTER)
    link, text = writer.sent()
    assert text == {"type": "text", "text": "read it"}
    assert link["type"] == "resource_link"
    assert (link["uri"], link["name"]) == (file.as_uri(), "notes 1.txt")
    assert writer.composer.attachments.rowCount() == 0


def test_the_newest_of_many_files_is_in_sight_and_the_wheel_brings_the_others(writer, tmp_path):
    files = [tmp_path / f"{number}.txt" for number in range(20)]
    for file in files:
        file.write_text("x")
    writer.attach(*files)
    writer.window.until(lambda: seen(writer, "19.txt"))
    assert not seen(writer, "0.txt")
    row = writer.window.shown("attachments")
    x, y, width, height = writer.window.place(row)
    turn(writer.window, x + width / 2, y + height / 2, 120 * 40)
    writer.window.until(lambda: seen(writer, "0.txt"))
    turn(writer.window, x + width / 2, y + height / 2, -120 * 40)
    writer.window.until(lambda: seen(writer, "19.txt"))


def test_however_many_files_fail_the_box_stays_in_the_window(writer, tmp_path):
    writer.window.resize(480, 480)
    files = [tmp_path / f"{number}.txt" for number in range(20)]
    for file in files:
        file.write_bytes(b"")
    writer.attach(*files)
    writer.type("kept")
    _, y, _, height = writer.window.place(writer.area)
    assert y >= 0
    assert y + height <= 480
    assert writer.window.place(writer.window.shown("composer"))[3] < 300


def seen(writer, name):
    """Whether the chip of a file is wholly in its row."""
    row = writer.window.shown("attachments")
    left, _, width, _ = writer.window.place(row)
    for chip in (item for item in writer.window.items(row) if item.objectName() == "attachmentChip"):
        x, _, wide, _ = writer.window.place(chip)
        if f" {name}." in words(chip) and left - 1 <= x and x + wide <= left + width + 1:
            return True
    return False


def turn(window, x, y, step):
    still = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    spot = QPointF(x, y)
    QGuiApplication.sendEvent(window.root, QWheelEvent(spot, spot, QPoint(), QPoint(0, step), *still))
    window.settle(50)


def test_a_file_alone_can_be_sent(writer, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    writer.attach(tmp_path / "a.txt")
    writer.press(ENTER)
    assert [block["type"] for block in writer.sent()] == ["resource_link"]


def test_a_file_that_vanished_is_told_and_nothing_is_lost(writer, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("a")
    writer.attach(file)
    writer.type("read it")
    file.unlink()
    writer.press(ENTER)
    writer.window.until(lambda: writer.window.shown("attachmentProblem"))
    assert "no longer there" in writer.window.shown("attachmentProblem").property("text")
    assert (writer.prompts(), writer.text) == ([], "read it")
    assert writer.composer.canSend is False
    writer.press(ENTER)
    assert writer.composer.notice != ""
    file.write_text("a")
    writer.click("retryAttachment")
    writer.window.until(lambda: writer.composer.canSend)
    writer.press(ENTER)
    assert len(writer.sent()) == 2


def test_a_chip_is_removed_by_the_keyboard(writer, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(name)
    writer.attach(tmp_path / "a.txt", tmp_path / "b.txt")
    chip = writer.chip(0)
    assert words(chip).startswith("Attachment a.txt. TXT")
    chip.forceActiveFocus()
    writer.press(Qt.Key.Key_Delete)
    assert [row.name for row in writer.composer.attachments.rows()] == ["b.txt"]
    assert writer.chip(0).hasActiveFocus() is True
    writer.press(Qt.Key.Key_Backspace)
    assert writer.area.hasActiveFocus() is True


def test_a_paste_of_a_megabyte_becomes_a_file(writer):
    long = "line of a long log\n" * 55_000
    writer.copy(mime(long))
    writer.press(Qt.Key.Key_V, CONTROL)
    assert writer.text == ""
    writer.window.until(lambda: writer.composer.canSend)
    (row,) = writer.composer.attachments.rows()
    assert row.path.read_text(encoding="utf-8") == long
    assert row.path.parent == writer.window.application.home.root / "attachments-new"


def test_a_paste_of_some_thousand_letters_stays_a_text(writer):
    writer.type("ab")
    writer.press(Qt.Key.Key_Left)
    writer.copy(mime("x" * LONG_PASTE))
    writer.press(Qt.Key.Key_V, CONTROL)
    assert writer.text == "a" + "x" * LONG_PASTE + "b"


def test_files_and_pictures_are_pasted(writer, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    writer.copy(mime(text="a.txt", files=[tmp_path / "a.txt"]))
    writer.press(Qt.Key.Key_V, CONTROL)
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF00)
    writer.copy(mime(image=image))
    writer.press(Qt.Key.Key_V, CONTROL)
    writer.window.until(lambda: writer.composer.canSend)
    rows = writer.composer.attachments.rows()
    assert [row.role("kind") for row in rows] == ["text", "image"]
    assert writer.text == ""


def drag(window, made, *, drop):
    spot, copy, left = QPoint(200, 200), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QGuiApplication.sendEvent(window.root, QDragEnterEvent(spot, copy, made, left, none))
    window.until(lambda: window.shown("dropOverlay") is not None)
    event = QDropEvent(QPointF(spot), copy, made, left, none) if drop else QDragLeaveEvent()
    QGuiApplication.sendEvent(window.root, event)
    window.until(lambda: window.shown("dropOverlay") is None)


def test_files_and_folders_are_dropped_on_the_whole_window(writer, tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "main.go").write_text("package main")
    (tmp_path / "a.txt").write_text("a")
    made = mime(files=[tmp_path / "project", tmp_path / "a.txt"])
    drag(writer.window, made, drop=False)
    assert writer.composer.attachments.rowCount() == 0
    drag(writer.window, made, drop=True)
    writer.window.until(lambda: writer.composer.canSend)
    assert [row.role("kind") for row in writer.composer.attachments.rows()] == ["folder", "text"]


def test_a_dropped_text_goes_into_the_box_and_addresses_are_no_files(writer):
    drag(writer.window, mime(text="dropped"), drop=True)
    assert writer.text == "dropped"
    made = QMimeData()
    made.setUrls([QUrl("https://example.org/a.png")])
    drag(writer.window, made, drop=True)
    assert writer.composer.attachments.rowCount() == 0


def test_the_target_is_a_pill_and_told_when_the_chat_begins(writer):
    writer.composer.target = "zip"
    writer.window.settle()
    assert writer.window.shown("targetPill") is not None
    writer.click("targetPill")
    assert writer.window.shown("targetPill") is None
    writer.composer.target = "exe"
    writer.area.forceActiveFocus()
    writer.type("go")
    writer.press(ENTER)
    writer.sent()
    assert writer.engine.params("session/new")[0]["_meta"]["multicoder"]["target"] == "exe"
    writer.window.until(lambda: writer.composer.begun)
    assert (writer.composer.target, writer.window.shown("targetPill")) == ("", None)


def test_a_message_the_engine_would_refuse_for_its_length_stays(writer):
    writer.composer.replace("0123456789 too long\n" * (LONGEST_MESSAGE // 20) + "!")
    assert writer.composer.canSend is False
    writer.composer.send()
    assert "200,001" in writer.composer.notice
    assert len(writer.composer.text) == LONGEST_MESSAGE + 1


def test_each_chat_has_its_draft_and_they_outlive_the_window(writer, make_window, scripted, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    chats = writer.window.application.chats
    writer.type("for a new one")
    writer.attach(tmp_path / "a.txt")
    chats.open("s-9")
    assert (writer.text, writer.composer.attachments.rowCount()) == ("", 0)
    long = "a very long draft\n" * 2_000
    writer.composer.replace(long)
    chats.start()
    assert (writer.text, writer.composer.attachments.rowCount()) == ("for a new one", 1)
    writer.composer.target = "source"
    writer.window.application.close()
    saved = json.loads((Home(writer.window.application.home.root).root / "window.json").read_text(encoding="utf-8"))
    assert "a very long draft" not in json.dumps(saved)
    again = Writer(make_window(command=scripted.command, environ=scripted.environ), scripted)
    assert (again.text, again.composer.attachments.rowCount()) == ("for a new one", 1)
    assert again.composer.target == "source"
    again.window.application.chats.open("s-9")
    assert again.composer.target == ""
    assert again.text == long


def test_what_is_typed_while_a_chat_is_being_made_stays_on_the_screen(writer, scripted):
    later = type(scripted).__init__.__globals__["LATER"]
    scripted.answers["session/new"] = later
    writer.type("first")
    writer.press(ENTER)
    writer.window.until(lambda: scripted.params("session/new"))
    writer.type("second")
    scripted.reply("session/new", {"sessionId": "s-1"})
    writer.window.until(lambda: writer.composer.begun)
    assert writer.text == "second"
    writer.window.application.chats.start()
    assert writer.text == ""


def test_every_control_of_the_box_has_a_name(writer, tmp_path):
    writer.attach(tmp_path / "missing.txt")
    writer.composer.target = "zip"
    writer.window.settle()
    box = writer.window.shown("composer")
    asked = (QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.ListItem, QAccessible.Role.List)
    found = []
    for item in writer.window.items(box):
        interface = QAccessible.queryAccessibleInterface(item)
        if item.isVisible() and interface and interface.role() in asked:
            found.append((item.objectName(), interface.text(QAccessible.Text.Name)))
    assert {"composerText", "plusButton", "sendButton", "targetPill", "attachmentChip"} <= {name for name, _ in found}
    assert [name for name, told in found if not told] == []


def test_the_plus_button_opens_the_menu_by_keyboard_and_its_dialog_adds_files(writer, tmp_path):
    (tmp_path / "a.txt").write_text("a")
    writer.window.shown("plusButton").forceActiveFocus()
    writer.press(ENTER)
    writer.window.settle(300)
    assert writer.window.shown("addFiles") is not None
    writer.press(Qt.Key.Key_Down)
    writer.press(ENTER)
    writer.window.until(lambda: writer.window.find("fileDialog") is not None)
    dialog = writer.window.find("fileDialog")
    assert dialog.property("visible") is True
    # The dialog is the system's own: what it would answer is put in its place.
    dialog.setProperty("selectedFile", QUrl.fromLocalFile(str(tmp_path / "a.txt")))
    dialog.accepted.emit()
    writer.window.until(lambda: writer.composer.canSend)
    dialog.close()
    assert [row.name for row in writer.composer.attachments.rows()] == ["a.txt"]


def test_a_message_with_files_comes_back_from_the_queue_with_them(writer, tmp_path):
    writer.type("first")
    writer.press(ENTER)
    (tmp_path / "a.txt").write_text("a")
    writer.attach(tmp_path / "a.txt")
    writer.press(ENTER)
    writer.window.until(lambda: writer.window.shown("withdrawButton"))
    writer.click("withdrawButton")
    writer.window.until(lambda: writer.composer.attachments.rowCount() == 1)
    assert writer.window.shown("queuedRow") is None


def test_a_message_that_cannot_be_taken_back_is_not_doubled(writer):
    writer.engine.fails["_multicoder/session/withdraw"] = {"kind": "begun", "what": "Begun.", "did": "", "next": ""}
    for text in ("first", "second"):
        writer.type(text)
        writer.press(ENTER)
    writer.window.until(lambda: writer.window.shown("withdrawButton"))
    writer.click("withdrawButton")
    writer.window.until(lambda: writer.engine.params("_multicoder/session/withdraw"))
    writer.window.settle(200)
    assert (writer.text, writer.composer.queued) == ("", ["second"])
