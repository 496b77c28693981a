"""An import that is killed again and again loses nothing that was said to be kept, and keeps nothing twice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from memory.documents.documents import SqliteDocuments

SCRIPT = Path(__file__).with_name("importing_process.py")
ROOT = Path(__file__).resolve().parents[3]
KILLS = 25


def start(home, folder):
    return subprocess.Popen(
        [sys.executable, str(SCRIPT), str(home), str(folder)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def killed(home, folder, chance):
    """Kill an import some milliseconds after a file was kept; return what it had said."""
    process = start(home, folder)
    said, patience = [], chance.randrange(1, 9)
    while line := process.stdout.readline():
        said.append(line.split())
        if len(said) >= patience:
            time.sleep(chance.random() * 0.05)
            break
    process.kill()
    rest, _ = process.communicate()
    return said + [line.split() for line in rest.splitlines()]


@pytest.mark.slow
async def test_nothing_that_was_acknowledged_is_lost_and_nothing_is_kept_twice(tmp_path):
    chance = random.Random(7)
    home, folder = tmp_path / "home", tmp_path / "in"
    home.mkdir()
    folder.mkdir()
    contents = {}
    for number in range(260):
        data = chance.randbytes(chance.randrange(1, 60_000)) if number % 3 else (f"строка {number}\n" * 900).encode()
        contents[f"in/{number:03}.{'pdf' if number % 5 == 0 else 'txt'}"] = data
    for name, data in contents.items():
        (tmp_path / name).write_bytes(data)
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        for number in range(60):
            contents[f"in/z.zip/{number}.txt"] = f"в архиве {number}\n".encode() * 500
            archive.writestr(f"{number}.txt", contents[f"in/z.zip/{number}.txt"])
    contents["in/z.zip"] = (folder / "z.zip").read_bytes()
    acknowledged = {}
    kills = 0
    while kills < KILLS:
        said = killed(home, folder, chance)
        assert ["ended"] not in said, "more files are needed for so many kills"
        acknowledged |= dict(line for line in said if len(line) == 2)
        kills += 1
    last = start(home, folder)
    out, _ = last.communicate(timeout=120)
    assert out.splitlines()[-1] == "ended"
    documents = SqliteDocuments(home / "documents.db")
    try:
        kept = {document.document: document for document in await documents.documents()}
        for name, document in acknowledged.items():
            assert await documents.read(document) == contents[name]
        originals = {item.note.name: item for item in kept.values() if not item.note.origin.endswith("#text")}
        assert set(originals) == set(contents)
        texts = [item for item in kept.values() if item.note.origin.endswith("#text")]
        assert len(kept) == len(contents) + len(texts), "nothing is kept twice"
        for name, item in originals.items():
            assert await documents.read(item.document) == contents[name]
    finally:
        documents.close()
    assert not (home / "scratch").exists()
