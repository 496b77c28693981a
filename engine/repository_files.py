"""From the archive of a foreign repository to documents: what is in it is judged by name, looked at, and kept or not.

Nothing is unpacked before every name was judged, and then one file at a time into a scratch folder, under a name of
our own. What is kept is a foreign document that says where it came from.
"""

from __future__ import annotations

import asyncio
import errno
import re
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

from core.errors import Cancelled, InputError, StorageError
from core.memory import Link
from core.safe_path import clean_name
from engine.scanning import Allowance, Seen, left_out_by_name, look_at
from memory.ingest.archives import MemberRefusedError
from memory.ingest.forms import rule_of
from memory.ingest.noting import note_for
from memory.ingest.walking import why

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from core.memory import Document, DocumentNote, Documents
    from memory.ingest.archives import Member, ZipMembers

T = TypeVar("T")

_NOTICE: Final = re.compile(r"(?:un)?licen[cs]es?|copying|copyright|notice", re.IGNORECASE)
_NO_ROOM: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})


@dataclass(frozen=True, slots=True)
class Origin:
    """Which repository at which commit, and for whom."""

    address: str
    commit: str
    project: str
    run: str

    @property
    def archive(self) -> str:
        """What the archive as a whole is called as a place."""
        return f"https://{self.address}@{self.commit}"

    def file(self, path: str) -> str:
        """What one file of it is called as a place."""
        return f"{self.archive}:{path}"

    @property
    def title(self) -> str:
        """`owner/name`."""
        return self.address.partition("/")[2]

    def archive_note(self) -> DocumentNote:
        """What is said of the archive: kept whole, nothing of it is found."""
        name = f"{self.title.replace('/', '-')}-{self.commit[:12]}.zip"
        note = note_for(name, b"", origin=self.archive, project=self.project, run=self.run, speakers=False)
        return replace(note, indexed=False)

    def file_note(self, path: str) -> DocumentNote:
        """What is said of one file; pages count as the source they are."""
        note = note_for(
            f"{self.title}/{path}", b"", origin=self.file(path), project=self.project, run=self.run, speakers=False
        )
        return replace(note, indexed=rule_of(path).form in {"text", "html"})


@dataclass
class Sorted:
    """What an archive holds, judged by names alone."""

    files: list[tuple[str, Member]] = field(default_factory=list)
    """Path inside the repository, and where it is read from."""
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes of the files when they are unpacked."""
        return sum(member.size for _, member in self.files)


def sort_members(archive: ZipMembers) -> Sorted:
    """Judge every name; the folder a code host puts round everything is taken off."""
    found = Sorted()
    root = _root(archive)
    for item in archive.refused:
        reason = f"{item.reason} {item.detail}" if item.reason == "unsafe-name" else item.reason
        found.refused[item.name.removeprefix(root)] = reason
    for member in archive.members:
        path = member.name.removeprefix(root)
        try:
            clean_name(path)  # without the folder round it a name may mean something else
        except InputError as error:
            found.refused[path] = f"unsafe-name {error.facts['reason']}"
            continue
        if reason := left_out_by_name(path):
            found.refused[path] = reason
        else:
            found.files.append((path, member))
    return found


def notices_of(paths: Mapping[str, str]) -> tuple[str, ...]:
    """Return the licence files among paths, the ones nearest to the root first."""
    found = [path for path in paths if _NOTICE.match(path.rpartition("/")[2])]
    return tuple(sorted(found, key=lambda path: (path.count("/"), path)))


@dataclass
class Keeping:
    """The files of one archive on their way into the memory."""

    documents: Documents
    origin: Origin
    archive: str
    """Document id of the archive."""
    scratch: Path
    progress: Callable[[int, int], None]
    files: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)
    _done: int = 0
    _allowance: Allowance = field(default_factory=Allowance)

    async def keep(self, members: ZipMembers) -> None:
        """Keep what may be kept, file by file; what was kept before is found again.

        Raises:
            StorageError: the memory or the disk cannot take more.
        """
        found = await asyncio.to_thread(sort_members, members)
        self.refused |= found.refused
        for path, member in found.files:
            self.progress(self._done, found.size)
            if reason := await self._one(members, member, path):
                self.refused[path] = reason
            self._done += member.size
        self.progress(found.size, found.size)

    async def _one(self, members: ZipMembers, member: Member, path: str) -> str:
        """Keep one file; return why it was left out."""
        target = self.scratch / "member"

        def look(wanted: Callable[[], None]) -> Seen:
            members.unpack(member, target, lambda _written: wanted())
            return look_at(target, path, self.scratch, self._allowance, wanted=wanted)

        try:
            seen = await in_thread(look)
            if seen.refused:
                return seen.refused
            document = await self.documents.add(target, self.origin.file_note(path))
        except MemberRefusedError as error:
            return error.reason
        except InputError as error:
            return f"unreadable {error.code}"
        except OSError as error:
            return f"unreadable {unreadable(error, target)}"
        return await self._known(document, path, seen)

    async def _known(self, document: Document, path: str, seen: Seen) -> str:
        if document.standing == "forgotten":
            return "forgotten"
        await self.documents.link(Link(document.document, "member_of", self.archive))
        self.files[path] = document.document
        if seen.warnings:
            self.warnings[path] = " ".join(seen.warnings)
        return ""


def unreadable(error: OSError, path: Path) -> str:
    """Say why a file could not be read or written, in the words of the system.

    Raises:
        StorageError: the disk is full, which no other file will change.
    """
    if error.errno in _NO_ROOM:
        raise StorageError(path=str(path), detail=why(error)) from error
    return why(error)


async def in_thread(work: Callable[[Callable[[], None]], T]) -> T:
    """Do what blocks in a thread that never outlives its caller: `work` gets a call that raises once nobody waits."""
    unwanted = threading.Event()

    def wanted() -> None:
        if unwanted.is_set():
            raise Cancelled

    task = asyncio.ensure_future(asyncio.to_thread(work, wanted))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        unwanted.set()
        await asyncio.wait({task})
        if not task.cancelled():
            task.exception()
        raise


def _root(archive: ZipMembers) -> str:
    """The one folder everything that may be read lies in, with its slash; empty where there is none."""
    roots = {member.name.partition("/") for member in archive.members}
    firsts = {first for first, _, _ in roots}
    return f"{firsts.pop()}/" if len(firsts) == 1 and all(slash for _, slash, _ in roots) else ""
