"""What can be known of a file's text without running it: is it whole, is it elided, which clean-up makes it whole."""

from __future__ import annotations

import ast
import html
import json
import re
import textwrap
import tomllib
import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from core.python_source import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_QUOTES_AND_DASHES: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", None),
    }
)

_COMMENT: Final = r"^\s*(?:#|//|/\*+|<!--|--|;|%|\*|\{/\*|'|rem\b)\s*(?:[\[(]\s*)?"
_DOTS: Final = r"(?:\.{3}|…)"
_STAYS: Final = r"(?:is |are |remains? |stays? )?(?:unchanged|the same|omitted|as before|goes here|here\b)"
_STAYS_RU: Final = r"(?:остаётся |остаются |остается )?(?:без изменений|здесь|как раньше|прежн|опущен|не мен)"
_THING: Final = r"(?:code|file|class|module|functions?|methods?|implementation)"
_THING_RU: Final = r"(?:код|част|метод|функци|файл|импорт)\w*\s*(?:файла |класса |модуля )?"
_LEFT_OUT: Final = (
    rf"{_DOTS}\s*(?:[\[(]\s*)?(?:the )?(?:existing|rest|unchanged|same|previous|remain|other|omitted|original|keep)",
    rf"{_DOTS}\s*(?:код|остальн|прочие|прежн|без изменений|тот же|то же|как раньше|существующ)",
    rf"(?:the )?(?:rest|remainder) of (?:the |this |your )?{_THING}\s*(?:{_DOTS}|[\])]|\*/|-->|$|{_STAYS})",
    rf"(?:existing|previous|other|remaining|original) (?:code|methods?|functions?|imports?)\s*(?:{_DOTS}|{_STAYS})",
    r"(?:unchanged|no changes?|same as before|без изменений|как раньше)\s*(?:[\])]\s*)?(?:(?:\*/|-->|[.…]+)\s*)?$",
    rf"(?:остальн\w+|прежн\w+|существующ\w+|остаток) {_THING_RU}\s*(?:{_DOTS}|$|{_STAYS_RU})",
)
_ELISIONS: Final = tuple(re.compile(_COMMENT + pattern, re.IGNORECASE) for pattern in _LEFT_OUT)

_NUMBERED: Final = re.compile(r"^ *(\d{1,6})(?: ?[|│:] ?|\t|[.)] | {1,2}|$)(.*)$")
_BRACES: Final = frozenset(
    {".js", ".mjs", ".ts", ".jsx", ".tsx", ".css", ".c", ".h", ".cpp", ".hpp", ".java", ".go", ".rs", ".cs"}
)


def straighten(text: str) -> str:
    """Replace typographic look-alikes (curly quotes, odd spaces and dashes, full-width signs) by plain characters."""
    return unicodedata.normalize("NFKC", text.translate(_QUOTES_AND_DASHES))


def elision(text: str) -> str | None:
    """Find the first comment that stands for code left out ("... existing code ..."); None when all is there."""
    for line in text.split("\n"):
        if any(pattern.match(line) for pattern in _ELISIONS):
            return line.strip()
    return None


def parses(path: str, text: str) -> bool | None:
    """Tell whether `text` is a whole file by its syntax; None when this kind of file cannot be judged."""
    judge = _JUDGES.get(PurePosixPath(path).suffix.lower())
    if judge is None:
        return None
    try:
        return judge(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def tidied(path: str, text: str) -> str:
    """Undo what chat surfaces do to code (numbering, indentation, curly quotes, entities) when that makes it whole."""
    if parses(path, text) is not False:
        return text
    for clean in _cleaned(text):
        if clean != text and parses(path, clean):
            return clean
    return text


def _cleaned(text: str) -> Iterator[str]:
    yield textwrap.dedent(text)
    plain = unnumbered(text)
    yield plain
    yield textwrap.dedent(plain)
    yield text.translate(_QUOTES_AND_DASHES)
    yield straighten(text)
    yield html.unescape(text)


def unnumbered(text: str) -> str:
    """Remove line numbers counted from 1 without a gap; any other text comes back unchanged."""
    lines = text.rstrip("\n").split("\n")
    matches = [_NUMBERED.match(line) for line in lines]
    if len(lines) < 2 or any(match is None or int(match[1]) != number for number, match in enumerate(matches, 1)):  # noqa: PLR2004 - one line proves nothing
        return text
    return "\n".join(match[2] for match in matches if match) + "\n"


def _python(text: str) -> bool:
    parse(text)
    return True


def _json(text: str) -> bool:
    json.loads(text)
    return True


def _toml(text: str) -> bool:
    tomllib.loads(text)
    return True


def _html(text: str) -> bool:
    return text.rstrip().lower().endswith("</html>")


def _braces(text: str) -> bool:
    return text.rstrip().endswith(("}", ";", ")", "*/")) and text.count("{") == text.count("}")


_JUDGES: Final[dict[str, Callable[[str], bool]]] = {
    ".py": _python,
    ".pyw": _python,
    ".json": _json,
    ".toml": _toml,
    ".html": _html,
    ".htm": _html,
    **dict.fromkeys(_BRACES, _braces),
}


def is_program(path: str, text: str) -> bool:
    """Tell whether unfenced `text` is a file and not a sentence: it parses and does more than name something."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in {".html", ".htm"}:
        return text.lstrip().lower().startswith(("<!doctype", "<html")) and _html(text)
    if suffix not in {".py", ".pyw"} or not parses(path, text):
        return False
    return any(not isinstance(statement, ast.Expr | ast.AnnAssign) for statement in parse(text).body)
