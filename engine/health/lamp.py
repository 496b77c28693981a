"""When a lamp changes: worse at once, better only after three better readings in a row, and dark when nobody looked.

Pure values; `HealthBoard` keeps one lamp per system.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from core.i18n import Words
from engine.health.probe import Reading, State
from engine.health.telling import not_well

BADNESS: Final[Mapping[State, int]] = MappingProxyType({"ok": 0, "unknown": 1, "degraded": 2, "down": 3})
STALE_PERIODS: Final = 3
GOOD_LOOKS: Final = 3
"""One good look after a fault may be luck; a fault is a fault the first time."""
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
    """The reading that stands until three better ones in a row were seen."""
    recent: tuple[Reading, ...] = ()
    """The last readings, as many as it takes to get better."""
    at: float = 0.0
    """When the last of them was taken."""
    since: float = 0.0
    """Since when, in seconds since the epoch, `shown` has its state."""
    history: tuple[Past, ...] = ()

    @property
    def improving(self) -> bool:
        """Whether the last reading was better than what is shown: another look would settle it."""
        return bool(self.recent) and self.shown is not None and _badness(self.recent[-1]) < _badness(self.shown)

    def after(self, reading: Reading, *, at: float, latency: int, epoch: float) -> Lamp:
        """Return the lamp after one more reading."""
        recent = (*self.recent, reading)[-GOOD_LOOKS:]
        shown = settled(self.shown, recent)
        changed = self.shown is None or shown.state != self.shown.state
        return Lamp(
            shown=shown,
            recent=recent,
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


def settled(shown: Reading | None, recent: Sequence[Reading]) -> Reading:
    """Return the reading to show after the last of the `recent` ones."""
    if shown is None or _badness(recent[-1]) >= _badness(shown):
        return recent[-1]
    worst = max(reversed(recent), key=_badness)
    return worst if len(recent) == GOOD_LOOKS and _badness(worst) < _badness(shown) else shown


def _badness(reading: Reading) -> int:
    return BADNESS[reading.state]


__all__ = ["BADNESS", "GOOD_LOOKS", "KEPT", "STALE_PERIODS", "Lamp", "Past", "settled"]
