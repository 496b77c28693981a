"""Trends: what a series of events says about where it is going. Pure functions, so that series can be planted.

Statistics are robust: medians and the median deviation, over enough values, with an absolute floor besides the ratio,
so that a busy minute is no trend.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from core.i18n import Words
from engine.paranoid.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.events import Json
    from engine.paranoid.finding import Severity

HANG_MINUTES: Final = 30.0
"""A build or a test run with thousands of cases takes minutes; no step is silent for half an hour."""
SAME_DRAFTS: Final = 4
"""The loop's own bound is three failures at one spot: a fourth means the bound did not hold."""
SAME_STEPS: Final = 15
"""Steps of one kind without a new file, a decision or the end of the run."""
RECENT: Final = 15
EARLIER: Final = 30
"""Values a comparison needs: the newest against the ones before them."""
SLOWER: Final = 2.5
SLOWER_SECONDS: Final = 2.0
DEVIATIONS: Final = 4.0
ERROR_WINDOW: Final = 200
ERROR_SHARE: Final = 0.2
ERROR_RATIO: Final = 4.0
FLAPS: Final = 16
FLAP_WINDOW: Final = 40
"""Eight separate failures in forty outcomes: one in twenty, which many providers show, does not come near it."""
GROWTH_MB: Final = 300.0
GROWTH_RATIO: Final = 1.5
GROWTH_SAMPLES: Final = 40

READ: Final = ("node", "accepted", "findings", "effect", "kind", "seconds", "model", "failed")
"""All that is read of the data of events."""
_AT_REST: Final = frozenset(
    {
        *("card.shown", "run.finished", "run.pause_done", "run.cancel_done", "run.cancelled", "run.moved"),
        *("task.failed", "task.cancelled"),
    }
)
"""After these nobody expects the run to do something by itself before its next step begins.

A held step is not among them: its card follows, and the other branches of a wave go on meanwhile.
"""
_OURS: Final = "finding."
"""What was found about a run is no sign of life of it."""
_STARTS: Final = frozenset({"engine.started", "engine.stopping"})
"""What ran before did not live on."""
_NEW: Final = frozenset({"module.accepted", "module.repaired", "tests.written", "decision.taken", "run.rewound"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One event of the series."""

    at: float
    type: str
    name: str
    run: str = ""
    module: str = ""
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moment:
    """One measured value."""

    at: float
    value: float


def over_events(events: Sequence[Seen], now: float, projects: Mapping[str, str]) -> list[Finding]:
    """Return what all trends over events find; `projects` says which project a run belongs to."""
    return [
        *hangs(events, now),
        *draft_loops(events),
        *step_loops(events),
        *conflicts(events, projects),
        *degradation(events),
        *error_rise(events),
        *flapping(events),
    ]


def hangs(events: Sequence[Seen], now: float) -> Iterator[Finding]:
    """Runs in the middle of a step that have said nothing for long."""
    working: dict[str, tuple[float, str]] = {}
    for event in events:
        if event.name in _STARTS:
            working.clear()
        elif event.name in _AT_REST:
            working.pop(event.run, None)
        elif event.name == "node.started":
            working[event.run] = event.at, str(event.data.get("node", ""))
        elif event.run in working and not event.name.startswith(_OURS):
            working[event.run] = event.at, working[event.run][1]
    for run, (at, step) in working.items():
        minutes = (now - at) / 60
        if minutes >= HANG_MINUTES:
            yield _finding("trend-hang", "warning", run, run=run, minutes=round(minutes), step=step)


def draft_loops(events: Sequence[Seen]) -> Iterator[Finding]:
    """The same findings against a module, draft after draft."""
    drafts: dict[tuple[str, str], tuple[str, int]] = {}
    for event in events:
        place = (event.run, event.module)
        if event.name == "draft.examined" and not event.data.get("accepted"):
            same = str(event.data.get("findings"))
            known, times = drafts.get(place, ("", 0))
            drafts[place] = (same, times + 1 if known == same else 1)
        elif event.name == "draft.examined":
            drafts.pop(place, None)
        elif event.name == "decision.taken":
            drafts = {known: value for known, value in drafts.items() if known[0] != event.run}
    for (run, module), (_, times) in drafts.items():
        if times >= SAME_DRAFTS:
            yield _finding("trend-loop", "warning", f"{run} {module}", run=run, what=module or "-", times=times)


def step_loops(events: Sequence[Seen]) -> Iterator[Finding]:
    """The same step of a run without a new file, a decision or an end."""
    steps: dict[str, Counter[str]] = defaultdict(Counter)
    for event in events:
        if event.name in _NEW or event.name in _AT_REST:
            steps.pop(event.run, None)
        elif event.name == "node.started" and not event.module:
            steps[event.run][str(event.data.get("node", ""))] += 1
    for run, counted in steps.items():
        for node, times in counted.items():
            if times >= SAME_STEPS:
                yield _finding("trend-loop", "warning", f"{run} {node}", run=run, what=node, times=times)


def conflicts(events: Sequence[Seen], projects: Mapping[str, str]) -> Iterator[Finding]:
    """Two runs that work on one project at a time, and effects done again after they were recorded."""
    working: dict[str, set[str]] = defaultdict(set)
    recorded: set[str] = set()
    told: set[str] = set()
    for event in events:
        project = projects.get(event.run, "")
        if event.name in _STARTS:
            working.clear()
        elif event.name == "node.started" and project:
            working[project].add(event.run)
        elif event.name in _AT_REST and project:
            working[project].discard(event.run)
        if len(working[project]) > 1 and project not in told:
            told.add(project)
            runs = ", ".join(sorted(working[project]))
            yield _finding("trend-two-runs", "critical", project, run=event.run, runs=runs)
        effect = str(event.data.get("effect", ""))
        if effect and event.name == "effect.performed" and effect in recorded and effect not in told:
            told.add(effect)
            kind = str(event.data.get("kind", ""))
            yield _finding("trend-twice", "critical", f"{event.run} {effect}", run=event.run, kind=kind)
        elif effect and event.name == "effect.recorded":
            recorded.add(effect)


def degradation(events: Sequence[Seen]) -> Iterator[Finding]:
    """Calls of one model, builds and test runs that take much longer than they used to."""
    series: dict[tuple[str, str], list[float]] = defaultdict(list)
    begun: dict[str, float] = {}
    for event in events:
        seconds = event.data.get("seconds")
        if event.name == "call.finished" and isinstance(seconds, int | float):
            series["call", str(event.data.get("model", ""))].append(float(seconds))
        elif event.name == "tests.run" and isinstance(seconds, int | float):
            series["tests", ""].append(float(seconds))
        elif event.name == "build.started":
            begun[event.run] = event.at
        elif event.name == "build.finished" and event.run in begun:
            series["build", ""].append(event.at - begun.pop(event.run))
    for (what, model), values in series.items():
        if slow := _slower(values):
            before, after = slow
            facts: dict[str, str | float] = {
                "what": what,
                "model": model or "-",
                "before": round(before, 1),
                "after": round(after, 1),
            }
            yield _finding("trend-slower", "warning", f"{what} {model}".strip(), **facts)


def _slower(values: Sequence[float]) -> tuple[float, float] | None:
    if len(values) < RECENT + EARLIER:
        return None
    earlier, recent = values[:-RECENT], values[-RECENT:]
    before, after = median(earlier), median(recent)
    spread = median(abs(value - before) for value in earlier)
    risen = after - before
    slow = after > SLOWER * before and risen > SLOWER_SECONDS and risen > DEVIATIONS * spread
    return (before, after) if slow else None


def error_rise(events: Sequence[Seen]) -> Iterator[Finding]:
    """Many more errors among the newest events than among those before."""
    if len(events) < 2 * ERROR_WINDOW:
        return
    recent, earlier = events[-ERROR_WINDOW:], events[:-ERROR_WINDOW]
    now = sum(event.type == "ERROR" for event in recent) / len(recent)
    before = sum(event.type == "ERROR" for event in earlier) / len(earlier)
    if now >= ERROR_SHARE and now > ERROR_RATIO * before:
        percent: dict[str, str | float] = {"before": round(100 * before), "after": round(100 * now)}
        yield _finding("trend-errors", "warning", "errors", **percent)


def flapping(events: Sequence[Seen]) -> Iterator[Finding]:
    """Models that fail and answer in turns."""
    outcomes: dict[str, list[bool]] = defaultdict(list)
    for event in events:
        if event.name == "call.finished":
            outcomes[str(event.data.get("model", ""))].append(True)
        elif event.name == "call.substituted":
            outcomes[str(event.data.get("failed", ""))].append(False)
    for model, said in outcomes.items():
        newest = said[-FLAP_WINDOW:]
        flaps = sum(one != other for one, other in pairwise(newest))
        if model and flaps >= FLAPS:
            yield _finding("trend-flapping", "warning", model, model=model, times=flaps)


def memory_growth(moments: Sequence[Moment]) -> Iterator[Finding]:
    """Memory that grows from one quarter of the time to the next, without end."""
    if len(moments) < GROWTH_SAMPLES:
        return
    values = [moment.value for moment in moments]
    size = len(values) // 4
    quarters = [median(values[place * size : (place + 1) * size]) for place in range(4)]
    first, last = quarters[0], quarters[-1]
    rising = all(one < other for one, other in pairwise(quarters))
    if rising and last - first > GROWTH_MB and last > GROWTH_RATIO * first:
        yield _finding("trend-memory", "warning", "memory", before=round(first), after=round(last))


def _finding(check: str, severity: Severity, subject: str, /, **facts: str | float) -> Finding:
    shown = {name: value for name, value in facts.items() if name != "run"} | {"subject": subject}
    what, action = Words(f"finding-{check}", shown), Words(f"finding-{check}.action")
    return Finding(check, severity, what, subject, action, facts)
