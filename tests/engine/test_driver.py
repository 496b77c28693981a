"""How a drive ends when somebody asks it to stop, or the disk refuses."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import StorageError
from engine.bootstrap import open_engine
from engine.driver import Finished, RunDriver
from engine.mailbox import Mailbox
from engine.person import Nobody

OPTIONS = {"out": "out", "target": None, "attachments": []}


async def asked(engine):
    project = (await engine.archive.add_project("talk", out="out", locale="en")).project
    return await RunDriver(engine).create(project, "What can you do?", OPTIONS, {}, locale="en", team="demo")


async def test_a_disk_that_fills_up_is_told_and_the_run_goes_on_later(home):
    begun = []

    async def fill_up():
        async with open_engine(home, team="demo") as engine:
            begun.append(await asked(engine))
            await engine.saver.conn.execute("PRAGMA max_page_count = 1")
            await RunDriver(engine).drive(begun[0], Nobody())

    with pytest.raises(StorageError) as caught:
        await fill_up()
    assert caught.value.facts == {"path": str(home.checkpoints), "detail": "database or disk is full"}
    async with open_engine(home, team="demo") as engine:
        assert await RunDriver(engine).drive(begun[0], Nobody()) == Finished("answered")


@pytest.mark.parametrize("request_", ["pause", "cancel"])
async def test_a_run_that_ended_before_it_was_stopped_is_told_as_it_ended(home, request_):
    drivers = []

    def stop_late(event):
        if event.name == "run.finished":
            drivers[0].request(request_)

    async with open_engine(home, team="demo", subscribers=[stop_late]) as engine:
        drivers.append(RunDriver(engine))
        run = await asked(engine)
        assert await drivers[0].drive(run, Nobody()) == Finished("answered")
        assert (await engine.archive.run(run)).outcome == "answered"


@pytest.mark.parametrize(("posted", "heard"), [(b"cancel", "cancel"), (b"pause", "pause"), (b"\xff", "pause")])
async def test_a_request_is_heard_once(tmp_path, posted, heard):
    mailbox = Mailbox(tmp_path, "r-1")
    waiting = asyncio.create_task(mailbox.wait())
    await asyncio.sleep(0)
    (tmp_path / "r-1.request").write_bytes(posted)
    assert await asyncio.wait_for(waiting, 10) == heard
    assert not mailbox.pending()


async def test_a_request_for_an_earlier_process_is_forgotten_and_one_for_this_is_not(home):
    async with open_engine(home, team="demo") as engine:
        run = await asked(engine)
    Mailbox(home.runs, run).post("cancel")  # whoever worked on the folder ended before it was read
    async with open_engine(home, team="demo") as engine:
        assert not Mailbox(home.runs, run).pending()
        Mailbox(home.runs, run).post("cancel")  # while the engine is open and before the run is driven
        assert await RunDriver(engine).drive(run, Nobody()) == Finished("cancelled")
