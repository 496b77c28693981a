"""The journal at work: takes events from any thread, keeps them, and tells whoever watches.

Events are redacted here, at the sink, so no caller can forget it. A writer thread commits them in batches; errors and
security events are on disk before `emit` returns. What cannot be written is kept and tried again with the next event.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from core.events import Event
from engine.journal.anchor import Anchor, contradicts, read_anchor
from engine.journal.archiving import Archiver
from engine.journal.database import archived_head, head_of, insert, open_for_writing, unusable_told
from engine.journal.following import Followers
from engine.journal.rows import redacted
from engine.journal.searching import read_journal
from engine.journal.segments import default_folder, record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from core.events import EventType, Json
    from engine.journal.rows import Head, JournalRow
    from engine.journal.segments import Packed

_CAPACITY: Final = 10_000
"""Events that may wait for the disk; a caller that finds it full writes them out itself."""
_LONGEST_BACKLOG: Final = 10 * _CAPACITY
"""With the disk gone for good the oldest are given up beyond this, and counted; the log has their lines."""
_LARGEST_COMMIT: Final = 2_000
_BATCH_SECONDS: Final = 0.05
_URGENT: Final = frozenset({"ERROR", "SECURITY"})
_AT_ONCE: Final = frozenset({"artifact.delivered", "run.finished"})
"""Told once, by a step that is not repeated when its checkpoint is on the disk before the event."""
_LEVELS: Final = {"ERROR": logging.ERROR, "SECURITY": logging.WARNING}
_LINE_LIMIT: Final = 2_000


@dataclass(frozen=True, slots=True)
class JournalStats:
    """How the journal stands, for the health board."""

    rows: int
    """Events in the database."""
    archived: int
    """Events in segments."""
    bytes: int
    """Disk used by the database, without segments."""
    segments: int
    segment_bytes: int
    lost: int
    """Events given up since the journal was opened because the disk refused them for too long."""
    overflows: int
    """How often a caller had to write because the writer was behind."""
    waiting: int
    """Events not yet on disk."""
    last_seq: int


class Journal:
    """`core.events.EventSink` that keeps everything; safe to use from any thread.

    With `budget_mb` the oldest events move into compressed segments in `archive_folder` (by default the folder beside
    the journal) whenever the database has grown past so many megabytes; nothing is ever dropped.
    """

    def __init__(
        self,
        path: Path,
        log: logging.Logger,
        *,
        budget_mb: float | None = None,
        archive_folder: Path | None = None,
    ) -> None:
        self._path = path
        self._folder = default_folder(path) if archive_folder is None else archive_folder
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
        """Events given up because the disk refused them for too long, not yet told of in the journal."""
        self._ever_lost = 0
        self._anchor = Anchor(path, log)
        self._archiver = None if budget_mb is None else Archiver(path, self._folder, budget_mb, log)
        self._followers = Followers(self._read_on, log)
        self._connection, copy = open_for_writing(path)
        try:
            with unusable_told(path):
                self._begin(copy)
        except BaseException:
            self._connection.close()
            raise
        self._writer = threading.Thread(target=self._write_on, name="journal", daemon=True)
        self._writer.start()

    def emit(self, event: Event, /) -> None:
        """Take one event: redact it, tell the subscribers, have it written."""
        event = redacted(event)
        self._waiting.append(event)
        if event.type in _URGENT or event.name in _AT_ONCE:
            self._flush(urgent=True)
        elif len(self._waiting) > _CAPACITY:
            self.overflows += 1
            self.flush()
        self._wake.set()  # also when all is on disk: the writer follows with the anchor and watches the budget
        self._tell(event)

    def subscribe(self, callback: Callable[[Event], None]) -> Callable[[], None]:
        """Call `callback` with each event, redacted, in the thread that emitted it; returns how to stop that."""
        self._subscribers = (*self._subscribers, callback)

        def stop() -> None:
            self._subscribers = tuple(known for known in self._subscribers if known is not callback)

        return stop

    def follow(self, callback: Callable[[JournalRow], None], after: int) -> Callable[[], None]:
        """Call `callback` with every row behind `after` exactly once and in order; returns how to stop that.

        First come the rows on disk, archived ones included, then each new one right after its commit, all in the
        journal's thread `journal-follow`. One that raises is logged and dropped; one that waits holds up the other
        followers, but never the writing. After stopping, a call that has begun still ends.
        """
        return self._followers.add(callback, after)

    def flush(self) -> bool:
        """Write everything that waits; False when the disk refused and it still waits."""
        return self._flush(urgent=False)

    def read(
        self, run: str | None = None, after: int = 0, types: Iterable[EventType] = (), limit: int | None = None
    ) -> list[JournalRow]:
        """Return events in order, those just emitted included."""
        self.flush()
        return read_journal(self._path, run, after, types, limit, archive_folder=self._folder)

    def stats(self) -> JournalStats:
        """Return how the journal stands. StorageError when the database refuses."""
        with self._disk, unusable_told(self._path):
            newest, archived = head_of(self._connection), archived_head(self._connection)
            query = "SELECT count(*), coalesce(sum(bytes), 0) FROM segments"
            segments, segment_bytes = self._connection.execute(query).fetchone()
            waiting = len(self._waiting) + len(self._unsaved)
        files = (self._path, self._path.with_name(f"{self._path.name}-wal"))
        return JournalStats(
            rows=newest.seq - archived.seq,
            archived=archived.seq,
            bytes=sum(file.stat().st_size for file in files if file.exists()),
            segments=segments,
            segment_bytes=segment_bytes,
            lost=self._ever_lost,
            overflows=self.overflows,
            waiting=waiting,
            last_seq=newest.seq,
        )

    def close(self) -> None:
        """Write what waits, tell the followers and close; closing twice is no error."""
        if self._closing:
            return
        self._closing = True
        self._wake.set()
        self._writer.join()
        self.flush()
        self._followers.close()
        with self._disk:
            self._anchor.write()
            self._connection.close()

    def _begin(self, copy: Path | None) -> None:
        """Compare the journal with what was last known of it, before anything new is written."""
        newest, anchor = head_of(self._connection), read_anchor(self._path)
        if self._archiver:
            self._archiver.clean(self._connection)
            self._wake.set()  # the budget may be smaller than last time
        if copy is not None:
            self.emit(Event("AUDIT", "journal.migrated", data={"rows": newest.seq, "copy": copy.name}))
            self._flush(urgent=True)
        elif anchor is None and newest.seq:
            self.emit(Event("SECURITY", "journal.anchor_missing", data={"rows": newest.seq}))
        elif anchor is not None and contradicts(anchor, self._connection, newest):
            data: dict[str, Json] = {"rows": newest.seq, "expected": anchor.seq, "chain": anchor.chain.hex()}
            self.emit(Event("SECURITY", "journal.tail_missing", data=data))
        else:
            self._anchor.moved(newest)
            self._anchor.write()

    def _write_on(self) -> None:
        while not self._closing:
            self._wake.wait(self._anchor.seconds_left())
            self._wake.clear()
            time.sleep(_BATCH_SECONDS)  # one commit for a burst; urgent events do not pass here
            self.flush()
            if self._archiver:
                self._archive(self._archiver)

    def _flush(self, *, urgent: bool) -> bool:
        with self._disk:
            while self._waiting:
                event = self._waiting.popleft()
                self._unsaved.append(event)
                self._log_line(event)
            saved = self._save()
            self._anchor.follow(urgent=urgent)
            return saved

    def _save(self) -> bool:
        """Commit the unsaved events; the lock is held."""
        while self._unsaved:
            events = list(islice(self._unsaved, _LARGEST_COMMIT))
            taken = len(events)
            told = self.lost if taken == len(self._unsaved) else 0
            if told:
                events.append(Event("ERROR", "journal.lost", data={"events": told}))
            try:
                with self._transaction():
                    newest = insert(self._connection, events)
            except sqlite3.Error as error:
                self._keep_for_later(error)
                return False
            for _ in range(taken):
                self._unsaved.popleft()
            self.lost -= told
            self._committed(newest)
        return True

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._roll_back()
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._log.exception("journal rollback failed")

    def _committed(self, newest: Head) -> None:
        self._anchor.moved(newest)
        self._followers.wake()

    def _keep_for_later(self, error: sqlite3.Error) -> None:
        self._log.error("journal: %d events wait, the disk refused them: %s", len(self._unsaved), error)
        while len(self._unsaved) > _LONGEST_BACKLOG:
            self._unsaved.popleft()
            self.lost += 1
            self._ever_lost += 1

    def _archive(self, archiver: Archiver) -> None:
        """Move old events out while the budget is passed, writing what comes in after every step."""
        try:
            while not self._closing and self._locked(archiver.due):
                packed = archiver.pack()
                if packed is None:
                    break
                self._move(packed)
                self.flush()
                self._locked(archiver.drop_words)
            while not self._closing and self._locked(archiver.give_back):
                self.flush()
        except sqlite3.Error as error:
            archiver.rest(error)

    def _locked(self, step: Callable[[sqlite3.Connection], bool]) -> bool:
        with self._disk:
            return step(self._connection)

    def _move(self, packed: Packed) -> None:
        """Take the rows of a segment out and say so in one transaction. sqlite3.Error when nothing was moved."""
        facts = packed.segment.facts
        data: dict[str, Json] = {
            "first": facts.first,
            "last": facts.last,
            "file": packed.segment.file,
            "bytes": packed.segment.bytes,
            "sha256": packed.segment.sha256,
        }
        event = redacted(Event("AUDIT", "journal.archived", data=data))
        with self._disk:
            with self._transaction():
                newest = insert(self._connection, [event])
                record(self._connection, packed)
            self._log_line(event)
            self._committed(newest)
        self._tell(event)

    def _read_on(self, after: int, limit: int) -> list[JournalRow]:
        return read_journal(self._path, after=after, limit=limit, archive_folder=self._folder)

    def _log_line(self, event: Event) -> None:
        data = json.dumps(dict(event.data))[:_LINE_LIMIT]
        place = " ".join(part for part in (event.run, event.module) if part)
        self._log.log(_LEVELS.get(event.type, logging.INFO), "%s %s %s %s", event.type, event.name, place, data)

    def _tell(self, event: Event) -> None:
        for subscriber in self._subscribers:
            try:
                subscriber(event)
            except Exception:  # noqa: BLE001 - border: a broken window or pipe must not stop the work it watches
                self._log.exception("a subscriber of the journal failed")
