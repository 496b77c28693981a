"""Repositories and code, as the search of a code host finds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.tools.code_host import CodeHost
    from core.research import Hit


class Repositories:
    """Repositories of a code host."""

    name = "github"
    needs_key = False

    def __init__(self, host: CodeHost) -> None:
        self._host = host

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        return await self._host.search_repositories(query, limit)


class Code:
    """Code of a code host, which wants to know who asks."""

    name = "github-code"
    needs_key = True

    def __init__(self, host: CodeHost) -> None:
        self._host = host

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it."""
        return await self._host.search_code(query, limit)
