"""Through a proxy: pages, secured pages, a proxy that wants a password, and what is refused there all the same."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
from dataclasses import dataclass, field

import pytest

from agents.tools.door import Door
from core.errors import ResearchError
from tests.agents.tools.web_site import Names, Site, answer, listening, to
from tests.fakes.certificates import make_authority, named

VARIABLES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUEST_METHOD")


@pytest.fixture(autouse=True)
def no_proxy_of_the_machine(monkeypatch):
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@dataclass
class Proxy:
    """A proxy that knows one server, whatever it is asked for. HTTP with CONNECT, or SOCKS 5."""

    leads_to: int
    seen: list[str] = field(default_factory=list)
    status: str = "200 Connected"
    port: int = 0

    @contextlib.asynccontextmanager
    async def served(self, kind="http"):
        async with listening(self._socks if kind == "socks5" else self._http) as self.port:
            yield f"{kind}://127.0.0.1:{self.port}"

    async def _http(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, _, rest = head.partition("\r\n")
        method, address, version = line.split()
        given = [entry for entry in rest.split("\r\n") if entry.lower().startswith("proxy-authorization")]
        self.seen.append(" ".join([method, address, *given]))
        if not self.status.startswith("200"):
            writer.write(f"HTTP/1.1 {self.status}\r\nContent-Length: 0\r\n\r\n".encode())
            await writer.drain()
        elif method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            await self._join(reader, writer)
        else:
            path = "/" + address.split("/", 3)[3]
            await self._join(reader, writer, f"{method} {path} {version}\r\n{rest}".encode("latin-1"))

    async def _socks(self, reader, writer):
        await reader.readexactly((await reader.readexactly(2))[1])
        writer.write(b"\x05\x00")
        kind = (await reader.readexactly(4))[3]
        host = await reader.readexactly((await reader.readexactly(1))[0] if kind == 3 else 4)
        named = host.decode() if kind == 3 else str(ipaddress.IPv4Address(host))
        self.seen.append(f"{named}:{int.from_bytes(await reader.readexactly(2), 'big')}")
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        await self._join(reader, writer)

    async def _join(self, reader, writer, first=b""):
        inside, outside = await asyncio.open_connection("127.0.0.1", self.leads_to)
        outside.write(first)
        tasks = {asyncio.ensure_future(copy(reader, outside)), asyncio.ensure_future(copy(inside, writer))}
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            outside.close()
            with contextlib.suppress(ConnectionError):
                await outside.wait_closed()


async def copy(source, target):
    while data := await source.read(65_536):
        target.write(data)
        await target.drain()


async def fault(asking):
    with pytest.raises(ResearchError) as caught:
        await asking
    return caught.value


PAGES = {"/a": answer("far away"), "/inner": to("http://10.0.0.1/"), "/local": to("http://router.lan/"), "/b": to("/a")}


@pytest.mark.parametrize("kind", ["http", "socks5"])
@pytest.mark.parametrize("way", ["setting", "environment"])
async def test_a_page_comes_through_the_proxy(monkeypatch, kind, way):
    async with Site(PAGES).served() as site:
        proxy, names = Proxy(site.port), Names()
        async with proxy.served(kind) as address:
            if way == "environment":
                monkeypatch.setenv("ALL_PROXY" if kind == "socks5" else "HTTP_PROXY", address)
            async with Door(interval=0, proxy=address if way == "setting" else "", resolver=names) as door:
                assert (await door.get("http://docs.example.com/b")).text == "far away"
                for url in ("http://docs.example.com/inner", "http://docs.example.com/local", "http://127.0.0.1/"):
                    assert (await fault(door.get(url))).fault == "refused"
    assert names.asked == []
    assert {seen.split()[-1].removeprefix("http://").partition("/")[0] for seen in proxy.seen} <= {
        *("docs.example.com", "docs.example.com:80")
    }
    assert site.asked[0].headers["host"] == "docs.example.com"


async def test_a_secured_page_is_secured_through_the_proxy(tmp_path):
    folder = make_authority(tmp_path, named("docs.example.com"))
    served, trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    served.load_cert_chain(folder / "here.pem", folder / "here.key")
    trusted.load_verify_locations(cafile=folder / "root.pem")
    async with Site(PAGES, tls=served).served() as site:
        proxy = Proxy(site.port)
        async with proxy.served() as address, Door(interval=0, proxy=address, context=trusted) as door:
            assert (await door.get("https://docs.example.com/a")).text == "far away"
            error = await fault(door.get("https://other.example.com/a"))  # the certificate names somebody else
            assert (error.fault, error.facts["detail"]) == ("offline", "TLS")
    assert proxy.seen == ["CONNECT docs.example.com:443", "CONNECT other.example.com:443"]
    assert site.paths == ["/a"]


async def test_a_proxy_may_want_a_password_and_is_told_no_other():
    async with Site(PAGES).served() as site:
        proxy = Proxy(site.port)
        async with proxy.served() as address:
            own = address.replace("//", "//user:pass%40word@")
            async with Door(interval=0, proxy=own) as door:
                await door.get("http://docs.example.com/a", headers={"Authorization": "mine"})
                assert proxy.seen[-1].endswith("Basic dXNlcjpwYXNzQHdvcmQ=")
                assert "proxy-authorization" not in [name for asked in site.asked[1:] for name in asked.headers]
            proxy.status = "407 Who are you"
            async with Door(interval=0, proxy=own) as door:
                error = await fault(door.get("https://docs.example.com/a"))
    assert (error.fault, error.facts["detail"]) == ("offline", "proxy 407")
    assert "word" not in f"{error!r} {error.facts}"


async def test_servers_of_ones_own_are_not_behind_the_proxy(monkeypatch):
    async with Site(PAGES).served() as site:
        proxy = Proxy(1)
        async with proxy.served() as address:
            monkeypatch.setenv("HTTP_PROXY", address)
            monkeypatch.setenv("NO_PROXY", "near.example.com")
            names = Names(near_example_com=["127.0.0.1"])
            allowed = frozenset({site.place, f"near.example.com:{site.port}"})
            async with Door(allowed=allowed, interval=0, resolver=names) as door:
                assert (await door.get(site.url("/a"))).text == "far away"
                assert (await door.get(f"http://near.example.com:{site.port}/a")).text == "far away"
        assert proxy.seen == []


@pytest.mark.parametrize("address", ["ftp://127.0.0.1:1", "socks4://127.0.0.1:1", "http://127.0.0.1:1", "nonsense:"])
async def test_a_proxy_that_cannot_be_used_is_being_offline(address):
    async with Door(interval=0, proxy=address) as door:
        assert (await fault(door.get("http://docs.example.com/a"))).fault in {"offline", "malformed"}


@pytest.mark.parametrize("kind", ["http", "socks5"])
async def test_a_proxy_that_talks_nonsense_is_an_error_and_no_crash(kind):
    async def talk(reader, writer):
        await reader.read(10)
        writer.write(b"\x04\xff\x00nonsense\r\n\r\n")
        await writer.drain()

    async with listening(talk) as port, Door(interval=0, proxy=f"{kind}://127.0.0.1:{port}") as door:
        assert (await fault(door.get("http://docs.example.com/a", seconds=3))).fault in {"offline", "malformed"}
