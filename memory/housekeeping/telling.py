"""The most telling lines of many, found without a model: always the same ones for the same lines.

A line tells much when its words are shared with many other telling lines (a small TextRank) and when it decides
something. A line that says what a chosen one said already is passed over.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING, Final

from memory.recall.words import asked

if TYPE_CHECKING:
    from collections.abc import Sequence

_DECIDES: Final = re.compile(
    r"\b(?:decid|agree|must\b|shall\b|should\b|need to|never\b|always\b|instead of|deadline|budget|require|"
    r"решил|решен|договорил|должн|нужно|надо|обязательн|никогда|всегда|вместо|срок|бюджет|требу|запрещ|нельзя)",
    re.IGNORECASE,
)
"""Only ranks: whether something is a requirement is not decided here."""
_BONUS: Final = 1.0
"""What decides comes first; among such lines, and among all others, what is central."""
_ROUNDS: Final = 12
_DAMPING: Final = 0.85
_SHORTEST: Final = 3
"""Words of its own a line must have to say anything by itself."""
_SAME: Final = 0.7
"""A line of whose words so many were said by a chosen one adds nothing."""
_COMMON: Final = 0.25
"""A word that stands in more than this share of the lines joins nothing."""


def telling(lines: Sequence[str], most: int) -> list[tuple[int, float]]:
    """Return the places of at most `most` lines with their scores, in the order of the lines."""
    bags = [frozenset(asked(line)) for line in lines]
    scores = _central(bags)
    for place, line in enumerate(lines):
        if _DECIDES.search(line):
            scores[place] += _BONUS
    chosen: list[int] = []
    for place in sorted(range(len(lines)), key=lambda at: (-scores[at], at)):
        bag = bags[place]
        if len(chosen) == most:
            break
        if len(bag) >= _SHORTEST and all(len(bag & bags[other]) < _SAME * len(bag) for other in chosen):
            chosen.append(place)
    return [(place, round(scores[place], 4)) for place in sorted(chosen)]


def _central(bags: Sequence[frozenset[str]]) -> list[float]:
    """How central each line is, the most central 1: random walks from line to line along shared words."""
    weights = _ties(bags)
    sums = [sum(row.values()) for row in weights]
    scores = [1.0] * len(bags)
    for _ in range(_ROUNDS):
        scores = [
            1 - _DAMPING + _DAMPING * sum(scores[other] * weight / sums[other] for other, weight in row.items())
            for row in weights
        ]
    highest = max(scores, default=1.0)
    return [score / highest for score in scores]


def _ties(bags: Sequence[frozenset[str]]) -> list[dict[int, float]]:
    """How much each line has in common with which others; rare words tie more, long lines are no better for it."""
    where: dict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(bags):
        for word in bag:
            where[word].append(place)
    most = max(2.0, _COMMON * len(bags))
    weights: list[dict[int, float]] = [defaultdict(float) for _ in bags]
    for word in sorted(where):
        places = where[word]
        if len(places) > most:
            continue
        rarity = math.log(1 + len(bags) / len(places))
        for one, other in permutations(places, 2):
            weights[one][other] += rarity
    for place, row in enumerate(weights):
        for other in row:
            row[other] /= math.log(2 + len(bags[place])) + math.log(2 + len(bags[other]))
    return weights
