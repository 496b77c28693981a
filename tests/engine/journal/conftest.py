from __future__ import annotations

import logging

import pytest
from journal_stand import Lines

from engine.journal import Journal


@pytest.fixture
def lines():
    """What was logged through `log`."""
    handler = Lines()
    logger = logging.getLogger("multicoder.test-journal")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(handler)
    yield handler
    logger.removeHandler(handler)


@pytest.fixture
def log(lines):
    """The logger of the journals in these tests."""
    return logging.getLogger("multicoder.test-journal")


@pytest.fixture
def journal(home, log):
    """An open journal."""
    opened = Journal(home.journal, log)
    yield opened
    opened.close()
