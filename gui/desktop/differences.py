"""What changed between two texts, as lines a card can show."""

from __future__ import annotations

from difflib import unified_diff
from typing import Any, Final

_MOST_LINES: Final = 4_000
"""Longer texts are shown whole instead of compared: the comparison grows with the square of them."""
_MOST_SHOWN: Final = 600
_CONTEXT: Final = 3
_HEAD: Final = 2
_KINDS: Final = {"+": "added", "-": "removed", "@": "place"}


def difference(old: str, new: str) -> list[dict[str, Any]]:
    """Return lines {`kind`: added, removed, place, same or cut; `text`}; what was not there before is all added."""
    before, after = old.splitlines(), new.splitlines()
    if not before or len(before) + len(after) > _MOST_LINES:
        lines = [{"kind": "added", "text": line} for line in after]
    else:
        lines = lines_of(list(unified_diff(before, after, lineterm="", n=_CONTEXT))[_HEAD:])
    if len(lines) > _MOST_SHOWN:
        return [*lines[:_MOST_SHOWN], {"kind": "cut", "text": str(len(lines) - _MOST_SHOWN)}]
    return lines


def lines_of(unified: list[str], cut: int = 0) -> list[dict[str, Any]]:
    """Return the lines of a unified diff without its head as a card shows them; `cut` more are not there."""
    lines = [{"kind": _KINDS.get(line[:1], "same"), "text": _text(line)} for line in unified]
    return [*lines, {"kind": "cut", "text": str(cut)}] if cut > 0 else lines


def _text(line: str) -> str:
    return line if line.startswith("@") else line[1:]
