"""What a folder or zip file holds, told from names and sizes alone: nothing is unpacked to learn it.

Of a zip file only the list at its end is read, and never more of it than is told: a file made to burst when unpacked,
or one that claims a million entries, costs no more than any other.
"""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from gui.composer.kinds import LANGUAGES, MARKERS, ending_of
from gui.composer.trouble import AttachmentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_ENTRIES: Final = 20_000
_MOST_LIST_BYTES: Final = 4 * 1024 * 1024
_SHOWN_NAMES: Final = 12
_BURST_BYTES: Final = 1_000_000_000
_BURST_RATIO: Final = 100
_BURST_AT_LEAST: Final = 50_000_000
"""Small texts of one letter are packed a thousandfold; nobody is harmed by them."""

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_ENTRY: Final = struct.Struct("<4s6H3L5H2L")
_MARK_END: Final = b"PK\x05\x06"
_MARK_END_64: Final = b"PK\x06\x06"
_MARK_LOCATOR: Final = b"PK\x06\x07"
_MARK_ENTRY: Final = b"PK\x01\x02"
_LONGEST_COMMENT: Final = 0xFFFF
_UTF_8: Final = 0x800
_ENCRYPTED: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a folder or zip file: its name with `/` between folders, its size in bytes."""

    name: str
    size: int
    packed: int = 0
    encrypted: bool = False


def summary_of(entries: Iterable[Entry], packed: int = 0, more: int = 0) -> dict[str, Any]:
    """Return what the upload card shows.

    {files, bytes, languages: [{name, files}], language, project, marker, names, more, encrypted, bursts, outside}:
    `names` are the first things at the top, `more` how many follow; `bursts` a zip file that unpacks to far more than
    it is; `outside` how many names lead out of the folder they are unpacked to. `packed` is the size of the zip file,
    the parameter `more` how many of its entries were not looked at.
    """
    listed = [entry for entry in entries if not entry.name.endswith("/")]
    # Names of a Unix disk may hold bytes that are no text.
    readable = [entry.name.encode("utf-8", "replace").decode() for entry in listed]
    names = _without_common_folder(readable)
    languages = Counter(LANGUAGES[ending] for ending in map(ending_of, names) if ending in LANGUAGES)
    marker = next((name for name in names if name.lower() in MARKERS), "")
    size = sum(entry.size for entry in listed)
    tops = list(dict.fromkeys(name.partition("/")[0] + ("/" if "/" in name else "") for name in names))
    return {
        "files": len(listed) + more,
        "bytes": size,
        "languages": [{"name": name, "files": count} for name, count in languages.most_common(5)],
        "language": MARKERS.get(marker.lower()) or (languages.most_common(1)[0][0] if languages else ""),
        "project": bool(marker or languages),
        "marker": marker,
        "names": tops[:_SHOWN_NAMES],
        "more": max(0, len(tops) - _SHOWN_NAMES),
        "encrypted": any(entry.encrypted for entry in listed),
        "bursts": size > _BURST_BYTES or (size > _BURST_AT_LEAST and size > _BURST_RATIO * max(packed, 1)),
        "outside": sum(map(_leads_outside, (entry.name for entry in listed))),
    }


def zip_summary(file: BinaryIO, size: int) -> dict[str, Any]:
    """Return the summary of a zip file of `size` bytes; AttachmentError `damaged-zip` when it is none."""
    try:
        start, length, count = _list_place(file, size)
        file.seek(start)
        listed = file.read(min(length, _MOST_LIST_BYTES))
        entries = list(_entries(listed))
    except (struct.error, ValueError) as error:
        raise AttachmentError("damaged-zip") from error
    if not entries and count:
        raise AttachmentError("damaged-zip")
    return summary_of(entries, size, more=max(0, count - len(entries)))


def _list_place(file: BinaryIO, size: int) -> tuple[int, int, int]:
    """Where the list of a zip file begins, its bytes and the number of entries it claims."""
    tail_start = max(0, size - _END.size - _LONGEST_COMMENT - _LOCATOR_64.size)
    file.seek(tail_start)
    tail = file.read(size - tail_start)
    at = tail.rfind(_MARK_END)
    if at < 0:
        raise ValueError("no end of a zip file")
    _, _, _, _, count, length, _, _ = _END.unpack_from(tail, at)
    end = tail_start + at
    locator = at - _LOCATOR_64.size
    if locator >= 0 and tail[locator : locator + 4] == _MARK_LOCATOR:
        _, _, end, _ = _LOCATOR_64.unpack_from(tail, locator)
        if end + _END_64.size > size:
            raise ValueError("the end lies outside")
        file.seek(end)
        found = _END_64.unpack(file.read(_END_64.size))
        if found[0] != _MARK_END_64:
            raise ValueError("no end of a large zip file")
        count, length = found[7], found[8]
    # Counted back from the end, not from the start: something may stand before a zip file.
    if length > end:
        raise ValueError("the list is longer than the file")
    return end - length, length, count


def _entries(listed: bytes) -> Iterator[Entry]:
    at = 0
    for _ in range(MOST_ENTRIES):
        if at + _ENTRY.size > len(listed):
            return
        found = _ENTRY.unpack_from(listed, at)
        if found[0] != _MARK_ENTRY:
            raise ValueError("no entry of a zip file")
        flags, packed, size = found[3], found[8], found[9]
        name_length, extra_length, comment_length = found[10], found[11], found[12]
        name = listed[at + _ENTRY.size : at + _ENTRY.size + name_length]
        yield Entry(
            name.decode("utf-8" if flags & _UTF_8 else "cp437", "replace").replace("\\", "/"),
            size,
            packed,
            bool(flags & _ENCRYPTED),
        )
        at += _ENTRY.size + name_length + extra_length + comment_length


def _without_common_folder(names: list[str]) -> list[str]:
    """Names below the one folder that holds everything, as most zip files of projects are made."""
    first = names[0].partition("/")[0] + "/" if names else ""
    if first and all(name.startswith(first) for name in names):
        return [name[len(first) :] for name in names]
    return names


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or (len(name) > 1 and name[1] == ":")
