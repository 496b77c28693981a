"""A limited number of calls at one time, with a short way for what others wait for."""

from __future__ import annotations

import asyncio
import heapq
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Slots:
    """A semaphore whose line is ordered: urgent calls first, equals in the order they came."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._came = 0
        self._line: list[tuple[bool, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def taken(self, *, urgent: bool = False) -> AsyncIterator[None]:
        """Hold one slot, waiting in line for it."""
        await self._take(urgent=urgent)
        try:
            yield
        finally:
            self._give_back()

    async def _take(self, *, urgent: bool) -> None:
        if self._free > 0:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._came += 1
        heapq.heappush(self._line, (not urgent, self._came, turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self._give_back()  # the slot had just been handed over
            raise

    def _give_back(self) -> None:
        """Hand the slot to the first in line who still waits."""
        while self._line:
            _, _, turn = heapq.heappop(self._line)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


__all__ = ["Slots"]
