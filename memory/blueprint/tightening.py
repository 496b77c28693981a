"""The tight list: of all that an assistant proposed, the lines that say most about the program, and no more.

An assistant says the same things again and again and explains the world in between. Lines count that stand in a list,
demand something or speak of what the person spoke of; of these as many are kept as a share of the talk allows, each
chosen for what it says that no line before it said. What the person said is never touched.
"""

from __future__ import annotations

import heapq
import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.memory import Lines
from memory import phrases
from memory.blueprint.weighing import ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from memory.blueprint.parts import Parsed, Requirement

_SHARE: Final = 0.13
"""Lines of proposals for each line of the talk."""
_LEAST: Final = 40
"""So many lines of proposals are kept of any talk."""
_CONFIRMED: Final = 1.5
_DEMANDS: Final = 1.3
_LENGTH: Final = 0.75
"""How much a long line must say for its length; 1 would be as much for each word."""
_SPOKEN_OF: Final = 1.5
"""How much more a word weighs that the person used."""
_ITEM: Final = re.compile(r"^\s*(?:[-*•–—+]|\d{1,3}[.)]|[a-zа-я]\))\s+", re.IGNORECASE)
_HEADING: Final = re.compile(r"^\W{0,3}\d{1,3}[.)]\s|^#{1,6}\s|:\s*\**$")


def tight(found: Sequence[Requirement], parsed: Parsed) -> list[Requirement]:
    """Return requirements of a talk with its proposals cut to the lines that tell most; the order stays."""
    lines = {number: text for turn in parsed.turns for number, text in turn.lines}
    own = _own_words(found)
    candidates: dict[int, tuple[Requirement, frozenset[str], float]] = {}
    for item in found:
        if _proposed(item, lines):
            candidates |= {number: (item, *rest) for number, rest in _about_the_program(item, lines, own).items()}
    kept = _most_telling(candidates, parsed, own, max(_LEAST, round(_SHARE * len(parsed.view))))
    result = []
    for item in found:
        if not _proposed(item, lines):
            result.append(item)
        elif numbers := [number for number in _numbers(item, lines) if number in kept]:
            result.append(_cut(item, numbers, lines, parsed.source))
    return result


def _proposed(item: Requirement, lines: Mapping[int, str]) -> bool:
    """Whether it is a proposal in force that has the words of its lines; one with a name taken out stays as it is."""
    if item.by not in {"confirmed", "unobjected"} or item.status == "retracted":
        return False
    return item.text == " · ".join(lines[number] for number in _numbers(item, lines))


def _numbers(item: Requirement, lines: Mapping[int, str]) -> list[int]:
    return [n for place in item.places for n in range(place.first, place.last + 1) if n in lines]


def _own_words(found: Sequence[Requirement]) -> frozenset[str]:
    said = [phrases.content(item.text) for item in found if item.by == "person" and item.status != "retracted"]
    return frozenset().union(*said)


def _about_the_program(
    item: Requirement, lines: Mapping[int, str], own: frozenset[str]
) -> dict[int, tuple[frozenset[str], float]]:
    """Lines of a proposal that say something about the program: their words and how much they count."""
    numbers = _numbers(item, lines)
    listed = _HEADING.search(lines[numbers[0]]) is not None and len(numbers) > 1
    found = {}
    for number in numbers:
        text = lines[number]
        words = phrases.content(text)
        demands = phrases.binds(text) > 0
        if words and (listed or demands or _ITEM.match(text) or words & own):
            counts = (_CONFIRMED if item.by == "confirmed" else 1.0) * (_DEMANDS if demands else 1.0)
            found[number] = (words, counts)
    return found


def _most_telling(
    candidates: Mapping[int, tuple[Requirement, frozenset[str], float]],
    parsed: Parsed,
    own: frozenset[str],
    room: int,
) -> set[int]:
    """Choose lines one after the other, each for the words that no chosen line holds yet.

    First every answer gives its best line, so that no topic is lost; then the best of all of them are taken.
    """
    if len(candidates) <= room:
        return set(candidates)
    turns: dict[int, int] = {n: place for place, turn in enumerate(parsed.turns) for n, _ in turn.lines}
    answers: dict[str, set[int]] = {}
    for number, (_, words, _) in candidates.items():
        for word in words:
            answers.setdefault(word, set()).add(turns[number])
    worth = {word: math.log(1 + len(where)) * (_SPOKEN_OF if word in own else 1.0) for word, where in answers.items()}
    told: set[str] = set()

    def gain(number: int) -> float:
        _, words, counts = candidates[number]
        return counts * sum(worth[word] for word in words - told) / math.pow(len(words), _LENGTH)

    kept: set[int] = set()
    by_turn: dict[int, list[int]] = {}
    for number in candidates:
        by_turn.setdefault(turns[number], []).append(number)
    for numbers in list(by_turn.values())[:room]:
        best = max(numbers, key=gain)
        kept.add(best)
        told |= candidates[best][1]
    waiting = [(-gain(number), number) for number in candidates if number not in kept]
    heapq.heapify(waiting)
    while waiting and len(kept) < room:
        before, number = heapq.heappop(waiting)
        now = -gain(number)
        if now > before and waiting and now > waiting[0][0]:
            heapq.heappush(waiting, (now, number))  # chosen lines have said a part of it
            continue
        if now == 0:
            break
        kept.add(number)
        told |= candidates[number][1]
    return kept


def _cut(item: Requirement, numbers: Sequence[int], lines: Mapping[int, str], source: str) -> Requirement:
    places = tuple(Lines(source, first, last) for first, last in ranges(numbers))
    return replace(item, text=" · ".join(lines[number] for number in numbers), places=places)
