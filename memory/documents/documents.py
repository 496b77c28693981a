"""Documents: any bytes kept losslessly in compressed segments, single lines of them read without the rest."""

from __future__ import annotations

import asyncio
import hashlib
import os
import secrets
import tempfile
import threading
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import Cancelled, InputError, StorageError
from core.files import replace_patiently, sync_folder
from core.memory import DocumentNote, Link
from memory.documents.holdings import Holdings
from memory.documents.intake import Intake
from memory.documents.line_ends import lines_of
from memory.documents.scrub import Scrub
from memory.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.memory import Document, Kind, Standing
    from memory.documents.intake import Segment
    from memory.documents.scrub import Scrubbed

FILE: Final = "documents.db"
SCHEMA_FOLDER: Final = Path(__file__).parent / "schema"
APPLICATION_ID: Final = 0x4D434443
"""`MCDC`: tells our documents from any other SQLite file."""
_LEVEL: Final = 6
"""Level 9 saves 1 % and takes half as long again, level 4 costs 7 % more room."""
CANARY: Final = "health-canary"
"""Name and origin of what `try_out` keeps for a moment."""
_SCRUBBED_BYTES: Final = 8_000_000
_LAST_BEFORE: Final = (
    "position = (SELECT position FROM pieces WHERE content = ? AND line <= ? ORDER BY line DESC, number DESC LIMIT 1)"
)
_PIECES_AT_ONCE: Final = 64


class SqliteDocuments:
    """`core.memory.Documents` on SQLite."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, SCHEMA_FOLDER, APPLICATION_ID)
        try:
            self._holdings = Holdings(self._store)
            self._scrub = Scrub(self._store)
            self._store.do_now(self._holdings.begin)
        except BaseException:
            self._store.close()
            raise

    def close(self) -> None:
        """Finish what was begun and close the file; closing twice is no error."""
        self._store.close()

    # ------------------------------------------------------------------------------------------ keeping

    async def add(
        self, source: bytes | Path, note: DocumentNote, *, progress: Callable[[int, int], None] | None = None
    ) -> Document:
        """Keep bytes, or a file that is read in pieces.

        Where the same bytes from the same origin in the same place were forgotten, they stay forgotten and that
        document is returned.
        """
        stop = threading.Event()

        def told(done: int, total: int) -> None:
            if stop.is_set():
                raise Cancelled
            if progress is not None:
                progress(done, total)

        work = asyncio.ensure_future(asyncio.to_thread(self._keep, source, note, told))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            stop.set()  # a thread cannot be broken off; it is waited for, so that nothing is kept behind our back
            await asyncio.wait({work})
            if not work.cancelled():
                work.exception()
            raise

    def _keep(self, source: bytes | Path, note: DocumentNote, progress: Callable[[int, int], None]) -> Document:
        intake = Intake(source, progress)
        held: list[bytes] = []
        packed: list[tuple[bytes, int, bytes]] = []
        try:
            for batch in intake.batches():
                if packed:
                    self._store.do_now(lambda packed=packed: self._holdings.put(packed))  # type: ignore[misc]
                addresses = [segment.sha256 for segment in batch]
                held += addresses
                known = self._store.do_now(lambda addresses=addresses: self._holdings.hold(addresses))  # type: ignore[misc]
                packed = list(_packed(batch, known))
            return self._store.do_now(lambda: self._holdings.add(intake.content, note, packed))
        finally:
            self._store.do_now(lambda: self._holdings.let_go(held))

    # ------------------------------------------------------------------------------------------ finding

    async def document(self, document: str) -> Document:
        """Return one document; InputError `unknown-document` when there is none."""
        return await self._store.do(lambda: self._holdings.document(document))

    async def documents(
        self, *, project: str | None = None, kind: Kind | None = None, after: str = "", limit: int = 0
    ) -> list[Document]:
        """Return documents, oldest first; `project` "" asks for the person's own, None for all; 0 = no limit."""
        return await self._store.do(lambda: self._holdings.documents(project, kind, after, limit))

    async def looked_up(self, project: str) -> bool:
        """Return whether anything of a project came from the web, whatever became of it since."""
        return await self._store.do(lambda: self._holdings.looked_up(project))

    async def after(self, position: int, limit: int) -> list[tuple[int, Document]]:
        """Return the next documents behind a position with theirs, for whoever follows what comes in.

        Positions grow and are never used again; documents of any standing are among them.
        """
        return await self._store.do(lambda: self._holdings.after(position, limit))

    async def decided_after(self, number: int, limit: int) -> list[tuple[int, str, Standing]]:
        """Return the next decisions behind a number: number, document and what holds since.

        Whoever follows both `after` and these knows every standing without asking for all documents again.
        """
        return await self._store.do(lambda: self._holdings.decided_after(number, limit))

    async def changes(self) -> int:
        """Return a number that grows with everything kept and decided since the file was opened."""
        return await self._store.changes()

    # ------------------------------------------------------------------------------------------ reading

    async def copy(self, document: str, target: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
        """Write the bytes as they were given to the new file `target`, whole or not at all."""
        await asyncio.to_thread(self._copy, document, target, progress)

    def _copy(self, document: str, target: Path, progress: Callable[[int, int], None] | None) -> None:
        kept = self._store.do_now(lambda: self._holdings.readable(document))
        try:
            if target.exists():
                raise InputError("document-target-exists", path=str(target))
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
            part = Path(name)
            try:
                done = 0
                with os.fdopen(handle, "wb") as file:
                    for data in self._bytes(kept):
                        file.write(data)
                        done += len(data)
                        if progress is not None:
                            progress(done, kept.size)
                    file.flush()
                    os.fsync(file.fileno())
                replace_patiently(part, target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            sync_folder(target.parent)
        except OSError as error:
            detail = error.strerror or str(error)
            raise StorageError("document-not-written", path=str(target), detail=detail) from error

    async def read(self, document: str) -> bytes:
        """Return the bytes as they were given, checked against their digest."""

        def read() -> bytes:
            kept = self._store.do_now(lambda: self._holdings.readable(document))
            return b"".join(self._bytes(kept))

        return await asyncio.to_thread(read)

    def _bytes(self, kept: Document) -> Iterator[bytes]:
        """Hand out the bytes of a document; StorageError at the end when they are not what was kept."""
        total = hashlib.sha256()
        content, pieces = self._store.do_now(lambda: self._holdings.content_of(kept))
        for first in range(0, pieces, _PIECES_AT_ONCE):
            where = (content, first, first + _PIECES_AT_ONCE)
            rows = self._store.do_now(
                lambda where=where: self._holdings.pieces("content = ? AND number >= ? AND number < ?", where)  # type: ignore[misc]
            )
            for _, _, segment, _, _ in rows:
                data = self._store.do_now(lambda segment=segment: self._holdings.segment(segment))  # type: ignore[misc]
                total.update(data)
                yield data
        if total.hexdigest() != kept.sha256:
            raise self._holdings.missing(f"documents {kept.document}")

    async def lines(self, document: str, first: int, last: int) -> list[str]:
        """Return lines without their ends, both counted from 1 and cut to what there is.

        Only the segments they stand in are read. Bytes that are invalid in the encoding come as lone surrogates
        (`surrogateescape`).
        """
        return await self._store.do(lambda: self._lines(document, first, last))

    def _lines(self, document: str, first: int, last: int) -> list[str]:
        kept = self._holdings.readable(document)
        first, last = max(first, 1), min(last, kept.lines)
        if first > last:
            return []
        content, _ = self._holdings.content_of(kept)
        start = self._holdings.pieces(_LAST_BEFORE, (content, first))
        if not start:
            raise self._holdings.missing(f"pieces of {kept.document}")
        _, number, segment, line, torn = start[0]
        following = self._holdings.pieces("content = ? AND line <= ? AND number > ?", (content, last + 1, number))
        wanted = [segment, *(row[2] for row in following if row[3] - row[4] <= last)]
        data = b"".join(self._holdings.segment(position) for position in wanted)
        skip = first - line + torn
        return lines_of(data, kept.encoding, skip, last - first + 1, beginning=not number)

    # ------------------------------------------------------------------------------------------ deciding

    async def set_standing(self, document: str, standing: Standing, reason: str) -> Document:
        """Quarantine, release or forget a document; what is forgotten stays so."""
        return await self._store.do(lambda: self._holdings.decide(document, standing, reason))

    async def link(self, link: Link) -> None:
        """Keep a link; repeating it changes nothing."""
        await self._store.do(lambda: self._holdings.link(link))

    async def links(self, document: str) -> list[Link]:
        """Return links from and to a document or commit."""
        return [Link(*row) for row in await self._store.do(lambda: self._holdings.links(document))]

    # ------------------------------------------------------------------------------------------ proving

    async def scrub(self, budget: int = _SCRUBBED_BYTES) -> Scrubbed:
        """Prove the next rows, about `budget` bytes of them; the next call goes on, also after a restart.

        Raises:
            StorageError: the file is damaged so that it cannot be read on.
        """
        return await asyncio.to_thread(self._scrub.run, budget)

    async def lost(self) -> int:
        """Count lines that were acknowledged and cannot be restored; a document that is no text counts as one.

        Rows that are missing are always seen, damaged ones once the scrub came by.
        """
        return await asyncio.to_thread(self._scrub.lost)

    async def try_out(self) -> bool:
        """Keep a document of random bytes, read it and take it away again; whether it came back as it was."""
        said = secrets.token_bytes(64)

        def try_out() -> bool:
            intake = Intake(said, None)
            packed = [item for batch in intake.batches() for item in _packed(batch, set())]
            note = DocumentNote(CANARY, "docs", "own", origin=CANARY, indexed=False)
            return self._store.do_now(lambda: self._holdings.try_out(intake.content, note, packed)) == said

        return await asyncio.to_thread(try_out)


def _packed(batch: list[Segment], known: set[bytes]) -> Iterator[tuple[bytes, int, bytes]]:
    for segment in batch:
        if segment.sha256 not in known:
            yield segment.sha256, len(segment.data), zlib.compress(segment.data, _LEVEL)
