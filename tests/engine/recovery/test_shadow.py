"""A shadow holds everything that is true in a data folder, and nothing of whoever works there."""

from __future__ import annotations

import os
import socket
import sqlite3
import sys
import threading
import uuid
from contextlib import closing

import pytest

from core.errors import StorageError
from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import Finished, RunDriver
from engine.person import Nobody
from engine.recovery.databases import CANARY, databases
from engine.recovery.shadow import make_shadow, truth_digest

EVENT = "INSERT INTO events SELECT max(seq) + 1, 0, 'HEALTH',"
OPTIONS = {"out": "out", "target": None, "attachments": []}


def rows(path, query):
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(query).fetchall()
        connection.commit()
        return found


async def test_a_shadow_is_as_true_as_its_original_and_works_on_its_own(lived_in, tmp_path):
    before = truth_digest(lived_in)
    shadow = make_shadow(lived_in, tmp_path / "shadow")
    assert truth_digest(shadow) == before == truth_digest(lived_in)
    async with open_engine(shadow, team="demo") as engine:
        project = (await engine.archive.projects())[0].project
        driver = RunDriver(engine)
        run = await driver.create(project, "What can you do?", OPTIONS, {}, locale="en", team="demo")
        assert await driver.drive(run, Nobody()) == Finished("answered")
    assert truth_digest(shadow) != before
    assert truth_digest(lived_in) == before


async def test_a_shadow_can_be_made_while_an_engine_works(lived_in, tmp_path):
    async with open_engine(lived_in, team="demo") as engine:
        project = (await engine.archive.projects())[0].project
        stop = threading.Event()
        made = []

        def copy_again_and_again():
            while not stop.is_set():
                made.append(make_shadow(lived_in, tmp_path / str(uuid.uuid4())))

        copier = threading.Thread(target=copy_again_and_again)
        copier.start()
        try:
            for number in range(3):
                driver = RunDriver(engine)
                run = await driver.create(project, f"Question {number}?", OPTIONS, {}, locale="en", team="demo")
                assert await driver.drive(run, Nobody()) == Finished("answered")
        finally:
            stop.set()
            copier.join()
    assert len(made) > 2
    for shadow in made:
        for path in (path for path in databases(shadow) if path.exists()):
            assert rows(path, "PRAGMA integrity_check") == [("ok",)]
        told = rows(shadow.journal, "SELECT run FROM events WHERE name = 'effect.recorded'")
        assert len(told) <= rows(shadow.ledger, "SELECT count(*) FROM effects WHERE result IS NOT NULL")[0][0]
        heard = {run for (run,) in rows(shadow.journal, "SELECT run FROM events WHERE name = 'message.received'")}
        assert heard <= {run for (run,) in rows(shadow.database, "SELECT run FROM runs")}
    last = make_shadow(lived_in, tmp_path / "last")
    assert truth_digest(last) == truth_digest(lived_in)


def test_what_belongs_to_the_working_process_stays_behind(lived_in, tmp_path):
    for name in ("engine.json", "health.json", "keys.vault", "runs/r-1.request", "builds/left.txt", "x.part"):
        (lived_in.root / name).write_text("here only", encoding="utf-8")
    (lived_in.root / "mine.txt").write_text("kept", encoding="utf-8")
    if sys.platform != "win32":
        (lived_in.root / "elsewhere").symlink_to(tmp_path)
        with socket.socket(socket.AF_UNIX) as server:
            here = os.getcwd()  # noqa: PTH109 - the address of a socket must be short
            os.chdir(lived_in.root)
            server.bind("door")
            os.chdir(here)
    shadow = make_shadow(lived_in, tmp_path / "shadow")
    names = {path.relative_to(shadow.root).as_posix() for path in shadow.root.rglob("*")}
    assert "mine.txt" in names
    assert not names & {
        "engine.json",
        "health.json",
        "keys.vault",
        "runs/r-1.request",
        "builds/left.txt",
        "x.part",
        "elsewhere",
    }
    assert not names & {"door", "multicoder.lock"}


def test_a_shadow_inside_its_original_does_not_copy_itself(lived_in):
    shadow = make_shadow(lived_in, lived_in.builds / "drill")
    assert not (shadow.builds / "drill").exists()
    beside = make_shadow(lived_in, lived_in.root / "drill")
    assert not (beside.root / "drill").exists()
    assert truth_digest(beside) == truth_digest(shadow) == truth_digest(lived_in)


def test_a_shadow_is_never_made_over_something(lived_in, tmp_path):
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow" / "mine").touch()
    with pytest.raises(StorageError) as caught:
        make_shadow(lived_in, tmp_path / "shadow")
    assert caught.value.code == "shadow-not-empty"


def test_truth_does_not_depend_on_how_a_file_is_laid_out(lived_in):
    before = truth_digest(lived_in)
    for path in databases(lived_in):
        if path.exists():
            rows(path, "VACUUM")
            rows(path, "PRAGMA wal_checkpoint(TRUNCATE)")
    (lived_in.root / "logs" / "more.log").write_text("said", encoding="utf-8")
    lived_in.lock.write_text("1234", encoding="utf-8")
    (lived_in.runs / "r-1.request").write_text("pause", encoding="utf-8")
    assert truth_digest(lived_in) == before


@pytest.mark.parametrize(
    ("database", "change"),
    [
        ("multicoder.db", "UPDATE messages SET text = CAST('another' AS BLOB) WHERE position = 1"),
        ("multicoder.db", "DELETE FROM messages WHERE position = 2"),
        ("multicoder.db", "UPDATE blobs SET packed = zeroblob(9)"),
        ("checkpoints.db", "DELETE FROM writes WHERE rowid = 1"),
        ("ledger.db", "UPDATE spend SET cost_usd = cost_usd + 0.000001"),
        ("ledger.db", "INSERT INTO effects VALUES ('r/1/x', 'x', 'r', '', 0, 0, 'null', '1')"),
        ("journal.db", f"{EVENT} 'x', '', '', 'none', '{{}}', x'00' FROM events"),
    ],
)
def test_every_changed_row_changes_the_truth(lived_in, database, change):
    before = truth_digest(lived_in)
    rows(lived_in.root / database, change)
    assert truth_digest(lived_in) != before


@pytest.mark.parametrize("place", ["projects", "backups", "journal", "providers.toml", "settings.toml"])
def test_every_changed_file_changes_the_truth(lived_in, place):
    before = truth_digest(lived_in)
    file = lived_in.root / place
    if place == "projects":
        file = next(file for file in sorted(lived_in.projects.rglob("*")) if file.is_file())
    elif "." not in place:
        file.mkdir()
        file /= "x"
    file.write_bytes(b"# another content\n")
    assert truth_digest(lived_in) != before


def test_canaries_of_the_health_board_are_no_truth(lived_in):
    before = truth_digest(lived_in)
    rows(lived_in.ledger, f"INSERT INTO effects VALUES ('{CANARY}/1', 'x', 'r', '', 0, 0, 'null', '1')")
    rows(lived_in.database, f"INSERT INTO projects VALUES (NULL, '{CANARY}', x'00', 0, x'00', 'en', x'00')")
    rows(lived_in.journal, f"{EVENT} '{CANARY}', '', '', 'none', '{{}}', x'00' FROM events")
    assert truth_digest(lived_in) == before


def test_an_empty_data_folder_has_a_shadow_too(tmp_path):
    bare = Home(tmp_path / "bare")
    bare.prepare()
    assert truth_digest(make_shadow(bare, tmp_path / "shadow")) == truth_digest(bare)


def test_a_database_that_cannot_be_read_is_told(lived_in, tmp_path):
    lived_in.ledger.write_bytes(b"no database " * 999)
    with pytest.raises(StorageError):
        truth_digest(lived_in)
    with pytest.raises(StorageError):
        make_shadow(lived_in, tmp_path / "shadow")
