"""Foreign text as it really is: what a person consents to must not read differently from what it does."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_STEERING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Marks that turn the direction of reading, controls, and letters that have no width."""
_JOINERS: Final = re.compile("(?<=[\u0000-\u02ff])[\u200c\u200d]|[\u200c\u200d](?=[\u0000-\u02ff])")
"""Joiners make emoji and Persian words; beside Latin letters they only hide."""
_WORDS: Final = re.compile(r"[^\W\d_]+")
_ALPHABETS: Final = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")
"""Alphabets with letters that look alike."""
_MOST_SHOWN: Final = 200_000


def plain(text: str) -> str:
    """Return `text` with every character that cannot be seen spelled out, e.g. `[U+202E]`."""
    lines = text[:_MOST_SHOWN].replace("\r\n", "\n")
    return _JOINERS.sub(_spelled, _STEERING.sub(_spelled, lines))


def one_line(text: str) -> str:
    """Return `text` as a single honest line: for names, targets and addresses."""
    return " ".join(plain(text).split())


def disguised(text: str) -> list[str]:
    """Return the words of `text` that mix alphabets whose letters look alike, e.g. a Cyrillic `а` in `pаypal`."""
    return [word for word in dict.fromkeys(_WORDS.findall(text)) if len(_alphabets(word)) > 1]


def spelled_out(word: str) -> str:
    """Return a word with every letter beyond ASCII followed by its number."""
    return "".join(letter if letter.isascii() else f"{letter}[U+{ord(letter):04X}]" for letter in word)


def host_shown(host: str) -> str:
    """Return a host as it is looked up: letters beyond ASCII as punycode, so that no other host can pass for it."""
    labels = []
    for label in one_line(host).split("."):
        try:
            labels.append(label if label.isascii() else label.encode("idna").decode("ascii"))
        except UnicodeError:
            labels.append(spelled_out(label))
    return ".".join(labels)


def _spelled(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _alphabets(word: str) -> set[str]:
    names = (unicodedata.name(letter, "") for letter in word)
    return {alphabet for name in names for alphabet in _ALPHABETS if name.startswith(alphabet)}
