from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

import pytest

from engine.journal import Journal, read_journal, verify, verify_tail

pytestmark = pytest.mark.skipif("sys.platform == 'win32'", reason="SIGKILL")


@contextmanager
def killing():
    """Return what lets a writer work for some milliseconds and kills it."""
    script = Path(__file__).with_name("killed_writer.py")
    with subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:

        def kill(**job):
            writer.stdin.write(json.dumps(job) + "\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "killed\n"

        yield kill


def kept_in_order(rows):
    """Check that each thread's events are there without a gap and in order; return how many of each."""
    found = defaultdict(list)
    for row in rows:
        turn, _, rest = row.name.partition("/")
        if rest:
            thread, _, number = rest.partition("/")
            found[turn, thread].append(int(number))
    for thread, numbers in found.items():
        assert numbers == list(range(len(numbers))), thread
    return {thread: len(numbers) for thread, numbers in found.items()}


def acknowledged_are_kept(file, rows):
    kept = kept_in_order(rows)
    names = file.read_text().splitlines() if file.exists() else []
    for name in names:
        turn, thread, number = name.split("/")
        assert int(number) < kept.get((turn, thread), 0), name
    return len(names)


def turns(least, notes, archive=None):
    """So many turns, and on a busy machine more: until something was written, and archived, before it was killed."""
    for turn in range(10 * least):
        written = notes.exists() and len(notes.read_text().splitlines()) > 40
        archived = archive is None or (archive.exists() and len(list(archive.glob("*.gz"))) > 1)
        if turn >= least and written and archived:
            return
        yield turn


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_writers_leave_a_whole_chain_with_everything_acknowledged(home, seed):
    dice = random.Random(seed)
    notes = home.root / "acknowledged"
    with killing() as kill:
        for turn in turns(20, notes):
            milliseconds = dice.choice((3, 8, 20, 60, 120, 250)) * dice.uniform(0.5, 1.5)
            kill(path=str(home.journal), acknowledged=str(notes), turn=turn, budget=None, milliseconds=milliseconds)
            for report in (verify(home.journal), verify_tail(home.journal)):
                assert report.ok, (turn, report)
    assert acknowledged_are_kept(notes, read_journal(home.journal)) > 10


def test_writers_killed_while_they_archive_lose_and_double_nothing(home, log):
    dice = random.Random(3)
    notes = home.root / "acknowledged"
    with killing() as kill:
        for turn in turns(25, notes, home.journal_archive):
            milliseconds = dice.choice((20, 90, 200, 300)) * dice.uniform(0.7, 1.5)
            kill(path=str(home.journal), acknowledged=str(notes), turn=turn, budget=0.1, milliseconds=milliseconds)
            report = verify(home.journal)
            assert report.ok, (turn, report)
    journal = Journal(home.journal, log, budget_mb=100)
    rows = journal.read()
    stats = journal.stats()
    journal.close()
    assert acknowledged_are_kept(notes, rows) > 10
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert stats.segments == len(list(home.journal_archive.iterdir())) > 1, "what crashes left was removed"
    told = [row.data["file"] for row in rows if row.name == "journal.archived"]
    assert sorted(told) == sorted(file.name for file in home.journal_archive.iterdir())
