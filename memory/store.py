"""The rows of the archive: one thread that owns the connection, and rows that prove themselves by a digest.

One thread owns the connection, so the event loop never waits for the disk and writes need no locks. A call that
returned is on the disk (`synchronous = FULL`).
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core.errors import StorageError
from memory.migrations import APPLICATION_ID, SCHEMA_FOLDER, open_database

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Column = str | bytes | int | float
Row = tuple[Any, ...]

T = TypeVar("T")

_ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_TIME_DIGITS: Final = 9  # 45 bits of milliseconds: sortable until the year 3084
_RANDOM_DIGITS: Final = 6
_DIGEST_BYTES: Final = 16


def new_id(prefix: str) -> str:
    """Return a short id that sorts by time: `p-01m3k8x2q7abcdef`."""
    number = int(time.time() * 1000)
    digits = [_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_TIME_DIGITS))]
    digits += [secrets.choice(_ALPHABET) for _ in range(_RANDOM_DIGITS)]
    return f"{prefix}-{''.join(digits)}"


class Store:
    """An open file of truth; `archive` and `sessions` keep their tables in one, `documents` in another."""

    def __init__(self, path: Path, schema: Path = SCHEMA_FOLDER, application_id: int = APPLICATION_ID) -> None:
        self.path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        try:
            self.connection = self._thread.submit(open_database, path, schema, application_id).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def close(self) -> None:
        """Finish what was begun and close the file; closing twice is no error."""
        try:
            self._thread.submit(self.connection.close)
        except RuntimeError:
            return  # closed before
        self._thread.shutdown(wait=True)

    async def do(self, work: Callable[[], T]) -> T:
        """Have `work` done in the thread that owns the connection."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._guarded, work)

    def do_now(self, work: Callable[[], T]) -> T:
        """Have `work` done in that thread by a thread that may wait; never call it from the event loop."""
        return self._thread.submit(self._guarded, work).result()

    async def changes(self) -> int:
        """Return a number that grows with every change made since the file was opened."""
        return await self.do(lambda: self.connection.total_changes)

    def _guarded(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.Error as error:
            raise StorageError("storage", path=str(self.path), detail=str(error)) from error

    def rows(self, table: str, columns: str, where: str = "1", values: tuple[Column, ...] = ()) -> list[Row]:
        """Return rows in the order they were kept; StorageError `record-damaged` when one is not what was kept."""
        select = f"SELECT position, digest, {columns} FROM {table}"  # noqa: S608 - names are constants of the package
        found = []
        for position, kept, *row in self.fetch(f"{select} WHERE {where} ORDER BY position", values):
            if digest(row) != kept:
                raise StorageError("record-damaged", path=str(self.path), record=f"{table} {position}")
            found.append(tuple(row))
        return found

    def fetch(self, query: str, values: tuple[Column, ...]) -> list[Row]:
        """Return what a query finds."""
        try:
            return self.connection.execute(query, values).fetchall()
        except UnicodeEncodeError:
            return []  # no id of ours holds lone surrogates

    def insert(self, table: str, columns: str, values: tuple[Column, ...]) -> None:
        """Keep a row with its digest."""
        marks = ", ".join("?" * (len(values) + 1))
        query = f"INSERT INTO {table} ({columns}, digest) VALUES ({marks})"  # noqa: S608 - as above
        self.connection.execute(query, (*values, digest(values)))

    def update(self, table: str, values: Mapping[str, Column], key: str, row: str, kept: bytes) -> None:
        """Change columns of one row; `kept` is the digest of the whole row as it will be."""
        columns = "".join(f"{column} = ?, " for column in values)
        query = f"UPDATE {table} SET {columns}digest = ? WHERE {key} = ?"  # noqa: S608 - as above
        self.connection.execute(query, (*values.values(), kept, row))


def pack(text: str) -> bytes:
    """Return text as bytes, lone surrogates included."""
    return text.encode("utf-8", "surrogatepass")


def unpack(data: bytes) -> str:
    """Return the text `pack` was given."""
    return data.decode("utf-8", "surrogatepass")


def digest(values: tuple[Column, ...] | list[Column]) -> bytes:
    """Hash a row; lengths and types go in, so that no two rows read alike."""
    total = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode()
        total.update(f"{type(value).__name__}:{len(data)}:".encode())
        total.update(data)
    return total.digest()
