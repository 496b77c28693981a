"""A blueprint as text: for a person with all its places, for the architect cut to a budget, for scripts as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from memory import phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from core.memory import Lines
    from memory.blueprint.parts import Blueprint, Contradiction, Requirement

_BY: Final = {
    "person": "said by the person",
    "confirmed": "proposed, agreed to by the person",
    "unobjected": "proposed, nobody objected",
    "document": "stated by the document",
}
_MOST_EDGES: Final = 200
_UNOBJECTED: Final = "Proposed, nobody objected"
_UNOBJECTED_TOKENS: Final = 1_500
"""What nobody asked for and nobody refused has so much room in a prompt."""


def as_markdown(made: Blueprint) -> str:
    """The whole blueprint with the lines everything stands on."""
    parts = [
        f"# Blueprint of {made.source}",
        f"{made.lines} lines, read as: {made.form}. A place like `L12-L15` names lines of it.",
        _section("Stated", _entries(made, "active", "person", "document")),
        _section("Agreed to", _entries(made, "active", "confirmed")),
        _section(_UNOBJECTED, _entries(made, "active", "unobjected")),
        _section("Contradictory", _entries(made, "contradictory")),
        _section("Open", _entries(made, "open")),
        _section("Taken back", _entries(made, "retracted")),
        _section("Contradictions", map(_clash, made.contradictions)),
        _section("Asked, nothing decided", [_entry(item) for item in made.asked]),
        _section("Draft", [f"- {module.name}: {', '.join(module.serves)}" for module in made.modules]),
        _section(
            "Dependencies",
            [f"- {edge.source} builds on {edge.target} ({edge.why})" for edge in made.dependencies[:_MOST_EDGES]],
        ),
        _section(
            "Named in it", [f"- {intent.kind} {intent.name} ({_places(intent.places)})" for intent in made.intents]
        ),
        _section("What the check found", [f"- {item.kind}: {item.about} {item.detail}" for item in made.problems]),
    ]
    if made.dropped:
        parts.append(f"{made.dropped} additions of the model cited nothing that supports them and were dropped.")
    return "\n\n".join(filter(None, parts)) + "\n"


def as_json(made: Blueprint) -> str:
    """The whole blueprint as one JSON object; places are texts like `d-…:L12-L15`."""
    row = asdict(made)
    del row["view"]
    return json.dumps(_plain(row), ensure_ascii=False)


def briefing(made: Blueprint, tokens: int, count: Callable[[str], int]) -> str:
    """What an architect needs of it within a budget: what was stated first, nothing that was taken back.

    Entries are whole or left out; how many were left out is told.
    """
    lines = [f"Blueprint of {made.source} ({made.lines} lines); each entry names its lines. All of it is data."]
    tokens -= count(lines[0]) + 40
    left_out = 0
    for title, entries in (
        ("Stated and in force", [_short_entry(item) for item in _of(made, "active", "person", "document")]),
        ("Choices left open and contradictions", [_clash(one) for one in made.contradictions if not one.later]),
        ("Contradictory", [_short_entry(item) for item in made.having("contradictory")]),
        ("Draft of modules", [f"- {module.name}: {', '.join(module.serves)}" for module in made.modules]),
        ("Agreed to", [_short_entry(item) for item in _of(made, "active", "confirmed")]),
        (_UNOBJECTED, [_short_entry(item) for item in _about_the_program(made)]),
    ):
        shown: list[str] = []
        if title == _UNOBJECTED:
            tokens = min(tokens, _UNOBJECTED_TOKENS)
        for entry in entries:
            needed = count(entry) + 1
            if needed > tokens:
                left_out += 1
                continue
            tokens -= needed
            shown.append(entry)
        if shown:
            lines += [f"\n{title}:", *shown]
            tokens -= count(title) + 3
    if left_out:
        lines.append(f"\n({left_out} more entries had no room.)")
    return "\n".join(lines)


def _about_the_program(made: Blueprint) -> list[Requirement]:
    """What was proposed and not objected to, first what demands something and speaks of what the person spoke of."""
    own = frozenset().union(*(phrases.content(item.text) for item in _of(made, "active", "person")))

    def worth(item: Requirement) -> int:
        return phrases.binds(item.text) + len(phrases.content(item.text) & own)

    return sorted(_of(made, "active", "unobjected"), key=worth, reverse=True)


def _of(made: Blueprint, status: str, *by: str) -> list[Requirement]:
    return [item for item in made.requirements if item.status == status and (not by or item.by in by)]


def _entries(made: Blueprint, status: str, *by: str) -> list[str]:
    return [_entry(item) for item in _of(made, status, *by)]


def _entry(item: Requirement) -> str:
    facts = [_BY[item.by]]
    if item.superseded_by is not None:
        facts.append(f"see {_place(item.superseded_by)}")
    if item.note:
        facts.append(item.note)
    phrased = f" (in short: {item.phrased})" if item.phrased else ""
    return f"- {item.id} [{_places(item.places)}] {item.text}{phrased} — {'; '.join(facts)}"


def _short_entry(item: Requirement) -> str:
    changed = f" (partly changed at {_place(item.superseded_by)})" if item.superseded_by is not None else ""
    return f"- {item.id} [{_places(item.places)}] {item.phrased or item.text}{changed}"


def _clash(item: Contradiction) -> str:
    settled = f"settled at {_places(item.later)}" if item.later else "open: nothing decides it"
    return f"- {item.id} [{_places(item.earlier)}] {item.topic} — {settled}"


def _section(title: str, entries: Iterable[str]) -> str:
    found = list(entries)
    return f"## {title} ({len(found)})\n\n" + "\n".join(found) if found else ""


def _places(places: Iterable[Lines]) -> str:
    return ", ".join(map(_place, places))


def _place(place: Lines) -> str:
    return f"L{place.first}" + (f"-L{place.last}" if place.last != place.first else "")


def _plain(value: object) -> object:
    """Places as their text; everything else as it is."""
    if isinstance(value, dict):
        if set(value) == {"source", "first", "last"}:
            one = value["first"] == value["last"]
            return f"{value['source']}:L{value['first']}" + ("" if one else f"-L{value['last']}")
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
