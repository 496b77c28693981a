"""The budget: what a call may cost is reserved before it is sent, and the reservation fails closed."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final

from core.errors import BudgetExceeded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from core.ports import Usage
    from graph.ledger import Spent
    from graph.state import Caps

ASSUMED_PROMPT_USD: Final = 5.0
ASSUMED_COMPLETION_USD: Final = 25.0
"""USD per million tokens taken for a model whose price is not known once the person has set a money cap by hand:
the upper range of current price lists, so that an unknown price stops early rather than late."""


class WorkClock:
    """Time in which at least one step of a run works in this process, on the monotonic clock.

    Neither a paused run nor one that waits for a person's decision uses any.
    """

    def __init__(self) -> None:
        self._steps = 0
        self._since = 0.0
        self._passed = 0.0

    @contextmanager
    def working(self) -> Iterator[None]:
        """Count the time of one step; parallel steps count once."""
        if not self._steps:
            self._since = time.monotonic()
        self._steps += 1
        try:
            yield
        finally:
            self._steps -= 1
            if not self._steps:
                self._passed += time.monotonic() - self._since

    def minutes(self) -> float:
        """Return the minutes worked so far."""
        under_way = time.monotonic() - self._since if self._steps else 0.0
        return (self._passed + under_way) / 60


class Reservation:
    """One reserved call; `settle` replaces the estimate by what it really took."""

    def __init__(self) -> None:
        self.actual: Usage | None = None

    def settle(self, actual: Usage) -> None:
        """Say what the call really used."""
        self.actual = actual


class Budget:
    """Caps of one run against what was spent (from the ledger) and what calls under way have reserved.

    A call that would fit once the others have settled waits for them; one that would not fit even then is refused.
    """

    def __init__(self, caps: Caps, spent: Spent, clock: WorkClock) -> None:
        self.caps = caps
        self._clock = clock
        usd = spent.cost_usd + self._amounts(spent.unpriced)["usd"]
        self._spent = {"calls": float(spent.calls), "tokens": float(spent.tokens), "usd": usd}
        self._reserved = dict.fromkeys(self._spent, 0.0)
        self._under_way = 0
        self._settled = asyncio.Condition()

    @asynccontextmanager
    async def reserve(self, estimate: Usage) -> AsyncIterator[Reservation]:
        """Hold the estimated cost while a call is under way.

        Raises:
            BudgetExceeded: a cap would be passed; nothing was sent.
        """
        reservation = Reservation()
        amounts = self._amounts(estimate)
        async with self._settled:
            while not self._fits(amounts):
                await self._settled.wait()
            self._add(self._reserved, amounts, 1)
            self._under_way += 1
        try:
            yield reservation
        finally:
            self._add(self._reserved, amounts, -1)
            self._under_way -= 1
            if reservation.actual is not None:
                self._add(self._spent, self._amounts(reservation.actual), 1)
            async with self._settled:
                self._settled.notify_all()

    def _fits(self, amounts: dict[str, float]) -> bool:
        self._refuse_above("minutes", self._clock.minutes())
        for name, amount in amounts.items():
            self._refuse_above(name, self._spent[name] + amount)
        return self._under_way == 0 or all(
            self._spent[name] + self._reserved[name] + amount <= self._cap(name) for name, amount in amounts.items()
        )

    def _refuse_above(self, name: str, wanted: float) -> None:
        if wanted > self._cap(name):
            raise BudgetExceeded(cap=name, limit=round(self._cap(name), 4), wanted=round(wanted, 4))

    def _cap(self, name: str) -> float:
        cap = self.caps.get(name)
        return float(cap) if isinstance(cap, int | float) else float("inf")

    def _amounts(self, usage: Usage) -> dict[str, float]:
        usd = usage.cost_usd
        if not usage.priced and self.caps.get("assume_prices"):
            usd = (
                usage.prompt_tokens * ASSUMED_PROMPT_USD + usage.completion_tokens * ASSUMED_COMPLETION_USD
            ) / 1_000_000
        return {"calls": 1.0, "tokens": float(usage.prompt_tokens + usage.completion_tokens), "usd": usd}

    @staticmethod
    def _add(sums: dict[str, float], amounts: dict[str, float], sign: int) -> None:
        for name, amount in amounts.items():
            sums[name] += sign * amount
