"""Rank passages: what a line says itself, what stands around it, who says it, and what its conversation is about.

Pure arithmetic over what the index found; reads nothing. What each part is worth is measured in docs/benchmarks.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from memory.recall.index import Entry

CONTEXT: Final = 0.35
"""What a term in a neighbour counts beside one in the line itself."""
AROUND: Final = {-3: 0.4, -2: 0.8, -1: 1.4, 1: 0.7, 2: 0.4}
"""How much of that a neighbour gives. What was said before tells more of a line than what follows: it answers."""
_AROUND_PASSAGE: Final = {-1: 0.5, 1: 0.5}
"""The same for passages of several lines, which bring most of their context themselves."""
_LINE_REACH: Final = 2


@dataclass(frozen=True, slots=True)
class Recipe:
    """What goes into a score, and how much. The figures lie in the middle of wide flat tops; none is sharp."""

    saturation: float = 1.2
    length: float = 0.15
    """How much longer lines are held to be about more; little, since short ones say little."""
    context: float = CONTEXT
    speaker: float = 1.5
    """Factor of lines said by somebody the question names."""
    asking: float = 0.7
    """Factor of lines that ask: an answer is looked for, and a question holds the same words."""
    session: float = 0.5
    """What the conversation that fits best adds to its lines."""
    vectors: float = 0.15
    """What the closest passage of the vector lane gets where words find nothing; the better they fit, the less, and
    nothing where they fit well."""


@dataclass(slots=True)
class Found:
    """What the index holds of a question."""

    postings: dict[str, set[int]] = field(default_factory=dict)
    """By term: the places that hold it."""
    telling: dict[str, float] = field(default_factory=dict)
    """How telling each term of the question is, also of those nobody holds."""
    speakers: frozenset[int] = frozenset()
    """Who is named in it."""
    average: float = 10.0
    """Words of a passage of what was searched."""

    @property
    def ideal(self) -> float:
        """The score of a line that holds every term, with nothing around it."""
        return sum(self.telling.values()) or 1.0


def telling(holding: float, of: int) -> float:
    """Return how telling a term is that so many passages hold."""
    return math.log(1.0 + (max(of, 1) - min(holding, of) + 0.5) / (holding + 0.5))


def best_by_words(found: Found, limit: int) -> list[int]:
    """Return the places that hold the most telling terms; of equals the newest."""
    scores: dict[int, float] = defaultdict(float)
    for term, places in found.postings.items():
        gives = found.telling[term]
        for place in places:
            scores[place] += gives
    return sorted(scores, key=lambda place: (scores[place], place), reverse=True)[:limit]


def ranked(found: Found, entries: Mapping[int, Entry], threads: Mapping[int, int], recipe: Recipe) -> dict[int, float]:
    """Score passages. `threads` gives the words of each thread."""
    scores: dict[int, float] = defaultdict(float)
    for term, places in found.postings.items():
        gives = found.telling[term] * (recipe.saturation + 1.0)
        for place, count in _counts(places, entries, recipe.context).items():
            longer = max(entries[place].words, 1) / found.average
            norm = recipe.saturation * (1.0 - recipe.length + recipe.length * longer)
            scores[place] += gives * count / (count + norm)
    fitting = _threads_fitting(found, entries, threads)
    for place, score in scores.items():
        entry = entries[place]
        factor = recipe.speaker if entry.speaker in found.speakers else 1.0
        factor *= recipe.asking if entry.asks else 1.0
        scores[place] = score * factor * (1.0 + recipe.session * fitting.get(entry.thread, 0.0))
    return dict(scores)


def _counts(places: Collection[int], entries: Mapping[int, Entry], context: float) -> dict[int, float]:
    """Return how often a term is held by each passage, neighbours of the same thread counted in part."""
    counts: dict[int, float] = defaultdict(float)
    for place in places:
        entry = entries.get(place)
        if entry is None:
            continue
        counts[place] += 1.0
        for step, share in (_AROUND_PASSAGE if entry.lines > 1 else AROUND).items():
            other = entries.get(place - step)
            if other is not None and other.thread == entry.thread:
                counts[place - step] += context * share
    return counts


def _threads_fitting(found: Found, entries: Mapping[int, Entry], threads: Mapping[int, int]) -> dict[int, float]:
    """Return how well each thread fits as a whole, 1 for the best: a question is about one conversation."""
    if len(threads) < 2:  # noqa: PLR2004 - nothing to compare
        return {}
    average = max(1.0, sum(threads.values()) / len(threads))
    scores: dict[int, float] = defaultdict(float)
    for places in found.postings.values():
        holding: dict[int, float] = defaultdict(float)
        for place in places:
            if place in entries:
                holding[entries[place].thread] += 1.0
        gives = telling(len(holding), len(threads))
        for thread, count in holding.items():
            scores[thread] += gives * count * 2.2 / (count + 0.3 + 0.9 * threads[thread] / average)
    best = max(scores.values(), default=0.0)
    return {thread: score / best for thread, score in scores.items()} if best else {}


def lines_of_passage(
    weights: Mapping[str, float], lines: Sequence[str], terms: Callable[[str], list[str]]
) -> list[float]:
    """Score the lines of one passage by their own terms and those of the lines around them."""
    own = [sum(weights[term] for term in set(terms(line)) & weights.keys()) for line in lines]
    scores = []
    for number, score in enumerate(own):
        near = own[max(0, number - _LINE_REACH) : number] + own[number + 1 : number + 1 + _LINE_REACH]
        scores.append(score + CONTEXT * max(near, default=0.0) if lines[number].strip() else 0.0)
    return scores
