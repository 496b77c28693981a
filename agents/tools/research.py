"""Looks things up for everybody: engines one after the other, pages, and what code hosts tell of repositories.

An engine that fails rests, longer each time, and the next one is asked; what was found is kept for an hour.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from agents.tools.addresses import shown
from agents.tools.door import PAGES
from agents.tools.engines.engine import LONGEST_QUERY, MOST_HITS, plain
from core.errors import ResearchError
from core.research import Found, Hit, Page, Tried

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.tools.addresses import Guard
    from agents.tools.code_host import CodeHost
    from agents.tools.door import Door, Response
    from agents.tools.engines.engine import Engine, Keys
    from core.errors import ResearchFault
    from core.research import Extract, Repository, Topic, Tree

KEPT: Final = 3_600.0
LARGEST_PAGE: Final = 4_000_000
_MOST_KEPT: Final = 200
_REST: Final = 30.0
_LONGEST_REST: Final = 1_800.0
_MOST_DOUBLED: Final = 6
_PARTS: Final = 3
_HARMLESS_WORD: Final = "python"


@dataclass(slots=True)
class _Rest:
    """An engine that failed."""

    fault: ResearchFault
    until: float
    failures: int


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked: engines by name, their order for each topic, and who of them has a key."""

    engines: Mapping[str, Engine]
    order: Mapping[str, Sequence[str]]
    keys: Keys
    key_names: Mapping[str, str]
    """Engine -> the name its key is kept under, where that is another."""


class WebResearch:
    """Research through one door. Belongs to one event loop; it closes the door."""

    def __init__(self, door: Door, guard: Guard, asking: Asking, hosts: Sequence[CodeHost], extract: Extract) -> None:
        self._door = door
        self._guard = guard
        self._asking = asking
        self._hosts = {host.host: host for host in hosts}
        self._extract = extract
        self._last: tuple[float, Found] | None = None
        self._resting: dict[str, _Rest] = {}
        self._found: OrderedDict[tuple[str, str, int], tuple[float, Found]] = OrderedDict()

    async def search(self, query: str, topic: Topic = "web", *, limit: int = 8) -> Found:
        """Ask the engines for a topic until one finds something; nothing is raised, hits may be empty."""
        asked = plain(query, LONGEST_QUERY)
        limit = max(1, min(limit, MOST_HITS))
        key = (asked, topic, limit)
        kept = self._found.get(key)
        if kept and time.monotonic() < kept[0]:
            return replace(kept[1], cached=True)
        found = await self._asked(asked, topic, limit) if asked else Found(asked, topic, "", ())
        if found.hits:
            self._found[key] = (time.monotonic() + KEPT, found)
            while len(self._found) > _MOST_KEPT:
                self._found.popitem(last=False)
        return found

    @property
    def last(self) -> tuple[float, Found] | None:
        """When somebody was last really asked, seconds since the epoch, and what came of it."""
        return self._last

    async def look(self) -> Found:
        """Ask about a harmless word, to see whether anybody answers."""
        return await self._asked(_HARMLESS_WORD, "web", 1)

    async def read(self, url: str) -> Page:
        """Read a page; what its site's robots file forbids is left alone."""
        return await self._page(await self._door.get(url, accept=PAGES, limit=LARGEST_PAGE, robots=True, cut=True))

    async def repository(self, address: str) -> Repository:
        """Look at `host/owner/name`."""
        parts = address.strip().removeprefix("https://").rstrip("/").removesuffix(".git").split("/")
        if len(parts) != _PARTS:
            raise ResearchError("refused", url=shown(address), detail="HOST/OWNER/NAME")
        return await self._host(parts[0], address).repository(parts[1], parts[2])

    async def tree(self, repository: Repository) -> Tree:
        """List its files at its commit."""
        return await self._host(repository.host, repository.address).tree(repository)

    async def file(self, repository: Repository, path: str) -> Page:
        """Read one of its files at its commit, as plain text."""
        host = self._host(repository.host, repository.address)
        response = await host.file(repository, path)
        page = await self._page(replace(response, media_type=_kind_of(path)))
        return replace(page, url=host.page(repository, path), title=page.title or plain(path))

    async def issues(self, repository: Repository, query: str, *, limit: int = 5) -> Sequence[Hit]:
        """Search its issues."""
        host = self._host(repository.host, repository.address)
        return self._proper(await host.issues(repository, plain(query, LONGEST_QUERY), limit))

    def archive_url(self, repository: Repository, commit: str) -> str:
        """Where the archive of a commit is, for who is allowed to take it. Nothing is asked."""
        return self._host(repository.host, repository.address).archive_url(repository, commit)

    async def aclose(self) -> None:
        """Close connections."""
        await self._door.aclose()

    async def _asked(self, query: str, topic: Topic, limit: int) -> Found:
        found = await self._searched(query, topic, limit)
        self._last = (time.time(), found)
        return found

    async def _searched(self, query: str, topic: Topic, limit: int) -> Found:
        tried: list[Tried] = []
        answered = ""
        for name in self._asking.order.get(topic, ()):
            engine = self._asking.engines.get(name)
            if engine is None or (engine.needs_key and not await self._key(name)):
                continue
            rest = self._resting.get(name)
            if rest and time.monotonic() < rest.until:
                tried.append(Tried(name, rest.fault, f"{rest.until - time.monotonic():.0f} s"))
                continue
            try:
                hits = self._proper(await engine.search(query, limit))
            except ResearchError as error:
                self._let_rest(name, error)
                tried.append(Tried(name, error.fault, plain(str(error.facts.get("detail", "")), 200)))
                continue
            self._resting.pop(name, None)
            answered = answered or name
            if hits:
                return Found(query, topic, name, hits[:limit], tuple(tried))
        return Found(query, topic, answered, (), tuple(tried))

    async def _key(self, name: str) -> bool:
        return bool(await self._asking.keys(self._asking.key_names.get(name, name)))

    def _let_rest(self, name: str, error: ResearchError) -> None:
        before = self._resting.get(name)
        failures = before.failures + 1 if before else 1
        wait = _REST * 2 ** min(failures - 1, _MOST_DOUBLED)
        asked = error.facts.get("retry_after", 0)
        wait = min(max(wait, asked if isinstance(asked, (int, float)) else 0), _LONGEST_REST)
        self._resting[name] = _Rest(error.fault, time.monotonic() + wait, failures)

    def _proper(self, hits: Sequence[Hit]) -> tuple[Hit, ...]:
        """Those that lead to public places, each place once."""
        kept: dict[str, Hit] = {}
        for hit in hits:
            try:
                url = self._guard.target(hit.url).url
            except ResearchError:
                continue
            parts = urlsplit(url)
            kept.setdefault(f"{parts.netloc}{parts.path.rstrip('/')}?{parts.query}", hit)
        return tuple(kept.values())

    async def _page(self, response: Response) -> Page:
        try:
            said = await self._extract(response.body, response.media_type, response.charset or "utf-8")
        except ResearchError as error:
            detail = str(error.facts.get("detail", ""))
            raise ResearchError(error.fault, url=shown(response.url), detail=detail) from error
        sha256 = await asyncio.to_thread(lambda: response.sha256)
        cut = said.cut or response.cut
        return Page(response.url, plain(said.title), said.text, response.media_type, sha256, response.fetched, cut)

    def _host(self, name: str, address: str) -> CodeHost:
        host = self._hosts.get(name.lower())
        if host is None:
            raise ResearchError("refused", url=shown(address), detail=", ".join(sorted(self._hosts)))
        return host


def _kind_of(path: str) -> str:
    """Readmes are Markdown, whose comments nobody sees and the reader leaves out; other files are read as they are."""
    name = PurePosixPath(path).name.lower()
    return "text/markdown" if name.startswith("readme") or name.endswith((".md", ".markdown")) else "text/plain"


__all__ = ["KEPT", "Asking", "WebResearch"]
