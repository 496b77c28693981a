"""Crews: one team of models each, with the coordinator built around it.

An engine serves several teams at once: the scripted one, the person's own providers. A crew is opened when a run
first needs it and again after the list of providers or of prices was written or the key vault changed; a run that works
with the old one comes to its next stop with it.
"""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agents.providers.gateway import FleetGateway
from agents.providers.price_list import FILE_NAME as PRICES
from agents.providers.vault import vault_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from core.paths import Home
    from core.ports import Gateway
    from graph.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Crew:
    """A team at work."""

    team: str
    gateway: Gateway
    workshop: Workshop
    graph: Any
    """The compiled coordinator."""


@dataclass(slots=True)
class _Opened:
    crew: Crew
    edition: tuple[int, ...]
    at_work: int = 0


class Crews:
    """Opens crews, and closes those nobody works with any more when a newer one takes their place."""

    def __init__(self, home: Home, opening: Callable[[str], Awaitable[Crew]]) -> None:
        self._home = home
        self._opening = opening
        self._opened: list[_Opened] = []
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def at_work(self, team: str) -> AsyncIterator[Crew]:
        """The newest crew of `team`, open at least as long as this block lasts.

        Raises:
            ConfigurationError: no provider is set up, or the keys cannot be fetched.
            InputError: there is no such team.
        """
        async with self._turn:
            opened = await self._newest(team)
            opened.at_work += 1
        try:
            yield opened.crew
        finally:
            opened.at_work -= 1

    async def _newest(self, team: str) -> _Opened:
        edition = await asyncio.to_thread(_edition, self._home)
        known = [opened for opened in self._opened if opened.crew.team == team]
        for opened in known:
            if opened.edition == edition:
                return opened
        newest = _Opened(await self._opening(team), edition)
        self._opened.append(newest)
        for opened in known:
            if not opened.at_work:
                self._opened.remove(opened)
                await opened.crew.gateway.aclose()
        return newest

    def key_states(self) -> dict[str, dict[str, Any]]:
        """How the keys do that are in use, by provider and label; the crew opened last knows best."""
        found: dict[str, dict[str, Any]] = {}
        for opened in self._opened:
            gateway = opened.crew.gateway
            if isinstance(gateway, FleetGateway):
                for provider, states in gateway.key_states().items():
                    rows = {row.label: {"fault": row.fault, "seconds": row.seconds, "sent": row.sent} for row in states}
                    found.setdefault(provider, {}).update(rows)
        return found

    def forget(self, run: str) -> None:
        """Let every crew drop what it kept in memory for a run that has ended."""
        for opened in self._opened:
            opened.crew.workshop.forget(run)

    async def aclose(self) -> None:
        """Close the connections of every crew."""
        while self._opened:
            await self._opened.pop().crew.gateway.aclose()


def _edition(home: Home) -> tuple[int, ...]:
    """Tell one writing of the list from another: it is written anew even when only a key has changed, outside it."""
    edition = vault_of(home).edition
    for file in (home.providers, home.root / PRICES):
        with contextlib.suppress(OSError):
            found = file.stat()
            edition = (*edition, found.st_mtime_ns, found.st_ino, found.st_size)
    return edition
