from __future__ import annotations

import pytest

from tests.engine.process.stand import Hall


@pytest.fixture
def hall(home):
    """A data folder and whatever a test starts on it."""
    place = Hall(home)
    yield place
    place.close()
