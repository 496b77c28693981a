"""Opens the way to the web: the door, the engines and the code hosts, from the data folder, settings and keys."""

from __future__ import annotations

import asyncio
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agents.providers.keys import KeyStore
from agents.tools.addresses import Guard
from agents.tools.code_host import KEY, Addresses, CodeHost
from agents.tools.door import Door
from agents.tools.engines.code import Code, Repositories
from agents.tools.engines.duckduckgo import DuckDuckGo
from agents.tools.engines.engine import Way
from agents.tools.engines.keyed import Bing, Brave, Google, Tavily
from agents.tools.engines.keyless import HackerNews, SearXNG, StackExchange
from agents.tools.engines.packages import Packages
from agents.tools.pacing import INTERVAL
from agents.tools.research import Asking, WebResearch
from core.errors import ConfigurationError, InputError, StorageError

if TYPE_CHECKING:
    from agents.providers.secret import Secret
    from agents.tools.engines.engine import Engine
    from core.paths import Home
    from core.research import Extract
    from core.settings import Settings

KEY_ACCOUNT: Final = "search:"
"""What stands before the name of an engine where its key is kept."""
KEYED: Final = (Brave.name, Tavily.name, Google.name, Bing.name, KEY)
"""Names keys are kept under."""
GITHUB: Final = "github.com"
"""The host the kept token belongs to."""
OWN_FILE: Final = "engines.toml"
_ENGINES: Final = (DuckDuckGo, Brave, Tavily, Google, Bing, SearXNG, StackExchange, HackerNews, Packages)


@dataclass(frozen=True, slots=True)
class Opened:
    """The research port, and the door for who takes what a person allowed. Closing the research closes the door."""

    research: WebResearch
    door: Door


class SearchKeys:
    """The keys of search engines; each is fetched once, and a keyring that refuses is as if there were none."""

    def __init__(self, home: Home) -> None:
        self._store = KeyStore(home)
        self._known: dict[str, Secret | None] = {}

    async def __call__(self, name: str) -> Secret | None:
        """Return the key of an engine, None where there is none."""
        if name not in self._known:
            self._known[name] = None
            with suppress(ConfigurationError):
                self._known[name] = await self._store.get(KEY_ACCOUNT + name)
        return self._known[name]


async def _no_key(_name: str) -> None:
    """What a person keeps for one host is shown to no other."""


async def open_research(
    home: Home, settings: Settings, extract: Extract, *, door: Door | None = None, interval: float = INTERVAL
) -> Opened:
    """Open everything; nothing is sent by it.

    `door` is one of the caller's, for special networks; it has to allow the servers of `web_hosts` itself.

    Raises:
        InputError: `settings-unreadable`, where the person's own list of engines cannot be read.
        StorageError: where it cannot be reached.
    """
    table = await asyncio.to_thread(_table, home.root / OWN_FILE)
    allowed = allowed_hosts(settings)
    opened = door or Door(allowed=allowed, cache=home.root / "web-cache", interval=interval)
    keys = SearchKeys(home)
    hosts = [
        CodeHost(opened, Addresses(name.lower(), **_strings(row)), keys if name == GITHUB else _no_key)
        for name, row in table["host"].items()
    ]
    bases = {**table["address"], **({"searxng": settings.searxng} if settings.searxng else {})}
    engines: dict[str, Engine] = {}
    for kind in _ENGINES:
        if base := str(bases.get(kind.name, "")).rstrip("/"):
            engines[kind.name] = kind(Way(opened, base, keys))
    if hosts:
        engines |= {Repositories.name: Repositories(hosts[0]), Code.name: Code(hosts[0])}
    first = [name for name in settings.search_engines.replace(" ", "").split(",") if name]
    order = {topic: _ordered(names, first) for topic, names in table["order"].items()}
    asking = Asking(engines, order, keys, {Code.name: KEY})
    return Opened(WebResearch(opened, Guard(allowed), asking, hosts, extract), opened)


def allowed_hosts(settings: Settings) -> frozenset[str]:
    """The servers of their own a person lets MultiCoder look at."""
    return frozenset(place for entry in settings.web_hosts.split(",") if (place := entry.strip()))


def _ordered(names: list[str], first: list[str]) -> list[str]:
    """Those of a topic in the person's order, the others behind them."""
    chosen = [name for name in first if name in names]
    return [*chosen, *(name for name in names if name not in chosen)]


def _table(own: Path) -> dict[str, dict[str, Any]]:
    """What is shipped, with the person's own entries before it. Blocks."""
    table = tomllib.loads(Path(__file__).with_name(OWN_FILE).read_text(encoding="utf-8"))
    try:
        wished = tomllib.loads(own.read_text(encoding="utf-8-sig"))
        for part in table:
            given = wished.get(part, {})
            for name in given:
                table[part][name] = _checked(part, given[name])
    except FileNotFoundError:
        pass
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError("settings-unreadable", path=str(own), line=1) from error
    except OSError as error:
        raise StorageError("storage", path=str(own), detail=error.strerror or type(error).__name__) from error
    return table


def _checked(part: str, value: Any) -> Any:
    if part == "address" and isinstance(value, str):
        return value
    if part == "order" and isinstance(value, list) and all(isinstance(name, str) for name in value):
        return value
    if part == "host" and isinstance(value, dict) and value.keys() == {"pages", "api", "archives"}:
        return _strings(value)
    raise TypeError(part)


def _strings(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(value).rstrip("/") for name, value in row.items()}


__all__ = ["KEYED", "KEY_ACCOUNT", "OWN_FILE", "Opened", "SearchKeys", "allowed_hosts", "open_research"]
