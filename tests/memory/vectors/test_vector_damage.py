"""What happens to the files of the index; recall never waits for it, never hears of it and has its lane back after."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import time
from contextlib import closing

import pytest
from vector_passages import cut, text_of

from memory.vectors import chroma
from memory.vectors.lane import open_vectors

SPACES = ("person.dialogue", "p-1.docs")
COUNT = 260
QUESTIONS = [text_of(number) for number in range(1, COUNT, 13)]


def folder(home):
    return home / "vectors"


def index(home):
    return next(path for path in folder(home).iterdir() if path.is_dir())


def database(home):
    return index(home) / "chroma.sqlite3"


def graphs(home):
    return sorted(index(home).glob("*/*.bin"))


def vectors_of(home):
    return max(graphs(home), key=lambda file: file.stat().st_size)


def flip(file, dice):
    data = bytearray(file.read_bytes())
    for _ in range(3):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    file.write_bytes(data)


def truncate(file, dice):
    os.truncate(file, dice.randrange(file.stat().st_size))


def garbage(file, dice):
    file.write_bytes(dice.randbytes(file.stat().st_size or 100))


def remove_folder(home, dice):
    shutil.rmtree(folder(home))


def remove_index(home, dice):
    shutil.rmtree(index(home))


def remove_graphs(home, dice):
    for file in graphs(home):
        file.unlink()


def empty_database(home, dice):
    database(home).write_bytes(b"")


def foreign_database(home, dice):
    database(home).unlink()
    with closing(sqlite3.connect(database(home))) as connection:
        connection.execute("CREATE TABLE embeddings (id INTEGER)")
        connection.commit()


def index_of(home):
    return index(home).name if folder(home).is_dir() and any(one.is_dir() for one in folder(home).iterdir()) else ""


def in_the_manifest(**changes):
    def change(home, dice):
        file = folder(home) / "manifest.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | changes))

    change.__name__ = f"manifest_{'_'.join(changes)}"
    return change


def no_manifest(home, dice):
    (folder(home) / "manifest.json").unlink()


def broken_manifest(home, dice):
    flip(folder(home) / "manifest.json", dice)
    truncate(folder(home) / "manifest.json", dice)


def file_in_place(home, dice):
    shutil.rmtree(folder(home))
    folder(home).write_bytes(b"a file")


def folder_in_place(home, dice):
    database(home).unlink()
    database(home).mkdir()


def a_row_less(home, dice):
    with closing(sqlite3.connect(database(home))) as connection:
        connection.execute("DELETE FROM embeddings WHERE id = (SELECT max(id) FROM embeddings)")
        connection.commit()


def strange_file(home, dice):
    (index(home) / "payload.pickle").write_bytes(b"cos\nsystem\n")


def on(which, how):
    def change(home, dice):
        how(which(home), dice)

    change.__name__ = f"{how.__name__}_{which.__name__}"
    return change


def any_file(home):
    return random.Random(str(time.time())).choice([*graphs(home), database(home)])


QUICK = [
    remove_folder,
    remove_graphs,
    on(database, garbage),
    on(database, truncate),
    on(vectors_of, flip),
    in_the_manifest(library="0.4.24"),
]
SLOW = [
    *QUICK,
    remove_index,
    empty_database,
    foreign_database,
    on(database, flip),
    on(vectors_of, truncate),
    on(vectors_of, garbage),
    in_the_manifest(format=99),
    in_the_manifest(spaces=[1]),
    in_the_manifest(folder="../elsewhere"),
    no_manifest,
    broken_manifest,
    file_in_place,
    folder_in_place,
    a_row_less,
    strange_file,
    on(any_file, flip),
]


async def answers(lane):
    return [set(await lane.search(SPACES, [question], 10)) for question in QUESTIONS]


async def is_noticed_and_mended(home, damage, dice, before):
    """Damage an index that is closed, and after it was mended the same way while it is open."""
    damage(home, dice)
    lane = open_vectors(home)
    try:
        begun = time.monotonic()
        assert all(not found for found in await answers(lane))
        condition = await lane.condition()
        assert time.monotonic() - begun < 3
        assert condition.state == "degraded", damage.__name__
        assert condition.trouble
        await mended(lane, before)
        damaged = index_of(home)
        damage(home, dice)
        begun = time.monotonic()
        await answers(lane)
        await lane.condition()
        assert time.monotonic() - begun < 3
        await lane.catch_up(cut(COUNT))  # waits for the lane to have mended itself
        assert (index_of(home) != damaged) or "manifest" in damage.__name__  # open, it reads no manifest
        assert (await lane.condition()).state == "ready"
        assert alike(before, await answers(lane)) >= 0.99
    finally:
        await lane.close()


async def mended(lane, before):
    seen = []
    assert await lane.catch_up(cut(COUNT), lambda done, total: seen.append((done, total))) == COUNT
    assert seen[-1] == (COUNT, COUNT)
    assert (await lane.condition()).state == "ready"
    assert alike(before, await answers(lane)) >= 0.99


def alike(before, after):
    return sum(len(one & other) for one, other in zip(before, after, strict=True)) / sum(map(len, before))


@pytest.fixture
async def filled(tmp_path, sync_often):
    lane = open_vectors(tmp_path)
    await lane.catch_up(cut(COUNT))
    before = await answers(lane)
    await lane.close()
    assert graphs(tmp_path)
    return before


@pytest.fixture
def sync_often(monkeypatch):
    """Have the library write its graph after few rows, as it does after thousands."""
    monkeypatch.setitem(chroma._INDEX, "sync_threshold", 50)


@pytest.mark.parametrize("damage", QUICK, ids=lambda damage: damage.__name__)
async def test_damage_is_noticed_at_once_and_mended_by_the_next_filling(tmp_path, filled, damage):
    await is_noticed_and_mended(tmp_path, damage, random.Random(1), filled)


@pytest.mark.slow
@pytest.mark.parametrize("round_", range(3))
@pytest.mark.parametrize("damage", SLOW, ids=lambda damage: damage.__name__)
async def test_damage_of_all_kinds(tmp_path, filled, damage, round_):
    await is_noticed_and_mended(tmp_path, damage, random.Random(round_), filled)
