"""The shelves of conversations: what a person does with them, and telling every window of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError
from core.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.events import EventSink, Json
    from core.shelves import Shelves

    Listener = Callable[[list[dict[str, Any]]], None]

LONGEST_NAME: Final = 100


class Shelving:
    """Changes are made one after the other, and each is told to the listeners as the whole state after it."""

    def __init__(self, shelves: Shelves, journal: EventSink) -> None:
        self._shelves = shelves
        self._journal = journal
        self._changing = asyncio.Lock()
        self._listeners: tuple[Listener, ...] = ()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call back after every change, with what `state` returns then; returns how to stop that."""
        self._listeners = (*self._listeners, listener)

        def stop() -> None:
            self._listeners = tuple(known for known in self._listeners if known != listener)

        return stop

    async def state(self) -> list[dict[str, Any]]:
        """Return every shelf with the conversations on it, the oldest first."""
        async with self._changing:
            return await self._read()

    async def check(self, shelf: str) -> None:
        """Raise InputError `unknown-shelf` when there is no such shelf."""
        await self._shelves.shelf(shelf)

    async def create(self, name: str) -> str:
        """Put up a shelf and return its id."""
        wanted = _one_line(name)
        async with self._changing:
            shelf = (await self._shelves.add_shelf(wanted)).shelf
            await self._changed("shelf.created", shelf=shelf, name=wanted)
        return shelf

    async def rename(self, shelf: str, name: str) -> None:
        """Give a shelf another name."""
        wanted = _one_line(name)
        async with self._changing:
            await self._shelves.change_shelf(shelf, name=wanted)
            await self._changed("shelf.renamed", shelf=shelf, name=wanted)

    async def remove(self, shelf: str) -> None:
        """Take a shelf down; its conversations stay."""
        async with self._changing:
            await self._shelves.change_shelf(shelf, deleted=True)
            await self._changed("shelf.removed", shelf=shelf)

    async def put(self, session: str, shelf: str) -> None:
        """Put a conversation on a shelf, or with an empty one on none."""
        async with self._changing:
            await self._shelves.put(session, shelf)
            await self._changed("session.shelved", session=session, shelf=shelf)

    async def follow(self, session: str, origin: str) -> None:
        """Put a conversation where another one stands."""
        shelf = (await self._shelves.places()).get(origin)
        if shelf is not None:
            await self.put(session, shelf)

    async def _changed(self, event: str, /, **data: Json) -> None:
        self._journal.emit(Event("INFO", event, data=data))
        shelves = await self._read()
        for listener in self._listeners:
            listener(shelves)

    async def _read(self) -> list[dict[str, Any]]:
        standing: dict[str, list[str]] = {}
        for session, shelf in (await self._shelves.places()).items():
            standing.setdefault(shelf, []).append(session)
        return [
            {
                "shelf": item.shelf,
                "name": item.name,
                "created": item.created,
                "sessions": standing.get(item.shelf, []),
            }
            for item in await self._shelves.shelves()
        ]


def _one_line(name: str) -> str:
    line = " ".join(name.split())
    if not line or len(line) > LONGEST_NAME:
        raise InputError("bad-parameter", name="name", wanted=f"1 ... {LONGEST_NAME}")
    return line
