"""The file of lane 1: words of passages without their text, and where each passage stands.

It is made from the archive and can be lost: a file that is damaged, of another version or missing is made anew. Each
batch goes in whole with the position it reaches, so that whoever was killed continues where the index ends.

A passage has two numbers. Its *place* is `space << 40 | sequence`, so that what is searched apart is one range of
rows; its *number* grows over all spaces and is never used again, for the lane that embeds passages one after the other.
Numbers are kept for stretches of places that follow each other, not for each passage: a passage costs 30 bytes and no
second index.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.errors import StorageError
from memory.recall.words import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

FILE: Final = "recall.db"
SPACE_BITS: Final = 40
VERSION: Final = 2
_APPLICATION_ID: Final = 0x4D435243
_BUSY_SECONDS: Final = 10.0
_CACHE_KB: Final = 16_000
_CHECK_WHOLE_BELOW_BYTES: Final = 128_000_000
"""Checking every page takes a second for so many; damage of a larger file shows when it is used."""
_NO_DAMAGE: Final = frozenset({3, 5, 6, 7, 8, 9, 10, 13, 14, 23})
"""Codes of SQLite: PERM, BUSY, LOCKED, NOMEM, READONLY, INTERRUPT, IOERR, FULL, CANTOPEN, AUTH."""
_EPOCH: Final = 1_735_689_600
_NUMBERS_A_MOMENT: Final = 12
"""Bits: an index made anew numbers from the millisecond it was begun in, so no number of an earlier one comes back."""
_SCHEMA: Final = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE spaces (space INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, last INTEGER NOT NULL,
                     lines INTEGER NOT NULL, words INTEGER NOT NULL);
CREATE TABLE threads (thread INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, words INTEGER NOT NULL DEFAULT 0);
CREATE TABLE speakers (speaker INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE speaker_terms (term TEXT NOT NULL, speaker INTEGER NOT NULL, PRIMARY KEY (term, speaker)) WITHOUT ROWID;
CREATE TABLE documents (source INTEGER PRIMARY KEY, document TEXT NOT NULL UNIQUE, standing TEXT NOT NULL);
CREATE TABLE runs (run TEXT PRIMARY KEY, project TEXT NOT NULL, first INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE passages (place INTEGER PRIMARY KEY, source INTEGER NOT NULL, first INTEGER NOT NULL,
                       lines INTEGER NOT NULL, start INTEGER NOT NULL, words INTEGER NOT NULL,
                       thread INTEGER NOT NULL, speaker INTEGER NOT NULL, asks INTEGER NOT NULL,
                       crc INTEGER NOT NULL);
CREATE TABLE stretches (number INTEGER PRIMARY KEY, place INTEGER NOT NULL UNIQUE, count INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(terms, content = '', detail = none, columnsize = 0,
                                      tokenize = "ascii tokenchars '_'");
CREATE VIRTUAL TABLE term_rows USING fts5vocab(words, instance);
"""
_PLACES_OF_NUMBERS: Final = """
SELECT value, (SELECT iif(value < number + count, place + value - number, NULL) FROM stretches
               WHERE number <= value ORDER BY number DESC LIMIT 1) FROM json_each(?)
"""
_NUMBER_OF_PLACE: Final = (
    "SELECT number + :place - place FROM stretches WHERE place <= :place ORDER BY place DESC LIMIT 1"
)
_ROW: Final = "place, source, first, lines, start, words, thread, speaker, asks, crc"
_FOLLOWING: Final = f"""
SELECT s.number + p.place - s.place, p.{", p.".join(_ROW.split(", "))}
FROM stretches s CROSS JOIN passages p ON p.place BETWEEN s.place + max(0, :n + 1 - s.number) AND s.place + s.count - 1
WHERE s.number >= coalesce((SELECT max(number) FROM stretches WHERE number <= :n), 0)
"""  # noqa: S608 - names written above


class Entry(NamedTuple):
    """A passage as the index knows it. Sources below zero are messages (their position in the archive)."""

    place: int
    source: int
    first: int
    lines: int
    start: int
    words: int
    thread: int
    speaker: int
    asks: int
    crc: int


class BegunAnewError(Exception):
    """The index was thrown away meanwhile."""


class Index:
    """The open file; every connection is used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writing, self._reading = threading.Lock(), threading.Lock()
        self.generation = 0
        """Grows when the index is begun anew."""
        self._writer = _open(path)
        self._reader = _connect(path)

    def close(self) -> None:
        """Close the file; closing twice is no error."""
        with self._writing, self._reading:
            self._reader.close()
            self._writer.close()

    def begin_anew(self, generation: int) -> None:
        """Throw everything of a generation away; nothing when somebody else did so already."""
        with self._writing, self._reading:
            if generation != self.generation:
                return
            self.generation += 1
            self._reader.close()
            self._writer.close()
            _remove(self.path)
            self._writer = _open(self.path)
            self._reader = _connect(self.path)

    @contextmanager
    def batch(self, generation: int) -> Iterator[Batch]:
        """Add passages; what is added in this block is kept whole or not at all. Readers do not wait for it.

        Raises:
            BegunAnewError: the index is another one by now, and what was to be added is no continuation of it.
        """
        with self._writing:
            if generation != self.generation:
                raise BegunAnewError
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield Batch(self._writer)
                self._writer.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._writer.execute("ROLLBACK")
                raise

    def settle(self, *, merge: bool) -> None:
        """Write what was added into the file itself and give unused room back; `merge` brings its parts together."""
        with self._writing:
            if merge:
                self._writer.execute("INSERT INTO words (words) VALUES ('optimize')")
            self._writer.executescript("PRAGMA incremental_vacuum")  # `execute` would take one page out and stop
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def fetch(self, query: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """Return what a query finds."""
        with self._reading:
            return self._reader.execute(query, values).fetchall()

    def fact(self, name: str, otherwise: Any = None) -> Any:
        """Return what was noted under a name."""
        found = self.fetch("SELECT value FROM facts WHERE name = ?", (name,))
        return json.loads(found[0][0]) if found else otherwise

    def entries(self, where: str, values: Sequence[Any]) -> list[Entry]:
        """Return passages in the order of their places."""
        query = f"SELECT {_ROW} FROM passages WHERE {where} ORDER BY place"  # noqa: S608 - written in this package
        return list(map(Entry._make, self.fetch(query, values)))

    def names(self, table: str, numbers: Iterable[int]) -> dict[int, str]:
        """Return the names of threads or speakers."""
        query = f"SELECT {table[:-1]}, name FROM {table} WHERE {table[:-1]} IN (SELECT value FROM json_each(?))"  # noqa: S608 - own names
        return dict(self.fetch(query, (json.dumps(sorted(numbers)),)))

    def at(self, places: Iterable[int]) -> dict[int, Entry]:
        """Return the passages at these places."""
        listed = json.dumps(sorted(places))
        return {e.place: e for e in self.entries("place IN (SELECT value FROM json_each(?))", (listed,))}

    def numbered(self, numbers: Iterable[int]) -> dict[int, Entry]:
        """Return the passages of these numbers."""
        listed = json.dumps(list(numbers))
        rows = self.fetch(_PLACES_OF_NUMBERS, (listed,))
        places = {place: number for number, place in rows if place is not None}
        return {places[place]: entry for place, entry in self.at(places).items()}

    def following(self, number: int, where: str, limit: int) -> dict[int, Entry]:
        """Return the next passages by number of which something holds."""
        rows = self.fetch(
            f"{_FOLLOWING} AND {where} ORDER BY s.number, p.place LIMIT :limit", {"n": number, "limit": limit}
        )
        return {number: Entry(*row) for number, *row in rows}


class Batch:
    """What is added together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._named: dict[tuple[str, str], int] = {}
        self._spaces: dict[int, list[int]] = {}
        noted = connection.execute("SELECT value FROM facts WHERE name = 'number'").fetchone()
        last = connection.execute("SELECT number + count - 1 FROM stretches ORDER BY number DESC LIMIT 1").fetchone()
        self._number = max(int(found[0]) for found in (noted, last, (0,)) if found)

    def note(self, name: str, value: Any) -> None:
        """Note a fact, usually how far the index reaches."""
        self._connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value)))

    def number_of(self, table: str, name: str) -> int:
        """Return the number of a thread or speaker, given when it is first named."""
        known = self._named.get((table, name))
        if known is None:
            column = table[:-1]
            find = f"SELECT {column} FROM {table} WHERE name = ?"  # noqa: S608 - two constants of this package
            self._connection.execute(f"INSERT OR IGNORE INTO {table} (name) VALUES (?)", (name,))  # noqa: S608 - own names
            known = self._named[table, name] = int(self._connection.execute(find, (name,)).fetchone()[0])
            if table == "speakers":
                rows = [(term, known) for term in terms(name)]
                self._connection.executemany("INSERT OR IGNORE INTO speaker_terms VALUES (?, ?)", rows)
        return known

    def document(self, document: str, standing: str) -> int:
        """Return the number of a document, given when it is first named."""
        self._connection.execute(
            "INSERT INTO documents (document, standing) VALUES (?, ?) ON CONFLICT (document) "
            "DO UPDATE SET standing = excluded.standing",
            (document, standing),
        )
        find = "SELECT source FROM documents WHERE document = ?"
        return int(self._connection.execute(find, (document,)).fetchone()[0])

    def run(self, run: str, project: str, first: int) -> None:
        """Note the project a run's messages were indexed under, and the first of them."""
        self._connection.execute("INSERT OR IGNORE INTO runs VALUES (?, ?, ?)", (run, project, first))

    def forget_run(self, run: str) -> None:
        """Forget where a run was."""
        self._connection.execute("DELETE FROM runs WHERE run = ?", (run,))

    def add(self, space: str, rows: Iterable[tuple[str, tuple[int, ...]]]) -> int:
        """Add passages of a space: their terms and `source` to `crc`; return their lines."""
        number = self._space(space)
        counted = self._spaces[number]
        words, passages, lines = [], [], 0
        threads: Counter[int] = Counter()
        for held, row in rows:
            counted[0] += 1
            place = number << SPACE_BITS | counted[0]
            words.append((place, held))
            passages.append((place, *row))
            lines += row[2]
            counted[1] += row[2]
            counted[2] += row[4]
            threads[row[5]] += row[4]
        self._connection.executemany("INSERT INTO words (rowid, terms) VALUES (?, ?)", words)
        marks = ", ".join("?" * len(_ROW.split(",")))
        self._connection.executemany(f"INSERT INTO passages ({_ROW}) VALUES ({marks})", passages)  # noqa: S608 - own names
        counts = (counted[0], counted[1], counted[2], number)
        self._connection.execute("UPDATE spaces SET last = ?, lines = ?, words = ? WHERE space = ?", counts)
        grown = [(words_more, thread) for thread, words_more in threads.items()]
        self._connection.executemany("UPDATE threads SET words = words + ? WHERE thread = ?", grown)
        if passages:
            self._stretch(passages[0][0], len(passages))
        return lines

    def remove(self, source: int) -> list[int]:
        """Take the passages of a source away; their words go with the next `purge`. Return their numbers."""
        query = "DELETE FROM passages WHERE source = ? RETURNING place, lines, words, thread"
        gone = self._connection.execute(query, (source,)).fetchall()
        for place, lines, words, thread in gone:
            less = (lines, words, place >> SPACE_BITS)
            self._connection.execute("UPDATE spaces SET lines = lines - ?, words = words - ? WHERE space = ?", less)
            self._connection.execute("UPDATE threads SET words = words - ? WHERE thread = ?", (words, thread))
        self._spaces.clear()
        self._named.clear()
        if gone:
            self.note("purge", "due")
        return [self._connection.execute(_NUMBER_OF_PLACE, {"place": place}).fetchone()[0] for place, *_ in gone]

    def purge(self) -> None:
        """Take the words of passages that are gone out of the file itself, so that nothing of them is left."""
        self._connection.execute(
            "INSERT INTO words (words, rowid, terms) SELECT 'delete', doc, group_concat(term, ' ') FROM term_rows "
            "WHERE doc NOT IN (SELECT place FROM passages) GROUP BY doc"
        )
        self._connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.note("purge", "")

    def _stretch(self, place: int, count: int) -> None:
        """Number new passages; those that go on where the last ones ended lengthen their stretch."""
        query = "UPDATE stretches SET count = count + ? WHERE number + count = ? AND place + count = ?"
        last = "number = (SELECT max(number) FROM stretches)"
        values = (count, self._number + 1, place)
        if not self._connection.execute(f"{query} AND {last}", values).rowcount:
            self._connection.execute("INSERT INTO stretches VALUES (?, ?, ?)", (self._number + 1, place, count))
        self._number += count
        self.note("number", self._number)

    def _space(self, name: str) -> int:
        number = self._named.get(("spaces", name))
        if number is None:
            self._connection.execute(
                "INSERT OR IGNORE INTO spaces (name, last, lines, words) VALUES (?, 0, 0, 0)", (name,)
            )
            query = "SELECT space, last, lines, words FROM spaces WHERE name = ?"
            number, *counts = self._connection.execute(query, (name,)).fetchone()
            self._named["spaces", name] = number
            self._spaces[number] = counts
        return number


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is to blame, and not the disk, the room on it, another process or somebody who closed it."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF not in _NO_DAMAGE


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _opened(path)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise StorageError("storage", path=str(path), detail=str(error)) from error
        _remove(path)
        return _opened(path)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    connection = _connect(path)
    try:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # takes effect in a new file only
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        marks = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        if marks == [0, 0] and not connection.execute("SELECT 1 FROM sqlite_master").fetchall():
            _create(connection)
        elif marks != [_APPLICATION_ID, VERSION] or not _is_whole(connection, path):
            connection.close()
            _remove(path)
            return _opened(path)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_whole(connection: sqlite3.Connection, path: Path) -> bool:
    if path.stat().st_size > _CHECK_WHOLE_BELOW_BYTES:
        return True
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _create(connection: sqlite3.Connection) -> None:
    first = max(0, int((time.time() - _EPOCH) * 1000)) << _NUMBERS_A_MOMENT
    connection.executescript(
        f"BEGIN IMMEDIATE;\n{_SCHEMA}\nINSERT INTO facts VALUES ('number', '{first}');\n"
        f"PRAGMA application_id = {_APPLICATION_ID};\nPRAGMA user_version = {VERSION};\nCOMMIT;"
    )


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
