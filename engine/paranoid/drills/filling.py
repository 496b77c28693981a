"""Contents to break: rows of every kind, put into a copy so that there is something to lose."""

from __future__ import annotations

import hashlib
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.events import Event
from engine.journal import Journal
from graph.ledger import EffectKey, Ledger
from memory.archive import SqliteArchive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from core.paths import Home

RUN: Final = "r-drill"
TITLE: Final = "drill"
ROWS: Final = 12


@dataclass(frozen=True)
class Stores:
    """The three databases of ours, open."""

    archive: SqliteArchive
    ledger: Ledger
    journal: Journal


class Unheard:
    """An event sink for parts whose events nobody needs."""

    def emit(self, event: Event, /) -> None:
        """Drop it."""


def quiet_log() -> logging.Logger:
    """Return a log that goes nowhere: what a drill provokes is no trouble of this machine."""
    log = logging.getLogger("multicoder.drill")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return log


@asynccontextmanager
async def open_stores(home: Home) -> AsyncIterator[Stores]:
    """Open archive, ledger and journal of a copy."""
    archive = SqliteArchive(home.database)
    try:
        journal = Journal(home.journal, quiet_log())
        try:
            ledger = Ledger(home.ledger, journal)
            try:
                yield Stores(archive, ledger, journal)
            finally:
                ledger.close()
        finally:
            journal.close()
    finally:
        archive.close()


async def fill(stores: Stores, text: str = "something to lose") -> str:
    """Add a project with messages, effects and events; return its id."""
    project = (await stores.archive.add_project(TITLE, out="out", locale="en")).project
    run = f"r-{project}"
    for number in range(ROWS):
        message = await stores.archive.add_message(project, run, "person", f"{text} {number}")
        await stores.archive.add_run(f"{run}-{number}", project, message, {})
        await stores.ledger.record(effect(f"fill-{project}", number), {"number": number})
        stores.journal.emit(Event("MESSAGE", "message.received", run=f"{run}-{number}", data={"number": number}))
    stores.journal.flush()
    return project


def effect(kind: str, number: int = 0) -> EffectKey:
    """Return the key of an effect of the drill's run."""
    return EffectKey(RUN, 0, kind, attempt=number)


async def is_whole(ledger: Ledger) -> bool:
    """Whether SQLite finds nothing wrong with the ledger; the archive is checked whenever it is opened."""
    found: list[Any] = await ledger.execute(lambda db: db.execute("PRAGMA integrity_check").fetchall())
    return found == [("ok",)]


def bytes_below(folder: Path) -> str:
    """One digest over the names and bytes of all files of a folder."""
    digest = hashlib.sha256()
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        digest.update(f"{path.relative_to(folder)}:".encode("utf-8", "surrogateescape"))
        digest.update(path.read_bytes())
    return digest.hexdigest()
