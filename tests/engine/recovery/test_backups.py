"""Backups: whole sets or none, proved when made and when read, never in the way, never the last good one dropped."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.errors import StorageError
from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import Finished, RunDriver
from engine.person import Nobody
from engine.recovery.backups import HOUR_SECONDS, Backups, back_up_before_update
from engine.recovery.databases import copy_into, databases, reading, table_digest, tables
from engine.recovery.invariants import BackupsFresh
from engine.recovery.sets import MANIFEST, damaged_files, make_set, read_sets, superfluous
from engine.recovery.worker import BACKUP_KIND, BackupWorker
from engine.tasks.task import Done, Task

if TYPE_CHECKING:
    from pathlib import Path

DATABASES = ("multicoder.db", "checkpoints.db", "ledger.db", "journal.db", "tasks.db", "documents.db")
OPTIONS = {"out": "out", "target": None, "attachments": []}
DAY = 24 * HOUR_SECONDS


def contents(path):
    with reading(path) as connection:
        return {table: table_digest(connection, table) for table in tables(connection)}


def names(backups):
    return {backup.name for backup in backups}


def flip(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


async def test_a_set_holds_every_database_as_it_was(lived_in, heard):
    made = await Backups(lived_in, heard, keep=3).back_up("by hand")
    assert set(made.files) == set(DATABASES)
    for path in databases(lived_in):
        assert contents(path) == contents(made.path(path.name))
        with closing(sqlite3.connect(path)) as connection:
            for table, rows in made.files[path.name].rows.items():
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (rows,)
            assert connection.execute("PRAGMA user_version").fetchone() == (made.files[path.name].schema,)
    with closing(sqlite3.connect(lived_in.journal)) as connection:
        assert made.sequence == connection.execute("SELECT max(seq) FROM events").fetchone()[0]
    assert damaged_files(made) == []
    assert made.name.endswith("-by-hand")
    assert heard.names() == ["backup.made"]


async def test_a_set_is_found_again_as_it_was_published(lived_in, heard):
    backups = Backups(lived_in, heard, keep=3)
    made = [await backups.back_up(reason) for reason in ("scheduled", "migration", "ünïcode ../x")]
    assert await backups.list() == made[::-1]
    assert all(backup.folder.parent == lived_in.backups for backup in made)
    assert [path.name for path in lived_in.backups.iterdir() if path.name.endswith(".part")] == []


@pytest.mark.parametrize("file", DATABASES)
@pytest.mark.parametrize("harm", ["flip", "cut", "gone"])
async def test_a_set_that_was_harmed_later_is_not_good(lived_in, heard, file, harm):
    backups = Backups(lived_in, heard, keep=3)
    good, harmed = await backups.back_up("first"), await backups.back_up("second")
    target = harmed.path(file)
    if harm == "flip":
        flip(target, target.stat().st_size // 2)
    elif harm == "cut":
        target.write_bytes(target.read_bytes()[:-1])
    else:
        target.unlink()
    assert damaged_files(harmed) == [file]
    assert damaged_files(good) == []


async def test_documents_that_did_not_change_take_the_room_of_two_sets_and_never_share_a_file_in_a_row(lived_in, heard):
    backups = Backups(lived_in, heard, keep=9)
    made = [await backups.back_up("scheduled") for _ in range(4)]
    files = [one.path("documents.db").stat().st_ino for one in made]
    assert files[:2] == files[2:]
    assert files[0] != files[1]
    flip(made[3].path("documents.db"), 5_000)
    assert [damaged_files(one) for one in made] == [[], ["documents.db"], [], ["documents.db"]]
    await backups.back_up("scheduled")
    assert damaged_files((await backups.list())[0]) == []


async def test_what_has_no_readable_manifest_is_no_set(lived_in, heard):
    backups = Backups(lived_in, heard, keep=3)
    made = await backups.back_up("first")
    for number, text in enumerate(("", "{}", "[]", '{"format": 2}', '{"format": 1, "number": "x"}', "\ud800")):
        folder = lived_in.backups / f"odd-{number}"
        folder.mkdir()
        (folder / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
    (lived_in.backups / "empty").mkdir()
    (lived_in.backups / "file").touch()
    assert await backups.list() == [made]
    assert (await backups.back_up("second")).number == made.number + 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE messages SET text = CAST('another' AS BLOB) WHERE position = 1",
        "UPDATE blobs SET packed = zeroblob(length(packed))",
        "UPDATE runs SET outcome = 'delivered ' WHERE position = 1",
        "UPDATE versions SET sha256 = 'x'",
    ],
)
async def test_an_archive_with_a_changed_row_does_not_push_good_sets_out(lived_in, heard, change):
    backups = Backups(lived_in, heard, keep=2)
    good = [await backups.back_up("good") for _ in range(2)]
    with closing(sqlite3.connect(lived_in.database)) as connection:
        connection.execute(change)
        connection.commit()
    for _ in range(3):
        with pytest.raises(StorageError) as caught:
            await backups.back_up("scheduled")
        assert caught.value.code == "backup-refused"
        assert str(lived_in.database) == caught.value.facts["path"]
    assert await backups.list() == good[::-1]
    assert [event.name for event in heard if event.type == "ERROR"] == ["backup.refused"] * 3


@pytest.mark.parametrize("data", ["'{}'", "CAST(x'ff' AS TEXT)"])
async def test_a_journal_with_a_changed_row_is_refused(lived_in, heard, data):
    with closing(sqlite3.connect(lived_in.journal)) as connection:
        connection.execute("DROP TRIGGER events_fixed")
        connection.execute(f"UPDATE events SET data = {data} WHERE seq = 5")
        connection.commit()
    with pytest.raises(StorageError) as caught:
        await Backups(lived_in, heard, keep=2).back_up("scheduled")
    assert (caught.value.code, caught.value.facts["detail"]) == ("backup-refused", "events 5")


@pytest.mark.parametrize("file", DATABASES)
async def test_a_damaged_database_is_refused_and_named(lived_in, heard, file):
    good = await Backups(lived_in, heard, keep=2).back_up("good")
    path = lived_in.root / file
    data = bytearray(path.read_bytes())
    data[4096 : 4096 * 3] = os.urandom(4096 * 2)
    path.write_bytes(data)
    with pytest.raises(StorageError) as caught:
        await Backups(lived_in, heard, keep=2).back_up("scheduled")
    assert file in str(caught.value.facts["path"]) or caught.value.code == "storage"
    assert await Backups(lived_in, heard, keep=2).list() == [good]


async def test_backups_are_made_while_an_engine_works_and_show_one_moment(lived_in, heard):
    async with open_engine(lived_in, team="demo") as engine:
        backups = Backups(lived_in, engine.journal, keep=30)
        project = (await engine.archive.projects())[0].project
        slowest = [0.0]

        async def work():
            for number in range(4):
                driver = RunDriver(engine)
                run = await driver.create(project, f"Question {number}?", OPTIONS, {}, locale="en", team="demo")
                assert await driver.drive(run, Nobody()) == Finished("answered")

        async def tick():
            while True:
                begun = time.monotonic()
                await engine.archive.set_title(project, "words")
                slowest[0] = max(slowest[0], time.monotonic() - begun)
                await asyncio.sleep(0.001)

        working, ticking = asyncio.create_task(work()), asyncio.create_task(tick())
        made = []
        while not working.done():
            made.append(await backups.back_up("scheduled"))
        await working
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
    assert len(made) > 2
    assert slowest[0] < 2  # nobody waits for a backup; the bound is for a busy machine
    for backup in made:
        assert damaged_files(backup) == []
        with closing(sqlite3.connect(backup.path("multicoder.db"))) as archive:
            kept = {row[0] for row in archive.execute("SELECT run FROM runs")}
        with closing(sqlite3.connect(backup.path("journal.db"))) as journal:
            told = {row[0] for row in journal.execute("SELECT run FROM events WHERE name = 'message.received'")}
        assert told <= kept


def test_the_newest_stay_and_the_last_of_each_day_of_a_week(lived_in):
    now = 1_800_000_000.0
    made = [make_set(lived_in, "scheduled", now=now - days * DAY - hours * 3600)
            for days in (20, 9, 6, 5, 5, 1, 0) for hours in ((3, 2) if days == 5 else (0,))]  # fmt: skip
    dropped = {backup.number for backup in superfluous(lived_in, 2, now)}
    ages = {backup.number: (now - backup.at) / DAY for backup in made}
    stays = [ages[number] for number in ages if number not in dropped]
    assert all(age <= 7 for age in stays)
    assert {int((now - age * DAY) // DAY) for age in stays} == {int(b.at // DAY) for b in made if now - b.at <= 7 * DAY}
    assert {made[-1].number, made[-2].number}.isdisjoint(dropped)
    assert len(dropped) >= 4


async def test_nothing_is_dropped_while_fewer_than_two_good_ones_would_stay(lived_in, heard):
    backups = Backups(lived_in, heard, keep=2)
    old = time.time() - 30 * DAY
    first = [make_set(lived_in, "old", now=old + number) for number in range(3)]
    newer = make_set(lived_in, "newer")
    flip(newer.path("ledger.db"), 5000)
    await backups.back_up("newest")
    assert names(first) <= names(await backups.list())
    await backups.back_up("newest")
    assert names(first).isdisjoint(names(await backups.list()))
    assert heard.names().count("backup.dropped") == 4  # the damaged one as well


@pytest.mark.parametrize(("hours", "due"), [(5.9, False), (6.1, True), (-5.9, False), (-100.0, True)])
async def test_a_set_is_due_when_the_newest_is_old_or_from_the_future(lived_in, heard, hours, due):
    backups = Backups(lived_in, heard, keep=2, hours=6)
    now = time.time()
    assert backups.due(now)
    make_set(lived_in, "scheduled", now=now - hours * HOUR_SECONDS)
    assert backups.due(now) == due


async def test_sets_are_ordered_by_number_whatever_the_clock_said(lived_in, heard):
    backups = Backups(lived_in, heard, keep=5)
    made = [make_set(lived_in, "clock", now=at) for at in (2_000_000_000, 1_000_000_000, -5.0, 1_500_000_000)]
    assert await backups.list() == made[::-1]


async def test_the_worker_makes_one_set_and_says_which(lived_in, heard):
    class Calm:
        stopping = False

        def __init__(self):
            self.said = []

        def progress(self, fraction, step=""):
            self.said.append((fraction, step))

    control = Calm()
    worker = BackupWorker(Backups(lived_in, heard, keep=2))
    ended = await worker(Task("t-1", BACKUP_KIND, "Backup", data={"reason": "scheduled"}), control)
    assert isinstance(ended, Done)
    assert [backup.name for backup in read_sets(lived_in)] == [ended.result["set"]]
    assert {step for _, step in control.said} == set(DATABASES)
    assert all(0 <= before <= after <= 1 for (before, _), (after, _) in itertools.pairwise(control.said))


async def test_two_backups_at_once_wait_for_each_other(lived_in, heard):
    backups = Backups(lived_in, heard, keep=9)
    made = await asyncio.gather(*(backups.back_up("at once") for _ in range(4)))
    assert [backup.number for backup in await backups.list()] == [4, 3, 2, 1]
    assert len({backup.folder for backup in made}) == 4


def test_a_set_is_made_before_another_program_works_here(lived_in, tmp_path):
    assert back_up_before_update(Home(tmp_path / "nothing yet"), "1.0") is None
    first = back_up_before_update(lived_in, "1.0")
    assert (first.reason, first.program) == ("update", "1.0")
    assert back_up_before_update(lived_in, "1.0") is None
    assert back_up_before_update(lived_in, "1.1").number == first.number + 1
    assert [backup.program for backup in read_sets(lived_in)] == ["1.1", "1.0"]


@pytest.mark.parametrize("file", ["multicoder.db", "ledger.db", "checkpoints.db"])
def test_a_set_is_made_before_a_database_is_brought_to_a_newer_schema(lived_in, file):
    back_up_before_update(lived_in, "1.0")
    with closing(sqlite3.connect(lived_in.root / file)) as connection:
        connection.execute("PRAGMA user_version = 0")
    made = back_up_before_update(lived_in, "1.0")
    assert made.files[file].schema == 0


def test_nothing_is_brought_to_a_newer_schema_without_a_set(lived_in, small_disk):
    home = Home(small_disk / "home")
    shutil.copytree(lived_in.root, home.root)
    (small_disk / "filler").write_bytes(
        b"x" * (shutil.disk_usage(small_disk).free - 500_000)
    )  # SQLite itself needs a little
    assert back_up_before_update(home, "1.0") is None
    with closing(sqlite3.connect(home.ledger)) as connection:
        connection.execute("PRAGMA user_version = 0")
    with pytest.raises(StorageError) as caught:
        back_up_before_update(home, "1.0")
    assert caught.value.code == "backup-no-room"


async def test_the_invariant_misses_old_damaged_and_absent_sets(lived_in, heard):
    invariant = BackupsFresh(lived_in, lambda: 6.0)
    assert await invariant.find() == []  # a young engine has not made one yet
    impatient = BackupsFresh(lived_in, lambda: -1.0)
    assert [finding.what.message for finding in await impatient.find()] == ["invariant-backup-none"]
    old = make_set(lived_in, "old", now=time.time() - 13 * HOUR_SECONDS)
    assert [finding.what.message for finding in await invariant.find()] == ["invariant-backup-old"]
    fresh = make_set(lived_in, "fresh")
    assert await invariant.find() == []
    flip(fresh.path("multicoder.db"), 9000)
    found = await invariant.find()
    assert [finding.what.message for finding in found] == ["invariant-backup-damaged", "invariant-backup-old"]
    assert (found[0].subject, found[0].severity) == (fresh.name, "critical")
    flip(old.path("multicoder.db"), 9000)
    assert (await invariant.find())[-1].what.message == "invariant-backup-none"
    for finding in found:
        assert finding.what.text("ru")
        assert finding.action.text("en")


async def test_a_full_disk_is_told_and_older_sets_stay(lived_in, heard, small_disk):
    home = Home(small_disk / "home")
    shutil.copytree(lived_in.root, home.root)
    backups = Backups(home, heard, keep=2)
    for _ in range(2):
        await backups.back_up("good")
    before = {path.name: contents(path) for path in databases(home)}
    free = shutil.disk_usage(small_disk).free
    refused = []
    for left in range(0, 1_800_000, 120_000):
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * max(0, free - left))
        try:
            await backups.back_up("scheduled")
        except StorageError as error:
            refused.append(error.code)
        filler.unlink()
        assert len(await backups.list()) >= 2
        assert all(damaged_files(backup) == [] for backup in await backups.list())
        assert [path.name for path in home.backups.iterdir() if path.name.endswith(".part")] == []
    assert len(refused) >= 5
    assert set(refused) <= {"backup-no-room", "storage"}
    assert {path.name: contents(path) for path in databases(home)} == before
    assert await backups.back_up("after")


async def test_a_disk_that_fills_up_during_a_backup_is_told(lived_in, heard, small_disk):
    """Past the look for room: somebody else takes it meanwhile."""
    backups = Backups(lived_in, heard, keep=2)
    lived_in.backups.symlink_to(small_disk)
    good = await backups.back_up("good")
    stop = threading.Event()

    def take_room():
        with (small_disk / "filler").open("ab") as filler:
            while not stop.is_set():
                try:
                    filler.write(b"x" * 65536)
                    filler.flush()
                except OSError:
                    time.sleep(0.001)

    def room_taken(_fraction, _step):
        if not taker.is_alive():
            taker.start()
        time.sleep(0.1)

    taker = threading.Thread(target=take_room)
    try:
        with pytest.raises(StorageError):
            await backups.back_up("scheduled", progress=room_taken)
    finally:
        stop.set()
        if taker.is_alive():
            taker.join()
    assert await backups.list() == [good]
    assert damaged_files(good) == []
    assert heard.names()[-1] == "backup.failed"


def test_the_copy_of_a_database_does_not_hold_up_its_writers(tmp_path):
    """A copy takes as long as it takes; who writes meanwhile waits for nothing."""
    path = tmp_path / "big.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)")
        writer.executemany("INSERT INTO t (b) VALUES (?)", [(os.urandom(100_000),) for _ in range(200)])

        def copy():
            with reading(path) as connection:
                copy_into(connection, tmp_path / "copy.db")

        copier = threading.Thread(target=copy)
        copier.start()
        waits = []
        while copier.is_alive():
            begun = time.monotonic()
            writer.execute("INSERT INTO t (b) VALUES (x'00')")
            waits.append(time.monotonic() - begun)
        copier.join()
    assert waits
    assert max(waits) < 1
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copied:
        assert copied.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_manifest_is_plain_json_that_other_tools_can_check(lived_in):
    made = make_set(lived_in, "scheduled")
    data = json.loads((made.folder / MANIFEST).read_text(encoding="utf-8"))
    assert (data["format"], data["number"], data["reason"]) == (1, made.number, "scheduled")
    told = subprocess.run(["sha256sum", made.path("ledger.db")], check=False, capture_output=True, text=True)
    if told.returncode == 0:
        assert told.stdout.split()[0] == data["files"]["ledger.db"]["sha256"]
