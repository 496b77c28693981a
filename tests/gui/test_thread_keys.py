from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from test_thread import open_hall, talk  # noqa: F401 - a fixture is asked for by its name
from thread_stand import actions, paragraph, row, user

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NAMED = {QAccessible.Role.Button, QAccessible.Role.StaticText, QAccessible.Role.EditableText, QAccessible.Role.List}
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def hall(open_hall):  # noqa: F811 - see above
    found = open_hall(
        [
            user("u0", 0, "How many lines are there?"),
            actions("o0", 0, "user"),
            paragraph("p0", 0, "There are twelve lines.", first=True),
            actions("a0", 0, "assistant"),
            user("u1", 1, "And words?"),
            actions("o1", 1, "user"),
            row("t1", "thinking", 1, text="", running=False, seconds=3, lines=["Counted"]),
            paragraph("p1", 1, "There are ninety words.", first=True),
            actions("a1", 1, "assistant"),
        ]
    )
    found.hover(5, found.root.height() - 5)
    return found


def test_the_thread_is_one_stop_of_tab_in_both_directions(hall):
    assert hall.focused.objectName() == "before"
    hall.press(Qt.Key.Key_Tab)
    assert hall.thread.property("currentPart") == "1/answer"
    assert hall.focused.objectName() == ""
    hall.press(Qt.Key.Key_Tab)
    assert hall.focused.objectName() == "after"
    hall.press(Qt.Key.Key_Backtab)
    assert hall.thread.property("currentPart") == "1/answer"
    hall.press(Qt.Key.Key_Backtab)
    assert hall.focused.objectName() == "before"


def test_arrows_move_between_the_parts_of_the_conversation(hall):
    hall.press(Qt.Key.Key_Tab)
    seen = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        hall.press(key)
        seen.append(hall.thread.property("currentPart"))
    assert seen == ["1/user", "0/answer", "0/user", "0/user", "0/answer"]
    assert len(hall.every("tryAgain")) == 2


def test_enter_goes_inside_a_part_tab_goes_round_there_and_escape_comes_back(hall):
    hall.press(Qt.Key.Key_Tab)
    hall.press(Qt.Key.Key_Return)
    names = []
    for _ in range(7):
        names.append(hall.focused.objectName())
        hall.press(Qt.Key.Key_Tab)
    assert names == ["thinking", "words", "copyTurn", "rateGood", "rateBad", "tryAgain", "thinking"]
    hall.press(Qt.Key.Key_Tab)
    hall.press(Qt.Key.Key_Return)
    assert hall.stand.calls == [("copyTurn", 1, "assistant")]
    hall.press(Qt.Key.Key_Escape)
    assert hall.focused.objectName() == ""
    hall.press(Qt.Key.Key_Tab)
    assert hall.focused.objectName() == "after"


def test_a_marked_message_is_copied_as_a_whole(hall):
    hall.press(Qt.Key.Key_Tab)
    hall.press(Qt.Key.Key_A, CONTROL)
    assert hall.row("p1").property("marked")
    assert not hall.row("p0").property("marked")
    hall.press(Qt.Key.Key_C, CONTROL)
    assert hall.stand.calls == [("copyTurn", 1, "")]


def test_alt_and_arrows_go_to_the_next_turn_from_anywhere(hall):
    hall.press(Qt.Key.Key_Up, ALT)
    assert hall.thread.property("currentPart") == "1/answer"
    hall.press(Qt.Key.Key_Up, ALT)
    assert hall.thread.property("currentPart") == "1/user"


def test_pages_home_and_end_scroll(open_hall):  # noqa: F811 - see above
    hall = open_hall(talk(100))
    hall.press(Qt.Key.Key_Tab)
    hall.settle(200)  # what is measured below has to lie still
    key, place = hall.top_row(), hall.y_of(hall.top_row())
    hall.press(Qt.Key.Key_PageUp)
    hall.until(lambda: hall.y_of(key) == pytest.approx(place + 0.9 * 640, abs=1))
    hall.press(Qt.Key.Key_Home)
    assert hall.view.property("position") == 0
    hall.press(Qt.Key.Key_End)
    assert hall.view.property("following")


def test_words_are_found_and_gone_through(open_hall):  # noqa: F811 - see above
    hall = open_hall([*talk(80), paragraph("x", 80, "A needle."), *talk(40)])
    hall.stand.rows[3]["content"]["text"] = "needle"
    hall.press(Qt.Key.Key_F, CONTROL)
    for letter in "needle":
        QTest.keyClick(hall.root, letter)
    hall.until(lambda: hall.find("findCount").property("text") == "2 of 2")
    assert hall.row("x").property("marked")
    hall.press(Qt.Key.Key_Return)
    assert hall.find("findCount").property("text") == "1 of 2"
    assert hall.row("u1").property("marked")
    hall.press(Qt.Key.Key_Return, SHIFT)
    assert hall.find("findCount").property("text") == "2 of 2"
    hall.press(Qt.Key.Key_Escape)
    assert hall.find("findBar") is None
    assert not hall.row("x").property("marked")


def test_nothing_found_is_said_so(hall):
    hall.press(Qt.Key.Key_F, CONTROL)
    for letter in "zzz":
        QTest.keyClick(hall.root, letter)
    hall.until(lambda: hall.find("findCount").property("text") == "Nothing found")


def test_every_control_and_message_has_a_name_for_screen_readers(hall):
    hall.press(Qt.Key.Key_Tab)
    hall.press(Qt.Key.Key_F, CONTROL)
    names, nameless = [], []
    waiting = [QAccessible.queryAccessibleInterface(hall.root)]
    while waiting:
        face = waiting.pop()
        waiting += [face.child(number) for number in range(face.childCount())]
        name = face.text(QAccessible.Text.Name)
        if name:
            names.append(name)
        elif face.role() in NAMED and not face.state().invisible:
            nameless.append((face.object().objectName(), face.role()))
    assert nameless == []
    assert "You wrote: And words?" in names
    assert "There are ninety words." in names
    assert "Worked for 3 s" in names
    assert {"Copy", "Good answer", "Bad answer", "Try again"} <= set(names)
