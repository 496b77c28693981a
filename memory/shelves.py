"""Shelves in the archive file, and which conversation stands on which."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from core.shelves import Shelf
from memory.store import digest, new_id, pack, unpack

if TYPE_CHECKING:
    from memory.store import Column, Row, Store

_SHELF: Final = "shelf, name, created, deleted"
_PLACE: Final = "session, shelf"


class SqliteShelves:
    """`core.shelves.Shelves` on the store of an open archive."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add_shelf(self, name: str) -> Shelf:
        """Put up a shelf; its id is chosen here."""
        shelf = Shelf(new_id("k"), name, time.time())
        await self._store.do(lambda: self._store.insert("shelves", _SHELF, _shelf_row(shelf)))
        return shelf

    async def shelf(self, shelf: str) -> Shelf:
        """Return one shelf; InputError `unknown-shelf` when there is none or it was taken down."""
        return await self._store.do(lambda: self._shelf(shelf))

    async def shelves(self) -> list[Shelf]:
        """Return all shelves that were not taken down, oldest first."""
        return await self._store.do(self._standing)

    async def change_shelf(self, shelf: str, *, name: str | None = None, deleted: bool | None = None) -> Shelf:
        """Change what is given and return the shelf; what stood on a deleted one stands nowhere."""

        def change() -> Shelf:
            before = self._shelf(shelf)
            after = replace(
                before,
                name=before.name if name is None else name,
                deleted=before.deleted if deleted is None else deleted,
            )
            row = _shelf_row(after)
            changed: dict[str, Column] = {"name": row[1], "deleted": row[3]}
            self._store.update("shelves", changed, "shelf", shelf, digest(row))
            return after

        return await self._store.do(change)

    async def put(self, session: str, shelf: str) -> None:
        """Put a conversation on a shelf, or with an empty one on none. InputError when either is unknown."""

        def place() -> None:
            if shelf:
                self._shelf(shelf)
            if not self._store.fetch("SELECT 1 FROM sessions WHERE session = ? AND deleted = 0", (session,)):
                raise InputError("unknown-session", session=session)
            row = (session, shelf)
            if self._store.rows("shelved", _PLACE, "session = ?", (session,)):
                self._store.update("shelved", {"shelf": shelf}, "session", session, digest(row))
            else:
                self._store.insert("shelved", _PLACE, row)

        await self._store.do(place)

    async def places(self) -> dict[str, str]:
        """Return the shelf of every conversation that stands on one; deleted ones of either kind are left out."""

        def read() -> dict[str, str]:
            standing = {item.shelf for item in self._standing()}
            listed = "session IN (SELECT session FROM sessions WHERE deleted = 0)"
            return {
                session: shelf for session, shelf in self._store.rows("shelved", _PLACE, listed) if shelf in standing
            }

        return await self._store.do(read)

    def _standing(self) -> list[Shelf]:
        return [_read_shelf(row) for row in self._store.rows("shelves", _SHELF, "deleted = 0")]

    def _shelf(self, shelf: str) -> Shelf:
        rows = self._store.rows("shelves", _SHELF, "shelf = ? AND deleted = 0", (shelf,))
        if not rows:
            raise InputError("unknown-shelf", shelf=shelf)
        return _read_shelf(rows[0])


def _shelf_row(shelf: Shelf) -> tuple[Column, ...]:
    return (shelf.shelf, pack(shelf.name), shelf.created, int(shelf.deleted))


def _read_shelf(row: Row) -> Shelf:
    shelf, name, created, deleted = row
    return Shelf(shelf, unpack(name), created, bool(deleted))
