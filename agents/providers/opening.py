"""Opening a team by name: the scripted demo team, or the person's own providers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from agents.providers.demo import DemoGateway
from agents.providers.gateway import Policy, open_gateway
from agents.providers.styles import OWN, STYLES
from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.events import EventSink
    from core.paths import Home
    from core.ports import Gateway
    from core.settings import Settings

DEMO_TEAM: Final = "demo"


async def open_team(
    team: str, home: Home, settings: Settings, *, environ: Mapping[str, str], sink: EventSink
) -> Gateway:
    """Open the gateway of `team`: the demo team, a team preset, or for an empty name the person's providers.

    Raises InputError `unknown-team`, and whatever `open_gateway` raises.
    """
    if team == DEMO_TEAM:
        return await asyncio.to_thread(DemoGateway)
    style = STYLES.get(team) if team else OWN
    if style is None:
        raise InputError("unknown-team", team=team)
    policy = Policy(parallel=settings.concurrency)
    return await open_gateway(home.root, environ=environ, sink=sink, policy=policy, style=style)
