"""Lines of bytes: where they begin, and what they say without their ends."""

from __future__ import annotations

import re
from typing import Final

from memory.documents.encodings import unit_of

_END: Final = re.compile("\r\n|\n|\r")
_MARK: Final = "\ufeff"
_UNICODE: Final = "utf-"


class Counter:
    """Counts lines through the segments of one text."""

    def __init__(self, encoding: str) -> None:
        self._wide = unit_of(encoding) > 1
        self._encoding = encoding
        self._ends = 0
        self._torn = False

    def place(self, segment: bytes) -> tuple[int, bool]:
        """Take in the next segment; return the first line that begins in it and whether it begins inside one."""
        place = self._ends + 1 + self._torn, self._torn
        if self._wide:
            text = _text(segment, self._encoding)
            self._ends += text.count("\n") + text.count("\r") - text.count("\r\n")
            self._torn = text[-1:] not in {"\n", "\r"}
        else:
            self._ends += segment.count(b"\n") + segment.count(b"\r") - segment.count(b"\r\n")
            self._torn = segment[-1:] not in {b"\n", b"\r"}
        return place

    @property
    def lines(self) -> int:
        """How many there are so far, an unfinished last one included."""
        return self._ends + self._torn


def lines_of(data: bytes, encoding: str, skip: int, count: int, *, beginning: bool) -> list[str]:
    """Return `count` lines behind the first `skip` of `data`; `beginning` when the text begins with it.

    Invalid bytes come as surrogates (`surrogateescape`); in wide encodings as the replacement character.
    """
    if unit_of(encoding) > 1:
        text = _text(data, encoding)
        found = _END.split(text)
        if not found[-1]:
            found.pop()
        found = found[skip : skip + count]
    else:
        found = [line.decode(encoding, "surrogateescape") for line in data.splitlines()[skip : skip + count]]
    if beginning and not skip and found and encoding.startswith(_UNICODE):
        found[0] = found[0].removeprefix(_MARK)
    return found


def _text(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")
