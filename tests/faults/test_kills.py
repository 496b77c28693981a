"""kill -9 at node boundaries and inside effects: the run goes on by itself to the same result, nothing is doubled."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.faults.stand import commands_naming, differences, processes_naming, wait_for

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from tests.faults.stand import Facts, Stand, Trial

INSIDE = ["effect.performed", "card.shown", "artifact.delivered", "run.finished"]
"""Events at which killing hurts most; the others are shared out between the tests."""

ORPHAN_SECONDS = 5.0
"""What ran in the sandbox dies with the engine; a job that was just being started ends by itself."""


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print a summary line even when the test passes."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say


def kill_at_random(trial: Trial, kills: int, dice: random.Random, *, after_ack: bool) -> None:
    """Kill the engine at moments nobody chose, then let it come through."""
    for _ in range(kills):
        when = {"after_ack": dice.uniform(0, 50)} if after_ack else {"after_start": dice.uniform(20, 1500)}
        if not trial.start(**when).killed:
            break
        trial.check_after_death()
    assert trial.finish().outcomes


def chain(trial: Trial, **kill: object) -> None:
    """Kill the engine at one wanted event after the other, until it comes through."""
    builds = str(trial.home.builds)
    while (death := trial.start(**kill)).killed:
        trial.check_after_death()
        if trial.deaths % 2:  # every other time the product itself is the first to open what was left
            trial.check_integrity()
        wait_for(lambda: not processes_naming(builds), ORPHAN_SECONDS, lambda: commands_naming(builds))
    assert death.code == 0, trial.output()


def compare(trial: Trial, expected: tuple[Facts, Counter[str]]) -> str:
    """Check a trial that came through against the undisturbed one and return its summary."""
    facts, prompts = expected
    found, asked = trial.facts(), trial.prompts()
    trial.check_integrity()
    assert not differences(found, facts), "\n".join(differences(found, facts))
    assert set(asked) == set(prompts), "a killed run asked what an undisturbed one does not ask"
    extra, flying = asked.total() - prompts.total(), trial.in_flight()
    assert extra <= flying, f"{extra} calls were paid again, {flying} were in flight"
    assert max(facts.approved) == 1
    assert not [name for name in found.placed if ".part" in name or ".multicoder-" in name]
    return f"{trial.deaths} kills, {extra} calls paid again ({flying} in flight), 0 differences"


@pytest.mark.slow
def test_killed_at_dangerous_moments_it_ends_the_same(stand: Stand, tell):
    expected = stand.undisturbed()
    trial = stand.trial()
    chain(trial, names=INSIDE, share=[0, 23])
    tell(f"kill -9 at dangerous moments: {compare(trial, expected)}")
    assert trial.deaths >= 40


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_killed_at_every_event_it_ends_the_same(stand: Stand, tell, part: int):
    expected = stand.undisturbed()
    trial = stand.trial()
    chain(trial, share=[part, 4])
    tell(f"kill -9 at every event, part {part}: {compare(trial, expected)}")
    assert trial.deaths >= 50


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_killed_at_random_moments_it_ends_the_same(stand: Stand, tell, seed: int):
    expected = stand.undisturbed()
    dice, kills = random.Random(seed), 0
    while kills < 8:  # a run may come through between two moments: then the next one takes its place
        trial = stand.trial()
        with stand.server.fault("slow"):
            kill_at_random(trial, 25, dice, after_ack=bool(seed % 2))
        tell(f"kill -9 at random moments, seed {seed}: {compare(trial, expected)}")
        kills += trial.deaths


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_demo_team_killed_inside_its_effects_delivers_the_same_program(stand: Stand, tell):
    demo = {"turns": ("Count the words of a text",), "team": "demo", "target": "exe"}
    facts, _ = stand.undisturbed(**demo)
    trial = stand.trial(**demo)
    chain(trial, names=["effect.performed", "build.started", "smoke.started", "run.finished"], seconds=300)
    found = trial.facts()
    # Built in a folder of its own, an executable is not the same to the last byte.
    for one in (facts, found):
        assert [number for number, *_ in one.versions] == [1]
    assert not differences(replace(found, versions=[]), replace(facts, versions=[]))
    trial.check_integrity()
    tell(f"kill -9 of the demo team: {trial.deaths} kills")
    assert trial.deaths >= 8
