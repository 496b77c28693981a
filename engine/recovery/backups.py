"""Backups: sets of all databases, made on a schedule and before every update, the newest good one always at hand."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from core.errors import StorageError
from core.events import Event
from engine.journal.database import FORMAT, pragma
from engine.recovery.databases import databases, filled, reading
from engine.recovery.sets import make_set, read_sets, remove_set, superfluous
from engine.recovery.told import unusable_told
from memory import documents
from memory.migrations import SCHEMA_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.events import EventSink, Json
    from core.paths import Home
    from engine.recovery.sets import BackupSet

HOUR_SECONDS: Final = 3600.0


class Backups:
    """The sets of one data folder; safe to use while the engine works, in the process that holds the folder's lock."""

    def __init__(self, home: Home, sink: EventSink, *, keep: int, hours: float = 6.0, program: str = "") -> None:
        self._home = home
        self._sink = sink
        self._program = program
        self._turn = asyncio.Lock()
        self.keep = keep
        """How many of the newest sets stay; the last one of each day of a week stays besides."""
        self.hours = hours
        """How old the newest set may become."""

    async def back_up(self, reason: str, *, progress: Callable[[float, str], None] | None = None) -> BackupSet:
        """Make a set, then drop those that are no longer needed.

        Raises:
            StorageError: no room, a refusal of the disk, or damaged contents; older sets stay as they are.
        """
        async with self._turn:
            begun = time.monotonic()
            try:
                made = await asyncio.to_thread(self._make, reason, progress)
            except StorageError as error:
                name = "backup.refused" if error.code == "backup-refused" else "backup.failed"
                self._sink.emit(Event("ERROR", name, data={"reason": reason, "code": error.code, **error.facts}))
                raise
            self._sink.emit(made_event(made, round(time.monotonic() - begun, 2)))
            for dropped in await asyncio.to_thread(self._prune):
                self._sink.emit(Event("INFO", "backup.dropped", data={"set": dropped.name}))
            return made

    async def list(self) -> list[BackupSet]:
        """Return all sets, newest first, as their manifests describe them."""
        return await asyncio.to_thread(read_sets, self._home)

    def due(self, now: float) -> bool:
        """Whether it is time for the next set (`now` in seconds since the epoch); reads the manifests.

        It is when the newest one is too old, comes from the future by as much, or is missing.
        """
        newest = next(iter(read_sets(self._home)), None)
        return newest is None or abs(now - newest.at) >= self.hours * HOUR_SECONDS

    def _make(self, reason: str, progress: Callable[[float, str], None] | None) -> BackupSet:
        with unusable_told(self._home.backups):
            return make_set(self._home, reason, program=self._program, progress=progress)

    def _prune(self) -> tuple[BackupSet, ...]:
        with unusable_told(self._home.backups):
            dropped = tuple(superfluous(self._home, self.keep, time.time()))
            for backup in dropped:
                remove_set(backup)
        return dropped


def back_up_before_update(home: Home, program: str) -> BackupSet | None:
    """Make a set when the program is another one than made the newest set, or will bring a database to a newer schema.

    Call it with the folder's lock held and before anything is opened. None when nothing changes, or when a set cannot
    be made and nothing will be rewritten either. Blocks.

    Raises:
        StorageError: a database has to be brought to a newer schema and there is no room for a set.
    """
    with unusable_told(home.backups):
        if not any(filled(path) for path in databases(home)):
            return None
        behind = _older_schemas(home)
        newest = next(iter(read_sets(home)), None)
        if newest is not None and newest.program == program and not behind:
            return None
        try:
            return make_set(home, "update", program=program)
        except StorageError as error:
            if behind and error.code != "backup-refused":  # what is damaged already, no set could protect
                raise
            return None
        except sqlite3.DatabaseError:  # damaged, and told by whoever opens it, under its own name
            if behind:
                raise
            return None


def made_event(backup: BackupSet, seconds: float) -> Event:
    """Return how the journal is told of a new set."""
    facts: dict[str, Json] = {"set": backup.name, "reason": backup.reason, "bytes": backup.size, "seconds": seconds}
    return Event("INFO", "backup.made", data=facts)


def known_schemas(home: Home) -> dict[Path, int]:
    """Return the newest schema of each database that this program can read."""
    from graph import checkpoints, ledger  # noqa: PLC0415 - a second of imports that only a start needs

    return {
        home.database: len(list(SCHEMA_FOLDER.glob("*.sql"))),
        home.root / documents.FILE: len(list(documents.SCHEMA_FOLDER.glob("*.sql"))),
        home.journal: FORMAT,
        home.ledger: ledger.SCHEMA_VERSION,
        home.checkpoints: checkpoints.SCHEMA_VERSION,
    }


def _older_schemas(home: Home) -> bool:
    for path, version in known_schemas(home).items():
        if filled(path):
            # A damaged one is told by whoever opens it, under its own name.
            with suppress(sqlite3.DatabaseError), reading(path) as connection:
                if pragma(connection, "user_version") < version:
                    return True
    return False
