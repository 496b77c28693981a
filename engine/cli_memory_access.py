"""The memory for a command: through the engine that works on the data folder, else opened here under its lock."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar, cast

import typer

from core.errors import MultiCoderError
from core.i18n import system_locale
from core.memory import WIDEST
from core.paths import home as find_home
from engine.reporting import reported

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
    from pathlib import Path

    from core.memory import Reach
    from core.paths import Home
    from memory.ingest.outcome import Summary

    Progress = Callable[[float, str], None]

T = TypeVar("T")

_KNOCK_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 120.0
_LOOK_SECONDS: Final = 0.25
_PAGE: Final = 200
_OPEN: Final = ("waiting", "running")


class MemoryAccess(Protocol):
    """What commands do with the memory; rows are those of the protocol."""

    async def state(self) -> dict[str, Any]:
        """What there is and what works."""

    async def recall(
        self, query: str, *, also: Sequence[str], project: str, reach: str, kinds: Sequence[str], limit: int
    ) -> list[dict[str, Any]]:
        """The best lines, best first."""

    def documents(self, *, project: str | None, kind: str) -> AsyncIterator[dict[str, Any]]:
        """All documents, oldest first; of one project, or of everything when it is None."""

    async def export(self, document: str, target: Path) -> None:
        """Write the bytes of a document to a new file."""

    async def stand(self, document: str, standing: str, reason: str) -> dict[str, Any]:
        """Forget, quarantine or release a document."""

    async def rebuild(self, progress: Progress) -> dict[str, Any]:
        """Make the index anew and return the state after it."""

    async def bring_in(self, uris: Sequence[str], project: str, speakers: bool | None, progress: Progress) -> Summary:
        """Import files and folders, named by their URIs."""


def at_memory(work: Callable[[MemoryAccess], Awaitable[int]], home_option: Path | None, *, json: bool = False) -> None:
    """Do the work of a command with the memory of the data folder, and end with its exit code."""

    async def prepared() -> int:
        return await with_memory(work, find_home(home_option))

    raise typer.Exit(reported(prepared, system_locale(), json=json))


async def with_memory(work: Callable[[MemoryAccess], Awaitable[T]], home: Home) -> T:
    """Do something with the memory of a data folder."""
    home.prepare()
    if await asyncio.to_thread(_engine_works, home):
        return await work(AskedMemory(home))
    from engine.memory_opened import opened_memory

    async with opened_memory(home) as memory:
        return await work(memory)


def _engine_works(home: Home) -> bool:
    from engine.doorbell import EngineAbsent, knock

    try:
        knock(home, _KNOCK_SECONDS, client="look").close()
    except EngineAbsent:
        return False
    return True


class AskedMemory:
    """The memory of the engine that is at work: it has the folder's lock, so it is asked."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def state(self) -> dict[str, Any]:
        """See `MemoryAccess`."""
        found = await self._ask("memory/state")
        return {{"bytesKept": "bytes_kept", "bytesUsed": "bytes_used"}.get(key, key): found[key] for key in found}

    async def recall(
        self, query: str, *, also: Sequence[str], project: str, reach: str, kinds: Sequence[str], limit: int
    ) -> list[dict[str, Any]]:
        """See `MemoryAccess`."""
        asked = {
            "query": query,
            "also": list(also),
            "project": project,
            "reach": reach,
            "widest": WIDEST[cast("Reach", reach)],
            "kinds": list(kinds),
            "limit": limit,
        }
        return cast("list[dict[str, Any]]", (await self._ask("memory/recall", **asked))["lines"])

    async def documents(self, *, project: str | None, kind: str) -> AsyncIterator[dict[str, Any]]:
        """See `MemoryAccess`."""
        wanted: dict[str, Any] = {"limit": _PAGE} | ({"kind": kind} if kind else {})
        if project is not None:
            wanted["project"] = project
        after = ""
        while True:
            page = await self._ask("memory/documents", **wanted, after=after)
            for row in page["documents"]:
                yield row
            after = page["next"]
            if not after:
                return

    async def export(self, document: str, target: Path) -> None:
        """See `MemoryAccess`."""
        await self._ask("memory/export", document=document, path=str(target))

    async def stand(self, document: str, standing: str, reason: str) -> dict[str, Any]:
        """See `MemoryAccess`."""
        method = {"forgotten": "forget", "quarantined": "quarantine", "kept": "release"}[standing]
        answer = await self._ask(f"memory/{method}", document=document, reason=reason)
        return cast("dict[str, Any]", answer["document"])

    async def rebuild(self, progress: Progress) -> dict[str, Any]:
        """See `MemoryAccess`."""
        await self._ended((await self._ask("memory/rebuild"))["task"], progress)
        return await self.state()

    async def bring_in(self, uris: Sequence[str], project: str, speakers: bool | None, progress: Progress) -> Summary:
        """See `MemoryAccess`; when the command is interrupted the engine goes on by itself."""
        from memory.ingest.trail import FOLDER, read_import

        asked: dict[str, Any] = {"paths": list(uris), "project": project}
        if speakers is not None:
            asked["speakers"] = speakers
        task = await self._ended((await self._ask("memory/import", **asked))["task"], progress)
        return await asyncio.to_thread(read_import, self._home.root / FOLDER, str(task["result"]["import"]))

    async def _ended(self, task: dict[str, Any], progress: Progress) -> dict[str, Any]:
        """Look after a task until it has ended.

        Raises:
            MultiCoderError: it ended otherwise than well, in the words of the engine.
        """
        while task["state"] in _OPEN:
            await asyncio.sleep(_LOOK_SECONDS)
            rows = (await self._ask("tasks/list", kind=task["kind"]))["tasks"]
            task = next((row for row in rows if row["task"] == task["task"]), task)
            progress(task["progress"], task["step"])
        if task["state"] != "done":
            problem = task.get("problem") or {}
            raise MultiCoderError("engine-refused", detail=str(problem.get("what") or task["state"]))
        return task

    async def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        from engine.door import ask

        return cast("dict[str, Any]", await ask(self._home, f"_multicoder/{method}", params, _ANSWER_SECONDS))
