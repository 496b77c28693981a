"""Read what was found from the archive before anybody sees it: a line that is not what was indexed is not shown."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from core.errors import MultiCoderError
from core.memory import RecalledLine
from memory.recall.filling import checksum
from memory.recall.passages import window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.memory import Document, Documents, Kind, Trust
    from memory.recall.index import Entry, Index
    from memory.recall.truth import Chats, Said


_CLOSE: Final = 100
"""Lines that are read at once at most."""


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
        said = {source: message.said.lines for source, message in messages.items()}
        written = await self._written(papers, [entry for entry in entries if entry.source in papers])
        for entry in entries:
            text = written.get(entry.place, [])
            if entry.source in said:
                text = said[entry.source][entry.first - 1 : entry.first - 1 + entry.lines]
            if len(text) == 1:
                text = [window(text[0], entry.start)]
            if text and checksum(text) == entry.crc:
                read.lines[entry.place] = text
        read.sources.update(messages)
        read.sources.update(papers)
        return read

    async def _written(self, papers: Mapping[int, Paper], entries: Sequence[Entry]) -> dict[int, list[str]]:
        """Read lines of documents; what stands close together is read at once."""
        runs: list[list[Entry]] = []
        for entry in sorted(entries, key=lambda entry: (entry.source, entry.first)):
            before = runs[-1][0] if runs else None
            if before and before.source == entry.source and entry.first + entry.lines <= before.first + _CLOSE:
                runs[-1].append(entry)
            else:
                runs.append([entry])
        reads = [
            self._lines(
                papers[run[0].source].document.document,
                run[0].first,
                max(entry.first + entry.lines - 1 for entry in run),
            )
            for run in runs
        ]
        found: dict[int, list[str]] = {}
        for run, lines in zip(runs, await asyncio.gather(*reads), strict=True):
            for entry in run:
                start = entry.first - run[0].first
                found[entry.place] = lines[start : start + entry.lines]
        return found

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
        documents = await asyncio.gather(*(self._documents.document(name) for _source, name in named))
        pairs = zip(named, documents, strict=True)
        return {source: Paper(document) for (source, _name), document in pairs if document.standing == "kept"}

    async def _lines(self, document: str, first: int, last: int) -> list[str]:
        try:
            return await self._documents.lines(document, first, last)
        except MultiCoderError:
            return []  # forgotten this moment, or lost: the board tells of that
