"""Rewind: state and files as they were at a step, what follows is done anew, nothing of the other version is lost."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

import pytest

from engine.steps import read_steps
from graph.checkpoints import KEPT_STEPS
from memory.archive import SqliteArchive
from tests.faults.stand import TURNS

if TYPE_CHECKING:
    from engine.steps import Step
    from tests.faults.stand import Stand, Trial

FIRST_DRAFTS = {"commit:tests", "commit:module"}
"""Commits that exist when the tests are run for the first time."""


def steps_of(trial: Trial, turn: int) -> list[Step]:
    async def read() -> list[Step]:
        archive = SqliteArchive(trial.home.database)
        try:
            record = (await archive.runs())[turn]
        finally:
            archive.close()
        return await read_steps(trial.home, record)

    return asyncio.run(read())


def step_before(trial: Trial, node: str, turn: int = 0) -> int:
    """The first step of a turn after which `node` comes."""
    return next(step.number for step in steps_of(trial, turn) if node in step.nodes)


def rewound(trial: Trial, step: int, turn: int = 0) -> None:
    assert trial.start(rewind=[turn, step]).code == 0, trial.output()


SLOW = [
    pytest.param(node, marks=pytest.mark.slow) for node in ("intake", "architect", "dispatch", "paranoid_test", "build")
]


@pytest.mark.parametrize("node", ["approve", *SLOW])
def test_a_rewound_run_delivers_again_beside_the_first_version(stand: Stand, node: str):
    trial = stand.trial(turns=TURNS[:1])
    first = trial.finish()
    (artifact,) = [path for path in trial.out.iterdir() if path.is_file()]
    bytes_before = artifact.read_bytes()

    rewound(trial, step_before(trial, node))
    back = trial.facts()
    assert back.outcomes == [""]
    assert back.messages == first.messages
    if node == "build":
        assert back.tree == first.tree
    elif node == "paranoid_test":
        assert "tests/test_attack_empty.py" not in back.tree
        assert "len(text)" in back.tree["words.py"]
        assert {effect.split("/")[2] for effect in back.commits} == FIRST_DRAFTS
    else:
        assert back.tree == {}

    again = trial.finish()
    assert again.outcomes == ["delivered"]
    assert again.tree == first.tree
    assert artifact.read_bytes() == bytes_before
    assert [number for number, *_ in again.versions] == [1, 2]
    for _, sha256, name in again.versions:
        assert hashlib.sha256((trial.out / name).read_bytes()).hexdigest() == sha256
    assert len({name for *_, name in again.versions}) == 2
    trial.check_integrity()


@pytest.mark.slow
def test_a_rewound_change_keeps_the_version_it_started_from(stand: Stand):
    trial = stand.trial()
    first = trial.finish()
    rewound(trial, step_before(trial, "dispatch", turn=2), turn=2)
    assert "!" not in trial.facts().tree["shout.py"]
    again = trial.finish()
    assert again.outcomes == first.outcomes
    assert again.tree == first.tree
    assert [number for number, *_ in again.versions] == [1, 2, 3]


@pytest.mark.slow
def test_checkpoints_stay_few_and_decisions_can_still_be_gone_back_to(stand: Stand):
    questions = tuple(f"How do I start it, part {number}?" for number in range(30))
    trial = stand.trial(turns=(TURNS[0], *questions, TURNS[2]))
    facts = trial.finish()
    assert facts.outcomes == ["delivered", *["answered"] * len(questions), "delivered"]
    kept = trial.rows("SELECT count(*) FROM checkpoints", "checkpoints.db")[0][0]
    decisions = [step.nodes for step in steps_of(trial, 0)]
    for card in ("clarify", "approve", "plan_review", "code_review"):
        assert (card,) in decisions
    # Each turn keeps its first step for good, the first one its four decisions as well.
    assert kept <= KEPT_STEPS + len(trial.turns) + len(decisions)
    newest = len(trial.turns) - 1
    rewound(trial, step_before(trial, "plan_review", newest), newest)
    assert "!" not in trial.facts().tree["shout.py"]
    again = trial.finish()
    assert again.outcomes == facts.outcomes
    assert again.tree == facts.tree
