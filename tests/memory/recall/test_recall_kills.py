"""An index whose writer is killed is continued, and ends up the same."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

from core.memory import DocumentNote
from memory.archive import SqliteArchive
from memory.documents.documents import FILE as DOCUMENTS
from memory.documents.documents import SqliteDocuments
from memory.recall.index import FILE
from memory.recall.service import MemoryRecall

_WRITER = """
import asyncio, sys
from pathlib import Path
from memory.archive import SqliteArchive
from memory.documents.documents import FILE, SqliteDocuments
from memory.recall import filling
from memory.recall.service import MemoryRecall
filling._MESSAGES_AT_ONCE, filling._BYTES_AT_ONCE = 40, 4000
folder = Path(sys.argv[1])
recall = MemoryRecall(folder, SqliteArchive(folder / "multicoder.db"), SqliteDocuments(folder / FILE))
print("ready", flush=True)
asyncio.run(recall.catch_up())
print("done", flush=True)
"""


def content(folder):
    with closing(sqlite3.connect(folder / FILE)) as index:
        passages = index.execute(
            "SELECT place, source, first, lines, start, p.words, t.name, s.name, asks, crc FROM passages p "
            "JOIN threads t USING (thread) JOIN speakers s USING (speaker) ORDER BY place"
        ).fetchall()
        return passages, index.execute("SELECT term, doc FROM term_rows ORDER BY term, doc").fetchall()


async def fill(folder):
    rng = random.Random(7)
    archive, documents = SqliteArchive(folder / "multicoder.db"), SqliteDocuments(folder / DOCUMENTS)
    words = [f"word{number}" for number in range(400)]
    projects = [(await archive.add_project(str(n), out=".", locale="en")).project for n in range(3)]
    for number in range(300):
        text = "\n".join(" ".join(rng.choices(words, k=9)) for _ in range(3))
        await archive.add_message(projects[number % 3], "", "person", text)
    for number in range(4):
        lines = [" ".join(rng.choices(words, k=8)) if rng.random() > 0.1 else "```" for _ in range(600)]
        await documents.add("\n".join(lines).encode(), DocumentNote(f"d{number}", "docs", "foreign", projects[0]))
        talk = [f"{rng.choice(['Ann', 'Bob'])}: {' '.join(rng.choices(words, k=6))}" for _ in range(300)]
        note = DocumentNote(f"t{number}", "dialogue", "foreign", projects[1], speakers=True)
        await documents.add("\n".join(talk).encode(), note)
    return archive, documents


def kill_once(folder, wait):
    command = [sys.executable, "-c", _WRITER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(wait)
        writer.kill()
        return "done" in writer.stdout.read()


def test_an_index_is_the_same_after_any_number_of_kills(home, monkeypatch):
    monkeypatch.setattr("memory.recall.filling._MESSAGES_AT_ONCE", 40)
    monkeypatch.setattr("memory.recall.filling._BYTES_AT_ONCE", 4000)
    archive, documents = asyncio.run(fill(home.root))
    recall = MemoryRecall(home.root, archive, documents)
    asyncio.run(recall.catch_up())
    recall.close()
    whole = content(home.root)
    (home.root / FILE).unlink()
    documents.close()
    archive.close()
    kills = 0
    while not kill_once(home.root, 0.02 + 0.03 * kills):
        kills += 1
    assert kills >= 2
    assert content(home.root) == whole
