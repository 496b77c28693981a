"""Foreign text without tricks: nothing in it is invisible, turns its neighbours round or climbs over lines."""

from __future__ import annotations

import re
from typing import Final

MOST_MARKS: Final = 4
"""Combining marks on one letter; no script needs more."""

_MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TURNS: Final = "\u202a-\u202e\u2066-\u2069"
_UNSEEN: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\U000e0000-\U000e0fff"
)
_CONTROLS: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f"
# Qt gives some of these a meaning of its own in documents: frames, objects, ends of lines.
_NO_CHARACTERS: Final = "\ud800-\udfff\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff"
_LINE_ENDS: Final = "\u2028\u2029"

_ANY: Final = f"[{_CONTROLS}{_UNSEEN}{_TURNS}{_LINE_ENDS}{_NO_CHARACTERS}]"
_SUSPECT: Final = re.compile(f"{_ANY}|[{_MARKS}]{{{MOST_MARKS + 1},}}")
_TERMINAL: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]{0,500}(?:\x07|\x1b\\|\x9c)|\x1b[@-Z\\^_]?"
)
_TOO_MANY_MARKS: Final = re.compile(f"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+")
_STRANGE: Final = re.compile(_ANY)
# Letters of these kinds and emoji are joined by characters that elsewhere only hide something.
_JOINERS: Final = "\u200c\u200d"
_JOINED_LEFT: Final = re.compile("[\u0600-\u1fff\u2190-\u33ff\ufe0f\U0001f000-\U0001faff]")
_FIRST_JOINED_RIGHT: Final = "\u0600"
_TURNS_ONLY: Final = re.compile(f"[{_TURNS}]")
_UNSEEN_ONLY: Final = re.compile(f"[{_UNSEEN}]")
_DELETE: Final = 0x7F


def clean(text: str) -> str:
    """Return the text with everything deceptive removed or made visible; ordinary text comes back as it is."""
    if not _SUSPECT.search(text):
        return text
    text = _TERMINAL.sub("", text)
    text = _TOO_MANY_MARKS.sub(r"\1", text)
    return _STRANGE.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    if _TURNS_ONLY.match(character):
        return f"\u2039U+{code:04X}\u203a"
    if _UNSEEN_ONLY.match(character):
        return character if character in _JOINERS and _joins(found) else ""
    if character in _LINE_ENDS:
        return " "
    if code < ord(" "):
        return chr(0x2400 + code)
    return "\u2421" if code == _DELETE else "\ufffd"


def _joins(found: re.Match[str]) -> bool:
    """Whether a joiner stands where writing needs it."""
    left, right = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    return bool(_JOINED_LEFT.match(left)) and right >= _FIRST_JOINED_RIGHT
