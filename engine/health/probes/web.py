"""Looks at web search: by itself only where the person switched it on, else at how the last real search went."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol, runtime_checkable

from core import settings
from core.i18n import Words
from engine.health.aside import aside
from engine.health.probe import Probe, Reading
from engine.health.telling import broken, not_well, poor, well

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.paths import Home
    from core.research import Found

FRESH: Final = 1_800.0
"""Seconds a search tells of the state of things; no look of its own comes sooner after one."""
_PERIOD: Final = 300.0
_TIMEOUT: Final = 60.0


@runtime_checkable
class Searching(Protocol):
    """Research that tells how its last search went and can try one."""

    @property
    def last(self) -> tuple[float, Found] | None:
        """When somebody was last really asked, seconds since the epoch, and what came of it."""

    async def look(self) -> Found:
        """Ask about a harmless word."""


def web_search(research: Searching, home: Home, environ: Mapping[str, str]) -> Probe:
    """The first engine is asked about a fixed word, at most every half an hour and only where searching is on."""

    async def read() -> Reading:
        wish = (await aside(lambda: settings.load(home.settings, environ))).web_search
        if wish == "off":
            return not_well("unknown", "health-web-off")
        last = research.last
        if last is not None and time.time() - last[0] < FRESH:
            return _judged(last[1])
        if wish == "ask":
            return not_well("unknown", "health-web-unused")
        return _judged(await research.look())

    limits = Words("health-limits-web", {"minutes": FRESH / 60})
    return Probe("web", Words("health-system-web"), read, _PERIOD, _TIMEOUT, limits=limits)


def _judged(found: Found) -> Reading:
    tried = ", ".join(f"{one.engine}: {one.fault}" for one in found.tried)
    if not found.engine:
        return broken("health-web-down", detail=tried or "-")
    if found.tried:
        return poor("health-web-fallback", engine=found.engine, detail=tried)
    return well("health-web-ok", engine=found.engine)


__all__ = ["FRESH", "Searching", "web_search"]
