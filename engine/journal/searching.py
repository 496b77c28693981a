"""Reads the journal: rows in the table, rows in segments and journals of the first format look the same from here."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from core.errors import StorageError
from engine.journal.database import format_of, old_rows, open_for_reading
from engine.journal.filters import JournalFilter
from engine.journal.rows import COLUMNS, Stored
from engine.journal.segments import default_folder, rows_of, segments_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from core.events import EventType
    from engine.journal.rows import JournalRow

T = TypeVar("T")

_PERIOD: Final = 900
"""Seconds: every time zone is a whole number of quarters of an hour away from the others."""


@dataclass(frozen=True, slots=True)
class JournalTally:
    """How many events of each kind; only what occurs is named."""

    total: int
    types: dict[str, int]
    names: dict[str, int]
    risks: dict[str, int]
    days: dict[str, int]
    """Local days as `2026-01-31`, oldest first; empty text = times outside of the calendar."""


def read_journal(
    path: Path,
    run: str | None = None,
    after: int = 0,
    types: Iterable[EventType] = (),
    limit: int | None = None,
    *,
    archive_folder: Path | None = None,
) -> list[JournalRow]:
    """Read a journal, also one that another process is writing; a missing file has no events."""
    runs = None if run is None else (run,)
    return search(path, JournalFilter(runs, tuple(types), after=after, limit=limit), archive_folder)


def search(path: Path, wanted: JournalFilter, archive_folder: Path | None = None) -> list[JournalRow]:
    """Return the events that are wanted, archived ones included, in order or newest first.

    `archive_folder` is where segments stand, by default the folder beside the journal.

    Raises:
        StorageError: the journal, or a segment that may hold what is wanted, cannot be used.
    """
    if not path.exists():
        return []
    with _open(path, archive_folder) as source:
        rows = islice(source.rows(wanted), _limit(wanted))
        return [_readable(path, row) for row in rows]


def count(path: Path, wanted: JournalFilter, archive_folder: Path | None = None) -> int:
    """Return how many events `search` would return. StorageError as there."""
    if not path.exists():
        return 0
    with _open(path, archive_folder) as source:
        found = sum(1 for _ in source.archived(wanted)) + source.count(wanted)
    limit = _limit(wanted)
    return found if limit is None else min(found, limit)


def tally(path: Path, wanted: JournalFilter, archive_folder: Path | None = None) -> JournalTally:
    """Count what is wanted by type, name, risk and day; `limit` does not matter. StorageError as in `search`."""
    counted = _Counted(Counter(), Counter(), Counter(), Counter())
    if path.exists():
        with _open(path, archive_folder) as source:
            for row in source.archived(wanted):
                counted.add(row)
            source.tally(wanted, counted)
    days: Counter[str] = Counter()
    for period, events in sorted(counted.periods.items()):
        days[_day(period * _PERIOD)] += events
    return JournalTally(
        total=counted.types.total(),
        types=dict(counted.types.most_common()),
        names=dict(counted.names.most_common()),
        risks=dict(counted.risks.most_common()),
        days=dict(days),
    )


class _Counted(NamedTuple):
    """Events by each of their sides."""

    types: Counter[str]
    names: Counter[str]
    risks: Counter[str]
    periods: Counter[int]

    def add(self, row: Stored) -> None:
        """Count one more."""
        self.types[row.type] += 1
        self.names[row.name] += 1
        self.risks[row.risk] += 1
        self.periods[int(row.at / _PERIOD)] += 1


class _Source:
    """One consistent view of a journal."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def rows(self, wanted: JournalFilter) -> Iterator[Stored]:
        """Yield what is wanted in the order that is wanted."""
        parts = self.archived(wanted), self._present(wanted)
        yield from chain(*(reversed(parts) if wanted.newest_first else parts))

    def archived(self, wanted: JournalFilter) -> Iterator[Stored]:
        """Yield what is wanted of the segments, opening only those that may hold it."""
        accepts = wanted.test()
        for segment in _ordered(segments_of(self._connection, wanted.runs), wanted):
            if wanted.may_be_in(segment.facts):
                yield from filter(accepts, _ordered(rows_of(self._folder, segment), wanted))

    def count(self, wanted: JournalFilter) -> int:
        """Count what is wanted of the table."""
        table, where, values = _parts(wanted)
        query = f"SELECT count(*) FROM {table} WHERE {where}"  # noqa: S608 - our own names
        return int(self._connection.execute(query, values).fetchone()[0])

    def tally(self, wanted: JournalFilter, counted: _Counted) -> None:
        """Add what is wanted of the table, which is gone over once."""
        table, where, values = _parts(wanted)
        sides = " UNION ALL ".join(
            f"SELECT {place}, {side}, count(*) FROM wanted GROUP BY {side}"  # noqa: S608 - our own names
            for place, side in enumerate(_Counted._fields)
        )
        columns = f"type AS types, name AS names, risk AS risks, CAST(at / {_PERIOD} AS INTEGER) AS periods"
        wide = f"SELECT {columns} FROM {table} WHERE {where}"  # noqa: S608 - our own names
        query = f"WITH wanted AS MATERIALIZED ({wide}) {sides}"
        for place, side, events in self._connection.execute(query, values):
            counted[place][side] += events

    def _present(self, wanted: JournalFilter) -> Iterator[Stored]:
        table, where, values = _parts(wanted)
        order = "DESC" if wanted.newest_first else "ASC"
        query = f"SELECT {COLUMNS} FROM {table} WHERE {where} ORDER BY seq {order} LIMIT ?"  # noqa: S608 - our own names
        limit = _limit(wanted)
        yield from map(Stored._make, self._connection.execute(query, (*values, -1 if limit is None else limit)))


class _OldSource(_Source):
    """A journal of the first format, which the next start brings up to date: everything is looked at in Python."""

    def archived(self, wanted: JournalFilter) -> Iterator[Stored]:
        yield from filter(wanted.test(), _ordered(old_rows(self._connection), wanted))

    def count(self, wanted: JournalFilter) -> int:  # noqa: ARG002 - all rows were counted as archived ones
        return 0

    def tally(self, wanted: JournalFilter, counted: _Counted) -> None:
        """Leave the counters as they are: see `count`."""

    def _present(self, wanted: JournalFilter) -> Iterator[Stored]:  # noqa: ARG002 - see `count`
        yield from ()


@contextmanager
def _open(path: Path, archive_folder: Path | None) -> Iterator[_Source]:
    folder = default_folder(path) if archive_folder is None else archive_folder
    with open_for_reading(path) as connection:
        source = _Source if format_of(connection, path) else _OldSource
        yield source(connection, folder)


def _parts(wanted: JournalFilter) -> tuple[str, str, list[str | float]]:
    """Return table with index, condition and values. SQLite would guess the index; here it is known."""
    index = "events_run" if wanted.few_runs else "events_facets"
    return (f"events INDEXED BY {index}", *wanted.where())


def _ordered(items: Iterable[T], wanted: JournalFilter) -> Iterable[T]:
    return reversed(list(items)) if wanted.newest_first else items


def _limit(wanted: JournalFilter) -> int | None:
    return None if wanted.limit is None else max(0, wanted.limit)


def _readable(path: Path, row: Stored) -> JournalRow:
    try:
        return row.as_row()
    except ValueError as error:  # JSON that nobody wrote: the row was changed
        raise StorageError("record-damaged", path=str(path), record=str(row.seq)) from error


def _day(at: float) -> str:
    try:
        return f"{datetime.fromtimestamp(at).date()}"  # noqa: DTZ006 - the day of whoever looks at it
    except (OverflowError, OSError, ValueError):
        return ""
