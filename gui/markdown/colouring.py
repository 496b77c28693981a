"""Code as lines of markup in which `<c1>` to `<c6>` stand for colours: QML puts in those of the theme.

1 constants, 2 names that are called or defined, 3 texts, 4 decorators, tags and attributes, 5 keywords, 6 comments.
"""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST: Final = 200_000
"""Characters; a longer code stays plain."""
LONGEST_LINE: Final = 1_000
"""Characters; a longer line is cut for display, and nobody reads its colours."""
_BREATH: Final = 200
"""Tokens after which the window's thread is let in."""
_PLAIN: Final = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output"})


def coloured_lines(language: str, text: str, ended: Callable[[], bool]) -> list[str]:
    """Return one line of markup per line of code; empty when it stays plain or `ended` says that nobody waits."""
    if language in _PLAIN or len(text) > LONGEST or any(len(line) > LONGEST_LINE for line in text.split("\n")):
        return []
    lexer = _lexer(language)
    if lexer is None:
        return []
    classes = _classes()
    lines = [""]
    for number, (kind, value) in enumerate(lexer.get_tokens(text)):
        if number % _BREATH == 0:
            time.sleep(0)  # gives the interpreter to the window's thread, which would else wait its turn
            if ended():
                return []
        group = _class_of(kind, classes)
        for place, piece in enumerate(value.split("\n")):
            if place:
                lines.append("")
            if piece:
                lines[-1] += f"<c{group}>{escape(piece)}</c>" if group and not piece.isspace() else escape(piece)
    # The lexer ends every text with a line end of its own.
    return lines[: text.count("\n") + 1] if len(lines) > text.count("\n") else []


def shown_rows(text: str) -> list[tuple[str, bool]]:
    """Return code in rows for display, each with whether its line ends there: a very long line becomes several."""
    rows: list[tuple[str, bool]] = []
    for line in text.split("\n"):
        starts = range(0, len(line) or 1, LONGEST_LINE)
        rows += [(line[at : at + LONGEST_LINE], at == starts[-1]) for at in starts]
    return rows


def cut_out(text: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the code between two places, each a row of `shown_rows` and a column in it."""
    rows = shown_rows(text)[start[0] : end[0] + 1]
    if not rows:
        return ""
    whole = "".join(row + "\n" * ends for row, ends in rows)
    after_end = max(0, len(rows[-1][0]) - end[1]) + rows[-1][1]
    return whole[start[1] : len(whole) - after_end]


def _lexer(language: str) -> Any:
    # Not at the top: importing the lexers takes longer than the window's first frame may.
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]  # noqa: PLC0415 - see above
    from pygments.util import ClassNotFound  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    try:
        return get_lexer_by_name(language, stripnl=False, stripall=False, ensurenl=True)
    except ClassNotFound:
        return None


def _classes() -> list[tuple[Any, int]]:
    """Token types with their colours, special ones before general ones."""
    from pygments import token  # type: ignore[import-untyped]  # noqa: PLC0415 - as above

    return [
        (token.Comment.Preproc, 4),
        (token.Comment.PreprocFile, 3),
        (token.Comment, 6),
        (token.Keyword.Constant, 1),
        (token.Keyword.Type, 2),
        (token.Keyword, 5),
        (token.Operator.Word, 5),
        (token.String.Escape, 1),
        (token.String.Interpol, 1),
        (token.String.Doc, 6),
        (token.String, 3),
        (token.Number, 1),
        (token.Literal, 1),
        (token.Name.Function, 2),
        (token.Name.Class, 2),
        (token.Name.Builtin.Pseudo, 1),
        (token.Name.Builtin, 2),
        (token.Name.Exception, 2),
        (token.Name.Namespace, 2),
        (token.Name.Decorator, 4),
        (token.Name.Tag, 4),
        (token.Name.Attribute, 4),
        (token.Name.Property, 4),
        (token.Name.Constant, 1),
        (token.Name.Entity, 1),
    ]


def _class_of(kind: Any, classes: list[tuple[Any, int]]) -> int:
    return next((group for known, group in classes if kind in known), 0)
