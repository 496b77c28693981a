from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time

import pytest

from core.files import create_private, write_atomic

WRITER = """
import sys
from pathlib import Path
from core.files import write_atomic
path, letter = Path(sys.argv[1]), 0
while True:
    write_atomic(path, bytes([97 + letter]) * 200_000)
    letter = (letter + 1) % 26
    print("written", flush=True)
"""


def test_the_content_is_replaced_and_nothing_else_is_left(tmp_path):
    target = tmp_path / "данные.toml"
    write_atomic(target, b"one")
    write_atomic(target, b"two\r\n\x00")
    assert target.read_bytes() == b"two\r\n\x00"
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_replacement_leaves_no_temporary_file(tmp_path):
    target = tmp_path / "folder"
    target.mkdir()
    (target / "kept").touch()
    with pytest.raises(OSError, match=r"folder|directory"):
        write_atomic(target, b"x")
    assert list(tmp_path.iterdir()) == [target]
    assert (target / "kept").exists()


def test_kill_in_the_middle_leaves_a_whole_file(tmp_path):
    target = tmp_path / "whole"
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(0.02)
        writer.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
        writer.wait(10)
        writer.stdout.close()
        data = target.read_bytes()
        assert len(data) == 200_000
        assert len(set(data)) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows files inherit the person's own access list")
def test_a_private_file_is_private_and_an_existing_one_is_left_alone(tmp_path):
    fresh, known = tmp_path / "fresh", tmp_path / "known"
    known.write_text("content")
    known.chmod(0o644)
    create_private(fresh)
    create_private(known)
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600
    assert stat.S_IMODE(known.stat().st_mode) == 0o644
    assert known.read_text() == "content"
