"""A small internet behind the ports of research: pages, a code host and its archives, and a record of what was asked.

For tests of the graph. The real adapters are tried against real servers elsewhere.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.errors import ResearchError
from core.memory import DocumentNote
from core.research import Found, Hit, Page, Repository, Taken, Tree, TreeFile, Tried

if TYPE_CHECKING:
    from core.memory import Documents
    from core.research import Consents

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def repository(address: str, **facts: Any) -> Repository:
    """A repository of the small internet."""
    host, owner, name = address.split("/")
    known = {"licence": "MIT", "size": 120_000, "stars": 321, "changed": 1_700_000_000.0, "branch": "main"}
    return Repository(host, owner, name, **{**known, "commit": COMMIT, **facts})


@dataclass
class SmallWeb:
    """Answers every search with all it has; `asked` is what would be seen by servers."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Address -> title and text."""
    repositories: dict[str, Repository] = field(default_factory=dict)
    readmes: dict[str, str] = field(default_factory=dict)
    fault: Any = ""
    """When set, nobody can be reached for this reason."""
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def search(self, query, topic="web", *, limit=8):
        self.asked.append(("search", query))
        if self.fault:
            return Found(query, topic, "", (), (Tried("first", self.fault), Tried("second", self.fault)))
        hits = [Hit(title, url, text[:80], "first") for url, (title, text) in self.pages.items()]
        hits += [
            Hit(one.name, f"https://{one.address}", one.description, "host", one) for one in self.repositories.values()
        ]
        return Found(query, topic, "first", tuple(hits[:limit]))

    async def read(self, url):
        self.asked.append(("read", url))
        if url not in self.pages:
            raise ResearchError("missing", url=url)
        return _page(url, *self.pages[url])

    async def repository(self, address):
        self.asked.append(("repository", address))
        if address not in self.repositories:
            raise ResearchError("missing", url=address)
        return self.repositories[address]

    async def file(self, repository, path):
        self.asked.append(("file", f"{repository.address}/{path}"))
        if repository.address not in self.readmes:
            raise ResearchError("missing", url=path)
        return _page(f"https://{repository.address}/{path}", path, self.readmes[repository.address])

    async def tree(self, repository):
        self.asked.append(("tree", repository.address))
        return Tree((TreeFile("src/frob.py", 50), TreeFile("LICENSE", 30)))

    async def issues(self, repository, query, *, limit=5):
        self.asked.append(("issues", repository.address))
        return [Hit("It does not frob", f"https://{repository.address}/issues/1", "Call it twice.", "host")]

    async def aclose(self):
        """Nothing is open."""


def _page(url: str, title: str, text: str) -> Page:
    return Page(url, title, text, "text/plain", hashlib.sha256(text.encode()).hexdigest(), time.time())


@dataclass
class SmallSource:
    """Takes files that are given; refuses like the real one whoever has no permission."""

    documents: Documents
    files: dict[str, str]
    taken: list[str] = field(default_factory=list)
    trouble: list[BaseException] = field(default_factory=list)
    """What goes wrong before the next downloads, one each."""
    consents: Consents | None = None

    async def take(self, repository, consent, *, project, run, progress=None):
        if (consent.address, consent.commit, consent.decision) != (repository.address, repository.commit, "allow"):
            raise ResearchError("refused", url=repository.address, detail="not allowed")
        if self.trouble:
            raise self.trouble.pop(0)
        self.taken.append(f"{repository.address}@{repository.commit}")
        kept = {}
        for path, text in self.files.items():
            origin = f"https://{repository.address}@{repository.commit}:{path}"
            note = DocumentNote(path, "code", "foreign", project=project, run=run, origin=origin)
            kept[path] = (await self.documents.add(text.encode(), note)).document
        if self.consents is not None:
            await self.consents.note_taken(consent.consent)
        notices = tuple(path for path in kept if path.startswith("LICENSE"))
        sha256 = hashlib.sha256(repr(self.files).encode()).hexdigest()
        return Taken(repository.address, repository.commit, sha256, repository.licence, kept, {}, notices=notices)
