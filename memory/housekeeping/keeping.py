"""Housekeeping at work: it follows what is kept, a block at a time, so that its cost grows with what is new only.

A block is about two hundred lines of a project; of each the most telling lines are noted by place and checksum. Many
blocks give a block above them, made of their telling lines. What a summary says is read from the archive when it is
asked for: a line that is not what it was, or may no longer be found, is left out and its block is made again.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from core.errors import InputError, StorageError
from core.memory import Lines
from memory.housekeeping.house import House
from memory.housekeeping.likeness import Sketching, likeness
from memory.housekeeping.telling import telling
from memory.recall.truth import Chats
from memory.tokens.counting import count as count_tokens

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from core.memory import Document, RecalledLine
    from memory.archive import SqliteArchive
    from memory.documents.documents import SqliteDocuments
    from memory.recall.truth import Said

T = TypeVar("T")
Level = Literal["session", "project", "person"]
BLOCK: Final = 200
"""Lines of a block."""
FAN: Final = 24
"""So many blocks give one above them."""
PICKS: Final = 8
_SUMMED_UP: Final = frozenset({"dialogue", "docs"})
_LONGEST: Final = 400
"""Characters of a line a summary shows; its place leads to the rest."""
_AT_ONCE: Final = 200
_PROVED_AT_ONCE: Final = 20
_SKETCHED_LINES: Final = 20_000
"""Of a longer document its beginning stands for it."""
_FEWEST_RUNS: Final = 16
_NEAR: Final = 0.8
_TWICE: Final = 2
_WORTH: Final[dict[Level, float]] = {"session": 1.0, "project": 1.05, "person": 1.1}
_REPEATED: Final = 0.8
"""What a line of a document counts that nearly repeats an older one."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One line that may be told again."""

    source: str
    line: int
    text: str

    @property
    def sha256(self) -> bytes:
        """Of its text."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class Rank:
    """What use and likeness say of a source; only ranks follow from it."""

    level: Level = "session"
    """`project`: cited in two conversations; `person`: in two projects."""
    near: str = ""
    """The older document it nearly repeats."""


Row = tuple[Any, ...]
Picked = tuple["Sequence[Unit]", list[tuple[int, float]]]
"""Lines of a block, and which of them tell most."""


class Housekeeping:
    """Summaries, levels and likenesses of one open memory."""

    def __init__(self, root: Path, archive: SqliteArchive, documents: SqliteDocuments) -> None:
        self._house = House(root)
        self._archive = archive
        self._chats = Chats(archive.store)
        self._documents = documents
        self._turn = asyncio.Lock()

    def close(self) -> None:
        """Close the file; closing twice is no error."""
        self._house.close()

    # ------------------------------------------------------------------------------------------ asked by others

    async def summaries(self, project: str, tokens: int, count: int) -> list[tuple[str, tuple[Lines, ...]]]:
        """Return telling lines of a project, the most telling first, within `tokens`; each as it stands there."""
        query = (
            "SELECT source, line, sha256 FROM picks JOIN blocks USING (block) WHERE project = ? AND above IS NULL"
            " ORDER BY score * (1 + level) DESC, pick LIMIT ?"
        )
        rows = await self._rows(query, project, 4 * count)
        found: list[tuple[str, tuple[Lines, ...]]] = []
        left, said = tokens, set[bytes]()
        for source, line, sha256 in rows:
            if sha256 in said:
                continue
            said.add(sha256)
            unit = await self._unit(project, source, line)
            if unit is None or unit.sha256 != sha256:
                continue
            text = unit.text.strip()[:_LONGEST]
            left -= await asyncio.to_thread(count_tokens, text)
            if left < 0 or len(found) == count:
                break
            found.append((text, (Lines(source, line, line),)))
        return found

    async def used(self, lines: Iterable[Lines], session: str, project: str) -> None:
        """Note that lines were given to a role and cited; repeating it changes nothing."""
        rows = [
            (item.source, line, session, project)
            for item in lines
            for line in range(item.first, min(item.last, item.first + _AT_ONCE) + 1)
        ]
        query = "INSERT OR IGNORE INTO used VALUES (?, ?, ?, ?)"
        await self._do(lambda db: db.executemany(query, rows))

    async def levels(self, sources: Sequence[str]) -> Mapping[str, Rank]:
        """Return what is known of sources; those of which nothing is are left out."""
        listed = (json.dumps(list(dict.fromkeys(sources))),)
        these = "(SELECT value FROM json_each(?))"
        each = (
            "SELECT source, count(DISTINCT session) AS sessions, count(DISTINCT project) AS projects FROM used"  # noqa: S608 - a constant
            f" WHERE source IN {these} GROUP BY source, line"
        )
        rows = await self._rows(f"SELECT source, max(sessions), max(projects) FROM ({each}) GROUP BY source", *listed)  # noqa: S608 - as above
        alike = f"SELECT document, original FROM near WHERE document IN {these}"  # noqa: S608 - a constant
        near: dict[str, str] = dict(await self._rows(alike, *listed))
        found: dict[str, Rank] = {source: Rank(near=original) for source, original in near.items()}
        for source, sessions, projects in rows:
            level: Level = "person" if projects >= _TWICE else "project" if sessions >= _TWICE else "session"
            found[source] = Rank(level, near.get(source, ""))
        return found

    async def ranked(self, lines: Sequence[RecalledLine]) -> list[RecalledLine]:
        """Return recalled lines in the order that levels and likenesses give them; none is left out."""
        ranks = await self.levels([line.source for line in lines])
        weighed = [
            replace(line, score=line.score * _WORTH[rank.level] * (_REPEATED if rank.near else 1.0))
            if (rank := ranks.get(line.source)) is not None
            else line
            for line in lines
        ]
        return sorted(weighed, key=lambda line: -line.score)

    async def forget(self, sources: Iterable[str]) -> None:
        """Take out everything that was derived from sources; nothing of it stays in the file or its log."""
        listed = (json.dumps(list(sources)),)

        def work(db: sqlite3.Connection) -> None:
            these = "(SELECT value FROM json_each(?))"
            for table, column in (("picks", "source"), ("covered", "source"), ("used", "source")):
                db.execute(f"DELETE FROM {table} WHERE {column} IN {these}", listed)  # noqa: S608 - constants
            db.execute(f"DELETE FROM sketches WHERE document IN {these}", listed)  # noqa: S608 - constants
            db.execute(f"DELETE FROM near WHERE document IN {these} OR original IN {these}", listed * 2)  # noqa: S608 - constants
            db.execute("DELETE FROM blocks WHERE level = 0 AND block NOT IN (SELECT block FROM covered)")

        await self._do(work)
        await asyncio.to_thread(self._house.empty_log)

    # ------------------------------------------------------------------------------------------ at work

    async def keep(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Sum up what came in since; return how many blocks were made.

        What `progress` raises stops it: the next call goes on where it was.
        """
        async with self._turn:
            await self._follow_decisions()
            made = await self._follow_messages(progress)
            made += await self._follow_documents(progress)
            await self._prove_some()
            return made

    async def _follow_messages(self, progress: Callable[[int, int], None] | None) -> int:
        made = done = 0
        while True:
            position = await self._position("messages")
            said = await self._chats.after(position, _AT_ONCE)
            if not said:
                return made
            for project, positions in (await self._grown_tails(said)).items():
                made += await self._close_tail(project, positions)
            await self._seen("messages", said[-1].position)
            done += len(said)
            if progress is not None:
                progress(done, 0)

    async def _grown_tails(self, said: Sequence[Said]) -> dict[str, list[int]]:
        """The messages of each project that are in no block yet, with the new ones behind them."""
        tails: dict[str, list[int]] = {}
        for item in said:
            if item.project not in tails:
                row = await self._rows("SELECT positions FROM tails WHERE project = ?", item.project)
                tails[item.project] = json.loads(row[0][0]) if row else []
            # A block that was made just before a break-off holds what is read again here; once is enough.
            known = "SELECT 1 FROM covered WHERE source = ? LIMIT 1"
            if item.position not in tails[item.project] and not await self._rows(known, item.message):
                tails[item.project].append(item.position)
        return tails

    async def _close_tail(self, project: str, positions: list[int]) -> int:
        """Make blocks of the end of a project when it is long enough, and note what is still in none."""
        messages = await self._chats.at(positions)
        units = [unit for at in sorted(messages) for unit in _units_of(messages[at])]
        full = len(units) >= BLOCK
        blocks = await self._picked(units) if full else []

        def keep(db: sqlite3.Connection) -> None:
            _add_blocks(db, project, blocks)
            db.execute("INSERT OR REPLACE INTO tails VALUES (?, ?)", (project, json.dumps([] if full else positions)))

        await self._do(keep)
        await self._rise(project)
        return len(blocks)

    async def _follow_documents(self, progress: Callable[[int, int], None] | None) -> int:
        made = 0
        while True:
            position = await self._position("documents")
            found = await self._documents.after(position, 1)
            if not found:
                return made
            position, document = found[0]
            made += await self._take_in(document, progress)
            await self._seen("documents", position)

    async def _take_in(self, document: Document, progress: Callable[[int, int], None] | None) -> int:
        """Sum a document up and look for what it nearly repeats."""
        if document.standing != "kept" or not document.note.indexed or not document.lines:
            return 0
        await self._drop(document.document)  # of a time that was broken off
        sketching, made = Sketching(), 0
        for first in range(1, document.lines + 1, BLOCK):
            try:
                lines = await self._documents.lines(document.document, first, first + BLOCK - 1)
            except (InputError, StorageError):  # forgotten meanwhile, or damaged, which the scrub tells of
                return made
            if first <= _SKETCHED_LINES:
                await asyncio.to_thread(sketching.take, lines)
            if document.note.kind in _SUMMED_UP:
                units = [Unit(document.document, first + place, line) for place, line in enumerate(lines)]
                made += await self._add_blocks(document.note.project, units)
            if progress is not None:
                progress(first, document.lines)
        sketch = sketching.sketch
        if len(sketch) >= _FEWEST_RUNS:
            await self._do(lambda db: _note_likeness(db, document.document, sketch))
        return made

    async def _add_blocks(self, project: str, units: Sequence[Unit]) -> int:
        blocks = await self._picked(units)
        await self._do(lambda db: _add_blocks(db, project, blocks))
        await self._rise(project)
        return len(blocks)

    async def _picked(self, units: Sequence[Unit]) -> list[Picked]:
        size = math.ceil(len(units) / max(1, round(len(units) / BLOCK)))  # no small rest that is summed up by itself
        parts = [units[start : start + size] for start in range(0, len(units), max(1, size))]
        return [(part, await asyncio.to_thread(telling, [unit.text for unit in part], PICKS)) for part in parts]

    async def _rise(self, project: str) -> None:
        """Give many blocks of a level one above them."""
        query = "SELECT block FROM blocks WHERE project = ? AND level = ? AND above IS NULL ORDER BY block LIMIT ?"
        picks = "SELECT source, line, sha256 FROM picks WHERE block = ? ORDER BY pick"
        level = 0
        while len(below := [row[0] for row in await self._rows(query, project, level, FAN)]) == FAN:
            units: list[Unit] = []
            for block in below:
                for source, line, sha256 in await self._rows(picks, block):
                    unit = await self._unit(project, source, line)
                    if unit is not None and unit.sha256 == sha256:
                        units.append(unit)
            level += 1
            await self._put_above(project, level, below, units)

    async def _put_above(self, project: str, level: int, below: Sequence[int], units: Sequence[Unit]) -> None:
        picked = await asyncio.to_thread(telling, [unit.text for unit in units], PICKS)
        await self._do(lambda db: _put_above(db, (project, level, len(units)), below, units, picked))

    async def _follow_decisions(self) -> None:
        """What is quarantined or forgotten is in no summary; what was released is summed up again."""
        while decided := await self._documents.decided_after(await self._position("standings"), _AT_ONCE):
            for number, document, standing in decided:
                await self._drop(document)
                if standing == "forgotten":
                    await self.forget([document])
                if standing == "kept":
                    await self._take_in(await self._documents.document(document), None)
                await self._seen("standings", number)

    async def _prove_some(self) -> None:
        """Compare some blocks with what they cover, in turns; one that covers something else now is made again."""
        last = await self._position("proved")
        query = "SELECT DISTINCT block FROM covered WHERE block > ? ORDER BY block LIMIT ?"
        blocks = [row[0] for row in await self._rows(query, last, _PROVED_AT_ONCE)]
        for block in blocks:
            await self._prove(block)
        await self._seen("proved", blocks[-1] if len(blocks) == _PROVED_AT_ONCE else 0)

    async def _prove(self, block: int) -> None:
        units: list[Unit] = []
        whole = True
        query = "SELECT source, first, last, sha256 FROM covered WHERE block = ?"
        for source, first, last, sha256 in await self._rows(query, block):
            found = await self._units(source, first, last)
            units += found
            whole = whole and _digest(found) == sha256
        if not whole:
            picked = await asyncio.to_thread(telling, [unit.text for unit in units], PICKS)
            await self._do(lambda db: _fill_block(db, block, units, picked))

    async def _drop(self, document: str) -> None:
        await self._do(lambda db: _drop_blocks(db, document))

    # ------------------------------------------------------------------------------------------ reading truth

    async def _unit(self, project: str, source: str, line: int) -> Unit | None:
        """A line as it stands now; None when it is gone, out of sight or of another project."""
        try:
            if source.startswith("d-"):
                document = await self._documents.document(source)
                if document.standing != "kept" or document.note.project != project:
                    return None
            elif (await self._archive.message(source)).project != project:
                return None
        except InputError:
            return None
        found = await self._units(source, line, line)
        return found[0] if found else None

    async def _units(self, source: str, first: int, last: int) -> list[Unit]:
        try:
            if source.startswith("d-"):
                texts = await self._documents.lines(source, first, last)
            else:
                message = await self._archive.message(source)
                texts = message.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[first - 1 : last]
        except (InputError, StorageError):
            return []
        return [Unit(source, first + place, text) for place, text in enumerate(texts)]

    async def _position(self, stream: str) -> int:
        found = await self._rows("SELECT position FROM seen WHERE stream = ?", stream)
        return int(found[0][0]) if found else 0

    async def _seen(self, stream: str, position: int) -> None:
        await self._do(lambda db: db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (stream, position)))

    async def _rows(self, query: str, *values: str | int) -> list[Row]:
        return await self._do(lambda db: db.execute(query, values).fetchall())

    async def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await asyncio.to_thread(self._house.do_now, work)


def _units_of(said: Said) -> list[Unit]:
    return [Unit(said.message, number, line) for number, line in enumerate(said.lines, start=1)]


def _digest(units: Iterable[Unit]) -> bytes:
    total = hashlib.sha256()
    for unit in units:
        total.update(unit.sha256)
    return total.digest()


def _add_blocks(db: sqlite3.Connection, project: str, blocks: Sequence[Picked]) -> None:
    query = "INSERT INTO blocks (project, level, above, lines) VALUES (?, 0, NULL, ?)"
    for units, picked in blocks:
        _fill_block(db, db.execute(query, (project, len(units))).lastrowid, units, picked)


def _fill_block(
    db: sqlite3.Connection, block: int | None, units: Sequence[Unit], picked: Sequence[tuple[int, float]]
) -> None:
    db.execute("DELETE FROM picks WHERE block = ?", (block,))
    db.execute("DELETE FROM covered WHERE block = ?", (block,))
    ranges: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        ranges[unit.source].append(unit)
    rows = [(block, source, part[0].line, part[-1].line, _digest(part)) for source, part in ranges.items()]
    db.executemany("INSERT INTO covered VALUES (?, ?, ?, ?, ?)", rows)
    _add_picks(db, block, units, picked)


def _put_above(
    db: sqlite3.Connection,
    facts: Row,
    below: Sequence[int],
    units: Sequence[Unit],
    picked: Sequence[tuple[int, float]],
) -> None:
    block = db.execute("INSERT INTO blocks (project, level, above, lines) VALUES (?, ?, NULL, ?)", facts).lastrowid
    db.executemany("UPDATE blocks SET above = ? WHERE block = ?", [(block, one) for one in below])
    _add_picks(db, block, units, picked)


def _add_picks(
    db: sqlite3.Connection, block: int | None, units: Sequence[Unit], picked: Sequence[tuple[int, float]]
) -> None:
    rows = [(block, units[at].source, units[at].line, units[at].sha256, score) for at, score in picked]
    db.executemany("INSERT INTO picks (block, source, line, sha256, score) VALUES (?, ?, ?, ?, ?)", rows)


def _drop_blocks(db: sqlite3.Connection, document: str) -> None:
    """Take a document out of all summaries; its blocks cover nothing else."""
    db.execute("DELETE FROM picks WHERE source = ?", (document,))
    blocks = db.execute("SELECT DISTINCT block FROM covered WHERE source = ?", (document,)).fetchall()
    db.execute("DELETE FROM covered WHERE source = ?", (document,))
    db.executemany("DELETE FROM blocks WHERE block = ?", blocks)


def _note_likeness(db: sqlite3.Connection, document: str, sketch: Sequence[int]) -> None:
    """Find the older document that this one nearly repeats, and keep its own sketch for later ones."""
    listed = json.dumps(sketch)
    query = (
        "SELECT document, count(*) AS shared FROM sketches WHERE hash IN (SELECT value FROM json_each(?))"
        " AND document <> ? GROUP BY document ORDER BY shared DESC, document LIMIT 5"
    )
    best, most = "", _NEAR
    for other, _ in db.execute(query, (listed, document)).fetchall():
        rows = db.execute("SELECT hash FROM sketches WHERE document = ? ORDER BY hash", (other,)).fetchall()
        alike = likeness(sketch, [row[0] for row in rows])
        if alike >= most and other < document:
            best, most = other, alike
    db.execute("DELETE FROM near WHERE document = ?", (document,))
    if best:
        db.execute("INSERT INTO near VALUES (?, ?, ?)", (document, best, most))
    db.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", [(number, document) for number in sketch])
