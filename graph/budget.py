"""The budget: what a call may cost is reserved before it is sent, and the reservation fails closed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from core.errors import BudgetExceeded
from core.ports import Usage
from graph.ledger import Spent
from graph.state import Caps

ASSUMED_PROMPT_USD: Final = 5.0
ASSUMED_COMPLETION_USD: Final = 25.0
"""USD per million tokens taken for a model whose price is not known, once the person has set a money cap:
the upper range of current price lists, so that an unknown price stops early rather than late."""


def assumed_cost(usage: Usage) -> float:
    """USD of `usage`: its own price, or the pessimistic one when none is known."""
    if usage.priced:
        return usage.cost_usd
    return (usage.prompt_tokens * ASSUMED_PROMPT_USD + usage.completion_tokens * ASSUMED_COMPLETION_USD) / 1e6


class Budget:
    """Caps of one run against what was spent (from the ledger) and what is reserved by calls under way.

    Time is working time of this process on the monotonic clock; the time of earlier processes is not counted again
    because a paused run costs nothing.
    """

    def __init__(self, caps: Caps, spent: Spent) -> None:
        self._caps = caps
        self._calls = spent.calls
        self._tokens = spent.tokens
        self._usd = spent.cost_usd
        self._started = time.monotonic()

    @contextmanager
    def reserve(self, estimate: Usage) -> Iterator[Reservation]:
        """Hold the estimated cost while a call is under way.

        Raises BudgetExceeded, before anything is sent, when a cap would be passed.
        """
        reservation = Reservation(estimate)
        self._check(reservation)
        self._add(reservation, 1)
        try:
            yield reservation
        finally:
            self._add(reservation, -1)
            if reservation.actual is not None:
                self._calls += 1
                self._tokens += _tokens(reservation.actual)
                self._usd += assumed_cost(reservation.actual)

    def _check(self, reservation: Reservation) -> None:
        wanted = {
            "usd": self._usd + reservation.usd,
            "tokens": self._tokens + reservation.tokens,
            "calls": self._calls + 1,
            "minutes": (time.monotonic() - self._started) / 60,
        }
        for name, amount in wanted.items():
            cap = self._caps.get(name)
            if isinstance(cap, int | float) and amount > cap:
                raise BudgetExceeded(cap=name, limit=round(cap, 4), wanted=round(amount, 4))

    def _add(self, reservation: Reservation, sign: int) -> None:
        self._calls += sign
        self._tokens += sign * reservation.tokens
        self._usd += sign * reservation.usd


class Reservation:
    """One reserved call; `settle` replaces the estimate by what it really took."""

    def __init__(self, estimate: Usage) -> None:
        self.tokens = _tokens(estimate)
        self.usd = assumed_cost(estimate)
        self.actual: Usage | None = None

    def settle(self, actual: Usage) -> None:
        """Say what the call really used."""
        self.actual = actual


def _tokens(usage: Usage) -> int:
    return usage.prompt_tokens + usage.completion_tokens
