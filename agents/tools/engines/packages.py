"""Facts of packages: newest version, licence, when it came out, where the project lives.

The index of Open Source Insights is asked instead of each registry: one API for Python, JavaScript and Rust.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any, Final
from urllib.parse import quote

from agents.tools.engines.engine import Way, hit, hits, rows
from core.errors import ResearchError
from core.research import Hit  # noqa: TC001 - part of the protocol

_LARGEST: Final = 8_000_000
_SYSTEMS: Final = {
    "pypi": frozenset({"pypi", "python", "pip"}),
    "npm": frozenset({"npm", "node", "nodejs", "javascript", "typescript"}),
    "cargo": frozenset({"cargo", "rust", "crate", "crates"}),
}
_NAME: Final = re.compile(r"(?:@[a-z0-9._-]{1,60}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_MOST_NAMES: Final = 2
_LABELS: Final = ("DOCUMENTATION", "HOMEPAGE", "SOURCE_REPO")


class Packages:
    """Looks up the names in a question; words like `python` or `npm` say where, else everywhere."""

    name = "packages"
    needs_key = False

    def __init__(self, way: Way) -> None:
        self._way = way

    async def search(self, query: str, limit: int) -> list[Hit]:
        """Ask about one or two names; a name nobody knows is no fault, and a sentence is none of them."""
        words = query.split()
        systems = [system for system, said in _SYSTEMS.items() if said & {word.lower() for word in words}]
        about = frozenset[str]().union(*_SYSTEMS.values())
        names = [word for word in words if _NAME.fullmatch(word) and word.lower() not in about]
        if len(names) > _MOST_NAMES:
            return []
        asked = [self._package(system, name) for name in names for system in systems or _SYSTEMS]
        return hits(iter(await asyncio.gather(*asked)), limit)

    async def _package(self, system: str, name: str) -> Hit | None:
        path = f"/v3/systems/{system}/packages/{quote(name, safe='')}"
        try:
            versions = rows(await self._json(path), self._way.base, "versions")
            newest = _newest(versions)
            if not newest:
                return None
            facts = await self._json(f"{path}/versions/{quote(newest, safe='')}")
        except ResearchError as error:
            if error.fault == "missing":
                return None
            raise
        return self._hit(system, name, newest, facts if isinstance(facts, dict) else {})

    async def _json(self, path: str) -> Any:
        response = await self._way.door.get(self._way.url(path), limit=_LARGEST, fresh=0)
        return response.json()

    def _hit(self, system: str, name: str, newest: str, facts: dict[str, Any]) -> Hit | None:
        linked = {row.get("label"): row.get("url") for row in rows(facts, self._way.base, "links")}
        licences = facts.get("licenses")
        named = " ".join(map(str, licences)) if isinstance(licences, list) else ""
        places = [url for label in _LABELS if isinstance(url := linked.get(label), str)]
        page = f"https://deps.dev/{system}/{quote(name, safe='')}/{quote(newest, safe='')}"
        told = f"{system} · {newest} · {str(facts.get('publishedAt', ''))[:10]} · {named} · {' '.join(places)}"
        return hit(self.name, f"{name} {newest}", places[0] if places else page, told)


def _newest(versions: list[dict[str, Any]]) -> str:
    """The version that is given when nobody asks for one, else the one that came last."""
    ranked = sorted(versions, key=lambda row: (row.get("isDefault") is True, str(row.get("publishedAt") or "")))
    key = ranked[-1].get("versionKey") if ranked else None
    version = key.get("version") if isinstance(key, dict) else None
    return version if isinstance(version, str) else ""
