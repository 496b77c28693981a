"""The archive's table of runs agrees with the checkpoints, and no run spent more than its limits."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

from engine.paranoid.finding import Finding
from engine.paranoid.invariants.turns import Turns, newest_state

if TYPE_CHECKING:
    from core.ports import RunRecord
    from engine.bootstrap import Engine

RUNS: Final = 10
_SETTLE_SECONDS: Final = 0.3
"""Ending, cancelling and rewinding write both places one after the other."""
_LIMITS: Final = ("usd", "tokens", "calls")


class Outcomes:
    """A run that ended in one place ended in the other, the same way; what was delivered has a version."""

    check = "run-outcomes"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turns: Turns[RunRecord] = Turns(RUNS)

    async def find(self) -> list[Finding]:
        """Return the runs two places tell differently, now and a moment later."""
        records = self._turns.take(await self._engine.archive.runs())
        doubtful = [record.run for record in records if await self._differs(record)]
        if doubtful:
            await asyncio.sleep(_SETTLE_SECONDS)
        again = [await self._engine.archive.run(run) for run in doubtful]
        found = [self._finding(record, why) for record in again if (why := await self._differs(record))]
        return self._turns.standing(found)

    async def _differs(self, record: RunRecord) -> str:
        archive = self._engine.archive
        if record.outcome == "delivered":
            delivered = [item.run for item in await archive.versions(record.project)]
            if record.run not in delivered:
                return "version"
        state, waiting = await newest_state(self._engine, record.project)
        if state.get("run") != record.run:
            return ""
        outcome = state.get("outcome") or ""
        if record.outcome:
            return "" if outcome == record.outcome else "checkpoint"
        return "archive" if outcome and not waiting else ""

    def _finding(self, record: RunRecord, why: str) -> Finding:
        facts = {"run": record.run, "outcome": record.outcome or "-", "where": why}
        return Finding.of(self.check, "critical", "finding-run-outcome", record.run, **facts)


class SpendWithinCaps:
    """What a run spent never passes the highest limit a person ever gave it by more than one call."""

    check = "spend-caps"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turns: Turns[RunRecord] = Turns(RUNS)

    async def find(self) -> list[Finding]:
        """Return the runs that spent too much."""
        found = []
        for record in self._turns.take(await self._engine.archive.runs()):
            caps = await self._highest_caps(record)
            for limit, (spent, largest) in (await self._spent(record.run)).items():
                if limit in caps and spent > caps[limit] + largest:
                    found.append(self._finding(record.run, limit, spent, caps[limit]))
        return self._turns.standing(found)

    async def _highest_caps(self, record: RunRecord) -> dict[str, float]:
        given: Any = record.options.get("caps") or {}
        answers = [entry["reply"] for entry in await self._engine.consent.history(record.run) if entry["reply"]]
        raised = await asyncio.to_thread(_caps_of, answers)
        first = {name: float(given[name]) for name in _LIMITS if isinstance(given.get(name), int | float)}
        return {name: max([cap, *raised.get(name, [])]) for name, cap in first.items()}

    async def _spent(self, run: str) -> dict[str, tuple[float, float]]:
        rows = await self._engine.ledger.spend_rows(run)
        tokens = [row.usage.prompt_tokens + row.usage.completion_tokens for row in rows]
        costs = [row.usage.cost_usd for row in rows]
        return {
            "calls": (len(rows), 1.0 if rows else 0.0),
            "tokens": (sum(tokens), max(tokens, default=0)),
            "usd": (sum(costs), max(costs, default=0.0)),
        }

    def _finding(self, run: str, limit: str, spent: float, cap: float) -> Finding:
        facts: dict[str, str | float] = {"run": run, "limit": limit, "spent": round(spent, 4), "cap": cap}
        return Finding.of(self.check, "critical", "finding-spend-caps", f"{run} {limit}", **facts)


def _caps_of(replies: list[str]) -> dict[str, list[float]]:
    raised: dict[str, list[float]] = {}
    for reply in replies:
        for name, cap in (json.loads(reply).get("caps") or {}).items():
            raised.setdefault(name, []).append(float(cap))
    return raised
