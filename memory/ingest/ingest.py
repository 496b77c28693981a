"""An import from the first look to the last document: every file kept byte for byte, its text made findable.

Each file is finished before the next is begun, and noted on the trail: an import that is stopped or killed goes on
where it was. What goes wrong with one file is told and stops no other one; only a memory that cannot be written does.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from core.memory import Link
from memory.ingest.archives import ArchiveRefusedError, MemberRefusedError, ZipMembers
from memory.ingest.extraction import UnreadableError
from memory.ingest.forms import EXTRACTED, rule_of
from memory.ingest.noting import note_for, text_note
from memory.ingest.outcome import Kept, Refused, Summary
from memory.ingest.speaking import SAMPLE_BYTES
from memory.ingest.walking import Found, plan_ingest, why

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.memory import Document, DocumentNote, Documents
    from memory.ingest.archives import Member
    from memory.ingest.extraction import Extractor
    from memory.ingest.forms import Rule
    from memory.ingest.outcome import Reason
    from memory.ingest.trail import Trail

    Watch = Callable[[int, int, str], None]
    """Is told bytes done, bytes in all and the file at work, often and from any thread."""

_CODES: Final[dict[str, Reason]] = {"document-changed": "changed", "document-missing": "missing"}


class IngestStoppedError(Exception):
    """What a watch raises to stop an import where it is; it can go on later."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be imported, and where to."""

    paths: tuple[Path, ...]
    project: str = ""
    """Empty: the person's, for all projects."""
    session: str = ""
    speakers: bool | None = None
    """Whether the texts are conversations; None: it is seen from each one."""


@dataclass(frozen=True, slots=True)
class _Source:
    """One file on its way: what it is called, where its bytes lie now, and where they came from."""

    name: str
    path: Path
    origin: str
    size: int
    stamp: int
    member_of: str = ""


class Ingest:
    """Imports into one store of documents."""

    def __init__(self, documents: Documents, extractor: Extractor, scratch: Path) -> None:
        """`scratch` is a folder of this import alone; it is emptied before and removed after."""
        self._documents = documents
        self._extractor = extractor
        self._scratch = scratch

    async def run(self, order: Order, trail: Trail, watch: Watch) -> Summary:
        """Import everything there is and return what became of it.

        Raises:
            StorageError: the memory cannot be written; what was finished stays and the import can go on.
        """
        await asyncio.to_thread(self._clear)
        await asyncio.to_thread(trail.begin)
        try:
            return await _Import(self._documents, self._extractor, self._scratch, order, trail, watch).run()
        finally:
            await asyncio.to_thread(shutil.rmtree, self._scratch, ignore_errors=True)

    def _clear(self) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir(parents=True)


class _Import:
    """One import while it is going on."""

    def __init__(
        self, documents: Documents, extractor: Extractor, scratch: Path, order: Order, trail: Trail, watch: Watch
    ) -> None:
        self._documents = documents
        self._extractor = extractor
        self._scratch = scratch
        self._order = order
        self._trail = trail
        self._watch = watch
        self._kept: list[Kept] = []
        self._refused: list[Refused] = []
        self._done = 0
        self._total = 0

    async def run(self) -> Summary:
        plan = await asyncio.to_thread(plan_ingest, self._order.paths)
        self._refused += plan.refused
        self._total = plan.size
        named = {path.absolute() for path in self._order.paths}
        for found in plan.files:
            self._watch(self._done, self._total, found.name)
            known = self._trail.done(found.origin, found.size, found.stamp)
            if known:
                self._kept += known
            else:
                await self._take(found, named=found.path in named)
            self._done += found.size
        summary = Summary(tuple(self._kept), tuple(self._refused))
        await asyncio.to_thread(self._trail.end, summary)
        self._watch(self._total, self._total, "")
        return summary

    async def _take(self, found: Found, *, named: bool) -> None:
        source = _Source(found.name, found.path, found.origin, found.size, found.stamp)
        rule = rule_of(found.name)
        kept = await self._keep(source, rule, named=named)
        if kept is None:
            return
        if rule.form != "zip" or kept.trouble:
            self._kept.append(kept)
            await asyncio.to_thread(self._trail.kept, found.origin, found.size, found.stamp, [kept])
            return
        place = len(self._kept)
        self._kept.append(kept)
        if trouble := await self._open(source, kept):
            self._kept[place] = replace(kept, trouble=trouble)

    async def _keep(self, source: _Source, rule: Rule, *, named: bool = False) -> Kept | None:
        """Keep one file and the text in it; None when it could not be kept, which is noted."""
        began = time.time()
        try:
            note = await asyncio.to_thread(self._note, source)
            document = await self._documents.add(
                source.path,
                note,
                progress=lambda done, _total: self._watch(self._at(done, source), self._total, source.name),
            )
        except OSError as error:
            reason: Reason = "missing" if isinstance(error, FileNotFoundError) else "unreadable"
            self._refused.append(Refused(source.name, reason, why(error), named))
            return None
        except InputError as error:
            self._refused.append(Refused(source.name, _CODES.get(error.code, "unreadable"), _told(error), named))
            return None
        if source.member_of:
            await self._documents.link(Link(document.document, "member_of", source.member_of))
        kept = Kept(
            name=source.name,
            document=document.document,
            kind=document.note.kind,
            size=document.size,
            lines=document.lines,
            known=document.created < began,
            member_of=source.member_of,
        )
        if document.standing == "forgotten":
            return replace(kept, trouble="forgotten")
        if rule.form in EXTRACTED:
            return await self._extract(source, rule, document, kept)
        if rule.form == "closed":
            return replace(kept, trouble="no-reader")
        return kept

    def _at(self, done: int, source: _Source) -> int:
        """How far the whole is while a file is; members are read within the time of their archive."""
        return self._done if source.member_of else self._done + done

    def _note(self, source: _Source) -> DocumentNote:
        """Look into a file, which also shows whether it can be read at all."""
        with source.path.open("rb") as file:
            beginning = file.read(SAMPLE_BYTES)
        order = self._order
        return note_for(
            source.name,
            beginning,
            origin=source.origin,
            project=order.project,
            session=order.session,
            speakers=order.speakers,
        )

    # ------------------------------------------------------------------------------------------ text inside

    async def _extract(self, source: _Source, rule: Rule, original: Document, kept: Kept) -> Kept:
        """Keep the text of a file as a document of its own, unless it is there already."""
        for link in await self._documents.links(original.document):
            if link.relation == "extracted_from" and link.target == original.document:
                text = await self._documents.document(link.source)
                return replace(kept, text=text.document, lines=text.lines)
        target = self._scratch / "text"
        await asyncio.to_thread(target.unlink, missing_ok=True)
        try:
            await self._extractor.extract(rule.form, source.path, target)
            text = await self._documents.add(target, text_note(original))
        except UnreadableError as error:
            return replace(kept, trouble=error.trouble)
        await self._documents.link(Link(text.document, "extracted_from", original.document))
        return replace(kept, text=text.document, lines=text.lines)

    # ------------------------------------------------------------------------------------------ archives

    async def _open(self, archive: _Source, kept: Kept) -> str:
        """Import the members of an archive that is kept; return the trouble with the archive as a whole."""
        with ExitStack() as opened:
            try:
                members = opened.enter_context(await asyncio.to_thread(ZipMembers, archive.path))
            except ArchiveRefusedError as error:
                self._refused.append(Refused(archive.name, error.reason, error.detail))
                return "archive"
            except OSError as error:
                self._refused.append(Refused(archive.name, "unreadable", why(error)))
                return "archive"
            self._refused += [replace(item, name=f"{archive.name}/{item.name}") for item in members.refused]
            for member in members.members:
                await self._take_member(members, member, archive, kept.document)
        return ""

    async def _take_member(self, members: ZipMembers, member: Member, archive: _Source, document: str) -> None:
        name, origin = f"{archive.name}/{member.name}", f"{archive.origin}!/{member.name}"
        known = self._trail.done(origin, member.size, member.crc)
        if known:
            self._kept += known
            return
        path = self._scratch / "member"
        try:
            await asyncio.to_thread(
                members.unpack, member, path, lambda _written: self._watch(self._done, self._total, name)
            )
        except MemberRefusedError as error:
            self._refused.append(Refused(name, error.reason, error.detail))
            return
        rule = rule_of(member.name)
        source = _Source(name, path, origin, member.size, member.crc, document)
        kept = await self._keep(source, rule)
        if kept is not None:
            if rule.form == "zip" and not kept.trouble:  # opened no deeper: what is in it can be imported by itself
                kept = replace(kept, trouble="nested")
            self._kept.append(kept)
            await asyncio.to_thread(self._trail.kept, origin, member.size, member.crc, [kept])


def _told(error: InputError) -> str:
    return str(error.facts.get("detail") or error.facts.get("reason") or error.code)
