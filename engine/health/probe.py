"""What a probe is and what it answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass
from typing import Literal

from core.i18n import Words  # noqa: TC001 - the dataclass machinery reads the annotations

State = Literal["ok", "degraded", "down", "unknown"]
"""`unknown` is "no data": never measured, or measured too long ago to be believed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at the real thing found."""

    state: State
    evidence: Words
    """What was done and seen, in one sentence."""
    action: Words | None = None
    """What the person should do, when something is wrong."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A system and the way to look at it. A probe that raises or overruns its `timeout` reads `down`."""

    system: str
    """Stable id, e.g. `runner` or `provider:openrouter`."""
    name: Words
    read: Callable[[], Awaitable[Reading]]
    """Exercises the real thing: writes and reads back, runs, connects. Never answers from memory."""
    period: float = 30.0
    """Seconds between two looks; what is older than three periods is shown as `unknown`."""
    timeout: float = 10.0
    restart: Callable[[], Awaitable[None]] | None = None
    """Really starts the system again, where that makes sense."""
    limits: Words | None = None
    """What makes it yellow and what red, with figures, as `read` compares them."""
