"""The databases of a data folder as files: opened for reading only, copied while they are being written, compared."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from core.files import create_private
from engine.journal.database import about_content
from memory import documents
from memory.migrations import APPLICATION_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.paths import Home

CANARY: Final = "health-canary"
"""What probes of the health board write to prove that writing works begins with this; it is no truth about anything."""
BESIDE: Final = ("-wal", "-shm", "-journal")
"""Files of SQLite that belong to a database and make no sense without it."""

MISSING: Final = "missing"
EMPTY: Final = "0 bytes"
CHECKED_WHOLE_BELOW_BYTES: Final = 256_000_000
"""Reading every page costs about a second per gigabyte of a warm file, many of a cold one."""

_APPLICATION_IDS: Final = {"multicoder.db": APPLICATION_ID, documents.FILE: documents.APPLICATION_ID}
_BUSY_SECONDS: Final = 10.0
_HASH_BYTES: Final = 32


def databases(home: Home) -> tuple[Path, ...]:
    """Every database, in the order a common moment is taken: whatever one of them tells is in those after it.

    An event is told after it happened, a position is kept after its effects, an effect is noted as done after the
    archive has it, what it cites was kept before. Taken in this order a copy is like the data folder of a process that
    was killed.
    """
    return (home.journal, home.tasks, home.checkpoints, home.ledger, home.database, home.root / documents.FILE)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database so that nothing can be written to it, also while its owner works."""
    place = path.absolute().as_posix()
    address = f"file://{'' if place.startswith('/') else '/'}{quote(os.fsencode(place), safe='/:')}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)) as connection:
        yield connection


@contextmanager
def one_moment(paths: tuple[Path, ...]) -> Iterator[dict[Path, sqlite3.Connection]]:
    """Open those of `paths` that hold something, each fixed at what it held now; writers are not held up."""
    with ExitStack() as opened:
        found = {path: opened.enter_context(reading(path)) for path in paths if filled(path)}
        for connection in found.values():
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the snapshot is taken by a first read
        yield found


def copy_into(connection: sqlite3.Connection, target: Path) -> None:
    """Copy what `connection` sees into the new file `target`, readable by its owner only, and have it on the disk."""
    create_private(target)
    with closing(sqlite3.connect(target)) as copy:
        connection.backup(copy)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def filled(path: Path) -> bool:
    """Whether there is anything in the file."""
    return path.is_file() and path.stat().st_size > 0


def examine(path: Path) -> str:
    """Return what is wrong with a database, empty when it is whole; every page is read while it is of usual size.

    Raises:
        sqlite3.OperationalError: it cannot be opened or read now, which says nothing about what is in it.
    """
    if not path.exists():
        return MISSING
    if not path.stat().st_size:
        return EMPTY
    try:
        with reading(path) as connection:
            return _first_trouble(connection, path)
    except sqlite3.DatabaseError as error:
        if not about_content(error):
            raise
        return str(error)


def _first_trouble(connection: sqlite3.Connection, path: Path) -> str:
    identity = int(connection.execute("PRAGMA application_id").fetchone()[0])
    if identity != _APPLICATION_IDS.get(path.name, identity):
        return "not a database of MultiCoder"
    if path.stat().st_size >= CHECKED_WHOLE_BELOW_BYTES:
        tables(connection)  # raises when even the list of tables cannot be read
        return ""
    verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    return "" if verdict == "ok" else verdict[:200]


def tables(connection: sqlite3.Connection) -> list[str]:
    """Return the names of all tables but SQLite's own."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    return [str(row[0]) for row in connection.execute(query)]


def table_digest(connection: sqlite3.Connection, table: str) -> bytes:
    """Hash the rows of a table whatever order and pages they lie in; canaries of the health board do not count.

    The digests of the rows are added up, so equal contents are equal however often the file was rewritten.
    """
    total, rows = 0, 0
    for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name this database itself gave
        if not is_canary(row):
            total += int.from_bytes(row_digest(row), "big")
            rows += 1
    return hashlib.blake2b(f"{rows}:{total % (1 << 8 * _HASH_BYTES)}".encode()).digest()


def row_digest(row: tuple[Any, ...]) -> bytes:
    """Hash one row; types and lengths go in, so that no two rows read alike."""
    digest = hashlib.blake2b(digest_size=_HASH_BYTES)
    for value in row:
        data = value if isinstance(value, bytes) else repr(value).encode("utf-8", "surrogatepass")
        digest.update(f"{type(value).__name__}:{len(data)}:".encode())
        digest.update(data)
    return digest.digest()


def is_canary(row: tuple[Any, ...]) -> bool:
    """Whether a probe of the health board wrote this row."""
    return any(isinstance(value, str) and value.startswith(CANARY) for value in row)
