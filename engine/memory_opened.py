"""The memory opened for one command, under the lock of the data folder; nothing of models, graph or runs is loaded."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, cast

from agents.providers.embeddings import provider_embedding
from core import settings as settings_file
from core.logs import set_up_logs
from core.memory import WIDEST, RecallQuery
from engine.ingesting import IngestWorker, import_order, order_of
from engine.intact import check_nothing_lost
from engine.journal import Journal
from engine.lock import FolderLock
from engine.memory_desk import MemoryDesk
from engine.recovery.restore import recover, tell
from memory.archive import SqliteArchive
from memory.service import open_memory
from memory.sessions import SqliteSessions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from core.memory import Document, Kind, Memory, Reach, RecalledLine, Standing
    from core.paths import Home
    from memory.ingest.outcome import Summary

    Progress = Callable[[float, str], None]

_BY: Final = "terminal"


@asynccontextmanager
async def opened_memory(home: Home) -> AsyncIterator[OpenedMemory]:
    """Open the memory of a prepared data folder.

    Raises:
        DataFolderBusy: another MultiCoder works here.
        StorageError: a file of the folder is damaged and cannot be put right.
    """
    async with AsyncExitStack() as opened:
        opened.enter_context(FolderLock(home.lock))
        recovered = await asyncio.to_thread(recover, home)
        check_nothing_lost(home)
        settings = settings_file.load(home.settings, os.environ)
        journal = opened.enter_context(
            closing(
                Journal(
                    home.journal,
                    set_up_logs(home.log),
                    budget_mb=settings.journal_mb,
                    archive_folder=home.journal_archive,
                )
            )
        )
        await asyncio.to_thread(tell, home, recovered, journal)
        archive = opened.enter_context(closing(SqliteArchive(home.database)))
        embedding = provider_embedding(home, settings.embedding, os.environ)
        memory = await opened.enter_async_context(open_memory(home, archive, journal, embedding=embedding))
        desk = MemoryDesk(memory, archive, SqliteSessions(archive.store), journal)
        yield OpenedMemory(home, memory, archive, desk, IngestWorker(home, memory, journal))


class OpenedMemory:
    """`engine.cli_memory_access.MemoryAccess` on what this process has opened."""

    def __init__(
        self, home: Home, memory: Memory, archive: SqliteArchive, desk: MemoryDesk, ingest: IngestWorker
    ) -> None:
        self.home = home
        self.memory = memory
        self.archive = archive
        self._desk = desk
        self._ingest = ingest

    async def state(self) -> dict[str, Any]:
        """See `MemoryAccess`."""
        await self.memory.recall.catch_up()
        found = asdict(await self._desk.state())
        return {**found, "facts": dict(found["facts"])}

    async def recall(
        self, query: str, *, also: Sequence[str], project: str, reach: str, kinds: Sequence[str], limit: int
    ) -> list[dict[str, Any]]:
        """See `MemoryAccess`."""
        await self.memory.recall.catch_up()
        asked = RecallQuery(
            query,
            also=tuple(also),
            project=project,
            reach=cast("Reach", reach),
            widest=WIDEST[cast("Reach", reach)],
            kinds=cast("tuple[Kind, ...]", tuple(kinds)),
            limit=limit,
        )
        return [_line(found.line) for found in await self._desk.recall(asked)]

    async def documents(self, *, project: str | None, kind: str) -> AsyncIterator[dict[str, Any]]:
        """See `MemoryAccess`."""
        for document in await self._desk.documents(project=project, kind=cast("Kind | None", kind or None)):
            yield _document(document)

    async def export(self, document: str, target: Path) -> None:
        """See `MemoryAccess`."""
        await self._desk.export(document, target, by=_BY)

    async def stand(self, document: str, standing: str, reason: str) -> dict[str, Any]:
        """See `MemoryAccess`."""
        return _document(await self._desk.set_standing(document, cast("Standing", standing), reason, by=_BY))

    async def rebuild(self, progress: Progress) -> dict[str, Any]:
        """See `MemoryAccess`."""
        await self.memory.recall.rebuild(lambda done, total: progress(done / total if total else -1, ""))
        return await self.state()

    async def bring_in(self, uris: Sequence[str], project: str, speakers: bool | None, progress: Progress) -> Summary:
        """See `MemoryAccess`."""
        if project:
            await self.archive.project(project)
        return await self._ingest.bring_in(order_of(import_order(uris, project=project, speakers=speakers)), progress)


def _line(line: RecalledLine) -> dict[str, Any]:
    row = asdict(line)
    row["at"] = row.pop("created")
    return {"place": line.place, **row}


def _document(document: Document) -> dict[str, Any]:
    note = {key: value for key, value in asdict(document.note).items() if key not in {"session", "speakers"}}
    return {
        **note,
        "document": document.document,
        "sha256": document.sha256,
        "bytes": document.size,
        "lines": document.lines,
        "encoding": document.encoding,
        "at": document.created,
        "standing": document.standing,
        "reason": document.reason,
    }
