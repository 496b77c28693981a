"""Sealed copies as tasks of a running engine."""

from __future__ import annotations

import asyncio
import os

import pytest
from sealing_life import rows

from agents.providers.secret import Secret
from core.errors import InputError
from engine.bootstrap import open_engine
from engine.reactor import open_reactor

PASSPHRASE = Secret("a sentence of several words")
ENVIRON = {"PATH": os.environ["PATH"]}


async def ended(reactor, task):
    async with asyncio.timeout(120):
        while reactor.tasks.get(task.task).state not in {"done", "failed"}:  # noqa: ASYNC110 - no event to wait for
            await asyncio.sleep(0.05)
    return reactor.tasks.get(task.task)


async def test_a_copy_is_made_and_takes_the_place_of_the_memory_at_the_next_start(lived_in, tmp_path):
    path = tmp_path / "memory.mcmemory"
    async with open_reactor(lived_in, environ=ENVIRON) as reactor:
        copies = reactor.upkeep.copies
        with pytest.raises(InputError):
            await copies.order_copy(path, Secret("short"), "copy", projects=False, keep=0, by="test")
        order = await copies.order_copy(path, PASSPHRASE, "copy", projects=False, keep=0, by="test")
        done = await ended(reactor, order)
        assert (done.state, done.result["bytes"]) == ("done", path.stat().st_size)
        said = "Said after the copy was made"
        await reactor.engine.archive.add_message(
            (await reactor.engine.archive.projects())[0].project, "", "person", said
        )
        with pytest.raises(InputError) as refused:
            await copies.order_restore(path, PASSPHRASE, "back", snapshot="", replace=False, by="test")
        assert refused.value.code == "sealed-replaces"
        wrong = await copies.order_restore(
            path, Secret("not these words"), "back", snapshot="", replace=True, by="test"
        )
        assert (await ended(reactor, wrong)).reason == "sealed-wrong-passphrase"
        order = await copies.order_restore(path, PASSPHRASE, "back", snapshot="", replace=True, by="test")
        assert (await ended(reactor, order)).result["restart"] is True
        assert rows(lived_in.database, "SELECT count(*) FROM messages") == [(41,)]
    async with open_engine(lived_in, team="demo") as engine:
        assert "memory.restored" in {row.name for row in engine.journal.read(types=("AUDIT",))}
    assert rows(lived_in.database, "SELECT count(*) FROM messages") == [(40,)]
    passphrase = PASSPHRASE.reveal().encode()
    assert not [file for file in lived_in.root.rglob("*") if file.is_file() and passphrase in file.read_bytes()]
