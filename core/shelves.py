"""Shelves: conversations that a person keeps together under a name.

The window calls a shelf a project, as people know it from other chat programs. In code that word is taken: a project
is a program being made. A shelf knows nothing of programs, and a program does not change with its conversation's shelf.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Shelf:
    """One shelf."""

    shelf: str
    name: str
    created: float
    deleted: bool = False


class Shelves(Protocol):
    """Keeps shelves and what stands on them; a returned call is on disk."""

    async def add_shelf(self, name: str) -> Shelf:
        """Put up a shelf; its id is chosen here."""

    async def shelf(self, shelf: str) -> Shelf:
        """Return one shelf; InputError `unknown-shelf` when there is none or it was taken down."""

    async def shelves(self) -> list[Shelf]:
        """Return all shelves that were not taken down, oldest first."""

    async def change_shelf(self, shelf: str, *, name: str | None = None, deleted: bool | None = None) -> Shelf:
        """Change what is given and return the shelf; what stood on a deleted one stands nowhere."""

    async def put(self, session: str, shelf: str) -> None:
        """Put a conversation on a shelf, or with an empty one on none. InputError when either is unknown."""

    async def places(self) -> dict[str, str]:
        """Return the shelf of every conversation that stands on one; deleted ones of either kind are left out."""
