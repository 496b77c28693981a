"""A process that is killed while it keeps documents leaves whole ones only, and every one it spoke of."""

from __future__ import annotations

import hashlib
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from memory.documents import SqliteDocuments

WRITER = """
import asyncio, hashlib, random, sys
from pathlib import Path
from core.memory import DocumentNote
from memory.documents import SqliteDocuments

async def write():
    documents = SqliteDocuments(Path(sys.argv[1]))
    dice = random.Random(sys.argv[2])
    print("open", flush=True)
    number = 0
    while True:
        number += 1
        size = dice.choice([0, 90, 5_000, 400_000, 3_000_000, 9_000_000])
        head = f"document {sys.argv[2]}/{number}\\n".encode()
        body = dice.randbytes(size // 3).hex() + "\\n" if number % 3 else "the same lines again\\n" * (size // 21)
        data = head + body.encode()
        source = data
        if number % 2:
            source = Path(sys.argv[1] + ".given")
            source.write_bytes(data)
        kept = await documents.add(source, DocumentNote(str(number), "docs", "person", origin=sys.argv[2]))
        if number % 7 == 0:
            await documents.set_standing(kept.document, "forgotten", "drill")
        else:
            print(kept.document, hashlib.sha256(data).hexdigest(), kept.lines, flush=True)

asyncio.run(write())
"""


def kept_until_killed(file, seed, acknowledged):
    """What a process acknowledged before it was killed, behind so many documents and a little."""
    command = [sys.executable, "-c", WRITER, str(file), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = said_until_killed(process, seed, acknowledged)
    return [line.split() for line in said if line.count(" ") == 2 and line.endswith("\n")]


def said_until_killed(process, seed, acknowledged):
    """The lines it wrote."""
    said = []
    while len(said) < acknowledged and (line := process.stdout.readline()):
        said.append(line)
    try:
        process.wait(timeout=0.03 * (seed % 9))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return said + process.stdout.readlines()


async def check(file, acknowledged):
    """Every document there is whole, every acknowledged one is there, nothing is left of others."""
    with closing(SqliteDocuments(file)) as documents:
        there = {item.document: item for item in await documents.documents()}
        for document, digest, lines in acknowledged:
            assert there[document].sha256 == digest
            assert there[document].lines == int(lines)
        for item in there.values():
            if item.standing != "forgotten":
                data = await documents.read(item.document)
                assert hashlib.sha256(data).hexdigest() == item.sha256
                assert len(await documents.lines(item.document, 1, item.lines)) == item.lines
        while not (passed := await documents.scrub(1_000_000_000)).whole_round:
            pass
        assert passed.damaged == ()
        assert passed.lost == await documents.lost() == 0
    with closing(sqlite3.connect(file)) as look:
        unused = "SELECT count(*) FROM segments WHERE position NOT IN (SELECT segment FROM pieces)"
        assert look.execute(unused).fetchone() == (0,)
        assert look.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert look.execute("PRAGMA foreign_key_check").fetchall() == []
    return len(there)


async def kill_often(file, kills):
    acknowledged = []
    for kill in range(kills):
        acknowledged += kept_until_killed(file, kill, 1 + kill % 6)
        there = await check(file, acknowledged)
    assert kills <= len(acknowledged) <= there


async def test_a_few_kills_lose_nothing(tmp_path):
    await kill_often(tmp_path / "documents.db", 4)


@pytest.mark.slow
async def test_many_kills_lose_nothing(tmp_path):
    await kill_often(tmp_path / "documents.db", 30)
