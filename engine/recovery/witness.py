"""What the other databases know of things that happened: the journal first, the ledger where the journal has a gap.

A database that was put back from a backup is compared with these: what they tell of and it does not hold is missing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.errors import StorageError
from engine.journal import read_journal
from engine.recovery.databases import CANARY, filled, reading

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from core.events import EventType
    from engine.journal import JournalRow

Payment = tuple[str, str, str, str, int, int, float]
"""Run, call, module, model, tokens of the question, tokens of the answer, money: what names a paid call."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A journal, read as far as it can be read, and the ledger's list of runs."""

    journal: Path
    segments: Path
    ledger: Path
    since: int = 0
    """The event behind which it is asked; what came before costs time to read."""
    _read: dict[tuple[EventType, ...], list[JournalRow]] = field(default_factory=dict)

    def events(self, *names: str, types: tuple[EventType, ...], after: int = 0) -> list[JournalRow]:
        """Return the events of these names behind the row `after`; all of `types` when no name is given."""
        if types not in self._read:
            try:
                self._read[types] = read_journal(
                    self.journal, types=types, after=self.since, archive_folder=self.segments
                )
            except StorageError:  # an older part of it cannot be read
                self._read[types] = []
        return [row for row in self._read[types] if row.seq > after and (not names or row.name in names)]

    def runs(self) -> dict[str, float]:
        """Return every run anybody knows of, with the time it was first heard of."""
        found: dict[str, float] = {}
        for row in self.events("message.received", types=("MESSAGE",)):
            found.setdefault(row.run, row.at)
        for run, at in _rows(self.ledger, "SELECT run, min(started) FROM effects GROUP BY run"):
            if not str(run).startswith(CANARY):
                found.setdefault(str(run), float(at))
        return found

    def worked_on(self, after: int) -> set[str]:
        """Return the runs of which the journal tells anything behind the row `after`."""
        kinds: tuple[EventType, ...] = ("MESSAGE", "INFO", "TASK", "FILE", "BUILD", "PROVIDER", "AUDIT")
        return {row.run for row in self.events(types=kinds, after=after) if row.run}

    def outcomes(self) -> dict[str, str]:
        """Return how each run ended last, as far as it was not taken back since."""
        found: dict[str, str] = {}
        for row in self.events("run.finished", "run.rewound", types=("TASK",)):
            found[row.run] = str(row.data.get("outcome", "")) if row.name == "run.finished" else ""
        return {run: outcome for run, outcome in found.items() if outcome}

    def payments(self) -> dict[Payment, list[JournalRow]]:
        """Return every paid call, grouped by what names it."""
        found: dict[Payment, list[JournalRow]] = {}
        for row in self.events("call.finished", types=("PROVIDER",)):
            payment = _payment(row)
            if payment is not None:
                found.setdefault(payment, []).append(row)
        return found

    def effects(self, after: int = 0) -> Counter[str]:
        """Return how many effects each run recorded, by what the journal tells behind the row `after`."""
        return Counter(row.run for row in self.events("effect.recorded", types=("INFO",), after=after))


def _payment(row: JournalRow) -> Payment | None:
    data: dict[str, Any] = dict(row.data)
    try:
        tokens = (int(data["prompt_tokens"]), int(data["completion_tokens"]))
        return (row.run, str(data["call"]), row.module, str(data["model"]), *tokens, float(data["cost_usd"]))
    except (KeyError, TypeError, ValueError):
        return None


def _rows(path: Path, query: str) -> Iterable[tuple[Any, ...]]:
    if not filled(path):
        return []
    try:
        with reading(path) as connection:
            return connection.execute(query).fetchall()
    except sqlite3.DatabaseError:  # damaged itself
        return []
