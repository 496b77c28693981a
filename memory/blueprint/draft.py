"""The draft cruncher: all steps one after the other, and from what holds a first sketch of modules."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from memory import phrases
from memory.blueprint import extracting, mapping
from memory.blueprint.intents import intents
from memory.blueprint.oracle import problems
from memory.blueprint.parsing import parsed as parse
from memory.blueprint.parts import Blueprint, Contradiction, DraftModule
from memory.blueprint.weighing import Weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memory.blueprint.parts import Intent, Parsed, Requirement

_MOST_MODULES: Final = 16
_LEAST_SERVED: Final = 2
_WORD: Final = re.compile(r"[^\W\d_][\w-]{3,}")


def blueprint_of(source: str, data: bytes | str) -> Blueprint:
    """Make the blueprint of a dialogue or a document; `source` is what its lines are cited under.

    Takes as long as the text is: call it in a thread.
    """
    return of_parsed(parse(source, data))


def of_parsed(parsed: Parsed) -> Blueprint:
    """Make the blueprint of a text that was taken apart."""
    weights = Weights(line for turn in parsed.turns for line in turn.lines)
    if parsed.form == "document":
        found = extracting.from_document(parsed)
        clashes = [
            Contradiction(clash.id, clash.topic, clash.earlier + clash.later, (), "open")
            for clash in mapping.contradictions(
                parsed, [one for one in found.decisions if one.status == "retracted"], ()
            )
        ]
    else:
        refusals = mapping.refusals(parsed, weights)
        found = extracting.from_talk(parsed, refusals)
        clashes = mapping.contradictions(parsed, found.decisions, refusals)
    requirements = tuple(replace(item, id=f"R{number}") for number, item in enumerate(found.requirements, 1))
    asked = tuple(replace(item, id=f"Q{number}") for number, item in enumerate(found.asked, 1))
    active = [item for item in requirements if item.status == "active"]
    named = intents(parsed)
    made = Blueprint(
        source=parsed.source,
        form=parsed.form,
        lines=len(parsed.view),
        requirements=requirements,
        asked=asked,
        contradictions=tuple(clashes),
        dependencies=tuple(mapping.dependencies(active, weights)),
        intents=tuple(named),
        modules=tuple(modules(active, named, weights)),
        view=parsed.view,
    )
    return replace(made, problems=tuple(problems(made, parsed)))


def modules(active: Sequence[Requirement], named: Sequence[Intent], weights: Weights) -> list[DraftModule]:
    """Sketch modules: classes that are named come first, then topics that serve most of what is left."""
    left = {item.id: phrases.content(item.text) for item in active}
    found: list[DraftModule] = []
    for intent in named:
        words = phrases.content(intent.name)
        if intent.kind == "class" and len(found) < _MOST_MODULES // 2:
            _take(intent.name, [name for name, own in left.items() if words and words <= own], left, found)
    while left and len(found) < _MOST_MODULES - 1:
        serving: dict[str, list[str]] = {}
        for name, own in left.items():
            for word in own:
                serving.setdefault(word, []).append(name)
        telling = {word: names for word, names in serving.items() if len(names) >= _LEAST_SERVED and weights.rare(word)}
        if not telling:
            break
        best = min(telling, key=lambda word: (-len(telling[word]), word))
        _take(_written(best, active, telling[best]), telling[best], left, found)
    found = _with_the_rest(found, active, left, weights)
    return [replace(module, intents=_fitting(module, active, named)) for module in found]


def _take(name: str, serves: Sequence[str], left: dict[str, frozenset[str]], found: list[DraftModule]) -> None:
    if len(serves) >= _LEAST_SERVED:
        found.append(DraftModule(name, tuple(serves)))
        for served in serves:
            left.pop(served, None)


def _with_the_rest(
    found: Sequence[DraftModule], active: Sequence[Requirement], left: dict[str, frozenset[str]], weights: Weights
) -> list[DraftModule]:
    """Give what no topic took to the module it has most in common with, else to that of what was said beside it."""
    if not found:
        return [DraftModule("core", tuple(left))] if left else []
    texts = {item.id: phrases.content(item.text) for item in active}
    words = [frozenset().union(*(texts[name] for name in module.serves)) for module in found]
    home = {name: number for number, module in enumerate(found) for name in module.serves}
    beside = 0
    for item in active:
        if item.id in left:
            shared = [weights.weight(left[item.id] & own) / math.sqrt(len(own)) for own in words]
            home[item.id] = shared.index(max(shared)) if max(shared) > 0 else beside
        beside = home[item.id]
    return [
        replace(module, serves=tuple(item.id for item in active if home[item.id] == number))
        for number, module in enumerate(found)
    ]


def _written(stem: str, active: Sequence[Requirement], served: Sequence[str]) -> str:
    """A word of the text for a stem."""
    texts = {item.id: item.text for item in active}
    for name in served:
        for word in _WORD.findall(texts[name]):
            if stem in phrases.content(word):
                return str(word).casefold()
    return stem


def _fitting(module: DraftModule, active: Sequence[Requirement], named: Sequence[Intent]) -> tuple[str, ...]:
    served = set(module.serves)
    text = "\n".join(item.text for item in active if item.id in served)
    return tuple(intent.name for intent in named if intent.name in text)[:8]
