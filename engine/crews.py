"""Crews: one team of models each, with the coordinator built around it.

An engine serves several teams at once: the scripted one, the person's own providers. A crew is opened when a run
first needs it and again after the list of providers changed; runs that work with the old one end with it.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

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


class Crews:
    """Opens crews and keeps them until the engine closes."""

    def __init__(self, providers: Path, opening: Callable[[str], Awaitable[Crew]]) -> None:
        self._providers = providers
        self._opening = opening
        self._open: dict[tuple[str, str], Crew] = {}
        self._turn = asyncio.Lock()

    async def of(self, team: str) -> Crew:
        """The crew of `team`.

        Raises:
            ConfigurationError: no provider is set up.
            InputError: there is no such team.
        """
        async with self._turn:
            key = (team, await asyncio.to_thread(_fingerprint, self._providers))
            if key not in self._open:
                self._open[key] = await self._opening(team)
            return self._open[key]

    def forget(self, run: str) -> None:
        """Let every crew drop what it kept in memory for a run that has ended."""
        for crew in self._open.values():
            crew.workshop.forget(run)

    async def aclose(self) -> None:
        """Close the connections of every crew."""
        while self._open:
            _, crew = self._open.popitem()
            await crew.gateway.aclose()


def _fingerprint(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""
