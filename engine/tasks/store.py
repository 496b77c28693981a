"""The tasks on the disk: one SQLite file, one thread, one row per task, each written before anybody is told.

A row that was written is found again as it was, or said to be damaged: every row carries a digest of itself. After a
refused write (a full disk) the row is read back, so that its caller knows for certain what stands there.
"""

from __future__ import annotations

import asyncio
import dataclasses
import hashlib
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core.errors import StorageError
from core.files import create_private
from engine.tasks.task import TASK_STATES, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

T = TypeVar("T")

_VERSION: Final = 1
_BUSY_SECONDS: Final = 10.0
_SCHEMA: Final = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS tasks (
    number INTEGER PRIMARY KEY AUTOINCREMENT, task TEXT NOT NULL UNIQUE, state TEXT NOT NULL, record TEXT NOT NULL,
    digest TEXT NOT NULL
) STRICT;
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_WRITE: Final = (
    "INSERT INTO tasks (task, state, record, digest) VALUES (?, ?, ?, ?) ON CONFLICT (task)"
    " DO UPDATE SET state = excluded.state, record = excluded.record, digest = excluded.digest"
)
_FORGET: Final = (
    "DELETE FROM tasks WHERE task IN (SELECT value FROM json_each(?)) AND state IN ('done', 'failed', 'cancelled')"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A task with what only the manager has to know of it."""

    task: Task
    place: int
    """Its place in the line; see `queue.Place`."""
    deaths: int = 0
    """Consecutive deaths of the process while it was running."""


class TaskStore:
    """`tasks.db`; every method returns after the disk has answered."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tasks")
        self._closed = False
        try:
            self._connection = self._thread.submit(_open, path).result()
        except BaseException:
            self._thread.shutdown()
            raise

    @property
    def closed(self) -> bool:
        """Whether nothing can be written any more."""
        return self._closed

    async def all(self) -> list[Stored]:
        """Return every task in the order they were asked for; StorageError when one is damaged."""
        query = "SELECT task, record, digest FROM tasks ORDER BY number"
        return await self._do(lambda db: [self._read(*row) for row in db.execute(query)])

    async def write(self, stored: Stored) -> None:
        """Put a new or changed task on the disk; StorageError says that the disk still has the old one."""
        row = _row(stored)

        def action(db: sqlite3.Connection) -> None:
            try:
                db.execute(_WRITE, row)
            except sqlite3.Error:
                if not _stands(db, row):
                    raise

        await self._do(action)

    async def forget(self, tasks: Iterable[str]) -> None:
        """Remove tasks that have ended."""
        names = json.dumps(list(tasks))
        await self._do(lambda db: db.execute(_FORGET, (names,)))

    async def close(self) -> None:
        """Close the file; closing twice is no error."""
        if not self._closed:
            self._closed = True
            self._thread.submit(self._connection.close)
            await asyncio.to_thread(self._thread.shutdown)

    async def _do(self, action: Callable[[sqlite3.Connection], T]) -> T:
        if self._closed:
            raise StorageError("storage", path=str(self._path), detail="closed")
        try:
            return await asyncio.wrap_future(self._thread.submit(action, self._connection))
        except sqlite3.Error as error:
            raise StorageError("storage", path=str(self._path), detail=str(error)) from error

    def _read(self, task: str, record: str, digest: str) -> Stored:
        if digest != _digest(task, record):
            raise StorageError("record-damaged", path=str(self._path), record=task)
        fields: dict[str, Any] = json.loads(record)
        known = {item.name for item in dataclasses.fields(Task)}
        values = {name: value for name, value in fields["task"].items() if name in known}
        return Stored(Task(**values | {"after": tuple(values["after"])}), fields["place"], fields["deaths"])


def make_empty_store(path: Path) -> None:
    """Make a file without any task; StorageError when the disk refuses."""
    _open(path).close()


def as_stored(task: Task) -> Task:
    """Return the task as it will be read back; TypeError or ValueError when it is no JSON."""
    values = json.loads(json.dumps(task.as_dict(), allow_nan=False))
    return Task(**values | {"after": tuple(values["after"])})


def _row(stored: Stored) -> tuple[str, str, str, str]:
    task = stored.task
    if task.state not in TASK_STATES:
        raise ValueError(f"no state: {task.state!r}")
    record = json.dumps({"task": task.as_dict(), "place": stored.place, "deaths": stored.deaths})
    return task.task, task.state, record, _digest(task.task, record)


def _stands(db: sqlite3.Connection, row: tuple[str, str, str, str]) -> bool:
    """Whether a write that was answered with an error reached the disk all the same."""
    if db.in_transaction:
        db.rollback()
    found = db.execute("SELECT task, state, record, digest FROM tasks WHERE task = ?", row[:1]).fetchone()
    return bool(found == row)


def _digest(task: str, record: str) -> str:
    return hashlib.sha256(f"{task}\n{record}".encode()).hexdigest()[:16]


def _open(path: Path) -> sqlite3.Connection:
    try:
        create_private(path)
        connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            _prepare(connection, path)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise StorageError("storage", path=str(path), detail=str(error)) from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > _VERSION:
        raise StorageError("newer-data", path=str(path), found=found, known=_VERSION)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    if found < _VERSION:
        connection.executescript(_SCHEMA)
