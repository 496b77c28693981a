"""How a drive ends when somebody asks it to stop."""

from __future__ import annotations

import asyncio

import pytest

from engine.bootstrap import open_engine
from engine.driver import Finished, RunDriver
from engine.mailbox import Mailbox
from engine.person import Nobody

OPTIONS = {"out": "out", "target": None, "attachments": []}


@pytest.mark.parametrize("request_", ["pause", "cancel"])
async def test_a_run_that_ended_before_it_was_stopped_is_told_as_it_ended(home, request_):
    drivers = []

    def stop_late(event):
        if event.name == "run.finished":
            drivers[0].request(request_)

    async with open_engine(home, team="demo", subscribers=[stop_late]) as engine:
        drivers.append(RunDriver(engine))
        project = (await engine.archive.add_project("talk", out="out", locale="en")).project
        run = await drivers[0].create(project, "What can you do?", OPTIONS, {}, locale="en", team="demo")
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
