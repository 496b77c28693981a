"""Connections of the door: straight to an address that was judged, or through the proxy this machine is set up with.

A name is resolved once, here, and the connection goes to the very address that was judged; TLS still proves the name.
Through a proxy it is the proxy that resolves, so that names cannot be judged by their addresses there: addresses
written out and names of the local network are refused all the same, anything else is the proxy's to forbid.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import socket
import ssl
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn
from urllib.parse import unquote, urlsplit

import httpcore

from agents.tools.addresses import is_public, shown
from agents.tools.pacing import PassingError
from core.errors import ResearchError

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        AsyncIterator,
        Awaitable,
        Callable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )

    from agents.tools.addresses import Guard, Target

    Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

CONNECT_SECONDS: Final = 10.0
_MOST_ADDRESSES: Final = 4
_CONNECTIONS: Final = 20
_KEPT: Final = 10
_KEPT_SECONDS: Final = 15.0
_HUNG_UP: Final = ("disconnected", "closed connection")
"""What the library says of a kept connection that had just been closed, and of an answer that breaks off."""
_DEEPEST_CAUSE: Final = 6
_PROXY_KINDS: Final = ("http", "https", "socks5", "socks5h")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server began to answer; its body is still on the way."""

    status: int
    headers: Mapping[str, str]
    """By lower-case name; what came twice is joined by commas. Cookies are left out."""
    chunks: AsyncGenerator[bytes, None]


async def system_resolver(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a name. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Connects to judged addresses only, whoever asks and whatever a name resolves to the next time."""

    def __init__(self, guard: Guard, resolver: Resolver, inner: httpcore.AsyncNetworkBackend) -> None:
        self._guard = guard
        self._resolver = resolver
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, judge, connect to what was judged."""
        try:
            addresses = list(await self._resolver(host, port))
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError("DNS") from error
        judged = self._guard.check(host, host, port, addresses)[:_MOST_ADDRESSES]
        failure: Exception = httpcore.ConnectError("DNS")
        for address in judged:
            try:
                return await self._inner.connect_tcp(
                    address, port, (timeout or CONNECT_SECONDS) / len(judged), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait between tries."""
        await asyncio.sleep(seconds)


_opened_now: ContextVar[list[httpcore.AsyncNetworkStream] | None] = ContextVar("_opened_now", default=None)


class ProxyNetwork(httpcore.AsyncNetworkBackend):
    """Connects to a proxy, and notes it: the library forgets a connection whose greeting fails."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect as usual: a proxy may be anywhere."""
        stream = await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        noted = _opened_now.get()
        if noted is not None:
            noted.append(stream)
        return stream

    async def sleep(self, seconds: float) -> None:
        """Wait between tries."""
        await asyncio.sleep(seconds)


class Network:
    """Sends one request and gives back the beginning of its answer. No cookies, no redirects, nothing kept."""

    def __init__(
        self,
        guard: Guard,
        *,
        resolver: Resolver = system_resolver,
        proxy: str = "",
        context: ssl.SSLContext | None = None,
        backend: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._checked = CheckedNetwork(guard, resolver, backend or httpcore.AnyIOBackend())
        self._guard = guard
        self._proxy = proxy
        self._context = context
        self._pools: dict[str, httpcore.AsyncConnectionPool] = {}

    @contextlib.asynccontextmanager
    async def exchange(
        self, method: str, target: Target, headers: Mapping[str, str], content: bytes, seconds: float
    ) -> AsyncIterator[Answer]:
        """Send a request; its connection is given back or closed when the block is left. Raises `ResearchError`."""
        pool = self._pool(target, await self._way(target))
        host = target.origin.partition("//")[2]
        sent = {"Host": host, **headers, **({"Content-Length": str(len(content))} if method == "POST" else {})}
        waits = {"connect": min(seconds, CONNECT_SECONDS), "read": seconds, "write": seconds, "pool": seconds}
        with _translated(target.url):
            request = httpcore.Request(
                method, target.url, headers=list(sent.items()), content=content, extensions={"timeout": waits}
            )
            response = await _answered(pool, request)
        try:
            yield Answer(response.status, _named(response.headers), _chunks(response, target.url))
        finally:
            with contextlib.suppress(httpcore.NetworkError, OSError):
                await response.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            await pool.aclose()

    async def _way(self, target: Target) -> str:
        """Address of the proxy that leads there, empty for the straight way."""
        address = target.literal
        local = not is_public(address) if address else "." not in target.host
        if local and self._guard.allows(target.host, target.port):
            return ""  # a server of one's own is not behind the way out
        return self._proxy or await asyncio.to_thread(_proxy_of_system, target.scheme, target.place)

    def _pool(self, target: Target, way: str) -> httpcore.AsyncConnectionPool:
        if way not in self._pools:
            self._pools[way] = self._opened(target, way)
        return self._pools[way]

    def _opened(self, target: Target, way: str) -> httpcore.AsyncConnectionPool:
        context = self._context = self._context or _trusted()
        options: dict[str, Any] = {
            "ssl_context": context,
            "max_connections": _CONNECTIONS,
            "max_keepalive_connections": _KEPT,
            "keepalive_expiry": _KEPT_SECONDS,
        }
        if not way:
            return httpcore.AsyncConnectionPool(network_backend=self._checked, **options)
        parts = urlsplit(way if "://" in way else f"http://{way}")
        if parts.scheme not in _PROXY_KINDS or not parts.hostname:
            raise ResearchError("offline", url=shown(target.url), detail=f"{parts.scheme[:20]}:")
        if parts.username:
            options["proxy_auth"] = (unquote(parts.username), unquote(parts.password or ""))
        place = parts.netloc.rpartition("@")[2]
        options["network_backend"] = ProxyNetwork(httpcore.AnyIOBackend())
        if parts.scheme.startswith("socks"):
            return httpcore.AsyncSOCKSProxy(f"socks5://{place}", **options)
        if parts.scheme == "https":
            options["proxy_ssl_context"] = context
        return httpcore.AsyncHTTPProxy(f"{parts.scheme}://{place}", **options)


async def _answered(pool: httpcore.AsyncConnectionPool, request: httpcore.Request) -> httpcore.Response:
    """Send a request; when that fails no connection opened for it stays."""
    opened: list[httpcore.AsyncNetworkStream] = []
    token = _opened_now.set(opened)
    try:
        return await pool.handle_async_request(request)
    except BaseException:
        for stream in opened:
            await stream.aclose()
        raise
    finally:
        _opened_now.reset(token)


@functools.cache
def _trusted() -> ssl.SSLContext:
    """Who is trusted: the system (a company's own roots are there) and the list that comes with the libraries."""
    import certifi  # noqa: PLC0415 - read when the first connection is opened

    context = ssl.create_default_context()
    context.load_verify_locations(cafile=certifi.where())
    return context


def _proxy_of_system(scheme: str, place: str) -> str:
    """What the environment, or the system where it knows, says about the way to a server; it may ask the registry."""
    import urllib.request  # noqa: PLC0415 - only for its knowledge of systems

    proxies = urllib.request.getproxies()
    way = proxies.get(scheme) or proxies.get("all") or ""
    return "" if way and urllib.request.proxy_bypass(place) else way


def _named(headers: Sequence[tuple[bytes, bytes]]) -> Mapping[str, str]:
    named: dict[str, str] = {}
    for raw, value in headers:
        name = raw.decode("latin-1").lower()
        if name not in {"set-cookie", "set-cookie2"}:
            said = _text(value)
            named[name] = f"{named[name]}, {said}" if name in named else said
    return named


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


async def _chunks(response: httpcore.Response, url: str) -> AsyncGenerator[bytes, None]:
    with _translated(url):
        async for chunk in response.aiter_stream():
            yield chunk


@contextlib.contextmanager
def _translated(url: str) -> Iterator[None]:
    """Turn what the library raises into our own words; a foreign text could hold anything and is not passed on."""
    try:
        yield
    except ResearchError:
        raise
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise ResearchError("timeout", url=shown(url)) from error
    except (httpcore.ConnectError, httpcore.ProxyError) as error:
        raise ResearchError("offline", url=shown(url), detail=_why_not_reached(error)) from error
    except (httpcore.NetworkError, OSError) as error:
        raise PassingError("offline", url=shown(url), detail="reset") from error
    except httpcore.RemoteProtocolError as error:
        if any(words in str(error) for words in _HUNG_UP):
            raise PassingError("offline", url=shown(url), detail="reset") from error
        raise ResearchError("malformed", url=shown(url), detail="HTTP") from error
    except Exception as error:  # noqa: BLE001 - the border to foreign HTTP answers and proxies
        _give_up(url, error)


def _give_up(url: str, error: Exception) -> NoReturn:
    raise ResearchError("malformed", url=shown(url), detail=type(error).__name__) from error


def _why_not_reached(error: Exception) -> str:
    if isinstance(error, httpcore.ProxyError):
        return f"proxy {str(error)[:3]}" if str(error)[:3].isdigit() else "proxy"
    behind: BaseException | None = error
    for _ in range(_DEEPEST_CAUSE):
        if isinstance(behind, ssl.SSLError):
            return "TLS"
        behind = (behind.__cause__ or behind.__context__) if behind is not None else None
    return "DNS" if str(error) == "DNS" else "TCP"
