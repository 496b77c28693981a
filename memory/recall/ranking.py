"""Rank lines: what a line says itself, what stands around it, who says it, and what its conversation is about.

Pure arithmetic over what was found; reads nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from memory.recall.index import Entry

CONTEXT: Final = 0.35
"""What a term in a neighbour counts beside one in the line itself."""
REACH: Final = 2
"""Neighbours to each side."""
_SATURATION: Final = 1.2
_LENGTH: Final = 0.75
_SPEAKER: Final = 1.25
_SESSION: Final = 0.3


@dataclass(slots=True)
class Question:
    """What is looked for: terms with their weights, and who is named in it."""

    weights: Mapping[str, float]
    speakers: frozenset[int] = frozenset()


@dataclass(slots=True)
class Found:
    """Which passages hold which terms."""

    postings: dict[str, set[int]] = field(default_factory=dict)
    lines: int = 1
    """Of all that was searched."""
    average: float = 10.0
    """Words of a passage of it."""


def weight(holding: int, of: int) -> float:
    """Return how telling a term is that so many passages hold."""
    return math.log(1.0 + (of - holding + 0.5) / (holding + 0.5))


def best_by_words(question: Question, found: Found, limit: int) -> list[int]:
    """Return the places that hold the most telling terms."""
    scores: dict[int, float] = defaultdict(float)
    for term, places in found.postings.items():
        telling = question.weights[term]
        for place in places:
            scores[place] += telling
    return sorted(scores, key=lambda place: (scores[place], place), reverse=True)[:limit]


def neighbours(place: int) -> Iterable[int]:
    """Return the places around one."""
    return (place + step for step in range(-REACH, REACH + 1) if step)


def ranked(question: Question, found: Found, entries: Mapping[int, Entry]) -> dict[int, float]:
    """Score passages by their words, their neighbours of the same thread, their speaker and their session."""
    scores: dict[int, float] = {}
    for place, entry in entries.items():
        around = [at for at in neighbours(place) if at in entries and entries[at].thread == entry.thread]
        score = _words_score(question, found, place, entry, around)
        if score > 0.0:
            scores[place] = score * (_SPEAKER if entry.speaker in question.speakers else 1.0)
    return _with_sessions(scores, entries)


def _words_score(question: Question, found: Found, place: int, entry: Entry, around: Sequence[int]) -> float:
    total = 0.0
    norm = _SATURATION * (1.0 - _LENGTH + _LENGTH * max(entry.words, 1) / found.average)
    for term, telling in question.weights.items():
        places = found.postings.get(term)
        if places:
            count = (place in places) + CONTEXT * sum(at in places for at in around)
            if count:
                total += telling * count * (_SATURATION + 1.0) / (count + norm)
    return total


def _with_sessions(scores: dict[int, float], entries: Mapping[int, Entry]) -> dict[int, float]:
    best: dict[int, float] = defaultdict(float)
    for place, score in scores.items():
        best[entries[place].thread] = max(best[entries[place].thread], score)
    top = max(best.values(), default=0.0)
    if not top:
        return scores
    return {at: score * (1.0 + _SESSION * best[entries[at].thread] / top) for at, score in scores.items()}


def lines_of_passage(
    weights: Mapping[str, float], lines: Sequence[str], terms: Callable[[str], list[str]]
) -> list[float]:
    """Score the lines of one passage by their own terms and those of the lines around them."""
    held = [set(terms(line)) & weights.keys() for line in lines]
    own = [sum(weights[term] for term in found) for found in held]
    return [
        score
        + CONTEXT
        * max([own[at] for at in range(max(0, n - REACH), min(len(own), n + REACH + 1)) if at != n], default=0.0)
        if lines[n].strip()
        else 0.0
        for n, score in enumerate(own)
    ]
