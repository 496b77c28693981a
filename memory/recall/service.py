"""Recall: the two lanes together, scopes, and lines read from the archive before anybody sees them."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.errors import StorageError
from core.memory import MemoryState
from memory.documents.documents import FILE as DOCUMENTS
from memory.lanes import Condition, Passage
from memory.recall.filling import Filling
from memory.recall.index import FILE, SPACE_BITS, BegunAnewError, Index, is_damage
from memory.recall.ranking import Recipe, lines_of_passage
from memory.recall.reading import Reader
from memory.recall.searching import REACHES, Hits, Search, vector_hits
from memory.recall.truth import Chats
from memory.recall.words import terms

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any, TypeVar

    from core.memory import Kind, Reach, RecalledLine, RecallQuery
    from memory.archive import SqliteArchive
    from memory.documents.documents import SqliteDocuments
    from memory.lanes import VectorLane
    from memory.recall.index import Entry
    from memory.recall.searching import Space

    T = TypeVar("T")

_MORE: Final = 5
_READS: Final = 3
"""Some more passages than lines are asked for are read from the archive, at most so many times: some say the same."""
_WEAK: Final = 0.55
"""Below this score of the best line a wider scope is asked too; a line that holds every word has about 1."""
_WIDER: Final = 0.8
"""What a line of a wider scope counts beside one of the scope that was asked."""
_SIMILAR: Final = 100
_BESIDE: Final = 0.5
"""Lines of a passage that fit less than this share of its best line are not shown with it."""
_UNWANTED: Final = "source NOT IN (SELECT source FROM documents WHERE standing <> 'kept')"


class MemoryRecall:
    """`core.memory.Recall` and `memory.lanes.Passages` on an index of words; with a lane of vectors where there is one.

    The index is made anew when it is found damaged; until it has caught up, recall finds less.
    """

    def __init__(
        self,
        home_root: Path,
        archive: SqliteArchive,
        documents: SqliteDocuments,
        vectors: VectorLane | None = None,
        *,
        recipe: Recipe | None = None,
    ) -> None:
        self._home = home_root
        self._chats = Chats(archive.store)
        self._documents = documents
        self._vectors = vectors
        self._recipe = recipe or Recipe()
        self._index = Index(home_root / FILE)
        self._search = Search(self._index, self._recipe)
        self._reader = Reader(self._index, self._chats, documents)
        self._filling = asyncio.Lock()

    def close(self) -> None:
        """Close the index; closing twice is no error. Vectors are closed by whoever opened them."""
        self._index.close()

    async def recall(self, query: RecallQuery) -> list[RecalledLine]:
        """Return the best lines, best first. What is quarantined or forgotten is never among them."""
        return await self._mended(lambda: self._recall(query))

    async def catch_up(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Index what the archive got since; return the number of lines that were new."""
        async with self._filling:
            lines, gone = await self._mended(lambda: self._fill(progress))
        if self._vectors and gone:
            await self._vectors.remove(gone)
        return lines

    async def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Throw the index away and make it anew."""
        async with self._filling:
            await asyncio.to_thread(self._index.begin_anew, self._index.generation)
            await self._mended(lambda: self._fill(progress))
        if self._vectors:
            await self._vectors.rebuild(self)

    async def state(self) -> MemoryState:
        """What there is and what works."""
        messages = await self._chats.count()
        documents = [document for document in await self._documents.documents() if document.standing != "forgotten"]
        condition = await self._vectors.condition() if self._vectors else Condition("off", 0)
        query = "SELECT coalesce(sum(lines), 0), coalesce(sum(lines) FILTER (WHERE source < 0), 0) FROM passages"
        indexed, said = (await self._mended(lambda: asyncio.to_thread(self._index.fetch, query)))[0]
        return MemoryState(
            messages=messages,
            documents=len(documents),
            lines=said + sum(document.lines for document in documents),
            indexed=indexed,
            embedded=condition.embedded,
            lost=await self._documents.lost() + await self._chats.lost(),
            vectors=condition.state,
            trouble=condition.trouble,
            bytes_kept=sum(document.size for document in documents),
            bytes_used=await asyncio.to_thread(self._bytes_used),
        )

    # ---------------------------------------------------------------------------------- memory.lanes.Passages

    async def after(self, passage: int, limit: int) -> list[Passage]:
        """Return the next passages by number that are neither quarantined nor forgotten."""
        entries = await asyncio.to_thread(self._index.following, passage, _UNWANTED, limit)
        names = dict(await asyncio.to_thread(self._index.fetch, "SELECT space, name FROM spaces"))
        read = await self._reader.read(list(entries.values()))
        return [
            Passage(number, names[entry.place >> SPACE_BITS], "\n".join(read.lines[entry.place]))
            for number, entry in entries.items()
            if entry.place in read.lines
        ]

    async def count(self) -> int:
        """How many passages there are."""
        rows = await asyncio.to_thread(self._index.fetch, f"SELECT count(*) FROM passages WHERE {_UNWANTED}")  # noqa: S608 - own names
        return int(rows[0][0])

    # ------------------------------------------------------------------------------------------- behind them

    async def _mended(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Do something with the index; when it is damaged, make it anew and do it again."""
        for patience in (True, True, False):
            generation = self._index.generation
            try:
                return await work()
            except BegunAnewError:
                continue  # somebody else found the damage
            except sqlite3.Error as error:
                if not (patience and is_damage(error)):
                    raise StorageError("storage", path=str(self._index.path), detail=str(error)) from error
                await asyncio.to_thread(self._index.begin_anew, generation)
        raise StorageError("storage", path=str(self._index.path), detail="thrown away again and again")

    async def _fill(self, progress: Callable[[int, int], None] | None) -> tuple[int, list[int]]:
        return await Filling(self._index, self._chats, self._documents).fill(progress)

    async def _recall(self, query: RecallQuery) -> list[RecalledLine]:
        first, last = REACHES.index(query.reach), REACHES.index(query.widest)
        found: dict[str, RecalledLine] = {}
        share, looked = 1.0, 0
        for reach in REACHES[first : max(first, last) + 1]:
            spaces = await asyncio.to_thread(self._search.spaces, query, reach)
            if len(spaces) == looked and reach != "project":
                continue  # there is nothing else
            looked = len(spaces)
            for line in await self._recall_within(query, reach, spaces):
                found.setdefault(line.place, replace(line, score=line.score * share))
            if found and max(line.score for line in found.values()) >= _WEAK:
                break
            share *= _WIDER
        return sorted(found.values(), key=lambda line: -line.score)[: query.limit]

    async def _recall_within(self, query: RecallQuery, reach: Reach, spaces: Sequence[Space]) -> list[RecalledLine]:
        texts = (query.text, *query.also)
        threads = await self._conversation(query) if reach == "session" else None
        hits = await asyncio.to_thread(self._search.find, texts, spaces, threads)
        at_a_loss = max(hits.scores.values(), default=0.0) < _WEAK
        if self._vectors and self._recipe.vectors and reach != "session" and at_a_loss:
            similar = await self._vectors.search([space.name for space in spaces], texts, _SIMILAR)
            await asyncio.to_thread(self._fuse, hits, similar)
        return await self._shown(query, hits)

    async def _conversation(self, query: RecallQuery) -> frozenset[str]:
        """Threads of one conversation: what was said in it and what was attached to it; else that of the project."""
        if not query.session:
            return frozenset({query.project})
        documents = await self._documents.documents(project=query.project)
        attached = (item.document for item in documents if item.note.session == query.session)
        return frozenset({query.session, *attached})

    def _fuse(self, hits: Hits, similar: Mapping[int, float]) -> None:
        """Add what the vectors find by how much words are at a loss.

        Where vectors are always counted they take away what words found; see docs/benchmarks.md.
        """
        top = max(hits.scores.values(), default=0.0)
        share = self._recipe.vectors * max(0.0, 1.0 - top / _WEAK)
        for entry, closeness in vector_hits(self._index, similar).items():
            gets = share * max(top, self._recipe.vectors) * closeness * (self._recipe.asking if entry.asks else 1.0)
            hits.entries[entry.place] = entry
            hits.scores[entry.place] = hits.scores.get(entry.place, 0.0) + gets

    async def _shown(self, query: RecallQuery, hits: Hits) -> list[RecalledLine]:
        """Read the best passages and pick their lines; lines that say the same are shown once."""
        order = sorted(hits.scores, key=lambda place: (hits.scores[place], place), reverse=True)
        found: list[RecalledLine] = []
        at_once = query.limit + _MORE
        for first in range(0, min(len(order), at_once * _READS), at_once):
            best = [hits.entries[place] for place in order[first : first + at_once]]
            read, facts = await asyncio.gather(self._reader.read(best), asyncio.to_thread(self._named, best))
            for entry in best:
                lines, source = read.lines.get(entry.place), read.sources.get(entry.source)
                if lines and source is not None:
                    kind, speaker = facts[entry.place]
                    for number, text, share in _lines_of(entry, lines, hits.weights):
                        found.append(source.line(number, text, hits.scores[entry.place] * share, kind, speaker))
            found = _folded(sorted(found, key=lambda line: -line.score))
            if len(found) >= query.limit:
                break
        return found[: query.limit]

    def _named(self, entries: Sequence[Entry]) -> dict[int, tuple[Kind, str]]:
        spaces = dict(self._index.fetch("SELECT space, name FROM spaces"))
        speakers = self._index.names("speakers", {entry.speaker for entry in entries})
        kinds = {entry.place: spaces[entry.place >> SPACE_BITS].rpartition(".")[2] for entry in entries}
        return {entry.place: (kinds[entry.place], speakers[entry.speaker]) for entry in entries}

    def _bytes_used(self) -> int:
        names = ("multicoder.db", DOCUMENTS, FILE)
        files = [self._home / f"{name}{suffix}" for name in names for suffix in ("", "-wal")]
        files += [file for file in (self._home / "vectors").rglob("*") if file.is_file()]
        return sum(file.stat().st_size for file in files if file.exists())


def _lines_of(entry: Entry, lines: Sequence[str], weights: Mapping[str, float]) -> Iterator[tuple[int, str, float]]:
    """Yield the lines of a passage that are shown, with what they count of its score."""
    if len(lines) == 1:
        yield entry.first, lines[0], 1.0
        return
    scores = lines_of_passage(weights, lines, terms)
    best = max(scores)
    if not best:  # found by its vector alone
        number = next(n for n, line in enumerate(lines) if line.strip())
        yield entry.first + number, lines[number], 1.0
        return
    whole = (1.0 + min(1.0, best / sum(weights.values()))) / 2
    for number, score in enumerate(scores):
        if score >= best * _BESIDE:
            yield entry.first + number, lines[number], whole * score / best


def _folded(lines: Sequence[RecalledLine]) -> list[RecalledLine]:
    """Leave out lines whose words are those of a better one."""
    kept: dict[tuple[str, ...], RecalledLine] = {}
    for line in lines:
        words = tuple(sorted(set(terms(line.text)))) or (line.text.strip(),)
        kept.setdefault(words, line)
    return list(kept.values())
