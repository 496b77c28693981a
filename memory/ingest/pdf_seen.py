"""What a person sees of the text of a PDF page: not what is drawn invisibly or too small to be read.

The text a scanner lays invisibly over its picture is what one reads there, and stays.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final

_SMALLEST: Final = 1.5
"""Points; footnotes have six."""
_INVISIBLE: Final = frozenset({3, 7})
_SHOWING: Final = frozenset({b"Tj", b"TJ", b"'", b'"'})
_LITTLE: Final = 100
"""Signs; a scanned page has hardly more that is no picture."""


@dataclass
class _Looking:
    """Follows the operators of a page, and empties those that draw what nobody sees."""

    mode: int = 0
    size: float = 0.0
    saved: list[tuple[int, float]] = field(default_factory=list)
    hidden: int = 0

    def before(self, operator: Any, operands: Any, page: Any, line: Any) -> None:
        """The library's call before each operator; `page` and `line` are the matrices in force."""
        if operator == b"q":
            self.saved.append((self.mode, self.size))
        elif operator == b"Q" and self.saved:
            self.mode, self.size = self.saved.pop()
        elif operator == b"Tr" and operands:
            self.mode = int(operands[0])
        elif operator == b"Tf" and len(operands) > 1:
            self.size = float(operands[1])
        elif operator in _SHOWING and operands and self._unseen(page, line):
            self.hidden += 1
            operands[-1] = type(operands[-1])()

    def _unseen(self, page: Any, line: Any) -> bool:
        scale = math.sqrt(abs(_area(page) * _area(line)))
        return self.mode in _INVISIBLE or abs(self.size) * scale < _SMALLEST


def _area(matrix: Any) -> float:
    return float(matrix[0]) * float(matrix[3]) - float(matrix[1]) * float(matrix[2])


def seen_text(page: Any) -> str:
    """The text of a page of pypdf as a person sees it."""
    looking = _Looking()
    text = str(page.extract_text(visitor_operand_before=looking.before))
    if looking.hidden and len(text.strip()) < _LITTLE and _has_picture(page):
        return str(page.extract_text())
    return text


def _has_picture(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    held = objects.get_object().values() if objects is not None else ()
    return any(one.get_object().get("/Subtype") == "/Image" for one in held)
