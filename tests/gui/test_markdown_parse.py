from __future__ import annotations

import pytest

from gui.markdown import StreamParser, parse
from gui.markdown.colouring import LONGEST, coloured_lines, cut_out, shown_rows
from gui.markdown.copying import selected_markdown


def one(text):
    (block,) = parse(text)
    return block


def test_marks_become_our_markup():
    block = one("**b** *i* ~~s~~ `c<>` [l](https://a.b/?x=1&y=2)\nnext")
    assert block["html"] == ('<b>b</b> <i>i</i> <s>s</s> <code>c&lt;&gt;</code> <a href="mc:0">l</a><br>next')
    assert block["plain"] == "b i s c<> l\nnext"
    assert block["links"] == ["https://a.b/?x=1&y=2"]


def test_addresses_are_links_even_without_marks():
    block = one("see https://a.b/c_(d), (http://x.y). and nohttps://no.pe")
    assert block["links"] == ["https://a.b/c_(d)", "http://x.y"]


def test_what_may_not_be_opened_is_shown():
    assert one("[x](javascript:alert(1))")["plain"] == "x (javascript:alert(1))"
    assert one("![p](file:///a)")["plain"] == "p (file:///a)"


def test_a_picture_becomes_a_link_of_its_words():
    block = one("![a cat](https://a.b/cat.png)")
    assert block["html"] == '<a href="mc:0">a cat</a>'


def test_a_list_tells_marker_depth_and_task_of_every_item():
    block = one("3. a\n   - [x] b\n   - [ ] c\n4. d\n\n   e")
    assert [(item["marker"], item["depth"], item["checked"], item["plain"]) for item in block["items"]] == [
        ("3.", 0, None, "a"),
        ("\u25e6", 1, True, "b"),
        ("\u25e6", 1, False, "c"),
        ("4.", 0, None, "d"),
        ("", 0, None, "e"),
    ]
    assert (block["ordered"], block["start"]) == (True, 3)


def test_code_in_a_list_stands_between_its_parts():
    first, code, second = parse("1. a\n   ```sh\n   b\n   ```\n2. c")
    assert [first["items"][0]["plain"], code["text"], second["items"][0]["marker"]] == ["a", "b", "2."]
    assert (code["depth"], code["language"], code["closed"]) == (1, "sh", True)


def test_a_long_list_is_several_blocks_that_join():
    blocks = parse("- a\n" * 100)
    assert [len(block["items"]) for block in blocks] == [40, 40, 20]
    assert [block["joined"] for block in blocks] == [False, True, True]


def test_formulas_are_kept_as_their_source():
    assert one("$$\na_1 * b_2\n$$") == {"type": "math", "depth": 0, "text": "$$\na_1 * b_2\n$$"}
    assert one("\\[ x \\]")["text"] == "\\[ x \\]"
    assert one("so \\(a*b*c\\) and $5 or $6")["html"] == "so <var>\\(a*b*c\\)</var> and $5 or $6"


def test_a_table_tells_its_sides():
    block = one("| a | b | c |\n|:--|:-:|--:|\n| `1` | 2 |")
    assert block["align"] == ["left", "center", "right"]
    assert block["rows"] == [["<code>1</code>", "2", ""]]
    assert block["plain"] == [["a", "b", "c"], ["1", "2", ""]]


def test_a_great_text_is_shown_to_its_end():
    text = "words and **more** " * 20_000
    shown = "".join(block["plain"] for block in parse(text))
    assert shown.count("words") == 20_000
    assert max(len(block["plain"]) for block in parse(text)) <= 8_000


def unfinished(text):
    parser = StreamParser()
    parser.feed(text)
    return parser.blocks


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a **bol", "a <b>bol</b>"),
        ("a **bold", "a <b>bold</b>"),
        ("a **bold** and `co", "a <b>bold</b> and <code>co</code>"),
        ("a *it", "a <i>it</i>"),
        ("see [the wor", "see the wor"),
        ("see [the words](https://exa", "see the words"),
        ("a ~~str", "a <s>str</s>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a **", "a"),
        ("text\n-", "text"),
        ("text\n#", "text"),
        ("text\n``", "text"),
    ],
)
def test_what_is_half_open_looks_as_it_will(text, html):
    assert [block["html"] for block in unfinished(text)] == [html]


def test_half_a_table_is_a_table_already():
    for text in ("| a | b |", "| a | b |\n", "| a | b |\n|--", "| a | b |\n|---|---|", "| a | b |\n|---|---|\n| 1"):
        assert [block["type"] for block in unfinished(text)] in (
            ["table"],
            ["paragraph"] if text.endswith("b |\n") else [],
        )
    assert unfinished("| a | b |\n|---|---|\n| 1")[0]["rows"] == [["1", ""]]


def test_half_a_fence_is_code_already():
    (code,) = unfinished("```py\nx = '**a' [b](c\n``")
    assert (code["language"], code["text"], code["closed"]) == ("py", "x = '**a' [b](c", False)


def test_blocks_that_are_settled_stay_the_same_objects():
    parser = StreamParser()
    parser.feed("# a\n\nb\nc\n\nd\ne\n")
    first = parser.blocks[:2]
    same = parser.feed("more\n\nf\n")
    assert same >= 2
    assert all(old is new for old, new in zip(first, parser.blocks, strict=False))


def test_references_are_found_when_the_text_is_whole():
    parser = StreamParser()
    for piece in ("see [it][r]\n\nwords\nmore\n\nand\nso\n\n", "[r]: https://a.b/c\n"):
        parser.feed(piece)
    parser.finish()
    assert parser.blocks[0]["links"] == ["https://a.b/c"]


def test_code_gets_its_colours_line_by_line():
    text = "def f():\n    return '<a>'  # b\n\n"
    lines = coloured_lines("python", text, lambda: False)
    assert len(lines) == text.count("\n") + 1
    assert lines[0].startswith("<c5>def</c> <c2>f</c>")
    assert "&lt;a&gt;" in lines[1]
    assert "<a>" not in "".join(lines)


@pytest.mark.parametrize("language", ["python", "json", "html", "bash", "rust", "cpp", "yaml", "diff", "sql"])
@pytest.mark.parametrize("text", ["", "\n", "a\n\n\nb", "  x\n\ty\n", "'" * 50, "<a b='c'>\n</a>\n", "{" * 200])
def test_colours_keep_every_line(language, text):
    lines = coloured_lines(language, text, lambda: False)
    assert len(lines) == text.count("\n") + 1


def test_code_that_is_too_long_unknown_or_not_waited_for_stays_plain():
    assert coloured_lines("python", "x\n" * LONGEST, lambda: False) == []
    assert coloured_lines("python", "x" * 1_001, lambda: False) == []
    assert coloured_lines("nosuchthing", "x", lambda: False) == []
    assert coloured_lines("python", "x = 1\n" * 100, lambda: True) == []


def test_long_lines_of_code_become_rows_and_one_line_again():
    text = "a" * 2_500 + "\nb\n" + "c" * 1_000
    rows = shown_rows(text)
    assert [(len(row), ends) for row, ends in rows] == [
        (1_000, False),
        (1_000, False),
        (500, True),
        (1, True),
        (1_000, True),
    ]
    assert cut_out(text, (0, 0), (4, 1_000)) == text
    assert cut_out(text, (1, 10), (3, 1)) == "a" * 1_490 + "\nb"
    assert cut_out(text, (3, 1), (3, 1)) == ""


@pytest.mark.parametrize(
    "text",
    [
        "## a **b** `c`",
        "a *b* ~~c~~ [d](https://e.f)",
        "- a\n- [x] b\n   - `c`\n- d",
        "1. a\n2. **b**",
        "\U0001f469 `x` \U0001f467",
    ],
)
def test_what_is_wholly_selected_is_the_source(text):
    assert selected_markdown(one(text), 0, 1_000) == text
