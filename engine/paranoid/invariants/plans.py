"""The modules of a plan lean on each other without circles and gaps, and the run works on these modules only."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from engine.paranoid.finding import Finding
from engine.paranoid.invariants.turns import NewestStates
from graph.state import DONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plan import Plan
    from engine.bootstrap import Engine
    from graph.state import RunState

PROJECTS: Final = 10


class PlanGraph:
    """The accepted or proposed plan of each project's newest run."""

    check = "plan-graph"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._states = NewestStates(engine, PROJECTS)

    async def find(self) -> list[Finding]:
        """Return what is wrong with the plans of the next few projects."""
        found = []
        for _, state in await self._states.next():
            if state.get("plan"):
                plan = await self._engine.crew.workshop.plan(state["plan"])
                found += [self._finding(state["run"], fault, names) for fault, names in plan_faults(plan, state)]
        return self._states.standing(found)

    def _finding(self, run: str, fault: str, names: str) -> Finding:
        subject = f"{run} {fault}"
        return Finding.of(self.check, "critical", "finding-plan-graph", subject, run=run, fault=fault, names=names)


def plan_faults(plan: Plan, state: RunState) -> Iterator[tuple[str, str]]:
    """Yield the kind of each fault and the names it is about."""
    needs = {module["name"]: set(module["needs"]) for module in plan["modules"]}
    missing = {name for module in plan["modules"] for name in (*module["needs"], *module["uses"])} - needs.keys()
    if missing:
        yield "gap", ", ".join(sorted(missing))
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        yield "circle", ", ".join(error.args[1])
    modules = state.get("modules", {})
    if strange := set(modules) - needs.keys():
        yield "strange", ", ".join(sorted(strange))
    early = [
        name
        for name, module in modules.items()
        if module["status"] == "accepted"
        and any(modules[need]["status"] not in DONE for need in needs.get(name, ()) if need in modules)
    ]
    if early:
        yield "early", ", ".join(sorted(early))
