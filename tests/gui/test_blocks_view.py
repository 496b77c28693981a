from __future__ import annotations

import pytest
from blocks_stand import BlocksStand
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.markdown import StreamParser, parse

CODE = "\n".join(f"    value_{number} = {number}  # a line" for number in range(5_000))


@pytest.fixture
def stand(window):
    return BlocksStand(window)


def clipboard():
    return QGuiApplication.clipboard().text()


def click(window, item, x=None, y=None, times=1):
    place = item.mapToScene(
        QPointF(item.width() / 2 if x is None else x, item.height() / 2 if y is None else y)
    ).toPoint()
    for _ in range(times):
        QTest.mouseClick(window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    window.settle(20)


def key(window, code, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.root, code, modifier)
    window.settle(10)


def test_every_kind_of_block_has_its_item(stand):
    stand.show(parse("# a\n\nb\n\n- c\n\n> d\n\n| e |\n|---|\n| f |\n\n```py\ng\n```\n\n$$\nh\n$$\n\n---"))
    names = [
        "proseBlock",
        "proseBlock",
        "proseBlock",
        "quoteBlock",
        "tableBlock",
        "codeBlock",
        "mathBlock",
        "ruleBlock",
    ]
    assert len(stand.items("proseBlock")) == names.count("proseBlock") + 1, "one stands in the quote"
    assert all(stand.items(name) and all(item.height() > 0 for item in stand.items(name)) for name in names)


def test_words_are_copied_as_the_markdown_they_were(window, stand):
    text = "A **bold** word, `code`, ~~no~~, [a link](https://example.org/x) and *more*"
    stand.show(parse(text))
    words = stand.words()
    words.forceActiveFocus()
    key(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == text


def test_a_list_and_a_heading_are_copied_with_their_marks(window, stand):
    stand.show(parse("## Title\n\n1. one `x`\n   - [x] two\n2. **three**"))
    for number, source in enumerate(["## Title", "1. one `x`\n   - [x] two\n2. **three**"]):
        stand.words(number=number).forceActiveFocus()
        key(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert clipboard() == source


def test_a_part_is_copied_with_the_marks_of_that_part(window, stand):
    stand.show(parse("plain **bold words** and `code` here"))
    words = stand.words()
    words.forceActiveFocus()
    words.select(8, 20)
    key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "**ld words** and"
    words.select(22, 27)
    key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "`code`"


def test_a_link_tells_its_address_and_opens_nothing(window, stand):
    stand.show(parse("[words](https://example.org/a?b=1&c=2) and <https://other.example>"))
    words = stand.words()
    place = words.positionToRectangle(2)
    click(window, words, place.x(), place.y() + place.height() / 2)
    assert stand.told == [["link", "https://example.org/a?b=1&c=2"]]


def test_links_are_reached_and_chosen_by_keyboard(window, stand):
    stand.show(parse("[one](https://one.example) [two](https://two.example)"))
    words = stand.words()
    words.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Tab)
    key(window, Qt.Key.Key_Return)
    assert stand.told == [["link", "https://two.example"]]
    assert words.hasActiveFocus()


def test_markers_of_a_list_stand_beside_their_items(stand):
    stand.show(parse("- [ ] one\n- [x] two with words enough to be wrapped " + "and more " * 20 + "\n- [ ] three"))
    boxes = stand.items("taskBox")
    words = stand.words()
    assert [box.property("visible") for box in boxes] == [True, True, True]
    plain = words.getText(0, words.property("length"))
    for box, mark in zip(boxes, ("one", "two", "three"), strict=True):
        line = words.positionToRectangle(plain.index(mark))
        middle = words.mapToScene(line.center()).y()
        assert abs(box.mapToScene(QPointF(0, box.height() / 2)).y() - middle) <= 2
        assert box.mapToScene(QPointF(box.width(), 0)).x() <= words.mapToScene(line.topLeft()).x()


def test_code_is_copied_whole_and_says_so(window, stand):
    stand.show(parse("```py\nprint('a')\n\tx  =  1\n```"))
    button = stand.items("copyCode")[0]
    click(window, button)
    assert clipboard() == "print('a')\n\tx  =  1"
    assert button.property("text") == "Copied"


def test_code_can_be_saved_and_opened_by_whoever_shows_it(window, stand):
    stand.show(parse("```py\nprint()\n```"))
    click(window, stand.items("saveCode")[0])
    click(window, stand.items("openCode")[0])
    assert stand.told == [["save", "print()", "py"], ["open", "print()", "py"]]


def test_closed_code_gets_its_colours_and_new_ones_with_the_theme(window, stand):
    stand.show(parse("```python\nreturn 'text'\n```"))
    window.application.preferences.put("theme", "light")
    words = stand.items("codeWords")[0]
    window.until(lambda: "#8b5cf6" in words.property("text"))
    assert words.getText(0, 100) == "return 'text'"
    window.application.preferences.put("theme", "dark")
    window.until(lambda: "#d8b4fe" in words.property("text") and "#8b5cf6" not in words.property("text"))


def test_open_code_stays_plain_until_its_fence_closes(window, stand):
    parser = StreamParser()
    parser.feed("```python\nreturn 'text'\n")
    stand.show(parser.blocks, streaming=True)
    window.settle(100)
    assert "color" not in stand.items("codeWords")[0].property("text")
    parser.feed("```\n")
    stand.show(parser.blocks, streaming=True)
    window.until(lambda: "color" in stand.items("codeWords")[0].property("text"))


def test_code_of_an_unknown_language_or_size_stays_plain(window, stand):
    for text in ("```nosuchlanguage\nreturn\n```", "```py\n" + "x = 1\n" * 40_000 + "```"):
        stand.show(parse(text))
        window.settle(200)
        assert all("color" not in words.property("text") for words in stand.items("codeWords"))


def test_long_code_is_folded_and_only_what_is_in_sight_is_there(window, stand):
    stand.show(parse(f"```text\n{CODE}\n```"))
    block = stand.items("codeBlock")[0]
    line = 20
    assert 400 * line < block.height() < 400 * line + 150
    assert len(stand.items("codeWords")) <= 3
    more = stand.items("showLines")[0]
    assert "5000" in more.property("text").replace(",", "")
    stand.flick.setProperty("contentY", block.height() - 300)
    window.settle(20)
    click(window, more)
    assert block.height() > 5_000 * line
    for place in (0, 30_000, 99_000):
        stand.flick.setProperty("contentY", place)
        window.settle(20)
        shown = stand.items("codeWords")
        assert 1 <= len(shown) <= 4
        first = place // line
        assert any(f"value_{first + 8} =" in words.getText(0, 10_000) for words in shown)
    assert not stand.items("showLines")


def test_the_header_of_long_code_stays_in_sight(window, stand):
    stand.show(parse("before\n\n```py\n" + "x = 1\n" * 200 + "```\n\nafter"))
    header, block = stand.items("codeHeader")[0], stand.items("codeBlock")[0]
    for place in (0, 500, 1_500):
        stand.flick.setProperty("contentY", place)
        window.settle(20)
        top = header.mapToScene(QPointF(0, 0)).y()
        assert abs(top - max(0, block.mapToScene(QPointF(0, 0)).y())) <= 2
    stand.flick.setProperty("contentY", block.y() + block.height() + 200)
    window.settle(20)
    assert header.mapToScene(QPointF(0, header.height())).y() <= block.mapToScene(QPointF(0, block.height())).y()


def test_code_is_selected_across_its_parts(window, stand):
    lines = [f"line {number}" for number in range(120)]
    stand.show(parse("```text\n" + "\n".join(lines) + "\n```"))
    body = stand.items("codeBody")[0]

    def drag(start, end):
        QTest.mousePress(window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
        QTest.mouseMove(window.root, end)
        QTest.mouseRelease(window.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
        window.settle(20)

    stand.flick.setProperty("contentY", 700)
    window.settle(20)
    place = lambda row: body.mapToScene(QPointF(4, 4 + row * 20 + 10)).toPoint()  # noqa: E731
    drag(place(45), place(55))
    key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "\n".join(lines[45:55]) + "\n"
    assert [bool(words.property("selectedText")) for words in stand.items("codeWords")].count(True) == 2
    key(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "\n".join(lines)
    key(window, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "\n".join(lines)[:-1]


def test_one_endless_line_of_code_is_copied_as_one_line(window, stand):
    text = "x = 1; " * 2_000
    stand.show(parse(f"```text\n{text}\n```"))
    stand.items("codeBody")[0].forceActiveFocus()
    key(window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    key(window, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == text


def test_a_wide_table_scrolls_in_the_column_and_a_narrow_one_fills_it(window, stand):
    window.resize(700, 800)
    wide = "| " + " | ".join(f"a rather wide column {number}" for number in range(12)) + " |\n" + "|---" * 12 + "|\n"
    stand.show(parse(wide + "\n\n| a | b |\n|---|---|\n| 1 | 2 |"))
    first, second = stand.items("tableBlock")
    assert first.property("wide") > first.width()
    assert second.property("wide") == pytest.approx(second.width(), abs=2)
    assert stand.outside() == []


def test_a_table_is_copied_as_markdown_and_for_table_programs(window, stand):
    stand.show(parse("| a | b |\n|:-:|--:|\n| **x** | `y|` |\n"))
    window.application.markdown.copyTable(parse("| a | b |\n|:-:|--:|\n| **x** | y\\|z |")[0])
    assert clipboard() == "| a | b |\n| :-: | --: |\n| x | y\\|z |"
    assert "<td>y|z</td>" in QGuiApplication.clipboard().mimeData().html()


def test_a_long_table_is_folded(window, stand):
    stand.show(parse("| a |\n|---|\n" + "| 1 |\n" * 300))
    table = stand.items("tableBlock")[0]
    folded = table.height()
    button = stand.items("showRows")[0]
    stand.flick.setProperty("contentY", folded - 300)
    window.settle(20)
    click(window, button)
    assert table.height() > 5 * folded


def test_what_is_selected_stays_selected_while_the_block_grows(window, stand):
    parser = StreamParser()
    parser.feed("Some words that")
    stand.show(parser.blocks, streaming=True)
    words = stand.words()
    words.select(5, 10)
    parser.feed(" go on **and on")
    stand.page.setProperty("blocks", parser.blocks)
    window.settle(20)
    assert stand.words() is words
    assert words.property("selectedText") == "words"


def test_an_item_shows_another_block_when_it_is_used_again(window, stand):
    stand.show(parse(f"```text\n{CODE}\n```"))
    stand.items("codeBlock")[0].setProperty("unfolded", 1)
    stand.show(parse("```py\nx\n```"))
    assert stand.items("codeBlock")[0].height() < 120
    stand.show(parse("- a"))
    assert not stand.items("codeBlock")
    assert stand.words().getText(0, 10) == "a"


def test_blocks_tell_a_screen_reader_their_plain_words(stand):
    from PySide6.QtGui import QAccessible  # noqa: PLC0415 - only here

    stand.show(parse("Some **bold** `code`"))
    found = QAccessible.queryAccessibleInterface(stand.words())
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Some bold code"
