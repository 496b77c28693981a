"""How much two documents are alike, from small sketches of their words (the smallest hashes of runs of words)."""

from __future__ import annotations

import hashlib
import heapq
from typing import TYPE_CHECKING, Final

from memory.recall.words import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SKETCH: Final = 64
_RUN: Final = 3
"""Words of a run."""
_HASH_BYTES: Final = 7


class Sketching:
    """Takes in lines and keeps the smallest hashes; memory stays at a few hundred bytes."""

    def __init__(self) -> None:
        self._largest_first: list[int] = []
        self._kept: set[int] = set()
        self._last: list[str] = []

    def take(self, lines: Iterable[str]) -> None:
        """Take in the next lines."""
        for line in lines:
            words = [*self._last, *terms(line)]
            for start in range(len(words) - _RUN + 1):
                self._take(" ".join(words[start : start + _RUN]))
            self._last = words[1 - _RUN :]

    @property
    def sketch(self) -> list[int]:
        """The smallest hashes, in order."""
        return sorted(self._kept)

    def _take(self, run: str) -> None:
        number = int.from_bytes(hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest())
        if number in self._kept:
            return
        if len(self._kept) < SKETCH:
            heapq.heappush(self._largest_first, -number)
            self._kept.add(number)
        elif number < -self._largest_first[0]:
            self._kept.discard(-heapq.heappushpop(self._largest_first, -number))
            self._kept.add(number)


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate which share of the runs of two documents is common to both, from 0 to 1."""
    both = sorted({*one, *other})[:SKETCH]
    shared = set(one) & set(other)
    return sum(number in shared for number in both) / len(both) if both else 0.0
