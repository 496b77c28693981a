"""Every flipped bit of what is kept is found, and the lines it costs are counted."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest

from core.errors import MultiCoderError
from core.memory import DocumentNote, Link
from memory.documents import SqliteDocuments

TABLES = ("documents", "contents", "segments", "pieces", "standings", "links", "tally")
FLIPS = 12


@pytest.fixture
async def filled(tmp_path):
    """A file with rows of every kind, closed: 40,000 + 3 + 2 + 0 lines that count."""
    file = tmp_path / "documents.db"
    with closing(SqliteDocuments(file)) as documents:
        long = await documents.add(
            b"".join(b"row %d\n" % n for n in range(40_000)), DocumentNote("long", "docs", "own")
        )
        await documents.add(b"a\nb\nc\n", DocumentNote("short", "code", "person", project="p", origin="somewhere"))
        odd = await documents.add(b"x\ny\n", DocumentNote("odd", "errors", "foreign"))
        gone = await documents.add(b"bad\n", DocumentNote("bad", "docs", "foreign"))
        await documents.set_standing(odd.document, "quarantined", "strange")
        await documents.set_standing(gone.document, "forgotten", "poison")
        await documents.link(Link(odd.document, "extracted_from", long.document))
    return file


async def scrubbed(file, budget=50_000):
    """What the scrub finds in rounds of small steps, with the file opened anew for each."""
    rounds = 0
    while rounds < 100:
        with closing(SqliteDocuments(file)) as documents:
            found = await documents.scrub(budget)
            if found.whole_round:
                return found, await documents.lost()
        rounds += 1
    raise AssertionError("the scrub comes to no end")


def flip(file, table, column, position, dice):
    """Flip one bit of one value where nothing else notices."""
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("PRAGMA ignore_check_constraints = ON")
        value = db.execute(f"SELECT {column} FROM {table} WHERE position = ?", (position,)).fetchone()[0]
        if isinstance(value, float):
            flipped = value + 2.0 ** dice.randrange(-8, 20)
        elif isinstance(value, int):
            flipped = value ^ 1 << dice.randrange(30)
        elif isinstance(value, str):
            at = dice.randrange(len(value)) if value else 0
            flipped = value[:at] + chr(ord(value[at]) ^ 1 << dice.randrange(6)) + value[at + 1 :] if value else "\x01"
        else:
            data = bytearray(value) or bytearray(1)
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            flipped = bytes(data)
        db.execute(f"UPDATE {table} SET {column} = ? WHERE position = ?", (flipped, position))
        db.commit()
    return value


def columns_of(file, table):
    with closing(sqlite3.connect(file)) as db:
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] != "position"]
        return names, [row[0] for row in db.execute(f"SELECT position FROM {table}")]


async def test_whole_files_have_no_damage(filled):
    found, lost = await scrubbed(filled)
    assert (found.damaged, found.lost, lost) == ((), 0, 0)


@pytest.mark.parametrize("table", TABLES)
async def test_every_flipped_bit_is_found(filled, table):
    dice = random.Random(table)
    columns, positions = columns_of(filled, table)
    for number in range(FLIPS):
        column, position = columns[number % len(columns)], dice.choice(positions)
        before = flip(filled, table, column, position, dice)
        try:
            found, lost = await scrubbed(filled, 10_000_000)
        except MultiCoderError:
            pass  # a value that SQLite's own check of the column refuses is found when the file is opened
        else:
            assert f"{table} {position}" in found.damaged, column
            assert lost == found.lost
        with closing(sqlite3.connect(filled)) as db:
            db.execute(f"UPDATE {table} SET {column} = ? WHERE position = ?", (before, position))
            db.commit()
        assert (await scrubbed(filled, 10_000_000))[0].damaged == ()


async def test_lost_lines_are_counted(filled):
    with closing(sqlite3.connect(filled)) as db:
        first, second = db.execute(
            "SELECT segment, line FROM pieces WHERE content = 1 ORDER BY number LIMIT 2"
        ).fetchall()
        db.execute("UPDATE segments SET packed = zeroblob(length(packed)) WHERE position = ?", (first[0],))
        db.commit()
    found, lost = await scrubbed(filled)
    assert found.damaged == (f"segments {first[0]}",)
    assert lost == found.lost == second[1] - 1
    with closing(SqliteDocuments(filled)) as documents:
        long = (await documents.documents())[0]
        with pytest.raises(MultiCoderError):
            await documents.lines(long.document, 1, 1)
        assert await documents.lines(long.document, second[1], second[1]) == [f"row {second[1] - 1}"]
        # The same bytes given again put right what was damaged.
        await documents.add(
            b"".join(b"row %d\n" % n for n in range(40_000)), DocumentNote("again", "docs", "own", origin="2")
        )
        assert await documents.lost() == 0
        assert await documents.lines(long.document, 1, 1) == ["row 0"]


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ("DELETE FROM segments WHERE position = (SELECT segment FROM pieces WHERE content = 2)", 3),
        ("DELETE FROM pieces WHERE content = 2", 3),
        ("DELETE FROM contents WHERE position = 2", 3),
        ("DELETE FROM documents WHERE position = 2", 3),
        ("DELETE FROM standings WHERE number = 1", 0),
    ],
)
async def test_rows_that_vanished_are_missed(filled, change, lost):
    with closing(sqlite3.connect(filled)) as db:
        db.execute(change)
        db.commit()
    with closing(SqliteDocuments(filled)) as documents:
        assert await documents.lost() == lost
        found = await documents.scrub()
        assert lost or found.damaged == ("standings missing",)


async def test_bits_flipped_in_the_file_are_never_handed_out(filled):
    """Anywhere in the file: what is read is right or refused."""
    whole = filled.read_bytes()
    dice = random.Random(7)
    with closing(SqliteDocuments(filled)) as documents:
        right = {
            one.document: await documents.read(one.document)
            for one in await documents.documents()
            if one.standing != "forgotten"
        }
    refused = 0
    for _ in range(40):
        data = bytearray(whole)
        data[dice.randrange(100, len(data))] ^= 1 << dice.randrange(8)
        filled.write_bytes(data)
        for ending in ("-wal", "-shm"):
            filled.with_name(filled.name + ending).unlink(missing_ok=True)
        try:
            with closing(SqliteDocuments(filled)) as documents:
                for document, said in right.items():
                    assert await documents.read(document) == said
        except MultiCoderError:
            refused += 1
    assert refused > 10
