"""The hub: hands each journal row to every feed, in order, in the loop's thread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.events import Streamed
    from engine.journal import Journal, JournalRow


class Hub:
    """One listener of the journal for all clients; rows come after they are on disk."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._loop = asyncio.get_running_loop()
        self._rows: tuple[Callable[[JournalRow], None], ...] = ()
        self._texts: tuple[Callable[[Streamed], None], ...] = ()
        self.seq = journal.stats().last_seq
        """The last row that was handed on."""
        self._handed_on = asyncio.Event()
        self._stop = journal.follow(self._from_journal, after=self.seq)

    def listen(self, on_row: Callable[[JournalRow], None], on_text: Callable[[Streamed], None]) -> Callable[[], None]:
        """Hand rows and streamed text to a feed from now on; returns how to stop that."""
        self._rows = (*self._rows, on_row)
        self._texts = (*self._texts, on_text)

        def stop() -> None:
            self._rows = tuple(known for known in self._rows if known != on_row)
            self._texts = tuple(known for known in self._texts if known != on_text)

        return stop

    async def caught_up(self) -> int:
        """Wait until everything emitted so far was handed on; return its sequence number."""
        await asyncio.to_thread(self._journal.flush)
        target = self._journal.stats().last_seq
        while self.seq < target:
            self._handed_on.clear()
            await self._handed_on.wait()
        return target

    def stream(self, streamed: Streamed) -> None:
        """Hand on a piece of an answer while it is written (in the loop's thread)."""
        for listener in self._texts:
            listener(streamed)

    def close(self) -> None:
        """Listen no more."""
        self._stop()

    def _from_journal(self, row: JournalRow) -> None:
        self._loop.call_soon_threadsafe(self._hand_on, row)

    def _hand_on(self, row: JournalRow) -> None:
        self.seq = row.seq
        for listener in self._rows:
            listener(row)
        self._handed_on.set()
