"""Engines that answer JSON to those who have a key: Brave, Tavily, Google Programmable Search and Bing's kind."""

from __future__ import annotations

from typing import Final

from agents.tools.engines.engine import MOST_HITS, Way, hit, hits, rows
from core.errors import ResearchError
from core.research import Hit  # noqa: TC001 - part of the protocol

_GOOGLE_MOST: Final = 10


class Brave:
    """Brave's web search."""

    name = "brave"
    needs_key = True

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        key = await self._way.key(self.name, self._way.base)
        url = self._way.url("/res/v1/web/search", q=query, count=min(limit, MOST_HITS))
        response = await self._way.door.get(
            url, headers={"X-Subscription-Token": key, "Accept": "application/json"}, fresh=0
        )
        found = rows(response.json(), self._way.base, "web", "results")
        return hits((hit(self.name, row.get("title"), row.get("url"), row.get("description")) for row in found), limit)


class Tavily:
    """Tavily's search for programs."""

    name = "tavily"
    needs_key = True

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        key = await self._way.key(self.name, self._way.base)
        asked = {"query": query, "max_results": min(limit, MOST_HITS)}
        response = await self._way.door.post_json(
            self._way.url("/search"), asked, headers={"Authorization": f"Bearer {key}"}
        )
        found = rows(response.json(), self._way.base, "results")
        return hits((hit(self.name, row.get("title"), row.get("url"), row.get("content")) for row in found), limit)


class Google:
    """Google Programmable Search; its key is kept as `engine-id:key`."""

    name = "google"
    needs_key = True

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        engine, mark, key = (await self._way.key(self.name, self._way.base)).rpartition(":")
        if not mark:
            raise ResearchError("refused", url=self._way.base, detail="search:google = ID:KEY")
        url = self._way.url("/customsearch/v1", q=query, num=min(limit, _GOOGLE_MOST), cx=engine)
        response = await self._way.door.get(url, headers={"X-Goog-Api-Key": key}, fresh=0)
        found = rows(response.json(), self._way.base, "items")
        return hits((hit(self.name, row.get("title"), row.get("link"), row.get("snippet")) for row in found), limit)


class Bing:
    """Whoever answers the way Bing's web search does."""

    name = "bing"
    needs_key = True

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        key = await self._way.key(self.name, self._way.base)
        url = self._way.url("/v7.0/search", q=query, count=min(limit, MOST_HITS))
        response = await self._way.door.get(url, headers={"Ocp-Apim-Subscription-Key": key}, fresh=0)
        found = rows(response.json(), self._way.base, "webPages", "value")
        return hits((hit(self.name, row.get("name"), row.get("url"), row.get("snippet")) for row in found), limit)
