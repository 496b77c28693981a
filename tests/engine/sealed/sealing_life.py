"""What the tests of sealed copies share: a passphrase, copies in both forms, and what a memory holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from engine.recovery.databases import databases, filled, reading, table_digest, tables
from engine.recovery.sealed.copying import make_copy, open_copy
from engine.recovery.sealed.restoring import finish, stage

if TYPE_CHECKING:
    from pathlib import Path

    from core.paths import Home


class Words:
    """A passphrase."""

    def __init__(self, words: str) -> None:
        self.words = words

    def reveal(self) -> str:
        return self.words


RIGHT = Words("a sentence of several words")
WRONG = Words("a sentence of several word")
FORMS = ("file", "folder")


def place_of(form: str, beside: Path) -> Path:
    return beside / ("memory.mcmemory" if form == "file" else "copies")


def copied(home: Home, form: str, beside: Path, *, projects: bool = False) -> Path:
    path = place_of(form, beside)
    make_copy(home, path, RIGHT, projects=projects)
    return path


def restored(home: Home, path: Path, passphrase: Words = RIGHT, snapshot: str = ""):
    with open_copy(home, path, passphrase, snapshot) as copy:
        stage(home, copy, str(path), lambda _done: None)
    return finish(home)


def memory_of(home: Home) -> dict[str, Any]:
    """Digests of all tables of what a copy holds."""
    found = {}
    for path in databases(home):
        if filled(path) and path.name != "tasks.db":
            with reading(path) as connection:
                found[path.name] = {table: table_digest(connection, table) for table in tables(connection)}
    return found


def rows(path: Path, query: str, *values: Any) -> list[Any]:
    """Ask a database, or change it."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(query, values).fetchall()
        connection.commit()
        return found


def break_pages(path: Path) -> None:
    """Damage a closed database beyond doubt."""
    rows(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096, 3):
        data[page * 4096 : (page + 1) * 4096] = b"\xa5" * 4096
    path.write_bytes(data)
