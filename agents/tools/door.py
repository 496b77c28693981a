"""The one way to the web: it only reads, it goes to public addresses only, and it takes no more than it was told to.

Every hop of a redirect is judged anew, a name is resolved once and the connection goes to the judged address
(`connecting`). Bytes are counted on the wire and unpacked, time is counted over everything, servers are asked at their
pace. No cookie is kept, no script runs, and what was asked with a key is neither kept nor named in an error.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar
from urllib.parse import parse_qsl, urlsplit

from agents.tools.addresses import Guard, Target, next_target, shown
from agents.tools.pacing import INTERVAL, PATIENCE, Pace, PassingError
from agents.tools.page_cache import PageCache
from agents.tools.receiving import ANY, JSON, PAGES, TEXT, Response, Wish, Writing, judge, take
from agents.tools.robots import EVERYTHING, LARGEST, NOTHING, Rules, read_rules
from core.errors import ResearchError
from core.redaction import redact

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
    from pathlib import Path
    from typing import BinaryIO

    import httpcore

    from agents.tools.connecting import Network, Resolver

T = TypeVar("T")

LIMIT: Final = 2_000_000
SECONDS: Final = 20.0
FRESH: Final = 3_600.0
MOST_REDIRECTS: Final = 5

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HARMLESS: Final = frozenset({"accept", "accept-language", "user-agent"})
"""Headers that may go to another site and into the cache; all others may be keys."""
_SECRET_NAME: Final = re.compile(
    r"(?:^|[-_.])(?:key|token|secret|sig|signature|password|passwd|pwd|auth|code|session|sid|credential|jwt)$"
    r"|apikey|accesskey|authtoken|accesstoken|sessionid",
    re.IGNORECASE,
)
_ROBOTS_SECONDS: Final = 10.0
_ROBOTS_FRESH: Final = 86_400.0
_TROUBLE_FRESH: Final = 600.0
_MOST_ROBOTS: Final = 500
_DOWNLOAD_SECONDS: Final = 600.0


@dataclass(slots=True)
class _Clock:
    """Seconds that are left for everything together; waiting for one's turn costs none."""

    left: float
    url: str

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        began = time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, self.left)):
                yield
        except TimeoutError as error:
            raise ResearchError("timeout", url=self.url) from error
        finally:
            self.left -= time.monotonic() - began


class Door:
    """Goes to the web for everybody else. Belongs to one event loop; close it with `aclose` or as a context.

    `allowed` are servers a person lets it reach besides public ones (`host:port`); `cache` a folder for answers;
    `proxy` an address that goes before what the environment says. The rest is for tests and special networks.
    """

    def __init__(
        self,
        *,
        allowed: frozenset[str] = frozenset(),
        cache: Path | None = None,
        proxy: str = "",
        interval: float = INTERVAL,
        resolver: Resolver | None = None,
        context: ssl.SSLContext | None = None,
        backend: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        self._guard = Guard(allowed)
        self._cache = PageCache(cache)
        self._interval = interval
        self._pace = Pace(interval)
        self._options: dict[str, Any] = {"proxy": proxy, "context": context, "backend": backend}
        if resolver is not None:
            self._options["resolver"] = resolver
        self._network: Network | None = None
        self._robots: dict[str, tuple[float, Rules]] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close connections."""
        network, self._network = self._network, None
        if network is not None:
            await network.aclose()

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        accept: tuple[str, ...] = TEXT,
        limit: int = LIMIT,
        seconds: float = SECONDS,
        robots: bool = False,
        cut: bool = False,
        fresh: float = FRESH,
    ) -> Response:
        """Read what is at an address, following at most five redirects.

        `headers` stay with the site they were meant for. `robots`: what the site's robots.txt forbids is left alone.
        `cut`: of what is larger than `limit` bytes the beginning is taken. `fresh`: seconds an answer may be old.

        Raises:
            ResearchError: with the fault; `limited` tells `retry_after` in its facts where the server did.
        """
        target = self._guard.target(url)
        wish = Wish("GET", dict(headers or {}), accept, limit, cut, robots)
        key = _cache_key(target, wish) if fresh > 0 else ""
        if key and (kept := await self._kept(key, wish, fresh)):
            return kept
        clock = _Clock(seconds, shown(target.url))
        response = await self._followed(target, wish, clock)
        if key and "no-store" not in response.headers.get("cache-control", "").lower() and not _telling(response.url):
            facts = {name: value for name, value in asdict(response).items() if name not in {"body", "cached"}}
            await self._cache.keep(key, facts, response.body)
        return response

    async def post_json(
        self,
        url: str,
        body: object,
        *,
        headers: Mapping[str, str] | None = None,
        limit: int = LIMIT,
        seconds: float = SECONDS,
    ) -> Response:
        """Ask an API that wants its question as JSON. Never repeated, never kept, no redirects."""
        target = self._guard.target(url)
        given = {"Content-Type": "application/json", **(headers or {})}
        wish = Wish("POST", given, JSON, limit, content=json.dumps(body).encode())
        found = await self._once(target, wish, _Clock(seconds, shown(target.url)))
        if isinstance(found, Target):
            raise ResearchError("malformed", url=shown(target.url), detail="HTTP 3xx")
        return found

    async def download(
        self,
        url: str,
        target: Path,
        *,
        limit: int,
        seconds: float = _DOWNLOAD_SECONDS,
        headers: Mapping[str, str] | None = None,
        accept: tuple[str, ...] = ANY,
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[str, int]:
        """Write what is at an address to the new file `target`; return its SHA-256 and size.

        `progress` is told the bytes so far and all of them (0 = unknown). What is not whole is taken away again.
        Raises ResearchError, and OSError where the disk refuses (FileExistsError, too).
        """
        wish = Wish("GET", dict(headers or {}), accept, limit, packed=False)
        place, clock = self._guard.target(url), _Clock(seconds, shown(url))
        with _new_file(target) as file:
            for _ in range(MOST_REDIRECTS + 1):
                writing, found = await self._written(place, wish, clock, file, progress)
                if not isinstance(found, Target):
                    return writing.sha256, writing.size
                place, wish = found, _passed_on(place, found, wish)
            raise ResearchError("malformed", url=shown(url), detail=f"HTTP 3xx > {MOST_REDIRECTS}")

    async def _followed(self, target: Target, wish: Wish, clock: _Clock) -> Response:
        for _ in range(MOST_REDIRECTS + 1):
            if wish.robots and not (await self._rules(target)).allow(target.path):
                raise ResearchError("blocked", url=shown(target.url), detail="robots.txt")
            found = await self._patiently(partial(self._once, target, wish, clock))
            if not isinstance(found, Target):
                return found
            target, wish = found, _passed_on(target, found, wish)
        raise ResearchError("malformed", url=clock.url, detail=f"HTTP 3xx > {MOST_REDIRECTS}")

    async def _written(
        self,
        target: Target,
        wish: Wish,
        clock: _Clock,
        file: BinaryIO,
        progress: Callable[[int, int], None] | None,
    ) -> tuple[Writing, Response | Target]:
        """Write what is at an address into a file, from its beginning at each try."""

        async def ask() -> tuple[Writing, Response | Target]:
            file.seek(0)
            file.truncate()
            writing = Writing(file, progress)
            return writing, await self._once(target, wish, clock, writing)

        return await self._patiently(ask)

    async def _patiently(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask, and once more where it failed in a way that passes or a short rest is all the server asks for."""
        try:
            return await ask()
        except PassingError:
            await asyncio.sleep(self._interval)
        except ResearchError as error:
            if error.fault != "limited" or not _soon(error.facts.get("retry_after")):
                raise
        return await ask()

    async def _once(
        self, target: Target, wish: Wish, clock: _Clock, writing: Writing | None = None
    ) -> Response | Target:
        async with self._pace.turn(target.place, shown(target.url)), clock.running():
            exchange = self._opened().exchange(wish.method, target, wish.sent(), wish.content, max(clock.left, 0.1))
            async with exchange as answer, contextlib.aclosing(answer.chunks):
                location = answer.headers.get("location")
                if answer.status in _REDIRECTS and location:
                    return next_target(self._guard, target, location)
                judge(answer, target, self._pace)
                return await take(answer, target, wish, writing)

    def _opened(self) -> Network:
        if self._network is None:
            from agents.tools.connecting import Network  # noqa: PLC0415 - its library is loaded by the first request

            self._network = Network(self._guard, **self._options)
        return self._network

    async def _kept(self, key: str, wish: Wish, fresh: float) -> Response | None:
        found = await self._cache.find(key, fresh)
        if found is None:
            return None
        facts, body = found
        try:
            response = Response(body=body, cached=True, **facts)
        except TypeError:  # written by another version
            return None
        with contextlib.suppress(ResearchError):
            self._guard.target(response.url)  # what was allowed then need not be allowed now
            fits = len(body) <= wish.limit and (not response.cut or (wish.cut and len(body) == wish.limit))
            return response if fits else None
        return None

    async def _rules(self, target: Target) -> Rules:
        known = self._robots.get(target.origin)
        if known and time.monotonic() < known[0]:
            return known[1]
        wish = Wish("GET", {}, ANY, LARGEST, cut=True)
        address = replace(target, path="/robots.txt")
        try:
            response = await self._followed(address, wish, _Clock(_ROBOTS_SECONDS, shown(address.url)))
            rules, lasting = read_rules(response.body.decode("utf-8-sig", "replace")), _ROBOTS_FRESH
        except ResearchError as error:
            rules, lasting = _without_rules(error)
        if rules.delay:
            self._pace.slow(target.place, rules.delay)
        if len(self._robots) >= _MOST_ROBOTS:
            self._robots.clear()
        self._robots[target.origin] = (time.monotonic() + lasting, rules)
        return rules


def _without_rules(error: ResearchError) -> tuple[Rules, float]:
    """What holds where a site shows no rules, and how long: no file means none, a site in trouble is left alone."""
    if error.fault == "offline" and str(error.facts["detail"]).startswith("HTTP"):
        return NOTHING, _TROUBLE_FRESH
    if error.fault in {"offline", "timeout", "limited"}:
        raise error
    return EVERYTHING, _ROBOTS_FRESH


def _soon(seconds: object) -> bool:
    """Whether a rest is so short that its end is waited for; having a turn waits for it."""
    return isinstance(seconds, (int, float)) and seconds <= PATIENCE


def _passed_on(before: Target, after: Target, wish: Wish) -> Wish:
    """What is asked at the next hop: headers stay with the site they were meant for."""
    if before.origin == after.origin:
        return wish
    return replace(wish, headers={name: value for name, value in wish.headers.items() if name.lower() in _HARMLESS})


def _cache_key(target: Target, wish: Wish) -> str:
    """Under what an answer is kept; empty where a key may be in the question."""
    if any(name.lower() not in _HARMLESS for name in wish.headers) or _telling(target.url):
        return ""
    return "\n".join([target.url, *sorted(f"{name.lower()}: {value}" for name, value in wish.sent().items())])


def _telling(url: str) -> bool:
    """Whether an address may hold a key."""
    asked = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    return any(_SECRET_NAME.search(name) for name, _ in asked) or redact(url) != url


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that is taken away again when anything goes wrong."""
    with path.open("xb") as file:
        try:
            yield file
        except BaseException:
            file.close()
            path.unlink(missing_ok=True)
            raise


__all__ = ["ANY", "FRESH", "JSON", "LIMIT", "MOST_REDIRECTS", "PAGES", "SECONDS", "TEXT", "Door", "Response"]
