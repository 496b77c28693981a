from __future__ import annotations

import json
import logging
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import StorageError
from core.events import Event
from core.redaction import REDACTED, register_secret
from engine.journal import Journal, keeping, read_journal, verify

READER = """
import sys
from pathlib import Path
from engine.journal import read_journal
for row in read_journal(Path(sys.argv[1]), "r-1"):
    print(row.seq, row.name)
"""
WRITER = """
import logging, sys
from pathlib import Path
from core.events import Event
from engine.journal import Journal
journal = Journal(Path(sys.argv[1]), logging.getLogger("multicoder"))
journal.emit(Event("INFO", "first"))
journal.emit(Event("SECURITY", "second"))
print("emitted", flush=True)
sys.stdin.readline()
"""


def names(rows):
    return [row.name for row in rows]


def test_events_are_kept_in_order_with_everything_they_carry(journal):
    data = {"n": 1, "text": "привет \ud800", "list": [None, 1.5, {"deep": True}]}
    journal.emit(Event("BUILD", "build.started", run="r-1", module="core", data=data, at=12.5))
    journal.emit(Event("INFO", "older.clock", at=1.0))
    first, second = journal.read()
    assert (first.type, first.name, first.run, first.module, first.at) == (
        "BUILD",
        "build.started",
        "r-1",
        "core",
        12.5,
    )
    assert first.data == data
    assert second.seq == first.seq + 1


def test_reading_filters_by_run_position_and_type(journal):
    for number in range(6):
        journal.emit(Event("FILE" if number % 2 else "INFO", f"e{number}", run=f"r-{number % 3}"))
    rows = journal.read()
    assert names(rows) == [f"e{number}" for number in range(6)]
    assert names(journal.read(run="r-1")) == ["e1", "e4"]
    assert names(journal.read(after=rows[3].seq)) == ["e4", "e5"]
    assert names(journal.read(types=["FILE"], run="r-0")) == ["e3"]
    assert names(journal.read(types=["FILE", "INFO"], after=rows[0].seq, limit=2)) == ["e1", "e2"]
    assert journal.read(run="' OR 1=1 --") == []


def test_another_process_reads_while_this_one_writes(journal, home):
    journal.emit(Event("INFO", "seen", run="r-1"))
    journal.flush()
    seen = subprocess.run(
        [sys.executable, "-c", READER, str(home.journal)], capture_output=True, text=True, timeout=30, check=True
    )
    assert seen.stdout == "1 seen\n"


def test_the_writer_commits_by_itself_within_a_moment(journal, home):
    journal.emit(Event("INFO", "soon"))
    deadline = time.monotonic() + 10
    while not (rows := read_journal(home.journal)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert names(rows) == ["soon"]


@pytest.mark.skipif("sys.platform == 'win32'", reason="SIGKILL")
def test_a_security_event_is_on_disk_before_emit_returns(tmp_path):
    file = tmp_path / "journal.db"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert writer.stdout.readline() == "emitted\n"
    writer.send_signal(signal.SIGKILL)
    writer.communicate(timeout=10)
    assert names(read_journal(file)) == ["first", "second"]


def test_secrets_reach_neither_the_table_nor_the_log_nor_a_subscriber(journal, home, lines):
    secret = "planted-journal-secret"
    register_secret(secret)
    told = []
    journal.subscribe(told.append)
    journal.emit(Event("ERROR", f"call {secret}", run=secret, data={"text": f"key={secret}", secret: ["x", secret]}))
    journal.flush()
    everything = [json.dumps(told[0].as_dict()), *lines.texts]
    everything += [file.read_bytes().decode("latin-1") for file in home.root.glob("journal.db*")]
    assert len(everything) >= 3
    assert not [text for text in everything if secret in text]
    assert journal.read()[0].data == {"text": f"key={REDACTED}", REDACTED: ["x", REDACTED]}


def test_each_event_is_one_line_of_the_log(journal, lines):
    journal.emit(Event("PROVIDER", "call.finished", run="r-1", module="core", data={"tokens": 5}))
    journal.flush()
    assert lines.texts == ['PROVIDER call.finished r-1 core {"tokens": 5}']


@pytest.mark.parametrize("statement", ["UPDATE events SET name = 'x'", "DELETE FROM events"])
def test_history_cannot_be_changed(journal, home, statement):
    journal.emit(Event("AUDIT", "kept"))
    journal.flush()
    with closing(sqlite3.connect(home.journal)) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)
    assert names(journal.read()) == ["kept"]


def test_subscribers_are_told_until_they_stop_and_a_broken_one_harms_nobody(journal, lines):
    told = []

    def broken(event):
        raise ValueError(event.name)

    journal.subscribe(broken)
    stop = journal.subscribe(told.append)
    journal.emit(Event("INFO", "one"))
    stop()
    stop()
    journal.emit(Event("INFO", "two"))
    assert [event.name for event in told] == ["one"]
    assert names(journal.read()) == ["one", "two"]
    assert "a subscriber of the journal failed" in lines.texts


def test_strange_data_neither_raises_nor_loses_the_event(journal):
    circular = {}
    circular["self"] = circular
    for data in ({"path": Path("x")}, circular, {("a", "b"): 1}, {"nan": float("nan")}, {"\udcff": "\udcff"}):
        journal.emit(Event("INFO", "strange\udcff", data=data))
    rows = journal.read()
    assert len(rows) == 5
    assert rows[0].data == {"path": "x"}
    assert rows[1].data == {"unreadable": "dict"}


def test_many_threads_lose_and_double_nothing(journal):
    def emit(thread):
        for number in range(300):
            journal.emit(Event("INFO", f"{thread}/{number}", run=str(thread)))

    threads = [threading.Thread(target=emit, args=(thread,)) for thread in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(journal.read()) == 1_800
    for thread in range(6):
        assert names(journal.read(run=str(thread))) == [f"{thread}/{number}" for number in range(300)]


def test_a_locked_disk_delays_events_and_loses_none(journal, home, monkeypatch, lines):
    journal._connection.execute("PRAGMA busy_timeout = 50")
    with closing(sqlite3.connect(home.journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        journal.emit(Event("ERROR", "while locked"))
        journal.emit(Event("INFO", "too"))
        assert journal.flush() is False
        other.execute("COMMIT")
    assert journal.flush() is True
    assert names(journal.read()) == ["while locked", "too"]
    assert any("the disk refused them" in text for text in lines.texts)


def test_a_full_queue_is_written_by_the_caller_and_counted(journal, monkeypatch):
    monkeypatch.setattr(keeping, "_CAPACITY", 5)
    monkeypatch.setattr(keeping, "_BATCH_SECONDS", 0.5)
    for number in range(20):
        journal.emit(Event("INFO", f"e{number}"))
    assert journal.overflows >= 2
    assert names(journal.read()) == [f"e{number}" for number in range(20)]


def test_with_the_disk_gone_the_oldest_are_given_up_and_counted(journal, home, monkeypatch):
    monkeypatch.setattr(keeping, "_LONGEST_BACKLOG", 3)
    journal._connection.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(home.journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for number in range(5):
            journal.emit(Event("ERROR", f"e{number}"))
        assert journal.lost == 2
        other.execute("COMMIT")
    rows = journal.read()
    assert names(rows) == ["e2", "e3", "e4", "journal.lost"]
    assert rows[-1].data == {"events": 2}
    assert journal.lost == 0


def test_closing_writes_what_waits_and_a_reopened_journal_goes_on_counting(home, lines):
    log = logging.getLogger("multicoder.test-journal")
    for turn in range(3):
        journal = Journal(home.journal, log)
        journal.emit(Event("INFO", f"turn {turn}"))
        journal.close()
        journal.close()
        journal.emit(Event("INFO", "after closing"))
    assert [(row.seq, row.name) for row in read_journal(home.journal)] == [(n + 1, f"turn {n}") for n in range(3)]


def test_a_missing_journal_is_empty_and_not_created_by_reading(tmp_path):
    assert read_journal(tmp_path / "journal.db") == []
    assert list(tmp_path.iterdir()) == []


def test_a_journal_whose_very_first_start_was_cut_off_is_empty(tmp_path, log):
    file = tmp_path / "journal.db"
    file.touch()
    assert read_journal(file) == []
    assert verify(file).ok
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    assert file.stat().st_size > 0
    assert read_journal(file) == []
    assert verify(file).ok
    Journal(file, log).close()
    assert read_journal(file) == []
    assert verify(file).ok


def test_a_damaged_journal_is_refused(tmp_path, lines):
    file = tmp_path / "journal.db"
    file.write_bytes(b"no database " * 1_000)
    log = logging.getLogger("multicoder.test-journal")
    for attempt in (lambda: Journal(file, log), lambda: read_journal(file)):
        with pytest.raises(StorageError) as caught:
            attempt()
        assert caught.value.facts["path"] == str(file)


def test_emitting_costs_the_caller_little(journal):
    event = Event("INFO", "call.text", run="r-1", module="core", data={"text": "some words of an answer " * 4})
    started = time.process_time()
    for _ in range(500):
        journal.emit(event)
    assert time.process_time() - started < 1.0
