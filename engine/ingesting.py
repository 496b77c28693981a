"""Imports: files, folders and archives are taken into the memory as a task that can be paused and survives a crash."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import unquote_to_bytes, urlsplit
from urllib.request import url2pathname

from core.errors import InputError
from core.events import Event
from core.i18n import tr
from engine.extracting import OwnProcessExtractor
from engine.tasks.task import Done, Stopped
from memory.ingest.archives import MEMBER_BYTES, MOST_ENTRIES, MOST_RATIO
from memory.ingest.ingest import Ingest, IngestStoppedError, Order
from memory.ingest.trail import FOLDER, Trail, import_name
from memory.ingest.walking import FILE_BYTES, MOST_FILES, TOTAL_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.events import EventSink, Json
    from core.memory import Memory
    from core.paths import Home
    from core.ports import Archive
    from engine.tasks.manager import TaskManager
    from engine.tasks.task import Control, Ended, Task
    from memory.ingest.outcome import Kept, Refused, Summary

INGEST_KIND: Final = "ingest"
INGEST_PRIORITY: Final = 5
"""Somebody waits for it, but less than for a program that is being made."""
_NAMED: Final = 50
"""Files that were refused and are named one by one in the journal; the others are counted."""
_MEGABYTE: Final = 1_000_000
_LIMITS: Final[dict[str, int]] = {
    "file-too-large": FILE_BYTES // _MEGABYTE,
    "total-too-large": TOTAL_BYTES // _MEGABYTE,
    "too-many-files": MOST_FILES,
    "ratio": MOST_RATIO,
    "archive-entries": MOST_ENTRIES,
    "archive-bytes": MEMBER_BYTES // _MEGABYTE,
}


def import_order(
    paths: Sequence[str], *, project: str = "", session: str = "", speakers: bool | None = None
) -> dict[str, Json]:
    """Return the data of an import's task; `paths` are absolute paths or file URIs.

    Raises:
        InputError: there is none, or one is neither.
    """
    if not paths:
        raise InputError("import-nothing")
    return {
        "paths": [str(_path(text)) for text in paths],
        "project": project,
        "session": session,
        "speakers": speakers,
    }


async def order_import(tasks: TaskManager, archive: Archive, data: Mapping[str, Json], locale: str) -> Task:
    """Order an import as a task; the same import that has not ended is returned instead.

    Raises:
        InputError: nobody knows the project.
    """
    order = order_of(data)
    if order.project:
        await archive.project(order.project)
    names = ", ".join(path.name or str(path) for path in order.paths)
    title = tr("memory-import-title", locale, name=names[:200])
    subject = import_name(order.paths, order.project)
    return await tasks.submit(INGEST_KIND, title, subject=subject, data=data, priority=INGEST_PRIORITY)


def order_of(data: Mapping[str, Json]) -> Order:
    """Read the data of an import's task."""
    return Order(
        tuple(Path(str(path)) for path in cast("list[Json]", data["paths"])),
        str(data.get("project") or ""),
        str(data.get("session") or ""),
        cast("bool | None", data.get("speakers")),
    )


class IngestWorker:
    """`engine.tasks.task.Worker` of the kind `ingest`; its data is made by `import_order`."""

    def __init__(self, home: Home, memory: Memory, sink: EventSink) -> None:
        self._home = home
        self._memory = memory
        self._sink = sink
        self._at_work: set[str] = set()

    async def __call__(self, task: Task, control: Control, /) -> Ended:
        """Import what is not imported yet and make it findable; asked to pause, it goes on behind the last file."""
        order = order_of(task.data)
        work = asyncio.ensure_future(self.bring_in(order, control.progress))
        stop = asyncio.ensure_future(control.until_stopping())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                return Stopped()
            summary = await work
        finally:
            work.cancel()
            stop.cancel()
            await asyncio.gather(work, stop, return_exceptions=True)
        return Done({**summary.figures(), "import": import_name(order.paths, order.project)})

    async def bring_in(self, order: Order, progress: Callable[[float, str], None]) -> Summary:
        """Do an import and make it findable; when it is cancelled, what was finished stays noted for the next time.

        Raises:
            StorageError: the memory cannot be written.
        """
        name = import_name(order.paths, order.project)
        scratch = self._home.builds / "imports"
        unwanted = threading.Event()

        def watch(done: int, total: int, file: str) -> None:
            if unwanted.is_set():
                raise IngestStoppedError
            progress(done / total if total else -1, file)

        await asyncio.to_thread(_forget_scratch, scratch, self._at_work)
        self._at_work.add(name)
        try:
            ingest = Ingest(self._memory.documents, OwnProcessExtractor(self._home), scratch / name)
            summary = await ingest.run(order, Trail(self._home.root / FOLDER, name), watch)
            await self._memory.recall.catch_up(lambda done, total: watch(done, total, ""))
        finally:
            unwanted.set()
            self._at_work.discard(name)
        self._tell(summary, order)
        return summary

    def _tell(self, summary: Summary, order: Order) -> None:
        data: dict[str, Json] = {**summary.figures(), "project": order.project}
        self._sink.emit(Event("FILE", "memory.imported", data=data))
        for item in summary.refused[:_NAMED]:
            facts: dict[str, Json] = {"file": item.name, "why": item.reason}
            self._sink.emit(Event("FILE", "memory.refused", data=facts))


def refused_words(item: Refused, locale: str) -> str:
    """Why a file was not kept, in words."""
    facts: dict[str, Any] = {"detail": item.detail or "?", "limit": _LIMITS.get(item.reason, 0)}
    return tr(f"ingest-refused-{item.reason}", locale, **facts)


def kept_words(item: Kept, locale: str) -> str:
    """What there is to say of a file that was kept; empty when it is as one expects."""
    if item.trouble:
        return tr(f"ingest-trouble-{item.trouble}", locale)
    return tr("ingest-known", locale) if item.known else ""


def _path(text: str) -> Path:
    """The path that is meant; a URI can name files whose names are no text."""
    parts = urlsplit(text)
    if parts.scheme == "file" and parts.netloc in {"", "localhost"}:
        path = Path(url2pathname(parts.path) if os.name == "nt" else os.fsdecode(unquote_to_bytes(parts.path)))
    else:
        path = Path(text)
    if not path.is_absolute():
        raise InputError("import-not-absolute", path=text[:200])
    return path


def _forget_scratch(folder: Path, at_work: set[str]) -> None:
    """Remove what imports left that were killed."""
    with contextlib.suppress(FileNotFoundError):
        for left in folder.iterdir():
            if left.name not in at_work:
                shutil.rmtree(left, ignore_errors=True)
