"""The items that rows are shown in: as few as are seen, used again where nothing of a row is kept in its item."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

REUSED: Final = frozenset({"user", "actions", "divider", "waiting"})
"""Shapes whose item looks only as its content says; every kind of block is one of them too."""
MOST_PARKED: Final = 16
"""Items out of sight that are kept for their own row: what was unfolded or typed in them is still there later."""
MOST_SPARE: Final = 24
"""Items out of sight that wait for another row of their shape."""


@dataclass(slots=True)
class Item:
    """One item of the screen and the row it shows."""

    shape: str
    row: int
    key: str
    turn: int = 0
    kind: str = ""
    last_turn: bool = False
    content: dict[str, Any] = field(default_factory=dict)
    start: float = 0.0
    """Where it stands on the sheet."""
    shown: bool = True
    height: float = 0.0
    held: bool = False
    """Somebody is typing in it: it stays with its row out of sight too."""


def shape_of(kind: str, content: dict[str, Any]) -> str:
    """What an item for a row must be able to show."""
    return f"block/{content.get('block', {}).get('type', '')}" if kind == "block" else kind


def reusable(shape: str) -> bool:
    """Whether an item of a shape may show one row after another."""
    return shape in REUSED or shape.startswith("block/")


def wanted_anyway(item: Item) -> bool:
    """Whether an item is kept although its row is out of sight: an open question keeps what was typed into it."""
    return item.held or (item.kind == "card" and item.content.get("state") == "open")


def superfluous(items: list[Item]) -> list[int]:
    """Numbers of the items that can go, highest first; those that were put out of sight first are first in line."""
    away = [(number, item) for number, item in enumerate(items) if not item.shown and not wanted_anyway(item)]
    spare = [number for number, item in away if reusable(item.shape)]
    parked = [number for number, item in away if not reusable(item.shape)]
    return sorted(spare[: max(0, len(spare) - MOST_SPARE)] + parked[: max(0, len(parked) - MOST_PARKED)], reverse=True)
