"""Found lines as a person reads them: cut round what was asked for, in pieces of which the matching ones are marked."""

from __future__ import annotations

import re
from typing import Any, Final

from gui.markdown.visible import clean

_WORD: Final = re.compile(r"\w+")
_BEFORE: Final = 40
_AFTER: Final = 160
_SHORTEST: Final = 2
"""Letters of a word of the question that is looked for."""
_STEM: Final = 4
"""Words that share so many first letters, and nearly all of them, are forms of one word."""
_ENDING: Final = 3


def wanted_words(question: str) -> list[str]:
    """Return the words of a question that are marked in what was found."""
    return [word for word in _WORD.findall(_folded(question)) if len(word) >= _SHORTEST]


def snippet(text: str, question: str) -> list[dict[str, Any]]:
    """Return one line as pieces, `text` and whether it is `marked`; nothing in it is markup, nothing stays hidden."""
    line = " ".join(clean(text).split())
    words = wanted_words(question)
    spots = [found.span() for found in _WORD.finditer(line) if _fits(_folded(found[0]), words)]
    start = max(0, spots[0][0] - _BEFORE) if spots else 0
    end = start + _BEFORE + _AFTER
    pieces = [_piece("…")] if start else []
    place = start
    for first, last in spots:
        if first >= end:
            break
        pieces += [_piece(line[place:first]), _piece(line[first:last], marked=True)]
        place = last
    pieces.append(_piece(line[place : max(place, end)] + ("…" if len(line) > end else "")))
    return [piece for piece in pieces if piece["text"]]


def plain(pieces: list[dict[str, Any]]) -> str:
    """Return the words of a snippet alone."""
    return "".join(str(piece["text"]) for piece in pieces)


def _piece(text: str, *, marked: bool = False) -> dict[str, Any]:
    return {"text": text, "marked": marked}


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _fits(word: str, wanted: list[str]) -> bool:
    return any(word.startswith(asked) or _same_stem(word, asked) for asked in wanted)


def _same_stem(word: str, asked: str) -> bool:
    shared = 0
    for one, other in zip(word, asked, strict=False):
        if one != other:
            break
        shared += 1
    return shared >= _STEM and shared >= max(len(word), len(asked)) - _ENDING
