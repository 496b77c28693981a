"""Rows that prove themselves are saved from a damaged archive, one by one, and those that do not are put back."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing

import pytest
from damage import contents, flip_bits, messages, rows, versions

from engine.recovery.restore import recover
from engine.recovery.sets import make_set, read_sets
from memory.archive import SqliteArchive
from memory.sessions import SqliteSessions
from memory.shelves import SqliteShelves


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits_are_found_and_repaired_from_the_backup(lived_in, seed):
    make_set(lived_in, "scheduled")
    before = contents(lived_in)
    flip_bits(lived_in.database, 3, seed)
    with closing(sqlite3.connect(lived_in.database)) as connection:
        try:
            seen = connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]
        except sqlite3.DatabaseError:
            seen = True
    recovered = recover(lived_in)
    assert contents(lived_in) == before
    assert [one.missing for one in recovered] in ([], [()])
    assert recovered or not seen


@pytest.mark.parametrize("table", ["projects", "runs", "messages", "versions"])
def test_a_changed_value_no_page_check_sees_is_repaired_alone(grown, table):
    """What came after the backup and is sound stays, though the file is older than it."""
    home = grown.home
    before = contents(home)
    column = {"projects": "title", "runs": "request", "messages": "text", "versions": "artifact"}[table]
    rows(home.database, f"UPDATE {table} SET {column} = CAST('changed' AS BLOB) WHERE position = 1")
    (recovered,) = recover(home)
    assert f"{table} 1" in recovered.trouble
    assert recovered.missing == ()
    assert contents(home) == before


@pytest.mark.parametrize("newer", [False, True])
def test_a_changed_text_is_repaired_by_its_checksum(grown, newer):
    home = grown.home
    before = contents(home)
    held = set(rows(read_sets(home)[0].path("multicoder.db"), "SELECT sha256 FROM blobs"))
    every = set(rows(home.database, "SELECT sha256 FROM blobs"))
    blob = min(every - held if newer else held)[0]
    rows(home.database, "UPDATE blobs SET packed = zeroblob(20) WHERE sha256 = ?", blob)
    recovered = recover(home)
    if newer:
        named = [words.facts["record"] for words in recovered[0].missing if words.message == "recovery-missing-record"]
        assert named == [f"blobs {blob}"]
    else:
        assert [one.missing for one in recovered] == [()]
        assert contents(home) == before


async def test_a_lost_record_newer_than_the_backup_is_named_and_made_again_where_that_is_possible(grown):
    home = grown.home
    kept = versions(home)
    (position,) = rows(home.database, "SELECT position FROM versions WHERE run = ?", grown.carried)[0]
    rows(home.database, "UPDATE versions SET sha256 = 'changed' WHERE position = ?", position)
    recovered = recover(home)
    records = [words.facts["record"] for one in recovered for words in one.missing if "record" in words.facts]
    assert records == [f"versions {position}"]
    assert versions(home) == [row for row in kept if row[2] != grown.carried]


@pytest.mark.parametrize("seed", range(4))
async def test_what_lies_on_sound_pages_behind_damaged_ones_is_saved(lived_in, seed):
    """Nearly everything came after the backup; only what lay on the damaged pages is lost."""
    make_set(lived_in, "scheduled")
    archive = SqliteArchive(lived_in.database)
    project = (await archive.projects())[0].project
    run = (await archive.runs())[0].run
    for number in range(400):
        await archive.add_message(project, run, "person", f"message {number} " + "x" * 300)
    archive.close()
    before = messages(lived_in)
    data = bytearray(lived_in.database.read_bytes())
    leaves = [page for page in range(len(data) // 4096) if data[page * 4096] == 13 and b"message 2" in
              data[page * 4096 : page * 4096 + 4096]]  # fmt: skip
    chance = random.Random(seed)
    for page in chance.sample(leaves, 3):
        data[page * 4096 : page * 4096 + 4096] = chance.randbytes(4096)
    lived_in.database.write_bytes(data)
    assert recover(lived_in)[0].file == "multicoder.db"
    now = messages(lived_in)
    assert set(now) < set(before)
    assert len(before) - 60 < len(now)


async def test_a_row_whose_number_became_another_ones_neither_takes_its_place_nor_holds_up_the_start(lived_in):
    """One flipped bit makes 44 of 300: looking for what follows the last row would go round in circles."""
    archive = SqliteArchive(lived_in.database)
    project = (await archive.projects())[0].project
    run = (await archive.runs())[0].run
    for number in range(len(messages(lived_in)) + 1, 301):
        await archive.add_message(project, run, "person", f"message {number}")
    archive.close()
    make_set(lived_in, "scheduled")
    before = messages(lived_in)
    data = bytearray(lived_in.database.read_bytes())
    header_and_text = data.rindex(b"message 300")
    number = data.rindex(b"\x82\x2c", header_and_text - 200, header_and_text)  # 300 as SQLite writes it
    data[number] ^= 2
    lived_in.database.write_bytes(data)
    assert rows(lived_in.database, "SELECT position FROM messages NOT INDEXED")[-2:] == [(299,), (44,)]
    assert [one.file for one in recover(lived_in)] == ["multicoder.db"]
    assert messages(lived_in) == before


async def test_shelves_changed_since_the_backup_are_as_they_were_left(lived_in):
    archive = SqliteArchive(lived_in.database)
    sessions, shelves = SqliteSessions(archive.store), SqliteShelves(archive.store)
    one, two = [(await sessions.add_session(name, cwd="", options={})).session for name in "ab"]
    old, new = [(await shelves.add_shelf(name)).shelf for name in ("old", "new")]
    await shelves.put(one, old)
    archive.close()
    make_set(lived_in, "scheduled")
    archive = SqliteArchive(lived_in.database)
    shelves = SqliteShelves(archive.store)
    await shelves.put(one, "")
    await shelves.put(two, new)
    await shelves.change_shelf(old, deleted=True)
    archive.close()
    before = contents(lived_in)
    rows(lived_in.database, "UPDATE projects SET title = CAST('changed' AS BLOB) WHERE position = 1")
    assert [item.missing for item in recover(lived_in)] == [()]
    assert contents(lived_in) == before
