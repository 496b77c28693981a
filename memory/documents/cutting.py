"""Cut bytes into segments behind line ends, at places that depend on what stands there and not on how far it is in.

So a text that was changed somewhere shares most segments with what it was before, and those are kept once.
"""

from __future__ import annotations

import re
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Final

from memory.documents.encodings import BINARY, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALLEST: Final = 112 * 1024
LARGEST: Final = 176 * 1024
"""Twice as large saves 2 % of space and doubles what has to be unpacked for a single line."""
_LOOKED_AT: Final = 2_000
"""Line ends that are weighed for one cut; a text may consist of nothing else."""
_CONTEXT: Final = 32


class Cutter:
    """Takes bytes in any pieces and hands out segments."""

    def __init__(self, encoding: str) -> None:
        self._unit = unit_of(encoding)
        self._feed, self._return = (mark.encode(encoding if self._unit > 1 else "ascii") for mark in "\n\r")
        self._end = None if encoding == BINARY else re.compile(re.escape(self._feed) + b"|" + re.escape(self._return))
        self._waiting = bytearray()

    def cut(self, more: bytes | memoryview) -> Iterator[bytes]:
        """Take in more and hand out what is complete."""
        self._waiting += more
        while len(self._waiting) >= LARGEST + self._unit:
            yield self._take(self._place())

    def rest(self) -> Iterator[bytes]:
        """Hand out what is left."""
        while len(self._waiting) > LARGEST:
            yield self._take(self._place())
        if self._waiting:
            yield self._take(len(self._waiting))

    def _take(self, length: int) -> bytes:
        segment = bytes(self._waiting[:length])
        del self._waiting[:length]
        return segment

    def _place(self) -> int:
        """Return where to cut: behind the line whose last bytes have the smallest checksum, by force without lines."""
        ends = islice(self._ends(), _LOOKED_AT)
        weighed = ((zlib.crc32(self._waiting[end - _CONTEXT : end]), end) for end in ends)
        best = min(weighed, default=None)
        if best is not None:
            return best[1]
        # Whatever a line end is made of stays together.
        torn = self._end is not None and self._waiting[LARGEST - self._unit : LARGEST] == self._return
        return LARGEST - self._unit if torn else LARGEST

    def _ends(self) -> Iterator[int]:
        if self._end is None:
            return
        for found in self._end.finditer(self._waiting, SMALLEST, LARGEST):
            end = found.end()
            if end % self._unit:
                continue
            followed = self._waiting[end : end + self._unit] == self._feed
            if not (followed and found.group() == self._return):
                yield end
