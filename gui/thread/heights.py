"""Heights of all rows of a conversation and where each begins; measured ones are remembered by row and width."""

from __future__ import annotations

import time
from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_LOOKS: Final = 4
"""Widths and zooms whose measured heights are kept: a window goes back to its old width more often than not."""


class Heights:
    """Lengths are logical pixels. Unmeasured rows have the height that `guess` gives for their number."""

    def __init__(self, guess: Callable[[int], float]) -> None:
        self._guess = guess
        self._keys: list[str] = []
        self._heights = array("d")
        self._stale = bytearray()
        """By row: 1 where the height is that of another look."""
        self._tops = array("d", (0.0,))
        self._right = 0
        """Rows whose tops are up to date; those after it follow from the heights."""
        self._looks: dict[object, dict[str, float]] = {None: {}}
        self._measured = self._looks[None]

    def __len__(self) -> int:
        return len(self._heights)

    @property
    def total(self) -> float:
        """The height of all rows together."""
        return self.top(len(self._heights))

    def key(self, row: int) -> str:
        """The key of a row."""
        return self._keys[row]

    def row(self, key: str) -> int:
        """The number of the row of a key, -1 when there is none."""
        # Most often it is one of the last, and there may be tens of thousands.
        return next((row for row in range(len(self._keys) - 1, -1, -1) if self._keys[row] == key), -1)

    def height(self, row: int) -> float:
        """The height of one row."""
        return self._heights[row]

    def top(self, row: int) -> float:
        """Where a row begins; of the number after the last one, where everything ends."""
        if self._right < row:
            start = self._right
            self._tops[start:] = array("d", accumulate(self._heights[start:], initial=self._tops[start]))
            self._right = len(self._heights)
        return self._tops[row]

    def at(self, height: float) -> int:
        """The row that stands `height` below the first one's top, the nearest when there is none so far."""
        self.top(len(self._heights))
        return max(0, min(len(self._heights) - 1, bisect_right(self._tops, height) - 1))

    def reset(self, keys: Sequence[str]) -> None:
        """Begin again with these rows."""
        self._keys = list(keys)
        self._heights = array("d", map(self._known, range(len(keys))))
        self._stale = bytearray(len(keys))
        self._changed(0)

    def insert(self, row: int, keys: Sequence[str]) -> None:
        """Put rows before the row of a number."""
        self._keys[row:row] = keys
        self._heights[row:row] = array("d", map(self._known, range(row, row + len(keys))))
        self._stale[row:row] = bytes(len(keys))
        self._changed(row)

    def remove(self, first: int, last: int) -> None:
        """Take rows out, `last` included."""
        del self._keys[first : last + 1]
        del self._heights[first : last + 1]
        del self._stale[first : last + 1]
        self._changed(first)

    def forget(self, row: int) -> None:
        """Guess the height of a row again: it changed while nobody could measure it."""
        for look in self._looks.values():
            look.pop(self._keys[row], None)
        self._set(row, self._guess(row))

    def measure(self, row: int, height: float) -> bool:
        """Learn a row's height; tell whether it was another one before."""
        self._measured[self._keys[row]] = height
        return self._set(row, height)

    def look(self, look: object) -> None:
        """Everything looks different from now on (a width, a zoom): what was measured otherwise does not hold.

        To guess tens of thousands of heights takes longer than a window may stand still while it is resized: rows that
        were not measured keep theirs until `freshen` comes to them.
        """
        self._measured = measured = self._looks.pop(look, {})
        self._looks[look] = measured
        while len(self._looks) > MOST_LOOKS:
            del self._looks[next(iter(self._looks))]
        self._stale = bytearray(key not in measured for key in self._keys)
        for row, key in enumerate(self._keys) if measured else ():
            self._heights[row] = measured.get(key, self._heights[row])
        self._changed(0)

    def freshen(self, until: float) -> bool:
        """Guess heights of another look anew until a moment of `time.perf_counter`; tell whether none is left."""
        first = row = self._stale.find(1)
        while row >= 0 and time.perf_counter() < until:
            self._heights[row], self._stale[row] = self._guess(row), 0
            row = self._stale.find(1, row)
        if first >= 0:
            self._changed(first)
        return row < 0

    def _known(self, row: int) -> float:
        found = self._measured.get(self._keys[row])
        return self._guess(row) if found is None else found

    def _set(self, row: int, height: float) -> bool:
        self._stale[row] = 0
        if self._heights[row] == height:
            return False
        self._heights[row] = height
        self._changed(row)
        return True

    def _changed(self, row: int) -> None:
        self._right = min(self._right, row)
        del self._tops[self._right + 1 :]
