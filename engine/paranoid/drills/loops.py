"""budget-loop: a model that never comes to an end, asked by a run that never stops asking."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import BudgetExceeded
from core.ports import CallTag, Message, ModelRequest
from engine.paranoid.drills.drill import in_words
from engine.paranoid.drills.filling import Unheard
from engine.paranoid.drills.loopback import Asked, ModelServer, Reply, spoken

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from engine.paranoid.drills.drill import Fact, Stage
    from graph.state import Caps, RunState
    from graph.workshop import Workshop

TOKENS: Final = 500
"""Tokens the server counts for the prompt and for the answer of each call."""
PRICE: Final = 100.0
"""USD per million tokens: a call costs 10 cents."""
MOST_TRIES: Final = 40
_MODEL: Final = "endless"


@dataclass(frozen=True, slots=True)
class Loop:
    """A run with one cap, and how many calls fit under it."""

    name: str
    caps: Caps
    fits: int
    parallel: int = 1


_LOOPS: Final = (
    Loop("calls", {"calls": 6}, 6),
    Loop("parallel", {"calls": 6}, 6, parallel=12),
    Loop("tokens", {"tokens": 6_500}, 6),
    Loop("money", {"usd": 0.65}, 6),
)


async def run(stage: Stage) -> list[Fact]:
    """Let each loop ask until it is stopped; count what reached the provider."""
    async with ModelServer(_endless, (_MODEL,)) as server:
        facts = []
        for loop in _LOOPS:
            async with _workshop(stage, server) as shop:
                refusal = await _ask_on(shop, loop)
            sent = server.count(_MODEL)
            async with _workshop(stage, server) as shop:  # started again: what was spent is remembered
                await _ask_on(shop, loop, first=MOST_TRIES)
            after = server.count(_MODEL)
            server.asked.clear()
            seen = f"{sent} calls, {after - sent} more after a restart, {refusal}"
            stopped = refusal is not None and in_words(refusal)
            # A full answer is reserved, so that a cap can stop one call early; never one late.
            kept = 0 < sent <= loop.fits and after == sent
            facts.append(stage.fact(loop.name, stopped and kept, seen, cap=loop.fits, calls=sent))
        return facts


def _endless(asked: Asked) -> Reply:
    del asked
    return Reply(spoken(_MODEL, "There is more to do. Go on.", tokens=TOKENS))


@asynccontextmanager
async def _workshop(stage: Stage, server: ModelServer) -> AsyncIterator[Workshop]:
    """Join the real parts around the server: gateway, ledger, budget."""
    from agents.providers.gateway import Access, FleetGateway  # noqa: PLC0415 - loads the model libraries
    from agents.providers.registry import Price, Provider  # noqa: PLC0415 - as above
    from core.settings import Settings  # noqa: PLC0415 - as above
    from graph.approvals import LedgerConsent  # noqa: PLC0415 - as above
    from graph.guard import LedgerGuard  # noqa: PLC0415 - as above
    from graph.ledger import Ledger  # noqa: PLC0415 - as above
    from graph.workshop import make_workshop  # noqa: PLC0415 - as above
    from memory.archive import SqliteArchive  # noqa: PLC0415 - as above

    home, sink = stage.shadow, Unheard()
    home.prepare()
    provider = Provider("drill", "Drill", server.url, (_MODEL,), prices={_MODEL: Price(PRICE, PRICE)})
    archive = SqliteArchive(home.database)
    ledger = Ledger(home.ledger, sink)
    gateway = FleetGateway([Access.by(provider)], sink)
    consent, guard = LedgerConsent(ledger), LedgerGuard(ledger, sink)
    try:
        yield make_workshop(home, Settings(), archive, gateway, ledger, consent, sink, os.environ, guard=guard)
    finally:
        await gateway.aclose()
        ledger.close()
        archive.close()


async def _ask_on(shop: Workshop, loop: Loop, first: int = 0) -> BudgetExceeded | None:
    """Ask one new question after another, or many at once, until the budget says no."""
    asking = shop.asking(_state(loop))

    async def ask(number: int) -> BudgetExceeded | None:
        try:
            await asking(_request(number))
        except BudgetExceeded as error:
            return error
        return None

    refusal = None
    for number in range(first, first + MOST_TRIES, loop.parallel):
        refusals = await asyncio.gather(*(ask(number + more) for more in range(loop.parallel)))
        refusal = next((error for error in refusals if error is not None), None)
        if refusal is not None:
            break
    return refusal


def _state(loop: Loop) -> RunState:
    from graph.state import new_turn  # noqa: PLC0415 - loads langgraph

    turn: Mapping[str, Any] = new_turn(
        project="p", run=f"r-{loop.name}", request="m", locale="en", options=cast("Any", {}), caps=loop.caps
    )
    return cast("RunState", turn)


def _request(number: int) -> ModelRequest:
    tag = CallTag("coder.write", attempt=number)
    return ModelRequest("coder", tag, (Message("user", f"Go on, round {number}."),), max_tokens=TOKENS)
