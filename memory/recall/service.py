"""Recall: the two lanes together, scopes, and lines read from the archive before anybody sees them."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.errors import MultiCoderError
from core.memory import MemoryState, RecalledLine
from memory.lanes import Condition, Passage
from memory.recall.filling import Filling, checksum
from memory.recall.index import FILE, SPACE_BITS, Index
from memory.recall.passages import window
from memory.recall.ranking import lines_of_passage, weight
from memory.recall.searching import REACHES, Search, kind_of
from memory.recall.truth import Chats
from memory.recall.words import asked, terms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from core.memory import Document, Documents, Reach, RecallQuery
    from memory.archive import SqliteArchive
    from memory.lanes import VectorLane
    from memory.recall.index import Entry
    from memory.recall.truth import Said

_SHOWN: Final = 3
"""So many times more lines than asked for are read from the archive: some are folded or gone."""
_VECTORS: Final = 0.2
_WEAK: Final = 0.5
"""Share of what a question tells that the best line must hold; below, a wider scope is asked too."""
_WIDER: Final = 0.8
"""What a line of a wider scope counts beside one of the scope that was asked."""


@dataclass(frozen=True, slots=True)
class _Hit:
    entry: Entry
    score: float


class MemoryRecall:
    """`core.memory.Recall` on an index of words and, where there is one, a lane of vectors."""

    def __init__(
        self, home_root: Path, archive: SqliteArchive, documents: Documents, vectors: VectorLane | None = None
    ) -> None:
        self._chats = Chats(archive.store)
        self._documents = documents
        self._vectors = vectors
        self._index = Index(home_root / FILE)
        self._search = Search(self._index)
        self._filling = asyncio.Lock()

    def close(self) -> None:
        """Close the index; closing twice is no error. Vectors are closed by whoever opened them."""
        self._index.close()

    async def recall(self, query: RecallQuery) -> list[RecalledLine]:
        """Return the best lines, best first. What is quarantined or forgotten is never among them."""
        try:
            return await self._recall(query)
        except sqlite3.DatabaseError:
            await asyncio.to_thread(self._index.begin_anew)
            return []

    async def catch_up(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Index what the archive got since; return the number of lines that were new."""
        async with self._filling:
            try:
                lines, gone = await self._fill(progress)
            except sqlite3.DatabaseError:
                await asyncio.to_thread(self._index.begin_anew)
                lines, gone = await self._fill(progress)
        if self._vectors and gone:
            await self._vectors.remove(gone)
        return lines

    async def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Throw the index away and make it anew."""
        async with self._filling:
            await asyncio.to_thread(self._index.begin_anew)
            await self._fill(progress)
        if self._vectors:
            await self._vectors.rebuild(self)

    async def state(self) -> MemoryState:
        """What there is and what works."""
        messages, _newest = await self._chats.count()
        documents = await self._documents.documents()
        lines = self._index.fetch("SELECT coalesce(sum(lines), 0) FROM passages")[0][0]
        condition = await self._vectors.condition() if self._vectors else Condition("off", 0)
        kept = [document for document in documents if document.standing != "forgotten"]
        return MemoryState(
            messages=messages,
            documents=len(kept),
            lines=lines,
            indexed=lines,
            embedded=condition.embedded,
            lost=0,
            vectors=condition.state,
            trouble=condition.trouble,
            bytes_kept=sum(document.size for document in kept),
        )

    # ---------------------------------------------------------------------------------- memory.lanes.Passages

    async def after(self, passage: int, limit: int) -> list[Passage]:
        """Return the next passages by number that are neither quarantined nor forgotten."""
        unwanted = "source NOT IN (SELECT source FROM documents WHERE standing <> 'kept')"
        listed = f"number IN (SELECT number FROM passages WHERE number > ? AND {unwanted} ORDER BY number LIMIT ?)"  # noqa: S608
        entries = await asyncio.to_thread(self._index.entries, listed, (passage, limit))
        names = dict(await asyncio.to_thread(self._index.fetch, "SELECT space, name FROM spaces"))
        texts = await self._read(entries)
        found = [
            Passage(entry.number, names[entry.place >> SPACE_BITS], "\n".join(texts[entry.place]))
            for entry in entries
            if entry.place in texts
        ]
        return sorted(found, key=lambda item: item.passage)

    async def count(self) -> int:
        """How many passages there are."""
        unwanted = "source NOT IN (SELECT source FROM documents WHERE standing <> 'kept')"
        rows = await asyncio.to_thread(self._index.fetch, f"SELECT count(*) FROM passages WHERE {unwanted}")  # noqa: S608
        return int(rows[0][0])

    # ------------------------------------------------------------------------------------------- behind them

    async def _fill(self, progress: Callable[[int, int], None] | None) -> tuple[int, list[int]]:
        return await Filling(self._index, self._chats, self._documents).fill(progress)

    async def _recall(self, query: RecallQuery) -> list[RecalledLine]:
        first, last = REACHES.index(query.reach), REACHES.index(query.widest)
        found: list[RecalledLine] = []
        share = 1.0
        for reach in REACHES[first : max(first, last) + 1]:
            lines = await self._recall_within(query, reach)
            known = {(line.source, line.line) for line in found}
            found += [line for line in lines if (line.source, line.line) not in known]
            if len(found) >= query.limit and share == 1.0:
                break
            share *= _WIDER
        return found[: query.limit]

    async def _recall_within(self, query: RecallQuery, reach: Reach) -> list[RecalledLine]:
        spaces = await asyncio.to_thread(self._search.spaces, query, reach)
        session = query.session if reach == "session" else ""
        hits: dict[int, _Hit] = {}
        for text in (query.text, *query.also):
            scored = await asyncio.to_thread(self._search.find, text, spaces, session)
            top = max((score for _entry, score in scored.values()), default=1.0)
            for place, (entry, score) in scored.items():
                if place not in hits or hits[place].score < score / top:
                    hits[place] = _Hit(entry, score / top)
        if self._vectors:
            similar = await self._vectors.search([space.name for space in spaces], (query.text, *query.also), 100)
            hits = await asyncio.to_thread(self._fused, hits, similar)
        best = sorted(hits.values(), key=lambda hit: (hit.score, hit.entry.place), reverse=True)
        return await self._shown(query, best[: query.limit * _SHOWN])

    def _fused(self, hits: dict[int, _Hit], similar: Mapping[int, float]) -> dict[int, _Hit]:
        entries = self._index.numbered(similar)
        closest = max(similar.values(), default=0.0)
        if closest <= 0.0:
            return hits
        near = {entry.place: similar[number] / closest for number, entry in entries.items()}
        places = {entry.place: entry for entry in entries.values()} | {at: hit.entry for at, hit in hits.items()}
        return {
            at: _Hit(entry, (hits[at].score if at in hits else 0.0) * (1 - _VECTORS) + _VECTORS * near.get(at, 0.0))
            for at, entry in places.items()
        }

    async def _shown(self, query: RecallQuery, hits: Sequence[_Hit]) -> list[RecalledLine]:
        texts = await self._read([hit.entry for hit in hits])
        sources = await self._sources([hit.entry for hit in hits if hit.entry.place in texts])
        names = dict(await asyncio.to_thread(self._index.fetch, "SELECT space, name FROM spaces"))
        speakers = dict(await asyncio.to_thread(self._index.fetch, "SELECT speaker, name FROM speakers"))
        wanted = [term for text in (query.text, *query.also) for term in asked(text)]
        weights = {term: weight(1, 10) for term in wanted}
        found: list[RecalledLine] = []
        seen: set[str] = set()
        for hit in hits:
            entry, lines = hit.entry, texts.get(hit.entry.place)
            source = sources.get(entry.source)
            if not lines or source is None:
                continue
            scores = lines_of_passage(weights, lines, terms)
            best = max(scores) or 1.0
            kind = kind_of(names[entry.place >> SPACE_BITS])
            for number, (line, score) in enumerate(zip(lines, scores, strict=True), start=entry.first):
                folded = " ".join(terms(line))
                if not line.strip() or (len(lines) > 1 and score < best / 2) or folded in seen:
                    continue
                seen.add(folded)
                found.append(
                    source.line(number, line, hit.score * (score / best or 0.5), kind, speakers[entry.speaker])
                )
        return sorted(found, key=lambda line: -line.score)

    async def _read(self, entries: Sequence[Entry]) -> dict[int, list[str]]:
        """Read passages from the archive; one that is not what was indexed is left out."""
        said = await self._chats.at({-entry.source for entry in entries if entry.source < 0})
        documents = await self._named({entry.source for entry in entries if entry.source > 0})
        found: dict[int, list[str]] = {}
        for entry in entries:
            last = entry.first + entry.lines - 1
            lines: list[str] = []
            if -entry.source in said:
                lines = said[-entry.source].lines[entry.first - 1 : last]
            elif entry.source in documents:
                lines = await self._lines(documents[entry.source], entry.first, last)
            if len(lines) == 1:
                lines = [window(lines[0], entry.start)]
            if lines and checksum(lines) == entry.crc:
                found[entry.place] = lines
        return found

    async def _lines(self, document: str, first: int, last: int) -> list[str]:
        try:
            return await self._documents.lines(document, first, last)
        except MultiCoderError:
            return []

    async def _named(self, sources: set[int]) -> dict[int, str]:
        rows = await asyncio.to_thread(
            self._index.fetch, "SELECT source, document FROM documents WHERE standing = 'kept'"
        )
        return {source: document for source, document in rows if source in sources}

    async def _sources(self, entries: Sequence[Entry]) -> dict[int, _Source]:
        found: dict[int, _Source] = {}
        said = await self._chats.at({-entry.source for entry in entries if entry.source < 0})
        for project in {message.project for message in said.values()}:
            sessions = {message.session for message in said.values() if message.project == project}
            title, titles = await self._chats.titles(project, sessions)
            for message in said.values():
                name, deleted = titles.get(message.session, (title, False))
                if message.project == project and not deleted:
                    found[-message.position] = _Source(message, None, name)
        for source, document in (await self._named({entry.source for entry in entries if entry.source > 0})).items():
            kept = await self._documents.document(document)
            if kept.standing == "kept":
                found[source] = _Source(None, kept, kept.note.name)
        return found


@dataclass(frozen=True, slots=True)
class _Source:
    said: Said | None
    document: Document | None
    name: str

    def line(self, number: int, text: str, score: float, kind: str, speaker: str) -> RecalledLine:
        if self.said is not None:
            said = self.said
            trust = "person" if said.author == "person" else "own"
            facts = (kind, trust, self.name, said.project, said.session, said.author, said.created)
            return RecalledLine(said.message, number, text, score, *facts)  # type: ignore[arg-type]
        assert self.document is not None  # noqa: S101 - one of the two is given
        note = self.document.note
        facts = (kind, note.trust, self.name, note.project, note.session, speaker, self.document.created)
        return RecalledLine(self.document.document, number, text, score, *facts)  # type: ignore[arg-type]
