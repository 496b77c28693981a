"""Break texts into lines of a width, measured letter by letter; a text too long for its place is cut with a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_CUT: Final = "…"


class Wrapping:
    """Knows how wide letters are in each style; `advance(text, style, size)` measures."""

    def __init__(self, advance: Callable[[str, str, float], float]) -> None:
        self._advance = advance

    def lines(self, text: str, width: float, style: str, size: float, *, most: int = 1_000) -> list[str]:
        """Break `text` at spaces, and inside words no line can hold; at most `most` lines, at least one."""
        found: list[str] = []
        for paragraph in text.split("\n"):
            self._fill(found, paragraph, width, style, size, most)
            if len(found) > most:
                break
        if len(found) > most:
            found = found[:most]
            found[-1] = self._cut(found[-1], width, style, size)
        return found or [""]

    def _fill(self, found: list[str], paragraph: str, width: float, style: str, size: float, most: int) -> None:
        line, used = "", 0.0
        space = self._advance(" ", style, size)
        for word in paragraph.split(" "):
            length = self._advance(word, style, size)
            if line and used + space + length <= width:
                line, used = f"{line} {word}", used + space + length
                continue
            if line:
                found.append(line)
            while length > width and len(found) <= most:
                fits = self._fitting(word, width, style, size)
                found.append(word[:fits])
                word = word[fits:]  # noqa: PLW2901 - what is left of it goes on the next line
                length = self._advance(word, style, size)
            line, used = word, length
            if len(found) > most:
                return
        found.append(line)

    def _fitting(self, word: str, width: float, style: str, size: float) -> int:
        used = 0.0
        for place, letter in enumerate(word):
            used += self._advance(letter, style, size)
            if used > width:
                return max(place, 1)
        return len(word)

    def _cut(self, line: str, width: float, style: str, size: float) -> str:
        while line and self._advance(line + _CUT, style, size) > width:
            line = line[:-1]
        return line + _CUT
