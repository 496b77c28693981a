"""Forecast: who will work on a plan, and how long such work has taken before.

It is made once, with the plan, and kept in the state: a card has to stay what the person saw, whoever works later.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final, TypedDict

if TYPE_CHECKING:
    import sqlite3

    from core.ports import Gateway
    from graph.ledger import Ledger

_PROGRAMS: Final = 20
"""The newest programs of a model say how fast it is today."""
_RUNS: Final = "SELECT run FROM spend WHERE model=? AND call LIKE 'coder.%' GROUP BY run ORDER BY max(rowid) DESC"
_CALLS: Final = """
SELECT effects.recorded - spend.seconds, spend.call FROM spend JOIN effects ON effects.key=spend.key WHERE spend.run=?
"""
_DELIVERED: Final = """
SELECT recorded FROM effects WHERE key>=? AND key<? AND kind='deliver' AND result IS NOT NULL ORDER BY recorded LIMIT 1
"""
_WAITED: Final = """
SELECT coalesce(sum(answered - max(shown, ?)), 0) FROM approvals
WHERE run=? AND answered IS NOT NULL AND answered>? AND answered<?
"""


class Forecast(TypedDict):
    """What is known before the work begins."""

    models: dict[str, str]
    """Role -> the model that is asked first; for the coder all that write the same module."""
    writers: int
    """How many models write the same module."""
    seconds: float
    """What a call took on the whole, with tests and building, from the first code to the delivery; 0: nobody knows."""
    programs: int
    """From how many earlier programs that is known."""


async def forecast(gateway: Gateway, ledger: Ledger) -> Forecast:
    """Name the team and measure how fast its coder's programs came to their end."""
    models = {str(role): model for role, model in gateway.roster().items()}
    paces = await ledger.execute(lambda db: _paces(db, models.get("coder", "")))
    rivals = list(gateway.rivals().values())
    if len(rivals) > 1:
        models["coder"] = ", ".join(rivals)
    return {
        "models": models,
        "writers": max(1, len(rivals)),
        "seconds": round(median(paces), 2) if paces else 0.0,
        "programs": len(paces),
    }


def _paces(db: sqlite3.Connection, coder: str) -> list[float]:
    found: list[float] = []
    for (run,) in db.execute(_RUNS, (coder,)):
        if (pace := _pace(db, run)) > 0:
            found.append(pace)
        if len(found) == _PROGRAMS:
            break
    return found


def _pace(db: sqlite3.Connection, run: str) -> float:
    """Seconds per call of one program, without the time it waited for a person; 0 when it was not delivered."""
    calls: list[tuple[float, str]] = db.execute(_CALLS, (run,)).fetchall()
    began = min((at for at, call in calls if call.startswith("coder.")), default=0.0)
    delivered: tuple[float] | None = db.execute(_DELIVERED, (f"{run}/", f"{run}0")).fetchone()
    made = sum(at >= began for at, _ in calls)
    if delivered is None or not began:
        return 0.0
    waited: tuple[float] = db.execute(_WAITED, (began, run, began, delivered[0])).fetchone()
    return max(0.0, delivered[0] - began - waited[0]) / made
