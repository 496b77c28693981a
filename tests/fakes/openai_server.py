"""A real HTTP server on loopback that speaks the OpenAI protocol and fails on demand.

In a test:

    with OpenAIServer(lambda body: Answer("hello")) as server:
        ...  # server.url ends in /v1

As a process of its own (its life is then independent of the tested one), with a Python file that defines
`answer(body) -> Answer` and optionally `MODELS` and `KEYS`:

    python -m tests.fakes.openai_server --script FILE --port-file F [--record F]

`--port-file` gets the base URL once the server listens; `--record` gets one JSON line per chat request as it arrives.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import runpy
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self
from urllib.parse import parse_qsl

from tests.fakes.openai_answers import Answer, Body, Script, error, error_body, failing, stream_lines, whole

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Sequence

DEFAULT_MODELS: Final = ("gpt-test", "claude-test")
_TLS_HANDSHAKE: Final = b"\x16"
HANG_SECONDS: Final = 3600.0
_LOOK_SECONDS: Final = 0.02
"""How long a hanging answer waits for the client to go away."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: Body
    at: float = field(default_factory=time.monotonic)

    @property
    def bearer(self) -> str:
        """The key sent, empty when none was."""
        scheme, _, value = self.headers.get("authorization", "").partition(" ")
        return value if scheme.lower() == "bearer" else ""

    @property
    def prompt(self) -> str:
        """All message texts, joined by line ends."""
        return "\n".join(str(message.get("content") or "") for message in self.body.get("messages", []))


class OpenAIServer:
    """The server; `answer` is a script or a sequence of answers of which the last one repeats.

    `unsupported` names request features answered with a 400: json_schema, json_object, tools, stream_options,
    max_tokens. `keys` None accepts every request; otherwise one of them is required (GET /models also, unless
    `public_models`).
    """

    def __init__(
        self,
        answer: Script | Sequence[Answer],
        *,
        models: Sequence[str] = DEFAULT_MODELS,
        keys: Sequence[str] | None = None,
        public_models: bool = False,
        latency: float = 0.0,
        unsupported: Sequence[str] = (),
        port: int = 0,
        record: Path | None = None,
        prefix: str = "/v1",
    ) -> None:
        self._prefix = prefix
        self._script = answer if callable(answer) else _queue(answer)
        self._models, self._keys, self._public = tuple(models), keys, public_models
        self._latency, self._unsupported = latency, frozenset(unsupported)
        self._port, self._record = port, record
        self.behave: Callable[[Recorded], Answer | None] = lambda _request: None
        """Answers a request before everything else does; for servers of another maker."""
        self._lock = threading.Lock()
        self._requests: list[Recorded] = []
        self._open = self._peak = self._gone = 0
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="openai-server", daemon=True)

    # ------------------------------------------------------------------------------------------ what tests read

    @property
    def url(self) -> str:
        """Base URL, ending in the prefix."""
        return f"http://127.0.0.1:{self._port}{self._prefix}"

    @property
    def requests(self) -> list[Recorded]:
        """Every request so far, oldest first."""
        with self._lock:
            return list(self._requests)

    @property
    def chats(self) -> list[Recorded]:
        """The chat requests so far."""
        return [request for request in self.requests if request.path.endswith("/chat/completions")]

    @property
    def answering(self) -> int:
        """Chat requests being answered now."""
        with self._lock:
            return self._open

    @property
    def peak(self) -> int:
        """The most chat requests answered at one time."""
        with self._lock:
            return self._peak

    @property
    def disconnects(self) -> int:
        """Answers the client did not wait for."""
        with self._lock:
            return self._gone

    # ------------------------------------------------------------------------------------------ life

    def start(self) -> None:
        """Listen; returns when the port is open."""
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)

    def stop(self) -> None:
        """Drop every connection and end the thread."""
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port, backlog=256)
        self._port = int(self._server.sockets[0].getsockname()[1])

    async def _shut(self) -> None:
        if self._server is not None:
            self._server.close()
        await asyncio.sleep(0)  # what was just accepted has a task that has not begun, and would lose its socket
        while others := asyncio.all_tasks() - {asyncio.current_task()}:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.sleep(0)  # what was just accepted gets its task
        await asyncio.sleep(0)  # what was closed lets go of its socket

    # ------------------------------------------------------------------------------------------ serving

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while (request := await _read(reader)) is not None:
                if not await self._reply(request, reader, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client left or the server is being stopped
        finally:
            writer.close()
            try:
                await writer.wait_closed()
            except (ConnectionError, asyncio.CancelledError):
                writer.transport.abort()

    async def _reply(self, request: Recorded, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        with self._lock:
            self._requests.append(request)
        if (own := self.behave(request)) is not None:
            return await _send(writer, own)
        if (request.method, request.path) == ("GET", f"{self._prefix}/models"):
            return await self._send_models(request, writer)
        if (request.method, request.path) != ("POST", f"{self._prefix}/chat/completions"):
            return await _send(writer, error(404, f"Unknown path {request.path}"))
        if not self._admitted(request):
            return await _send(writer, error(401, f"Incorrect API key provided: {request.bearer}", "invalid_api_key"))
        if missing := self._missing(request.body):
            return await _send(writer, missing)
        self._note(request)
        leaving = asyncio.ensure_future(reader.read(1))
        work = asyncio.ensure_future(self._chat(request.body, writer))
        try:
            done, _ = await asyncio.wait({leaving, work}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            work.cancel()
            await asyncio.gather(leaving, work, return_exceptions=True)
            with self._lock:
                self._open -= 1
        with self._lock:
            self._gone += work not in done
        return False

    def _note(self, request: Recorded) -> None:
        with self._lock:
            self._open += 1
            self._peak = max(self._peak, self._open)
        if self._record is not None:
            with self._record.open("a", encoding="utf-8") as file:
                file.write(json.dumps({"at": time.time(), "body": request.body}) + "\n")

    def _admitted(self, request: Recorded) -> bool:
        return self._keys is None or request.bearer in self._keys

    def _missing(self, body: Body) -> Answer | None:
        asked = {str((body.get("response_format") or {}).get("type", ""))} | (set(body) & {"tools", "stream_options"})
        asked |= set(body) & {"max_tokens"}
        for name in sorted(asked & self._unsupported):
            field_name = "response_format" if name.startswith("json") else name
            hint = " Use 'max_completion_tokens' instead." if name == "max_tokens" else ""
            text = f"Unsupported parameter: '{field_name}' ({name}) is not supported with this model.{hint}"
            return error(400, text, "unsupported_parameter")
        return None

    async def _send_models(self, request: Recorded, writer: asyncio.StreamWriter) -> bool:
        if not (self._public or self._admitted(request)):
            return await _send(writer, error(401, "Incorrect API key provided", "invalid_api_key"))
        rows = [{"id": name, "object": "model", "created": 1, "owned_by": "loopback"} for name in self._models]
        return await _send(writer, Answer(raw=json.dumps({"object": "list", "data": rows}).encode()))

    async def _chat(self, body: Body, writer: asyncio.StreamWriter) -> None:
        try:
            answer = self._script(body)
        except Exception as failure:  # noqa: BLE001 - a script is foreign code; the client is shown what broke in it
            answer = error(500, f"The script of the loopback server failed: {failure!r}")
        await asyncio.sleep(self._latency + answer.delay)
        while answer.after is not None and not answer.after():  # noqa: ASYNC110 - it comes true unannounced
            await asyncio.sleep(_LOOK_SECONDS)
        if answer.fault == "first-byte-hang":
            await asyncio.sleep(HANG_SECONDS)
        elif answer.fault == "reset":
            writer.transport.abort()
        elif answer.status != 200:
            await _send(writer, answer)
        elif body.get("stream"):
            await _stream(writer, answer, body)
        else:
            content_type = "text/html" if answer.fault == "html" else "application/json"
            await _send(writer, Answer(raw=whole(answer, body), content_type=content_type))


def _queue(answers: Sequence[Answer]) -> Script:
    waiting = list(answers)

    def next_answer(_body: Body) -> Answer:
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return next_answer


async def _read(reader: asyncio.StreamReader) -> Recorded | None:
    try:
        start = await reader.readexactly(1)
        if start == _TLS_HANDSHAKE:
            return None
        head = (start + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.rstrip().split("\r\n")
    method, path, _version = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    data = await reader.readexactly(int(headers.get("content-length", "0")))
    body: Any = _body(data, headers.get("content-type", ""))
    return Recorded(method, path.partition("?")[0], headers, body)


def _body(data: bytes, content_type: str) -> Body:
    if content_type.startswith("application/x-www-form-urlencoded"):
        return dict(parse_qsl(data.decode()))
    return json.loads(data) if data else {}


async def _send(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    data = error_body(answer) if answer.status != 200 else answer.raw or b""
    head = [f"HTTP/1.1 {answer.status} Answer", f"Content-Type: {answer.content_type}", f"Content-Length: {len(data)}"]
    head += [f"{name}: {value}" for name, value in answer.headers.items()]
    writer.write("\r\n".join(head).encode() + b"\r\nConnection: close\r\n\r\n" + data)
    await writer.drain()
    return False


async def _stream(writer: asyncio.StreamWriter, answer: Answer, body: Body) -> None:
    content_type = "text/html" if answer.fault == "html" else "text/event-stream"
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    async for event in _paced(stream_lines(answer, body), answer.spread):
        if answer.fault == "slow-drip":
            await _drip(writer, event)
        else:
            _write_chunk(writer, event)
            await writer.drain()
        if answer.chunk_delay:
            await asyncio.sleep(answer.chunk_delay)
    if answer.fault == "mid-stream-hang":
        await asyncio.sleep(HANG_SECONDS)
    if answer.fault != "cut":
        writer.write(b"0\r\n\r\n")
        await writer.drain()


async def _paced(events: Iterator[bytes], seconds: float) -> AsyncIterator[bytes]:
    """Give the events at even moments of the clock; pauses between them would add up what each is late."""
    if not seconds:
        for event in events:
            yield event
        return
    waiting, now = list(events), asyncio.get_running_loop().time
    began = now()
    for number, event in enumerate(waiting, start=1):
        await asyncio.sleep(began + seconds * number / len(waiting) - now())
        yield event


async def _drip(writer: asyncio.StreamWriter, event: bytes) -> None:
    for position in range(len(event)):
        _write_chunk(writer, event[position : position + 1])
        await writer.drain()
        await asyncio.sleep(0.2)


def _write_chunk(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")


# ------------------------------------------------------------------------------------- places that never answer


def refused_url() -> str:
    """A base URL on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"


@contextlib.contextmanager
def connect_hang() -> Iterator[str]:
    """A base URL whose connections are never accepted: the backlog of its listener is full.

    Linux then drops further connection attempts; Windows refuses them instead.
    """
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            client = stack.enter_context(socket.socket())
            client.setblocking(False)  # noqa: FBT003 - the socket API takes it by position
            client.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"


# ------------------------------------------------------------------------------------- stand-alone


def main(argv: Sequence[str] | None = None) -> int:
    """Serve a script file until the process is ended."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--script", type=Path, required=True)
    parser.add_argument("--port-file", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--record", type=Path)
    options = parser.parse_args(argv)
    script = runpy.run_path(str(options.script))
    server = OpenAIServer(
        script["answer"],
        models=script.get("MODELS", DEFAULT_MODELS),
        keys=script.get("KEYS"),
        latency=options.latency,
        port=options.port,
        record=options.record,
    )
    with server:
        draft = options.port_file.with_suffix(".part")
        draft.write_text(server.url, encoding="utf-8")
        draft.replace(options.port_file)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()
    return 0


__all__ = ["Answer", "Body", "OpenAIServer", "Recorded", "connect_hang", "error", "failing", "refused_url"]

if __name__ == "__main__":
    sys.exit(main())
