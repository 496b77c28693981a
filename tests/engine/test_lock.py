from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from core.errors import DataFolderBusy, StorageError
from engine.lock import FolderLock

HOLDER = """
import sys
from pathlib import Path
from engine.lock import FolderLock
with FolderLock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
print("released", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holder(home):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home.lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate(timeout=10)


def test_a_second_process_is_refused_at_once_and_told_who_holds_it(home, holder):
    with pytest.raises(DataFolderBusy) as caught:
        FolderLock(home.lock).acquire()
    assert caught.value.facts == {"pid": holder.pid}
    assert holder.poll() is None


def test_after_release_the_next_one_gets_it(home, holder):
    holder.stdin.write("\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "released\n"
    with FolderLock(home.lock):
        assert home.lock.read_text() == str(os.getpid())
    assert home.lock.read_text() == ""


def test_the_lock_of_a_killed_process_is_free(home, holder):
    holder.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    holder.wait(10)
    assert home.lock.read_text() == str(holder.pid)
    with FolderLock(home.lock):
        assert home.lock.read_text() == str(os.getpid())


def test_a_child_started_meanwhile_does_not_keep_the_lock(home):
    with FolderLock(home.lock):
        child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        with FolderLock(home.lock):
            assert child.poll() is None
    finally:
        child.communicate(b"\n", timeout=10)


def test_the_same_process_cannot_hold_it_twice(home):
    with FolderLock(home.lock), pytest.raises(DataFolderBusy) as caught:
        FolderLock(home.lock).acquire()
    assert caught.value.facts == {"pid": os.getpid()}


def test_releasing_without_holding_and_twice_is_harmless(home):
    lock = FolderLock(home.lock)
    lock.release()
    lock.acquire()
    lock.release()
    lock.release()
    with lock:
        pass


def test_what_stands_in_the_file_does_not_matter(home):
    home.lock.write_bytes(b"\xff\xfe 999999999999999999999999 left by something else")
    with FolderLock(home.lock):
        assert home.lock.read_text() == str(os.getpid())


def test_a_missing_folder_is_a_storage_error(tmp_path):
    with pytest.raises(StorageError) as caught:
        FolderLock(tmp_path / "nowhere" / "multicoder.lock").acquire()
    assert caught.value.facts["path"] == str(tmp_path / "nowhere" / "multicoder.lock")
