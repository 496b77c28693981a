"""journal-tamper: somebody with a database tool edits what happened."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from core.errors import StorageError
from core.events import Event
from engine.journal import Journal, unusable_told, verify
from engine.journal.database import open_for_writing
from engine.paranoid.drills.filling import quiet_log

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from engine.paranoid.drills.drill import Fact, Stage

ROWS: Final = 40
_OPEN: Final = (
    "DROP TRIGGER IF EXISTS events_fixed",
    "DROP TRIGGER IF EXISTS events_kept",
    "DROP TRIGGER IF EXISTS events_follow",
)
_COLUMNS: Final = "at, type, name, run, module, risk, data, chain"
_TAMPERING: Final = {
    "changed": ("UPDATE events SET data = '{\"number\": 999}' WHERE seq = :middle",),
    "removed": ("DELETE FROM events WHERE seq = :middle",),
    "cut": ("DELETE FROM events WHERE seq > :near_end",),
    "added": (f"INSERT INTO events (seq, {_COLUMNS}) SELECT :last + 1, {_COLUMNS} FROM events WHERE seq = :last",),  # noqa: S608 - fixed texts
}
"""What is done to a copy, without the triggers that forbid it; the promise to find it has the same name."""
_FORBIDDEN: Final = (
    "UPDATE events SET name = 'x' WHERE seq = :middle",
    "DELETE FROM events WHERE seq = :middle",
    "DELETE FROM events WHERE seq > :near_end",
)


async def run(stage: Stage) -> list[Fact]:
    """Edit copies of a journal in every way and have each looked through."""
    return await asyncio.to_thread(_facts, stage)


def _facts(stage: Stage) -> list[Fact]:
    honest = stage.scratch / "honest" / "journal.db"
    honest.parent.mkdir()
    journal = Journal(honest, quiet_log())
    for number in range(ROWS):
        journal.emit(Event("ERROR" if number == ROWS - 1 else "INFO", "drill.event", data={"number": number}))
    journal.close()
    whole = verify(honest)
    with closing(open_for_writing(honest)[0]) as connection:
        went_through = [statement for statement in _FORBIDDEN if _done(honest, connection, statement)]
    facts = [
        stage.fact("honest", whole.ok and whole.rows >= ROWS, whole),
        stage.fact("closed", not went_through, went_through),
    ]
    for kind, statements in _TAMPERING.items():
        found = verify(_tampered(stage, honest, kind, statements))
        facts.append(stage.fact(kind, not found.ok, found))
    return facts


def _tampered(stage: Stage, honest: Path, kind: str, statements: Sequence[str]) -> Path:
    """Copy the journal with its neighbours and edit it; return the copy."""
    folder = stage.scratch / kind
    shutil.copytree(honest.parent, folder)
    path = folder / honest.name
    with closing(open_for_writing(path)[0]) as connection:
        for statement in (*_OPEN, *statements):
            connection.execute(statement, _places() if ":" in statement else {})
    return path


def _done(path: Path, connection: Any, statement: str) -> bool:
    try:
        with unusable_told(path):
            connection.execute(statement, _places())
    except StorageError:
        return False
    return True


def _places() -> dict[str, int]:
    return {"middle": ROWS // 2, "near_end": ROWS - 3, "last": ROWS}
