"""Find passages in the index: which spaces a question reaches, which terms are worth following, what vectors add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from memory.recall.filling import PERSON, space_of
from memory.recall.index import SPACE_BITS
from memory.recall.ranking import Found, Question, best_by_words, neighbours, ranked, weight
from memory.recall.words import asked, terms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.memory import Kind, Reach, RecallQuery
    from memory.recall.index import Entry, Index

_MOST_HELD: Final = 4_000
"""Passages of one term that are looked at; a term of more is followed only among what rarer terms found."""
_CANDIDATES: Final = 200
REACHES: Final[tuple[Reach, ...]] = ("session", "project", "person", "archive")


@dataclass(frozen=True, slots=True)
class Space:
    """What is searched together."""

    space: int
    name: str
    last: int
    lines: int
    words: int


class Search:
    """Searches an index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def spaces(self, query: RecallQuery, reach: Reach) -> list[Space]:
        """Return the spaces a reach covers."""
        rows = self._index.fetch("SELECT space, name, last, lines, words FROM spaces")
        return [space for space in (Space(*row) for row in rows) if _covers(query, reach, space.name)]

    def find(self, text: str, spaces: Sequence[Space], session: str) -> Mapping[int, tuple[Entry, float]]:
        """Return passages that fit a question, with their scores."""
        found = self._postings(asked(text), spaces)
        lines = sum(space.last for space in spaces)
        found.lines = max(1, lines)
        found.average = max(1.0, sum(space.words for space in spaces) / found.lines)
        weights = {term: weight(len(places), found.lines) for term, places in found.postings.items()}
        question = Question(weights, self._speakers(text))
        best = best_by_words(question, found, _CANDIDATES)
        around = {at for place in best for at in neighbours(place)}
        entries = self._index.at(around.union(best))
        if session:
            thread = self._index.fetch("SELECT thread FROM threads WHERE name = ?", (session,))
            entries = {at: entry for at, entry in entries.items() if thread and entry.thread == thread[0][0]}
        unwanted = self._unwanted()
        scores = ranked(question, found, entries)
        return {at: (entries[at], score) for at, score in scores.items() if entries[at].source not in unwanted}

    def _postings(self, wanted: Sequence[str], spaces: Sequence[Space]) -> Found:
        found = Found()
        common: list[str] = []
        for term in wanted:
            places: set[int] = set()
            for space in spaces:
                first = space.space << SPACE_BITS
                query = "SELECT rowid FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"
                values = (f'"{term}"', first, first + space.last, _MOST_HELD + 1 - len(places))
                places.update(place for (place,) in self._index.fetch(query, values))
                if len(places) > _MOST_HELD:
                    common.append(term)
                    break
            if places:
                found.postings[term] = places
        if len(common) < len(found.postings):
            for term in common:
                del found.postings[term]
        return found

    def _speakers(self, text: str) -> frozenset[int]:
        """Return the speakers a question names."""
        said = set(terms(text))
        rows = self._index.fetch("SELECT speaker, name FROM speakers LIMIT 5000")
        return frozenset(number for number, name in rows if said.intersection(terms(name)[:1]))

    def _unwanted(self) -> frozenset[int]:
        return frozenset(s for (s,) in self._index.fetch("SELECT source FROM documents WHERE standing <> 'kept'"))


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


def kind_of(name: str) -> Kind:
    """Return the kind of a space."""
    return name.rpartition(".")[2]  # type: ignore[return-value]
