"""The wire: newline-delimited JSON over the engine's door, as the transport the SDK's connection speaks through.

It handles what the SDK leaves open: malformed and oversized lines are answered, batches refused, `_meta` reduced to
our own key before it can shadow an argument, Cyrillic sent as it is, and everything leaves in the order it was
offered - a reply never overtakes the updates before it. A client that does not read is let go, never waited for.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import deque
from types import NoneType
from typing import Any, Final, TypeGuard

from core.logs import LOGGER_NAME

LONGEST_LINE: Final = 64 * 1024 * 1024
MOST_WAITING: Final = 64 * 1024 * 1024
"""Bytes that may wait for a client; one further behind has stopped reading and loads its sessions again."""
OWN_KEY: Final = "multicoder"
_CLOSING_SECONDS: Final = 2.0
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.acp")

PARSE_ERROR: Final = (-32700, "Parse error")
INVALID_REQUEST: Final = (-32600, "Invalid request")


class SocketTransport:
    """Moves JSON-RPC messages between a stream and the SDK."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._wake = asyncio.Event()
        self._closed = False
        self._last = False
        self._sender = asyncio.create_task(self._send_on())

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        return self._closed

    async def receive(self) -> dict[str, Any] | None:
        """Return the next message, None at the end of the stream."""
        while not self._closed:
            line = await self._line()
            if line is None:
                return None
            if not line.strip():
                continue
            try:
                message = json.loads(line)
            except (ValueError, RecursionError):
                self.refuse(*PARSE_ERROR)
                continue
            if not _is_message(message):
                self.refuse(*INVALID_REQUEST)
                continue
            return _own_meta_only(message)
        return None

    async def send(self, message: dict[str, Any]) -> None:
        """Send a message after everything offered before it; never waits for the client."""
        self.offer(message)

    def offer(self, message: dict[str, Any]) -> None:
        """Queue a message."""
        if self._closed:
            return
        data = json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=str)
        line = data.encode("utf-8", "backslashreplace") + b"\n"
        self._waiting.append(line)
        self._bytes += len(line)
        self._wake.set()
        if self._bytes > MOST_WAITING:
            _LOG.warning("a client does not read: %d bytes wait, its connection is closed", self._bytes)
            self._give_up()

    def refuse(self, code: int, text: str) -> None:
        """Answer something that is no request."""
        self.offer({"jsonrpc": "2.0", "id": None, "error": {"code": code, "message": text}})

    async def close(self) -> None:
        """Send what waits, within bounds, and close the stream."""
        self._last = True
        self._wake.set()
        await asyncio.wait({self._sender}, timeout=_CLOSING_SECONDS)
        self._closed = True
        self._writer.close()
        gone = asyncio.create_task(self._writer.wait_closed())
        await asyncio.wait({gone}, timeout=_CLOSING_SECONDS)
        self._give_up()
        self._sender.cancel()
        await asyncio.gather(gone, self._sender, return_exceptions=True)

    def _give_up(self) -> None:
        """Hang up at once: a stream that is closed politely waits for its reader, for ever if need be."""
        self._closed = True
        self._waiting.clear()
        self._bytes = 0
        self._wake.set()
        self._writer.transport.abort()

    async def _send_on(self) -> None:
        try:
            while not (self._closed or (self._last and not self._waiting)):
                await self._wake.wait()
                self._wake.clear()
                while self._waiting and not self._closed:
                    batch = b"".join(self._take())
                    self._writer.write(batch)
                    await self._writer.drain()
        except OSError:  # the client is gone; the reader notices as well
            self._give_up()

    def _take(self) -> list[bytes]:
        batch, size = [], 0
        while self._waiting and size < 256 * 1024:
            line = self._waiting.popleft()
            size += len(line)
            batch.append(line)
        self._bytes -= size
        return batch

    async def _line(self) -> bytes | None:
        try:
            return await self._reader.readuntil(b"\n")
        except asyncio.IncompleteReadError:
            return None
        except (asyncio.LimitOverrunError, OSError):
            self.refuse(*INVALID_REQUEST)  # nobody can tell where the next message begins
            return None


def _is_message(message: Any) -> TypeGuard[dict[str, Any]]:
    """Whether the SDK can take it: an id or an error of another shape would end the whole connection."""
    if not isinstance(message, dict) or isinstance(message.get("id"), (dict, list)):
        return False
    return isinstance(message.get("error"), (dict, NoneType))


def _own_meta_only(message: dict[str, Any]) -> dict[str, Any]:
    """The SDK spreads `_meta` over handler arguments: nothing of it but our own key may come that far."""
    for part in ("params", "result"):
        holder = message.get(part)
        if isinstance(holder, dict) and "_meta" in holder:
            meta = holder.pop("_meta")
            own = meta.get(OWN_KEY) if isinstance(meta, dict) else None
            if isinstance(own, dict):
                holder["_meta"] = {OWN_KEY: own}
    return message
