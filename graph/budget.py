"""The budget: what a call may cost is reserved before it is sent, and the reservation fails closed."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from core.errors import BudgetExceeded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.ports import Usage
    from graph.ledger import Spent
    from graph.state import Caps

ASSUMED_PROMPT_USD: Final = 5.0
ASSUMED_COMPLETION_USD: Final = 25.0
"""USD per million tokens taken for a model whose price is not known once the person has set a money cap by hand:
the upper range of current price lists, so that an unknown price stops early rather than late."""


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
    Time is working time of this process on the monotonic clock: a paused run costs nothing.
    """

    def __init__(self, caps: Caps, spent: Spent) -> None:
        self._caps = caps
        usd = spent.cost_usd + self._amounts(spent.unpriced)["usd"]
        self._spent = {"calls": float(spent.calls), "tokens": float(spent.tokens), "usd": usd}
        self._reserved = dict.fromkeys(self._spent, 0.0)
        self._under_way = 0
        self._settled = asyncio.Condition()
        self._started = time.monotonic()

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
        minutes = (time.monotonic() - self._started) / 60
        self._refuse_above("minutes", minutes)
        for name, amount in amounts.items():
            self._refuse_above(name, self._spent[name] + amount)
        return self._under_way == 0 or all(
            self._spent[name] + self._reserved[name] + amount <= self._cap(name) for name, amount in amounts.items()
        )

    def _refuse_above(self, name: str, wanted: float) -> None:
        if wanted > self._cap(name):
            raise BudgetExceeded(cap=name, limit=round(self._cap(name), 4), wanted=round(wanted, 4))

    def _cap(self, name: str) -> float:
        cap = self._caps.get(name)
        return float(cap) if isinstance(cap, int | float) else float("inf")

    def _amounts(self, usage: Usage) -> dict[str, float]:
        usd = usage.cost_usd
        if not usage.priced and self._caps.get("assume_prices"):
            usd = (
                usage.prompt_tokens * ASSUMED_PROMPT_USD + usage.completion_tokens * ASSUMED_COMPLETION_USD
            ) / 1_000_000
        return {"calls": 1.0, "tokens": float(usage.prompt_tokens + usage.completion_tokens), "usd": usd}

    @staticmethod
    def _add(sums: dict[str, float], amounts: dict[str, float], sign: int) -> None:
        for name, amount in amounts.items():
            sums[name] += sign * amount
