"""DuckDuckGo without a key: its page for browsers without scripts.

The page is read with the parser of the standard library, one pass, because nothing but three classes is looked for.
"""

from __future__ import annotations

import asyncio
from html.parser import HTMLParser
from typing import Final
from urllib.parse import parse_qs, urljoin, urlsplit

from agents.tools.engines.engine import Way, hit, hits
from core.errors import ResearchError
from core.research import Hit  # noqa: TC001 - part of the protocol

_LARGEST: Final = 1_000_000
_LONGEST_PART: Final = 8_000
_VOID: Final = frozenset({"br", "img", "input", "hr", "meta", "link", "wbr", "source", "area", "base", "col", "embed"})


class DuckDuckGo:
    """Its page of results; links behind its redirect are unwrapped, advertisements left out."""

    name = "duckduckgo"
    needs_key = False

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it. A page that asks whether a person is there means that it was asked too often."""
        response = await self._way.door.get(
            self._way.url("/html/", q=query), accept=("text/html",), limit=_LARGEST, fresh=0
        )
        page = await asyncio.to_thread(_read, response.text)
        if page.anomaly:
            raise ResearchError("limited", url=self._way.base, detail="anomaly")
        if not page.found and not page.nothing:
            raise ResearchError("malformed", url=self._way.base, detail="HTML")
        kept = ((title, _unwrapped(url, self._way.base), extract) for title, url, extract in page.found)
        return hits((hit(self.name, title, url, extract) for title, url, extract in kept), limit)


def _read(text: str) -> _Results:
    page = _Results()
    page.feed(text)
    page.close()
    return page


class _Results(HTMLParser):
    """Collects title, address and extract of each result."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[str]] = []
        self.anomaly = False
        self.nothing = False
        self._into = -1
        self._depth = 0
        self._advert = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notice where a result, its title or its extract begins."""
        if self._into >= 0:
            self._depth += tag not in _VOID
            return
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if any(name.startswith("anomaly") for name in classes) or "anomaly" in given.get("action", ""):
            self.anomaly = True
        elif "no-results" in classes:
            self.nothing = True
        elif "result" in classes:
            self._advert = "result--ad" in classes
        elif self._advert:
            return
        elif "result__a" in classes and tag == "a":
            self.found.append(["", given.get("href", ""), ""])
            self._into, self._depth = 0, 1
        elif "result__snippet" in classes and self.found:
            self._into, self._depth = 2, 1

    def handle_endtag(self, tag: str) -> None:
        """Notice where it ends."""
        if self._into >= 0 and tag not in _VOID:
            self._depth -= 1
            if self._depth <= 0:
                self._into = -1

    def handle_data(self, data: str) -> None:
        """Take what belongs to it."""
        if self._into >= 0 and len(self.found[-1][self._into]) < _LONGEST_PART:
            self.found[-1][self._into] += data[:_LONGEST_PART]


def _unwrapped(url: str, base: str) -> str:
    """Where a link really leads; what leads to the engine itself is an advertisement or none."""
    try:
        parts = urlsplit(urljoin(f"{base}/html/", url))
    except ValueError:
        return ""
    if parts.path.rstrip("/") == "/l":
        return parse_qs(parts.query).get("uddg", [""])[0]
    return "" if parts.path == "/y.js" or parts.netloc == urlsplit(base).netloc else parts.geturl()
