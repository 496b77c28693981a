"""The end of a text that is still being written, completed so that it looks as it will."""

from __future__ import annotations

import re
from typing import Final

_FENCE: Final = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})([^`]*)$")
_FENCE_END: Final = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*$")
_FENCE_BEGUN: Final = re.compile(r"^[ \t]*(?:`{1,2}|~{1,2})$")
_ONLY_MARKER: Final = re.compile(r"^[ \t>]*(?:[-*+=_`~]{1,3}|\d{1,9}[.)]?|#{1,6}|\|[ \t]*|\$|\\\[?)[ \t]*$")
_ROW: Final = re.compile(r"^[ \t]*\|")
_DELIMITERS: Final = re.compile(r"^[ \t]*\|[ \t:|-]*$")
_LINK_BEGUN: Final = re.compile(r"!?\[([^\[\]\n]*)(?:\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)?$")
_CODE: Final = re.compile(r"(`+)(?:(?!`).)*?(?<!`)\1(?!`)", re.DOTALL)
_TRAILING_MARKS: Final = re.compile(r"(?:\*{1,3}|_{1,3}|~{1,2}|`{1,2})$")
_EMPHASIS: Final = re.compile(r"\*\*|~~|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])")
_STARTS_ITEM: Final = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_ALL_ONE_LINE: Final = 8_000
"""Characters; a longer line is shown as it comes."""


def heal(tail: str, *, in_code: bool = False) -> str:
    """Return the tail with what is half open at its end closed or left out; only its last lines change."""
    lines = tail.split("\n")
    if not lines[-1].strip() or len(lines[-1]) > _ALL_ONE_LINE:
        return tail
    if _code_is_open(lines, in_code=in_code):
        return "\n".join(lines[:-1]) + "\n" if _FENCE_BEGUN.match(lines[-1]) and len(lines) > 1 else tail
    if _ONLY_MARKER.match(lines[-1]):
        return "\n".join(lines[:-1])
    if _ROW.match(lines[-1]):
        return "\n".join(_with_delimiters(lines))
    begin = len(lines) - 1
    while begin > 0 and lines[begin - 1].strip() and not _STARTS_ITEM.match(lines[begin]):
        begin -= 1
    before, paragraph = lines[:begin], "\n".join(lines[begin:])
    return "\n".join([*before, _closed(paragraph)])


def _code_is_open(lines: list[str], *, in_code: bool) -> bool:
    opened = "```" if in_code else ""
    for line in lines:
        fence = _FENCE.match(line)
        if fence is None:
            continue
        if not opened:
            opened = fence[1]
        elif fence[1].startswith(opened) and _FENCE_END.match(line):
            opened = ""
    return bool(opened)


def _with_delimiters(lines: list[str]) -> list[str]:
    """A first row is a table's head already, before the line below it is there."""
    rows = 0
    while rows < len(lines) and _ROW.match(lines[-1 - rows]):
        rows += 1
    second = len(lines) - rows + 1
    if rows > 2 or (rows == 2 and not _DELIMITERS.match(lines[-1])):  # noqa: PLR2004 - head and delimiters
        return lines
    head = lines[second - 1].strip()
    columns = max(1, head.count("|") - 1 if head.endswith("|") else head.count("|"))
    return [*lines[:second], "|" + "---|" * columns]


def _closed(paragraph: str) -> str:
    """Close code, emphasis and links that the end of the text cut off."""
    paragraph = _TRAILING_MARKS.sub(_kept_closer(paragraph), paragraph)
    bare = _CODE.sub(lambda found: " " * len(found[0]), paragraph)
    if "`" in bare:
        return paragraph + "`"
    link = _LINK_BEGUN.search(bare)
    if link:
        paragraph = paragraph[: link.start()] + paragraph[link.start(1) : link.end(1)]
        bare = bare[: link.start()] + link[1]
    opened: list[str] = []
    for mark in _EMPHASIS.findall(bare):
        if opened and opened[-1] == mark:
            opened.pop()
        elif mark not in opened:
            opened.append(mark)
    return paragraph.rstrip(" ") + "".join(reversed(opened)) if opened else paragraph


def _kept_closer(paragraph: str) -> str:
    """Marks at the very end close what was opened, else they are left out."""
    found = _TRAILING_MARKS.search(paragraph)
    if found is None:
        return ""
    before = paragraph[: found.start()]
    return found[0].replace("\\", "") if before.count(found[0]) % 2 else ""
