"""One test stand per test process: its processes take seconds to start."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.stand import Stand

collect_ignore_glob = ["*"] if sys.platform == "win32" else []
"""SIGKILL, fork and /proc are what these tests are made of."""


@pytest.fixture(scope="session")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """Server and launcher."""
    from tests.faults.stand import Stand  # noqa: PLC0415 - needs dulwich and the engine, which collecting should not

    with Stand(tmp_path_factory.mktemp("stand")) as made:
        yield made
