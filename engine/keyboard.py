"""One line typed at the terminal, awaited without blocking the loop, so that Ctrl+C can take the question away."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from typing import Final

_LONGEST_LINE: Final = 65_536


class LeftError(Exception):
    """The person pressed Ctrl+C or closed the input while a question stood open."""


class Keyboard:
    """Reads lines of standard input; `leave` ends the open question and every later one."""

    def __init__(self) -> None:
        self._left = asyncio.Event()

    @property
    def left(self) -> bool:
        """Whether the person has gone."""
        return self._left.is_set()

    def leave(self) -> None:
        """Take the question away (called in the loop)."""
        self._left.set()

    async def line(self) -> str:
        """Return the next line without its end; LeftError when nobody answers any more."""
        typed = asyncio.ensure_future(_read_console() if sys.platform == "win32" else _read_descriptor())
        gone = asyncio.ensure_future(self._left.wait())
        try:
            await asyncio.wait({typed, gone}, return_when=asyncio.FIRST_COMPLETED)
            if gone.done() or (answer := typed.result()) is None:
                raise LeftError
            return answer
        finally:
            typed.cancel()
            gone.cancel()


async def _read_descriptor() -> str | None:
    """A terminal hands over one line at a time; the loop watches it, no thread is left behind."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    descriptor = sys.stdin.fileno()
    loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
        data = os.read(descriptor, _LONGEST_LINE)
    finally:
        loop.remove_reader(descriptor)
    return data.decode("utf-8", "replace").rstrip("\r\n") if data else None


async def _read_console() -> str | None:
    """Windows cannot watch a console; there Ctrl+C itself ends the read, so that no thread is left behind."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[str | None] = loop.create_future()

    def settle(line: str | None) -> None:
        if not found.done():
            found.set_result(line)

    def read() -> None:
        line: str | None = None
        try:
            line = input()
        except (EOFError, KeyboardInterrupt, OSError):
            line = None
        loop.call_soon_threadsafe(settle, line)

    threading.Thread(target=read, name="keyboard", daemon=True).start()
    return await found
