from __future__ import annotations

import contextlib
import subprocess
import sys
import time

import pytest

from core.events import Event
from engine.journal import Journal, read_journal, verify, verify_tail

pytestmark = pytest.mark.skipif("sys.platform != 'linux'", reason="mounts a small file system")


@pytest.fixture
def small(tmp_path):
    """A file system of 2 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False, timeout=20)
    except FileNotFoundError:
        pytest.skip("no mount")
    if mounted.returncode:
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True, timeout=20)


def test_a_full_disk_delays_events_and_loses_none(small, log, lines):
    path = small / "journal.db"
    journal = Journal(path, log)
    ballast = small / "ballast"
    journal.emit(Event("ERROR", "before"))
    ballast.write_bytes(b"x" * 1_200_000)
    for number in range(300):
        journal.emit(Event("INFO", f"e{number}", data={"text": "x" * 3_000}))
    assert journal.flush() is False
    journal.emit(Event("ERROR", "while full"))
    stats = journal.stats()
    assert stats.waiting > 0
    assert stats.lost == 0
    assert verify(path).ok
    assert verify_tail(path).ok
    assert any("the disk refused them" in text for text in lines.texts)
    ballast.unlink()
    subprocess.run(["mount", "-o", "remount,size=30m", str(small)], check=True, timeout=20)
    assert journal.flush() is True
    journal.close()
    expected = ["before", *(f"e{number}" for number in range(300)), "while full"]
    assert [row.name for row in read_journal(path)] == expected
    assert verify(path).ok


def fill(file):
    """Take all room that is left."""
    with file.open("wb", buffering=0) as ballast, contextlib.suppress(OSError):
        while ballast.write(bytes(4_096)):
            pass


def test_archiving_on_a_full_disk_moves_nothing_and_goes_on_later(small, log, lines, monkeypatch):
    monkeypatch.setattr("engine.journal.archiving._REST_SECONDS", 0.3)
    path = small / "journal.db"
    journal = Journal(path, log, budget_mb=0.3)
    room = small / "ballast"
    for number in range(350):
        journal.emit(Event("INFO", f"e{number}", data={"text": "xyz" * 300}))
        if number == 200:
            fill(room)
    journal.flush()
    time.sleep(0.5)
    assert verify(path).ok
    room.unlink()
    deadline = time.monotonic() + 20
    while not journal.stats().segments and time.monotonic() < deadline:
        journal.flush()
        journal.emit(Event("INFO", "later"))
        time.sleep(0.05)
    assert journal.stats().segments >= 1
    journal.close()
    names = [row.name for row in read_journal(path) if row.name.startswith("e")]
    assert names == [f"e{number}" for number in range(350)]
    assert verify(path).ok


LIMITED = """
import logging, resource, signal, sys
from pathlib import Path
from core.events import Event
from engine.journal import Journal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
logging.getLogger("multicoder").addHandler(logging.NullHandler())
journal = Journal(Path(sys.argv[1]), logging.getLogger("multicoder"))
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
for number in range(400):
    journal.emit(Event("INFO", f"e{number}", data={"text": "x" * 2_000}))
refused = not journal.flush()
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
print(refused, journal.flush(), journal.stats().lost)
journal.close()
"""


def test_a_file_that_may_not_grow_delays_events_and_loses_none(tmp_path):
    path = tmp_path / "journal.db"
    command = [sys.executable, "-c", LIMITED, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["True", "True", "0"]
    assert [row.name for row in read_journal(path)] == [f"e{number}" for number in range(400)]
    assert verify(path).ok
