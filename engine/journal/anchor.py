"""The anchor: the newest row's number and chain in a small file of its own, by which a cut-off tail is noticed.

It is written after the rows it names, so it may lag behind the journal but never leads it: a journal that ends before
its anchor lost rows.
"""

from __future__ import annotations

import json
import math
import time
from typing import TYPE_CHECKING, Final

from core.files import write_atomic
from engine.journal.rows import CHAIN_BYTES, GENESIS, Head

if TYPE_CHECKING:
    import logging
    import sqlite3
    from pathlib import Path

_SECONDS: Final = 3.0
"""How far it may lag behind ordinary events."""
_URGENT_SECONDS: Final = 0.2
"""Urgent events are followed at once, but a storm of them must not make the disk write it for each."""


def anchor_file(path: Path) -> Path:
    """Return where the anchor of the journal `path` stands."""
    return path.with_name(f"{path.name}.head")


def read_anchor(path: Path) -> Head | None:
    """Return the anchor of the journal `path`, None when there is none that can be read."""
    try:
        said = json.loads(anchor_file(path).read_bytes())
        head = Head(int(said["seq"]), bytes.fromhex(said["chain"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return head if len(head.chain) == CHAIN_BYTES else None


def contradicts(anchor: Head, connection: sqlite3.Connection, newest: Head) -> bool:
    """Tell whether the journal ends before its anchor, or has another row where the anchor was set."""
    if anchor.seq > newest.seq:
        return True
    query = "SELECT chain FROM events WHERE seq = ? UNION ALL SELECT chain_after FROM segments WHERE last = ?"
    found = connection.execute(query, (anchor.seq, anchor.seq)).fetchone()
    if found is None:
        return anchor.seq == 0 and anchor.chain != GENESIS
    return bool(found[0] != anchor.chain)


class Anchor:
    """Keeps the anchor of one journal up to date; all calls come with the journal's lock held."""

    def __init__(self, path: Path, log: logging.Logger) -> None:
        self._path = path
        self._log = log
        self._set: Head | None = None
        self._newest: Head | None = None
        self._written = -math.inf
        self._urgent = False

    def moved(self, newest: Head) -> None:
        """Take note of the newest row that is on disk."""
        self._newest = newest

    def follow(self, *, urgent: bool) -> None:
        """Write it down when it is time, which for `urgent` events is soon."""
        self._urgent = self._urgent or urgent
        if self.seconds_left() == 0:
            self.write()

    def seconds_left(self) -> float | None:
        """Seconds until the anchor has to be written, None when it is up to date."""
        if self._newest == self._set:
            return None
        pause = _URGENT_SECONDS if self._urgent else _SECONDS
        return max(0.0, self._written + pause - time.monotonic())

    def write(self) -> None:
        """Write it down now. A disk that refuses leaves the earlier anchor, which stays true."""
        newest = self._newest
        if newest is None or newest == self._set:
            return
        self._written, self._urgent = time.monotonic(), False
        text = json.dumps({"seq": newest.seq, "chain": newest.chain.hex()})
        try:
            write_atomic(anchor_file(self._path), text.encode())
        except OSError as error:
            self._log.warning("journal: the anchor could not be written: %s", error)
        else:
            self._set = newest
