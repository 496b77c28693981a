"""What opening the engine leaves behind when it cannot be opened."""

from __future__ import annotations

import logging
import threading

import pytest

from core.errors import MultiCoderError
from engine.bootstrap import open_engine
from engine.journal import Journal
from engine.lock import FolderLock


@pytest.mark.parametrize("damaged", ["multicoder.db", "ledger.db", "checkpoints.db"])
async def test_an_engine_that_cannot_be_opened_leaves_nothing_open(home, damaged):
    # A folder that was worked in: its files are there, one of them is no database any more.
    Journal(home.journal, logging.getLogger("test")).close()
    for file in (home.database, home.ledger, home.checkpoints):
        if file.name == damaged:
            file.write_bytes(b"no database at all" * 300)
    before = set(threading.enumerate())
    with pytest.raises(MultiCoderError):
        async with open_engine(home, team="demo"):
            raise AssertionError("opened")
    left = [thread.name for thread in set(threading.enumerate()) - before if not thread.name.startswith("asyncio")]
    assert left == []
    with FolderLock(home.lock):
        pass
