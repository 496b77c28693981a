"""Proves that the journal is whole: every row in its place and unchanged, from the first segment to the anchor."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from core.errors import StorageError
from core.i18n import Words
from engine.journal.anchor import read_anchor
from engine.journal.database import about_content, archived_head, format_of, has_table, open_for_reading
from engine.journal.rows import COLUMNS, GENESIS, Head, Stored
from engine.journal.segments import SegmentDamagedError, default_folder, describe, read_segment, segments_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from engine.journal.segments import Segment

Break = Literal["", "changed", "gap", "tail", "rewritten", "segment", "anchor", "unchained", "unreadable"]
"""Why a journal is not whole: a row that does not fit the chain (changed, inserted or moved), rows missing in between,
rows missing at the end, a chain that fits itself but not the anchor, a segment's file missing or changed, the anchor
gone, a journal of the first format, which has no chain before the next start, a file SQLite cannot read."""

_TAIL_ROWS: Final = 200
_ALL: Final = f"SELECT {COLUMNS} FROM events ORDER BY seq"  # noqa: S608 - our own names


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What looking at the journal found."""

    ok: bool
    rows: int
    """Rows that were looked at and are in order."""
    first_bad_seq: int | None = None
    why: Break = ""

    def words(self) -> Words:
        """Say it in a sentence."""
        if self.ok:
            return Words("journal-chain-whole", {"rows": self.rows})
        return Words(f"journal-chain-{self.why}", {"rows": self.rows, "seq": self.first_bad_seq or 0})


def verify(path: Path, archive_folder: Path | None = None, *, anchored: bool = True) -> ChainReport:
    """Look at every row of the journal, the archived ones included, also while it is being written.

    Memory stays flat whatever its size. A copy of a journal has no anchor of its own: `anchored=False` does not ask for
    one, and cannot notice a cut-off tail. StorageError when it is foreign, of a newer program or not readable now.
    """
    if not path.exists():
        return _without_journal(path, anchored=anchored)
    anchor = read_anchor(path) if anchored else None  # before the rows, which may only be further on
    folder = default_folder(path) if archive_folder is None else archive_folder
    walk = _Walk(Head(0, GENESIS), anchor)

    def look(connection: sqlite3.Connection) -> None:
        for segment in segments_of(connection):
            walk.over_segment(folder, segment)
        walk.over(map(Stored._make, connection.execute(_ALL)))
        walk.end(anchored=anchored)

    return _report(path, walk, look)


def verify_tail(path: Path, rows: int = _TAIL_ROWS) -> ChainReport:
    """Look at the newest `rows` rows of the table and at the anchor only: cheap enough to be done all the time."""
    if not path.exists():
        return _without_journal(path, anchored=True)
    anchor = read_anchor(path)
    walk = _Walk(Head(0, GENESIS), anchor)

    def look(connection: sqlite3.Connection) -> None:
        query = f"SELECT {COLUMNS} FROM events ORDER BY seq DESC LIMIT ?"  # noqa: S608 - our own names
        newest = list(map(Stored._make, connection.execute(query, (rows + 1,))))[::-1]
        if len(newest) > rows:
            walk.begin(Head(newest[0].seq, newest[0].chain))
            del newest[0]
        else:
            walk.begin(archived_head(connection))
        walk.over(newest)
        walk.end(anchored=True)

    return _report(path, walk, look)


class _BrokenError(Exception):
    """The journal is not whole from row `seq` on."""

    def __init__(self, seq: int, why: Break) -> None:
        super().__init__(seq, why)
        self.seq = seq
        self.why = why


class _Walk:
    """Goes over the rows in order; raises `_BrokenError` at the first that does not fit."""

    def __init__(self, head: Head, anchor: Head | None) -> None:
        self.head = head
        self.rows = 0
        self._anchor = anchor

    def begin(self, head: Head) -> None:
        """Begin behind a row that is taken as it is."""
        self.head = head

    def over(self, rows: Iterable[Stored]) -> None:
        """Look at rows that have to follow."""
        for row in rows:
            if row.seq > self.head.seq + 1:
                raise _BrokenError(self.head.seq + 1, "gap")
            if row.seq <= self.head.seq or not row.follows(self.head.chain):
                raise _BrokenError(row.seq, "changed")
            if self._anchor and row.seq == self._anchor.seq and row.chain != self._anchor.chain:
                raise _BrokenError(row.seq, "rewritten")
            self.head = Head(row.seq, row.chain)
            self.rows += 1

    def over_segment(self, folder: Path, segment: Segment) -> None:
        """Look at a segment that has to follow: its file, its rows, and what is kept about it."""
        first = segment.facts.first
        if first != self.head.seq + 1:
            raise _BrokenError(self.head.seq + 1, "gap")
        try:
            rows = read_segment(folder, segment)
        except SegmentDamagedError as error:
            raise _BrokenError(first, "segment") from error
        if not rows or describe(rows, self.head.chain) != segment.facts:
            raise _BrokenError(first, "segment")
        self.over(rows)

    def end(self, *, anchored: bool) -> None:
        """Look whether this is the end the anchor knows of."""
        if self._anchor and self._anchor.seq > self.head.seq:
            raise _BrokenError(self.head.seq + 1, "tail")
        if anchored and not self._anchor and self.head.seq:
            raise _BrokenError(self.head.seq, "anchor")


def _report(path: Path, walk: _Walk, look: Callable[[sqlite3.Connection], None]) -> ChainReport:
    try:
        with open_for_reading(path) as connection:
            if format_of(connection, path):
                look(connection)
            elif has_table(connection, "events"):
                return ChainReport(ok=False, rows=0, first_bad_seq=1, why="unchained")
            else:  # the very first start was cut off, or there was more once
                walk.end(anchored=True)
    except _BrokenError as broken:
        return ChainReport(ok=False, rows=walk.rows, first_bad_seq=broken.seq, why=broken.why)
    except StorageError as error:
        if not (isinstance(error.__cause__, sqlite3.Error) and about_content(error.__cause__)):
            raise
        return ChainReport(ok=False, rows=walk.rows, first_bad_seq=walk.head.seq + 1, why="unreadable")
    return ChainReport(ok=True, rows=walk.rows)


def _without_journal(path: Path, *, anchored: bool) -> ChainReport:
    anchor = read_anchor(path) if anchored else None
    if anchor and anchor.seq:
        return ChainReport(ok=False, rows=0, first_bad_seq=1, why="tail")
    return ChainReport(ok=True, rows=0)
