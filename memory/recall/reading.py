"""Read what was found from the archive before anybody sees it: a line that is not what was indexed is not shown."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from core.errors import MultiCoderError
from core.memory import RecalledLine
from memory.recall.filling import checksum
from memory.recall.passages import window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.memory import Document, Documents, Kind, Trust
    from memory.recall.index import Entry, Index
    from memory.recall.truth import Chats, Said


class Source(Protocol):
    """What lines stand in."""

    def line(self, number: int, text: str, score: float, kind: Kind, speaker: str) -> RecalledLine:
        """Return one of its lines as it is handed over."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a conversation."""

    said: Said
    title: str

    def line(self, number: int, text: str, score: float, kind: Kind, speaker: str) -> RecalledLine:
        """Return one of its lines as it is handed over."""
        said = self.said
        trust: Trust = "person" if said.author == "person" else "own"
        return RecalledLine(
            said.message,
            number,
            text,
            score,
            kind,
            trust,
            self.title,
            said.project,
            said.session,
            speaker,
            said.created,
        )


@dataclass(frozen=True, slots=True)
class Paper:
    """A document."""

    document: Document

    def line(self, number: int, text: str, score: float, kind: Kind, speaker: str) -> RecalledLine:
        """Return one of its lines as it is handed over."""
        kept, note = self.document, self.document.note
        return RecalledLine(
            kept.document,
            number,
            text,
            score,
            kind,
            note.trust,
            note.name,
            note.project,
            note.session,
            speaker,
            kept.created,
        )


@dataclass(frozen=True, slots=True)
class Read:
    """Passages as the archive has them now, and what they stand in."""

    lines: dict[int, list[str]] = field(default_factory=dict)
    """By place; passages that are gone, changed or not to be shown are missing."""
    sources: dict[int, Source] = field(default_factory=dict)


class Reader:
    """Reads passages."""

    def __init__(self, index: Index, chats: Chats, documents: Documents) -> None:
        self._index = index
        self._chats = chats
        self._documents = documents

    async def read(self, entries: Sequence[Entry]) -> Read:
        """Read passages with what they stand in."""
        read = Read()
        messages = await self._messages({-entry.source for entry in entries if entry.source < 0})
        papers = await self._papers({entry.source for entry in entries if entry.source > 0})
        lines = {source: message.said.lines for source, message in messages.items()}
        for entry in entries:
            last = entry.first + entry.lines - 1
            text: list[str] = []
            if entry.source in lines:
                text = lines[entry.source][entry.first - 1 : last]
            elif entry.source in papers:
                text = await self._lines(papers[entry.source].document.document, entry.first, last)
            if len(text) == 1:
                text = [window(text[0], entry.start)]
            if text and checksum(text) == entry.crc:
                read.lines[entry.place] = text
        read.sources.update(messages)
        read.sources.update(papers)
        return read

    async def _messages(self, positions: Iterable[int]) -> Mapping[int, Message]:
        said = await self._chats.at(positions)
        titles = await self._chats.titles(
            {message.project for message in said.values()}, {message.session for message in said.values()}
        )
        found = {}
        for message in said.values():
            title = titles.of(message)
            if title is not None:
                found[-message.position] = Message(message, title)
        return found

    async def _papers(self, sources: set[int]) -> Mapping[int, Paper]:
        query = "SELECT source, document FROM documents WHERE source IN (SELECT value FROM json_each(?))"
        named = await asyncio.to_thread(self._index.fetch, query, (json.dumps(sorted(sources)),))
        found = {}
        for source, name in named:
            document = await self._documents.document(name)
            if document.standing == "kept":
                found[source] = Paper(document)
        return found

    async def _lines(self, document: str, first: int, last: int) -> list[str]:
        try:
            return await self._documents.lines(document, first, last)
        except MultiCoderError:
            return []  # forgotten this moment, or lost: the board tells of that
