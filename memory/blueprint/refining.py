"""What a model adds to a blueprint, taken only where the lines it cites support it.

A model can say a requirement shorter and tell what builds on what. It can change no status, no words of the person
and no place, and it can add no requirement: all of these come from the text alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from memory import phrases
from memory.blueprint.parts import Dependency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.blueprint import Addition
    from core.events import Json
    from memory.blueprint.parts import Blueprint, Requirement

_CHUNK_LINES: Final = 120
_LEAST_QUOTED: Final = 3
"""Words of a quotation; fewer stand in any text."""
_LONGEST: Final = 400
_SUPPORTED: Final = 0.5
"""So much of what a sentence says must stand in the lines it cites."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What a model is shown at once."""

    lines: tuple[tuple[int, str], ...]
    requirements: tuple[Requirement, ...]

    def rows(self) -> list[dict[str, Json]]:
        """The requirements as a prompt shows them."""
        return [
            {"id": item.id, "lines": [str(place) for place in item.places], "text": item.text}
            for item in self.requirements
        ]


def chunks(made: Blueprint) -> list[Chunk]:
    """Return the text in pieces with the requirements in force that stand in each."""
    found = []
    for begin in range(0, len(made.view), _CHUNK_LINES):
        first, last = begin + 1, min(begin + _CHUNK_LINES, len(made.view))
        inside = tuple(
            item
            for item in made.having("active")
            if all(first <= place.first and place.last <= last for place in item.places)
        )
        if inside:
            found.append(Chunk(tuple((number, made.view[number - 1]) for number in range(first, last + 1)), inside))
    return found


def refined(made: Blueprint, chunk: Chunk, additions: Sequence[Addition]) -> Blueprint:
    """Return the blueprint with what is supported; what is not is dropped and counted."""
    known = {item.id: item for item in made.requirements}
    shown = {item.id for item in chunk.requirements}
    edges = {(edge.source, edge.target) for edge in made.dependencies}
    added: list[Dependency] = []
    dropped = made.dropped
    for one in additions:
        cited = _cited(one, chunk)
        if not cited or one.about not in shown:
            dropped += 1
        elif one.kind == "phrase" and _says_the_same(one, known[one.about], cited):
            known[one.about] = replace(known[one.about], phrased=" ".join(one.text.split()))
        elif one.kind == "need" and one.target in shown and one.target != one.about:
            if (one.about, one.target) not in edges:
                edges.add((one.about, one.target))
                added.append(Dependency(one.about, one.target, one.quote))
        else:
            dropped += 1
    return replace(
        made,
        requirements=tuple(known[item.id] for item in made.requirements),
        dependencies=(*made.dependencies, *added),
        dropped=dropped,
    )


def _cited(one: Addition, chunk: Chunk) -> str:
    """The lines a claim cites, when they were shown and the quotation stands in them; else empty."""
    lines = dict(chunk.lines)
    if not chunk.lines[0][0] <= one.first <= one.last <= chunk.lines[-1][0]:
        return ""
    text = " ".join(" ".join(lines[number] for number in range(one.first, one.last + 1)).split())
    quote = " ".join(one.quote.split())
    return text if len(quote.split()) >= _LEAST_QUOTED and quote.casefold() in text.casefold() else ""


def _says_the_same(one: Addition, item: Requirement, cited: str) -> bool:
    """Whether a sentence is about the requirement and adds nothing that was not said, refusals least of all."""
    said = phrases.content(one.text)
    own = phrases.content(item.text)
    on_its_lines = any(place.first <= one.last and one.first <= place.last for place in item.places)
    return (
        on_its_lines
        and 0 < len(one.text) <= _LONGEST
        and len(said & (own | phrases.content(cited))) >= _SUPPORTED * max(1, len(said))
        and bool(said & own)
        and bool(phrases.against(one.text)) == bool(phrases.against(item.text))
        and phrases.numbers(one.text) <= phrases.numbers(item.text)
    )
