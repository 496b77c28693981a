"""Followers: each is a place in the journal that moves on over what is committed: nothing is missed or told twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from core.errors import StorageError

if TYPE_CHECKING:
    import logging
    from collections.abc import Callable, Sequence

    from engine.journal.rows import JournalRow

_CHUNK: Final = 500
"""Rows one follower gets before the next one has its turn."""
_REST_SECONDS: Final = 1.0
_FAREWELL_SECONDS: Final = 5.0


class Followers:
    """Delivers committed rows in the thread `journal-follow`, which is started with the first follower."""

    def __init__(self, read: Callable[[int, int], Sequence[JournalRow]], log: logging.Logger) -> None:
        self._read = read
        """(after, limit) -> rows in order."""
        self._log = log
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._followers: list[_Follower] = []
        self._thread: threading.Thread | None = None
        self._closing = False

    def add(self, callback: Callable[[JournalRow], None], after: int) -> Callable[[], None]:
        """Deliver every row behind `after`; returns how to stop that."""
        follower = _Follower(callback, after)
        with self._lock:
            self._followers.append(follower)
            if self._thread is None and not self._closing:
                self._thread = threading.Thread(target=self._deliver_on, name="journal-follow", daemon=True)
                self._thread.start()
        self._wake.set()

        def stop() -> None:
            follower.stopped.set()
            self._forget(follower)

        return stop

    def wake(self) -> None:
        """Say that rows were committed."""
        self._wake.set()

    def close(self) -> None:
        """Deliver what is on disk and end the thread; a follower that does not return is left behind."""
        with self._lock:
            self._closing = True
            thread = self._thread
        self._wake.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join(_FAREWELL_SECONDS)
            if thread.is_alive():
                self._log.error("a follower of the journal does not return")

    def _deliver_on(self) -> None:
        rest: float | None = None
        while True:
            self._wake.wait(rest)
            self._wake.clear()
            closing = self._closing  # read after clearing: what is said later wakes again
            try:
                self._deliver_all()
                rest = None
            except StorageError as error:
                self._log.error("journal: followers wait, it cannot be read: %s", error)
                rest = _REST_SECONDS
            if closing:
                return

    def _deliver_all(self) -> None:
        """Give each follower its turn until none has rows left."""
        behind = tuple(self._followers)
        while behind:
            behind = tuple(follower for follower in behind if self._deliver(follower))

    def _deliver(self, follower: _Follower) -> bool:
        """Deliver the next rows to one follower; True when there may be more."""
        rows = [] if follower.stopped.is_set() else self._read(follower.after, _CHUNK)
        for row in rows:
            if follower.stopped.is_set():
                return False
            try:
                follower.callback(row)
            except Exception:  # noqa: BLE001 - border: a broken client must not stop what the others are told
                self._log.exception("a follower of the journal failed and is dropped")
                self._forget(follower)
                return False
            follower.after = row.seq
        return len(rows) == _CHUNK

    def _forget(self, follower: _Follower) -> None:
        with self._lock:
            if follower in self._followers:
                self._followers.remove(follower)


class _Follower:
    """A callback and how far it has been told."""

    def __init__(self, callback: Callable[[JournalRow], None], after: int) -> None:
        self.callback = callback
        self.after = after
        self.stopped = threading.Event()
