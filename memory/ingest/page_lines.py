"""A page's elements as lines of plain text: headings, lists, tables, quotations; code stays as it is, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from memory.ingest.unseen import seen_signs

if TYPE_CHECKING:
    from collections.abc import Callable

_SPACES: Final = re.compile(r"\s+")
_HEADINGS: Final = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS: Final = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend", "li"),
        *("main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead"),
        *("tr", "ul", *_HEADINGS),
    }
)
_APART: Final = frozenset({"p", "pre", "table", "ul", "ol", "dl", "blockquote", "figure", "details", *_HEADINGS})
"""A line is left empty before and behind them."""
_LISTS: Final = frozenset({"ul", "ol", "menu"})
_CELLS: Final = frozenset({"td", "th"})
_CODE: Final = frozenset({"code", "kbd", "samp", "tt"})
_DEEPEST: Final = 8
_MOST_IN_CELL: Final = 3
_FENCE: Final = re.compile(r"`{3,}")


@dataclass
class _Lines:
    """The text as it grows."""

    most: int
    done: list[str] = field(default_factory=list)
    size: int = 0
    words: list[str] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)
    """Open lists: the number of the next entry, None where entries have none."""
    quoted: int = 0
    marker: str = ""
    """What the next line begins with."""
    cells: int = 0
    in_cell: bool = False
    """Inside a cell that is one line of words, whatever elements they stand in."""
    code: list[str] | None = None
    """Open block of code."""

    @property
    def full(self) -> bool:
        return self.size >= self.most

    def say(self, text: str | None) -> None:
        if not text:
            return
        if self.code is not None:
            self.code.append(text)
        else:
            self.words.append(text)

    def end_line(self) -> None:
        """Put down what was said."""
        if self.code is not None:
            if self.code and not self.code[-1].endswith("\n"):
                self.code.append("\n")
            return
        line = _SPACES.sub(" ", seen_signs("".join(self.words))).strip()
        self.words.clear()
        if line:
            self._put(self._margin(self.marker) + line)
            self.marker = ""

    def leave_space(self) -> None:
        """Leave a line empty, once."""
        if self.code is None and self.done and self.done[-1]:
            self.done.append("")

    def end_code(self) -> None:
        text = seen_signs("".join(self.code or [])).expandtabs(4)
        self.code = None
        lines = [line.rstrip() for line in text.split("\n")]
        while lines and not lines[0]:
            lines.pop(0)
        while lines and not lines[-1]:
            lines.pop()
        if lines:
            fence = max([*_FENCE.findall(text), "``"], key=len) + "`"
            margin = self._margin("")
            for line in (fence, *lines, fence):
                self._put((margin + line).rstrip())

    def _margin(self, marker: str) -> str:
        depth = len(self.lists[-_DEEPEST:])
        inside = "  " * (depth - 1 if marker.endswith((". ", "- ")) else depth)
        return "> " * min(self.quoted, _DEEPEST) + inside + marker

    def _put(self, line: str) -> None:
        self.done.append(line)
        self.size += len(line) + 1


def lines_of(root: Any, skipped: Callable[[Any], bool], most: int) -> tuple[str, bool]:
    """Return the text of an element without what is `skipped`, and whether there was more than `most` signs."""
    lines = _Lines(most)
    element, entering = root, True
    while not lines.full:
        if entering:
            child = None
            if not skipped(element):
                _enter(element, lines)
                lines.say(element.text)
                child = _first(element)
                if child is None:
                    _leave(element, lines)
            if child is not None:
                element = child
                continue
        if element is root:
            break
        lines.say(element.tail)
        following = element.getnext()
        entering = following is not None
        element = following if following is not None else element.getparent()
        if not entering:
            _leave(element, lines)
    if lines.code is not None:
        lines.end_code()
    lines.end_line()
    text = "\n".join(lines.done).strip("\n")
    return text[:most], lines.full


def _first(element: Any) -> Any:
    return element[0] if len(element) else None


def _enter(element: Any, lines: _Lines) -> None:
    tag = element.tag
    if lines.code is not None:
        if tag == "br":
            lines.code.append("\n")
        elif tag in _BLOCKS:
            lines.end_line()
    elif tag in _CODE:
        lines.say("`")
    elif tag in _CELLS:
        lines.say(" | " if lines.cells else "")
        lines.cells += 1
        lines.in_cell = lines.in_cell or _is_plain(element)
    elif tag == "br" or tag in _BLOCKS:
        _enter_block(element, lines)


def _enter_block(element: Any, lines: _Lines) -> None:
    tag = element.tag
    if lines.in_cell:
        lines.say(" ")
        return
    lines.end_line()
    if tag != "br":
        if _stands_apart(tag, lines) and not (tag == "p" and lines.marker):
            lines.leave_space()
        _begin(element, lines)


def _stands_apart(tag: str, lines: _Lines) -> bool:
    return tag in _APART and not (tag in _LISTS and lines.lists)


def _is_plain(cell: Any) -> bool:
    """Whether a cell is data and no part of a layout."""
    blocks = [inside.tag for inside in cell.iter() if inside.tag in _BLOCKS]
    return len(blocks) <= _MOST_IN_CELL and not any(tag in _APART and tag != "p" for tag in blocks)


def _begin(element: Any, lines: _Lines) -> None:
    tag = element.tag
    if tag in _HEADINGS:
        lines.marker = _HEADINGS[tag]
    elif tag in _LISTS:
        lines.lists.append(_start(element) if tag == "ol" else None)
    elif tag == "li":
        number = lines.lists[-1] if lines.lists else None
        lines.marker = "- " if number is None else f"{number}. "
        if number is not None:
            lines.lists[-1] = number + 1
    elif tag == "blockquote":
        lines.quoted += 1
    elif tag == "tr":
        lines.cells = 0
    elif tag == "pre":
        lines.code = []


def _start(element: Any) -> int:
    said = element.get("start", "1")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1  # noqa: PLR2004 - no entry's number


def _leave(element: Any, lines: _Lines) -> None:
    tag = element.tag
    if lines.code is not None:
        if tag == "pre":
            lines.end_code()
            lines.leave_space()
        elif tag in _BLOCKS:
            lines.end_line()
    elif tag in _CODE:
        lines.say("`")
    elif tag in _CELLS:
        lines.in_cell = False
    elif tag in _BLOCKS:
        _leave_block(tag, lines)


def _leave_block(tag: str, lines: _Lines) -> None:
    if lines.in_cell:
        lines.say(" ")
        return
    lines.end_line()
    if tag in _LISTS and lines.lists:
        lines.lists.pop()
    elif tag == "blockquote":
        lines.quoted -= 1
    if tag == "li" or tag in _HEADINGS:
        lines.marker = ""
    if _stands_apart(tag, lines) and not (tag == "p" and lines.lists):
        lines.leave_space()
