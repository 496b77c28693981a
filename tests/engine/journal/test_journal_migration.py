from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from journal_stand import some_events

from core.errors import StorageError
from core.events import Event
from engine.journal import Journal, JournalFilter, count, read_journal, search, tally, verify, verify_tail
from engine.journal.database import APPLICATION_ID, FORMAT

FIRST_FORMAT = """
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, run TEXT NOT NULL, module TEXT NOT NULL,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX events_run ON events (run, seq);
CREATE TRIGGER events_fixed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER events_kept BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""


@pytest.fixture
def old(home):
    """A journal of 2,500 events as the first version wrote it, with escapes in its JSON."""
    with closing(sqlite3.connect(home.journal)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(FIRST_FORMAT)
        rows = [(e.at, e.type, e.name, e.run, e.module, json.dumps(e.data)) for e in some_events(2_500)]
        query = "INSERT INTO events (at, type, name, run, module, data) VALUES (?, ?, ?, ?, ?, ?)"
        connection.executemany(query, rows)
        connection.commit()
    return home.journal


def plain(rows):
    return [(row.at, row.type, row.name, row.run, row.module, dict(row.data)) for row in rows]


def expected():
    return [(e.at, e.type, e.name, e.run, e.module, dict(e.data)) for e in some_events(2_500)]


def test_an_old_journal_is_brought_up_to_date_with_everything_in_it(old, log):
    journal = Journal(old, log)
    journal.emit(Event("INFO", "new"))
    rows = journal.read()
    journal.close()
    assert plain(rows[:2_500]) == expected()
    assert [row.seq for row in rows] == list(range(1, 2_503))
    assert rows[2_500].name == "journal.migrated"
    assert rows[2_500].data == {"rows": 2_500, "copy": "journal.db.v0.bak"}
    assert verify(old).rows == 2_502
    assert count(old, JournalFilter(text="ПРИВЕТ")) > 0
    with closing(sqlite3.connect(old)) as connection:
        facts = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        assert facts == [APPLICATION_ID, FORMAT]
        assert connection.execute("PRAGMA auto_vacuum").fetchone() == (2,)
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        assert "first_events" not in tables


def test_the_copy_made_before_is_the_old_journal(old, log):
    Journal(old, log).close()
    copy = old.with_name("journal.db.v0.bak")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (2_500,)
        assert connection.execute("PRAGMA user_version").fetchone() == (0,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert plain(read_journal(copy)) == expected()


def test_an_old_journal_is_read_as_it_is(old):
    before = old.read_bytes()
    assert plain(read_journal(old)) == expected()
    wanted = JournalFilter(runs=("r-1",), risk="medium", text="мир", newest_first=True, limit=20)
    found = search(old, wanted)
    assert 0 < len(found) <= 20
    assert [row.seq for row in found] == sorted((row.seq for row in found), reverse=True)
    assert all(row.run == "r-1" and row.risk in {"medium", "high"} for row in found)
    assert tally(old, JournalFilter()).total == count(old, JournalFilter()) == 2_500
    assert verify(old).why == verify_tail(old).why == "unchained"
    assert old.read_bytes() == before


def test_a_failed_migration_leaves_the_old_journal_as_it_was(old, log, tmp_path):
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("CREATE TABLE words (other)")  # stands in the way in the middle of the transaction
    with pytest.raises(StorageError):
        Journal(old, log)
    assert plain(read_journal(old)) == expected()
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute("DELETE FROM events")
        connection.execute("DROP TABLE words")
    Journal(old, log).close()
    assert verify(old).rows == 2_501


def test_a_journal_of_a_newer_program_is_left_alone(home, log):
    Journal(home.journal, log).close()
    with closing(sqlite3.connect(home.journal)) as connection:
        connection.execute(f"PRAGMA user_version = {FORMAT + 1}")
    for attempt in (
        lambda: Journal(home.journal, log),
        lambda: read_journal(home.journal),
        lambda: verify(home.journal),
    ):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert caught.value.code == "newer-data"
