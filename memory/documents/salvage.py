"""Take what can be proved out of a damaged `documents.db` and put it over a copy of a backup."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from memory.documents.holdings import CONTENT, DOCUMENT, LINK, PIECE, SEGMENT, STANDING, TALLY
from memory.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FARTHEST: Final = 10_000
"""So many row numbers behind a spot that cannot be read are tried one by one."""
_TABLES: Final = {
    "documents": DOCUMENT,
    "contents": CONTENT,
    "segments": SEGMENT,
    "pieces": PIECE,
    "standings": STANDING,
    "links": LINK,
}
_FORGOTTEN: Final = "SELECT document FROM standings WHERE standing = 'forgotten'"
_LIVING: Final = f"(SELECT sha256 FROM documents WHERE document NOT IN ({_FORGOTTEN}))"  # noqa: S608 - constants
_ERASED: Final = (
    f"DELETE FROM pieces WHERE content IN (SELECT position FROM contents WHERE sha256 NOT IN {_LIVING})",  # noqa: S608 - as above
    f"DELETE FROM contents WHERE sha256 NOT IN {_LIVING}",  # noqa: S608 - as above
    "DELETE FROM segments WHERE position NOT IN (SELECT segment FROM pieces)",
    "DELETE FROM damage",
)
_TOLD: Final = frozenset({"documents", "standings", "links"})
"""Tables whose lost rows are named; what else is lost shows in the documents that need it."""


@dataclass(slots=True)
class Salvaged:
    """What was found in the damaged file."""

    missing: list[str] = field(default_factory=list)
    """Records that are lost: neither the backup has them nor are they whole in the damaged file."""
    whole: bool = True
    """False when parts could not be read at all: nobody can say what stood there."""


def salvage(damaged: Path, target: Path) -> Salvaged:
    """Add to `target`, a closed copy of a good backup, what `damaged` proves and `target` lacks.

    What was forgotten since the backup is erased there too.
    """
    found = Salvaged()
    with closing(sqlite3.connect(target, isolation_level=None)) as fresh:
        fresh.execute("PRAGMA secure_delete = ON")
        fresh.execute("BEGIN")
        with suppress(sqlite3.DatabaseError), closing(_opened(damaged)) as old:
            _Salvage(old, fresh, found).take()
        _settle(fresh)
        fresh.execute("COMMIT")
    return found


def _opened(damaged: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    return connection


class _Salvage:
    def __init__(self, old: sqlite3.Connection, fresh: sqlite3.Connection, found: Salvaged) -> None:
        self._old = old
        self._fresh = fresh
        self._found = found
        found.whole = False
        old.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        found.whole = True

    def take(self) -> None:
        """Documents with all they need, then what was decided about them."""
        contents = {row[1]: (position, row) for position, row in self._sound("contents")}
        pieces: dict[int, list[tuple[Any, ...]]] = {}
        for _, row in self._sound("pieces"):
            pieces.setdefault(row[1], []).append(row)
        forgotten = {row[2] for _, row in self._sound("standings") if row[3] == "forgotten"}
        for position, row in self._sound("documents"):
            if self._has("documents", "document = ?", row[1]):
                continue
            position_of, content = contents.get(row[11], (0, ()))
            kept = row[1] in forgotten or self._keep(content, pieces.get(position_of, []))
            if not kept or not self._insert("documents", (position, *row[1:], row[0])):
                self._found.missing.append(f"documents {position}")
        for _, row in self._sound("standings"):
            if self._has("documents", "document = ?", row[2]):
                self._insert("standings", (None, *row[1:], row[0]))
        for _, row in self._sound("links"):
            self._insert("links", (None, *row[1:], row[0]))

    def _sound(self, table: str) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Rows that prove themselves: position and (digest, columns ...)."""
        for position, *row in self._readable(table):
            if digest(row[1:]) == row[0]:
                yield position, tuple(row)
            elif table in _TOLD and not self._has(table, "position = ?", position):
                self._found.missing.append(f"{table} {position}")

    def _readable(self, table: str) -> Iterator[tuple[Any, ...]]:
        query = f"SELECT position, digest, {_TABLES[table]} FROM {table} WHERE position"  # noqa: S608 - constants
        last = 0
        while True:
            try:
                for row in self._old.execute(f"{query} > ? ORDER BY position", (last,)):
                    if row[0] <= last:
                        self._found.whole = False
                        return
                    last = row[0]
                    yield row
            except sqlite3.DatabaseError:
                self._found.whole = False
                row = self._next(f"{query} = ?", last)
                if row is None:
                    return
                last = row[0]
                yield row
            else:
                return

    def _next(self, query: str, last: int) -> tuple[Any, ...] | None:
        for number in range(last + 1, last + _FARTHEST):
            with suppress(sqlite3.DatabaseError):
                row: tuple[Any, ...] | None = self._old.execute(query, (number,)).fetchone()
                if row is not None:
                    return row
        return None

    def _keep(self, content: tuple[Any, ...], pieces: list[tuple[Any, ...]]) -> bool:
        """Take a content with its segments over, if all of it is there."""
        if content and self._has("contents", "sha256 = ?", content[1]):
            return True
        pieces = sorted(pieces, key=lambda piece: int(piece[2]))
        if not content or [piece[2] for piece in pieces] != list(range(content[5])):
            return False
        segments = [segment for piece in pieces if (segment := self._segment(piece[3]))]
        total = hashlib.sha256()
        for segment in segments:
            total.update(zlib.decompress(segment[3]))
        if len(segments) < len(pieces) or total.digest() != content[1]:
            return False
        self._insert("contents", (None, *content[1:], content[0]))
        place = self._position("contents", content[1])
        for piece, segment in zip(pieces, segments, strict=True):
            self._insert("segments", (None, *segment[1:], segment[0]))
            values = (place, piece[2], self._position("segments", segment[1]), *piece[4:])
            self._insert("pieces", (None, *values, digest(values)))
        return True

    def _segment(self, position: int) -> tuple[Any, ...] | None:
        """Return a segment as it was, from the backup where it is damaged; the whole is proved by its checksum."""
        query = "SELECT digest, sha256, size, packed FROM segments WHERE position = ? OR sha256 = ?"
        address = b""
        for connection in (self._old, self._fresh):
            with suppress(sqlite3.DatabaseError):
                for row in connection.execute(query, (position, address)):
                    if digest(row[1:]) == row[0]:
                        return tuple(row)
                    address = row[1]
        return None

    def _has(self, table: str, where: str, value: Any) -> bool:
        return self._fresh.execute(f"SELECT 1 FROM {table} WHERE {where}", (value,)).fetchone() is not None  # noqa: S608 - constants

    def _position(self, table: str, address: bytes) -> int:
        found = self._fresh.execute(f"SELECT position FROM {table} WHERE sha256 = ?", (address,)).fetchone()  # noqa: S608 - constants
        return int(found[0])

    def _insert(self, table: str, values: tuple[Any, ...]) -> bool:
        query = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(values))})"  # noqa: S608 - constants
        return self._fresh.execute(query, values).rowcount > 0


def _settle(fresh: sqlite3.Connection) -> None:
    """Erase what is forgotten, and count anew what is there."""
    for query in _ERASED:
        fresh.execute(query)
    lines = f"(SELECT coalesce(sum(lines), 0) FROM documents WHERE document NOT IN ({_FORGOTTEN}))"  # noqa: S608 - constants
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in ("standings", "links"))  # noqa: S608 - constants
    values = fresh.execute(f"SELECT (SELECT count(*) FROM documents), {lines}, {counts}").fetchone()  # noqa: S608 - constants
    fresh.execute("DELETE FROM tally")
    fresh.execute(f"INSERT INTO tally ({TALLY}, digest) VALUES (?, ?, ?, ?, ?)", (*values, digest(values)))  # noqa: S608 - constants
