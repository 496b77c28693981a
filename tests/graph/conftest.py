"""The ledger on disk and a sink that remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graph.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.events import Event


class Remembering:
    """An event sink that keeps what it was told."""

    def __init__(self):
        self.events: list[Event] = []

    def emit(self, event: Event, /) -> None:
        self.events.append(event)

    def names(self) -> list[str]:
        return [event.name for event in self.events]


@pytest.fixture
def sink() -> Remembering:
    return Remembering()


@pytest.fixture
def ledger(tmp_path: Path, sink: Remembering) -> Iterator[Ledger]:
    opened = Ledger(tmp_path / "ledger.db", sink)
    yield opened
    opened.close()
