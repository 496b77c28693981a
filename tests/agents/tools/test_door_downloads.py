"""What is downloaded is written as it comes, whole or not at all."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from agents.tools.door import Door
from core.errors import ResearchError
from tests.agents.tools.web_site import Site, answer, to

ARCHIVE = bytes(range(256)) * 8_000


@pytest.fixture
async def site():
    async with Site({"/a.zip": answer(ARCHIVE, content_type="application/zip")}).served() as served:
        yield served


@pytest.fixture
async def door(site):
    async with Door(allowed=frozenset({site.place}), interval=0) as opened:
        yield opened


async def test_a_download_is_what_the_server_has(site, door, tmp_path):
    site.pages["/moved"] = to("/a.zip")
    told = []
    target = tmp_path / "a.zip"
    found = await door.download(
        site.url("/moved"), target, limit=len(ARCHIVE), progress=lambda done, whole: told.append((done, whole))
    )
    assert found == (hashlib.sha256(ARCHIVE).hexdigest(), len(ARCHIVE))
    assert target.read_bytes() == ARCHIVE
    assert told[-1] == (len(ARCHIVE), len(ARCHIVE))
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert site.asked[0].headers["accept-encoding"] == "identity"


async def test_nothing_is_left_of_what_is_not_whole(site, door, tmp_path):
    async def breaks_off(_, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + bytes(100_000))
        await writer.drain()
        writer.close()

    async def drip(_, writer):
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"a")
            await writer.drain()
            await asyncio.sleep(0.01)

    site.pages |= {"/broken": breaks_off, "/drip": drip, "/inner": to("http://10.0.0.1/a.zip")}
    site.pages["/round"] = to("/round")
    cases = [("/a.zip", 1_000, 5), ("/broken", 10**7, 5), ("/drip", 10**7, 0.2), ("/none", 10, 5), ("/inner", 10, 5)]
    cases.append(("/round", 10, 5))
    faults = []
    for path, limit, seconds in cases:
        with pytest.raises(ResearchError) as caught:
            await door.download(site.url(path), tmp_path / "a", limit=limit, seconds=seconds)
        faults.append(caught.value.fault)
        assert not (tmp_path / "a").exists()
    assert faults == ["too_large", "offline", "timeout", "missing", "refused", "malformed"]


@pytest.mark.parametrize("first", [answer("busy", 503), answer(ARCHIVE)[:-1_000], b""], ids=["503", "half", "reset"])
async def test_what_fails_once_is_asked_for_once_more_and_whole(site, door, tmp_path, first):
    answers = iter([first, answer(ARCHIVE)])

    async def second_time(_, writer):
        writer.write(next(answers))
        await writer.drain()
        writer.close()

    site.pages["/b.zip"] = second_time
    target = tmp_path / "b.zip"
    assert await door.download(site.url("/b.zip"), target, limit=10**7) == (
        hashlib.sha256(ARCHIVE).hexdigest(),
        len(ARCHIVE),
    )
    assert target.read_bytes() == ARCHIVE
    assert len(site.asked) == 2


async def test_a_cancelled_download_leaves_nothing(site, door, tmp_path):
    begun = asyncio.Event()

    async def hang(_, writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + bytes(100_000))
        await writer.drain()
        begun.set()
        await asyncio.sleep(60)

    site.pages["/"] = hang
    task = asyncio.create_task(door.download(site.url(), tmp_path / "a", limit=10**7))
    await asyncio.wait_for(begun.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not (tmp_path / "a").exists()


async def test_a_file_that_is_there_is_not_written_over(site, door, tmp_path):
    (tmp_path / "a").write_text("mine")
    with pytest.raises(FileExistsError):
        await door.download(site.url("/a.zip"), tmp_path / "a", limit=10**7)
    assert (tmp_path / "a").read_text() == "mine"
    assert site.asked == []
