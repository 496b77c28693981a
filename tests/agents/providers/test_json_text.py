"""Finding the object a model was asked for in what it wrote."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.providers.json_text import find_object, without_thinking

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.text(max_size=8), VALUES, min_size=1, max_size=4)
PROSE = st.text(st.characters(blacklist_characters='{}"`<', codec="utf-8"), max_size=40)


@given(wanted=OBJECTS, before=PROSE, after=PROSE, indent=st.sampled_from([None, 2]))
def test_an_object_is_found_between_prose(wanted, before, after, indent):
    assert find_object(before + json.dumps(wanted, ensure_ascii=False, indent=indent) + after, wanted) == wanted


@given(wanted=OBJECTS, before=PROSE, tag=st.sampled_from(["", "json", "JSON"]))
def test_an_object_is_found_in_a_fence(wanted, before, tag):
    assert find_object(f"{before}\n```{tag}\n{json.dumps(wanted, indent=1)}\n```\nDone.", wanted) == wanted


def test_a_fence_followed_by_blanks_is_passed_over_at_once():
    assert find_object("```" + " " * 100_000 + 'x\n{"a": 1}', ["a"]) == {"a": 1}


@given(wanted=OBJECTS)
def test_trailing_commas_are_forgiven(wanted):
    lines = json.dumps(wanted, indent=1).split("\n")
    sloppy = "\n".join(
        line + "," if line.strip() and following.strip()[:1] in {"}", "]"} and line.strip()[-1] not in "{[," else line
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
    )
    assert find_object(sloppy, wanted) == wanted


@settings(max_examples=200)
@given(st.text(st.sampled_from('{}[]",:\\`a \n'), max_size=60))
def test_no_text_breaks_it(text):
    found = find_object(text)
    assert found is None or isinstance(found, dict)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('{"level": "green"}', {"level": "green"}),
        ('\ufeff{"level": "green"}', {"level": "green"}),
        ('First {"draft": 1}, finally {"level": "red"}', {"level": "red"}),
        ('<think>{"level": "wrong"}</think>{"level": "right"}', {"level": "right"}),
        ('{"level": "a, }"}', {"level": "a, }"}),
        ('Use f(x) { return } then {"level": "g",}', {"level": "g"}),
        ('{"level": "two\nlines"}', {"level": "two\nlines"}),
        ('[{"level": "listed"}]', {"level": "listed"}),
        ('{"level": "cut', None),
        ('{"other": 1}', None),
        ('["level"]', None),
        ("", None),
    ],
)
def test_what_models_write(text, found):
    assert find_object(text, ["level"]) == found


@pytest.mark.parametrize("text", ["{" * 200_000, '{"a":' * 50_000, '"' * 200_000, "[" * 200_000, "```\n" * 50_000])
def test_hostile_text_takes_no_time(text):
    started = time.monotonic()
    assert find_object(text) is None
    assert time.monotonic() - started < 5


def test_only_leading_thinking_is_dropped():
    assert without_thinking("<think>a</think>\nb <think>c</think>") == "b <think>c</think>"
    assert without_thinking("<think>never closed") == "<think>never closed"
