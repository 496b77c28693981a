"""Keeps the journal within its disk budget: whole beginnings of it move into segments, one short step at a time.

A segment's file is on disk before the transaction that records it and deletes its rows. A crash in between leaves a
file nobody knows of, which the next start removes once it has seen that its rows are still in the table.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING, Final

from engine.journal.database import BUSY_SECONDS, archived_head, pragma
from engine.journal.rows import COLUMNS, Stored
from engine.journal.segments import header_of, segment_files, segments_of, unfinished, write_segment

if TYPE_CHECKING:
    import logging
    from pathlib import Path

    from engine.journal.rows import Head
    from engine.journal.segments import Packed

_MEGABYTE: Final = 1_000_000
_LOW_WATER: Final = 0.8
"""Once begun, archiving goes on to this part of the budget: not every event then moves another."""
_SEGMENT_ROWS: Final = 1_000
_SEGMENT_BYTES: Final = 1_000_000
"""A segment is as long as either allows: short enough that deleting its rows holds nobody up."""
_LEAST_ROWS: Final = 100
"""Shorter ones, unless they are heavy, are not worth a file; and each one adds a row that says so."""
_KEPT_ROWS: Final = 200
"""The newest rows stay in the table whatever the budget says."""
_PAGES: Final = 100
"""Pages given back to the disk in one step."""
_REST_SECONDS: Final = 60.0
"""How long nothing is tried after the disk refused."""


class Archiver:
    """Decides what moves, writes the files and gives freed pages back; the journal's own connection is passed in."""

    def __init__(self, path: Path, folder: Path, budget_mb: float, log: logging.Logger) -> None:
        self._path = path
        self._folder = folder
        self._budget = budget_mb * _MEGABYTE
        self._log = log
        self._moving = False
        self._resting_until = 0.0

    def due(self, connection: sqlite3.Connection) -> bool:
        """Tell whether rows should move now."""
        pages = pragma(connection, "page_count") - pragma(connection, "freelist_count")
        used = pages * pragma(connection, "page_size")
        self._moving = used > self._budget * (_LOW_WATER if self._moving else 1)
        return self._moving and time.monotonic() >= self._resting_until

    def pack(self) -> Packed | None:
        """Write the oldest rows to a segment's file, holding no lock; None when there is nothing to move or no room."""
        try:
            before, rows = self._oldest()
            worth = len(rows) >= _LEAST_ROWS or sum(len(row.data) for row in rows) > _SEGMENT_BYTES
            return write_segment(self._folder, rows, before.chain) if worth else None
        except (OSError, sqlite3.Error) as error:
            self.rest(error)
            return None

    def rest(self, error: Exception) -> None:
        """Try nothing for a while: the disk refused."""
        self._log.error("journal: events could not be archived: %s", error)
        self._resting_until = time.monotonic() + _REST_SECONDS

    @staticmethod
    def drop_words(connection: sqlite3.Connection) -> bool:
        """Drop the words of rows that moved: a step of its own, for the same rows must not be held up twice as long."""
        dropped = connection.execute("DELETE FROM words WHERE seq <= (SELECT max(last) FROM segments)")
        return bool(dropped.rowcount)

    @staticmethod
    def give_back(connection: sqlite3.Connection) -> bool:
        """Return a few freed pages to the disk; True while there are more."""
        if not pragma(connection, "freelist_count"):
            return False
        connection.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
        if pragma(connection, "freelist_count"):
            return True
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # only now does the file become shorter
        return False

    def clean(self, connection: sqlite3.Connection) -> None:
        """Remove what an interrupted step left: half files, and files of rows that never left the table."""
        known = {segment.file for segment in segments_of(connection)}
        try:
            for file in unfinished(self._folder):
                file.unlink(missing_ok=True)
            for file in segment_files(self._folder):
                if file.name not in known:
                    self._remove_copy(connection, file)
        except OSError as error:
            self._log.warning("journal: what an interrupted step left could not be removed: %s", error)

    def _remove_copy(self, connection: sqlite3.Connection, file: Path) -> None:
        header = header_of(file)
        first, last = header.get("first", 0), header.get("last", 0)
        count, newest = connection.execute(
            "SELECT count(*), (SELECT lower(hex(chain)) FROM events WHERE seq = ?2) "
            "FROM events WHERE seq BETWEEN ?1 AND ?2",
            (first, last),
        ).fetchone()
        if header and count == last - first + 1 and newest == header.get("chain_after"):
            file.unlink(missing_ok=True)
        else:  # of another history, e.g. before the database was restored from an older copy: may be the only one
            self._log.warning("journal: %s belongs to no segment and is kept", file.name)

    def _oldest(self) -> tuple[Head, list[Stored]]:
        """Return the rows for the next segment and the row before them."""
        rows: list[Stored] = []
        room = _SEGMENT_BYTES
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            before = archived_head(connection)
            query = (
                f"SELECT {COLUMNS} FROM events WHERE seq <= (SELECT max(seq) FROM events) - ? "  # noqa: S608 - our own names
                f"ORDER BY seq LIMIT ?"
            )
            for row in connection.execute(query, (_KEPT_ROWS, _SEGMENT_ROWS)):
                rows.append(Stored(*row))
                room -= len(row[Stored._fields.index("data")])
                if room < 0:
                    break
        return before, rows
