"""Reading for `research`: pages and what code hosts tell of repositories, each kept as a foreign document.

The named border to the internet: whatever strangers answer is a result or a code of what was in the way.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import MultiCoderError
from core.honest import one_line
from core.memory import DocumentNote

if TYPE_CHECKING:
    from collections.abc import Awaitable, Coroutine, Sequence

    from agents.roles.researcher import Purpose
    from core.events import Json
    from core.memory import Memory
    from core.research import Hit, Page, Repository, Research, Tree
    from graph.found import Read
    from graph.researching import Candidate, Wanted
    from graph.state import RunState
    from graph.workshop import Workshop

_LOG: Final = logging.getLogger(__name__)
SECONDS: Final = 60.0
"""A search or page that takes longer is left out: it must never hold a run."""
TITLE: Final = 300
_FILES: Final = 120
_README: Final = "README"


@dataclass(frozen=True)
class Trip:
    """One research of a run: what is wanted and what it is done with."""

    shop: Workshop
    state: RunState
    research: Research
    memory: Memory
    wanted: Wanted

    @property
    def purpose(self) -> Purpose:
        """What it is for."""
        return self.wanted["purpose"]

    @property
    def attempt(self) -> int:
        """Number of this research in its run, for tags of calls."""
        return 1 + len(self.state.get("looked") or [])

    def say(self, name: str, /, **data: Json) -> None:
        """Emit an event of this research."""
        told: dict[str, Any] = {"purpose": self.purpose, **data}
        self.shop.say("ERROR" if name == "research.failed" else "INFO", name, self.state, **told)


async def page(trip: Trip, url: str) -> Read | None:
    """Read a page that was found."""
    read, code = await careful(trip.research.read(url))
    if read is None or not read.text.strip():
        trip.say("research.failed", code=code or "research-wrong-type", url=url)
        return None
    return await _kept(trip, read.title or read.url, read.url, read.text)


async def at_host(trip: Trip, address: str) -> Read | None:
    """Read what a code host tells of a repository."""
    found = await _look(trip, address)
    return found[1] if found is not None else None


async def candidate(trip: Trip, address: str, what: str, why: str) -> tuple[Candidate, Read] | None:
    """A repository a person may be asked about; one without a commit to pin is left out."""
    found = await _look(trip, address)
    if found is None:
        return None
    repository, read = found
    if not repository.commit:
        trip.say("research.failed", code="research-missing", url=address)
        return None
    return cast("Candidate", {**asdict(repository), "what": what, "why": why}), read


async def _look(trip: Trip, address: str) -> tuple[Repository, Read] | None:
    repository, code = await careful(trip.research.repository(address))
    if repository is None:
        trip.say("research.failed", code=code, url=address)
        return None
    tree, _ = await careful(trip.research.tree(repository))
    readme, _ = await careful(trip.research.file(repository, _README))
    queries = [search["query"] for search in trip.wanted["searches"]]
    issues, _ = await careful(trip.research.issues(repository, queries[0])) if queries else (None, "")
    text = _described(repository, tree, readme, issues or ())
    return repository, await _kept(trip, address, f"https://{address}", text)


def _described(repository: Repository, tree: Tree | None, readme: Page | None, issues: Sequence[Hit]) -> str:
    """What is known of a repository, line by line, so that each fact can be cited."""
    changed = time.strftime("%Y-%m-%d", time.gmtime(repository.changed)) if repository.changed else "not told"
    facts = [
        f"Repository {repository.address}",
        repository.description,
        f"licence: {repository.licence or 'not told'}",
        f"stars: {repository.stars}",
        f"last change: {changed}",
        f"size: {repository.size or 'not told'} bytes",
        f"archived: {'yes' if repository.archived else 'no'}",
        f"branch {repository.branch or 'not told'} at commit {repository.commit or 'not told'}",
    ]
    parts = ["\n".join(one_line(fact) for fact in facts if fact)]
    if tree is not None and tree.files:
        parts.append("\n".join(["Files:", *(one_line(file.path) for file in tree.files[:_FILES]), *_more(tree)]))
    if issues:
        parts.append("\n".join(["Issues:", *(one_line(f"{one.title} - {one.url} - {one.extract}") for one in issues)]))
    if readme is not None and readme.text.strip():
        parts.append(f"README:\n{readme.text}")
    return "\n\n".join(parts) + "\n"


def _more(tree: Tree) -> list[str]:
    """What is said of files that are not listed."""
    left = max(0, len(tree.files) - _FILES)
    if tree.cut:
        return [f"(and more than {left} others: the host does not tell them all)"]
    return [f"(and {left} more)"] if left else []


async def _kept(trip: Trip, title: str, url: str, text: str) -> Read:
    """Keep a text as a foreign document of the project."""
    title = one_line(title)[:TITLE]
    note = DocumentNote(title, "docs", "foreign", project=trip.state["project"], run=trip.state["run"], origin=url)
    document = await trip.memory.documents.add(text.encode("utf-8", "replace"), note)
    trip.say("research.read", title=title, url=url, document=document.document, lines=document.lines)
    return {"n": 0, "document": document.document, "title": title, "url": url}


async def together(*works: Coroutine[Any, Any, Any]) -> list[Any]:
    """What all of them bring, in their order, done at once; where one fails none goes on."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def careful(work: Awaitable[Any], seconds: float = SECONDS) -> tuple[Any, str]:
    """What `work` brings, or None and the code of what was in the way."""
    try:
        async with asyncio.timeout(seconds):
            return await work, ""
    except TimeoutError:
        return None, "research-timeout"
    except MultiCoderError as error:
        return None, error.code
    except Exception:  # noqa: BLE001 - the named border: what strangers answer must never end or hold a run
        _LOG.exception("something could not be looked up")
        return None, "research-malformed"
