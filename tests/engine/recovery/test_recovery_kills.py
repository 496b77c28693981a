"""Killed between any two steps: the old state works or the new one, never neither."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import sys
import traceback
from contextlib import closing

import pytest
from damage import contents, harm, rows, spending

from core.paths import Home
from engine.recovery.databases import databases, examine
from engine.recovery.restore import recover
from engine.recovery.sets import damaged_files, make_set, read_sets, superfluous
from memory.migrations import SCHEMA_FOLDER, open_database

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")

STEPS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect", "shutil.copyfile"})
"""What changes something on the disk, or is about to."""


def killed_before_step(work, number: int) -> bool:
    """Do `work` in a process of its own that is killed before its step `number`; False when it ended before."""
    child = os.fork()
    if child == 0:
        left = [number]

        def count(event: str, arguments: tuple[object, ...]) -> None:
            reading = event == "open" and isinstance(arguments[2], int) and not arguments[2] & (os.O_WRONLY | os.O_RDWR)
            if event in STEPS and not reading:
                left[0] -= 1
                if left[0] < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        try:
            sys.addaudithook(count)
            work()
        except BaseException:  # noqa: BLE001 - it must not go on as a second test process
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.fixture(params=[4, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "all"])
def stride(request) -> int:
    """Every how many steps there is a kill."""
    return request.param


def kill_at_every_step(prepare, work, check, stride: int = 1) -> int:
    """Return before which step it could no longer be killed."""
    for number in range(0, 1000, stride):
        home = prepare(number)
        if not killed_before_step(lambda: work(home), number):  # noqa: B023 - used at once
            check(home)
            return number
        check(home)
    raise AssertionError("it never came to its end")


@pytest.fixture
def fresh(tmp_path, one_life):
    """Copies of a lived-in data folder, one per kill."""

    def copy(number: int) -> Home:
        shutil.rmtree(tmp_path / "home", ignore_errors=True)
        left_out = shutil.ignore_patterns("builds", "logs", "projects")
        return Home(shutil.copytree(one_life.root, tmp_path / "home", ignore=left_out))

    return copy


def test_a_killed_backup_leaves_the_older_sets_and_no_half_one(stride, fresh):
    def prepare(number):
        home = fresh(number)
        make_set(home, "older")
        return home

    def check(home):
        sets = read_sets(home)
        assert len(sets) in {1, 2}
        assert [damaged_files(backup) for backup in sets] == [[]] * len(sets)
        assert damaged_files(make_set(home, "again")) == []
        assert not list(home.backups.glob("*.part"))

    assert kill_at_every_step(prepare, lambda home: make_set(home, "newer"), check, stride) >= 15


@pytest.mark.parametrize(
    "names",
    [
        ("ledger.db",),
        pytest.param(("multicoder.db", "journal.db"), marks=pytest.mark.slow),
        pytest.param(("checkpoints.db", "tasks.db"), marks=pytest.mark.slow),
    ],
)
def test_a_killed_restore_goes_on_at_the_next_start(stride, fresh, names):
    remembered = {}

    def prepare(number):
        home = fresh(number)
        remembered["before"] = contents(home)
        make_set(home, "good")
        for name in names:
            harm(home.root / name, "pages")
        return home

    def check(home):
        recover(home)
        assert contents(home) == remembered["before"]
        assert {file.name for file in home.damaged.glob("*/*.db")} == set(names)
        assert [examine(path) for path in databases(home)] == [""] * 6
        assert recover(home) != []  # nobody was told yet

    kills = kill_at_every_step(prepare, recover, check, stride)
    assert kills >= 12


@pytest.mark.slow
def test_a_killed_restore_after_losses_ends_as_an_undisturbed_one(stride, grown_once, tmp_path):
    undisturbed = Home(shutil.copytree(grown_once.home.root, tmp_path / "undisturbed"))
    harm(undisturbed.database, "empty")
    told = [(one.file, one.backup, one.missing) for one in recover(undisturbed)]
    expected = contents(undisturbed)

    def prepare(number):
        shutil.rmtree(tmp_path / "home", ignore_errors=True)
        left_out = shutil.ignore_patterns("builds", "logs", "projects")
        home = Home(shutil.copytree(grown_once.home.root, tmp_path / "home", ignore=left_out))
        harm(home.database, "empty")
        return home

    def check(home):
        assert [(one.file, one.backup, one.missing) for one in recover(home)] == told
        assert contents(home) == expected
        assert spending(home) == spending(undisturbed)

    assert kill_at_every_step(prepare, recover, check, stride) >= 15


def test_a_killed_migration_leaves_the_old_archive_or_the_new_one(stride, fresh, tmp_path):
    schema = tmp_path / "schema"
    shutil.copytree(SCHEMA_FOLDER, schema)
    known = len(list(schema.glob("*.sql")))
    (schema / "0098_next.sql").write_text("CREATE TABLE things (a INTEGER PRIMARY KEY, b TEXT) STRICT;", "utf-8")
    (schema / "0099_after.sql").write_text("ALTER TABLE things ADD COLUMN c TEXT;", "utf-8")

    def migrate(home):
        make_set(home, "migration")
        open_database(home.database, schema).close()

    def check(home):
        assert examine(home.database) == ""
        (version,) = rows(home.database, "PRAGMA user_version")[0]
        assert version in {known, known + 1, known + 2}
        kept = rows(home.database, "SELECT run FROM runs")
        with closing(open_database(home.database, schema)) as connection:
            assert connection.execute("SELECT run FROM runs").fetchall() == kept != []
            assert connection.execute("PRAGMA user_version").fetchone() == (known + 2,)
        if version > known:
            (backup,) = read_sets(home)
            assert backup.files["multicoder.db"].schema == known
            assert damaged_files(backup) == []

    assert kill_at_every_step(fresh, migrate, check, stride) >= 20


@pytest.mark.slow
def test_a_killed_pruning_never_takes_the_last_good_sets(stride, fresh):
    def prepare(number):
        home = fresh(number)
        for age in (40, 39, 38, 37):
            make_set(home, "old", now=1_700_000_000.0 - age * 86400)
        return home

    def prune(home):
        from engine.recovery.sets import remove_set  # noqa: PLC0415 - only the child needs it

        for backup in superfluous(home, 2, 1_800_000_000.0):
            remove_set(backup)

    def check(home):
        sets = read_sets(home)
        assert [backup.number for backup in sets[:2]] == [4, 3]
        assert [damaged_files(backup) for backup in sets] == [[]] * len(sets)

    assert kill_at_every_step(prepare, prune, check, stride) >= 8


def test_rows_survive_a_kill_in_the_middle_of_a_copy_that_is_under_way(fresh):
    """The source of a copy is opened for reading only: whatever happens to the copier does not touch it."""
    home = fresh(0)
    before = contents(home)
    for number in range(12):
        killed_before_step(lambda: make_set(home, "newer"), number)
        for path in databases(home):
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert contents(home) == before
