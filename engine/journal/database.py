"""The journal's SQLite file: opened at today's format, older ones brought to it, foreign and newer ones refused."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import StorageError
from core.events import Event
from core.files import create_private
from engine.journal.rows import COLUMNS, GENESIS, Head, Stored, folded, stored
from memory.migrations import copy_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

APPLICATION_ID: Final = 0x4D43524A
"""`MCRJ`: tells a journal from any other SQLite file."""
FORMAT: Final = 1
BUSY_SECONDS: Final = 5.0
_SCHEMA: Final = Path(__file__).with_name("schema.sql")
_WAL_BYTES: Final = 8_000_000
"""The write-ahead log is cut back to this once everything in it stands in the database."""
_INCREMENTAL: Final = 2
_PRIMARY_CODE: Final = 0xFF
_NOT_ABOUT_CONTENT: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    }
)
_FIRST_FORMAT: Final = "at, type, name, run, module, data"
_ASIDE: Final = "first_events"
_CHUNK: Final = 1_000
_INSERT_EVENT: Final = f"INSERT INTO events ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - our own names
_INSERT_WORDS: Final = "INSERT OR REPLACE INTO words (seq, folded) VALUES (?, ?)"
"""Words may be left of rows that somebody cut off: that must not keep new ones out."""


@contextmanager
def unusable_told(path: Path) -> Iterator[None]:
    """Raise StorageError where SQLite refuses the database `path`, be it damaged or the disk full."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError("storage", path=str(path), detail=str(error)) from error


def open_for_writing(path: Path) -> tuple[sqlite3.Connection, Path | None]:
    """Open or create a journal; also return the copy that was made of one of an older format.

    Raises:
        StorageError: `storage` when it is damaged, foreign or cannot be written, `newer-data` when of a newer program.
    """
    try:
        create_private(path)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            copy = _set_up(connection, path)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise StorageError("storage", path=str(path), detail=str(error)) from error
    return connection, copy


@contextmanager
def open_for_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open one consistent view of a journal, also while another process writes it. StorageError when unusable."""
    with (
        unusable_told(path),
        closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        format_of(connection, path)
        yield connection


def format_of(connection: sqlite3.Connection, path: Path) -> int:
    """Return the format of the open journal, 0 for the first one or none yet; StorageError when it is not for us."""
    found = pragma(connection, "user_version")
    if pragma(connection, "application_id") != (APPLICATION_ID if found else 0):
        raise StorageError("storage", path=str(path), detail="not a journal of MultiCoder")
    if found > FORMAT:
        raise StorageError("newer-data", path=str(path), found=found, known=FORMAT)
    return found


def about_content(error: sqlite3.Error) -> bool:
    """Tell whether SQLite complains about what is in a file, rather than being unable to lock or read it now."""
    code = getattr(error, "sqlite_errorcode", 0)  # a text that cannot be decoded has none
    return code & _PRIMARY_CODE not in _NOT_ABOUT_CONTENT


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """Return a number SQLite keeps about the file."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Tell whether the open database has the table `name`."""
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (name,)).fetchone())


def head_of(connection: sqlite3.Connection) -> Head:
    """Return the newest row, be it in the table or the last one that was archived."""
    row = connection.execute("SELECT seq, chain FROM events ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else archived_head(connection)


def archived_head(connection: sqlite3.Connection) -> Head:
    """Return the newest row that was archived."""
    row = connection.execute("SELECT last, chain_after FROM segments ORDER BY last DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head(0, GENESIS)


def insert(connection: sqlite3.Connection, events: Iterable[Event]) -> Head:
    """Append redacted events in the transaction that is open; return the newest row."""
    head = head_of(connection)
    rows = []
    for event in events:
        row = stored(event, head)
        rows.append(row)
        head = Head(row.seq, row.chain)
    insert_rows(connection, rows)
    return head


def insert_rows(connection: sqlite3.Connection, rows: list[Stored]) -> None:
    """Append rows that follow the newest one."""
    connection.executemany(_INSERT_EVENT, rows)
    connection.executemany(_INSERT_WORDS, [(row.seq, folded(row.name, row.data)) for row in rows])


def old_rows(connection: sqlite3.Connection, table: str = "events") -> Iterator[Stored]:
    """Return the rows of a journal of the first format in today's form, numbered and linked to each other."""
    if not has_table(connection, table):
        return  # its very first start was cut off
    head = Head(0, GENESIS)
    query = f"SELECT {_FIRST_FORMAT} FROM {table} ORDER BY seq"  # noqa: S608 - our own names
    for at, kind, name, run, module, data in connection.execute(query):
        linked = stored(Event(kind, name, run, module, json.loads(data), at), head)
        yield linked
        head = Head(linked.seq, linked.chain)


def _set_up(connection: sqlite3.Connection, path: Path) -> Path | None:
    copy = None
    found = format_of(connection, path)
    old = has_table(connection, "events")
    if not old:
        connection.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")  # before the first page is written
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
    if found < FORMAT:
        if old:
            copy = path.with_name(f"{path.name}.v{found}.bak")
            copy_whole(connection, copy)
        _bring_up(connection)
    if pragma(connection, "auto_vacuum") != _INCREMENTAL:
        _arrange_pages(connection)
    return copy


def _arrange_pages(connection: sqlite3.Connection) -> None:
    """Let freed pages be given back to the disk. Without room for it the file only keeps its size."""
    connection.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
    with suppress(sqlite3.OperationalError):  # the disk is full or another process reads: the next start tries again
        connection.execute("VACUUM")


def _bring_up(connection: sqlite3.Connection) -> None:
    """Make the tables, and move the rows of an older format over, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if pragma(connection, "user_version") < FORMAT:  # another process may have been faster
            old = _set_aside(connection)
            for statement in _statements():
                connection.execute(statement)
            if old:
                _move(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _set_aside(connection: sqlite3.Connection) -> bool:
    if not has_table(connection, "events"):
        return False
    connection.execute("DROP TRIGGER IF EXISTS events_fixed")
    connection.execute("DROP TRIGGER IF EXISTS events_kept")
    connection.execute("DROP INDEX IF EXISTS events_run")
    connection.execute(f"ALTER TABLE events RENAME TO {_ASIDE}")
    return True


def _statements() -> Iterator[str]:
    """Yield the statements of the schema one by one: a script would end the transaction it runs in."""
    statement = ""
    for line in _SCHEMA.read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _move(connection: sqlite3.Connection) -> None:
    rows = old_rows(connection, _ASIDE)
    while chunk := list(islice(rows, _CHUNK)):
        insert_rows(connection, chunk)
    connection.execute(f"DROP TABLE {_ASIDE}")
