"""Opening a team by name: the scripted demo team, or the person's own providers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from agents.providers.demo import DemoGateway
from agents.providers.gateway import Policy
from agents.providers.gateway_opening import open_gateway
from agents.providers.styles import OWN, STYLES
from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.events import EventSink
    from core.paths import Home
    from core.ports import Gateway
    from core.settings import Settings

DEMO_TEAM: Final = "demo"
OWN_TEAM: Final = "own"
"""The name of the person's own providers where an empty one would mean the usual team."""
_WITH: Final = "+"


def with_writer(team: str, model: str) -> str:
    """Name `team` with another model as its writer; the demo team has none, so the person's own stands in for it."""
    return f"{'' if team == DEMO_TEAM else team}{_WITH}{model}"


def team_of(wished: str, usual: str) -> str:
    """Return the name to open a team by: what was wished, else the usual one."""
    team = wished or usual
    return "" if team == OWN_TEAM else team


async def open_team(
    team: str, home: Home, settings: Settings, *, environ: Mapping[str, str], sink: EventSink
) -> Gateway:
    """Open the gateway of `team`: the demo team, a team preset, or for an empty name the person's providers.

    Of the latter two `with_writer` makes a team in which one model writes everything.
    Raises InputError `unknown-team`, and whatever `open_gateway` raises.
    """
    team, _, writer = team.partition(_WITH)
    if team == DEMO_TEAM:
        return await asyncio.to_thread(DemoGateway)
    style = STYLES.get(team) if team else OWN
    if style is None:
        raise InputError("unknown-team", team=team)
    policy = Policy(parallel=settings.concurrency)
    best_of = 1 if writer else settings.best_of  # who asked for one writer gets one
    return await open_gateway(
        home, environ=environ, sink=sink, policy=policy, style=style, writer=writer, best_of=best_of
    )
