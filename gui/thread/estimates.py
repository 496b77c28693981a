"""How high a row will be, roughly, before it is drawn: so that the scroll bar is right about a long conversation."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Final

from gui.composer.kinds import IMAGE, kind_of

_TAG: Final = re.compile(r"<[^>]*>")
_FIXED: Final = {
    "thinking": 40.0,
    "run": 140.0,
    "card": 340.0,
    "artifact": 140.0,
    "error": 150.0,
    "actions": 40.0,
    "divider": 52.0,
    "waiting": 40.0,
}
_PROSE_LINE: Final = 28.0
_BUBBLE_LINE: Final = 24.0
_CODE_LINE: Final = 20.0
_CODE_FRAME: Final = 58.0
_CODE_FOLDED: Final = 400
_TABLE_LINE: Final = 37.0
_TABLE_FOLDED: Final = 40
_GAP: Final = 16.0
_GAP_FIRST: Final = 12.0
_GAP_HEADING: Final = 24.0
_CHIP: Final = 64.0
_PICTURE: Final = 128.0
_SOURCES_HEAD: Final = 44.0
_SOURCE: Final = 36.0
_SOURCE_NARROW: Final = 42.0
_SOURCES_NARROW: Final = 480.0
MOST_SOURCES: Final = 6
"""So many stand there before the rest is asked for."""
_HEADINGS: Final = {1: 32.0, 2: 28.0, 3: 26.0}


@dataclass(frozen=True)
class Measure:
    """The scale of everything: the column's width, the mean width of a letter of prose, the zoom."""

    width: float = 768.0
    letter: float = 8.0
    zoom: float = 1.0


def height_of(kind: str, content: dict[str, Any], measure: Measure) -> float:
    """Return the likely height of a row in logical pixels."""
    if kind == "user":
        return _user(content, measure)
    if kind == "block":
        block = content.get("block") or {}
        return _gap(block, first=content.get("first") is True) * measure.zoom + _block(block, measure, measure.width)
    if kind == "sources":
        return _sources(len(content.get("sources") or ()), measure)
    return _FIXED.get(kind, _PROSE_LINE) * measure.zoom


def _sources(count: int, measure: Measure) -> float:
    line = _SOURCE if measure.width >= _SOURCES_NARROW * measure.zoom else _SOURCE_NARROW
    more = _SOURCE if count > MOST_SOURCES else 0
    return (_SOURCES_HEAD + min(count, MOST_SOURCES) * line + more) * measure.zoom


def _gap(block: dict[str, Any], *, first: bool) -> float:
    if first:
        return _GAP_FIRST
    return _GAP_HEADING if block.get("type") == "heading" else _GAP


def _user(content: dict[str, Any], measure: Measure) -> float:
    zoom = measure.zoom
    lines = _lines(str(content.get("text", "")), measure, 0.7 * measure.width - 32 * zoom)
    frame = 12 if lines == 1 else 24
    names = [str(item.get("name", "")) for item in content.get("attachments") or ()]
    attached = (_PICTURE if any(kind_of(name) == IMAGE for name in names) else _CHIP) if names else 0
    return (12 + frame + lines * _BUBBLE_LINE + attached) * zoom


def _block(block: dict[str, Any], measure: Measure, width: float) -> float:
    zoom = measure.zoom
    kind = block.get("type", "")
    if kind == "code":
        lines = min(int(block.get("lines") or str(block.get("text", "")).count("\n") + 1), _CODE_FOLDED)
        return (_CODE_FRAME + lines * _CODE_LINE) * zoom
    if kind == "list":
        return _list(block, measure, width)
    if kind == "quote":
        inner = width - 24 * zoom
        parts = [_block(part, measure, inner) for part in block.get("blocks", ())]
        return sum(parts) + _GAP * zoom * max(0, len(parts) - 1)
    if kind == "table":
        return (min(len(block.get("rows", ())), _TABLE_FOLDED) + 1) * _TABLE_LINE * zoom
    if kind == "rule":
        return 17 * zoom
    line = _HEADINGS.get(int(block.get("level", 0)), _PROSE_LINE) if kind == "heading" else _PROSE_LINE
    return _lines(plain(block), measure, width) * line * zoom


def _list(block: dict[str, Any], measure: Measure, width: float) -> float:
    zoom = measure.zoom
    items = block.get("items", ())
    inner = width - 26 * zoom
    lines = sum(_lines(plain(item), measure, inner - 26 * zoom * int(item.get("depth") or 0)) for item in items)
    return (lines * _PROSE_LINE + 8 * max(0, len(items) - 1)) * zoom


def plain(block: dict[str, Any]) -> str:
    """Return the words of a block without their markup."""
    found = block.get("plain") or block.get("text")
    return str(found) if found else _TAG.sub("", str(block.get("html", "")))


def _lines(text: str, measure: Measure, width: float) -> int:
    # Words are not broken: on average half of one is left over at the end of a line.
    letters = max(8.0, width / measure.letter - 2.5)
    return sum(max(1, math.ceil(len(line) / letters)) for line in text.split("\n"))
