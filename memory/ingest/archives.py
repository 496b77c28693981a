"""Zip archives: their members, each by a name that is safe, each within limits, none trusted.

What an archive says of itself is believed only as far as it is refused for it: what is read is counted again. A member
that is refused stops no other one; an archive that is refused as a whole is still kept as the file it is.
"""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from core.safe_path import Spellings
from memory.ingest.outcome import Refused
from memory.ingest.walking import why

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import BinaryIO, Self

    from memory.ingest.outcome import Reason

MOST_ENTRIES: Final = 5_000
MEMBER_BYTES: Final = 200_000_000
"""Of all members together."""
MOST_RATIO: Final = 200
_HARMLESS_BYTES: Final = 1_000_000
"""A member below this may shrink as it likes (a page of dashes does): all together are bounded anyway."""
_DIRECTORY_BYTES: Final = MOST_ENTRIES * 1_024
"""A longer table of contents is not read: it would fill the memory before its entries could be counted."""
_TAIL: Final = 65_535 + 22
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x06"
_SEE_64: Final = 0xFFFFFFFF
"""The length stands in the record for large archives."""
_ENCRYPTED: Final = 0x1
_UNICODE: Final = 0x800
_CHUNK: Final = 1 << 20
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
"""LZMA is left out: its entries name the memory that reading them takes, up to gigabytes."""
_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError)
"""What the library raises over a crafted archive; places before its beginning are an OSError."""
_PLAIN_KINDS: Final = frozenset({0, stat.S_IFREG})


class ArchiveRefusedError(Exception):
    """The archive cannot be opened at all; carries the reason."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.detail = detail


class MemberRefusedError(Exception):
    """One member cannot be read; carries the reason."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive that may be read."""

    name: str
    """Clean, with slashes."""
    size: int
    crc: int
    entry: zipfile.ZipInfo


class ZipMembers:
    """An open archive; use as a context manager. Blocks."""

    def __init__(self, path: Path) -> None:
        """Read the table of contents.

        Raises:
            ArchiveRefusedError: it is no zip, damaged, or holds too much.
            OSError: it cannot be read.
        """
        self.members: list[Member] = []
        self.refused: list[Refused] = []
        with path.open("rb") as file:
            if _directory_size(file) > _DIRECTORY_BYTES:
                raise ArchiveRefusedError("archive-entries")
        try:
            self._zip = zipfile.ZipFile(path)
        except _UNREADABLE as error:
            raise ArchiveRefusedError("archive-damaged", why(error)) from error
        try:
            self._look()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def comment(self) -> str:
        """What the archive says of itself as a whole; a code host names the commit there."""
        return self._zip.comment.decode("utf-8", "replace")

    def unpack(self, member: Member, target: Path, progress: Callable[[int], None] | None = None) -> None:
        """Write a member to the new file `target`, piece by piece.

        Raises:
            MemberRefusedError: it is damaged, or longer than it said.
            OSError: the disk refuses.
        """
        written = 0
        with target.open("wb") as file:
            for chunk in self._read(member):
                written += len(chunk)
                if written > member.size:
                    raise MemberRefusedError("damaged")
                file.write(chunk)
                if progress is not None:
                    progress(written)
        if written != member.size:
            raise MemberRefusedError("damaged")

    def _read(self, member: Member) -> Iterator[bytes]:
        try:
            with self._zip.open(member.entry) as source:
                while chunk := source.read(_CHUNK):
                    yield chunk
        except _UNREADABLE as error:
            raise MemberRefusedError("damaged", why(error)) from error

    def _look(self) -> None:
        entries = [entry for entry in self._zip.infolist() if not entry.filename.endswith("/")]
        if len(entries) > MOST_ENTRIES:
            raise ArchiveRefusedError("archive-entries")
        taken = Spellings()
        for entry in entries:
            shown = entry.orig_filename
            reason = _fault(entry)
            if reason:
                self.refused.append(Refused(_shown(shown), reason))
                continue
            try:
                name = taken.take(_name(entry))
            except InputError as error:
                why_not = str(error.facts["reason"])
                reason = "collision" if why_not == "collision" else "unsafe-name"
                self.refused.append(Refused(_shown(shown), reason, why_not))
            else:
                self.members.append(Member(name, entry.file_size, entry.CRC, entry))
        if sum(member.size for member in self.members) > MEMBER_BYTES:
            raise ArchiveRefusedError("archive-bytes")


def _fault(entry: zipfile.ZipInfo) -> Reason | None:
    """Why a member is not read, judged by its entry alone."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "link"
    if kind not in _PLAIN_KINDS:
        return "device"
    if entry.flag_bits & _ENCRYPTED:
        return "encrypted"
    if entry.compress_type not in _METHODS:
        return "compression"
    bomb = entry.file_size > max(MOST_RATIO * entry.compress_size, _HARMLESS_BYTES)
    return "ratio" if bomb else None


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: what is not marked as Unicode is that, or of the code page of Russian Windows.

    The unchanged name of the entry is looked at: the library cuts names at a NUL and turns separators round.
    """
    name = entry.orig_filename
    if entry.flag_bits & _UNICODE or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp866")


def _shown(name: str) -> str:
    """A name that can be shown: what is invisible or rings bells is written out."""
    return "".join(part if part.isprintable() else part.encode("unicode_escape").decode() for part in name)


def _directory_size(file: BinaryIO) -> int:
    """The length of the table of contents as the end of the archive states it; 0 where nothing is stated.

    Every mark that could be taken for the end counts, and the longest table any of them speaks of.
    """
    size = file.seek(0, os.SEEK_END)
    start = max(size - _TAIL - 20 - 56, 0)
    file.seek(start)
    tail = file.read(size - start)
    longest = 0
    for mark, offset, form in ((_END, 12, "<L"), (_END_64, 40, "<Q")):
        place = tail.find(mark)
        while place >= 0:
            stated = tail[place + offset : place + offset + struct.calcsize(form)]
            if len(stated) == struct.calcsize(form) and (length := struct.unpack(form, stated)[0]) != _SEE_64:
                longest = max(longest, length)
            place = tail.find(mark, place + 1)
    return longest
