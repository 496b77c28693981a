"""When a lamp changes: worse at once, better only after two better readings in a row, and dark when nobody looked.

Pure values; `HealthBoard` keeps one lamp per system.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.i18n import Words
from engine.health.probe import Reading, State
from engine.health.telling import not_well

BADNESS: Final[Mapping[State, int]] = MappingProxyType({"ok": 0, "unknown": 1, "degraded": 2, "down": 3})
STALE_PERIODS: Final = 3
KEPT: Final = 60
"""Readings kept for a sparkline."""
_NEVER: Final = Reading("unknown", Words("health-never"))


@dataclass(frozen=True, slots=True)
class Past:
    """One reading of long ago: its state and how many milliseconds it took."""

    state: State
    latency: int


@dataclass(frozen=True, slots=True)
class Lamp:
    """What the board knows of one system. `at` and `now` are of one clock that only goes forward, in seconds."""

    shown: Reading | None = None
    """The reading that stands until two better ones in a row were seen."""
    last: Reading | None = None
    at: float = 0.0
    """When `last` was taken."""
    since: float = 0.0
    """Since when, in seconds since the epoch, `shown` has its state."""
    history: tuple[Past, ...] = ()

    @property
    def improving(self) -> bool:
        """Whether the last reading was better than what is shown: another look would settle it."""
        return self.last is not None and self.shown is not None and _badness(self.last) < _badness(self.shown)

    def after(self, reading: Reading, *, at: float, latency: int, epoch: float) -> Lamp:
        """Return the lamp after one more reading."""
        shown = settled(self.shown, self.last, reading)
        changed = self.shown is None or shown.state != self.shown.state
        return Lamp(
            shown=shown,
            last=reading,
            at=at,
            since=epoch if changed else self.since,
            history=(*self.history, Past(reading.state, latency))[-KEPT:],
        )

    def seen(self, *, now: float, period: float) -> Reading:
        """Return what may be believed now: a reading older than three periods is no data any more."""
        if self.shown is None:
            return _NEVER
        age = now - self.at
        if age > STALE_PERIODS * period:
            return not_well("unknown", "health-no-data", seconds=round(age))
        return self.shown

    def seen_since(self, *, now: float, period: float, epoch: float) -> float:
        """Return since when, in seconds since the epoch, what is seen has its state; `epoch` is now."""
        stale = now - self.at - STALE_PERIODS * period
        return epoch - stale if self.shown is not None and stale > 0 else self.since


def settled(shown: Reading | None, before: Reading | None, new: Reading) -> Reading:
    """Return the reading to show after `new`; `before` is the one just before it."""
    if shown is None or _badness(new) >= _badness(shown):
        return new
    if before is not None and _badness(before) < _badness(shown):
        return max(new, before, key=_badness)
    return shown


def _badness(reading: Reading) -> int:
    return BADNESS[reading.state]


__all__ = ["BADNESS", "KEPT", "STALE_PERIODS", "Lamp", "Past", "settled"]
