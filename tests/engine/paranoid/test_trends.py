"""Trends are found in every planted series and in no healthy one, at the sizes and noise of real journals."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.i18n import LOCALES
from engine.paranoid.trends import (
    ERROR_WINDOW,
    GROWTH_SAMPLES,
    HANG_MINUTES,
    SAME_DRAFTS,
    SAME_STEPS,
    Moment,
    Seen,
    memory_growth,
    over_events,
)

NODES = ["intake", "judge", "architect", "judge_plan", "dispatch", "integrate", "paranoid_test", "build", "deliver"]
SERIES = 150
"""Series of each kind; with the seeds below they are the same every time."""


class Series:
    """Events of healthy runs, one after the other or side by side in projects of their own."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.now = 1_000_000.0
        self.events: list[Seen] = []
        self.projects: dict[str, str] = {}

    def say(self, name: str, run: str = "", kind: str = "INFO", module: str = "", **data) -> None:
        self.now += self.dice.uniform(0.01, 2)
        self.events.append(Seen(self.now, kind, name, run, module, data))

    def call(self, run: str, model: str = "p:m", slower: float = 1.0) -> None:
        if self.dice.random() < 0.05:
            self.say("call.substituted", run, "PROVIDER", failed=model, fault="transient")
        self.say("call.finished", run, "PROVIDER", model=model, seconds=slower * self.dice.lognormvariate(1.5, 0.5))

    def effect(self, run: str, effect: str) -> None:
        for step in ("started", "performed", "recorded"):
            self.say(f"effect.{step}", run, kind="INFO", effect=effect)

    def run(self, *, project: str = "", slower: float = 1.0) -> str:
        run = f"r-{len(self.projects)}"
        self.projects[run] = project or f"p-{len(self.projects)}"
        for node in NODES:
            self.say("node.started", run, node=node)
            self.call(run, slower=slower)
            if node in {"judge", "judge_plan"} and self.dice.random() < 0.5:
                self.say("card.shown", run, "AUDIT")
                self.now += self.dice.uniform(1, 100_000)  # the person thinks, or sleeps
                self.say("decision.taken", run, "AUDIT")
            if node == "dispatch":
                self.modules(run)
            if self.dice.random() < 0.03:
                self.say("node.held", run, "ERROR")
                self.say("decision.taken", run, "AUDIT")
            self.effect(run, f"{run}/{node}")
            self.say("node.finished", run, node=node)
        self.say("node.started", run, node="close")
        self.say("run.finished", run, "TASK", outcome="delivered")
        self.say("node.finished", run, node="close")
        self.say("task.done", run, "TASK")
        return run

    def modules(self, run: str) -> None:
        for module in ("one", "two"):
            self.say("node.started", run, module=module, node="module")
            for draft in range(self.dice.randint(0, 2)):
                self.say("draft.examined", run, module=module, accepted=False, findings=[f"fault {draft}"])
            self.say("draft.examined", run, module=module, accepted=True, findings=[])
            self.say("module.accepted", run, "FILE", module=module)

    def found(self, later: float = 1.0) -> set[str]:
        return {finding.check for finding in over_events(self.events, self.now + later, self.projects)}


def healthy(seed: int, runs: int = 8) -> Series:
    series = Series(seed)
    for _ in range(runs):
        series.run()
    return series


def hanging(series: Series) -> None:
    run = series.run()
    while series.events[-1].name != "node.started":
        series.events.pop()
    assert series.events[-1].run == run
    series.now += HANG_MINUTES * 60 + 1


def looping_draft(series: Series) -> None:
    for _ in range(SAME_DRAFTS):
        series.say("draft.examined", "r-0", module="one", accepted=False, findings=["the same"])
        series.call("r-0")


def looping_step(series: Series) -> None:
    series.projects["r-x"] = "p-x"
    for _ in range(SAME_STEPS):
        series.say("node.started", "r-x", node="repair")
        series.say("node.started", "r-x", node="integrate")


def two_runs(series: Series) -> None:
    series.projects |= {"r-x": "p-x", "r-y": "p-x"}
    series.say("node.started", "r-x", node="dispatch")
    series.say("node.started", "r-y", node="intake")


def twice(series: Series) -> None:
    series.effect("r-0", "r-0/deliver")


def slower(series: Series) -> None:
    for _ in range(3):
        series.run(slower=5)


def failing(series: Series) -> None:
    for number in range(ERROR_WINDOW):
        series.say("node.crashed" if number % 3 == 0 else "log.line", "", "ERROR" if number % 3 == 0 else "INFO")


def flapping(series: Series) -> None:
    for _ in range(10):
        series.say("call.substituted", "r-0", "PROVIDER", failed="p:flaky", fault="transient")
        series.say("call.finished", "r-0", "PROVIDER", model="p:flaky", seconds=1.0)


PLANTED = {
    "trend-hang": hanging,
    "trend-two-runs": two_runs,
    "trend-twice": twice,
    "trend-slower": slower,
    "trend-errors": failing,
    "trend-flapping": flapping,
}


def test_nothing_is_found_in_healthy_series():
    found = [seed for seed in range(SERIES) if healthy(seed).found()]
    assert found == []  # 0 of 150


@pytest.mark.parametrize("check", PLANTED)
def test_what_is_planted_is_always_found_and_nothing_else(check):
    wrong = {}
    for seed in range(SERIES // 3):
        series = healthy(seed)
        PLANTED[check](series)
        if series.found() != {check}:
            wrong[seed] = series.found()
    assert wrong == {}  # 50 of 50


@pytest.mark.parametrize("plant", [looping_draft, looping_step])
def test_loops_are_found_unless_a_person_decided_meanwhile(plant):
    for seed in range(30):
        series = healthy(seed)
        plant(series)
        assert series.found() == {"trend-loop"}
        series.say("decision.taken", "r-0", "AUDIT")
        series.say("decision.taken", "r-x", "AUDIT")
        assert series.found() == set()


@pytest.mark.parametrize(
    ("rest", "after"),
    [
        ("run.finished", "node.finished"),
        ("card.shown", "task.paused"),
        ("task.cancelled", "run.rewound"),
        ("run.cancelled", "task.done"),
        ("run.finished", "finding.opened"),
    ],
)
def test_who_rests_does_not_hang_whatever_is_told_of_it_afterwards(rest, after):
    series = healthy(1)
    series.projects["r-x"] = "p-x"
    series.say("node.started", "r-x", node="build")
    series.say(rest, "r-x")
    series.say(after, "r-x")
    assert series.found(later=100_000) == set()


def test_a_hang_stays_a_finding_though_it_was_told():
    series = healthy(1)
    hanging(series)
    run = series.events[-1].run
    for _ in range(3):
        assert series.found() == {"trend-hang"}
        series.say("finding.opened", run, "AUDIT")
    series.say("draft.examined", run, accepted=True)
    assert series.found() == set()


def test_the_run_after_a_cancelled_one_is_no_second_one_in_its_project():
    series = healthy(1)
    series.projects |= {"r-x": "p-x", "r-y": "p-x"}
    series.say("node.started", "r-x", node="intake")
    series.say("run.cancelled", "r-x")
    series.say("node.started", "r-y", node="intake")
    assert series.found() == set()


def test_a_crash_is_no_hang_and_repeating_an_unrecorded_effect_is_no_conflict():
    series = healthy(1)
    series.projects["r-x"] = "p-x"
    series.say("node.started", "r-x", node="build")
    series.say("effect.performed", "r-x", effect="e")
    series.say("engine.started")
    assert series.found(later=100_000) == set()
    series.say("node.started", "r-x", node="build")
    series.effect("r-x", "e")
    series.say("run.finished", "r-x", "TASK")
    assert series.found() == set()


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.floats(80, 800), st.floats(0, 60), st.integers(GROWTH_SAMPLES, 300))
def test_memory_that_goes_up_and_down_is_healthy_and_memory_that_only_grows_is_found(seed, base, noise, samples):
    dice = random.Random(seed)
    level = [base + dice.uniform(-noise, noise) for _ in range(samples)]
    assert not list(memory_growth([Moment(at, value) for at, value in enumerate(level)]))
    warm = [value - base * 0.5 * (at < 5) for at, value in enumerate(level)]  # the first minutes fill caches
    assert not list(memory_growth([Moment(at, value) for at, value in enumerate(warm)]))
    growth = 2 * base + 600
    grown = [Moment(at, value + growth * at / samples) for at, value in enumerate(level)]
    assert [finding.check for finding in memory_growth(grown)] == ["trend-memory"]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["node.started", "draft.examined", "call.finished", "effect.performed", "x"]),
            st.sampled_from(["", "r-1", "r-2"]),
            st.dictionaries(
                st.sampled_from(["node", "seconds", "findings", "effect", "model"]),
                st.none() | st.integers() | st.text(max_size=3),
                max_size=3,
            ),
        ),
        max_size=60,
    )
)
def test_no_series_breaks_the_trends(events):
    series = [Seen(float(at), "INFO", name, run, "", data) for at, (name, run, data) in enumerate(events)]
    for finding in over_events(series, 10.0**9, {"r-1": "p", "r-2": "p"}):
        for locale in LOCALES:
            assert finding.what.text(locale)
            assert finding.action.text(locale)
