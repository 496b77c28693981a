"""The few words of X11 needed to look at a private screen: which windows are mapped, their titles, pixels, closing.

A library would only reach displays by number under /tmp/.X11-unix; a private screen has its socket elsewhere.
"""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

GET_ATTRIBUTES: Final = 3
GET_GEOMETRY: Final = 14
QUERY_TREE: Final = 15
INTERN_ATOM: Final = 16
GET_PROPERTY: Final = 20
SEND_EVENT: Final = 25
GET_IMAGE: Final = 73

LITTLE_ENDIAN: Final = 0x6C
ERROR: Final = 0
REPLY: Final = 1
CLIENT_MESSAGE: Final = 33
VIEWABLE: Final = 2
Z_PIXMAP: Final = 2
SMALLEST: Final = 8
"""Pixels; toolkits map tiny helper windows."""
ANSWER_SECONDS: Final = 10.0
"""A program can keep the screen to itself (GrabServer); nobody else is answered then."""


class ScreenError(Exception):
    """The screen refused a request, for example because the window is gone."""


@dataclass(frozen=True, slots=True)
class Window:
    """A mapped top-level window."""

    number: int
    title: str
    x: int
    y: int
    width: int
    height: int
    unmanaged: bool
    """A menu, splash or tooltip: it asks window managers to keep away."""


class Screen:
    """One connection to an X server. Not for concurrent use."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._atoms: dict[str, int] = {}
        self._root = 0
        self.width = 0
        self.height = 0

    @classmethod
    async def connect(cls, path: Path) -> Screen:
        """Connect to the server listening at the socket `path`."""
        screen = cls(*await asyncio.open_unix_connection(path))
        try:
            await screen._greet()
        except BaseException:
            await screen.close()
            raise
        return screen

    async def close(self) -> None:
        """End the connection."""
        self._writer.close()

    async def windows(self) -> list[Window]:
        """Return the mapped top-level windows, the main one first."""
        reply = await self._ask(QUERY_TREE, 0, struct.pack("<I", self._root))
        count = struct.unpack_from("<H", reply, 16)[0]
        found = []
        for number in struct.unpack_from(f"<{count}I", reply, 32):
            try:
                window = await self._window(number)
            except ScreenError:  # it was closed meanwhile
                continue
            if window is not None:
                found.append(window)
        return sorted(found, key=lambda window: (window.unmanaged, -window.width * window.height))

    async def picture(self, window: Window) -> tuple[int, int, bytes]:
        """Return width, height and BGRX pixels of what is seen at the window's place."""
        left, top = max(window.x, 0), max(window.y, 0)
        width = min(window.x + window.width, self.width) - left
        height = min(window.y + window.height, self.height) - top
        if width <= 0 or height <= 0:
            raise ScreenError("the window lies outside the screen")
        body = struct.pack("<IhhHHI", self._root, left, top, width, height, 0xFFFFFFFF)
        reply = await self._ask(GET_IMAGE, Z_PIXMAP, body)
        return width, height, reply[32 : 32 + width * height * 4]

    async def ask_to_close(self, window: Window) -> None:
        """Send what a window manager sends when the person closes a window."""
        protocols, delete = await self._atom("WM_PROTOCOLS"), await self._atom("WM_DELETE_WINDOW")
        event = struct.pack("<BBHII5I", CLIENT_MESSAGE, 32, 0, window.number, protocols, delete, 0, 0, 0, 0)
        await self._send(SEND_EVENT, 0, struct.pack("<II", window.number, 0) + event)

    async def _window(self, number: int) -> Window | None:
        attributes = await self._ask(GET_ATTRIBUTES, 0, struct.pack("<I", number))
        if attributes[26] != VIEWABLE:
            return None
        geometry = await self._ask(GET_GEOMETRY, 0, struct.pack("<I", number))
        x, y, width, height = struct.unpack_from("<hhHH", geometry, 12)
        if min(width, height) < SMALLEST:
            return None
        return Window(number, await self._title(number), x, y, width, height, unmanaged=bool(attributes[27]))

    async def _title(self, number: int) -> str:
        for name, encoding in (("_NET_WM_NAME", "utf-8"), ("WM_NAME", "latin-1")):
            body = struct.pack("<IIIII", number, await self._atom(name), 0, 0, 256)
            reply = await self._ask(GET_PROPERTY, 0, body)
            length = struct.unpack_from("<I", reply, 16)[0]
            if reply[1] == 8 and length:  # noqa: PLR2004 - a property of bytes
                return reply[32 : 32 + length].decode(encoding, "replace")
        return ""

    async def _atom(self, name: str) -> int:
        if name not in self._atoms:
            text = name.encode() + b"\0" * (-len(name) % 4)
            reply = await self._ask(INTERN_ATOM, 0, struct.pack("<HH", len(name), 0) + text)
            self._atoms[name] = struct.unpack_from("<I", reply, 8)[0]
        return self._atoms[name]

    async def _send(self, opcode: int, detail: int, body: bytes) -> None:
        self._writer.write(struct.pack("<BBH", opcode, detail, 1 + len(body) // 4) + body)
        try:
            await self._writer.drain()
        except ConnectionError as error:
            raise ScreenError("the screen is gone") from error

    async def _ask(self, opcode: int, detail: int, body: bytes) -> bytes:
        await self._send(opcode, detail, body)
        while True:
            head = await self._read(32)
            if head[0] == REPLY:
                return head + await self._read(4 * int(struct.unpack_from("<I", head, 4)[0]))
            if head[0] == ERROR and head[10] == opcode:  # others belong to events we sent to closed windows
                raise ScreenError(f"X error {head[1]} for request {opcode}")

    async def _greet(self) -> None:
        self._writer.write(struct.pack("<BxHHHHxx", LITTLE_ENDIAN, 11, 0, 0, 0))
        head = await self._read(8)
        body = await self._read(4 * int(struct.unpack_from("<H", head, 6)[0]))
        if head[0] != REPLY:
            raise ScreenError("the screen refused the connection")
        vendor = struct.unpack_from("<H", body, 16)[0]
        formats = body[21]
        first = 32 + vendor + -vendor % 4 + 8 * formats
        self._root = struct.unpack_from("<I", body, first)[0]
        self.width, self.height = struct.unpack_from("<HH", body, first + 20)

    async def _read(self, count: int) -> bytes:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._reader.readexactly(count)
        except TimeoutError as error:
            self._writer.transport.abort()  # an answer that still came would be taken for the next one
            raise ScreenError("the screen does not answer") from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise ScreenError("the screen is gone") from error
