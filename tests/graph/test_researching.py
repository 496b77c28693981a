"""What leaves this computer in a query, when it may, and which lines are shown."""

from __future__ import annotations

import pytest
from run_states import plan, routing, state

from agents.roles.researcher import Claim
from core.memory import Lines, RecalledLine
from graph.found import cited, fitting, sources_of, supported, words_of
from graph.researching import asks, clean_query, goal, own_words, scrubbed, wants_hint

OWN = own_words(plan(), ["game.py", "assets/board.json", "tests/test_acceptance_game.py"])


@pytest.mark.parametrize(
    ("error", "kept", "gone"),
    [
        (
            'File "/home/somebody/projects/secret plan/game.py", line 3, in play\nKeyError: 7',
            ["KeyError: 7", "line 3"],
            ["somebody", "secret", "game", "play"],
        ),
        (
            'File "C:\\Users\\Some Body\\x\\site-packages\\requests\\adapters.py", line 9\nConnectionError',
            ["requests", "ConnectionError"],
            ["Body", "Users"],
        ),
        (
            "FAILED tests/test_acceptance_game.py::test_it - AttributeError: no 'blit'",
            ["AttributeError"],
            ["acceptance"],
        ),
        ("token=ghp_abcdefghijklmnopqrstuvwxyz0123 ValueError", ["ValueError"], ["ghp_"]),
        ("game.play() takes 1 argument\u202e", ["takes 1 argument"], ["game", "\u202e"]),
    ],
)
def test_an_error_leaves_without_names_and_paths_of_the_person(error, kept, gone):
    text = scrubbed(error, OWN)
    assert all(word in text for word in kept), text
    assert not any(word in text for word in gone), text


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("game board KeyError python", "KeyError python"),
        ("  two\nlines ", "two lines"),
        ("/home/me/x.py error", "error"),
        ("how to use game.play", "how to use"),
        ("look at people/frobber on a code host", "look at people/frobber on a code host"),
        ("api_key=abcdef123456 leak", "api_key=[redacted] leak"),
        ("a " * 100, " ".join(["a"] * 16)),
        ("game", ""),
    ],
)
def test_a_query_leaves_as_a_few_words_and_no_name_of_the_project(query, sent):
    assert clean_query(query, OWN) == sent


FAILURE = {
    "stage": "tests",
    "findings": [{"source": "t", "severity": "blocker", "path": "", "line": 0, "problem": "x"}],
}


def round_of(**changes):
    return {"stage": "tests", "module": "game", "spots": ["t||x"], "tree": "t", "tried": "", "commit": "", **changes}


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({}, False),
        ({"rounds": [round_of()]}, True),
        ({"rounds": [round_of(commit="c")]}, True),
        ({"rounds": [round_of(commit="c", spots=["other"])]}, False),
        ({"rounds": [round_of()], "looked": ["a", "b"]}, False),
    ],
)
def test_something_is_looked_up_about_a_failure_only_after_a_round_that_did_not_help(changes, wanted):
    failed = state(failure={**FAILURE, "output": ""}, **changes)
    failed["options"] = {**failed["options"], "web": "on"}
    assert wants_hint(failed) is wanted
    del failed["options"]["web"]
    assert wants_hint(failed) is False, "a run of an older program"


def with_web(use, **changes):
    made = state(**changes)
    return {**made, "options": {**made["options"], "web": use}}


@pytest.mark.parametrize(
    ("run", "word_needed"),
    [
        (with_web("ask"), True),
        (with_web("ask", web="allow"), False),
        (with_web("on"), False),
        (with_web("on", tainted=True), False),
        (with_web("on", tainted=True, failure={**FAILURE, "output": ""}), True),
        (with_web("on", tainted=True, failure={**FAILURE, "output": ""}, web="allow"), False),
        (with_web("ask", routing={**routing("question"), "query": "typed"}), False),
        (with_web("ask", routing=routing("question")), True),
    ],
)
def test_a_word_of_the_person_is_needed_where_a_run_asks_and_where_strangers_may_have_worded_it(run, word_needed):
    assert asks(run) is word_needed


def test_where_a_run_goes_on():
    assert goal(state(routing=routing())) == "architect"
    assert goal(state(routing=routing("question"))) == "converse"
    assert goal(state(routing=routing(), failure={**FAILURE, "output": ""})) == "repair"


def test_of_a_long_page_the_lines_about_the_matter_are_shown_and_what_stands_by_them():
    lines = ["Title", *["filler words here"] * 300, "frob takes a text", "example = frob('a')", *["more filler"] * 300]
    numbers = fitting(lines, words_of("how does frob work"), 120)
    assert {302, 303} <= set(numbers)
    assert numbers == sorted(numbers)
    assert len(numbers) < 40
    assert fitting(["x" * 1_000_000], frozenset(), 300) == [1]
    assert fitting([], frozenset(), 300) == []


def line(number, source="d-1"):
    return RecalledLine(source, number, "text", 0.0, "docs", "foreign", "page")


@pytest.mark.parametrize(
    ("places", "kept"),
    [
        (["d-1:L3"], ["d-1:L3"]),
        (["[d-1:L3-L5]"], ["d-1:L3-L5"]),
        (["d-1:L3-5", "d-1:L99"], ["d-1:L3-L5"]),
        (["d-2:L3"], []),
        (["d-1:L5-L3"], []),
        (["d-1:L3-L900"], []),
        (["line 3 of the page"], []),
        ([], []),
    ],
)
def test_a_finding_stands_only_on_lines_that_were_shown(places, kept):
    found = supported([Claim("It frobs.", tuple(places))], [line(3), line(5)])
    assert [item["places"] for item in found] == ([kept] if kept else [])


def test_sources_are_those_cited_and_only_lines_that_exist():
    pages = [{"n": n, "document": f"d-{n}", "title": f"T{n}", "url": f"u{n}"} for n in (1, 2)]
    found = sources_of("So [d-2:L3], and [d-2:L77], and [d-9:L1].", pages, {"d-1": 10, "d-2": 10})
    assert [(source["n"], source["places"]) for source in found] == [(2, ["d-2:L3"])]
    assert [source["n"] for source in sources_of("Nothing cited.", pages, {"d-1": 10, "d-2": 10})] == [1, 2]
    assert cited("d-1:L3-L5") == [Lines("d-1", 3, 5)]
