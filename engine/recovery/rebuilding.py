"""New databases out of a backup and everything else that is known for certain; what stays missing is named.

Approvals are never rebuilt: what the backup does not hold is asked again. What a model answered is not known to anybody
but the ledger, so it is asked and paid again; what was paid is known and counts against the limits.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections import Counter
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from core.files import create_private
from core.i18n import Words
from engine.journal.anchor import read_anchor
from engine.journal.database import head_of, insert_rows, pragma
from engine.recovery.databases import reading
from engine.recovery.rows import BLOBS, PROVED_TABLES, Salvage, following_events, salvaged
from memory import documents
from memory.migrations import open_database
from memory.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from engine.journal.rows import Stored
    from engine.recovery.witness import Payment, Witness

_FOR_GOOD: Final = frozenset({"cancelled", "refused", "stopped", "failed"})
"""Outcomes after which nobody wants a run to go on."""
_WITHDRAWABLE: Final = "prompts"
"""The one table of the archive whose rows may be taken back."""
_SHOWN: Final = "%Y-%m-%d %H:%M"


def rebuild_archive(damaged: Path, base: Path, target: Path, *, newer: bool) -> Salvage:
    """Put the sound rows of `damaged` over a copy of `base`; return what was found, what `base` made good left out.

    `newer` says that the damaged file was written after `base`: where both have a row, its one counts.
    """
    copy_file(base, target)
    open_database(target).close()  # what is put over it has today's columns
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        taker = _Taker(connection, over=newer)
        found = _salvage(damaged, taker)
        if newer and found.whole:
            taker.drop_withdrawn(found.damaged)
        lost = [name for name in (*found.damaged, *taker.refused) if not _has(connection, name)]
        connection.execute("COMMIT")
    return Salvage(lost, whole=found.whole)


def rebuild_documents(damaged: Path, base: Path, target: Path, since: float, *, happened: bool) -> list[Words]:
    """Copy `base` and add every document of `damaged` that proves itself; name what is lost.

    What was forgotten since the backup is forgotten in the copy too. `happened` says that anything may have come since.
    """
    copy_file(base, target)
    open_database(target, documents.SCHEMA_FOLDER, documents.APPLICATION_ID).close()
    found = documents.salvage(damaged, target)
    missing = [Words("recovery-missing-record", {"record": name}) for name in found.missing]
    if happened and not found.whole:
        missing.append(Words("recovery-missing-unknown", {"file": target.name, "since": shown(since)}))
    return missing


class _Taker:
    """Puts rows into the archive that is being rebuilt, in the transaction that is open."""

    def __init__(self, connection: sqlite3.Connection, *, over: bool) -> None:
        self._connection = connection
        self._queries = {table: _upsert(connection, table, over=over) for table in PROVED_TABLES}
        self._queries[BLOBS] = "INSERT OR IGNORE INTO blobs VALUES (?, ?)"
        self._prompts: set[int] = set()
        self.refused: list[str] = []
        """Rows that refer to something that is lost."""

    def __call__(self, table: str, row: tuple[Any, ...]) -> None:
        """Take one row."""
        if table == _WITHDRAWABLE:
            self._prompts.add(row[0])
        try:
            self._connection.execute(self._queries[table], row)
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):  # the latter: of another schema
            self.refused.append(f"{table} {row[0]}")

    def drop_withdrawn(self, damaged: list[str]) -> None:
        """Take out again what the base still has and its owner took back since."""
        kept = self._prompts | {int(name.split()[1]) for name in damaged if name.startswith(_WITHDRAWABLE)}
        held = {row[0] for row in self._connection.execute(f"SELECT position FROM {_WITHDRAWABLE}")}  # noqa: S608 - constant
        query = f"DELETE FROM {_WITHDRAWABLE} WHERE position = ?"  # noqa: S608 - as above
        self._connection.executemany(query, [(number,) for number in held - kept])


def keep_outcomes(archive: Path, outcomes: Mapping[str, str], *, all_known: bool) -> None:
    """Write down how runs ended that the rebuilt archive takes for unfinished.

    When rows may be missing that a finished run left, it is not finished: going on from an older position it makes them
    again, for nothing, because the ledger knows what was paid and done. Only what nobody wants back ends.
    """
    with closing(sqlite3.connect(archive, isolation_level=None)) as connection:
        for position, *row, _ in connection.execute("SELECT * FROM runs WHERE outcome = ''").fetchall():
            outcome = outcomes.get(row[0], "")
            if outcome and (all_known or outcome in _FOR_GOOD):
                row[4] = outcome
                change = (outcome, digest(row), position)
                connection.execute("UPDATE runs SET outcome = ?, digest = ? WHERE position = ?", change)


def missing_in_archive(archive: Path, witness: Witness, salvage: Salvage, since: int, known: set[str]) -> list[Words]:
    """Name the runs and versions others tell of and `archive` lacks; `known` ones were named before."""
    with reading(archive) as connection:
        runs = {str(row[0]) for row in connection.execute("SELECT run FROM runs")}
        versions = {(str(row[0]), int(row[1])) for row in connection.execute("SELECT run, number FROM versions")}
    lost = {run: at for run, at in sorted(witness.runs().items(), key=lambda item: item[1]) if run not in runs | known}
    missing = [Words("recovery-missing-run", {"run": run, "at": shown(at)}) for run, at in lost.items()]
    for row in witness.events("artifact.delivered", types=("FILE",), after=since):
        version = int(str(row.data.get("version") or 0))
        if row.run in lost and (row.run, version) not in versions:
            facts: dict[str, str | float] = {"version": version, "artifact": str(row.data.get("artifact", ""))}
            missing.append(Words("recovery-missing-version", {"run": row.run, **facts}))
    return missing + [Words("recovery-missing-record", {"record": name}) for name in salvage.damaged]


def unfinished_runs(archive: Path) -> set[str]:
    """Return the runs that have no outcome yet."""
    try:
        with reading(archive) as connection:
            return {str(row[0]) for row in connection.execute("SELECT run FROM runs WHERE outcome = ''")}
    except sqlite3.DatabaseError:
        return set()


def rebuild_ledger(base: Path, target: Path, witness: Witness, since: int, unfinished: set[str]) -> list[Words]:
    """Copy `base` and add the spending the journal knows of; return what was added and what is missing."""
    with _copy_of(base, target) as connection:
        added = add_spending(connection, witness.payments())
        told = []
        for row in witness.events("decision.taken", types=("AUDIT",), after=since):
            given = (row.run, str(row.data.get("digest", "")))
            query = "SELECT 1 FROM approvals WHERE run = ? AND digest = ? AND answered IS NOT NULL"
            if connection.execute(query, given).fetchone() is None:
                facts = {"run": row.run, "kind": str(row.data.get("kind", "")), "at": shown(row.at)}
                told.append(Words("recovery-missing-decision", {**facts}))
        recorded = Counter(
            str(row[0]) for row in connection.execute("SELECT run FROM effects WHERE result IS NOT NULL")
        )
    lost = witness.effects() - recorded
    told += [
        Words("recovery-missing-effects", {"run": run, "count": lost[run]}) for run in sorted(unfinished & set(lost))
    ]
    return ([added] if added else []) + told


def add_spending(connection: sqlite3.Connection, payments: Mapping[Payment, list[Any]]) -> Words | None:
    """Add the paid calls that the journal tells of and the ledger does not hold, each exactly once."""
    query = "SELECT run, call, module, model, prompt_tokens, completion_tokens, cost_usd, count(*) FROM spend"
    held = {tuple(row[:-1]): row[-1] for row in connection.execute(f"{query} GROUP BY 1, 2, 3, 4, 5, 6, 7")}
    calls, money = 0, 0.0
    for payment, rows in payments.items():
        for row in rows[held.get(payment, 0) :]:
            data = row.data
            values = (
                f"recovered/{row.seq}/{row.at}",
                *payment,
                int(bool(data.get("priced"))),
                float(data.get("seconds") or 0),
            )
            connection.execute("INSERT OR IGNORE INTO spend VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            calls += 1
            money += payment[-1]
    return Words("recovery-spending-restored", {"calls": calls, "usd": round(money, 4)}) if calls else None


def forget_lost_projects(ledger: Path, archive: Path) -> None:
    """Take back that a run was given a project of its own where that project is gone: it gets another one."""
    with reading(archive) as connection:
        projects = {str(row[0]) for row in connection.execute("SELECT project FROM projects")}
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        query = "SELECT key, result FROM effects WHERE kind = 'own-project' AND result IS NOT NULL"
        for key, result in connection.execute(query).fetchall():
            if json.loads(result)["project"] not in projects:
                connection.execute("DELETE FROM effects WHERE key = ?", (key,))


def rebuild_journal(damaged: Path, base: Path, target: Path, since: float) -> list[Words]:
    """Copy `base` and append the events of `damaged` that follow it without a gap; name how many are missing."""
    with _copy_of(base, target) as connection:
        if not pragma(connection, "user_version"):
            return [Words("recovery-missing-events-unknown", {"since": shown(since)})]
        head = head_of(connection)
        rows: list[Stored] = []
        with suppress(sqlite3.DatabaseError), reading(damaged) as old:
            rows = following_events(old, head)
        connection.execute("BEGIN")
        insert_rows(connection, rows)
        connection.execute("COMMIT")
        newest = head_of(connection)
    anchor = read_anchor(damaged)
    if anchor is not None and anchor.seq <= newest.seq:
        return []
    if anchor is None:
        return [Words("recovery-missing-events-unknown", {"since": shown(since)})]
    return [Words("recovery-missing-events", {"count": anchor.seq - newest.seq, "first": newest.seq + 1})]


def shown(at: float) -> str:
    """Return a moment as people read it, in the time of this machine."""
    return time.strftime(_SHOWN, time.localtime(at))


def copy_file(base: Path, target: Path) -> None:
    """Copy a closed database, readable by its owner only, and have the copy on the disk."""
    create_private(target)
    shutil.copyfile(base, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _copy_of(base: Path, target: Path) -> Iterator[sqlite3.Connection]:
    """Open a copy of a closed database to be completed."""
    copy_file(base, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        yield connection


def _salvage(damaged: Path, taker: _Taker) -> Salvage:
    with ExitStack() as opened:
        try:
            connection = opened.enter_context(reading(damaged))
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except sqlite3.DatabaseError:  # nothing in it can be read
            return Salvage(whole=False)
        return salvaged(connection, taker)


def _upsert(connection: sqlite3.Connection, table: str, *, over: bool) -> str:
    columns = [str(item[1]) for item in connection.execute(f"PRAGMA table_info({table})")]
    change = ", ".join(f"{name} = excluded.{name}" for name in columns[1:])
    action = f"DO UPDATE SET {change} WHERE digest <> excluded.digest" if over else "DO NOTHING"
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (position) {action}"  # noqa: S608 - names of our own


def _has(connection: sqlite3.Connection, name: str) -> bool:
    table, _, key = name.partition(" ")
    column = "sha256" if table == BLOBS else "position"
    return bool(connection.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (key,)).fetchone())  # noqa: S608 - our own names
