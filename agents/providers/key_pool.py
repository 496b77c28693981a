"""The keys of one provider: which one sends the next request, within what each of them may do.

A key that was refused, or whose limit was reached, comes after those in order; it is not struck off, for nobody knows
how long that lasts. Requests wait in one line: urgent ones first, equals in the order they came.
"""

from __future__ import annotations

import asyncio
import heapq
from collections import deque
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from agents.providers.registry import KeyRow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Container, Sequence

    from agents.providers.authorising import Authorisation
    from agents.providers.pursuit import Clock
    from core.errors import ProviderFault

KEY_FAULTS: Final[frozenset[ProviderFault]] = frozenset({"bad_key", "no_money", "rate_limited"})
"""What is wrong with one key, so that another of the same provider may do."""
MINUTE: Final = 60.0


@dataclass(frozen=True, slots=True)
class Key:
    """One key as its endpoint is shown it."""

    shown: Authorisation
    row: KeyRow = field(default_factory=KeyRow)

    @property
    def label(self) -> str:
        """Name of the key among those of its provider."""
        return self.row.label


@dataclass(frozen=True, slots=True)
class KeyState:
    """How a key is, for showing."""

    label: str
    fault: str
    """What was wrong with it last, empty when nothing is."""
    seconds: float
    """For how long it is put off still."""
    under_way: int
    sent: int
    """Requests since the provider was opened."""


@dataclass(slots=True)
class _Use:
    """What one key is doing."""

    key: Key
    parallel: int
    under_way: int = 0
    sent: int = 0
    moments: deque[float] = field(default_factory=deque)
    off: dict[str, tuple[float, str]] = field(default_factory=dict)
    """Until when it is put off and why: by model, or for all under the empty name."""

    def fault(self, model: str, now: float) -> str:
        """Name what is wrong with it for `model`, empty when nothing is."""
        found = (self.off.get(name, (0.0, "")) for name in ("", model))
        return next((fault for until, fault in found if until > now), "")

    def wait(self, now: float) -> float:
        """Return in how many seconds its own limits let it send; infinite when only an answer can free it."""
        if self.under_way >= self.parallel:
            return float("inf")
        limit = self.key.row.per_minute
        while self.moments and now - self.moments[0] >= MINUTE:
            self.moments.popleft()
        return 0.0 if not limit or len(self.moments) < limit else self.moments[0] + MINUTE - now


class KeyPool:
    """The keys of one provider. `parallel` holds for keys whose row names no number."""

    def __init__(self, keys: Sequence[Key], clock: Clock, *, parallel: int) -> None:
        self._uses = [_Use(key, key.row.parallel or parallel) for key in keys]
        self._clock = clock
        self._came = 0
        self._line: list[tuple[bool, int, str, frozenset[str], asyncio.Future[_Use]]] = []
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def taken(self, model: str, *, urgent: bool = False, without: Container[str] = ()) -> AsyncIterator[Key]:
        """Hold a key for one request, waiting in line for it. At least one key must not be in `without`."""
        barred = frozenset(use.key.label for use in self._uses if use.key.label in without)
        use = await self._turn(model, barred, urgent=urgent)
        try:
            yield use.key
        finally:
            use.under_way -= 1
            self._serve()

    def left(self, without: Container[str]) -> bool:
        """Whether a key is there beside those."""
        return any(use.key.label not in without for use in self._uses)

    def ready(self, model: str, without: Container[str]) -> bool:
        """Whether a key beside those is in order for `model`, even if it is busy."""
        now = self._clock.now()
        return any(not use.fault(model, now) for use in self._uses if use.key.label not in without)

    def put_off(self, key: Key, fault: str, until: float, *, model: str = "") -> None:
        """Let other keys go before this one: for one model, or for all."""
        next(use for use in self._uses if use.key is key).off[model] = (until, fault)
        self._serve()

    def states(self) -> list[KeyState]:
        """Tell how each key is."""
        now = self._clock.now()
        return [
            KeyState(use.key.label, fault, max(0.0, until - now), use.under_way, use.sent)
            for use in self._uses
            for until, fault in [max((off for off in use.off.values() if off[0] > now), default=(now, ""))]
        ]

    # ------------------------------------------------------------------------------------------ the line

    async def _turn(self, model: str, barred: frozenset[str], *, urgent: bool) -> _Use:
        turn: asyncio.Future[_Use] = asyncio.get_running_loop().create_future()
        self._came += 1
        heapq.heappush(self._line, (not urgent, self._came, model, barred, turn))
        self._serve()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # the key had just been handed over
                turn.result().under_way -= 1
                self._serve()
            raise

    def _serve(self) -> None:
        """Hand keys to whoever in line can have one; who cannot does not hold up those behind."""
        waiting, soonest = [], float("inf")
        now = self._clock.now()
        while self._line:
            place = heapq.heappop(self._line)
            *_, model, barred, turn = place
            if turn.done():
                continue
            use, wait = self._best(model, barred, now)
            if use is None:
                waiting.append(place)
                soonest = min(soonest, wait)
                continue
            use.under_way += 1
            use.sent += 1
            use.moments.append(now)
            turn.set_result(use)
        self._line = waiting
        if self._alarm is not None:
            self._alarm.cancel()
        if soonest < float("inf"):
            self._alarm = asyncio.get_running_loop().call_later(max(soonest, 0.01), self._serve)

    def _best(self, model: str, barred: frozenset[str], now: float) -> tuple[_Use | None, float]:
        """Return the key that is least busy, or in how many seconds one may be free.

        Keys with a known fault are taken only when no other is left: they are not a way round a busy one.
        """
        allowed = [use for use in self._uses if use.key.label not in barred]
        good = [use for use in allowed if not use.fault(model, now)] or allowed
        waits = [use.wait(now) for use in good]
        free = [use for use, wait in zip(good, waits, strict=True) if wait <= 0]
        if not free:
            return None, min(waits, default=float("inf"))
        return min(free, key=lambda use: (use.under_way / use.parallel, use.sent)), 0.0


__all__ = ["KEY_FAULTS", "Key", "KeyPool", "KeyState"]
