"""Damaged databases are put right from the newest good backup, and exactly what is missing is said."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import sqlite3
import zlib
from contextlib import closing

import pytest
from conftest import Heard, begin, drive
from damage import DATABASES, HARMS, contents, harm, messages, missing, outcomes, rows, spending, versions
from dulwich.repo import Repo

from core.errors import StorageError
from core.events import Event
from core.paths import Home
from engine.bootstrap import open_engine
from engine.driver import Finished, Paused, RunDriver, Waiting
from engine.intact import check_nothing_lost
from engine.journal import Journal
from engine.person import Consenting, Nobody
from engine.recovery.databases import databases
from engine.recovery.restore import recover, tell, told_of
from engine.recovery.rows import damaged_rows
from engine.recovery.sets import make_set, read_sets
from tests.sampling import sampled

# ------------------------------------------------------------------------------------- nothing happened since


@pytest.mark.parametrize(("database", "kind"), sampled(3, DATABASES, HARMS))
def test_a_damaged_database_comes_back_as_it_was(lived_in, database, kind):
    made = make_set(lived_in, "scheduled")
    before = contents(lived_in)
    file = lived_in.root / database
    harm(file, kind)
    damaged = file.read_bytes()
    recovered = recover(lived_in)
    assert [(one.file, one.backup, one.missing) for one in recovered] == [(database, made.name, ())]
    assert contents(lived_in) == before
    (kept,) = lived_in.damaged.glob(f"*/{database}")
    assert kept.read_bytes() == damaged
    for language in ("en", "ru"):
        assert database in told_of(recovered[0].event().data, language)[0]
    check_nothing_lost(lived_in)


@pytest.mark.parametrize("database", [name for name in DATABASES if name != "checkpoints.db"])
def test_a_database_that_is_gone_comes_back_too(lived_in, database):
    make_set(lived_in, "scheduled")
    before = contents(lived_in)
    for file in lived_in.root.glob(f"{database}*"):
        file.unlink()
    assert [one.file for one in recover(lived_in)] == [database]
    assert contents(lived_in) == before


def test_positions_that_were_moved_away_on_purpose_stay_away(lived_in):
    make_set(lived_in, "scheduled")
    lived_in.checkpoints.unlink()
    assert recover(lived_in) == []
    assert not lived_in.checkpoints.exists()


def test_everything_damaged_at_once_comes_back(lived_in):
    make_set(lived_in, "scheduled")
    before = contents(lived_in)
    for path in databases(lived_in):
        harm(path, "truncated")
    assert {one.file for one in recover(lived_in)} == set(DATABASES)
    assert contents(lived_in) == before


def test_whole_databases_are_left_alone(grown):
    before = {path: path.read_bytes() for path in databases(grown.home)}
    assert recover(grown.home) == []
    assert {path: path.read_bytes() for path in databases(grown.home)} == before
    assert not grown.home.damaged.exists()


@pytest.mark.parametrize("database", DATABASES)
def test_without_a_good_backup_everything_stays_as_it_is_and_is_told(lived_in, database):
    made = make_set(lived_in, "scheduled")
    file = made.path(database)
    file.write_bytes(file.read_bytes()[:-1])
    harm(lived_in.root / database, "garbage")
    before = (lived_in.root / database).read_bytes()
    assert recover(lived_in) == []
    assert (lived_in.root / database).read_bytes() == before
    assert list(lived_in.damaged.iterdir()) == []


def test_an_older_set_serves_when_the_newest_is_damaged(lived_in):
    older, newest = make_set(lived_in, "older"), make_set(lived_in, "newest")
    newest.path("ledger.db").write_bytes(b"")
    before = contents(lived_in)
    harm(lived_in.ledger, "pages")
    assert [one.backup for one in recover(lived_in)] == [older.name]
    assert contents(lived_in) == before


@pytest.mark.parametrize("database", ["multicoder.db", "ledger.db", "checkpoints.db"])
async def test_a_database_of_a_newer_program_is_no_damage(lived_in, database):
    make_set(lived_in, "scheduled")
    rows(lived_in.root / database, "PRAGMA user_version = 999")
    before = contents(lived_in)
    assert recover(lived_in) == []
    assert contents(lived_in) == before
    with pytest.raises(StorageError) as caught:
        async with open_engine(lived_in, team="demo"):
            pass
    assert caught.value.code == "newer-data"
    assert caught.value.facts["path"] == str(lived_in.root / database)


def test_a_foreign_database_in_the_archives_place_is_put_aside(lived_in):
    make_set(lived_in, "scheduled")
    before = contents(lived_in)
    lived_in.database.unlink()
    rows(lived_in.database, "CREATE TABLE foreign_thing (a)")
    assert [one.file for one in recover(lived_in)] == ["multicoder.db"]
    assert contents(lived_in) == before


# ------------------------------------------------------------------------------------- what happened since


def test_what_was_put_right_is_told_once_also_when_the_program_died_before_telling(grown):
    harm(grown.home.ledger, "garbage")
    first = recover(grown.home)
    again = recover(grown.home)
    assert first == again != []
    heard = Heard()
    tell(grown.home, again, heard)
    assert [(event.type, event.name, event.data["file"]) for event in heard] == [
        ("ERROR", "recovery.restored", "ledger.db")
    ]
    assert json.dumps(heard[0].as_dict())
    assert recover(grown.home) == []


@pytest.mark.parametrize("kind", ["garbage", "pages", "empty"])
def test_a_ledger_put_back_knows_all_spending_and_asks_again_for_decisions(grown, kind):
    home = grown.home
    before, spent = contents(home), spending(home)
    decided = rows(home.ledger, "SELECT run FROM approvals WHERE answered IS NOT NULL")
    harm(home.ledger, kind)
    recovered = recover(home)
    assert spending(home) == spent
    found = missing(recovered)
    held = rows(home.ledger, "SELECT run FROM approvals WHERE answered IS NOT NULL")
    assert found["recovery-missing-decision", grown.carried] == len(decided) - len(held) > 0
    assert found["recovery-missing-effects", grown.waiting] == 1
    (added,) = [words for words in recovered[0].missing if words.message == "recovery-spending-restored"]
    since = rows(home.ledger, "SELECT count(*) FROM spend WHERE key LIKE 'recovered/%'")[0][0]
    assert added.facts["calls"] == since > 5
    after = contents(home)
    assert {name: after[name] for name in after if name != "ledger.db"} == {
        name: before[name] for name in before if name != "ledger.db"
    }
    for words in recovered[0].missing:
        assert words.text("en") != words.text("ru")


async def test_limits_count_what_the_lost_ledger_knew(grown):
    home = grown.home
    spent = rows(home.ledger, "SELECT count(*), sum(prompt_tokens + completion_tokens) FROM spend WHERE run = ?",
                 grown.carried)  # fmt: skip
    harm(home.ledger, "truncated")
    recover(home)
    async with open_engine(home, team="demo") as engine:
        counted = await engine.ledger.spent(grown.carried)
    assert (counted.calls, counted.tokens) == spent[0]


@pytest.mark.slow
async def test_a_run_whose_decisions_were_lost_asks_again(grown):
    home = grown.home
    harm(home.ledger, "garbage")
    recover(home)
    async with open_engine(home, team="demo") as engine:
        assert isinstance(await drive(engine, grown.waiting, Nobody()), Waiting)
        assert await drive(engine, grown.waiting, Consenting()) == Finished("delivered")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["garbage", "empty", "truncated"])
async def test_an_archive_put_back_names_lost_tasks_and_makes_the_rest_again_for_nothing(grown, kind):
    home = grown.home
    spent, told, delivered = spending(home), messages(home), versions(home)
    harm(home.database, kind)
    recovered = recover(home)
    lost = {run for message, run in missing(recovered) if message == "recovery-missing-run"}
    now = outcomes(home)
    assert set(grown.before) <= set(now)
    assert lost == {grown.after, grown.waiting, grown.carried, *grown.before} - set(now)
    assert {one.file for one in recovered} == {"multicoder.db", "checkpoints.db"}
    assert missing(recovered)["recovery-goes-back", grown.carried] == 1
    assert now[grown.carried] == ""
    async with open_engine(home, team="demo") as engine:
        assert isinstance(await drive(engine, grown.carried, Nobody()), Waiting)  # decisions are asked for again
        assert await drive(engine, grown.carried, Consenting()) == Finished("delivered")
    kept = [row for row in told if row[0] not in lost]
    assert messages(home) == kept
    assert versions(home) == delivered
    assert spending(home) == spent
    tell(home, recovered, Heard())
    assert recover(home) == []


async def test_the_next_start_does_not_miss_again_what_was_told(grown):
    home = grown.home
    harm(home.database, "empty")
    tell(home, recover(home), Heard())
    for _ in range(2):
        async with open_engine(home, team="demo") as engine:
            assert [run.run for run in await engine.archive.runs()] == [*grown.before, grown.carried]
        assert recover(home) == []


@pytest.mark.parametrize("kind", ["garbage", "pages", "empty"])
async def test_positions_put_back_go_on_from_there_without_doing_anything_twice(grown, kind):
    home = grown.home
    before, spent = contents(home), spending(home)
    harm(home.checkpoints, kind)
    recovered = recover(home)
    assert missing(recovered) == {("recovery-goes-back", grown.waiting): 1}
    async with open_engine(home, team="demo") as engine:
        assert isinstance(await drive(engine, grown.waiting, Nobody()), Waiting)
    after = contents(home)
    assert spending(home) == spent
    for name, table in (("multicoder.db", "messages"), ("multicoder.db", "versions"), ("ledger.db", "spend")):
        assert after[name][table] == before[name][table]
    assert outcomes(home)[grown.carried] == "delivered"


@pytest.mark.parametrize(
    "stopped_at",
    ["tests.run", *(pytest.param(event, marks=pytest.mark.slow) for event in ("module.accepted", "build.started"))],
)
async def test_a_run_whose_position_is_lost_goes_on_from_its_beginning_and_pays_nothing_twice(grown, stopped_at):
    home = grown.home
    async with open_engine(home, team="demo") as engine:
        project = (await engine.archive.run(grown.waiting)).project
        driver = RunDriver(engine)
        engine.journal.subscribe(lambda event: driver.request("pause") if event.name == stopped_at else None)
        assert await driver.drive(grown.waiting, Consenting()) == Paused()
        commits = await engine.workspace.head(project)
    spent = spending(home)
    harm(home.checkpoints, "garbage")
    recover(home)
    async with open_engine(home, team="demo") as engine:
        assert await drive(engine, grown.waiting, Consenting()) == Finished("delivered")
        head = await engine.workspace.head(project)
        assert await engine.workspace.newest(project, {commits, head}) == head
        (version,) = await engine.archive.versions(project)
        assert version.commit == head
    assert not spent - spending(home)
    repeated = [payment for payment, times in spending(home).items() if times > max(1, spent[payment])]
    assert repeated == []
    effects = commit_effects(home, project)
    assert len(effects) == len(set(effects))


def commit_effects(home, project):
    with closing(Repo(str(home.projects / project / "repo"))) as repository:
        texts = [entry.commit.message.decode() for entry in repository.get_walker()]
    return [line for text in texts for line in text.splitlines() if line.startswith("Effect: ")]


@pytest.mark.parametrize("kind", ["garbage", "pages", "empty"])
def test_a_journal_put_back_says_how_many_events_are_missing(grown, kind):
    home = grown.home
    (last,) = rows(home.journal, "SELECT max(seq) FROM events")[0]
    harm(home.journal, kind)
    recovered = recover(home)
    (now,) = rows(home.journal, "SELECT max(seq) FROM events")[0]
    assert now >= read_sets(home)[0].sequence
    assert sum(words.facts["count"] for words in recovered[0].missing) == last - now
    assert all(words.facts["first"] == now + 1 for words in recovered[0].missing)
    with closing(sqlite3.connect(home.journal)) as connection:
        assert damaged_rows("journal.db", connection) == []


def harm_an_index(journal):
    """Damage a page that holds no row."""
    with closing(sqlite3.connect(journal)) as connection:
        connection.execute("DROP INDEX events_facets")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'events_run'").fetchone()
        connection.commit()
    data = bytearray(journal.read_bytes())
    data[(root - 1) * 4096 : root * 4096] = bytes(4096)
    journal.write_bytes(data)


def test_events_behind_the_backup_are_saved_as_far_as_they_follow_each_other(grown):
    home = grown.home
    before = rows(home.journal, "SELECT * FROM events ORDER BY seq")
    harm_an_index(home.journal)
    (recovered,) = recover(home)
    assert recovered.missing == ()
    assert rows(home.journal, "SELECT * FROM events ORDER BY seq") == before


def test_events_that_could_be_saved_are_not_given_up_because_the_new_file_refuses_them(lived_in):
    """The start is refused, everything stays where it is, and the next start tries again."""
    (last,) = rows(lived_in.journal, "SELECT max(seq) FROM events")[0]
    full = f"WHEN NEW.seq > {last} BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
    rows(lived_in.journal, f"CREATE TRIGGER full BEFORE INSERT ON events {full}")
    make_set(lived_in, "scheduled")
    rows(lived_in.journal, "DROP TRIGGER full")
    journal = Journal(lived_in.journal, logging.getLogger("multicoder.test-restore"))
    journal.emit(Event("INFO", "step"))
    journal.close()
    harm_an_index(lived_in.journal)
    harmed = lived_in.journal.read_bytes()
    with pytest.raises(StorageError, match="full"):
        recover(lived_in)
    assert lived_in.journal.read_bytes() == harmed


def test_tasks_put_back_name_those_that_were_asked_for_since(grown):
    home = grown.home
    journal = Journal(home.journal, logging.getLogger("test"))
    journal.emit(Event("TASK", "task.submitted", data={"task": "t-new", "kind": "report", "title": "New report"}))
    journal.close()
    harm(home.tasks, "garbage")
    (recovered,) = recover(home)
    assert [row[0] for row in rows(home.tasks, "SELECT task FROM tasks")] == ["t-0", "t-1", "t-2"]
    assert [(words.message, words.facts["title"]) for words in recovered.missing] == [
        ("recovery-missing-task", "New report")
    ]
    assert "New report" in recovered.missing[0].text("ru")


# ------------------------------------------------------------------------------------- less than there once was


@pytest.mark.parametrize("database", ["multicoder.db", "ledger.db", "journal.db"])
def test_a_lost_write_ahead_log_is_noticed_and_made_up_from_the_backup(lived_in, tmp_path, database):
    """The rows were in the log only when the backup was made; then the log was deleted."""
    file = lived_in.root / database
    old = tmp_path / database
    shutil.copyfile(file, old)
    change = {
        "multicoder.db": "INSERT INTO blobs VALUES ('{sha}', x'{packed}')",
        "ledger.db": "INSERT INTO spend VALUES ('k', 'r', 'c', '', 'm', 1, 1, 0.5, 1, 0.1)",
        "journal.db": "",
    }[database]
    add_row(file, database, change)
    made = make_set(lived_in, "scheduled")
    before = contents(lived_in)
    shutil.copyfile(old, file)
    (recovered,) = recover(lived_in)
    assert (recovered.file, recovered.backup, recovered.missing) == (database, made.name, ())
    assert contents(lived_in) == before


def add_row(file, database, change):
    if database == "journal.db":
        journal = Journal(file, logging.getLogger("test"))
        journal.emit(Event("INFO", "thing.happened"))
        journal.close()
    else:
        rows(file, change.format(sha=hashlib.sha256(b"text").hexdigest(), packed=zlib.compress(b"text").hex()))


def test_rows_lost_since_the_backup_are_named_though_the_file_is_whole(grown):
    home = grown.home
    old = read_sets(home)[0].path("multicoder.db")
    shutil.copyfile(old, home.database)
    recovered = recover(home)
    lost = {run for message, run in missing(recovered) if message == "recovery-missing-run"}
    assert lost == {grown.after, grown.waiting}
    tell(home, recovered, Heard())
    assert recover(home) == []


def test_spending_lost_since_the_backup_is_taken_from_the_journal(grown):
    home = grown.home
    spent = spending(home)
    rows(home.ledger, "DELETE FROM spend WHERE run = ?", grown.waiting)
    (recovered,) = recover(home)
    assert recovered.file == "ledger.db"
    assert spending(home) == spent
    tell(home, [recovered], Heard())
    assert recover(home) == []


def test_a_disk_without_room_is_told_and_the_next_start_puts_it_right(lived_in, small_disk):
    home = Home(small_disk / "home")
    shutil.copytree(lived_in.root, home.root)
    make_set(home, "scheduled")
    before = contents(home)
    harm(home.checkpoints, "pages")
    harm(home.ledger, "garbage")
    damaged = home.checkpoints.read_bytes()
    needed = sum(
        file.size for name, file in read_sets(home)[0].files.items() if name in {"checkpoints.db", "ledger.db"}
    )
    for room in (needed // 4, needed // 2, needed * 3 // 4):
        filler = small_disk / "filler"
        filler.write_bytes(b"x" * (shutil.disk_usage(small_disk).free - room))
        with pytest.raises(StorageError):
            recover(home)
        assert home.checkpoints.read_bytes() == damaged
        filler.unlink()
    assert {one.file for one in recover(home)} == {"checkpoints.db", "ledger.db"}
    assert contents(home) == before
    assert len(list(home.damaged.iterdir())) == 1


# ------------------------------------------------------------------------------------- after it


async def test_work_goes_on_after_a_restore(grown):
    home = grown.home
    harm(home.database, "garbage")
    harm(home.journal, "truncated")
    async with open_engine(home, team="demo") as engine:
        run = await begin(engine, "What can you do?")
        assert await drive(engine, run, Nobody()) == Finished("answered")
        restored = [row for row in engine.journal.read(types=("ERROR",)) if row.name == "recovery.restored"]
    assert {row.data["file"] for row in restored} == {"multicoder.db", "journal.db", "checkpoints.db"}
    assert recover(home) == []
    assert make_set(home, "recovered")
