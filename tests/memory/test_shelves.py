"""Shelves in the archive, and an archive of before there were any."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import pytest

from core.errors import InputError, StorageError
from memory.archive import SqliteArchive
from memory.migrations import SCHEMA_FOLDER, open_database
from memory.sessions import SqliteSessions
from memory.shelves import SqliteShelves
from memory.store import digest


@pytest.fixture
def archive(tmp_path):
    opened = SqliteArchive(tmp_path / "archive.db")
    yield opened
    opened.close()


@pytest.fixture
def shelves(archive):
    return SqliteShelves(archive.store)


@pytest.fixture
def sessions(archive):
    return SqliteSessions(archive.store)


async def test_shelves_are_kept_as_given_oldest_first(shelves):
    made = [await shelves.add_shelf(name) for name in ("Сайт \ud800", "Games")]
    assert await shelves.shelves() == made
    assert await shelves.shelf(made[0].shelf) == made[0]
    renamed = await shelves.change_shelf(made[1].shelf, name="Toys")
    assert (renamed.name, renamed.created) == ("Toys", made[1].created)
    assert await shelves.shelves() == [made[0], renamed]


async def test_a_conversation_stands_on_one_shelf_at_a_time(shelves, sessions):
    one, two = [(await shelves.add_shelf(name)).shelf for name in "ab"]
    session = (await sessions.add_session("t", cwd="", options={})).session
    assert await shelves.places() == {}
    for place, found in ((one, {session: one}), (two, {session: two}), ("", {}), ("", {}), (one, {session: one})):
        await shelves.put(session, place)
        assert await shelves.places() == found


async def test_what_is_deleted_has_no_place_and_stays_on_disk(shelves, sessions, tmp_path):
    shelf, other = [(await shelves.add_shelf(name)).shelf for name in "ab"]
    kept, gone = [(await sessions.add_session(name, cwd="", options={})).session for name in "cd"]
    await shelves.put(kept, shelf)
    await shelves.put(gone, other)
    await sessions.change_session(gone, deleted=True)
    assert await shelves.places() == {kept: shelf}
    await shelves.change_shelf(shelf, deleted=True)
    assert await shelves.places() == {}
    assert [item.shelf for item in await shelves.shelves()] == [other]
    assert [item.session for item in await sessions.sessions()] == [kept]
    with closing(sqlite3.connect(tmp_path / "archive.db")) as connection:
        assert connection.execute("SELECT count(*) FROM shelves").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM shelved").fetchone() == (2,)


async def test_what_is_unknown_or_deleted_is_refused_by_its_kind(shelves, sessions):
    shelf = (await shelves.add_shelf("a")).shelf
    session = (await sessions.add_session("t", cwd="", options={})).session
    gone = (await sessions.add_session("t", cwd="", options={})).session
    await sessions.change_session(gone, deleted=True)
    for name in ("s-none", gone):
        with pytest.raises(InputError, match="unknown-session"):
            await shelves.put(name, shelf)
    await shelves.change_shelf(shelf, deleted=True)
    for call in (
        lambda: shelves.shelf(shelf),
        lambda: shelves.put(session, shelf),
        lambda: shelves.change_shelf("k-none", name="x"),
    ):
        with pytest.raises(InputError, match="unknown-shelf"):
            await call()


async def test_a_changed_row_is_noticed(shelves, sessions, tmp_path):
    shelf = (await shelves.add_shelf("a")).shelf
    session = (await sessions.add_session("t", cwd="", options={})).session
    await shelves.put(session, shelf)
    for change, read in (
        ("UPDATE shelved SET shelf = 'k-other'", shelves.places),
        ("UPDATE shelves SET name = x'00'", shelves.shelves),
    ):
        with closing(sqlite3.connect(tmp_path / "archive.db")) as other:
            other.execute(change)
            other.commit()
        with pytest.raises(StorageError, match="record-damaged"):
            await read()


async def test_an_archive_of_before_is_copied_and_gets_shelves(tmp_path):
    path, before = tmp_path / "multicoder.db", tmp_path / "schema"
    before.mkdir()
    for file in sorted(SCHEMA_FOLDER.glob("*.sql"))[:2]:
        shutil.copy(file, before)
    session = ("s-old", b"Snake", 1.0, b"/nowhere", "{}", "", 0)
    with closing(open_database(path, before)) as connection:
        columns = "session, title, created, cwd, options, parent, deleted, digest"
        connection.execute(
            f"INSERT INTO sessions ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*session, digest(session))
        )
    archive = SqliteArchive(path)
    try:
        shelves = SqliteShelves(archive.store)
        assert await shelves.shelves() == []
        shelf = (await shelves.add_shelf("Games")).shelf
        await shelves.put("s-old", shelf)
        assert await shelves.places() == {"s-old": shelf}
        assert (await SqliteSessions(archive.store).session("s-old")).title == "Snake"
    finally:
        archive.close()
    with closing(sqlite3.connect(tmp_path / "multicoder.db.v2.bak")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (2,)
        assert copy.execute("SELECT session FROM sessions").fetchall() == [("s-old",)]
        assert copy.execute("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'shel%'").fetchone() == (0,)
