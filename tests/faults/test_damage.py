"""Damaged databases: told clearly, left as they are, never started empty over what was lost."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from engine.recovery.sets import make_set
from tests.faults.program import Program
from tests.faults.stand import DATABASES, tree_digest
from tests.sampling import sampled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.stand import Stand, Trial

ONE_TURN = ("How do I start?",)
DAMAGES = ("garbage", "truncated", "empty")


@pytest.fixture(scope="module")
def worked_in(stand: Stand) -> Trial:
    """A data folder in which one question was answered."""
    trial = stand.trial(turns=ONE_TURN)
    assert trial.finish().outcomes == ["answered"]
    return trial


def damage(file: Path, kind: str) -> None:
    for beside in (file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        beside.unlink(missing_ok=True)
    data = file.read_bytes()
    file.write_bytes({"garbage": b"no database at all " * 999, "truncated": data[: len(data) // 3], "empty": b""}[kind])


@pytest.mark.parametrize(("database", "kind"), sampled(3, DATABASES, DAMAGES))
def test_a_damaged_database_is_put_back_from_the_backup_and_work_goes_on(
    stand: Stand, worked_in: Trial, database: str, kind: str
):
    trial = stand.trial(turns=(*ONE_TURN, "And now?"))
    shutil.copytree(worked_in.home.root, trial.home.root)
    make_set(trial.home, "scheduled")
    damage(trial.home.root / database, kind)
    damaged = (trial.home.root / database).read_bytes()
    facts = trial.finish()
    assert facts.outcomes == ["answered", "answered"]
    assert facts.messages[: len(worked_in.facts().messages)] == worked_in.facts().messages
    (kept,) = trial.home.damaged.glob(f"*/{database}")
    assert kept.read_bytes() == damaged
    told = trial.rows("SELECT data FROM events WHERE name = 'recovery.restored'", "journal.db")
    assert [json.loads(data)["file"] for (data,) in told] == [database]
    trial.check_integrity()


@pytest.mark.parametrize(("database", "kind"), sampled(3, DATABASES, DAMAGES))
def test_a_damaged_database_is_told_and_left_alone(stand: Stand, worked_in: Trial, database: str, kind: str):
    trial = stand.trial(turns=(*ONE_TURN, "And now?"))
    shutil.copytree(worked_in.home.root, trial.home.root)
    file = trial.home.root / database
    damage(file, kind)
    before, projects = file.read_bytes(), tree_digest(trial.home.projects)
    death = trial.start()
    assert death.code == 1, trial.output()
    assert "StorageError" in trial.output()
    assert database in trial.output()
    assert file.read_bytes() == before
    assert tree_digest(trial.home.projects) == projects


@pytest.mark.parametrize(("database", "kind"), [("multicoder.db", "empty"), ("ledger.db", "garbage")])
def test_the_command_line_says_what_is_damaged_and_what_to_do(stand: Stand, worked_in: Trial, database: str, kind: str):
    trial = stand.trial()
    shutil.copytree(worked_in.home.root, trial.home.root)
    damage(trial.home.root / database, kind)
    with Program(trial.home.root, "run", "Anything", "--team", "demo", "--out", str(trial.out)) as program:
        assert program.end() == 8
    assert database in program.errors
    assert "backup" in program.errors
    assert "Traceback" not in program.errors


def test_a_checkpoint_file_that_was_moved_away_costs_positions_only(stand: Stand, worked_in: Trial):
    trial = stand.trial(turns=(*ONE_TURN, "And now?"))
    shutil.copytree(worked_in.home.root, trial.home.root)
    for file in trial.home.root.glob("checkpoints.db*"):
        file.unlink()
    assert trial.finish().outcomes == ["answered", "answered"]


def test_a_first_start_that_was_cut_off_is_no_loss(stand: Stand):
    trial = stand.trial(turns=ONE_TURN)
    trial.home.prepare()
    for name in DATABASES[1:]:  # the archive is made aside and renamed: empty it is always damage
        (trial.home.root / name).touch()
    assert trial.finish().outcomes == ["answered"]
