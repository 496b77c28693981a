from __future__ import annotations

import json

import blueprint_talks as talks
from hypothesis import given
from hypothesis import strategies as st

from memory.blueprint.draft import blueprint_of
from memory.blueprint.writing import as_json, as_markdown, briefing

MADE = blueprint_of("talk.txt", talks.ALTERNATING)


def test_markdown_cites_the_lines_of_everything() -> None:
    text = as_markdown(MADE)
    assert "[L5] я хочу чтобы дневник напоминал о поливе" in text
    assert "## Taken back" in text
    assert "SQLite / LevelDB — open: nothing decides it" in text


def test_json_names_places_as_they_are_cited() -> None:
    made = json.loads(as_json(MADE))
    assert "talk.txt:L5" in [place for item in made["requirements"] for place in item["places"]]


def test_what_was_taken_back_is_kept_from_the_architect() -> None:
    told = briefing(MADE, 5_000, len)
    assert "никакого облака" in told
    assert "Отправка писем" not in told
    assert "SQLite / LevelDB" in told


@given(st.integers(100, 3_000))
def test_a_briefing_keeps_its_budget_and_says_what_is_missing(tokens: int) -> None:
    told = briefing(MADE, tokens, len)
    assert len(told) <= tokens + 200
    whole = briefing(MADE, 100_000, len)
    assert told == whole or "had no room" in told
