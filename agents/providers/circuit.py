"""A circuit breaker: an endpoint that failed several times in a row is left alone a while, then tried by one call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FAILURES: Final = 3
"""In a row, after which it opens."""
FIRST_REST: Final = 10.0
LONGEST_REST: Final = 300.0


@dataclass(slots=True)
class Circuit:
    """The breaker of one provider; times are those of the gateway's clock, in seconds."""

    failures: int = 0
    rest: float = FIRST_REST
    until: float = 0.0
    """When an open one may be tried; 0 while it is closed."""
    trying: bool = False

    def resting(self, now: float) -> bool:
        """Whether others should go first: it is open, or half open and somebody else tries it at this moment."""
        return self.until > now or (self.until > 0 and self.trying)

    def begin(self, now: float) -> None:
        """Note a call; the first one after the rest is the trial."""
        if 0 < self.until <= now:
            self.trying = True

    def answered(self) -> None:
        """Close it: the endpoint is there, even if it refused what was asked."""
        self.failures, self.rest, self.until, self.trying = 0, FIRST_REST, 0.0, False

    def failed(self, now: float) -> bool:
        """Count a failure; True when it opened by this. A failed trial makes the next rest twice as long."""
        self.failures += 1
        opens = self.trying or (not self.until and self.failures >= FAILURES)
        if opens:
            self.until = now + self.rest
            self.rest = min(2 * self.rest, LONGEST_REST)
        self.trying = False
        return opens

    def ended(self) -> None:
        """Give a trial up that came to no end (its call was cancelled)."""
        self.trying = False


__all__ = ["Circuit"]
