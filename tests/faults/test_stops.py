"""Pause, cancel and budget on the real process: visible within a second, nothing left running, the run goes on."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.program import Program
from tests.faults.stand import PRICES, differences, processes_naming, wait_for

if TYPE_CHECKING:
    from tests.faults.stand import Stand, Trial

ONE_TURN = ("Make a loud word counter",)
SECOND = 1.0


@pytest.fixture
def trial(stand: Stand) -> Trial:
    return stand.trial(turns=ONE_TURN)


def multicoder(trial: Trial, *arguments: str) -> Program:
    environ = {"MULTICODER_BASE_URL": trial.server.url, "MULTICODER_MODEL": "gpt-test"}
    return Program(trial.home.root, *arguments, **environ)


def begun(trial: Trial, *more: str) -> Program:
    return multicoder(
        trial,
        "run",
        ONE_TURN[0],
        "--out",
        str(trial.out),
        "--target",
        "source",
        "--yes",
        "--json",
        "--web",
        "off",
        *more,
    )


def resumed(trial: Trial, *more: str) -> None:
    with multicoder(trial, "resume", "--yes", "--json", *more) as program:
        assert program.end() == 0, program.errors


def run_id(program: Program) -> str:
    return str(program.events("message.received")[0][1]["run"])


def nothing_runs(trial: Trial) -> None:
    wait_for(lambda: not processes_naming(str(trial.home.root)), SECOND)


@pytest.mark.slow
def test_a_pause_breaks_a_hanging_call_off_and_the_run_goes_on(stand: Stand, trial: Trial):
    expected, _ = stand.undisturbed(turns=ONE_TURN)
    with stand.server.fault("hang-PlanAnswer"), begun(trial) as program:
        program.await_event("call.started", call="architect.plan")
        with multicoder(trial, "run", "Another task", "--out", str(trial.out), "--yes") as other:
            assert other.end() == 9
            assert str(program.process.pid) in other.errors
        asked = program.interrupt()
        done, _ = program.await_event("run.pause_done", seconds=5)
        assert done - asked < SECOND
        assert program.end(5) == 130
    nothing_runs(trial)
    resumed(trial)
    assert not differences(trial.facts(), expected)


@pytest.mark.slow
def test_a_pause_ends_a_hanging_test_run_and_the_run_goes_on(stand: Stand, trial: Trial):
    with stand.server.fault("sleep-tests") as fault, begun(trial) as program:
        fault.write_text(str(time.time() + 12), encoding="utf-8")
        program.await_event("effect.started", kind="test-run")
        wait_for(lambda: processes_naming(str(trial.home.builds)), 10)
        asked = program.interrupt()
        done, _ = program.await_event("run.pause_done", seconds=5)
        assert done - asked < SECOND
        assert program.end(5) == 130
    nothing_runs(trial)
    resumed(trial)
    facts = trial.facts()
    assert facts.outcomes == ["delivered"]
    assert [number for number, *_ in facts.versions] == [1]
    assert len(facts.commits) == len(set(facts.commits))


@pytest.mark.parametrize("fault", [pytest.param("hang-PlanAnswer", marks=pytest.mark.slow), "sleep-tests"])
def test_a_cancel_from_another_process_ends_the_run(stand: Stand, trial: Trial, fault: str):
    with stand.server.fault(fault) as file, begun(trial) as program:
        if fault == "sleep-tests":
            file.write_text(str(time.time() + 600), encoding="utf-8")
            program.await_event("effect.started", kind="test-run")
            wait_for(lambda: processes_naming(str(trial.home.builds)), 10)
        else:
            program.await_event("call.started", call="architect.plan")
        with multicoder(trial, "cancel", run_id(program)) as canceller:
            assert canceller.end() == 0, canceller.errors
        posted = canceller.lines[0][0]
        done, _ = program.await_event("run.cancel_done", seconds=5)
        assert done - posted < SECOND
        assert program.end(5) == 130
    nothing_runs(trial)
    facts = trial.facts()
    assert facts.outcomes == ["cancelled"]
    assert facts.placed == []
    with multicoder(trial, "resume") as program:
        assert program.end() == 2


def priced(trial: Trial, usd_per_million: float) -> None:
    trial.home.prepare()
    trial.home.providers.write_text(PRICES.format(url=trial.server.url, price=usd_per_million), encoding="utf-8")


def spent(trial: Trial) -> float:
    return float(trial.rows("SELECT coalesce(sum(cost_usd), 0) FROM spend")[0][0])


@pytest.mark.slow
def test_a_budget_stops_before_the_call_that_would_pass_it(stand: Stand, trial: Trial):
    expected, _ = stand.undisturbed(turns=ONE_TURN)
    priced(trial, 1.0)  # the architect's answer alone may take 16,000 tokens, which is 0.016 dollars
    mark = stand.server.mark()
    environ = Path(trial.home.root)
    arguments = ("run", ONE_TURN[0], "--out", str(trial.out), "--target", "source", "--yes", "--json", "--web", "off")
    with Program(environ, *arguments, "--budget", "0.01") as program:
        assert program.end() == 3, program.errors
        assert program.events("node.held")[0][1]["data"]["code"] == "budget"
        started = [event["data"]["call"] for _, event in program.events("call.started")]
    assert started == ["router.route", "judge.request"]
    assert len(stand.server.since(mark)) == 2
    assert 0 < spent(trial) <= 0.01
    with Program(environ, "resume", "--budget", "5", "--yes", "--json") as program:
        assert program.end() == 0, program.errors
    assert trial.facts().tree == expected.tree
    assert trial.facts().versions == expected.versions


@pytest.mark.parametrize("number", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in range(2, 21))])
def test_a_model_that_never_comes_to_an_end_is_stopped(stand: Stand, trial: Trial, number: int):
    priced(trial, 1.0)
    cap = 0.02 * number
    with stand.server.fault("endless"):
        death = trial.start(caps={"usd": cap, "calls": 10 + 3 * number}, environ={})
    assert death.code == 0
    assert "waiting" in trial.output()
    assert spent(trial) <= cap
    assert trial.rows("SELECT count(*) FROM spend")[0][0] <= 10 + 3 * number
    assert trial.facts().outcomes == [""]
