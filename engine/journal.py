"""The journal: everything that happened, in one append-only SQLite table and as lines in the log.

Events are redacted here, at the sink, so no caller can forget it. A writer thread commits them in batches; errors and
security events are on disk before `emit` returns. What cannot be written is kept and tried again with the next event.
"""

from __future__ import annotations

import dataclasses
import json
import logging
import sqlite3
import threading
import time
from collections import deque
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import redaction
from core.errors import StorageError
from core.events import Event
from core.files import create_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from core.events import EventType, Json

_CAPACITY: Final = 10_000
"""Events that may wait for the disk; a caller that finds it full writes them out itself."""
_LONGEST_BACKLOG: Final = 10 * _CAPACITY
"""With the disk gone for good the oldest are given up beyond this, and counted; the log has their lines."""
_BATCH_SECONDS: Final = 0.05
_BUSY_SECONDS: Final = 5.0
_URGENT: Final = frozenset({"ERROR", "SECURITY"})
_LEVELS: Final = {"ERROR": logging.ERROR, "SECURITY": logging.WARNING}
_LINE_LIMIT: Final = 2_000

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, run TEXT NOT NULL, module TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS events_run ON events (run, seq);
CREATE TRIGGER IF NOT EXISTS events_fixed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER IF NOT EXISTS events_kept BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
_COLUMNS: Final = "seq, at, type, name, run, module, data"
_INSERT: Final = "INSERT INTO events (at, type, name, run, module, data) VALUES (?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One event as it was kept; `seq` is the order of things, whatever the clock said."""

    seq: int
    at: float
    type: EventType
    name: str
    run: str
    module: str
    data: Mapping[str, Json]


class Journal:
    """`core.events.EventSink` that keeps everything; safe to use from any thread."""

    def __init__(self, path: Path, log: logging.Logger) -> None:
        self._path = path
        self._log = log
        self._waiting: deque[Event] = deque()
        self._unsaved: deque[Event] = deque()
        self._disk = threading.Lock()
        self._wake = threading.Event()
        self._closing = False
        self._subscribers: tuple[Callable[[Event], None], ...] = ()
        self.overflows = 0
        """How often a caller had to write because the writer was behind."""
        self.lost = 0
        """Events given up because the disk refused them for too long."""
        self._connection = self._open()
        self._writer = threading.Thread(target=self._write_on, name="journal", daemon=True)
        self._writer.start()

    def emit(self, event: Event, /) -> None:
        """Take one event: redact it, tell the subscribers, have it written."""
        event = _redacted(event)
        self._waiting.append(event)
        if event.type in _URGENT:
            self.flush()
        elif len(self._waiting) > _CAPACITY:
            self.overflows += 1
            self.flush()
        else:
            self._wake.set()
        for subscriber in self._subscribers:
            self._tell(subscriber, event)

    def subscribe(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Call `callback` with each event, redacted, in the thread that emitted it; returns how to stop that."""
        self._subscribers = (*self._subscribers, callback)

        def stop() -> None:
            self._subscribers = tuple(known for known in self._subscribers if known is not callback)

        return stop

    def flush(self) -> bool:
        """Write everything that waits; False when the disk refused and it still waits."""
        with self._disk:
            while self._waiting:
                event = self._waiting.popleft()
                self._unsaved.append(event)
                self._log_line(event)
            return self._save()

    def read(
        self, run: str | None = None, after: int = 0, types: Iterable[EventType] = (), limit: int | None = None
    ) -> list[JournalRow]:
        """Return events in order, those just emitted included."""
        self.flush()
        return read_journal(self._path, run, after, types, limit)

    def close(self) -> None:
        """Write what waits and close; closing twice is no error."""
        if self._closing:
            return
        self._closing = True
        self._wake.set()
        self._writer.join()
        self.flush()
        with self._disk:
            self._connection.close()

    def _open(self) -> sqlite3.Connection:
        try:
            create_private(self._path)
            connection = sqlite3.connect(
                self._path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
            )
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = FULL")
                connection.executescript(_SCHEMA)
            except sqlite3.Error:
                connection.close()
                raise
        except (sqlite3.Error, OSError) as error:
            raise StorageError("storage", path=str(self._path), detail=str(error)) from error
        return connection

    def _write_on(self) -> None:
        while not self._closing:
            self._wake.wait()
            self._wake.clear()
            time.sleep(_BATCH_SECONDS)  # one commit for a burst; urgent events do not pass here
            self.flush()

    def _save(self) -> bool:
        """Commit the unsaved events in one transaction; the lock is held."""
        if not self._unsaved:
            return True
        rows = [_row(event) for event in self._unsaved]
        if self.lost:
            rows.append(_row(Event("ERROR", "journal.lost", data={"events": self.lost})))
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(_INSERT, rows)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._keep_for_later(error)
            return False
        self._unsaved.clear()
        self.lost = 0
        return True

    def _keep_for_later(self, error: sqlite3.Error) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._log.exception("journal rollback failed")
        self._log.error("journal: %d events wait, the disk refused them: %s", len(self._unsaved), error)
        while len(self._unsaved) > _LONGEST_BACKLOG:
            self._unsaved.popleft()
            self.lost += 1

    def _log_line(self, event: Event) -> None:
        data = _json(event.data)[:_LINE_LIMIT]
        place = " ".join(part for part in (event.run, event.module) if part)
        self._log.log(_LEVELS.get(event.type, logging.INFO), "%s %s %s %s", event.type, event.name, place, data)

    def _tell(self, subscriber: Callable[[Event], None], event: Event) -> None:
        try:
            subscriber(event)
        except Exception:  # noqa: BLE001 - border: a broken window or pipe must not stop the work it watches
            self._log.exception("a subscriber of the journal failed")


def read_journal(
    path: Path, run: str | None = None, after: int = 0, types: Iterable[EventType] = (), limit: int | None = None
) -> list[JournalRow]:
    """Read a journal, also one that another process is writing; a missing file has no events."""
    if not path.exists():
        return []
    wanted = tuple(types)
    where = ["seq > ?"]
    values: list[str | int] = [after, *wanted]
    if wanted:
        where.append(f"type IN ({', '.join('?' * len(wanted))})")
    if run is not None:
        where.append("run = ?")
        values.append(run)
    values.append(-1 if limit is None else limit)
    query = f"SELECT {_COLUMNS} FROM events WHERE {' AND '.join(where)} ORDER BY seq LIMIT ?"  # noqa: S608 - fixed texts
    with unusable_told(path), closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as connection:
        connection.execute("PRAGMA query_only = ON")
        rows = connection.execute(query, values).fetchall()
    return [
        JournalRow(seq, at, kind, name, run_id, module, json.loads(data))
        for seq, at, kind, name, run_id, module, data in rows
    ]


@contextmanager
def unusable_told(path: Path) -> Iterator[None]:
    """Raise StorageError where SQLite refuses the database `path`, be it damaged or the disk full."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError("storage", path=str(path), detail=str(error)) from error


def _redacted(event: Event) -> Event:
    data: Any = redaction.DEFAULT.redact_json(json.loads(_json(event.data)))
    name, run, module = (_clean(text) for text in (event.name, event.run, event.module))
    return dataclasses.replace(event, name=name, run=run, module=module, data=data)


def _clean(text: str) -> str:
    return redaction.redact(text).encode("utf-8", "backslashreplace").decode()


def _json(data: Mapping[str, Json]) -> str:
    """Write JSON whatever comes: a strange value in an event must not take the caller down."""
    try:
        return json.dumps(dict(data), default=str)
    except (TypeError, ValueError, RecursionError):
        return json.dumps({"unreadable": type(data).__name__})


def _row(event: Event) -> tuple[float, str, str, str, str, str]:
    return (event.at, event.type, event.name, event.run, event.module, _json(event.data))
