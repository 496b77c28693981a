from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import sqlite3
import time
from contextlib import closing

import pytest
from journal_stand import archive_all, fill, some_events

from core.events import Event
from engine.journal import Journal, JournalFilter, read_journal, search, verify, verify_tail
from engine.journal.archiving import Archiver


def settled(journal, most):
    """Wait until no more than `most` rows stand in the table and none waits to be written."""
    deadline = time.monotonic() + 30
    while (stats := journal.stats()).rows > most or stats.waiting:
        assert time.monotonic() < deadline, stats
        time.sleep(0.02)
    return stats


def test_nothing_moves_within_the_budget(home, log):
    journal = Journal(home.journal, log, budget_mb=50, archive_folder=home.journal_archive)
    for event in some_events(500):
        journal.emit(event)
    journal.flush()
    time.sleep(0.2)
    stats = journal.stats()
    journal.close()
    assert (stats.rows, stats.archived, stats.segments) == (500, 0, 0)
    assert not home.journal_archive.exists()


def test_past_the_budget_the_oldest_events_move_and_stay_readable(home, log):
    whole = list(some_events(3_000))
    journal = Journal(home.journal, log, budget_mb=1, archive_folder=home.journal_archive)
    heard = []
    journal.subscribe(heard.append)
    for event in whole:
        journal.emit(event)
    stats = settled(journal, 2_500)
    told = [row for row in journal.read(types=["AUDIT"]) if row.name == "journal.archived"]
    rows = journal.read()
    journal.close()
    assert stats.segments == len(list(home.journal_archive.iterdir())) == len(told) >= 1
    assert stats.segment_bytes == sum(file.stat().st_size for file in home.journal_archive.iterdir())
    assert stats.rows + stats.archived == stats.last_seq == len(rows)
    moved = [row.data for row in told]
    assert moved[0]["first"] == 1
    assert moved[-1]["last"] == stats.archived
    assert [event.name for event in heard if event.name == "journal.archived"] == ["journal.archived"] * len(moved)
    kept = [(row.type, row.name, row.at, dict(row.data)) for row in rows if row.name != "journal.archived"]
    assert kept == [(event.type, event.name, event.at, dict(event.data)) for event in whole]
    assert verify(home.journal).rows == stats.last_seq


def test_a_segment_is_json_lines_that_say_what_they_are(home, log):
    fill(home.journal, 500, log)
    before = read_journal(home.journal)
    archive_all(home.journal, log)
    (file,) = home.journal_archive.iterdir()
    header, *lines = gzip.decompress(file.read_bytes()).splitlines(keepends=True)
    said = json.loads(header)
    assert (said["first"], said["last"], len(lines)) == (1, 300, 300)
    assert said["chain_before"] == "00" * 32
    assert said["chain_after"] == before[299].chain
    assert said["sha256"] == hashlib.sha256(b"".join(lines)).hexdigest()
    assert (said["since"], said["until"]) == (before[0].at, before[299].at)
    assert [json.loads(json.loads(line)["data"]) for line in lines] == [row.data for row in before[:300]]


def test_only_rows_of_a_recorded_segment_can_be_deleted(home, log):
    fill(home.journal, 500, log)
    archive_all(home.journal, log)
    with closing(sqlite3.connect(home.journal, isolation_level=None)) as other:
        (first,) = other.execute("SELECT min(seq) FROM events").fetchone()
        assert first == 301
        for statement in (
            "DELETE FROM events WHERE seq = 301",
            "DELETE FROM segments",
            "UPDATE segments SET last = 400",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(statement)
        (left,) = other.execute("SELECT count(*) FROM words WHERE seq <= 300").fetchone()
    assert left == 0, "nor is what texts were found by"
    assert verify(home.journal).ok


def test_the_freed_disk_is_given_back(home, log):
    fill(home.journal, 6_000, log)
    large = home.journal.stat().st_size
    archive_all(home.journal, log)
    journal = Journal(home.journal, log, budget_mb=0.001)
    deadline = time.monotonic() + 20
    while home.journal.stat().st_size > large / 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert home.journal.stat().st_size < large / 4
    journal.close()
    assert verify(home.journal).ok


def test_heavy_events_never_make_it_archive_in_circles(home, log):
    journal = Journal(home.journal, log, budget_mb=0.5)
    for number in range(250):
        journal.emit(Event("INFO", "heavy", data={"text": "x" * 20_000, "number": number}))
    journal.flush()
    time.sleep(0.5)
    first = journal.stats()
    time.sleep(0.5)
    second = journal.stats()
    journal.close()
    assert first.last_seq == second.last_seq <= 252
    assert verify(home.journal).ok


def test_the_next_start_removes_what_a_crash_between_file_and_transaction_left(home, log):
    fill(home.journal, 500, log)
    archiver = Archiver(home.journal, home.journal_archive, 0.001, log)
    left = archiver.pack()
    assert left is not None
    (home.journal_archive / ".000000000301-00000000.abc.part").write_bytes(b"half")
    assert len(list(home.journal_archive.iterdir())) == 2
    Journal(home.journal, log, budget_mb=100).close()
    assert list(home.journal_archive.iterdir()) == []
    assert verify(home.journal).rows == 500


def test_a_file_that_may_be_the_only_copy_is_never_removed(home, log, tmp_path, lines):
    fill(home.journal, 500, log)
    older = tmp_path / "older"
    older.mkdir()
    shutil.copy(home.journal, older / "journal.db")
    journal = Journal(home.journal, log)
    for event in some_events(400, seed=2):
        journal.emit(event)
    journal.close()
    archive_all(home.journal, log)
    (file,) = home.journal_archive.iterdir()
    content = file.read_bytes()
    shutil.copy(older / "journal.db", home.journal)
    journal = Journal(home.journal, log, budget_mb=0.001)
    settled(journal, 300)
    assert next(row.name for row in journal.read(types=["SECURITY"], after=500)) == "journal.tail_missing"
    journal.close()
    assert file.read_bytes() == content
    assert any(file.name in text and "is kept" in text for text in lines.texts)
    assert len(list(home.journal_archive.iterdir())) == 2
    assert verify(home.journal).ok


def test_without_a_budget_a_journal_with_segments_reads_them_all_the_same(home, log):
    fill(home.journal, 800, log)
    rows = read_journal(home.journal)
    archive_all(home.journal, log)
    journal = Journal(home.journal, log)
    assert journal.read(limit=800) == rows
    assert journal.read(run="r-1", after=100, types=["ERROR"]) == [
        row for row in rows if row.run == "r-1" and row.seq > 100 and row.type == "ERROR"
    ]
    journal.close()
    assert [row.seq for row in search(home.journal, JournalFilter(newest_first=True))] == list(range(801, 0, -1))
    assert verify_tail(home.journal).ok


def test_another_folder_for_segments_is_used_everywhere(home, log, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    fill(home.journal, 500, log)
    rows = read_journal(home.journal)
    archive_all(home.journal, log, archive_folder=elsewhere)
    assert read_journal(home.journal, limit=500, archive_folder=elsewhere) == rows
    assert verify(home.journal, elsewhere).ok
    assert verify(home.journal).why == "segment"


def test_a_folder_that_cannot_be_written_leaves_everything_in_the_table(home, log, lines):
    fill(home.journal, 500, log)
    home.journal_archive.write_text("a file where the folder should be")
    journal = Journal(home.journal, log, budget_mb=0.001)
    deadline = time.monotonic() + 10
    while not any("could not be archived" in text for text in lines.texts) and time.monotonic() < deadline:
        time.sleep(0.02)
    for number in range(10):
        journal.emit(Event("ERROR", f"e{number}"))
    journal.close()
    assert sum("could not be archived" in text for text in lines.texts) == 1
    assert verify(home.journal).rows == 510
