"""Checkpoints: the SQLite saver with strict decoding, an integrity check at opening, and pruning."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING, Final

import aiosqlite
from langgraph.checkpoint.serde import _msgpack
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from core.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SCHEMA_VERSION: Final = 1
"""Raised when what is kept in a checkpoint changes so that an older program could not go on from it."""
BEFORE_ANY_NODE: Final = "input"
"""The source of a checkpoint that holds only what a turn began with: none of its nodes has run."""
KEPT_STEPS: Final = 60
"""Steps of a thread that stay open to rewinding; interrupts and the first step of each turn are kept for good."""

_PRUNE: Final = """
WITH kept AS (
    SELECT checkpoint_ns, checkpoint_id FROM (
        SELECT checkpoint_ns, checkpoint_id FROM checkpoints WHERE thread_id=:thread
        ORDER BY checkpoint_id DESC LIMIT :steps)
    UNION
    SELECT checkpoint_ns, checkpoint_id FROM writes WHERE thread_id=:thread AND channel='__interrupt__'
    UNION
    SELECT checkpoint_ns, checkpoint_id FROM checkpoints
    WHERE thread_id=:thread AND json_extract(metadata, '$.source') IN ('input', 'fork', 'update'))
DELETE FROM {table} WHERE thread_id=:thread AND (checkpoint_ns, checkpoint_id) NOT IN kept
"""


@asynccontextmanager
async def open_checkpoints(path: Path) -> AsyncIterator[AsyncSqliteSaver]:
    """Open the checkpoint file.

    Raises:
        StorageError: strict decoding is off, or the file cannot be used, is damaged or of a newer program; it is never
            replaced silently.
    """
    if not _msgpack.STRICT_MSGPACK_ENABLED:
        raise StorageError("strict-decoding-off")
    # Checked before aiosqlite's thread exists: that of a connection which fails to open may outlive the event loop.
    found = await asyncio.to_thread(_check, path)
    async with aiosqlite.connect(path) as connection:
        saver = AsyncSqliteSaver(connection, serde=JsonPlusSerializer(pickle_fallback=False))
        try:
            await connection.execute("PRAGMA synchronous=FULL")
            await saver.setup()
            if found < SCHEMA_VERSION:
                await connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        except sqlite3.Error as error:
            raise StorageError("storage", path=str(path), detail=str(error)) from error
        yield saver


def _check(path: Path) -> int:
    """Return the schema version of the file, 0 for a new one."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.OperationalError as error:  # locked or unreadable says nothing about what is in it
        raise StorageError("storage", path=str(path), detail=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise StorageError("checkpoint-corrupt", path=str(path), detail=str(error)) from error
    if found != ["ok"]:
        raise StorageError("checkpoint-corrupt", path=str(path), detail=found[0][:200] if found else "")
    if version > SCHEMA_VERSION:
        raise StorageError("newer-data", path=str(path), found=version, known=SCHEMA_VERSION)
    return version


async def prune(saver: AsyncSqliteSaver, thread: str, *, steps: int = KEPT_STEPS) -> None:
    """Drop the oldest steps of a thread (the library's saver cannot)."""
    async with saver.lock:
        for table in ("writes", "checkpoints"):
            await saver.conn.execute(_PRUNE.format(table=table), {"thread": thread, "steps": steps})
        await saver.conn.commit()
