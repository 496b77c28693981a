"""Texts cut into passages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from memory.recall.passages import Cutter, Speaking, cut, python_beginnings, speaker_of, window

LINES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=120), max_size=60)


def pieces(lines, kind="docs", *, single=False):
    return list(cut(lines, Cutter(kind, single=single)))


@given(LINES, st.sampled_from(["docs", "code", "errors", "dialogue"]), st.booleans())
def test_every_line_that_says_anything_is_in_exactly_one_passage(lines, kind, single):
    found = pieces(lines, kind, single=single)
    covered = [number for piece in found for number in range(piece.first, piece.last + 1)]
    assert len(covered) == len(set(covered))
    assert {n for n, line in enumerate(lines, start=1) if line.strip()} <= set(covered)
    assert all(piece.lines == tuple(lines[piece.first - 1 : piece.last]) for piece in found)


@given(st.text(alphabet="ab c\t", min_size=2001, max_size=9000))
def test_windows_of_a_long_line_give_it_back(line):
    found = pieces([line])
    assert all(piece.first == piece.last == 1 for piece in found)
    assert all(window(line, piece.offset) == piece.text for piece in found)
    assert "".join(piece.text for piece in found).replace(" ", "").replace("\t", "") == line.replace(" ", "").replace(
        "\t", ""
    )


def test_a_heading_begins_a_passage():
    found = pieces(["# One", "text", "## Two", "more"])
    assert [piece.first for piece in found] == [1, 3]


def test_a_heading_within_code_of_markdown_does_not():
    found = pieces(["Run:", "```", "# no heading", "make", "```", "after"])
    assert [piece.first for piece in found] == [1, 2]


def test_paragraphs_are_kept_apart_and_short_ones_together():
    assert [(piece.first, piece.last) for piece in pieces(["a", "", "b", "", "c"])] == [(1, 5)]
    found = pieces([*["a"] * 17, "", "b", "", "c"])
    assert [(piece.first, piece.last) for piece in found] == [(1, 17), (19, 21)]


def test_functions_and_classes_of_python_are_passages():
    source = ["import os", "", "", "@cache", "def one():", "    return 1", "", "", "class Two:", "    x = 1"]
    cutter = Cutter("code", single=False)
    cutter.beginnings = python_beginnings("\n".join(source))
    assert [piece.first for piece in cut(source, cutter)] == [1, 4, 9]


def test_what_is_no_python_has_no_beginnings():
    assert python_beginnings("def (:\n") == frozenset()
    assert python_beginnings("\x00") == frozenset()


def test_code_of_other_languages_is_cut_where_something_begins():
    source = ["int a;", "int b;", "int c;", "int d;", "", "static int f() {", "  return 1;", "}"]
    assert [piece.first for piece in pieces(source, "code")] == [1, 6]


def test_who_speaks_is_read_from_the_line():
    assert speaker_of("Caroline: hello") == ("Caroline", "hello")
    assert speaker_of("**Bob**: yes") == ("Bob", "yes")
    assert speaker_of("[12:30] Ann Lee: no") == ("Ann Lee", "no")
    assert speaker_of("http://example") == ("", "http://example")
    assert speaker_of("this is a whole sentence with a colon: here")[0] == ""


def test_lines_that_follow_belong_to_who_spoke_last():
    speaking = Speaking()
    lines = ["Ann: one", "two", "Bob: three", "Ann: four"]
    speaking.learn(lines)
    assert [speaking.hear(line) for line in lines] == ["Ann", "Ann", "Bob", "Ann"]


def test_labels_of_a_text_are_no_speakers():
    speaking = Speaking()
    lines = ["Note: a", *["something is said here"] * 9]
    speaking.learn(lines)
    assert {speaking.hear(line) for line in lines} == {""}
