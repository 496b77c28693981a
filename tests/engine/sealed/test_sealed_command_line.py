from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from sealing_life import memory_of

from core.paths import Home
from engine.lock import FolderLock

PASSPHRASE = "correct horse battery staple"


def multicoder(home: Home, *words: str, passphrase: str = PASSPHRASE):
    environ = {**os.environ, "MULTICODER_HOME": str(home.root), "THE_WORDS": passphrase, "LANG": "en_US.UTF-8"}
    command = [sys.executable, "-m", "engine.cli", "memory", *words, "--passphrase-env", "THE_WORDS"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=240, check=False)


@pytest.mark.slow
def test_a_memory_goes_to_a_file_and_back_from_the_command_line(lived_in, tmp_path):
    path = str(tmp_path / "memory.mcmemory")
    made = multicoder(lived_in, "backup", path, "--json")
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["path"] == path
    assert PASSPHRASE not in made.stdout + made.stderr
    there = Home(tmp_path / "elsewhere")
    wrong = multicoder(there, "restore", path, passphrase="something else entirely")
    assert (wrong.returncode, there.database.exists()) == (2, False)
    assert "does not open" in wrong.stderr
    done = multicoder(there, "restore", path)
    assert done.returncode == 0, done.stderr
    assert memory_of(there) == memory_of(lived_in)
    refused = multicoder(there, "restore", path)
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    with FolderLock(there.lock):
        assert multicoder(there, "restore", path, "--replace").returncode == 9
    assert not [
        file for file in lived_in.root.rglob("*") if file.is_file() and PASSPHRASE.encode() in file.read_bytes()
    ]


@pytest.mark.slow
def test_a_folder_takes_copies_and_lists_them(lived_in, tmp_path):
    place = str(tmp_path / "cloud")
    for _ in range(2):
        assert multicoder(lived_in, "backup", place).returncode == 0
    listed = multicoder(lived_in, "restore", place, "--list", "--json")
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert [row["missing"] for row in rows] == [0, 0]
    done = multicoder(lived_in, "restore", place, "--snapshot", rows[1]["snapshot"], "--replace", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["backup"]
