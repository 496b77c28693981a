"""A code host that answers as GitHub's REST API does: what it tells of repositories. Nothing is cloned or taken."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

from agents.tools.engines.engine import MOST_HITS, hit, hits, plain, rows
from core.errors import ResearchError
from core.research import Hit, Repository, Tree, TreeFile

if TYPE_CHECKING:
    from agents.tools.door import Door, Response
    from agents.tools.engines.engine import Keys

KEY: Final = "github"
_OWNER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_NAME: Final = re.compile(r"(?!\.{1,2}\Z)[A-Za-z0-9._-]{1,100}")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}")
_LARGEST_TREE: Final = 8_000_000
_LARGEST_FILE: Final = 1_000_000
_MOST_FILES: Final = 20_000
_JSON: Final = "application/vnd.github+json"
_RAW: Final = "application/vnd.github.raw+json"
_MATCHES: Final = "application/vnd.github.text-match+json"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a code host answers."""

    host: str
    """What stands before `owner/name`."""
    pages: str
    api: str
    archives: str
    """With `{owner}`, `{name}` and `{commit}` in it."""


class CodeHost:
    """One code host. Raises `ResearchError`."""

    def __init__(self, door: Door, addresses: Addresses, keys: Keys) -> None:
        self._door = door
        self._at = addresses
        self._keys = keys

    @property
    def host(self) -> str:
        """What stands before `owner/name`."""
        return self._at.host

    async def repository(self, owner: str, name: str) -> Repository:
        """Return its facts, with the newest commit of its usual branch."""
        path = self._path(owner, name)
        answer = await self._json(path, fresh=60)
        facts = self._facts(answer)
        if facts is None or not facts.branch:
            raise self._malformed(path)
        if isinstance(answer, dict) and answer.get("private") is True:
            raise ResearchError("refused", url=self._page(facts.owner, facts.name), detail="private")
        path = self._path(facts.owner, facts.name)
        newest = rows(await self._json(f"{path}/commits", sha=facts.branch, per_page=1, fresh=60), self._at.api)
        commit = str(newest[0].get("sha", "")) if newest else ""
        if not _COMMIT.fullmatch(commit):
            raise self._malformed(f"{path}/commits")
        return self._facts(answer, commit) or facts

    async def tree(self, repository: Repository) -> Tree:
        """List its files at its commit; links and submodules are none."""
        path = f"{self._path(repository.owner, repository.name)}/git/trees/{_commit(repository)}"
        answer = await self._json(path, limit=_LARGEST_TREE, recursive=1)
        found = rows(answer, self._at.api, "tree")
        files = (
            TreeFile(row["path"], _number(row.get("size")))
            for row in found[:_MOST_FILES]
            if row.get("type") == "blob" and row.get("mode") != "120000" and isinstance(row.get("path"), str)
        )
        return Tree(tuple(files), cut=len(found) > _MOST_FILES or answer.get("truncated") is True)

    async def file(self, repository: Repository, path: str) -> Response:
        """Read a file at its commit; `README` finds the readme."""
        base = self._path(repository.owner, repository.name)
        parts = path.split("/")
        if not path or any(part in {"", ".", ".."} for part in parts):
            raise ResearchError("refused", url=self._page(repository.owner, repository.name), detail="path")
        place = f"{base}/readme" if path == "README" else f"{base}/contents/{quote(path)}"
        url = f"{self._at.api}{place}?{urlencode({'ref': _commit(repository)})}"
        response = await self._door.get(url, headers=await self._headers(_RAW), limit=_LARGEST_FILE, cut=True)
        if response.media_type == "application/json":
            raise ResearchError("wrong_type", url=self._page(repository.owner, repository.name), detail="folder")
        return response

    def page(self, repository: Repository, path: str) -> str:
        """Where people see a file at its commit."""
        return f"{self._page(repository.owner, repository.name)}/blob/{_commit(repository)}/{quote(path)}"

    async def issues(self, repository: Repository, query: str, limit: int) -> list[Hit]:
        """Search its issues."""
        self._path(repository.owner, repository.name)
        asked = f"{_words(query)} repo:{repository.owner}/{repository.name}"
        found = await self._found("issues", asked, limit)
        return hits((hit(KEY, row.get("title"), row.get("html_url"), row.get("body")) for row in found), limit)

    async def search_repositories(self, query: str, limit: int) -> list[Hit]:
        """Search repositories; their newest commits are not told."""
        found = await self._found("repositories", _words(query), limit)
        return hits((self._repository_hit(row) for row in found if row.get("private") is not True), limit)

    async def search_code(self, query: str, limit: int) -> list[Hit]:
        """Search code; without a key of the person nobody answers."""
        if not await self._keys(KEY):
            raise ResearchError("refused", url=self._at.api, detail=f"search:{KEY}")
        found = await self._found("code", _words(query), limit, _MATCHES)
        return hits((_code_hit(row) for row in found), limit)

    def archive_url(self, repository: Repository, commit: str) -> str:
        """Where the zip archive of a commit is. Nothing is asked."""
        self._path(repository.owner, repository.name)
        if not _COMMIT.fullmatch(commit):
            raise ResearchError("refused", url=self._page(repository.owner, repository.name), detail="commit")
        return self._at.archives.format(owner=repository.owner, name=repository.name, commit=commit)

    def _repository_hit(self, row: dict[str, Any]) -> Hit | None:
        facts = self._facts(row)
        if facts is None:
            return None
        return hit(KEY, facts.address, self._page(facts.owner, facts.name), facts.description, facts)

    def _facts(self, row: object, commit: str = "") -> Repository | None:
        """What is told of a repository, None where not even its name is."""
        if not isinstance(row, dict):
            return None
        owner, _, name = str(row.get("full_name", "")).partition("/")
        if not _OWNER.fullmatch(owner) or not _NAME.fullmatch(name):
            return None
        licence = row.get("license")
        spdx = plain(licence.get("spdx_id"), 60) if isinstance(licence, dict) else ""
        return Repository(
            host=self._at.host,
            owner=owner,
            name=name,
            description=plain(row.get("description")),
            licence="" if spdx == "NOASSERTION" else spdx,
            size=_number(row.get("size")) * 1024,
            stars=_number(row.get("stargazers_count")),
            changed=_seconds(row.get("pushed_at")),
            archived=row.get("archived") is True,
            branch=plain(row.get("default_branch"), 200),
            commit=commit,
        )

    async def _found(self, kind: str, query: str, limit: int, accept: str = _JSON) -> list[dict[str, Any]]:
        answer = await self._json(f"/search/{kind}", accept=accept, q=query, per_page=min(limit, MOST_HITS))
        return rows(answer, self._at.api, "items")

    async def _json(
        self, path: str, *, accept: str = _JSON, limit: int = 2_000_000, fresh: float = 3_600, **asked: str | int
    ) -> Any:
        url = f"{self._at.api}{path}" + (f"?{urlencode(asked, quote_via=quote)}" if asked else "")
        response = await self._door.get(url, headers=await self._headers(accept), limit=limit, fresh=fresh)
        return response.json()

    async def _headers(self, accept: str) -> dict[str, str]:
        key = await self._keys(KEY)
        return {"Accept": accept, **({"Authorization": f"Bearer {key.reveal()}"} if key else {})}

    def _path(self, owner: str, name: str) -> str:
        if not _OWNER.fullmatch(owner) or not _NAME.fullmatch(name):
            raise ResearchError("refused", url=plain(f"{self._at.host}/{owner}/{name}", 200), detail="owner/name")
        return f"/repos/{owner}/{name}"

    def _page(self, owner: str, name: str) -> str:
        return f"{self._at.pages}/{owner}/{name}"

    def _malformed(self, path: str) -> ResearchError:
        return ResearchError("malformed", url=self._at.api + path, detail="JSON")


def _commit(repository: Repository) -> str:
    if not _COMMIT.fullmatch(repository.commit):
        raise ResearchError("refused", url=repository.address, detail="commit")
    return repository.commit


def _words(query: str) -> str:
    """A question without qualifiers: nobody shall search by them where a key may see more than the public."""
    return " ".join(query.replace(":", " ").split())


def _code_hit(row: dict[str, Any]) -> Hit | None:
    where = row.get("repository")
    owner = where.get("full_name") if isinstance(where, dict) else ""
    if isinstance(where, dict) and where.get("private") is True:
        return None
    matches = row.get("text_matches")
    seen = [one.get("fragment") for one in matches if isinstance(one, dict)] if isinstance(matches, list) else []
    return hit(KEY, f"{owner}: {row.get('path', '')}", row.get("html_url"), " … ".join(map(str, seen[:3])))


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 50 else 0


def _seconds(value: object) -> float:
    try:
        return dt.datetime.fromisoformat(str(value)).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


__all__ = ["KEY", "Addresses", "CodeHost"]
