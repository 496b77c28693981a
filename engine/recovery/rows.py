"""Rows that prove themselves: SQLite's own checks do not see a flipped bit in a value, the digests kept beside do.

Only archive, documents and journal keep such digests, so only their rows can be taken out of a damaged file with a
clear conscience.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from engine.journal.database import archived_head, pragma
from engine.journal.rows import COLUMNS, Stored
from engine.recovery.databases import CANARY
from memory import documents
from memory.store import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.journal.rows import Head

Row = tuple[Any, ...]

ARCHIVE: Final = "multicoder.db"
JOURNAL: Final = "journal.db"
DOCUMENTS: Final = documents.FILE
PROVED_TABLES: Final = (
    *("projects", "runs", "messages", "versions", "sessions", "prompts"),
    *("shelves", "shelved", "wishes"),
)
"""Tables of the archive whose rows carry a digest; those that others refer to come first."""
BLOBS: Final = "blobs"

_FARTHEST: Final = 100_000
"""So many row numbers behind a spot that cannot be read are tried one by one."""


@dataclass(slots=True)
class Salvage:
    """What was found in an archive that may be damaged."""

    damaged: list[str] = field(default_factory=list)
    """Rows that are there and not what was kept."""
    whole: bool = True
    """False when parts could not be read at all: nobody can say what stood there."""


def damaged_rows(file: str, connection: sqlite3.Connection) -> list[str]:
    """Name the rows of a database that are not what was kept; databases without digests name none."""
    if file == ARCHIVE:
        found = salvaged(connection, lambda _table, _row: None)
        return found.damaged if found.whole else [*found.damaged, "unreadable"]
    if file == DOCUMENTS:
        return documents.damaged_records(connection)
    return _first_broken_event(connection) if file == JOURNAL else []


def following_events(connection: sqlite3.Connection, head: Head) -> list[Stored]:
    """Return the events of a damaged journal that follow `head` without gap or change, as far as they can be read."""
    found: list[Stored] = []
    query = f"SELECT {COLUMNS} FROM events WHERE seq > ? ORDER BY seq"  # noqa: S608 - a constant
    chain = head.chain
    with suppress(sqlite3.DatabaseError, ValueError, TypeError):
        connection.text_factory = _lenient
        for row in map(Stored._make, connection.execute(query, (head.seq,))):
            if row.seq != head.seq + len(found) + 1 or not row.follows(chain):
                break
            found.append(row)
            chain = row.chain
    return found


def _first_broken_event(connection: sqlite3.Connection) -> list[str]:
    if pragma(connection, "user_version") == 0:
        return []  # of the first format, which had no chain
    connection.text_factory = _lenient
    chain = archived_head(connection).chain
    for row in map(Stored._make, connection.execute(f"SELECT {COLUMNS} FROM events ORDER BY seq")):  # noqa: S608 - a constant
        if not row.follows(chain):
            return [f"events {row.seq}"]
        chain = row.chain
    return []


def _lenient(data: bytes) -> str:
    """A text with a flipped bit may be none any more: its row then does not fit its digest."""
    return data.decode("utf-8", "replace")


def salvaged(connection: sqlite3.Connection, take: Callable[[str, Row], None]) -> Salvage:
    """Read everything that can be read and hand every row that proves itself, of all tables, to `take`."""
    connection.text_factory = _lenient
    found = Salvage()
    for table in PROVED_TABLES:
        for row in _readable(connection, table, found):
            if _is_sound(row):
                take(table, row)
            else:
                found.damaged.append(f"{table} {row[0]}")
    for key, packed in _readable_blobs(connection, found):
        if str(key).startswith(CANARY):
            continue
        if _is_blob(key, packed):
            take(BLOBS, (key, packed))
        else:
            found.damaged.append(f"{BLOBS} {key}")
    return found


def _is_sound(row: Row) -> bool:
    """Whether a row `(number, values ..., digest)` is what was kept."""
    return bool(digest(row[1:-1]) == row[-1])


def _is_blob(key: str, packed: Any) -> bool:
    try:
        return hashlib.sha256(zlib.decompress(packed)).hexdigest() == key
    except (zlib.error, TypeError):
        return False


def _readable(connection: sqlite3.Connection, table: str, found: Salvage) -> Iterator[Row]:
    """Rows as they lie; from a spot that cannot be read on, the next one that can be and those behind it.

    A number that is not greater than the one before is not the row's own: a flipped bit must neither put a row in
    another one's place nor make this go round in circles.
    """
    query = f"SELECT * FROM {table} WHERE position > ? ORDER BY position"  # noqa: S608 - a constant name
    farthest: int | None = 0
    while farthest is not None:
        before = farthest
        try:
            for row in connection.execute(query, (farthest,)):
                if row[0] > before:
                    yield row
                else:
                    found.whole = False
                before, farthest = row[0], max(farthest, row[0])
        except sqlite3.DatabaseError as error:
            if _is_missing(error):
                return
            found.whole = False
            after = _next_readable(connection, table, farthest)
            yield from after
            farthest = after[0][0] if after else None
        else:
            return


def _next_readable(connection: sqlite3.Connection, table: str, last: int) -> list[Row]:
    query = f"SELECT * FROM {table} WHERE position = ?"  # noqa: S608 - a constant name
    for number in range(last + 1, last + _FARTHEST):
        with suppress(sqlite3.DatabaseError):
            row = connection.execute(query, (number,)).fetchone()
            if row is not None:
                return [row]
    return []


def _readable_blobs(connection: sqlite3.Connection, found: Salvage) -> Iterator[tuple[str, Any]]:
    """Forwards as far as it goes, then backwards: a table kept by its key has no numbers to count up."""
    for order in ("ASC", "DESC"):
        try:
            yield from connection.execute(f"SELECT sha256, packed FROM blobs ORDER BY sha256 {order}")  # noqa: S608 - constant
        except sqlite3.DatabaseError as error:
            if _is_missing(error):
                return
            found.whole = False
        else:
            return


def _is_missing(error: sqlite3.DatabaseError) -> bool:
    return isinstance(error, sqlite3.OperationalError) and "no such table" in str(error)
