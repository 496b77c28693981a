"""The rows of `documents.db`. Everything here runs in the thread that owns the connection."""

from __future__ import annotations

import time
import zlib
from collections import Counter, OrderedDict
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError, StorageError
from core.memory import Document, DocumentNote
from memory.store import digest, new_id, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.memory import Link, Standing
    from memory.documents.intake import Content, PieceNote
    from memory.store import Column, Row, Store

DOCUMENT: Final = (
    "document, name, kind, trust, project, session, run, origin, speakers, indexed, "
    "sha256, size, lines, encoding, created"
)
CONTENT: Final = "sha256, size, lines, encoding, pieces"
SEGMENT: Final = "sha256, size, packed"
PIECE: Final = "content, number, segment, line, torn"
STANDING: Final = "number, document, standing, reason, at"
LINK: Final = "source, relation, target"
TALLY: Final = "documents, lines, standings, links"
_UNPACKED_BYTES: Final = 24_000_000
"""Segments that stay unpacked for whoever asks for lines next to each other."""
_WEB: Final = (b"http://", b"https://")
_UNUSED: Final = "NOT EXISTS (SELECT 1 FROM pieces WHERE pieces.segment = segments.position)"


class Holdings:
    """Documents, contents, pieces and segments, and what was decided about them."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._db = store.connection
        self._held: Counter[bytes] = Counter()
        self._unpacked: OrderedDict[int, bytes] = OrderedDict()
        self._unpacked_bytes = 0

    def begin(self) -> None:
        """Make erasing thorough and sweep segments that an interrupted import left."""
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.execute(f"DELETE FROM segments WHERE {_UNUSED}")  # noqa: S608 - a constant
        if not self._db.execute("SELECT count(*) FROM tally").fetchone()[0]:
            self._store.insert("tally", TALLY, (0, 0, 0, 0))

    # ------------------------------------------------------------------------------------------ keeping

    def hold(self, addresses: Sequence[bytes]) -> set[bytes]:
        """Keep others from taking away these segments; return those that are there already and whole."""
        self._held.update(addresses)
        return {address for address in addresses if self._is_whole(address)}

    def _is_whole(self, address: bytes) -> bool:
        found = self._db.execute(f"SELECT digest, {SEGMENT} FROM segments WHERE sha256 = ?", (address,)).fetchone()  # noqa: S608 - constants
        return found is not None and digest(found[1:]) == found[0]

    def put(self, packed: Iterable[tuple[bytes, int, bytes]]) -> None:
        """Keep segments (address, size, packed bytes); a damaged one of the same address is put right."""
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            self._put(packed)

    def _put(self, packed: Iterable[tuple[bytes, int, bytes]]) -> None:
        change = "size = excluded.size, packed = excluded.packed, digest = excluded.digest"
        insert = f"INSERT INTO segments ({SEGMENT}, digest) VALUES (?, ?, ?, ?)"  # noqa: S608 - constants
        query = f"{insert} ON CONFLICT (sha256) DO UPDATE SET {change}"
        self._db.executemany(query, ((*values, digest(values)) for values in packed))

    def let_go(self, addresses: Sequence[bytes]) -> None:
        """Allow to take segments away again; those that nobody uses are taken away now."""
        self._held.subtract(addresses)
        self._held = +self._held
        free = [address for address in set(addresses) if address not in self._held]
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            self._db.executemany(
                f"DELETE FROM segments WHERE sha256 = ? AND {_UNUSED}",  # noqa: S608 - a constant
                ((address,) for address in free),
            )

    def _same(self, content: Content, note: DocumentNote) -> Document | None:
        """Return the document that has these bytes from this origin in this place."""
        where = "sha256 = ? AND origin = ? AND project = ? AND session = ?"
        values = (content.sha256, pack(note.origin), note.project, note.session)
        found = self._documents(where, values)
        return found[0] if found else None

    def add(self, content: Content, note: DocumentNote, packed: Iterable[tuple[bytes, int, bytes]]) -> Document:
        """Keep a document with the last of its segments, those before are there; or return the same one."""
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            self._put(packed)
            return self._add(content, note)

    def _add(self, content: Content, note: DocumentNote) -> Document:
        known = self._same(content, note)
        if known is None or known.standing != "forgotten":
            self._keep_content(content)
        if known is not None:
            return known
        made = Document(
            new_id("d"), note, content.sha256.hex(), content.size, content.lines, content.encoding, time.time()
        )
        self._store.insert("documents", DOCUMENT, _row(made))
        self._count(documents=1, lines=made.lines)
        return made

    def _keep_content(self, content: Content) -> None:
        values = (content.sha256, content.size, content.lines, content.encoding, len(content.pieces))
        wanted = [self._piece(number, piece) for number, piece in enumerate(content.pieces)]
        position = self._position("contents", content.sha256)
        if position and self._is_kept(position, values, wanted):
            return
        if position:  # damaged: it is written anew
            self._db.execute("DELETE FROM pieces WHERE content = ?", (position,))
            columns = "size = ?, lines = ?, encoding = ?, pieces = ?, digest = ?"
            query = f"UPDATE contents SET {columns} WHERE position = ?"  # noqa: S608 - constants
            self._db.execute(query, (*values[1:], digest(values), position))
        else:
            self._store.insert("contents", CONTENT, values)
            position = self._position("contents", content.sha256)
        for piece in wanted:
            self._store.insert("pieces", PIECE, (position, *piece))

    def _is_kept(self, position: int, values: Row, wanted: list[tuple[int, int, int, int]]) -> bool:
        try:
            kept = self._store.rows("contents", CONTENT, "position = ?", (position,))
            pieces = self._store.rows("pieces", PIECE, "content = ?", (position,))
        except StorageError:
            return False
        return kept == [values] and [piece[1:] for piece in pieces] == wanted

    def _piece(self, number: int, piece: PieceNote) -> tuple[int, int, int, int]:
        return number, self._position("segments", piece.sha256), piece.line, int(piece.torn)

    def _position(self, table: str, address: bytes) -> int:
        found = self._db.execute(f"SELECT position FROM {table} WHERE sha256 = ?", (address,)).fetchone()  # noqa: S608 - constant names
        return int(found[0]) if found else 0

    def _count(self, **more: int) -> None:
        """Note how much is acknowledged, in the transaction that acknowledges it."""
        counted = dict(zip(TALLY.split(", "), self._store.rows("tally", TALLY)[0], strict=True))
        values = tuple(int(number) + more.get(name, 0) for name, number in counted.items())
        columns = "documents = ?, lines = ?, standings = ?, links = ?, digest = ?"
        self._db.execute(f"UPDATE tally SET {columns}", (*values, digest(values)))  # noqa: S608 - constants

    def try_out(self, content: Content, note: DocumentNote, packed: Iterable[tuple[bytes, int, bytes]]) -> bytes:
        """Keep a document, read it and take it away again in one transaction; return what was read."""
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            self._put(packed)
            made = self._add(content, note)
            position, _ = self.content_of(made)
            read = b"".join(self.segment(row[2]) for row in self.pieces("content = ?", (position,)))
            self._db.execute("DELETE FROM documents WHERE document = ?", (made.document,))
            self._count(documents=-1, lines=-made.lines)
            self._erase(made)
        return read

    # ------------------------------------------------------------------------------------------ finding

    def document(self, document: str) -> Document:
        """Return one document; InputError `unknown-document` when there is none."""
        found = self._documents("document = ?", (document,))
        if not found:
            raise InputError("unknown-document", document=document)
        return found[0]

    def documents(self, project: str | None, kind: str | None, after: str, limit: int) -> list[Document]:
        """Return documents, oldest first."""
        where, values = ["1"], list[Any]()
        for column, wanted in (("project", project), ("kind", kind)):
            if wanted is not None:
                where.append(f"{column} = ?")
                values.append(wanted)
        if after:
            self.document(after)
            where.append("position > (SELECT position FROM documents WHERE document = ?)")
            values.append(after)
        condition = " AND ".join(where)
        if limit:
            condition = f"position IN (SELECT position FROM documents WHERE {condition} ORDER BY position LIMIT ?)"  # noqa: S608 - columns are constants
            values.append(limit)
        return self._documents(condition, tuple(values))

    def looked_up(self, project: str) -> bool:
        """Whether anything of a project came from the web."""
        begins = " OR ".join(f"substr(origin, 1, {len(one)}) = ?" for one in _WEB)
        query = f"SELECT 1 FROM documents WHERE project = ? AND trust = 'foreign' AND ({begins}) LIMIT 1"  # noqa: S608 - constants
        return self._db.execute(query, (project, *_WEB)).fetchone() is not None

    def after(self, position: int, limit: int) -> list[tuple[int, Document]]:
        """Return the next documents behind a position with theirs."""
        where = "position IN (SELECT position FROM documents WHERE position > ? ORDER BY position LIMIT ?)"
        query = f"SELECT position FROM documents WHERE {where} ORDER BY position"  # noqa: S608 - a constant
        positions = [int(row[0]) for row in self._db.execute(query, (position, limit))]
        return list(zip(positions, self._documents(where, (position, limit)), strict=True))

    def decided_after(self, number: int, limit: int) -> list[tuple[int, str, Standing]]:
        """Return the next decisions behind a number."""
        where = "number IN (SELECT number FROM standings WHERE number > ? ORDER BY number LIMIT ?)"
        return [
            (row[0], row[1], row[2]) for row in sorted(self._store.rows("standings", STANDING, where, (number, limit)))
        ]

    def _documents(self, where: str, values: tuple[Column, ...]) -> list[Document]:
        found = self._store.rows("documents", DOCUMENT, where, values)
        if not found:
            return []
        if len(found) == 1:
            standings = self._store.rows("standings", STANDING, "document = ?", (found[0][0],))
        else:
            standings = self._store.rows("standings", STANDING)
        now = {row[1]: (row[2], unpack(row[3])) for row in sorted(standings)}
        return [_document(row, *now.get(row[0], ("kept", ""))) for row in found]

    # ------------------------------------------------------------------------------------------ reading

    def readable(self, document: str) -> Document:
        """Return a document whose bytes are there; InputError `document-forgotten` when they were erased."""
        found = self.document(document)
        if found.standing == "forgotten":
            raise InputError("document-forgotten", document=document, name=found.note.name, reason=found.reason)
        return found

    def content_of(self, document: Document) -> tuple[int, int]:
        """Return the position of its content and how many pieces that has."""
        address = bytes.fromhex(document.sha256)
        position = self._position("contents", address)
        found = self._store.rows("contents", CONTENT, "position = ?", (position,))
        if not found or found[0][0] != address:
            raise self.missing(f"contents {document.sha256}")
        return position, int(found[0][-1])

    def pieces(self, where: str, values: tuple[Column, ...]) -> list[Row]:
        """Return pieces in order, as `PIECE` lists them."""
        return sorted(self._store.rows("pieces", PIECE, where, values), key=lambda row: int(row[1]))

    def segment(self, position: int) -> bytes:
        """Return the bytes of a segment."""
        data = self._unpacked.pop(position, None)
        if data is None:
            data = self._unpack(position)
            self._unpacked_bytes += len(data)
        self._unpacked[position] = data
        while self._unpacked_bytes > _UNPACKED_BYTES:
            self._unpacked_bytes -= len(self._unpacked.popitem(last=False)[1])
        return data

    def _unpack(self, position: int) -> bytes:
        found = self._store.rows("segments", SEGMENT, "position = ?", (position,))
        if not found:
            raise self.missing(f"segments {position}")
        return zlib.decompress(found[0][2])

    def missing(self, record: str) -> StorageError:
        """Return the error for a record that should be there."""
        return StorageError("record-damaged", path=str(self._store.path), record=record)

    # ------------------------------------------------------------------------------------------ deciding

    def decide(self, document: str, standing: Standing, reason: str) -> Document:
        """Change what holds for a document; forgetting erases what nobody else uses."""
        found = self.document(document)
        if found.standing == standing:
            return found
        if found.standing == "forgotten":
            raise InputError("document-forgotten", document=document, name=found.note.name, reason=found.reason)
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            number = int(self._db.execute("SELECT coalesce(max(number), 0) FROM standings").fetchone()[0]) + 1
            self._store.insert("standings", STANDING, (number, document, standing, pack(reason), time.time()))
            forgotten = standing == "forgotten"
            self._count(standings=1, lines=-found.lines if forgotten else 0)
            if forgotten:
                self._erase(found)
        if standing == "forgotten":
            # What was erased is still in the write-ahead log until that begins anew.
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.document(document)

    def _erase(self, document: Document) -> None:
        address = bytes.fromhex(document.sha256)
        if any(other.standing != "forgotten" for other in self._documents("sha256 = ?", (address,))):
            return
        content = self._position("contents", address)
        segments = self._db.execute("SELECT DISTINCT segment FROM pieces WHERE content = ?", (content,)).fetchall()
        self._db.execute("DELETE FROM pieces WHERE content = ?", (content,))
        self._db.execute("DELETE FROM contents WHERE position = ?", (content,))
        held = {self._position("segments", address) for address in self._held}
        for (position,) in segments:
            if position not in held:
                self._db.execute(f"DELETE FROM segments WHERE position = ? AND {_UNUSED}", (position,))  # noqa: S608 - a constant
            if (data := self._unpacked.pop(position, None)) is not None:
                self._unpacked_bytes -= len(data)

    def link(self, link: Link) -> None:
        """Keep a link; repeating it changes nothing."""
        values = (link.source, link.relation, link.target)
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:
            if not self._store.rows("links", LINK, "source = ? AND relation = ? AND target = ?", values):
                self._store.insert("links", LINK, values)
                self._count(links=1)

    def links(self, document: str) -> list[Row]:
        """Return links from and to a document or commit."""
        return self._store.rows("links", LINK, "source = ? OR target = ?", (document, document))


def _row(document: Document) -> tuple[Column, ...]:
    note = document.note
    said = (pack(note.name), note.kind, note.trust, note.project, note.session, note.run, pack(note.origin))
    facts = (bytes.fromhex(document.sha256), document.size, document.lines, document.encoding, document.created)
    return (document.document, *said, int(note.speakers), int(note.indexed), *facts)


def _document(row: Row, standing: Standing, reason: str) -> Document:
    document, name, kind, trust, project, session, run, origin, speakers, indexed, *facts = row
    note = DocumentNote(
        unpack(name), kind, trust, project, session, run, unpack(origin), speakers=bool(speakers), indexed=bool(indexed)
    )
    sha256, size, lines, encoding, created = facts
    return Document(document, note, sha256.hex(), size, lines, encoding, created, standing, reason)
