"""The logic oracle: checks a blueprint against the text it was made from, whoever made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from memory import phrases
from memory.blueprint.parts import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.memory import Lines
    from memory.blueprint.parts import Blueprint, Parsed, Requirement


def problems(blueprint: Blueprint, parsed: Parsed) -> list[Problem]:
    """Return everything wrong: lost lines of the person, places that are none, names of nothing, open choices."""
    return [
        *_uncovered(blueprint, parsed),
        *_places(blueprint, len(parsed.view)),
        *_dangling(blueprint),
        *_words(blueprint, parsed),
        *(Problem("open", item.id, item.topic) for item in blueprint.contradictions if item.resolution == "open"),
    ]


def _uncovered(blueprint: Blueprint, parsed: Parsed) -> Iterable[Problem]:
    """Lines of the person that tell something and stand nowhere."""
    named = {
        number
        for item in (*blueprint.requirements, *blueprint.asked)
        for place in item.places
        for number in range(place.first, place.last + 1)
    }
    for turn in parsed.turns:
        if turn.speaker != "person":
            continue
        for number, text in turn.lines:
            told = not phrases.is_chatter(text) and not phrases.merely_consents(text)
            if told and number not in named:
                yield Problem("uncovered", f"L{number}", text[:120])


def _places(blueprint: Blueprint, lines: int) -> Iterable[Problem]:
    for about, place in _all_places(blueprint):
        if place.source != blueprint.source or not 1 <= place.first <= place.last <= lines:
            yield Problem("range", about, str(place))


def _all_places(blueprint: Blueprint) -> Iterable[tuple[str, Lines]]:
    for item in (*blueprint.requirements, *blueprint.asked):
        for place in (*item.places, *((item.superseded_by,) if item.superseded_by else ())):
            yield item.id, place
    for clash in blueprint.contradictions:
        for place in (*clash.earlier, *clash.later):
            yield clash.id, place
    for intent in blueprint.intents:
        for place in intent.places:
            yield intent.name, place


def _dangling(blueprint: Blueprint) -> Iterable[Problem]:
    known = {item.id: item for item in blueprint.requirements}
    for edge in blueprint.dependencies:
        for name in (edge.source, edge.target):
            if name not in known:
                yield Problem("dangling", name, f"{edge.source} -> {edge.target}")
    for module in blueprint.modules:
        for name in module.serves:
            if name not in known:
                yield Problem("dangling", name, module.name)
            elif known[name].status == "retracted":
                yield Problem("retracted", name, module.name)


def _words(blueprint: Blueprint, parsed: Parsed) -> Iterable[Problem]:
    for item in (*blueprint.requirements, *blueprint.asked):
        if not said_at(item, parsed):
            yield Problem("unquoted", item.id, item.text[:120])


def said_at(item: Requirement, parsed: Parsed) -> bool:
    """Whether the words of a requirement stand in the lines it names."""
    shown = " ".join(
        parsed.view[number - 1]
        for place in item.places
        for number in range(max(1, place.first), min(place.last, len(parsed.view)) + 1)
    ).split()
    words = [word for word in item.text.split() if word != "·"]
    return not set(words) - set(shown)
