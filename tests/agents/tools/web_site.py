"""Real servers on loopback for tests of the door, and a network that leads public addresses to them."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpcore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    Act = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]

PUBLIC = "93.184.216.34"


@dataclass(frozen=True)
class Asked:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


def answer(body: bytes | str = b"", status: int = 200, **headers: object) -> bytes:
    """The bytes of a whole answer; `content_type` stands for Content-Type."""
    raw = body.encode() if isinstance(body, str) else body
    named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": len(raw)}
    named |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value is not None)
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode("latin-1") + raw


def to(location: str, status: int = 302) -> bytes:
    return answer(b"", status, location=location)


@contextlib.asynccontextmanager
async def listening(carry, tls=None) -> AsyncIterator[int]:
    """A server whose conversations end with it; gives its port."""
    talks: set[asyncio.Task] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(asyncio.current_task())
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await carry(reader, writer)
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1]
    for task in talks:
        task.cancel()
    await asyncio.gather(*talks, return_exceptions=True)


@dataclass
class Site:
    """Answers by path: bytes, or an act that writes them itself. What it was asked is kept."""

    pages: dict[str, bytes | Act]
    tls: object = None
    asked: list[Asked] = field(default_factory=list)
    open: int = 0
    most_open: int = 0
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client closed its connection."""
    port: int = 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator[Site]:
        async with listening(self._carry, self.tls) as self.port:
            yield self

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = await read_request(reader)
                self.asked.append(asked)
                self.open += 1
                self.most_open = max(self.most_open, self.open)
                try:
                    await self._answer(asked, reader, writer)
                finally:
                    self.open -= 1
        finally:
            self.gone.set()

    async def _answer(self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        page = self.pages.get(asked.path.partition("?")[0]) or answer("nothing", 404)
        if isinstance(page, bytes):
            writer.write(page)
            await writer.drain()
            return
        acting, leaving = asyncio.ensure_future(page(asked, writer)), asyncio.ensure_future(reader.read(1))
        try:
            await asyncio.wait({acting, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if leaving.done():
                raise ConnectionResetError
            await acting
            await writer.drain()
        finally:
            for task in (acting, leaving):
                task.cancel()
            await asyncio.gather(acting, leaving, return_exceptions=True)


async def read_request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ", 2)
    path = re.sub(r"^http://[^/]+", "", path)  # what comes through a proxy
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    return Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


class Streets(httpcore.AsyncNetworkBackend):
    """A network where some public addresses are servers of this machine; who is connected to is kept."""

    def __init__(self, leads: dict[str, int] | None = None) -> None:
        self.leads = leads or {}
        self.taken: list[str] = []
        self._real = httpcore.AnyIOBackend()

    async def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):  # noqa: ASYNC109
        self.taken.append(f"{host}:{port}")
        if host in self.leads:
            host, port = "127.0.0.1", self.leads[host]
        elif not host.startswith("127."):
            raise httpcore.ConnectError("no way there")
        return await self._real.connect_tcp(host, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Names:
    """A resolver: what a name means, each time it is asked for; the last meaning stays."""

    def __init__(self, **meanings: Sequence[str]) -> None:
        self.meanings = {name.replace("_", "."): list(said) for name, said in meanings.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[str]:
        assert port
        self.asked.append(host)
        if host not in self.meanings:
            return [host] if host.replace(".", "").isdigit() or ":" in host else []
        said = self.meanings[host]
        return (said.pop(0) if len(said) > 1 else said[0]).split()
