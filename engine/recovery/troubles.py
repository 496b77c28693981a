"""Finds databases that are damaged or hold less than they once did, before anything is opened."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from engine.journal.database import about_content
from engine.recovery.databases import EMPTY, MISSING, databases, examine, filled, reading
from engine.recovery.rows import ARCHIVE, DOCUMENTS, JOURNAL, damaged_rows
from engine.recovery.sets import damaged_files
from engine.recovery.told import unusable_told
from engine.recovery.witness import Witness

if TYPE_CHECKING:
    from pathlib import Path

    from core.paths import Home
    from engine.recovery.sets import BackupSet

LEDGER: Final = "ledger.db"
CHECKPOINTS: Final = "checkpoints.db"

_NEVER_SHRINK: Final = {
    ARCHIVE: ("projects", "messages", "runs", "versions", "blobs"),
    LEDGER: ("spend", "approvals"),
    DOCUMENTS: ("documents", "standings", "links"),
}
_ROWS_CHECKED_BELOW_BYTES: Final = 16_000_000
"""Larger archives are looked through row by row when a backup is made; a start has to be quick."""
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a database has to be put right."""

    what: str
    """In the words of SQLite or few of our own; shown to people as a detail."""
    behind: bool = False
    """The file is whole and holds less than it once did: a write-ahead log was lost, an old copy was put in place."""


def find_troubles(home: Home, sets: list[BackupSet], known: set[str]) -> dict[str, Trouble]:
    """Return what is wrong with which database; `known` are runs whose loss was told before.

    Raises:
        StorageError: a file cannot be read now.
        sqlite3.Error, OSError: as above.
    """
    found: dict[str, Trouble] = {}
    for path in databases(home):
        with unusable_told(path):
            trouble = examine(path)
        if trouble in {MISSING, EMPTY}:
            wished = trouble == MISSING and path.name == CHECKPOINTS  # moving it away is a way to start afresh
            if not wished and any(set_.files[path.name].rows for set_ in sets if path.name in set_.files):
                found[path.name] = Trouble(trouble)
        elif trouble:
            found[path.name] = Trouble(trouble)
    if JOURNAL not in found:
        found |= _losses(home, sets, known, set(found))
    return found


def _losses(home: Home, sets: list[BackupSet], known: set[str], damaged: set[str]) -> dict[str, Trouble]:
    """Databases that SQLite finds whole and that are not."""
    since = sets[0].sequence if sets else 0
    witness = Witness(home.journal, home.journal_archive, home.ledger, since=since)
    thorough = bool(witness.events("backup.refused", types=("ERROR",)))
    found: dict[str, Trouble] = {}
    for path in (home.journal, home.database, home.ledger, home.root / DOCUMENTS):
        if path.name in damaged or not filled(path):
            continue
        try:
            trouble = _bad_rows(path, sets, thorough=thorough) or _shrunk(path, sets) or _untold(path, witness, known)
        except sqlite3.DatabaseError as error:
            if not about_content(error):
                raise
            trouble = Trouble(str(error))  # a large file, of which `examine` did not look at every page
        if trouble:
            found[path.name] = trouble
    return found


def _bad_rows(path: Path, sets: list[BackupSet], *, thorough: bool) -> Trouble | None:
    if not thorough and (path.name not in {ARCHIVE, DOCUMENTS} or path.stat().st_size > _ROWS_CHECKED_BELOW_BYTES):
        return None
    with reading(path) as connection:
        bad = damaged_rows(path.name, connection)
    if path.name == JOURNAL and bad and not (sets and int(bad[0].split()[1]) <= sets[0].sequence):
        return None  # newer than every backup: it stays as it is, and the journal's own check tells of it
    return Trouble(", ".join(bad[:_NAMED])) if bad and sets else None


def _shrunk(path: Path, sets: list[BackupSet]) -> Trouble | None:
    """Whether a table that only grows holds less than in a backup that is still good."""
    for backup in sets:
        then = backup.files.get(path.name)
        if then is None:
            continue
        if path.name == JOURNAL:
            fewer = [JOURNAL] if _last_event(path) < backup.sequence else []
        else:
            fewer = [table for table in _NEVER_SHRINK[path.name] if _count(path, table) < then.rows.get(table, 0)]
        if not fewer:
            return None
        if not damaged_files(backup, (path.name,)):
            return Trouble(f"fewer rows than in {backup.name}: {', '.join(fewer)}", behind=True)
    return None


def _untold(path: Path, witness: Witness, known: set[str]) -> Trouble | None:
    """Whether the journal tells of something since the newest backup that the database does not hold."""
    if path.name == ARCHIVE:
        heard = {row.run for row in witness.events("message.received", types=("MESSAGE",))} - known
        lost = heard - {str(row[0]) for row in _rows(path, "SELECT run FROM runs")} if heard else set()
    elif path.name == LEDGER:
        paid = Counter({payment: len(rows) for payment, rows in witness.payments().items()})
        columns = "run, call, module, model, prompt_tokens, completion_tokens, cost_usd"
        lost = {key[0] for key in paid - Counter(_rows(path, f"SELECT {columns} FROM spend"))} if paid else set()  # noqa: S608 - constant
    else:
        return None
    return Trouble(f"runs the journal knows of: {', '.join(sorted(lost)[:_NAMED])}", behind=True) if lost else None


def _last_event(path: Path) -> int:
    return max(_number(path, "SELECT max(seq) FROM events"), _number(path, "SELECT max(last) FROM segments"))


def _count(path: Path, table: str) -> int:
    return _number(path, f"SELECT count(*) FROM {table}")  # noqa: S608 - a constant name


def _number(path: Path, query: str) -> int:
    found = _rows(path, query)
    return int(found[0][0] or 0) if found else 0


def _rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    try:
        with reading(path) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return []
        raise
