"""What part of the conversation is being read: a row and how far it is scrolled, or simply its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gui.thread.heights import Heights

NEAR: Final = 40.0
"""Whoever is at most this far above the end is at the end (logical pixels)."""


class Place:
    """
    The reading position, in terms of a row instead of a distance from the top.

    So heights that turn out otherwise above it, rows put before it and other widths move nothing of what is seen.
    """

    def __init__(self, heights: Heights) -> None:
        self._heights = heights
        self.viewport = 0.0
        """The height that is seen at one time."""
        self.above = 0.0
        self.below = 0.0
        """Free room before the first and after the last row."""
        self.following = True
        """Whether what comes at the end is scrolled into view."""
        self.asked = -1
        """Row of the newest request: room is left below it, so that it can stand at the top of the view."""
        self._row = 0
        self._into = 0.0

    @property
    def total(self) -> float:
        """The height of everything that can be scrolled."""
        return self.above + self._heights.total + self.below + self._slack()

    @property
    def limit(self) -> float:
        """The last position."""
        return max(0.0, self.total - self.viewport)

    @property
    def position(self) -> float:
        """What is above the view."""
        if self.following or not len(self._heights):
            return self.limit
        return max(0.0, min(self.limit, self.above + self._heights.top(self._row) + self._into))

    @property
    def left(self) -> float:
        """How much there is to read below the view."""
        return max(0.0, self.limit - self._slack() - self.position)

    def rows(self, margin: float) -> range:
        """The rows that are seen, and those within a margin above and below."""
        if not len(self._heights) or self.viewport <= 0:
            return range(0)
        start = self.position - self.above
        return range(self._heights.at(start - margin), self._heights.at(start + self.viewport + margin) + 1)

    def move(self, position: float) -> None:
        """Read from a position on; whoever goes down to the end stays there while it grows."""
        target = max(0.0, min(self.limit, position))
        up = target < self.position
        self.following = not up and self.limit - target <= NEAR
        if len(self._heights):
            self._row = self._heights.at(target - self.above)
            self._into = target - self.above - self._heights.top(self._row)

    def inserted(self, row: int, count: int) -> None:
        """Rows were put before the row of a number."""
        if row <= self._row and len(self._heights) > count:
            self._row += count
        if row <= self.asked:
            self.asked += count

    def removed(self, first: int, last: int) -> None:
        """Rows were taken out."""
        if first <= self._row <= last:
            self._row, self._into = max(0, min(first, len(self._heights) - 1)), 0.0
        elif last < self._row:
            self._row -= last - first + 1
        if self.asked >= first:
            self.asked = -1 if self.asked <= last else self.asked - (last - first + 1)

    def anchor(self) -> tuple[str, float]:
        """The key of the row that is read and how far it is scrolled; an empty key when there is none."""
        return (self._heights.key(self._row), self._into) if self._row < len(self._heights) else ("", 0.0)

    def restore(self, anchor: tuple[str, float]) -> None:
        """Read on at an anchor of before; at the end when its row is gone."""
        row = self._heights.row(anchor[0]) if anchor[0] else -1
        if row < 0:
            self.following = True
        self._row, self._into = max(0, row), anchor[1] if row >= 0 else 0.0

    def _slack(self) -> float:
        if self.asked < 0:
            return 0.0
        return max(0.0, self.viewport - self.below - (self._heights.total - self._heights.top(self.asked)))
