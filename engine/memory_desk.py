"""The desk of the memory: what a person may ask of it and do with it, whatever they talk through.

Everything a model or a file left in the memory is data here: it is handed on as it stands and never acted upon. What is
changed is journaled with its reason and with who asked.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from core.events import Event
from core.files import replace_patiently
from core.memory import Lines, RecallQuery
from memory.decisions import decided, in_order, said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from core.events import EventSink, Json
    from core.memory import Document, Kind, Memory, MemoryState, RecalledLine, Relation, Standing
    from core.ports import Archive
    from core.records import StoredMessage
    from core.sessions import Prompt, Session, Sessions
    from memory.decisions import Decision

MOST_RECALLED: Final = 200
MOST_LINES: Final = 1_000
LONGEST_LINE: Final = 20_000
"""Characters of one line that are handed over; a longer one is cut, and says so."""
_ENDINGS: Final = re.compile(r"\r\n|\r|\n")
_MESSAGE: Final = "m-"
_TAKEN_FROM: Final = ("extracted_from", "member_of")
_MOST_LINKED: Final = 40
_SPREAD: Final = 8
"""So many times more lines than chats are recalled: several of them stand in the same chat."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands, for somebody who wants to go there."""

    session: str = ""
    """Of the conversation it was said in; empty for lines of documents."""
    prompt: str = ""
    """The message of the person whose run the line belongs to."""
    run: str = ""
    author: str = ""
    """`person` or `multicoder`, for lines of messages."""


_NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Found:
    """A line that was recalled and its place."""

    line: RecalledLine
    place: Place


@dataclass(frozen=True, slots=True)
class Linked:
    """What a document has to do with: another document, or a commit."""

    relation: Relation
    other: str
    name: str
    """Of the other document; empty for a commit."""
    to_it: bool
    """The link leads from the other one to this."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of one source, to be read."""

    lines: Lines
    """What is there of what was asked for; `last` below `first` when there is nothing."""
    texts: tuple[str, ...]
    cut: tuple[int, ...]
    """Numbers of the lines that are longer than what is shown of them."""
    total: int
    """Lines of the whole source."""
    name: str = ""
    kind: Kind = "dialogue"
    place: Place = _NOWHERE
    standing: Standing = "kept"
    reason: str = ""
    linked: tuple[Linked, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatFound:
    """A conversation in which something was found: by its title, or by its best line."""

    session: Session
    best: Found | None
    hits: int


@dataclass(frozen=True, slots=True)
class Search:
    """What a search over everything gives: conversations, and lines of documents."""

    chats: tuple[ChatFound, ...]
    documents: tuple[RecalledLine, ...]


class MemoryDesk:
    """What stands between people and `core.memory.Memory`."""

    def __init__(self, memory: Memory, archive: Archive, sessions: Sessions, sink: EventSink) -> None:
        self._memory = memory
        self._archive = archive
        self._sessions = sessions
        self._sink = sink

    # ------------------------------------------------------------------------------------------ looking

    async def state(self) -> MemoryState:
        """What there is and what works."""
        return await self._memory.recall.state()

    async def recall(self, query: RecallQuery) -> list[Found]:
        """The best lines with their places, best first."""
        asked = replace(query, limit=max(1, min(MOST_RECALLED, query.limit)))
        lines = await self._memory.recall.recall(asked)
        known: dict[str, Place] = {}
        return [Found(line, await self._place(line.source, known)) for line in lines]

    async def search(self, text: str, limit: int) -> Search:
        """Look through the words and titles of all conversations, and through documents."""
        words = " ".join(text.split())
        if not words:
            return Search((), ())
        everywhere = RecallQuery(words, reach="archive", widest="archive", kinds=("dialogue",))
        elsewhere = replace(everywhere, kinds=("docs", "code", "errors"), limit=limit)
        said, written, sessions = await asyncio.gather(
            self._memory.recall.recall(replace(everywhere, limit=min(MOST_RECALLED, limit * _SPREAD))),
            self._memory.recall.recall(elsewhere),
            self._sessions.sessions(),
        )
        titled = [item for item in reversed(sessions) if words.casefold() in item.title.casefold()]
        chats, documents = await self._by_chat(said, {item.session: item for item in sessions}, limit)
        for item in titled:
            chats.setdefault(item.session, ChatFound(item, None, 0))
        return Search(tuple(chats.values())[:limit], tuple([*documents, *written][:limit]))

    async def _by_chat(
        self, said: Sequence[RecalledLine], sessions: dict[str, Session], limit: int
    ) -> tuple[dict[str, ChatFound], list[RecalledLine]]:
        """The conversations of lines by their best one, and the lines that stand in none."""
        chats: dict[str, ChatFound] = {}
        documents: list[RecalledLine] = []
        known: dict[str, Place] = {}
        for line in said:
            if not line.source.startswith(_MESSAGE):
                documents.append(line)
            elif line.session in chats:
                chats[line.session] = replace(chats[line.session], hits=chats[line.session].hits + 1)
            elif len(chats) < limit:
                place = await self._place(line.source, known)
                if place.session in chats:
                    chats[place.session] = replace(chats[place.session], hits=chats[place.session].hits + 1)
                elif place.session in sessions:  # a deleted one is not led back to
                    chats[place.session] = ChatFound(sessions[place.session], Found(line, place), 1)
        return chats, documents

    async def documents(
        self,
        *,
        project: str | None = None,
        kind: Kind | None = None,
        standing: Standing | None = None,
        after: str = "",
        limit: int = 0,
    ) -> list[Document]:
        """Documents, oldest first, from the one after `after`; 0 = no limit."""
        if standing is None:
            return await self._memory.documents.documents(project=project, kind=kind, after=after, limit=limit)
        found: list[Document] = []
        for item in await self._memory.documents.documents(project=project, kind=kind, after=after):
            if item.standing == standing:
                found.append(item)
            if limit and len(found) == limit:
                break
        return found

    async def document(self, document: str) -> Document:
        """One document; InputError `unknown-document` when there is none."""
        return await self._memory.documents.document(document)

    async def read(self, wanted: Lines) -> Passage:
        """Lines of a message or a document, cut to what there is.

        Raises:
            InputError: nobody knows the source. What is forgotten or quarantined answers without any line.
        """
        first = max(1, wanted.first)
        last = min(max(first, wanted.last), first + MOST_LINES - 1)
        if wanted.source.startswith(_MESSAGE):
            message = await self._archive.message(wanted.source)
            texts = _ENDINGS.split(message.text)
            said = _passage(Lines(wanted.source, first, last), texts[first - 1 : last], len(texts))
            return replace(said, place=await self._of_run(message))
        document = await self._memory.documents.document(wanted.source)
        readable = document.standing != "forgotten" and document.lines > 0
        found = await self._memory.documents.lines(wanted.source, first, last) if readable else []
        read = _passage(Lines(wanted.source, first, last), found, document.lines)
        note, linked = document.note, await self._linked(wanted.source)
        read = replace(read, name=note.name, kind=note.kind, linked=linked)
        return replace(read, standing=document.standing, reason=document.reason)

    async def _linked(self, document: str) -> tuple[Linked, ...]:
        found = []
        for link in (await self._memory.documents.links(document))[:_MOST_LINKED]:
            to_it = link.target == document
            other, name = link.source if to_it else link.target, ""
            if to_it or link.relation != "committed_as":
                name = (await self._memory.documents.document(other)).note.name
            found.append(Linked(link.relation, other, name, to_it))
        return tuple(found)

    async def pinned(self, session: str) -> list[Decision]:
        """What the person decided in a conversation, word for word: what holds before what was taken back.

        Raises:
            InputError: there is no such conversation.
        """
        known = await self._sessions.session(session)
        runs = [prompt.run for prompt in await self._sessions.prompts(known.session)]
        projects: dict[str, None] = {}
        for run in runs:
            with contextlib.suppress(InputError):  # a prompt that still waits has no run yet
                projects[(await self._archive.run(run)).project] = None
        messages = [message for project in projects for message in await self._archive.messages(project)]
        own = [message for message in messages if message.run in set(runs)]
        return await asyncio.to_thread(_decided, own)

    async def _place(self, source: str, known: dict[str, Place]) -> Place:
        if not source.startswith(_MESSAGE):
            return Place()
        if source not in known:
            try:
                known[source] = await self._of_run(await self._archive.message(source))
            except InputError:  # an index may be older than what it was made from
                known[source] = Place()
        return known[source]

    async def _of_run(self, message: StoredMessage) -> Place:
        prompt: Prompt | None = await self._sessions.prompt_of(message.run) if message.run else None
        if prompt is None:
            return Place(run=message.run, author=message.author)
        return Place(prompt.session, prompt.prompt, message.run, message.author)

    # ------------------------------------------------------------------------------------------ doing

    async def export(
        self,
        document: str,
        target: Path,
        *,
        by: str,
        overwrite: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> Document:
        """Write a document byte for byte to a file, whole or not at all.

        Raises:
            InputError: there is such a file and it is not to be replaced, or nobody knows the document.
        """
        found = await self._memory.documents.document(document)
        if not await asyncio.to_thread(target.exists):
            await self._memory.documents.copy(document, target, progress=progress)
        elif not overwrite:
            raise InputError("export-exists", path=str(target)[:300])
        else:
            fresh = target.with_name(f"{target.name}.{found.sha256[:8]}.new")
            await asyncio.to_thread(fresh.unlink, missing_ok=True)
            await self._memory.documents.copy(document, fresh, progress=progress)
            await asyncio.to_thread(replace_patiently, fresh, target)
        self._say("memory.exported", by, {"document": document, "path": str(target)})
        return found

    async def set_standing(self, document: str, standing: Standing, reason: str, *, by: str) -> Document:
        """Quarantine, release or forget a document with all that was taken out of it, with a reason.

        The index follows at once. Backups that were made before still hold what is forgotten; they are left as they
        are, since they protect everything else, and go in time.

        Raises:
            InputError: no reason was given, or nobody knows the document.
        """
        why = " ".join(reason.split())
        if not why:
            raise InputError("memory-reason-needed", document=document[:80])
        changed = await self._memory.documents.set_standing(document, standing, why)
        derived = await self._derived(document)
        for item in derived:
            if (await self._memory.documents.document(item)).standing != "forgotten":
                await self._memory.documents.set_standing(item, standing, why)
        await self._memory.recall.catch_up()
        event = {"kept": "memory.released", "quarantined": "memory.quarantined", "forgotten": "memory.forgotten"}
        self._say(
            event[standing], by, {"document": document, "name": changed.note.name, "reason": why, "with": [*derived]}
        )
        return changed

    async def _derived(self, document: str) -> list[str]:
        """What was taken out of a document or is a member of it, and so on."""
        found: list[str] = [document]
        for source in found:
            for link in await self._memory.documents.links(source):
                if link.relation in _TAKEN_FROM and link.target == source and link.source not in found:
                    found.append(link.source)
        return found[1:]

    def _say(self, event: str, by: str, data: dict[str, Json]) -> None:
        self._sink.emit(Event("AUDIT", event, data={**data, "by": by}))


def _decided(messages: Sequence[StoredMessage]) -> list[Decision]:
    statements = [
        statement
        for message in messages
        if message.kind == "text"
        for statement in said(
            message.message, message.text, "person" if message.author == "person" else "assistant", message.created
        )
    ]
    return in_order(decided(statements))


def _passage(wanted: Lines, found: Sequence[str], total: int) -> Passage:
    """Lines of a message; whoever read them of something else says so."""
    texts = tuple(line[:LONGEST_LINE] for line in found)
    cut = tuple(wanted.first + number for number, line in enumerate(found) if len(line) > LONGEST_LINE)
    return Passage(replace(wanted, last=wanted.first + len(texts) - 1), texts, cut, total)
