"""A journal, a board and a whole engine."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from engine.bootstrap import open_engine
from engine.health.board import HealthBoard
from engine.journal import Journal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from core.paths import Home
    from engine.bootstrap import Engine


@pytest.fixture
def journal(home: Home) -> Iterator[Journal]:
    kept = Journal(home.root / "board-journal.db", logging.getLogger("tests.health"))
    yield kept
    kept.close()


@pytest.fixture
async def board(journal: Journal) -> AsyncIterator[HealthBoard]:
    made = HealthBoard(journal)
    yield made
    await made.stop()


@pytest.fixture
async def engine(home: Home) -> AsyncIterator[Engine]:
    async with open_engine(home, team="demo") as opened:
        yield opened
