"""How an endpoint is reached: a row's own proxy, a root certificate for one endpoint alone."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from agents.providers.authorising import client_options
from agents.providers.catalogue import presets
from agents.providers.discovery import check
from agents.providers.gateway import Access, FleetGateway
from agents.providers.keys import Secret
from agents.providers.registry import Provider
from core.ports import CallTag, Message, ModelRequest
from tests.agents.providers.conftest import KEY
from tests.fakes.certificates import make_authority
from tests.fakes.openai_server import Answer, OpenAIServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

REQUEST = ModelRequest("coder", CallTag("coder.test"), (Message("user", "hi"),))
RUSSIAN_ROOT = "d26d2d0231b7c39f92cc738512ba54103519e4405d68b5bd703e9788ca8ecf31"
"""SHA-256 of the certificate as its issuer publishes it."""


@asynccontextmanager
async def proxy(port: int) -> AsyncIterator[tuple[str, list[str]]]:
    """A proxy that takes every request to `port` of this machine; gives its address and the request lines it saw."""
    seen: list[str] = []

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = await reader.readline()
        seen.append(line.decode().strip())
        method, address, version = line.decode().split()
        inside, outside = await asyncio.open_connection("127.0.0.1", port)
        outside.write(f"{method} /{address.split('/', 3)[3]} {version}\r\n".encode())
        there = asyncio.create_task(copy(reader, outside))
        await copy(inside, writer)
        there.cancel()
        outside.close()
        writer.close()

    async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(65_536):
            target.write(data)
            await target.drain()

    server = await asyncio.start_server(carry, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", seen


async def test_a_row_with_a_proxy_is_reached_through_it_alone(sink, quick):
    with OpenAIServer([Answer("through")], keys=[KEY]) as server:
        port = int(server.url.split(":")[2].split("/")[0])
        async with proxy(port) as (address, seen):
            # Nothing listens under this name: only the proxy knows the way.
            row = Provider("far", "Far", "http://localhost:1/v1", ("gpt-test",), proxy=address)
            assert (await check(row, Secret(KEY))).state == "valid"
            gateway = FleetGateway([Access.by(row, Secret(KEY))], sink, timeouts=quick)
            assert (await gateway.ask(REQUEST)).text == "through"
            await gateway.aclose()
    assert {line.split()[1].partition("/v1")[0] for line in seen} == {"http://localhost:1"}
    assert any(line.startswith("POST") for line in seen)


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Path:
    """A root of our own, and a certificate of 127.0.0.1 signed by it."""
    return make_authority(tmp_path_factory.mktemp("root"))


@asynccontextmanager
async def encrypted(server: OpenAIServer, authority: Path) -> AsyncIterator[str]:
    """The server behind TLS; gives its base URL."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority / "here.pem", authority / "here.key")
    port = int(server.url.split(":")[2].split("/")[0])

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        inside, outside = await asyncio.open_connection("127.0.0.1", port)

        async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
            while data := await source.read(65_536):
                target.write(data)
                await target.drain()

        there = asyncio.create_task(copy(reader, outside))
        await copy(inside, writer)
        there.cancel()
        outside.close()
        writer.close()

    front = await asyncio.start_server(carry, "127.0.0.1", 0, ssl=context)
    async with front:
        yield f"https://127.0.0.1:{front.sockets[0].getsockname()[1]}/v1"


async def test_a_root_of_a_row_is_trusted_for_that_row_alone(authority, sink, quick):
    with OpenAIServer([Answer("trusted")], keys=[KEY]) as server:
        async with encrypted(server, authority) as url:
            known = Provider("known", "Known", url, ("gpt-test",), certificate=str(authority / "root.pem"))
            stranger = Provider("stranger", "Stranger", url, ("gpt-test",))
            assert (await check(known, Secret(KEY))).state == "valid"
            assert (await check(stranger, Secret(KEY))).state == "unreachable"
            gateway = FleetGateway([Access.by(row, Secret(KEY)) for row in (stranger, known)], sink, timeouts=quick)
            reply = await gateway.ask(REQUEST)
            await gateway.aclose()
    assert (reply.text, reply.model) == ("trusted", "known:gpt-test")


def test_the_russian_root_is_the_published_one_and_goes_to_its_makers_addresses_only():
    text = (files("agents.providers") / "roots" / "russian_trusted_root_ca.pem").read_text("ascii")
    assert hashlib.sha256(ssl.PEM_cert_to_DER_cert(text)).hexdigest() == RUSSIAN_ROOT
    rows = [
        Provider(known.id, known.name, known.base_url or "https://x.example", preset=known.id) for known in presets()
    ]
    assert [row.id for row in rows if row.root] == ["gigachat"]
    assert Provider("g", "G", "https://elsewhere.example/v1", preset="gigachat").root == ""

    def roots(row: Provider) -> set[str]:
        context = client_options(row).get("verify") or ssl.create_default_context()
        return {str(dict(item[0] for item in one["subject"]).get("commonName")) for one in context.get_ca_certs()}

    gigachat = next(row for row in rows if row.id == "gigachat")
    assert "Russian Trusted Root CA" in roots(gigachat)
    assert "Russian Trusted Root CA" not in roots(rows[0])
