from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from thread_stand import Hall, Stand, actions, code, paragraph, row, user

from gui.markdown import parse
from gui.thread.snippets import MOST, keep

ANSWER = """\
The program reads a **table of numbers**, adds them up line by line and writes what it `found` into a file.

A second paragraph is longer than the first one, so that it takes several lines of the column: it tells what is done \
when a line cannot be read, which files are left alone, and how somebody who looks for an error gets to know about it.

- the first thing that is done
- the second one, which has some more words to it than the first

## What comes next

| file | lines | state |
|---|---|---|
| table.py | 120 | ready |
| report.py | 88 | ready |

---

> What was said before still holds.

```python
def total(lines: list[str]) -> int:
    return sum(int(line) for line in lines if line.strip())
```
"""
WORDS = "The program reads a table, adds its lines up and writes what it found into a new file. "


def talk(turns, long=2):
    """Questions and answers, three rows each."""
    return [
        found
        for turn in range(turns)
        for found in (
            user(f"u{turn}", turn, f"Question {turn}"),
            paragraph(f"p{turn}", turn, WORDS * (1 + (turn * long) % 5), first=True),
            actions(f"a{turn}", turn, "assistant"),
        )
    ]


def blocks(turn):
    """A question and an answer of every kind of block."""
    parsed = parse(ANSWER)
    told = [
        row(f"b{turn}/{number}", "block", turn, block=block, first=number == 0, streaming=False)
        for number, block in enumerate(parsed)
    ]
    return [user(f"u{turn}", turn, WORDS * (1 + turn % 4)), *told, actions(f"a{turn}", turn, "assistant")]


@pytest.fixture
def open_hall(home):
    opened = []

    def make(rows=(), **size):
        opened.append(Hall(home, Stand(rows), **size))
        return opened[-1]

    yield make
    for hall in opened:
        hall.close()
    assert [line for hall in opened for line in hall.warnings] == []


def wheel(hall, notches, pixels=0):
    place = QPointF(hall.root.width() / 2, hall.root.height() / 2)
    event = QWheelEvent(
        place,
        place,
        QPoint(0, pixels),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt takes it by position
    )
    hall.qt.sendEvent(hall.root, event)
    hall.settle(220)


def test_a_conversation_is_opened_at_its_end_with_items_for_what_is_seen_only(open_hall):
    hall = open_hall(talk(300))
    assert hall.view.property("following")
    assert hall.row("p299") is not None
    assert hall.row("p0") is None
    assert hall.view.rowCount() < 60


@pytest.mark.parametrize(("width", "column"), [(480, 432), (700, 640), (1020, 768), (3840, 768)])
def test_the_column_has_the_width_of_the_window_up_to_its_own(open_hall, width, column):
    hall = open_hall(talk(3), width=width)
    x, _, wide, _ = hall.frame(hall.row("p2"))
    assert wide == column
    assert x == pytest.approx((width - column) / 2, abs=1)


def test_a_short_question_stands_in_a_bubble_of_one_line_at_the_right(open_hall):
    hall = open_hall([user("u", 0, "Hello")])
    x, _, width, height = hall.frame(hall.find("userBubble"))
    assert height == 36
    assert hall.find("userBubble").property("radius") == 18
    assert x + width == pytest.approx((1020 + 768) / 2)


def test_a_long_question_takes_at_most_seven_tenths_of_the_column(open_hall):
    hall = open_hall([user("u", 0, WORDS * 4)])
    _, _, width, height = hall.frame(hall.find("userBubble"))
    assert 0.6 * 768 < width <= 0.7 * 768
    assert (height - 24) % 24 == 0


def test_each_row_stands_right_below_the_one_before(open_hall):
    hall = open_hall([*talk(2), code("c", 1, "one\ntwo"), row("d", "divider", 1, text="Branched from a chat")])
    shown = sorted((i for i in hall.items() if i.property("shown")), key=lambda item: item.y())
    assert len(shown) == 8
    for above, below in pairwise(shown):
        assert below.y() == pytest.approx(above.y() + above.height(), abs=1)


def test_what_is_read_stays_where_it_is_while_rows_come_before_it_and_grow(open_hall):
    hall = open_hall(talk(200))
    hall.view.moveTo(hall.view.property("total") / 2)
    hall.settle()
    key = hall.in_sight()[1].property("rowKey")
    place = hall.y_of(key)
    hall.stand.insert(0, [paragraph(f"x{number}", -1, WORDS * 3) for number in range(50)])
    hall.settle()
    assert hall.y_of(key) == pytest.approx(place, abs=1)
    hall.stand.put(60, paragraph(hall.stand.rows[60]["rowKey"], 3, WORDS * 40))
    hall.settle()
    assert hall.y_of(key) == pytest.approx(place, abs=1)
    hall.stand.drop(0, 20)
    hall.settle()
    assert hall.y_of(key) == pytest.approx(place, abs=1)


def test_the_row_at_the_top_stays_there_when_the_window_becomes_narrower(open_hall):
    hall = open_hall(talk(200))
    hall.view.moveTo(hall.view.property("total") / 2)
    hall.settle()
    key = hall.top_row()
    hall.root.setWidth(620)
    hall.settle(100)
    assert hall.top_row() == key
    hall.root.setWidth(1020)
    hall.settle(100)
    assert hall.top_row() == key


def test_scrolling_through_everything_moves_the_scroll_bar_evenly(open_hall):
    hall = open_hall(talk(400))
    hall.view.moveTo(0)
    before, shares = hall.view.property("total"), []
    while not hall.view.property("following"):
        hall.view.moveTo(hall.view.property("position") + 500)
        shares.append(hall.view.property("position") / (hall.view.property("total") - hall.root.height()))
    assert shares == sorted(shares)
    assert hall.view.property("total") == pytest.approx(before, rel=0.05)
    steps = [after - share for share, after in pairwise(shares)]
    assert max(steps) < 1.5 * (sum(steps) / len(steps))


def test_the_thumb_goes_one_way_through_every_kind_of_block(open_hall):
    """Heights are estimated before a row is seen: were they wrong, the thumb would jump as rows come into sight."""
    rows = [found for turn in range(60) for found in blocks(turn)]
    hall = open_hall(rows, width=1280)
    for step in (-300, 300):
        before, thumbs = hall.view.property("total"), []
        left = -1.0
        while left != (left := hall.view.property("position")):
            thumbs.append(hall.root.height() * left / hall.view.property("total"))
            hall.view.moveTo(left + step)
        assert thumbs == sorted(thumbs, reverse=step < 0)
        assert len(thumbs) > 60
        assert hall.view.property("total") == pytest.approx(before, rel=0.015)


def test_an_answer_that_grows_is_followed_until_the_wheel_turns_up(open_hall):
    hall = open_hall(talk(30))
    grow(hall, 5)
    assert hall.view.property("left") == 0
    wheel(hall, 1)
    assert not hall.view.property("following")
    place = hall.view.property("position")
    grow(hall, 30)
    assert hall.view.property("position") == place
    jump = hall.find("jumpDown")
    assert jump is not None
    hall.click(jump)
    assert hall.view.property("following")
    hall.until(lambda: hall.find("jumpDown") is None)


def grow(hall, times):
    at = len(hall.stand.rows) - 2
    hall.stand.put(at, paragraph(hall.stand.rows[at]["rowKey"], 29, WORDS * times, first=True))
    hall.settle()


def test_scrolling_down_to_the_end_follows_again(open_hall):
    hall = open_hall(talk(60))
    wheel(hall, 3)
    assert not hall.view.property("following")
    wheel(hall, -2)
    assert not hall.view.property("following")
    wheel(hall, -2)
    assert hall.view.property("following")


def test_a_touchpad_moves_the_page_by_its_own_pixels(open_hall):
    hall = open_hall(talk(60))
    key = hall.in_sight()[2].property("rowKey")
    place = hall.y_of(key)
    wheel(hall, 1, pixels=30)
    assert hall.y_of(key) == place + 30


def test_a_new_question_is_put_near_the_top_and_its_answer_grows_below_it(open_hall):
    hall = open_hall(talk(30))
    hall.stand.append(user("new", 30, "Another question"), row("dot", "waiting", 30))
    hall.settle()
    assert 0 <= hall.y_of("new") < 40
    hall.stand.append(paragraph("answer", 30, WORDS * 2, first=True))
    hall.settle()
    assert 0 <= hall.y_of("new") < 40
    hall.stand.append(paragraph("more", 30, WORDS * 40))
    hall.settle()
    assert hall.view.property("left") == 0
    assert hall.y_of("more") + hall.row("more").height() <= hall.root.height()


def test_another_conversation_is_shown_at_its_end(open_hall):
    hall = open_hall(talk(100))
    hall.view.moveTo(0)
    hall.stand.replace([paragraph(f"other{number}", number, WORDS) for number in range(100)])
    hall.settle()
    assert hall.row("other99") is not None
    hall.stand.replace([])
    hall.settle()
    assert hall.view.property("total") < hall.root.height()


def test_the_same_conversation_read_anew_stays_where_it_was(open_hall):
    hall = open_hall(talk(100))
    hall.view.moveTo(2_000)
    hall.settle()
    key, place = hall.top_row(), hall.view.property("lift")
    hall.stand.replace(hall.stand.rows)
    hall.settle()
    assert hall.top_row() == key
    assert hall.view.property("lift") == place


def test_buttons_are_there_for_the_last_answer_and_for_the_one_under_the_pointer(open_hall):
    hall = open_hall(talk(4, long=0))
    hall.hover(5, hall.root.height() - 5)
    hall.until(lambda: len(hall.every("tryAgain")) == 1)
    hall.hover(510, hall.y_of("p1") + 20)
    hall.until(lambda: len(hall.every("tryAgain")) == 2)
    hall.hover(5, hall.root.height() - 5)
    hall.until(lambda: len(hall.every("tryAgain")) == 1)


def test_the_buttons_of_an_answer_do_what_they_say(open_hall):
    hall = open_hall([*talk(1)[:2], actions("a0", 0, "assistant", count=3, index=2)])
    assert hall.find("branchNumber").property("text") == "2/3"
    for name in ("copyTurn", "rateGood", "rateBad", "previousBranch", "nextBranch"):
        button = hall.find(name)
        assert (button.width(), button.height()) == (32, 32)
        hall.click(button)
    assert hall.stand.calls == [
        ("copyTurn", 0, "assistant"),
        ("rate", 0, True),
        ("rate", 0, False),
        ("branch", 0, -1),
        ("branch", 0, 1),
    ]


def test_an_answer_is_tried_again_by_the_same_team_or_with_another_writer(open_hall):
    hall = open_hall([*talk(1)[:2], actions("a0", 0, "assistant")])
    for entry, model in (("againSame", ""), ("againWith", "house:big")):
        hall.click(hall.find("tryAgain"))
        hall.until(lambda entry=entry: hall.find(entry) is not None)
        hall.hover(5, 5)  # the buttons go when the pointer leaves them; the menu stays
        hall.settle()
        hall.click(hall.find(entry))
        assert hall.stand.calls[-2:] == [("lookForModels",), ("regenerate", 0, model)]
        hall.until(lambda entry=entry: hall.find(entry) is None)  # a menu that still closes takes the next click


def edit(hall):
    x, y, width, height = hall.frame(hall.row("u0"))
    hall.hover(x + width / 2, y + height / 2)
    hall.until(lambda: hall.find("editTurn") is not None)
    hall.click(hall.find("editTurn"))
    hall.until(lambda: hall.find("turnEditor") is not None)


def type_in(hall, words):
    for letter in words:
        QTest.keyClick(hall.root, letter)


def test_a_question_is_edited_where_it_stands_and_sent_as_a_branch(open_hall):
    hall = open_hall([user("u0", 0, "Hello"), actions("ua0", 0, "user"), *talk(1)[1:]])
    edit(hall)
    assert hall.find("userBubble") is None
    assert hall.find("turnEditor").property("text") == "Hello"
    type_in(hall, " you")
    hall.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hall.stand.calls == [("edit", 0, "Hello you")]
    assert hall.find("turnEditor") is None


def test_editing_is_given_up_with_escape_and_survives_scrolling_away(open_hall):
    hall = open_hall([user("u0", 0, "Hello"), actions("ua0", 0, "user"), *talk(60)[1:]])
    hall.view.moveTo(0)
    hall.settle()
    edit(hall)
    type_in(hall, " again")
    hall.view.moveTo(4_000)
    hall.settle()
    hall.view.moveTo(0)
    hall.settle()
    assert hall.find("turnEditor").property("text") == "Hello again"
    hall.press(Qt.Key.Key_Escape)
    assert hall.find("turnEditor") is None
    assert hall.stand.calls == []


def test_what_was_done_is_told_on_demand(open_hall):
    done = row("t", "thinking", 0, text="", running=False, seconds=134, lines=["Looked at the task"])
    hall = open_hall([user("u0", 0, "Hello"), done])
    line = hall.find("thinking")
    assert line.property("text") == "Worked for 2 m 14 s"
    height = hall.row("t").height()
    hall.click(line)
    assert hall.row("t").height() > height
    assert "Looked at the task" in {item.property("text") for item in hall.items() if item.isVisible()}


def test_reduced_motion_stops_the_band_over_the_thinking_line_and_the_dot(open_hall):
    busy = row("t", "thinking", 0, text="Thinking", running=True, seconds=1, lines=[])
    hall = open_hall([busy, row("w", "waiting", 0)])
    sweep = next(item for item in hall.items() if item.property("strengths") is not None)
    hall.until(lambda: sweep.property("phase") > 0)
    hall.application.preferences.put("reduceMotion", True)  # noqa: FBT003 - as QML calls it
    hall.settle()
    phase = sweep.property("phase")
    hall.settle(150)
    assert sweep.property("phase") == phase


def test_a_finger_moves_the_page(open_hall):
    hall = open_hall(talk(60))
    hall.application.preferences.put("reduceMotion", True)  # noqa: FBT003 - as QML calls it
    place, screen = hall.view.property("position"), QTest.createTouchDevice()
    for step, y in enumerate((300, 320, 360, 400, 440)):
        fingers = QTest.touchEvent(hall.root, screen)
        (fingers.move if step else fingers.press)(0, QPoint(500, y), hall.root)
        fingers.commit()
        hall.settle(10)
    assert hall.view.property("position") < place - 60
    assert not hall.view.property("following")
    QTest.touchEvent(hall.root, screen).release(0, QPoint(500, 440), hall.root).commit()
    hall.settle()


def test_code_is_saved_from_a_file_of_its_own(open_hall):
    hall = open_hall([code("c", 0, "print(1)")])
    saved = []
    hall.application.desktop._ask = saved.append
    hall.until(lambda: hall.find("saveCode") is not None)
    hall.click(hall.find("saveCode"))
    assert Path(saved[0]).suffix == ".py"
    assert Path(saved[0]).read_text(encoding="utf-8") == "print(1)"
    hall.click(hall.find("openCode"))
    hall.until(lambda: any(item.property("text") == "Show in folder" for item in hall.items()))


def test_old_snippets_go_and_unknown_languages_are_plain_text(tmp_path):
    files = [keep(tmp_path, f"text {number}", "no such language") for number in range(MOST + 3)]
    assert files[-1].name.endswith(".txt")
    assert len(list(tmp_path.iterdir())) == MOST
    assert files[-1].is_file()


def test_a_card_keeps_what_was_typed_into_it_while_it_is_out_of_sight(open_hall):
    asked = row(
        "card", "card", 0, kind="questions", state="open", card={}, options=[], title="Which?", text="", wish=""
    )
    hall = open_hall([asked, *talk(60)])
    hall.view.moveTo(0)
    hall.settle()
    item = hall.row("card")
    hall.view.moveTo(5_000)
    hall.settle()
    assert hall.row("card") is item
    hall.view.moveTo(0)
    hall.settle()
    assert hall.row("card") is item


def test_an_error_and_a_run_stand_in_cards_of_the_column(open_hall):
    failed = row(
        "e", "error", 0, what="The provider did not answer.", did="It was asked.", next="Wait.", kind="x", retry=True
    )
    facts = {"title": "Program", "percent": 50, "done": 1, "total": 2, "seconds": 3, "stages": [], "modules": []}
    hall = open_hall([user("u", 0, "Go"), row("r", "run", 0, state="running", run="r", task="", **facts), failed])
    for name in ("errorCard", "runTimeline"):
        assert hall.find(name).width() == 768
