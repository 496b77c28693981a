"""A damaged `documents.db` comes back from the newest good backup with what can be proved added."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing

import pytest

from core.memory import DocumentNote, Link
from core.paths import Home
from engine.recovery.restore import recover
from engine.recovery.sets import damaged_files, make_set
from memory.documents import FILE, SqliteDocuments

BIG = b"".join(b"row %d of a long text\n" % number for number in range(60_000))


def note(name, **more):
    return DocumentNote(name, "docs", "person", **more)


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.prepare()
    asyncio.run(fill(made))
    return made


async def fill(home):
    with closing(SqliteDocuments(home.root / FILE)) as documents:
        old = await documents.add(BIG, note("old"))
        await documents.add(b"to be forgotten\n", note("secret"))
        make_set(home, "scheduled")
        new = await documents.add(BIG + b"and more\n", note("new"))
        await documents.add(b"short\n", note("short"))
        await documents.set_standing((await documents.documents())[1].document, "forgotten", "my wish")
        await documents.set_standing(old.document, "quarantined", "odd")
        await documents.link(Link(new.document, "replaces", old.document))


async def read_all(home):
    with closing(SqliteDocuments(home.root / FILE)) as documents:
        found = {}
        for position, one in await documents.after(0, 100):
            data = b"" if one.standing == "forgotten" else await documents.read(one.document)
            found[one.note.name] = (position, one, data)
        links = [link for _, one, _ in found.values() for link in await documents.links(one.document)]
        scrubbed = await documents.scrub(1 << 30)
        assert (scrubbed.whole_round, scrubbed.damaged, await documents.lost()) == (True, (), 0)
        return found, links


def damage(file, kind):
    if kind == "truncated":
        os.truncate(file, file.stat().st_size // 3 // 4096 * 4096)
    elif kind == "header":
        with file.open("r+b") as raw:
            raw.write(os.urandom(4096))
    elif kind == "gone":
        file.unlink()
    elif kind == "segment of the old":
        change(file, "UPDATE segments SET packed = zeroblob(9) WHERE position = 2")
    elif kind == "segment of the new":
        change(
            file,
            "UPDATE segments SET packed = zeroblob(9) WHERE position = (SELECT max(segment) FROM pieces p"
            " JOIN contents c ON c.position = p.content WHERE c.size = (SELECT max(size) FROM contents))",
        )
    else:
        change(file, "UPDATE documents SET name = x'00' WHERE position = 3")


def change(file, query):
    with closing(sqlite3.connect(file)) as db:
        assert db.execute(query).rowcount == 1
        db.commit()


@pytest.mark.parametrize(
    ("kind", "survive"),
    [
        ("truncated", {"old", "secret"}),
        ("header", {"old", "secret"}),
        ("gone", {"old", "secret"}),
        ("segment of the old", {"old", "secret", "new", "short"}),
        ("segment of the new", {"old", "secret", "short"}),
        ("row of the new", {"old", "secret", "short"}),
    ],
)
async def test_a_damaged_file_is_put_right(home, kind, survive):
    before, links = await read_all(home)
    damage(home.root / FILE, kind)
    (recovered,) = await asyncio.to_thread(recover, home)
    assert (recovered.file, bool(recovered.backup)) == (FILE, True)
    assert kind == "gone" or list(home.damaged.glob(f"*/{FILE}"))
    after, linked = await read_all(home)
    assert after.keys() >= survive
    for name in survive & after.keys() if len(survive) > 2 else {"old"}:
        assert after[name][2] == before[name][2]
    if len(survive) > 2:
        assert {name: one[:2] for name, one in after.items()} == {name: before[name][:2] for name in survive}
        assert set(linked) == set(links)
        assert len(recovered.missing) >= 4 - len(survive)
    assert await asyncio.to_thread(recover, home) == [recovered]


async def test_rows_that_vanished_come_back(home):
    before, _ = await read_all(home)
    with closing(sqlite3.connect(home.root / FILE)) as db:
        db.execute("DELETE FROM documents WHERE position = 1")
        db.execute("DELETE FROM documents WHERE position > 2")
        db.commit()
    (recovered,) = await asyncio.to_thread(recover, home)
    after, _ = await read_all(home)
    assert recovered.file == FILE
    assert after["old"][2] == before["old"][2]


async def test_every_other_set_shares_the_file_while_nothing_was_added(home):
    first, second, third, fourth = (make_set(home, "scheduled") for _ in range(4))
    assert same_file(first, third)
    assert same_file(second, fourth)
    assert not same_file(first, second)
    assert damaged_files(third) == damaged_files(fourth) == []
    with closing(SqliteDocuments(home.root / FILE)) as documents:
        await documents.add(b"one more\n", note("more"))
    fifth = make_set(home, "scheduled")
    assert not same_file(fifth, third)
    assert not same_file(fifth, fourth)
    fourth.path(FILE).write_bytes(b"spoilt")
    assert damaged_files(third) == damaged_files(fifth) == []


def same_file(one, other):
    return one.path(FILE).samefile(other.path(FILE))
