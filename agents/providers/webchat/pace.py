"""How fast a person would write: when the next message may go out, remembered across programs and starts."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from agents.providers.webchat.recipe import Limits

HOUR: Final = 3600.0


@dataclass(slots=True)
class Pace:
    """The messages of the last hour to one site. Whoever holds the profile of the site is the only one who writes."""

    file: Path
    limits: Limits
    now: Callable[[], float] = time.time
    _sent: list[float] = field(init=False)
    _rests_until: float = field(init=False)

    def __post_init__(self) -> None:
        kept = self._read()
        now = self.now()
        # A clock that was set back must not make anybody wait for days.
        self._sent = sorted(moment for moment in _numbers(kept.get("sent")) if now - HOUR < moment <= now)
        rests_until = max(_numbers([kept.get("rests_until")]), default=0.0)
        self._rests_until = min(rests_until, now + self.limits.rest_minutes * 60)

    def wait(self) -> float:
        """Return in how many seconds the next message may go out."""
        now = self.now()
        fresh = [moment for moment in self._sent if moment > now - HOUR]
        waits = [0.0, self.rest()]
        if fresh:
            waits.append(fresh[-1] + self.limits.seconds_between - now)
        if len(fresh) >= self.limits.per_hour:
            waits.append(fresh[-self.limits.per_hour] + HOUR - now)
        return max(waits)

    def rest(self) -> float:
        """Return for how many seconds the site is left alone since its notice."""
        return max(0.0, self._rests_until - self.now())

    def sent(self) -> None:
        """Count a message. Kept before it goes out: a crash must not make the next one come early."""
        now = self.now()
        self._sent = [moment for moment in self._sent if moment > now - HOUR] + [now]
        self._keep()

    def limited(self) -> float:
        """Leave the site alone after its notice; return for how many seconds."""
        seconds = self.limits.rest_minutes * 60
        self._rests_until = self.now() + seconds
        self._keep()
        return seconds

    def _read(self) -> dict[str, Any]:
        try:
            kept = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # what cannot be read is no reason to be silent, only one to begin slowly
            return {}
        return kept if isinstance(kept, dict) else {}

    def _keep(self) -> None:
        write_atomic(self.file, json.dumps({"sent": self._sent, "rests_until": self._rests_until}).encode())


def _numbers(found: object) -> list[float]:
    listed = found if isinstance(found, list) else []
    return [float(each) for each in listed if isinstance(each, int | float) and not isinstance(each, bool)]


__all__ = ["Pace"]
