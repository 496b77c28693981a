from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from archive_conformance import ArchiveConformance
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import StorageError
from memory.archive import SqliteArchive
from memory.store import new_id

KILLS = 20
WRITER = """
import asyncio, sys
from pathlib import Path
from memory.archive import SqliteArchive

async def write():
    archive = SqliteArchive(Path(sys.argv[1]))
    number = 0
    while True:
        number += 1
        text = f"{sys.argv[3]}/{number} " + "ж" * (number % 7 * 1000)
        print(await archive.add_message(sys.argv[2], "r", "person", text), number, flush=True)

asyncio.run(write())
"""


def write_until_killed(file, project, kill):
    """What a writing process acknowledged before it was killed, after a little more each time."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), project, str(kill)], stdout=subprocess.PIPE, text=True
    )
    lines = [writer.stdout.readline() for _ in range(1 + kill % 5)]
    writer.send_signal(signal.SIGKILL)
    lines += writer.stdout.readlines()
    writer.stdout.close()
    writer.wait(10)
    return lines


@pytest.fixture
def file(tmp_path):
    return tmp_path / "multicoder.db"


@pytest.fixture
def archive(file):
    opened = SqliteArchive(file)
    yield opened
    opened.close()


class TestSqliteArchive(ArchiveConformance):
    """The conformance suite on SQLite."""


async def test_everything_is_there_after_reopening(file):
    first = SqliteArchive(file)
    project = (await first.add_project("p", out="o", locale="ru")).project
    await first.add_message(project, "r", "person", "привет")
    first.close()
    first.close()
    second = SqliteArchive(file)
    assert [message.text for message in await second.messages(project)] == ["привет"]
    second.close()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=())), data=st.binary(max_size=2_000))
def test_any_text_and_any_bytes_come_back_exactly(archive, text, data):
    async def round_trip():
        project = (await archive.add_project(text, out=text, locale="en")).project
        message = await archive.add_message(project, "r", "person", text)
        assert (await archive.message(message)).text == text
        assert (await archive.project(project)).title == text
        assert await archive.blob(await archive.put_blob(data)) == data

    asyncio.run(round_trip())


async def test_parallel_writers_of_one_program_lose_and_double_nothing(archive):
    project = (await archive.add_project("p", out="", locale="en")).project
    ids = await asyncio.gather(*(archive.add_message(project, "r", "person", str(n)) for n in range(100)))
    messages = await archive.messages(project)
    assert {message.message for message in messages} == set(ids)
    assert [message.sequence for message in messages] == list(range(1, 101))


async def test_the_event_loop_runs_on_while_the_disk_is_busy(archive, file):
    project = (await archive.add_project("p", out="", locale="en")).project
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(archive.add_message(project, "r", "person", "waits"))
        await asyncio.sleep(0.2)
        assert not writing.done()
        other.execute("COMMIT")
    assert (await archive.message(await writing)).text == "waits"


@pytest.mark.skipif("sys.platform == 'win32'", reason="SIGKILL")
async def test_every_acknowledged_message_survives_kill(file):
    archive = SqliteArchive(file)
    project = (await archive.add_project("p", out="", locale="en")).project
    archive.close()
    acknowledged = {}
    for kill in range(KILLS):
        lines = await asyncio.to_thread(write_until_killed, file, project, kill)
        for line in lines:
            if match := re.fullmatch(r"(m-\w+) (\d+)\n", line):
                acknowledged[match[1]] = f"{kill}/{match[2]} " + "ж" * (int(match[2]) % 7 * 1000)
    archive = SqliteArchive(file)
    messages = await archive.messages(project)
    archive.close()
    assert len(acknowledged) >= KILLS
    assert acknowledged.items() <= {message.message: message.text for message in messages}.items()
    assert [message.sequence for message in messages] == list(range(1, len(messages) + 1))


@pytest.mark.parametrize(
    ("damage", "read"),
    [
        ("UPDATE messages SET text = CAST('alterec' AS BLOB)", lambda archive, ids: archive.message(ids["message"])),
        ("UPDATE messages SET sequence = 7", lambda archive, ids: archive.messages(ids["project"])),
        ("UPDATE projects SET locale = 'en'", lambda archive, ids: archive.project(ids["project"])),
        ("UPDATE runs SET outcome = 'delivered'", lambda archive, ids: archive.run("r")),
        ("UPDATE blobs SET packed = x'00'", lambda archive, ids: archive.blob(ids["blob"])),
    ],
)
async def test_a_changed_row_is_noticed_when_read(file, damage, read):
    archive = SqliteArchive(file)
    ids = {"project": (await archive.add_project("p", out="", locale="ru")).project}
    ids["message"] = await archive.add_message(ids["project"], "r", "person", "altered")
    ids["blob"] = await archive.put_blob(b"content")
    await archive.add_run("r", ids["project"], "m", {})
    with closing(sqlite3.connect(file)) as other, other:
        other.execute(damage)
    with pytest.raises(StorageError) as caught:
        await read(archive, ids)
    assert caught.value.code == "record-damaged"
    archive.close()


def damaged_header(file):
    file.write_bytes(b"not a database" + file.read_bytes()[14:])


def cut_in_half(file):
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])


def emptied(file):
    file.write_bytes(b"")


def scribbled_pages(file):
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))


def another_program(file):
    file.unlink()
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("CREATE TABLE places (url TEXT)")


@pytest.mark.parametrize("damage", [damaged_header, cut_in_half, emptied, scribbled_pages, another_program])
async def test_a_damaged_file_is_refused_and_left_as_it_is(file, damage):
    archive = SqliteArchive(file)
    await archive.add_project("p" * 50_000, out="", locale="en")
    archive.close()
    damage(file)
    before = file.read_bytes()
    with pytest.raises(StorageError) as caught:
        SqliteArchive(file)
    assert caught.value.code == "storage"
    assert caught.value.facts["path"] == str(file)
    assert file.read_bytes() == before


def test_a_lost_file_with_its_log_left_behind_does_not_start_empty(file):
    Path(f"{file}-wal").write_bytes(b"x" * 100)
    with pytest.raises(StorageError):
        SqliteArchive(file)
    assert not file.exists()


def test_a_folder_in_the_way_is_an_error_with_its_path(tmp_path):
    with pytest.raises(StorageError) as caught:
        SqliteArchive(tmp_path)
    assert caught.value.facts["path"] == str(tmp_path)


def test_ids_sort_by_time_and_do_not_repeat():
    ids = [new_id("p") for _ in range(2_000)]
    assert len(set(ids)) == 2_000
    assert all(re.fullmatch(r"p-[0-9a-z]{15}", name) for name in ids)
    assert [name[:11] for name in ids] == sorted(name[:11] for name in ids)
