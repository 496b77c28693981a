"""Feeds the trends: the newest events of the journal, and how much memory the engine takes."""

from __future__ import annotations

import asyncio
import sys
import time
from collections import deque
from typing import TYPE_CHECKING, Final

import psutil

from engine.journal import JournalFilter, search
from engine.paranoid.trends import READ, Moment, Seen, memory_growth, over_events

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.events import Json
    from engine.bootstrap import Engine
    from engine.journal import JournalRow
    from engine.paranoid.finding import Finding

EVENTS: Final = 8_000
"""Events kept in mind: some sixty delivered programs, more than any trend compares."""
_PER_READ: Final = 5_000
_NO_FACTS: Final[Mapping[str, Json]] = {}
"""One for all events of which nothing is read."""
_SAMPLES: Final = 2_000


class Trends:
    """Where it is going, read off the series of events; memory is measured at each pass."""

    check = "trends"

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock
        self._events: deque[Seen] = deque(maxlen=EVENTS)
        self._after = 0
        self._memory: deque[Moment] = deque(maxlen=_SAMPLES)

    async def find(self) -> list[Finding]:
        """Return what the trends say about everything until now."""
        now = self._clock()
        rows = await asyncio.to_thread(self._read)
        self._after = rows[-1].seq if rows else self._after
        self._events.extend(map(_seen, rows))
        self._memory.append(Moment(now, psutil.Process().memory_info().rss / (1 << 20)))
        projects = {record.run: record.project for record in await self._engine.archive.runs()}
        events = list(self._events)
        found = await asyncio.to_thread(over_events, events, now, projects)
        return [*found, *memory_growth(self._memory)]

    def _read(self) -> list[JournalRow]:
        """The events since the last pass; at first the newest ones only."""
        self._engine.journal.flush()
        path = self._engine.home.journal
        if not self._after:
            return search(path, JournalFilter(limit=_PER_READ, newest_first=True))[::-1]
        return search(path, JournalFilter(after=self._after, limit=_PER_READ))


def _seen(row: JournalRow) -> Seen:
    """Keep what trends ask for only, and a text that is in many events once: tens of thousands stay in memory."""
    kind, name, run, module = map(sys.intern, (row.type, row.name, row.run, row.module))
    facts = {fact: row.data[fact] for fact in READ if fact in row.data}
    return Seen(row.at, kind, name, run, module, facts or _NO_FACTS)
