"""Cut texts into passages: the few lines that are indexed together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core import python_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.memory import Kind

MOST_LINES: Final = 24
MOST_CHARACTERS: Final = 1_200
_MOST_CODE_LINES: Final = 12
"""Code says something else every few lines; what is found of it must be near."""
LONGEST_WHOLE: Final = 2_000
"""A line of more characters is cut into windows; each is still cited as that line."""
_WINDOW: Final = 600
_FEWEST_LINES: Final = 3
_LARGE_LINES: Final = 16
_LARGE_CHARACTERS: Final = 800
"""A passage that has more ends with its paragraph; a smaller one goes on, since each costs room of its own."""
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s")
_FENCE: Final = re.compile(r"\s{0,3}(```|~~~)")
_BEGINNING: Final = re.compile(
    r"(?:@|async\s|def\s|class\s|function\b|func\s|fn\s|pub\s|public\b|private\b|protected\b|static\b|export\b|impl\b"
    r"|struct\b|enum\b|interface\b|trait\b|type\s|CREATE\s|#\s?(?:define|include|if)\b)"
)
"""How something of its own begins in most languages, at the left margin."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage before it has a number."""

    first: int
    last: int
    lines: tuple[str, ...]
    offset: int = 0
    """Where its text begins in the line, for a window of a long one."""

    @property
    def text(self) -> str:
        """Its lines as one text."""
        return "\n".join(self.lines)


class Cutter:
    """Cuts one text whose lines come bit by bit."""

    def __init__(self, kind: Kind, *, single: bool) -> None:
        """`single`: each line stands alone."""
        self._kind = kind
        self._single = single
        self.beginnings: frozenset[int] = frozenset()
        """Line numbers at which functions and classes begin, where they are known."""
        self.fenced = False
        self._first = 0
        self._lines: list[str] = []
        self._size = 0

    def feed(self, number: int, line: str) -> Iterator[Piece]:
        """Take the next line and give what is complete."""
        if len(line) > LONGEST_WHOLE:
            yield from self.end()
            yield from _windows(number, line)
            return
        if self._single:
            if line.strip():
                yield Piece(number, number, (line,))
            return
        fence = bool(_FENCE.match(line)) and self._kind != "code"
        self.fenced ^= fence
        if self._lines and self._cuts(number, line, opens=fence and self.fenced):
            yield from self.end()
        if not self._lines:
            if not line.strip():
                return
            self._first = number
        self._lines.append(line)
        self._size += len(line) + 1

    def end(self) -> Iterator[Piece]:
        """Give what is left."""
        lines = self._lines
        last = self._first + len(lines) - 1
        while lines and not lines[-1].strip():
            lines.pop()
            last -= 1
        if lines:
            yield Piece(self._first, last, tuple(lines))
        self._lines, self._size = [], 0

    def _cuts(self, number: int, line: str, *, opens: bool) -> bool:
        code = self._kind == "code"
        full = len(self._lines) >= (_MOST_CODE_LINES if code else MOST_LINES)
        full |= self._size + len(line) > MOST_CHARACTERS
        if code:
            return full or self._begins(number, line)
        if opens or self.fenced:
            return full or opens
        large = len(self._lines) > _LARGE_LINES or self._size > _LARGE_CHARACTERS
        paragraph = large and not self._lines[-1].strip()
        return full or paragraph or bool(_HEADING.match(line))

    def _begins(self, number: int, line: str) -> bool:
        if self.beginnings:
            return number in self.beginnings
        after_blank = not self._lines[-1].strip() and bool(line[:1].strip())
        return len(self._lines) > _FEWEST_LINES and (after_blank or bool(_BEGINNING.match(line)))


def python_beginnings(text: str) -> frozenset[int]:
    """Return the line numbers at which functions and classes of Python source begin; none for what is no Python."""
    import ast  # noqa: PLC0415 - beside the parser that needs it

    try:
        tree = python_source.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = [node for node in ast.walk(tree) if isinstance(node, definitions)]
    return frozenset(min([node.lineno, *(mark.lineno for mark in node.decorator_list)]) for node in found)


def cut(lines: Iterable[str], cutter: Cutter, first: int = 1) -> Iterator[Piece]:
    """Cut a whole text."""
    for number, line in enumerate(lines, start=first):
        yield from cutter.feed(number, line)
    yield from cutter.end()


def window(line: str, start: int) -> str:
    """Return the window of a long line that begins at `start`; a short one is its own window."""
    if not start and len(line) <= LONGEST_WHOLE:
        return line
    end = min(len(line), start + _WINDOW)
    if end < len(line):
        space = line.rfind(" ", start + _WINDOW // 2, end)
        end = space + 1 if space > 0 else end
    return line[start:end]


def _windows(number: int, line: str) -> Iterator[Piece]:
    start = 0
    while start < len(line):
        text = window(line, start)
        if text.strip():
            yield Piece(number, number, (text,), start)
        start += len(text)


_SPEAKER: Final = re.compile(
    r"\s{0,3}(?:[*_]{1,2})?(?:\[[^\]\n]{1,30}\]\s*)?([^\W\d_][\w .'’-]{0,38}?)(?:[*_]{1,2})?\s*:(?:[*_]{1,2})?(?=\s|$)"
)
_MOST_WORDS: Final = 3
_MOST_SPEAKERS: Final = 12
_OFTEN: Final = 0.3
"""Of the lines of a dialogue that must name a speaker; fewer, and they are no names but labels in a text."""


def speaker_of(line: str) -> tuple[str, str]:
    """Return who speaks in a line `Name: text` and the text; nobody and the line when it says none."""
    found = _SPEAKER.match(line)
    if not found or len(found[1].split()) > _MOST_WORDS:
        return "", line
    return found[1].strip(), line[found.end() :].strip()


class Speaking:
    """Who speaks, line after line. Names are learnt from the first lines: those that many of them begin with."""

    def __init__(self) -> None:
        self._names: list[str] | None = None
        self._speaker = ""

    def position(self) -> list[object]:
        """Where it is, for `resume`."""
        return [self._names, self._speaker]

    def resume(self, position: list[Any]) -> None:
        """Go on where another one was."""
        self._names, self._speaker = position

    def learn(self, lines: list[str]) -> None:
        """Learn the names, when none were learnt before."""
        if self._names is not None:
            return
        counted = Counter(speaker_of(line)[0] for line in lines)
        del counted[""]
        often = counted.most_common(_MOST_SPEAKERS)
        spoken = sum(1 for line in lines if line.strip())
        fits = sum(count for _name, count in often) >= _OFTEN * spoken
        self._names = [name for name, _count in often] if fits else []

    def hear(self, line: str) -> str:
        """Return who says this line."""
        name, _text = speaker_of(line)
        if name and name in (self._names or ()):
            self._speaker = name
        return self._speaker
