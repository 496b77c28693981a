"""Find passages in the index: which spaces a question reaches, and which of its terms are worth following."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final

from memory.recall.filling import PERSON, space_of
from memory.recall.index import SPACE_BITS
from memory.recall.ranking import AROUND, Found, Recipe, best_by_words, ranked, telling
from memory.recall.words import asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.memory import Reach, RecallQuery
    from memory.recall.index import Entry, Index

REACHES: Final[tuple[Reach, ...]] = ("session", "project", "person", "archive")
_MOST_HELD: Final = 3_000
"""Passages of one term that are listed. A term of more is followed only where rarer ones or pairs of terms lead."""
_MOST_RANGES: Final = 16
"""Spaces that are searched one by one; more are searched at once and sorted out afterwards."""
_PAIRED: Final = 4
_OF_A_PAIR: Final = 500
_CANDIDATES: Final = 300


@dataclass(frozen=True, slots=True)
class Space:
    """What is searched together."""

    space: int
    name: str
    last: int
    words: int


@dataclass(slots=True)
class Hits:
    """Passages that fit, with scores where 1 is about a line that holds every word of the question."""

    entries: dict[int, Entry] = field(default_factory=dict)
    scores: dict[int, float] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    """How telling the terms of the question are."""

    def join(self, other: Hits) -> None:
        """Take in what the same question found in other words."""
        self.entries |= other.entries
        for place, score in other.scores.items():
            self.scores[place] = max(score, self.scores.get(place, 0.0))
        for term, weight in other.weights.items():
            self.weights[term] = max(weight, self.weights.get(term, 0.0))


class Search:
    """Searches an index."""

    def __init__(self, index: Index, recipe: Recipe) -> None:
        self._index = index
        self._recipe = recipe

    def spaces(self, query: RecallQuery, reach: Reach) -> list[Space]:
        """Return the spaces within reach."""
        rows = self._index.fetch("SELECT space, name, last, words FROM spaces")
        return [space for space in (Space(*row) for row in rows) if _covers(query, reach, space.name)]

    def find(self, texts: Iterable[str], spaces: Sequence[Space], threads: Iterable[str] | None = None) -> Hits:
        """Return the passages of some spaces that fit one of the texts best, of all or only of some threads."""
        hits = Hits()
        unwanted = self._unwanted(threads)
        for text in texts:
            hits.join(self._find(text, spaces, unwanted))
        return hits

    def _find(self, text: str, spaces: Sequence[Space], unwanted: _Unwanted) -> Hits:
        found = self._found(text, spaces)
        best = best_by_words(found, _CANDIDATES)
        entries = self._index.at({place - step for place in best for step in AROUND}.union(best))
        entries = {at: entry for at, entry in entries.items() if not unwanted(entry)}
        threads = self._threads({entry.thread for entry in entries.values()})
        scores = ranked(found, entries, threads, self._recipe)
        ideal = found.ideal
        return Hits(
            {at: entries[at] for at in scores}, {at: score / ideal for at, score in scores.items()}, found.telling
        )

    def _found(self, text: str, spaces: Sequence[Space]) -> Found:
        """Look the terms of a text up."""
        passages = max(1, sum(space.last for space in spaces))
        wanted = asked(text)
        named = self._named(wanted)
        telling_terms = [term for term in wanted if term not in named] or wanted
        found = Found(speakers=frozenset(number for numbers in named.values() for number in numbers))
        found.average = max(1.0, sum(space.words for space in spaces) / passages)
        ranges = _Ranges(self._index, spaces)
        common = []
        for term in telling_terms:
            places = ranges.holding(f'"{term}"', _MOST_HELD + 1)
            if len(places) > _MOST_HELD:
                common.append(term)
                continue
            found.postings[term] = set(places)
            found.telling[term] = telling(len(places), passages)
        if common:
            _follow_common(found, common, ranges, passages)
        return found

    def _named(self, wanted: Sequence[str]) -> dict[str, list[int]]:
        """Return the terms that name a speaker: who is asked about speaks of it, and others say the name."""
        found: dict[str, list[int]] = {}
        rows = self._index.fetch(
            "SELECT speaker, term FROM speaker_terms WHERE term IN (SELECT value FROM json_each(?))",
            (json.dumps(list(wanted)),),
        )
        for speaker, term in rows:
            found.setdefault(term, []).append(speaker)
        return found

    def _unwanted(self, threads: Iterable[str] | None) -> _Unwanted:
        sources = self._index.fetch("SELECT source FROM documents WHERE standing <> 'kept'")
        wanted = None
        if threads is not None:
            query = "SELECT thread FROM threads WHERE name IN (SELECT value FROM json_each(?))"
            wanted = frozenset(thread for (thread,) in self._index.fetch(query, (json.dumps(list(threads)),)))
        return _Unwanted(frozenset(source for (source,) in sources), wanted)

    def _threads(self, threads: Iterable[int]) -> dict[int, int]:
        listed = json.dumps(sorted(threads))
        query = "SELECT thread, words FROM threads WHERE thread IN (SELECT value FROM json_each(?))"
        return dict(self._index.fetch(query, (listed,)))


@dataclass(frozen=True, slots=True)
class _Unwanted:
    """Says of passages whether they may not be found."""

    sources: frozenset[int]
    threads: frozenset[int] | None
    """The only ones that are wanted; None for all."""

    def __call__(self, entry: Entry) -> bool:
        if entry.source in self.sources:
            return True
        return self.threads is not None and entry.thread not in self.threads


class _Ranges:
    """Rows of the index that belong to some spaces."""

    def __init__(self, index: Index, spaces: Sequence[Space]) -> None:
        self._index = index
        self._spaces = spaces
        self._wanted = {space.space for space in spaces}

    def holding(self, match: str, limit: int) -> list[int]:
        """Return at most so many places that match, newest first within their space."""
        query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?"
        if len(self._spaces) > _MOST_RANGES:
            highest = (max(self._wanted) + 1) << SPACE_BITS
            rows = self._index.fetch(query, (match, 0, highest, limit))
            return [place for (place,) in rows if place >> SPACE_BITS in self._wanted]
        places: list[int] = []
        for space in self._spaces:
            first = space.space << SPACE_BITS
            values = (match, first, first + space.last, limit - len(places))
            places += [place for (place,) in self._index.fetch(query, values)]
            if len(places) >= limit:
                break
        return places


def _follow_common(found: Found, common: Sequence[str], ranges: _Ranges, passages: int) -> None:
    """Add terms that very many passages hold: among those that hold a rarer one, else where two of them meet."""
    rare = [term for term in found.postings if found.postings[term]]
    if rare:
        held = {place for term in rare for place in found.postings[term]}
        either = " OR ".join(f'"{term}"' for term in rare)
        for term in common:
            places = ranges.holding(f'({either}) AND "{term}"', _MOST_HELD)
            found.postings[term] = set(places)
            share = max(len(places) / len(held), _MOST_HELD / passages)
            found.telling[term] = telling(share * passages, passages)
        return
    for term in common:
        found.postings[term] = set()
        found.telling[term] = telling(_MOST_HELD, passages)
    for one, other in combinations(common[:_PAIRED], 2):
        for place in ranges.holding(f'"{one}" AND "{other}"', _OF_A_PAIR):
            found.postings[one].add(place)
            found.postings[other].add(place)
    if len(common) == 1:
        found.postings[common[0]] = set(ranges.holding(f'"{common[0]}"', _OF_A_PAIR))


def _covers(query: RecallQuery, reach: Reach, name: str) -> bool:
    owner, _dot, kind = name.rpartition(".")
    if kind not in query.kinds:
        return False
    if reach == "archive":
        return True
    wanted = space_of(query.project, kind)
    if reach == "person":
        return name == wanted or owner == PERSON or kind == "errors"
    return name == wanted


def vector_hits(index: Index, similar: Mapping[int, float]) -> dict[Entry, float]:
    """Return the passages of the vector lane that are still there, 1 for the closest."""
    closest = max(similar.values(), default=0.0)
    if closest <= 0.0:
        return {}
    return {entry: similar[number] / closest for number, entry in index.numbered(similar).items()}
