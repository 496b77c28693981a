"""What a search engine is, and how its answer becomes hits: foreign text, plain, short and without what nobody sees."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import quote, urlencode

from core.errors import ResearchError
from core.research import Hit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from agents.providers.secret import Secret
    from agents.tools.door import Door
    from core.research import Repository

    Keys = Callable[[str], Awaitable[Secret | None]]

LONGEST_TITLE: Final = 200
LONGEST_EXTRACT: Final = 600
LONGEST_QUERY: Final = 400
MOST_HITS: Final = 20
_LONGEST_URL: Final = 2_000
_RAW: Final = 8
"""Times the wanted length that is looked at before tags are taken out."""
_TAG: Final = re.compile(r"</?[A-Za-z!][^<>]{0,500}>")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


class Engine(Protocol):
    """Answers questions. Raises `ResearchError`; what it finds may be nothing."""

    name: str
    needs_key: bool
    """Without a key of the person it is not asked."""

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask it; hits are plain text, their addresses are not judged yet."""


@dataclass(frozen=True, slots=True)
class Way:
    """What an engine needs to answer."""

    door: Door
    base: str
    """Its address, without a slash at the end."""
    keys: Keys
    """Fetches the person's key by the name of its engine; None where there is none."""

    async def key(self, name: str, url: str) -> str:
        """Return the key of an engine that cannot do without. Raises `ResearchError` (`refused`)."""
        found = await self.keys(name)
        if not found:
            raise ResearchError("refused", url=url, detail=f"search:{name}")
        return found.reveal()

    def url(self, path: str = "", **asked: str | int) -> str:
        """An address below that of the engine."""
        return self.base + path + (f"?{urlencode(asked, quote_via=quote)}" if asked else "")


def plain(text: object, most: int = LONGEST_EXTRACT) -> str:
    """Foreign text as one short line: no tags, no control and direction signs, nothing invisible."""
    if not isinstance(text, str):
        return ""
    cut = text[: most * _RAW]
    bare = html.unescape(_TAG.sub("", cut))
    spaced = "".join(" " if char in "\t\r\n\u2028\u2029" else char for char in bare)
    seen = "".join(char for char in _SELECTORS.sub("", spaced) if unicodedata.category(char) not in _UNSEEN)
    line = " ".join(seen.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def hit(engine: str, title: object, url: object, extract: object, repository: Repository | None = None) -> Hit | None:
    """Make a hit of what an engine says; None where it names no web address."""
    if not isinstance(url, str) or len(url) > _LONGEST_URL:
        return None
    address = url.strip()
    if not address.lower().startswith(("https://", "http://")):
        return None
    return Hit(plain(title, LONGEST_TITLE) or address[:LONGEST_TITLE], address, plain(extract), engine, repository)


def hits(found: Iterator[Hit | None], limit: int) -> list[Hit]:
    """As many as are wanted of those that are hits."""
    return [one for one in found if one is not None][: max(0, min(limit, MOST_HITS))]


def rows(answer: object, url: str, *path: str) -> list[dict[str, Any]]:
    """Return the list of objects at a place of an answer, empty where it stands there without any.

    Raises:
        ResearchError: `malformed`, where the answer is of another kind.
    """
    place = answer
    for name in path:
        if not isinstance(place, dict):
            raise ResearchError("malformed", url=url, detail="JSON")
        place = place.get(name)
        if place is None:
            return []
    if not isinstance(place, list):
        raise ResearchError("malformed", url=url, detail="JSON")
    return [row for row in place if isinstance(row, dict)]


__all__ = ["LONGEST_QUERY", "MOST_HITS", "Engine", "Keys", "Way", "hit", "hits", "plain", "rows"]
