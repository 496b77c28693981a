"""The memory as one thing: documents, both lanes and the context builder, opened together and closed together.

Truth is written by whoever has something to keep; nobody tells the index. It follows by itself a little later, and
before a question that needs it. Whatever fails in the index leaves truth untouched and a run without recalled lines.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from core.errors import MultiCoderError, StorageError
from core.events import Event
from core.memory import WIDEST, RecallQuery
from memory.context import BUDGETS, Material, Note, assemble
from memory.documents.documents import FILE as DOCUMENTS_FILE
from memory.documents.documents import SqliteDocuments
from memory.housekeeping.keeping import Housekeeping
from memory.lanes import Condition
from memory.lessons import Lessons
from memory.recall.service import MemoryRecall
from memory.sessions import SqliteSessions
from memory.vectors.lane import open_vectors

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from core.events import EventSink
    from core.memory import Lesson, MemoryState, Reach, RecalledLine, Remembered
    from core.paths import Home
    from core.records import StoredMessage
    from memory.archive import SqliteArchive
    from memory.lanes import Embedding, Passages, VectorLane

    Progress = Callable[[int, int], None]

_LOG: Final = logging.getLogger(__name__)
_LOOK_SECONDS: Final = 3.0
"""How often the index looks whether something was kept; a look is one small question to SQLite."""
_QUIET_SECONDS: Final = 20.0
"""So long nothing must have been kept before vectors are made: loading their library takes seconds of the processor."""
_WAIT_SECONDS: Final = 5.0
"""A question waits no longer for the index to catch up; while a large import is being indexed it is asked without."""
_RECALLED: Final = 150
"""Lines the context builder chooses from."""
_RECENT: Final = 60
"""Messages the context builder chooses the newest from."""
_DECIDED: Final = 2_000
"""Messages whose decisions are told; what was decided longer ago is found by recall."""
_SUMMARIES: Final = 16
"""Telling lines of a project the context builder chooses from."""


class SleepingLane:
    """Lane 2 that stays out of the way until it is woken: neither a start nor a first question loads its library."""

    def __init__(self, lane: VectorLane) -> None:
        self._lane = lane
        self.awake = False

    async def search(self, spaces: Sequence[str], texts: Sequence[str], limit: int) -> Mapping[int, float]:
        """See `VectorLane`; empty while it sleeps."""
        return await self._lane.search(spaces, texts, limit) if self.awake else {}

    async def catch_up(self, passages: Passages, progress: Progress | None = None) -> int:
        """See `VectorLane`; wakes it."""
        self.awake = True
        return await self._lane.catch_up(passages, progress)

    async def remove(self, passages: Sequence[int]) -> None:
        """See `VectorLane`; wakes it, since what is forgotten must go at once."""
        self.awake = True
        await self._lane.remove(passages)

    async def rebuild(self, passages: Passages, progress: Progress | None = None) -> None:
        """See `VectorLane`; wakes it."""
        self.awake = True
        await self._lane.rebuild(passages, progress)

    async def condition(self) -> Condition:
        """See `VectorLane`; while it sleeps nothing is known of it yet."""
        return await self._lane.condition() if self.awake else Condition("building", 0)

    async def close(self) -> None:
        """See `VectorLane`."""
        await self._lane.close()


class CurrentRecall:
    """`core.memory.Recall` that knows the newest words: the index catches up before each question, within bounds."""

    def __init__(self, lanes: MemoryRecall, vectors: VectorLane, house: Housekeeping) -> None:
        self._lanes = lanes
        self._vectors = vectors
        self._house = house
        self.trouble = ""
        """Why what was kept last is not in the index; empty when it is, or when nobody has tried yet."""

    def note_end(self, following: asyncio.Task[None]) -> None:
        """Say why nothing follows what is kept any more; questions still catch up themselves."""
        if not following.cancelled() and (error := following.exception()) is not None:
            _LOG.error("the index follows no more", exc_info=error)
            self.trouble = type(error).__name__

    async def recall(self, query: RecallQuery) -> list[RecalledLine]:
        """Return the best lines, best first."""
        catching = asyncio.ensure_future(self._lanes.catch_up())
        catching.add_done_callback(_look_at)
        await asyncio.wait({catching}, timeout=_WAIT_SECONDS)  # a cut question leaves the work going on
        lines = await self._lanes.recall(query)
        try:
            return await self._house.ranked(lines)
        except StorageError as error:
            _LOG.warning("what was used and what is alike could not be read: %s", error)
            return lines

    async def catch_up(self, progress: Progress | None = None) -> int:
        """Index what the archive got since; return the number of lines that were new."""
        return await self._lanes.catch_up(progress)

    async def embed(self) -> int:
        """Have lane 2 take in what lane 1 has; return how many passages were new to it."""
        return await self._vectors.catch_up(self._lanes)

    async def rebuild(self, progress: Progress | None = None) -> None:
        """Throw the index away and make it anew."""
        await self._lanes.rebuild(progress)
        self.trouble = ""

    async def embed_anew(self) -> None:
        """Throw lane 2 away and make it anew."""
        await self._vectors.rebuild(self._lanes)

    async def vectors(self) -> Condition:
        """What lane 2 is able to do; looks at the real thing."""
        return await self._vectors.condition()

    async def state(self) -> MemoryState:
        """What there is and what works."""
        return await self._lanes.state()


class MemoryService:
    """`core.memory.Memory` of an open data folder; `open_memory` makes it."""

    def __init__(
        self, archive: SqliteArchive, documents: SqliteDocuments, recall: CurrentRecall, house: Housekeeping
    ) -> None:
        self._archive = archive
        self._documents = documents
        self._recall = recall
        self._house = house
        self._sessions = SqliteSessions(archive.store)
        self._lessons = Lessons(documents)

    @property
    def documents(self) -> SqliteDocuments:
        """What is kept byte for byte."""
        return self._documents

    @property
    def recall(self) -> CurrentRecall:
        """What finds it."""
        return self._recall

    @property
    def house(self) -> Housekeeping:
        """What sums up, ranks and finds repeats."""
        return self._house

    async def remember(
        self,
        project: str,
        question: str,
        *,
        also: Sequence[str] = (),
        before: str = "",
        reach: Reach = "project",
    ) -> Remembered:
        """What a model should know of a project for `question`, cut to the budgets of `memory.context`."""
        query = RecallQuery(question, tuple(also), project, reach=reach, widest=WIDEST[reach], limit=_RECALLED)
        messages = await self._archive.recent(project, before=before, limit=_DECIDED)
        lessons: Sequence[Note] = ()
        summaries = await self._summaries(project)
        if reach == "session":
            session, runs = await self._conversation(before)
            query = replace(query, session=session)
            messages = [message for message in messages if message.run in runs] if session else messages
            own = {message.message for message in messages}
            summaries = [note for note in summaries if note.place.source in own]
        else:
            seen = RecallQuery(question, tuple(also), project, reach="person", kinds=("errors",))
            lessons = await self._lessons.fitting(await self._recall.recall(seen))
        recalled = await self._recall.recall(query)
        material = Material(
            decisions=await asyncio.to_thread(_decisions, messages),
            recent=messages[-_RECENT:],
            recalled=[line for line in recalled if line.source != before],
            lessons=lessons,
            summaries=summaries,
        )
        remembered = await asyncio.to_thread(assemble, material)
        if before:
            await self._note_use(remembered, project, before)
        return remembered

    async def _conversation(self, message: str) -> tuple[str, frozenset[str]]:
        """The session a message was said in and its runs, shared ones too; empty for what was asked without one."""
        run = (await self._archive.message(message)).run if message else ""
        session = await self._sessions.session_of(run) if run else ""
        prompts = await self._sessions.prompts(session) if session else []
        return session, frozenset(prompt.run for prompt in prompts)

    async def _summaries(self, project: str) -> list[Note]:
        try:
            found = await self._house.summaries(project, BUDGETS["summaries"], _SUMMARIES)
        except StorageError as error:
            _LOG.warning("there are no summaries: %s", error)
            return []
        return [Note(places[0], text) for text, places in found]

    async def _note_use(self, remembered: Remembered, project: str, before: str) -> None:
        """Lines that were of use in several conversations or projects rank higher later."""
        try:
            run = (await self._archive.message(before)).run
            await self._house.used(remembered.cited, await self._sessions.session_of(run) or run, project)
        except MultiCoderError as error:
            _LOG.warning("what was used is not noted: %s", error)

    async def learn(self, lesson: Lesson) -> str:
        """Keep an error with what put it right, linked to its commit; repeating it keeps one. Returns its document."""
        return await self._lessons.keep(lesson)


@asynccontextmanager
async def open_memory(
    home: Home,
    archive: SqliteArchive,
    sink: EventSink,
    *,
    follow: bool = False,
    embedding: Embedding | None = None,
) -> AsyncIterator[MemoryService]:
    """Open the memory of a data folder whose lock is held; with `follow` its index follows what is kept.

    Without an `embedding` vectors are made by the built-in one.

    Raises:
        StorageError: what is kept byte for byte cannot be read.
    """
    async with AsyncExitStack() as opened:
        documents = await asyncio.to_thread(SqliteDocuments, home.root / DOCUMENTS_FILE)
        opened.push_async_callback(asyncio.to_thread, documents.close)
        vectors = SleepingLane(open_vectors(home.root, embedding))
        vectors.awake = not follow
        opened.push_async_callback(vectors.close)
        lanes = await asyncio.to_thread(MemoryRecall, home.root, archive, documents, vectors)
        opened.push_async_callback(asyncio.to_thread, lanes.close)
        house = await asyncio.to_thread(Housekeeping, home.root, archive, documents)
        opened.push_async_callback(asyncio.to_thread, house.close)
        recall = CurrentRecall(lanes, vectors, house)
        if follow:
            following = asyncio.create_task(_follow(archive, documents, recall, house, sink), name="memory-index")
            following.add_done_callback(recall.note_end)
            opened.push_async_callback(_ended, following)
        yield MemoryService(archive, documents, recall, house)


def _decisions(messages: Sequence[StoredMessage]) -> list[Note]:
    """What the person decided, word for word, what holds before what was taken back; chatter is left out."""
    from memory.decisions import decided, in_order, label, said  # noqa: PLC0415 - it loads stems: not at the start

    statements = [
        statement
        for message in messages
        for statement in said(
            message.message, message.text, "person" if message.author == "person" else "assistant", message.created
        )
    ]
    found = in_order([decision for decision in decided(statements) if decision.strength > 0])
    return [Note(decision.place, decision.text, label(decision)) for decision in found]


async def _follow(
    archive: SqliteArchive, documents: SqliteDocuments, recall: CurrentRecall, house: Housekeeping, sink: EventSink
) -> None:
    """Index what was kept once nothing more is kept for a moment; embed it and sum it up when it was long quiet."""
    seen, indexed, embedded, changed = -1, -1, -1, 0.0
    clock = asyncio.get_running_loop().time
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        trouble = recall.trouble
        try:
            now = await archive.store.changes() + await documents.changes()
            if now != seen:
                seen, changed = now, clock()
            elif seen != indexed:
                await recall.catch_up()
                indexed, trouble = seen, ""
            elif seen != embedded and clock() - changed >= _QUIET_SECONDS:
                blocks = await house.keep()
                if blocks:
                    sink.emit(Event("INFO", "memory.summed_up", data={"blocks": blocks}))
                await recall.embed()
                embedded, trouble = seen, ""
        except MultiCoderError as error:
            trouble = error.code
        if trouble and trouble != recall.trouble:
            sink.emit(Event("ERROR", "memory.not_indexed", data={"code": trouble}))
        recall.trouble = trouble


async def _ended(following: asyncio.Task[None]) -> None:
    following.cancel()
    await asyncio.wait({following})  # what ended it was told when it ended; closing goes on


def _look_at(catching: asyncio.Future[int]) -> None:
    if not catching.cancelled() and catching.exception() is not None:
        _LOG.warning("the index could not catch up: %s", catching.exception())
