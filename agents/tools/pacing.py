"""How often a server is asked: few at once, never in a hurry, and not at all while it wants to be left alone."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from core.errors import ResearchError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

INTERVAL: Final = 0.5
AT_ONCE: Final = 2
PATIENCE: Final = 5.0
"""Seconds somebody waits for a server that rests; beyond it they are told."""
LONGEST_REST: Final = 3_600.0
LONGEST_INTERVAL: Final = 10.0
_MOST_SERVERS: Final = 500


class PassingError(ResearchError):
    """It failed in a way that may be over in a moment."""


@dataclass(slots=True)
class _Server:
    slots: asyncio.Semaphore
    interval: float
    next: float = 0.0
    rests_until: float = 0.0
    asking: int = field(default=0)


class Pace:
    """Keeps the pace of every server."""

    def __init__(self, interval: float = INTERVAL, at_once: int = AT_ONCE) -> None:
        self._interval = interval
        self._at_once = at_once
        self._servers: dict[str, _Server] = {}

    @contextlib.asynccontextmanager
    async def turn(self, place: str, url: str) -> AsyncIterator[None]:
        """Wait for a turn and have it until the block is left.

        Raises:
            ResearchError: `limited`, with `retry_after`, where the server rests for longer than anybody waits.
        """
        server = self._server(place)
        server.asking += 1
        try:
            _refuse_resting(server, url)
            async with server.slots:
                _refuse_resting(server, url)
                now = time.monotonic()
                begin = max(now, server.next, server.rests_until)
                server.next = begin + server.interval
                await asyncio.sleep(begin - now)
                yield
        finally:
            server.asking -= 1

    def rest(self, place: str, seconds: float) -> None:
        """Leave a server alone for a while."""
        server = self._server(place)
        server.rests_until = max(server.rests_until, time.monotonic() + min(seconds, LONGEST_REST))

    def slow(self, place: str, interval: float) -> None:
        """Ask a server no faster than it wishes, within reason."""
        server = self._server(place)
        server.interval = max(server.interval, min(interval, LONGEST_INTERVAL))

    def _server(self, place: str) -> _Server:
        if place not in self._servers:
            if len(self._servers) >= _MOST_SERVERS:
                now = time.monotonic()
                busy = {
                    name: server for name, server in self._servers.items() if server.asking or server.rests_until > now
                }
                self._servers = busy
            self._servers[place] = _Server(asyncio.Semaphore(self._at_once), self._interval)
        return self._servers[place]


def _refuse_resting(server: _Server, url: str) -> None:
    left = server.rests_until - time.monotonic()
    if left > PATIENCE:
        raise ResearchError("limited", url=url, retry_after=round(left, 1))
