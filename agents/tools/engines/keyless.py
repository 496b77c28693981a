"""Engines that answer JSON to everybody: a SearXNG of the person, Stack Exchange, Hacker News."""

from __future__ import annotations

from agents.tools.engines.engine import MOST_HITS, Way, hit, hits, plain, rows
from core.research import Hit  # noqa: TC001 - part of the protocol


class SearXNG:
    """A SearXNG the person runs or trusts; it has to allow answers as JSON."""

    name = "searxng"
    needs_key = False

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        response = await self._way.door.get(self._way.url("/search", q=query, format="json"), fresh=0)
        found = rows(response.json(), self._way.base, "results")
        return hits((hit(self.name, row.get("title"), row.get("url"), row.get("content")) for row in found), limit)


class StackExchange:
    """Questions that have an answer its asker accepted."""

    name = "stackexchange"
    needs_key = False

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        url = self._way.url(
            "/2.3/search/advanced",
            q=query,
            accepted="True",
            site="stackoverflow",
            sort="relevance",
            order="desc",
            pagesize=min(limit, MOST_HITS),
        )
        response = await self._way.door.get(url, fresh=0)
        found = rows(response.json(), self._way.base, "items")
        return hits((self._hit(row) for row in found), limit)

    def _hit(self, row: dict[str, object]) -> Hit | None:
        tags = row.get("tags")
        named = ", ".join(plain(tag, 40) for tag in tags[:8]) if isinstance(tags, list) else ""
        told = f"{named} · score {row.get('score', 0)} · answers {row.get('answer_count', 0)}"
        return hit(self.name, row.get("title"), row.get("link"), told)


class HackerNews:
    """Stories, by their search at Algolia."""

    name = "hackernews"
    needs_key = False

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        url = self._way.url("/api/v1/search", query=query, tags="story", hitsPerPage=min(limit, MOST_HITS))
        response = await self._way.door.get(url, fresh=0)
        found = rows(response.json(), self._way.base, "hits")
        return hits((self._hit(row) for row in found), limit)

    def _hit(self, row: dict[str, object]) -> Hit | None:
        talk = f"https://news.ycombinator.com/item?id={row.get('objectID')}"
        told = row.get("story_text") or f"{row.get('created_at', '')} · points {row.get('points', 0)}"
        return hit(self.name, row.get("title"), row.get("url") or talk, told)
