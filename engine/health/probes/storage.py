"""Looks at checkpoints, ledger, archive and journal: written through the engine, read back past it.

What is written begins with the reserved word `CANARY`, stands for a moment only, and is taken away by the look itself.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from core.i18n import Words
from engine.health.aside import aside
from engine.health.probe import Probe, Reading
from engine.health.probes.kept import KeptFile
from engine.health.telling import broken, poor, well
from engine.journal import verify_tail
from engine.recovery.databases import CANARY
from engine.recovery.told import unusable_told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from langchain_core.runnables import RunnableConfig
    from langgraph.checkpoint.base import Checkpoint
    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from engine.journal import Journal
    from graph.ledger import Ledger
    from memory.store import Store

_PERIOD: Final = 60.0
_CHECKPOINT: Final = "00000000-0000-6000-8000-000000000000"
_THREAD: Final[RunnableConfig] = {"configurable": {"thread_id": CANARY, "checkpoint_ns": ""}}
_PICKLED_NOTHING: Final = b"\x80\x04N."
_WRITER_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 0.1


def checkpoints(saver: AsyncSqliteSaver, path: Path) -> Probe:
    """A canary checkpoint is written, read back by another connection, decoded strictly and taken away."""
    kept = KeptFile(path)

    async def read() -> Reading:
        if trouble := await aside(kept.trouble) or _lenient(saver):
            return trouble
        said = secrets.token_hex(8)
        with unusable_told(path):
            await saver.aput(_THREAD, _canary(said), {"source": "loop", "step": 0, "parents": {}}, {})
            try:
                query = "SELECT type, checkpoint FROM checkpoints WHERE thread_id = ?"
                rows = await aside(lambda: kept.fetch(query, (CANARY,)))
                own = await saver.aget_tuple(_THREAD)
            finally:
                await saver.adelete_thread(CANARY)
        decoded = [saver.serde.loads_typed((row[0], row[1]))["channel_values"] for row in rows]
        if decoded != [{"canary": said}] or own is None or own.checkpoint["channel_values"] != {"canary": said}:
            return broken("health-canary-lost", file=path.name)
        return well("health-checkpoints-ok", size=await aside(kept.size_kb))

    return Probe(
        "checkpoints", Words("health-system-checkpoints"), read, _PERIOD, 20, limits=Words("health-limits-database")
    )


def ledger(ledger: Ledger, path: Path) -> Probe:
    """A canary effect is recorded, looked up, seen in the file by another connection and taken away."""
    from graph.ledger import EffectKey  # noqa: PLC0415 - only in a running engine

    kept = KeptFile(path)
    key = EffectKey(CANARY, 0, "canary")

    async def read() -> Reading:
        if trouble := await aside(kept.trouble):
            return trouble
        said = secrets.token_hex(8)

        def record(db: sqlite3.Connection) -> None:
            db.execute(
                "INSERT OR REPLACE INTO effects (key, kind, run, module, started, recorded, intent, result)"
                " VALUES (?, ?, ?, '', ?, ?, 'null', ?)",
                (str(key), key.kind, key.run, time.time(), time.time(), f'"{said}"'),
            )

        # Not `Ledger.record`, which tells the journal: a look must not fill it.
        await ledger.execute(record)
        try:
            own = await ledger.lookup(key)
            rows = await aside(lambda: kept.fetch("SELECT result FROM effects WHERE key = ?", (str(key),)))
        finally:
            await ledger.execute(lambda db: db.execute("DELETE FROM effects WHERE run = ?", (CANARY,)) and None)
        if own != said or rows != [(f'"{said}"',)]:
            return broken("health-canary-lost", file=path.name)
        return well("health-ledger-ok", size=await aside(kept.size_kb))

    return Probe("ledger", Words("health-system-ledger"), read, _PERIOD, 20, limits=Words("health-limits-database"))


def archive(store: Store, projects: Callable[[], Awaitable[Sequence[object]]], path: Path) -> Probe:
    """A canary is written, read and taken away in one transaction; every project proves itself by its digest."""
    kept = KeptFile(path)

    def canary() -> list[tuple[Any, ...]]:
        # Never committed with the row in it: a backup taken meanwhile would find a blob that no digest fits.
        store.connection.execute("BEGIN IMMEDIATE")
        with store.connection:
            store.connection.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (CANARY, secrets.token_bytes(16)))
            found = store.fetch("SELECT length(packed) FROM blobs WHERE sha256 = ?", (CANARY,))
            store.connection.execute("DELETE FROM blobs WHERE sha256 = ?", (CANARY,))
        return found

    async def read() -> Reading:
        if trouble := await aside(kept.trouble):
            return trouble
        if await store.do(canary) != [(16,)]:
            return broken("health-canary-lost", file=path.name)
        count = len(await projects())
        return well("health-archive-ok", projects=count, size=await aside(kept.size_kb))

    return Probe("archive", Words("health-system-archive"), read, _PERIOD, 20, limits=Words("health-limits-database"))


def journal(journal: Journal, path: Path) -> Probe:
    """What waits is written by its own thread, the newest rows prove themselves, nothing was ever given up."""
    kept = KeptFile(path)

    async def written() -> bool:
        """Whether the journal's own thread writes what waits; only then is the flush that follows no excuse."""
        before = await aside(journal.stats)
        until = time.monotonic() + _WRITER_SECONDS
        while time.monotonic() < until:
            now = await aside(journal.stats)
            if not now.waiting or now.last_seq > before.last_seq:
                return True
            await asyncio.sleep(_PAUSE_SECONDS)
        return False

    async def read() -> Reading:
        if trouble := await aside(kept.trouble):
            return trouble
        if not await written() or not await aside(journal.flush):
            stats = await aside(journal.stats)
            return broken("health-journal-waiting", waiting=stats.waiting)
        tail = await aside(lambda: verify_tail(path))
        if not tail.ok:
            return replace(broken("health-journal-broken"), evidence=tail.words())
        stats = await aside(journal.stats)
        if stats.lost:
            return poor("health-journal-lost", lost=stats.lost)
        return well("health-journal-ok", rows=stats.rows + stats.archived, checked=tail.rows)

    limits = Words("health-limits-journal", {"seconds": _WRITER_SECONDS})
    return Probe("journal", Words("health-system-journal"), read, _PERIOD, 20, limits=limits)


def _lenient(saver: AsyncSqliteSaver) -> Reading | None:
    """Hand the decoder what it must refuse: a checkpoint of the kind that can run code."""
    from langgraph.checkpoint.serde import _msgpack  # noqa: PLC0415 - only in a running engine

    try:
        saver.serde.loads_typed(("pickle", _PICKLED_NOTHING))
    except NotImplementedError:
        return None if _msgpack.STRICT_MSGPACK_ENABLED else broken("health-decoding-lenient")
    return broken("health-decoding-lenient")


def _canary(said: str) -> Checkpoint:
    from langgraph.checkpoint.base import empty_checkpoint  # noqa: PLC0415 - only in a running engine

    return {**empty_checkpoint(), "id": _CHECKPOINT, "channel_values": {"canary": said}}


__all__ = ["archive", "checkpoints", "journal", "ledger"]
