"""How telling a word is within one text: rare words name a topic, frequent ones the project."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from memory import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RARE_LEAST: Final = 8
_RARE_SHARE: Final = 0.02


class Weights:
    """Words of all lines with where they stand."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self._where: dict[str, list[int]] = {}
        self._count = 1
        for number, text in lines:
            self._count += 1
            for word in phrases.content(text):
                self._where.setdefault(word, []).append(number)

    def weight(self, words: Iterable[str]) -> float:
        """How much the words tell together."""
        return sum(self._weight(word) for word in words)

    def _weight(self, word: str) -> float:
        lines = len(self._where.get(word, ()))
        # A word that stands nowhere else says how something is refused more often than what is refused.
        return math.log(1 + self._count / lines) if lines > 1 else math.log(1 + self._count) / 2

    def rare(self, word: str) -> bool:
        """Whether a word stands in few lines."""
        return len(self._where.get(word, ())) <= max(_RARE_LEAST, _RARE_SHARE * self._count)

    def lines_with(self, words: Iterable[str], *, before: int) -> list[int]:
        """Lines before another one in which a rare word of these stands."""
        found: set[int] = set()
        for word in words:
            if self.rare(word):
                found.update(number for number in self._where.get(word, ()) if number < before)
        return sorted(found)


def ranges(numbers: Sequence[int], gap: int = 1) -> tuple[tuple[int, int], ...]:
    """Consecutive numbers as ranges; a gap of so many counts as none."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number - found[-1][1] <= gap:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return tuple(found)
