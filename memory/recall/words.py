"""Words of a line as they are indexed and asked for: folded, stemmed in Russian and English, identifiers taken apart.

Both sides go through here, so what is written one way and asked another way still meets: `ё` and `е`, full-width and
plain letters, `parseHttpHeader` and "parse header", `went` and `go`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from memory.recall.vocabulary import IRREGULAR, QUESTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_WORD: Final = re.compile(r"\w+(?:[.'’]\w+)*")
_PIECES: Final = re.compile(r"[.'’_]+")
_HUMPS: Final = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁ])(?=[A-ZА-ЯЁ])|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][^\W\d_A-ZА-ЯЁ])")
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
"""Scripts that put no spaces between words."""
_CYRILLIC: Final = re.compile("[а-яё]")
_SHORT_FORMS: Final = frozenset({"s", "t", "re", "ll", "ve", "d", "m"})
_LONGEST: Final = 48
"""Characters of a word that count: what is longer is a key, a hash or encoded bytes."""
_SHORTEST_ROOT: Final = 3
_MOST_KEPT: Final = 150_000
"""Words whose form is remembered; a bound on memory, not on what is indexed."""


class _Forms(dict[str, str]):
    """Written words and what they are indexed as, several with spaces between."""

    def __missing__(self, word: str) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[word] = " ".join(_forms(word))
        return found


_KNOWN: Final = _Forms()


def written(text: str) -> list[str]:
    """Return the words of a text as they stand in it."""
    return _WORD.findall(_plain(text))


def indexed(texts: Iterable[str]) -> tuple[str, int]:
    """Return what a passage is indexed as, each word once, and how many words it has."""
    found: set[str] = set()
    count = 0
    for text in texts:
        words = written(text)
        count += len(words)
        found.update(map(_KNOWN.__getitem__, words))
    return " ".join(found), count


def terms(text: str) -> list[str]:
    """Return the terms of a text in order; identifiers give themselves and their parts."""
    return " ".join(map(_KNOWN.__getitem__, written(text))).split()


def asked(text: str) -> list[str]:
    """Return the terms of a question, each once, without the words that only make it a question."""
    words = written(text)
    telling = [word for word in words if word.casefold().replace("ё", "е") not in QUESTION_WORDS]
    return list(dict.fromkeys(" ".join(map(_KNOWN.__getitem__, telling or words)).split()))


def _plain(text: str) -> str:
    return text if text.isascii() or unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def _forms(word: str) -> list[str]:
    pieces = [piece for piece in _PIECES.split(word) if piece]
    if len(pieces) > 1 and pieces[-1].casefold() in _SHORT_FORMS and ("'" in word or "’" in word):
        pieces.pop()
    parts = [part for piece in pieces for part in _HUMPS.split(piece)]
    found = [form for part in parts for form in _stems(part.casefold().replace("ё", "е"))]
    if len(parts) > 1:
        found.append(_PIECES.sub("_", word.casefold().replace("ё", "е"))[:_LONGEST])
    return list(dict.fromkeys(found))


def _stems(part: str) -> list[str]:
    if _UNSPACED.search(part):
        return [part[place : place + 2] for place in range(max(1, len(part) - 1))]
    if len(part) > _LONGEST:
        return [part[:_LONGEST]]
    if not part.isalpha():
        return [part]
    if _CYRILLIC.search(part):
        return [_to_the_root(part)]
    return [_stemmer("english")(IRREGULAR.get(part, part))]


def _to_the_root(word: str) -> str:
    """Stem a Russian word until nothing more goes: `журналы` gives `журнал`, which by itself gives `журна`."""
    stem = _stemmer("russian")
    while len(shorter := stem(word)) < len(word) and len(shorter) >= _SHORTEST_ROOT:
        word = shorter
    return word


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    import Stemmer  # noqa: PLC0415 - only who indexes or asks needs it

    return cast("Callable[[str], str]", Stemmer.Stemmer(language, 0).stemWord)
