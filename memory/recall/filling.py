"""Bring the index up to the archive: messages by position, documents one after the other.

Both go on where a kill left them.
"""

from __future__ import annotations

import asyncio
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.errors import MultiCoderError
from memory.recall.passages import Cutter, Speaking, python_beginnings
from memory.recall.words import indexed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from core.memory import Document, Standing
    from memory.documents.documents import SqliteDocuments
    from memory.recall.index import Batch, Index
    from memory.recall.passages import Piece
    from memory.recall.truth import Chats, Said

_MESSAGES_AT_ONCE: Final = 1_000
_DOCUMENTS_AT_ONCE: Final = 100
_DECISIONS_AT_ONCE: Final = 500
_MANY_LINES: Final = 10_000
"""New lines after which the log of the index is worth emptying."""
_MUCH_OF_IT: Final = 4
"""Its parts are merged when a quarter of the index is new: merging reads and writes all of it."""
_BYTES_AT_ONCE: Final = 2_000_000
_PARSED_WHOLE: Final = 1_000_000
"""Bytes of Python source that is parsed for its functions; longer ones are cut like any other language."""
PERSON: Final = "person"

Row = tuple[str, tuple[int, ...]]


def space_of(project: str, kind: str) -> str:
    """Return the name of what is searched together."""
    return f"{project or PERSON}.{kind}"


@dataclass
class _Told:
    """Tells how far the work is."""

    tell: Callable[[int, int], None] | None
    total: int
    done: int = 0

    def add(self, lines: int) -> None:
        self.done += lines
        if self.tell is not None:
            self.tell(min(self.done, self.total), max(self.done, self.total))


class Filling:
    """Fills an index from the archive."""

    def __init__(self, index: Index, chats: Chats, documents: SqliteDocuments) -> None:
        self._index = index
        self._chats = chats
        self._documents = documents
        self._generation = index.generation

    async def fill(self, progress: Callable[[int, int], None] | None = None) -> tuple[int, list[int]]:
        """Index what is new; return the number of new lines and the numbers of passages that are gone."""
        told = _Told(progress, await self._chats.count() if progress else 0)
        gone = await self._moved()
        lines = await self._fill_messages(told)
        decided = await self._decided()
        lines += await self._fill_documents(told)
        if await self._noted("purge", ""):
            await asyncio.to_thread(self._purge)
        if lines >= _MANY_LINES:
            await asyncio.to_thread(self._settle_down, lines)
        return lines, gone + decided

    async def _noted(self, name: str, otherwise: Any) -> Any:
        return await asyncio.to_thread(self._index.fact, name, otherwise)

    def _settle_down(self, new: int) -> None:
        whole = self._index.fetch("SELECT sum(lines) FROM spaces")[0][0]
        self._index.settle(merge=new * _MUCH_OF_IT >= whole)

    def _purge(self) -> None:
        with self._index.batch(self._generation) as batch:
            batch.purge()

    # ------------------------------------------------------------------------------------------ messages

    async def _moved(self) -> list[int]:
        """Index messages of runs anew that went to another project, and forget runs that cannot move any more."""
        noted = await asyncio.to_thread(self._index.fetch, "SELECT run, project FROM runs")
        if not noted:
            return []
        now = await self._chats.standing(run for run, _project in noted)
        up_to = await self._noted("message", 0)
        gone: list[int] = []
        for run, project in noted:
            at, unfinished = now.get(run, (project, False))
            said = await self._chats.of_run(run, up_to) if at != project else []
            if said or not unfinished:
                gone += await asyncio.to_thread(self._settle, run, said)
        return gone

    def _settle(self, run: str, said: list[Said]) -> list[int]:
        gone: list[int] = []
        with self._index.batch(self._generation) as batch:
            batch.forget_run(run)
            for message in said:
                gone += batch.remove(-message.position)
            self._add_messages(batch, said)
        return gone

    async def _fill_messages(self, told: _Told) -> int:
        lines = 0
        after = await self._noted("message", 0)
        while said := await self._chats.after(after, _MESSAGES_AT_ONCE):
            lines += await asyncio.to_thread(self._keep_messages, said)
            after = said[-1].position
            told.add(len(said))
        return lines

    def _keep_messages(self, said: list[Said]) -> int:
        with self._index.batch(self._generation) as batch:
            lines = self._add_messages(batch, said)
            batch.note("message", said[-1].position)
        return lines

    def _add_messages(self, batch: Batch, said: list[Said]) -> int:
        lines = 0
        spaces: dict[str, list[Row]] = {}
        for message in said:
            if message.unfinished:
                batch.run(message.run, message.run_project, message.position)
            thread = batch.number_of("threads", message.session or message.project)
            speaker = batch.number_of("speakers", message.author)
            cutter = Cutter("dialogue", single=True)
            pieces = (p for n, line in enumerate(message.lines, start=1) for p in cutter.feed(n, line))
            rows = spaces.setdefault(space_of(message.project, "dialogue"), [])
            rows += (_row(piece, -message.position, thread, speaker) for piece in pieces)
        for space, rows in spaces.items():
            lines += batch.add(space, rows)
        return lines

    # ----------------------------------------------------------------------------------------- documents

    async def _decided(self) -> list[int]:
        """Take in which documents were quarantined, released or forgotten."""
        gone: list[int] = []
        after = await self._noted("decided", 0)
        while decided := await self._documents.decided_after(after, _DECISIONS_AT_ONCE):
            gone += await asyncio.to_thread(self._restand, decided)
            after = decided[-1][0]
        return gone

    def _restand(self, decided: list[tuple[int, str, Standing]]) -> list[int]:
        gone: list[int] = []
        with self._index.batch(self._generation) as batch:
            for _number, document, standing in decided:
                source = batch.document(document, standing)
                if standing == "forgotten":
                    gone += batch.remove(source)
            batch.note("decided", decided[-1][0])
        return gone

    async def _fill_documents(self, told: _Told) -> int:
        lines = 0
        after = await self._noted("document", 0)
        while found := await self._documents.after(after, _DOCUMENTS_AT_ONCE):
            told.total += sum(document.lines for _position, document in found if _is_read(document))
            for position, document in found:
                lines += await self._fill_document(position, document, told)
            after = found[-1][0]
        return lines

    async def _fill_document(self, position: int, document: Document, told: _Told) -> int:
        reading = _Reading(document)
        begun = await self._noted("reading", {})
        if begun.get("document") == document.document:
            reading.resume(begun)
        added = 0
        at_once = max(1, _BYTES_AT_ONCE * document.lines // max(1, document.size))
        while _is_read(document) and reading.line < document.lines:
            lines = await self._lines(document.document, reading.line + 1, reading.line + at_once)
            if not lines:
                break  # forgotten or lost meanwhile; the board tells of what is lost
            last = reading.line + len(lines) >= document.lines
            added += await asyncio.to_thread(self._keep_lines, reading, lines, last)
            told.add(len(lines))
        await asyncio.to_thread(self._finish, position, document)
        return added

    async def _lines(self, document: str, first: int, last: int) -> list[str]:
        try:
            return await self._documents.lines(document, first, last)
        except MultiCoderError:
            return []

    def _keep_lines(self, reading: _Reading, lines: list[str], last: bool) -> int:
        document = reading.document
        with self._index.batch(self._generation) as batch:
            source = batch.document(document.document, document.standing)
            note = document.note
            rows = (
                _row(piece, source, batch.number_of("threads", thread), batch.number_of("speakers", speaker))
                for piece, thread, speaker in reading.read(lines, last=last)
            )
            added = batch.add(space_of(note.project, note.kind), rows)
            batch.note("reading", reading.position())
        return added

    def _finish(self, position: int, document: Document) -> None:
        with self._index.batch(self._generation) as batch:
            batch.document(document.document, document.standing)
            batch.note("document", position)
            batch.note("reading", {})


class _Reading:
    """A document that is cut while its lines come; can be left and taken up between two batches of lines.

    A batch ends its last passage, and where batches end follows from the document alone: whoever goes on after a kill
    cuts as the one before would have done.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.line = 0
        note = document.note
        single = note.speakers or note.kind == "dialogue"
        self._cutter = Cutter(note.kind, single=single)
        self._speaking = Speaking() if single else None

    def position(self) -> dict[str, object]:
        """Where it is, for `resume`."""
        speaking = self._speaking.position() if self._speaking else []
        return {
            "document": self.document.document,
            "line": self.line,
            "fenced": self._cutter.fenced,
            "speaking": speaking,
        }

    def resume(self, position: dict[str, object]) -> None:
        """Go on where another one was."""
        self.line = int(str(position["line"]))
        self._cutter.fenced = bool(position["fenced"])
        if self._speaking and isinstance(position["speaking"], list):
            self._speaking.resume(position["speaking"])

    def read(self, lines: list[str], *, last: bool) -> Iterator[tuple[Piece, str, str]]:
        """Cut the next lines; each passage with the name of its thread and its speaker."""
        name = self.document.document
        if self.line == 0 and last and self._is_python():
            self._cutter.beginnings = python_beginnings("\n".join(lines))
        if self._speaking:
            self._speaking.learn(lines)
        for number, line in enumerate(lines, start=self.line + 1):
            speaker = self._speaking.hear(line) if self._speaking else ""
            for piece in self._cutter.feed(number, line):
                yield piece, name, speaker
        self.line += len(lines)
        yield from ((piece, name, "") for piece in self._cutter.end())

    def _is_python(self) -> bool:
        note = self.document.note
        return note.kind == "code" and note.name.endswith((".py", ".pyw")) and self.document.size <= _PARSED_WHOLE


def _is_read(document: Document) -> bool:
    return document.note.indexed and document.standing != "forgotten" and document.lines > 0


def _row(piece: Piece, source: int, thread: int, speaker: int) -> Row:
    terms, words = indexed(piece.lines)
    asks = int(piece.first == piece.last and piece.text.rstrip().endswith(("?", "？")))
    crc = checksum(piece.lines)
    return terms, (source, piece.first, piece.last - piece.first + 1, piece.offset, words, thread, speaker, asks, crc)


def checksum(lines: Iterable[str]) -> int:
    """Return what a passage is recognised by when it is read again; with a sign, which takes less room."""
    return zlib.crc32("\n".join(lines).encode("utf-8", "surrogatepass")) - (1 << 31)
