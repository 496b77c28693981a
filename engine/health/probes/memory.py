"""Looks at the memory: the vectors find a canary again, and their files are what was left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.i18n import Words
from engine.health.probe import Probe, Reading
from engine.health.telling import not_well, poor, well

if TYPE_CHECKING:
    from memory.service import CurrentRecall

_PERIOD: Final = 60.0


def vectors(recall: CurrentRecall) -> Probe:
    """A canary is found among the vectors, and some of their files are read again; in turn all of them are."""

    async def read() -> Reading:
        found = await recall.vectors()
        if found.state == "ready":
            return well("health-vectors-ok", passages=found.embedded)
        if found.state == "building":
            return not_well(
                "unknown" if not found.embedded else "degraded", "health-vectors-building", passages=found.embedded
            )
        if found.state == "off":
            return poor("health-vectors-off")
        return poor("health-vectors-degraded", trouble=found.trouble)

    limits = Words("health-limits-vectors")
    return Probe("vectors", Words("health-system-vectors"), read, _PERIOD, 10, recall.embed_anew, limits)


__all__ = ["vectors"]
