"""A model provider of a drill's own: an HTTP server on this machine that misbehaves as it is told."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

PIECES: Final = ("The first half. ", "The second half.")
WHOLE: Final = "".join(PIECES)
_MOST_BYTES: Final = 4 << 20


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sends. `pauses` wait before each piece; without `ends` it stays silent afterwards."""

    pieces: tuple[bytes, ...]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pauses: float = 0.0
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A chat request as it arrived."""

    model: str
    at: float
    body: Mapping[str, Any]


Script = Callable[[Asked], Reply | Awaitable[Reply]]


class ModelServer:
    """Use as an asynchronous context manager; `script` answers each chat request."""

    def __init__(self, script: Script, models: tuple[str, ...]) -> None:
        self._script = script
        self._models = models
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        """The base URL."""
        if self._server is None:
            raise RuntimeError("not started")
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    def count(self, model: str) -> int:
        """How often `model` was asked."""
        return sum(asked.model == model for asked in self.asked)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._talks.add(task)
            task.add_done_callback(self._talks.discard)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):  # the client left
            await self._serve(reader, writer)
        writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next((int(line[15:]) for line in head.splitlines() if line.startswith("content-length:")), 0)
        body = await reader.readexactly(min(length, _MOST_BYTES))
        if not head.startswith("post"):
            listed = {"object": "list", "data": [{"id": model, "object": "model"} for model in self._models]}
            await self._send(
                writer, Reply((json.dumps(listed).encode(),), headers={"content-type": "application/json"})
            )
            return
        sent = json.loads(body)
        asked = Asked(str(sent.get("model", "")), time.monotonic(), sent)
        self.asked.append(asked)
        reply = self._script(asked)
        await self._send(writer, reply if isinstance(reply, Reply) else await reply)

    @staticmethod
    async def _send(writer: asyncio.StreamWriter, reply: Reply) -> None:
        headers = {"content-type": "text/event-stream", **reply.headers, "connection": "close"}
        lines = [f"HTTP/1.1 {reply.status} Drill", *(f"{name}: {value}" for name, value in headers.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        for piece in reply.pieces:
            await writer.drain()
            await asyncio.sleep(reply.pauses)
            writer.write(piece)
        await writer.drain()
        if not reply.ends:
            await asyncio.sleep(3600)


def spoken(model: str, *texts: str, finish: str | None = "stop", tokens: int = 10) -> tuple[bytes, ...]:
    """Return the events of a streamed answer; without `finish` it just ends, like one that was cut off."""
    chunks: list[dict[str, Any]] = [_chunk(model, {"role": "assistant", "content": text}) for text in texts]
    if finish is not None:
        chunks.append(_chunk(model, {}, finish))
        usage = {"prompt_tokens": tokens, "completion_tokens": tokens, "total_tokens": 2 * tokens}
        chunks.append({**_chunk(model, {}), "choices": [], "usage": usage})
    events = [f"data: {json.dumps(chunk)}\n\n".encode() for chunk in chunks]
    return (*events, b"data: [DONE]\n\n") if finish is not None else tuple(events)


def refusal(status: int, message: str, **headers: str) -> Reply:
    """Return an error the way providers of the OpenAI kind send it."""
    body = json.dumps({"error": {"message": message, "type": "error", "code": status}}).encode()
    return Reply((body,), status, {"content-type": "application/json", **headers})


def _chunk(model: str, delta: Mapping[str, str], finish: str | None = None) -> dict[str, Any]:
    return {
        "id": "drill",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "delta": dict(delta), "finish_reason": finish}],
    }
