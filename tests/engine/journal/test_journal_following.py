from __future__ import annotations

import threading
import time

import pytest
from journal_stand import archive_all, fill

from core.errors import StorageError
from core.events import Event
from engine.journal import Journal, read_journal, verify


class Told:
    """A follower that remembers; `until` waits for what has to come."""

    def __init__(self):
        self.rows = []
        self.threads = set()

    def __call__(self, row):
        self.rows.append(row)
        self.threads.add(threading.current_thread().name)

    @property
    def places(self):
        return [row.seq for row in self.rows]

    def until(self, last):
        deadline = time.monotonic() + 20
        while (not self.rows or self.rows[-1].seq < last) and time.monotonic() < deadline:
            time.sleep(0.01)
        return self.places


def emitting(journal, threads, each):
    def emit(thread):
        for number in range(each):
            kind = "ERROR" if number % 50 == 0 else "INFO"
            journal.emit(Event(kind, f"{thread}/{number}"))

    started = [threading.Thread(target=emit, args=(thread,)) for thread in range(threads)]
    for thread in started:
        thread.start()
    return started


def test_a_follower_gets_what_is_on_disk_then_what_comes(journal):
    for number in range(5):
        journal.emit(Event("INFO", f"e{number}"))
    journal.flush()
    told = Told()
    journal.follow(told, after=2)
    assert told.until(5) == [3, 4, 5]
    journal.emit(Event("SECURITY", "live"))
    assert told.until(6) == [3, 4, 5, 6]
    assert told.rows == journal.read(after=2)
    assert told.threads == {"journal-follow"}


def test_followers_who_come_while_four_threads_emit_miss_and_double_nothing(journal):
    threads = emitting(journal, threads=4, each=400)
    followers = []
    for after in (0, 1, 100, 500, 10, 0, 999):
        told = Told()
        journal.follow(told, after=after)
        followers.append((after, told))
        time.sleep(0.03)
    for thread in threads:
        thread.join()
    journal.flush()
    for after, told in followers:
        assert told.until(1_600) == list(range(after + 1, 1_601))
        assert told.rows == journal.read(after=after)


def test_following_goes_on_over_rows_that_are_archived_meanwhile(home, log):
    fill(home.journal, 900, log)
    archive_all(home.journal, log)
    journal = Journal(home.journal, log, budget_mb=0.05)
    told = Told()
    journal.follow(told, after=0)
    for thread in emitting(journal, threads=4, each=300):
        thread.join()
    journal.close()
    assert told.rows == read_journal(home.journal)
    assert len(told.rows) > 2_100
    assert verify(home.journal).ok


def test_a_follower_that_fails_is_dropped_and_harms_nobody(journal, lines):
    failed, told = [], Told()

    def broken(row):
        failed.append(row.seq)
        raise ValueError(row.name)

    journal.follow(broken, after=0)
    journal.follow(told, after=0)
    for number in range(3):
        journal.emit(Event("ERROR", f"e{number}"))
    assert told.until(3) == [1, 2, 3]
    assert failed == [1]
    assert "a follower of the journal failed and is dropped" in lines.texts


def test_a_stopped_follower_hears_nothing_more(journal):
    told, other = Told(), Told()
    stop = journal.follow(told, after=0)
    journal.follow(other, after=0)
    journal.emit(Event("ERROR", "one"))
    told.until(1)
    stop()
    stop()
    journal.emit(Event("ERROR", "two"))
    assert other.until(2) == [1, 2]
    assert told.places == [1]


def test_a_follower_may_stop_itself_and_emit(journal):
    heard, stops = [], []

    def once(row):
        heard.append(row.name)
        stops[0]()
        journal.emit(Event("ERROR", "answer"))

    other = Told()
    stops.append(journal.follow(once, after=0))
    journal.follow(other, after=0)
    journal.emit(Event("ERROR", "question"))
    assert other.until(2) == [1, 2]
    assert heard == ["question"]


def test_a_slow_follower_holds_up_neither_emitting_nor_writing(journal, home):
    gate = threading.Event()
    journal.follow(lambda _: gate.wait(20), after=0)
    journal.emit(Event("ERROR", "first"))
    for number in range(300):
        journal.emit(Event("INFO", f"e{number}"))
    deadline = time.monotonic() + 10
    while len(read_journal(home.journal)) < 301 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(read_journal(home.journal)) == 301
    gate.set()


def test_closing_tells_followers_everything_that_was_emitted(home, log):
    journal = Journal(home.journal, log)
    told = Told()
    journal.follow(told, after=0)
    for number in range(2_000):
        journal.emit(Event("INFO", f"e{number}"))
    journal.close()
    assert told.places == list(range(1, 2_001))


def test_followers_wait_when_the_journal_cannot_be_read_and_go_on_afterwards(home, log, lines):
    fill(home.journal, 400, log)
    archive_all(home.journal, log)
    (file,) = home.journal_archive.glob("*.gz")
    away = file.with_name("away")
    file.rename(away)
    journal = Journal(home.journal, log)
    with pytest.raises(StorageError):
        journal.read()
    told = Told()
    journal.follow(told, after=0)
    deadline = time.monotonic() + 10
    while not any("followers wait" in text for text in lines.texts) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert told.rows == []
    away.rename(file)
    assert told.until(401) == list(range(1, 402))
    journal.close()
