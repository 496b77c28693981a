"""Every row and text of the archive is what was kept: a flipped bit is invisible to SQLite's own checks."""

from __future__ import annotations

import asyncio
import hashlib
import zlib
from typing import TYPE_CHECKING, Any, Final

from engine.paranoid.finding import Finding
from engine.recovery.databases import reading
from engine.recovery.rows import BLOBS, PROVED_TABLES
from memory.store import digest

if TYPE_CHECKING:
    from pathlib import Path

MOST: Final = 100
"""Findings kept and told: who knows of so many damaged records needs no longer list."""
ROWS: Final = 2_000
"""Rows of each table looked at in one pass."""
BYTES: Final = 8_000_000
"""Packed texts looked at in one pass stop behind this."""


class ArchiveScrub:
    """Rows against their digests and texts against their addresses, round and round."""

    check = "archive-hash"

    def __init__(self, database: Path, *, rows: int = ROWS) -> None:
        self._database = database
        self._rows = rows
        self._positions = dict.fromkeys(PROVED_TABLES, 0)
        self._blob = ""
        self._damaged: dict[str, Finding] = {}

    async def find(self) -> list[Finding]:
        """Look at the next rows; what was found damaged is told until it is looked at again and whole."""
        await asyncio.to_thread(self._pass)
        return list(self._damaged.values())

    def _pass(self) -> None:
        with reading(self._database) as connection:
            connection.text_factory = _lenient
            for table in PROVED_TABLES:
                self._table(connection, table)
            self._blobs(connection)

    def _table(self, connection: Any, table: str) -> None:
        query = f"SELECT * FROM {table} WHERE position > ? ORDER BY position LIMIT ?"  # noqa: S608 - names are constants
        rows = connection.execute(query, (self._positions[table], self._rows)).fetchall()
        for row in rows:
            self._judge(f"{table} {row[0]}", whole=digest(row[1:-1]) == row[-1])
        self._positions[table] = rows[-1][0] if len(rows) == self._rows else 0

    def _blobs(self, connection: Any) -> None:
        read = 0
        query = "SELECT sha256, packed FROM blobs WHERE sha256 > ? ORDER BY sha256"
        for name, packed in connection.execute(query, (self._blob,)):
            self._judge(f"{BLOBS} {name}", whole=_is_text_of(name, packed))
            self._blob = name
            read += len(packed)
            if read > BYTES:
                return
        self._blob = ""

    def _judge(self, record: str, *, whole: bool) -> None:
        if whole:
            self._damaged.pop(record, None)
            return
        if len(self._damaged) < MOST:
            self._damaged[record] = Finding.of(self.check, "critical", "finding-archive-hash", record, record=record)


def _lenient(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _is_text_of(name: str, packed: bytes) -> bool:
    try:
        return hashlib.sha256(zlib.decompress(packed)).hexdigest() == name
    except (zlib.error, TypeError):
        return False
