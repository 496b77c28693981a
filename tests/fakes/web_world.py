"""A small internet of real servers on loopback: two engines and their kin, a documentation site, a code host.

What each was asked is kept with its kind, in order: `search`, `api`, `page`, `archive`. Answers can be changed while it
works: `faults` (path or its beginning -> an answer, answers for one question each, or an act) go before all else.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import io
import json
import time
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, unquote_plus, urlsplit

from tests.agents.tools.web_site import answer, listening, read_request, to

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    Fault = bytes | list[bytes] | Callable[[asyncio.StreamWriter], Awaitable[None]]

COMMIT = "0123456789abcdef0123456789abcdef01234567"
_DUCK = """<div class="result results_links results_links_deep web-result ">
<div class="links_main links_deep result__body">
<h2 class="result__title"><a rel="nofollow" class="result__a" href="{link}">{title}</a></h2>
<div class="result__extras"><a class="result__url" href="{link}">{shown}</a></div>
<a class="result__snippet" href="{link}">{extract}</a><div class="clear"></div></div></div>"""
_ADVERT = """<div class="result results_links result--ad "><h2 class="result__title">
<a class="result__a" href="//duckduckgo.com/y.js?ad_domain=shop.example&amp;u3=x">Buy</a></h2>
<a class="result__snippet" href="#">Cheap</a></div>"""
ENGINES = (
    *("duckduckgo", "brave", "tavily", "google", "bing", "searxng"),
    *("stackexchange", "hackernews", "packages"),
)
ANOMALY = answer(
    '<html><body><form id="challenge-form" action="//duckduckgo.com/anomaly.js?sv=html">'
    '<div class="anomaly-modal__title">Unfortunately, bots use DuckDuckGo too.</div></form></body></html>',
    202,
)


@dataclass(frozen=True)
class Seen:
    """A request as a server saw it."""

    kind: str
    method: str
    host: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> str:
        """Everything a server could read of it, as it was meant."""
        return unquote_plus(f"{self.path}\n{self.headers}\n{self.body.decode('utf-8', 'replace')}")


@dataclass
class WorldRepository:
    """A repository of the code host."""

    files: dict[str, str]
    facts: dict[str, Any] = field(default_factory=dict)
    commit: str = COMMIT
    issues: list[dict[str, Any]] = field(default_factory=list)
    truncated: bool = False
    """Its tree is too long to be told whole."""


@dataclass
class WebWorld:
    """A server for each engine and the rest of it; `async with world.served():`."""

    results: list[tuple[str, str, str]] = field(default_factory=list)
    """Title, address and extract: what all engines find, whatever they are asked.

    `{docs}` is the documentation, `{code}` the code host."""
    docs: dict[str, str | bytes] = field(default_factory=dict)
    """Path -> HTML, or a whole answer as bytes."""
    repositories: dict[str, WorldRepository] = field(default_factory=dict)
    """`owner/name` -> what it holds."""
    packages: dict[str, dict[str, Any]] = field(default_factory=dict)
    """`pypi/name` -> version, licence and links."""
    faults: dict[str, Fault] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    ports: dict[str, int] = field(default_factory=dict)
    _open: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack, repr=False)

    @contextlib.asynccontextmanager
    async def served(self) -> AsyncIterator[WebWorld]:
        """Run all servers."""
        async with self._open as stack:
            acts = {
                **dict.fromkeys(ENGINES, self._search),
                "docs": self._docs,
                "code": self._code,
                "api": self._api,
                "archive": self._archive,
            }
            for name, act in acts.items():
                self.ports[name] = await stack.enter_async_context(listening(self._serving(name, act)))
            yield self

    async def shut(self) -> None:
        """Be gone: nobody answers any more."""
        await self._open.aclose()

    def place(self, name: str) -> str:
        """`host:port` of an engine, `docs`, `code`, `api` or `archive`."""
        return f"127.0.0.1:{self.ports[name]}"

    @property
    def web_hosts(self) -> str:
        """All of it, as the setting wants it."""
        return ", ".join(self.place(name) for name in self.ports)

    def url(self, path: str) -> str:
        """A page of the documentation."""
        return f"http://{self.place('docs')}{path}"

    def address(self, url: str) -> str:
        """An address of the results as it is sent."""
        for name in ("docs", "code"):
            url = url.replace(f"{{{name}}}", f"http://{self.place(name)}")
        return url

    def write_engines(self, home: Path) -> None:
        """Point a data folder at this world; its code host is called `code.example`, and by its own place.

        Archives are downloaded from it under its own place only: without encryption no other host is trusted.
        """
        api = f"http://{self.place('api')}"
        rows = "".join(f'{name} = "http://{self.place(name)}/{name}"\n' for name in ENGINES if name != "searxng")
        hosts = "".join(
            f'[host."{name}"]\npages = "{scheme}://{name}"\napi = "{api}"\n'
            f'archives = "http://{self.place("archive")}/{{owner}}/{{name}}/zip/{{commit}}"\n'
            for scheme, name in (("https", "github.com"), ("https", "code.example"), ("http", self.place("code")))
        )
        home.mkdir(parents=True, exist_ok=True)
        (home / "engines.toml").write_text(f"[address]\n{rows}{hosts}", encoding="utf-8")

    def kinds(self, kind: str) -> list[str]:
        """The paths of all requests of a kind."""
        return [one.path for one in self.seen if one.kind == kind]

    def _serving(self, name, act):
        async def carry(reader, writer):
            while True:
                asked = await read_request(reader)
                kind = "search" if name in ENGINES else {"docs": "page", "code": "page"}.get(name, name)
                self.seen.append(Seen(kind, asked.method, self.place(name), asked.path, asked.headers, asked.body))
                fault = next((told for path, told in self.faults.items() if asked.path.startswith(path)), None)
                if isinstance(fault, list):
                    fault = fault.pop(0) if fault else None
                if callable(fault):
                    await fault(writer)
                    return
                parts = urlsplit(asked.path)
                given = {name: values[0] for name, values in parse_qs(parts.query).items()}
                writer.write(fault or act(parts.path, given, asked.headers))
                await writer.drain()

        return carry

    def _search(self, path, given, headers):
        engine, _, rest = path.lstrip("/").partition("/")
        found = [(title, self.address(url), said) for title, url, said in self.results]
        if engine == "packages":
            return self._package(rest)
        if engine in KEY_HEADERS and not headers.get(KEY_HEADERS[engine]):
            return _json({"message": "no key"}, 401)
        return _duck(found) if engine == "duckduckgo" else _json(SHAPES[engine](found))

    def _package(self, path):
        _, _, system, _, name, *rest = path.split("/")
        facts = self.packages.get(f"{system}/{name}")
        if facts is None:
            return _json({"error": "not found"}, 404)
        key = {"system": system.upper(), "name": name, "version": facts["version"]}
        told = {"versionKey": key, "publishedAt": "2026-01-02T03:04:05Z", "isDefault": True}
        if not rest:
            old = {"versionKey": {**key, "version": "0.0.1"}, "publishedAt": "2026-05-02T03:04:05Z"}
            return _json({"packageKey": {"system": system.upper(), "name": name}, "versions": [told, old]})
        return _json({**told, "licenses": [facts["licence"]], "links": facts.get("links", [])})

    def _docs(self, path, _given, _headers):
        page = self.docs.get(path)
        if page is None:
            return answer("nothing", 404)
        return page if isinstance(page, bytes) else answer(page)

    def _code(self, path, _given, _headers):
        kept = self.repositories.get(path.strip("/"))
        return answer(f"<h1>{path}</h1><p>A repository.</p>") if kept else answer("nothing", 404)

    def _api(self, path, given, _headers):
        parts = path.strip("/").split("/")
        if parts[0] == "search":
            return _json({"total_count": 1, "incomplete_results": False, "items": self._items(parts[1], given)})
        address, rest = "/".join(parts[1:3]), "/".join(parts[3:])
        kept = self.repositories.get(address)
        if parts[0] != "repos" or kept is None or given.get("ref", kept.commit) != kept.commit:
            return _json({"message": "Not Found"}, 404)
        if not rest:
            return _json(facts(address, kept))
        if rest == "commits":
            return _json([{"sha": kept.commit, "commit": {"message": "x"}}])
        return self._held(kept, rest)

    def _held(self, kept, rest):
        if rest == f"git/trees/{kept.commit}":
            tree = [
                {"path": name, "mode": "100644", "type": "blob", "size": len(text)} for name, text in kept.files.items()
            ]
            tree.append({"path": "src", "type": "tree"})
            return _json({"sha": kept.commit, "tree": tree, "truncated": kept.truncated})
        name = "README.md" if rest == "readme" else rest.removeprefix("contents/")
        if name not in kept.files:
            return _json({"message": "Not Found"}, 404)
        return answer(kept.files[name], content_type="application/vnd.github.raw+json; charset=utf-8")

    def _items(self, kind, given):
        if kind == "repositories":
            return [facts(address, kept) for address, kept in self.repositories.items()]
        if kind == "issues":
            asked = given["q"].rpartition("repo:")[2]
            return self.repositories[asked].issues if asked in self.repositories else []
        return [
            {
                "path": name,
                "html_url": f"https://code.example/{address}/blob/{kept.commit}/{name}",
                "repository": {"full_name": address, "private": False},
                "text_matches": [{"fragment": text[:100]}],
            }
            for address, kept in self.repositories.items()
            for name, text in kept.files.items()
        ]

    def _archive(self, path, _given, _headers):
        owner, name, _, commit = path.strip("/").split("/")
        kept = self.repositories.get(f"{owner}/{name}")
        if kept is None or kept.commit != commit:
            return answer("nothing", 404)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for file, text in kept.files.items():
                archive.writestr(f"{name}-{commit}/{file}", text)
            archive.comment = commit.encode()  # as code hosts name the commit
        return answer(packed.getvalue(), content_type="application/zip")


def facts(address: str, kept: WorldRepository) -> dict[str, Any]:
    """What the API tells of a repository."""
    usual = {
        "full_name": address,
        "private": False,
        "html_url": f"https://code.example/{address}",
        "description": "Frobs things",
        "size": 120,
        "stargazers_count": 321,
        "pushed_at": "2026-01-02T03:04:05Z",
        "archived": False,
        "default_branch": "main",
        "license": {"key": "mit", "spdx_id": "MIT"},
    }
    return {**usual, **kept.facts}


def limited(seconds: int = 60) -> bytes:
    """Asked too often."""
    return answer("slow down", 429, retry_after=seconds)


def used_up() -> bytes:
    """An API whose allowance is used up for a second, the way code hosts say so."""
    return answer(
        '{"message": "API rate limit exceeded"}',
        403,
        content_type="application/json; charset=utf-8",
        x_ratelimit_remaining=0,
        x_ratelimit_reset=int(time.time()),
    )


def bomb() -> bytes:
    """A small answer that unpacks to a hundred megabytes."""
    return answer(gzip.compress(b"\0" * 100_000_000, 9), content_encoding="gzip", content_type="text/html")


def wrong_charset(page: str = "<p>Привет, мир</p>") -> bytes:
    """Says UTF-8 and is not."""
    return answer(page.encode("cp1251"))


def redirect(where: str) -> bytes:
    """Leads elsewhere."""
    return to(where)


async def endless(writer: asyncio.StreamWriter) -> None:
    """A body without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"<p>more</p>" * 1_000)
        await writer.drain()


async def slow(writer: asyncio.StreamWriter) -> None:
    """A body that hardly comes."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


def _duck(found):
    rows = "".join(
        _DUCK.format(
            link=f"//duckduckgo.com/l/?uddg={quote(url, safe='')}&amp;rut=0a1b", title=title, shown=url, extract=extract
        )
        for title, url, extract in found
    )
    nothing = "" if found else '<div class="no-results">No results.</div>'
    return answer(
        f'<html><body><div class="serp__results"><div id="links">{_ADVERT}{rows}{nothing}</div></div></body></html>'
    )


def _json(told: object, status: int = 200) -> bytes:
    return answer(json.dumps(told), status, content_type="application/json; charset=utf-8")


def _named(found, title, url, extract):
    return [{title: one, url: two, extract: three} for one, two, three in found]


KEY_HEADERS = {
    "brave": "x-subscription-token",
    "tavily": "authorization",
    "google": "x-goog-api-key",
    "bing": "ocp-apim-subscription-key",
}
SHAPES = {
    "brave": lambda found: {"type": "search", "web": {"results": _named(found, "title", "url", "description")}},
    "tavily": lambda found: {"query": "q", "results": _named(found, "title", "url", "content")},
    "google": lambda found: {"kind": "customsearch#search", "items": _named(found, "title", "link", "snippet")},
    "bing": lambda found: {"webPages": {"value": _named(found, "name", "url", "snippet")}},
    "searxng": lambda found: {"query": "q", "results": _named(found, "title", "url", "content")},
    "hackernews": lambda found: {
        "hits": [{"objectID": "1", **row} for row in _named(found, "title", "url", "story_text")]
    },
    "stackexchange": lambda found: {
        "items": [
            {"title": title, "link": url, "tags": ["python"], "score": 4, "answer_count": 2} for title, url, _ in found
        ]
    },
}
