"""Prove row after row that everything is what was kept, and count the lines that are not there any more.

A flipped bit is invisible to SQLite. Rows are compared with their digests, segments unpacked and compared with their
addresses, and every row has to be found by its keys: an index that is damaged hides rows.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.errors import StorageError
from memory.documents.holdings import CONTENT, DOCUMENT, LINK, PIECE, SEGMENT, STANDING, TALLY
from memory.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from memory.store import Store

_SEGMENTS: Final = "segments"
_PARTS: Final = {
    "tally": (TALLY, ()),
    "documents": (DOCUMENT, (("", "document"), ("", "sha256, origin, project, session"))),
    "contents": (CONTENT, (("", "sha256"),)),
    "pieces": (PIECE, (("", "content, line, number"), ("INDEXED BY pieces_segment", "segment"))),
    "standings": (STANDING, (("", "number"), ("INDEXED BY standings_document", "document, number"))),
    "links": (LINK, (("", "source, relation, target"), ("INDEXED BY links_target", "target"))),
    _SEGMENTS: (SEGMENT, (("", "sha256"),)),
}
"""What each table holds, and the keys its rows are found by."""
_COUNTED: Final = ("documents", "standings", "links")
_LIVING: Final = (
    "documents WHERE NOT EXISTS (SELECT 1 FROM standings WHERE standings.document = documents.document"
    " AND standing = 'forgotten')"
)


@dataclass(frozen=True, slots=True)
class Scrubbed:
    """What one pass of the scrub found."""

    rows: int
    """Rows that were looked at."""
    damaged: tuple[str, ...]
    """All records that are known to be damaged, as `table number`, and tables that miss rows."""
    lost: int
    """Lines that were acknowledged and cannot be restored."""
    whole_round: bool
    """Whether this pass came to the end; the next one begins anew."""


class Scrub:
    """Looks at the file past the connection that works with it, so that what is on the disk is what is looked at."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._address = f"{store.path.absolute().as_uri()}?mode=ro"

    def run(self, budget: int) -> Scrubbed:
        """Look at the next rows, up to about `budget` bytes; where it is stays in the file."""
        place = self._store.do_now(self._place)
        with self._reading() as connection:
            part, position = place
            seen: dict[str, list[tuple[int, bool]]] = {}
            names = list(_PARTS)
            rows = 0
            while budget > 0 and part in _PARTS:
                last = position
                for position, size, whole in _looked_at(connection, part, last):
                    seen.setdefault(part, []).append((position, whole))
                    rows += 1
                    budget -= size
                    if budget <= 0:
                        break
                else:
                    following = names.index(part) + 1
                    part, position = (names[following] if following < len(names) else "", 0)
        self._store.do_now(lambda: self._note(part or names[0], position, seen))
        with self._reading() as connection:
            damaged = _damaged(connection)
            return Scrubbed(rows, tuple(damaged), _lost(connection, damaged), not part)

    def lost(self) -> int:
        """Count lines that were acknowledged and cannot be restored, as far as the scrub has come."""
        with self._reading() as connection:
            return _lost(connection, _damaged(connection))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._address, uri=True, isolation_level=None)) as connection:
                connection.text_factory = _lenient
                yield connection
        except sqlite3.Error as error:
            raise StorageError("storage", path=str(self._store.path), detail=str(error)) from error

    def _place(self) -> tuple[str, int]:
        found = self._store.connection.execute("SELECT part, position FROM scrub").fetchall()
        return found[0] if found and found[0][0] in _PARTS else (next(iter(_PARTS)), 0)

    def _note(self, part: str, position: int, seen: dict[str, list[tuple[int, bool]]]) -> None:
        db = self._store.connection
        db.execute("BEGIN IMMEDIATE")
        with db:
            db.execute("DELETE FROM scrub")
            db.execute("INSERT INTO scrub VALUES (?, ?)", (part, position))
            for name, rows in seen.items():
                bad = [(name, at) for at, whole in rows if not whole]
                db.executemany("INSERT OR IGNORE INTO damage VALUES (?, ?)", bad)


def damaged_records(connection: sqlite3.Connection) -> list[str]:
    """Look at everything `connection` shows and name what is damaged or missing; nothing is noted."""
    connection.text_factory = _lenient
    found = [f"{part} {at}" for part in _PARTS for at, _, whole in _looked_at(connection, part, 0) if not whole]
    found += [name for name in _damaged(connection) if name not in found]
    lost = _lost(connection, found)
    return [*found, f"{lost} lines"] if lost and not found else found


def _lenient(data: bytes) -> str:
    """A text with a flipped bit may be none any more: its row then does not fit its digest."""
    return data.decode("utf-8", "replace")


def _looked_at(connection: sqlite3.Connection, part: str, after: int) -> Iterator[tuple[int, int, bool]]:
    """Read the rows behind a position: position, bytes, whether the row is whole and found by its keys."""
    columns, keys = _PARTS[part]
    query = f"SELECT position, digest, {columns} FROM {part} WHERE position > ? ORDER BY position"  # noqa: S608 - constants
    names = columns.split(", ")
    for position, kept, *row in connection.execute(query, (after,)):
        values = dict(zip(names, row, strict=True))
        size = sum(len(value) if isinstance(value, bytes | str) else 8 for value in row)
        whole = digest(row) == kept and (part != _SEGMENTS or _is_segment(row))
        for index, key in keys if whole else ():
            where = " AND ".join(f"{column} = ?" for column in key.split(", "))
            find = f"SELECT 1 FROM {part} {index} WHERE {where} AND position = ?"  # noqa: S608 - constants
            wanted = [values[column] for column in key.split(", ")]
            whole = whole and connection.execute(find, (*wanted, position)).fetchone() is not None
        yield position, size, whole


def _is_segment(row: Sequence[Any]) -> bool:
    address, size, packed = row
    try:
        data = zlib.decompress(packed)
    except (zlib.error, TypeError):
        return False
    return bool(len(data) == size and hashlib.sha256(data).digest() == address)


def _damaged(connection: sqlite3.Connection) -> list[str]:
    """Name what is damaged: noted rows that are there and still not whole, and tables that miss rows."""
    found = []
    for part, position in connection.execute("SELECT part, position FROM damage ORDER BY part, position").fetchall():
        looked = next(_looked_at(connection, part, position - 1), None) if part in _PARTS else None
        if looked is not None and looked[0] == position and not looked[2]:
            found.append(f"{part} {position}")
    if (tally := _tally(connection)) is None:
        found.append("tally 1")
    else:
        counted = {part: _number(connection, f"SELECT count(*) FROM {part}") for part in _COUNTED}  # noqa: S608 - constants
        found += [f"{part} missing" for part, number in counted.items() if number < tally[part]]
    return list(dict.fromkeys(found))


def _tally(connection: sqlite3.Connection) -> dict[str, int] | None:
    row = connection.execute(f"SELECT digest, {TALLY} FROM tally").fetchone()  # noqa: S608 - constants
    if row is None or digest(row[1:]) != row[0]:
        return None
    return dict(zip(TALLY.split(", "), row[1:], strict=True))


def _lost(connection: sqlite3.Connection, damaged: list[str]) -> int:
    """Count lines; a document that is no text counts as one."""
    bad: dict[str, list[int]] = {part: [] for part in _PARTS}
    for part, _, position in (name.partition(" ") for name in damaged):
        if position.isdigit():
            bad[part].append(int(position))
    gone = _unproved(connection, bad["documents"])
    contents = set(bad["contents"])
    contents |= _column(connection, "SELECT content FROM pieces WHERE position = ?", bad["pieces"])
    pieces = "(SELECT count(*) FROM pieces WHERE content = contents.position)"
    contents |= {row[0] for row in connection.execute(f"SELECT position FROM contents WHERE pieces <> {pieces}")}  # noqa: S608 - constants
    gone += _number(connection, _of_documents("NOT IN (SELECT sha256 FROM contents)"))
    for content in contents:
        gone += _number(connection, _of_documents("= (SELECT sha256 FROM contents WHERE position = ?)"), content)
    return gone + _in_segments(connection, set(bad["segments"]), contents)


def _of_documents(address: str) -> str:
    return f"SELECT sum(max(lines, 1)) FROM {_LIVING} AND sha256 {address}"  # noqa: S608 - constants


def _unproved(connection: sqlite3.Connection, bad: list[int]) -> int:
    """Lines of documents whose rows are damaged or gone, by what was acknowledged."""
    tally = _tally(connection)
    if tally is None:
        return len(bad)
    of_documents = f"SELECT sum(lines) FROM {_LIVING}"  # noqa: S608 - constants
    proved = _number(connection, of_documents)
    proved -= sum(_number(connection, of_documents + " AND position = ?", position) for position in bad)
    fewer = tally["documents"] - _number(connection, "SELECT count(*) FROM documents") + len(bad)
    return max(tally["lines"] - proved, fewer, 0) if fewer > 0 else 0


def _in_segments(connection: sqlite3.Connection, bad: set[int], counted: set[int]) -> int:
    """Lines that stand, also partly, in segments that are damaged or gone."""
    missing = "SELECT position FROM pieces WHERE NOT EXISTS (SELECT 1 FROM segments WHERE position = pieces.segment)"
    pieces = {row[0] for row in connection.execute(missing)}
    pieces |= _column(connection, "SELECT position FROM pieces WHERE segment = ?", bad)
    lines: dict[int, set[int]] = {}
    for position in pieces:
        content, number, line, torn = connection.execute(
            "SELECT content, number, line, torn FROM pieces WHERE position = ?", (position,)
        ).fetchone()
        after = connection.execute(
            "SELECT line FROM pieces WHERE content = ? AND number = ?", (content, number + 1)
        ).fetchone()
        total = _number(connection, "SELECT lines FROM contents WHERE position = ?", content)
        if content not in counted:
            last = min(after[0], total + 1) if after else total + 1
            lines.setdefault(content, set()).update(range(line - torn, last))
    count = f"SELECT count(*) FROM {_LIVING} AND sha256 = (SELECT sha256 FROM contents WHERE position = ?)"  # noqa: S608 - constants
    return sum(_number(connection, count, content) * max(len(of), 1) for content, of in lines.items())


def _column(connection: sqlite3.Connection, query: str, values: Iterable[int]) -> set[int]:
    return {row[0] for value in values for row in connection.execute(query, (value,))}


def _number(connection: sqlite3.Connection, query: str, *values: int) -> int:
    return int(connection.execute(query, values).fetchone()[0] or 0)
