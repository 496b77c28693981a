"""The projects whose module phase is timed, and the shortest time their model calls can take."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.plan import Plan

CALLS: Final = 2
"""Model calls per module: write, review."""

UNLIMITED: Final = 10_000

_BOOKKEEPING: Final[Mapping[str, str]] = {
    "errors": "",
    "config": "",
    "money": "",
    "calendar_days": "",
    "texts": "",
    "colours": "",
    "widgets": "",
    "database": "",
    "accounts": "database money",
    "categories": "database",
    "currencies": "money",
    "entries": "database calendar_days",
    "budgets": "categories money",
    "importing": "entries",
    "exporting": "entries",
    "search": "entries",
    "reports": "entries currencies",
    "charts": "colours",
    "account_view": "widgets",
    "entry_view": "widgets",
    "report_view": "charts widgets",
    "settings_view": "config widgets",
    "window": "account_view entry_view report_view settings_view",
    "main": "window reports",
}


@dataclass(frozen=True)
class Project:
    """Modules in plan order with what they need, and how long each of their calls takes."""

    name: str
    needs: Mapping[str, tuple[str, ...]]
    seconds: Mapping[str, float]
    tests_seconds: float

    def plan(self, manner: str = "takes") -> Plan:
        """The plan an architect would have drawn; the answering time stands in the purpose, for the model server."""
        return {
            "title": self.name,
            "slug": "benchmark",
            "summary": self.name,
            "language": "python",
            "kind": "cli",
            "target": "source",
            "entry_point": f"{list(self.needs)[-1]}.py",
            "dependencies": [],
            "modules": [
                {
                    "name": name,
                    "purpose": f"Part of the program; {manner} {self.seconds[name]} s",
                    "paths": [f"{name}.py"],
                    "interface": f"count_{name}(value: int) -> int",
                    "exports": [f"{name}.py:count_{name}"],
                    "uses": [],
                    "needs": list(needs),
                }
                for name, needs in self.needs.items()
            ],
            "changed": list(self.needs),
            "acceptance": [],
            "notes": [],
        }

    def ideal_seconds(self, workers: int = UNLIMITED) -> float:
        """List schedule of the calls on `workers`, the longest remaining path first; unlimited = critical path."""
        rest = self._remaining_paths()
        waiting = {name: set(needs) for name, needs in self.needs.items()}
        ready = [(-rest[name], name, CALLS) for name, needs in self.needs.items() if not needs]
        ready.append((-self.tests_seconds, "", 1))
        heapq.heapify(ready)
        running: list[tuple[float, str, int]] = []
        now = 0.0
        while ready or running:
            while ready and len(running) < workers:
                _, name, calls = heapq.heappop(ready)
                heapq.heappush(running, (now + self.seconds.get(name, self.tests_seconds), name, calls - 1))
            now, name, calls = heapq.heappop(running)
            if calls:
                heapq.heappush(ready, (-rest[name] + self.seconds[name], name, calls))
                continue
            for other, needs in waiting.items():
                if name in needs:
                    needs.discard(name)
                    if not needs:
                        heapq.heappush(ready, (-rest[other], other, CALLS))
        return now

    def _remaining_paths(self) -> dict[str, float]:
        """Seconds from the start of a module to the end of everything that waits for it."""
        rest: dict[str, float] = {}
        for name in reversed(list(self.needs)):  # plan order is a topological order
            after = [rest[other] for other, needs in self.needs.items() if name in needs]
            rest[name] = CALLS * self.seconds[name] + max(after, default=0.0)
        return rest


def projects(latency: float) -> list[Project]:
    """The three shapes, with calls of about `latency` seconds."""
    independent = {f"part_{number}": () for number in range(1, 9)}
    dag = {name: tuple(needs.split()) for name, needs in _BOOKKEEPING.items()}
    return [
        Project("8 independent modules", independent, dict.fromkeys(independent, latency), latency),
        Project("24 modules, realistic needs", dag, dict.fromkeys(dag, latency), latency),
        _skewed(latency),
    ]


def _skewed(latency: float) -> Project:
    """Sixteen short modules stand before a chain of six; every module has its own answering time."""
    needs: dict[str, tuple[str, ...]] = {f"leaf_{number}": () for number in range(1, 17)}
    seconds = {name: round(latency * (0.3 + 0.11 * (number % 7)), 2) for number, name in enumerate(needs)}
    for number in range(1, 7):
        name = f"link_{number}"
        needs[name] = (f"link_{number - 1}",) if number > 1 else ()
        seconds[name] = round(latency * (0.4 + 0.1 * (number * 3 % 7)), 2)
    return Project("chain of 6 beside 16 short ones", needs, seconds, latency)
