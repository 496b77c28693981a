"""How close the module phase comes to the shortest possible time: `python -m benchmarks.scheduling`.

The real coordinator is set behind an approved plan and driven until integration would begin: dispatch, all module
branches with write, checks, review, commit and ledger, the test branch, every checkpoint. The ideal is the list
schedule of the same model calls and nothing else. Answers are streamed over their whole time, as models do; `burst`
is the hardest case: silence, then whole answers of all parallel calls in the same moment. `bare` is what a client of
httpx alone took for the same calls just after: what it needs over the ideal is the machine and its load, not ours.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import resource
import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.bare import module_phase_seconds
from benchmarks.bench import DEFAULT_SLOTS, open_bench
from benchmarks.model_server import model_server
from benchmarks.projects import UNLIMITED, Project, projects
from core.ports import CallTag, Message, ModelRequest
from core.python_source import parse
from graph.coordinator import build_graph
from graph.nodes.architect import module_states
from graph.progress import finding
from graph.state import new_turn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from langchain_core.runnables import RunnableConfig

    from core.plan import Finding, ModuleContract, Plan, Verdict
    from graph.workshop import Workshop

GOAL: Final = 1.05
LIMIT: Final = 1.10


class CompilingChecker:
    """Checks that the files parse: the scheduling is timed, not the sandbox."""

    async def check_module(self, plan: Plan, contract: ModuleContract, files: Mapping[str, str]) -> list[Finding]:
        """Report files that do not parse."""
        del plan, contract
        return _broken(files)

    async def check_project(self, plan: Plan, files: Mapping[str, str]) -> list[Finding]:
        """Report files that do not parse."""
        del plan
        return _broken(files)


def _broken(files: Mapping[str, str]) -> list[Finding]:
    found = []
    for path, text in files.items():
        try:
            parse(text)
        except SyntaxError as error:
            found.append(finding("syntax", f"{path}: {error}"))
    return found


@dataclass(frozen=True)
class Measured:
    """One module phase."""

    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Setting:
    """Under what conditions a project is made."""

    slots: int = UNLIMITED
    burst: bool = False
    real_checker: bool = False

    def __str__(self) -> str:
        """The setting in a few words."""
        slots = f"{self.slots} calls at a time" if self.slots < UNLIMITED else "any number of calls"
        return f"{slots}, {'burst' if self.burst else 'streamed'}, {'real' if self.real_checker else 'light'} checker"


ALL: Final = slice(None)
SETTINGS: Final = (
    (Setting(), ALL),
    (Setting(burst=True), slice(1)),
    (Setting(slots=DEFAULT_SLOTS), slice(1, None)),
    (Setting(real_checker=True), slice(1, 2)),
)
"""Each with the shapes it tells most about, so that the whole takes less than three minutes."""


async def module_phase(project: Project, url: str, folder: Path, setting: Setting) -> Measured:
    """Drive the module phase of `project` once."""
    manner = "takes" if setting.burst else "streams"
    async with open_bench(folder, url, slots=setting.slots) as bench:
        workshop = bench.workshop if setting.real_checker else replace(bench.workshop, checker=CompilingChecker())
        graph = build_graph(workshop).compile(
            checkpointer=bench.saver, interrupt_before=["integrate"], name="CoreCoordinator"
        )
        state = await _approved(workshop, project, manner)
        thread: RunnableConfig = {"configurable": {"thread_id": state["project"]}, "recursion_limit": 400}
        await graph.aupdate_state(thread, state, as_node="plan_review")
        await _warm(workshop, project, real_checker=setting.real_checker)
        gc.collect()
        started, cpu = time.perf_counter(), _cpu_seconds()
        await graph.ainvoke(None, thread, durability="sync")
        measured = Measured(time.perf_counter() - started, _cpu_seconds() - cpu)
        reached = await graph.aget_state(thread)
        statuses = {module["status"] for module in reached.values["modules"].values()}
        if reached.next != ("integrate",) or statuses != {"accepted"}:
            raise RuntimeError(f"the module phase did not end well: {reached.next} {reached.values}")
        return measured


async def _approved(workshop: Workshop, project: Project, manner: str) -> dict[str, object]:
    """The state of a run whose plan was just approved."""
    archive, run = workshop.archive, "r-bench"
    record = await archive.add_project(project.name, out="out", locale="en")
    text = f"{project.name}: {manner} {project.tests_seconds} s"
    request = await archive.add_message(record.project, run, "person", text)
    turn = new_turn(
        project=record.project,
        run=run,
        request=request,
        locale="en",
        options={"out": "out", "target": None, "attachments": []},
        caps={},
    )
    plan = project.plan(manner)
    verdict: Verdict = {
        "subject": "plan",
        "judged": True,
        "level": "green",
        "reasons": [],
        "feasibility": "",
        "recommendation": "",
        "needs_purpose": False,
        "policy_rules": [],
    }
    drawn = {"plan": await workshop.keep(plan), "modules": module_states(plan, "")}
    return {**turn, **drawn, "verdicts": {"plan": verdict}, "decision": "approve"}


async def _warm(workshop: Workshop, project: Project, *, real_checker: bool) -> None:
    """Ask each model once and prove the sandbox, as the phases before would have done."""
    for avoided in ("", "gpt"):
        question = (Message("user", "100 characters in 1 chunks"),)
        await workshop.gateway.ask(ModelRequest("coder", CallTag("warm"), question, avoid_family=avoided))
    if real_checker:
        plan = project.plan()
        await workshop.checker.check_module(plan, plan["modules"][0], {})


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def measure(project: Project, url: str, setting: Setting, repeat: int) -> float:
    """Measure, print one line and return the median ratio."""
    ideal = project.ideal_seconds(setting.slots)
    runs = []
    for _ in range(repeat):
        with tempfile.TemporaryDirectory(prefix="multicoder-bench-") as folder:
            runs.append(asyncio.run(module_phase(project, url, Path(folder), setting)))
    seconds = statistics.median(run.seconds for run in runs)
    cpu = statistics.median(run.cpu_seconds for run in runs)
    line = f"  {project.name:32} ideal {ideal:5.2f} s  measured {seconds:5.2f} s  CPU {cpu:4.2f} s"
    line += f"  ratio {seconds / ideal:.3f}"
    if setting == Setting():
        bare = statistics.median(asyncio.run(module_phase_seconds(project, url)) for _ in range(repeat))
        line += f"  bare {bare / ideal:.3f}, ratio to bare {seconds / bare:.3f}"
    print(line, flush=True)
    return seconds / ideal


def main() -> int:
    """Measure every shape in every setting; the exit code is 1 when streamed answers pass the limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--latency", type=float, default=2.0, help="seconds per model call")
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
    judged = []
    with model_server() as url:
        for setting, chosen in SETTINGS:
            print(setting)
            shapes = projects(options.latency)[chosen]
            ratios = [measure(project, url, setting, options.repeat) for project in shapes]
            judged += [] if setting.burst or setting.real_checker else ratios
    print(f"load of the machine in the last minutes: {', '.join(f'{load:.1f}' for load in os.getloadavg())}")
    print(f"goal {GOAL}, limit {LIMIT}: worst with streamed answers and the light checker {max(judged):.3f}")
    return 0 if max(judged) <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
