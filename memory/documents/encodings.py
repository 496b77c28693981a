"""What bytes are, as far as their lines are concerned: text of some encoding, or no text. The bytes stay as they are.

The width of a character has to be known before the first cut and is seen in the beginning. Which of the encodings of
one byte it is (all of them end lines alike) is said when everything was heard.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

BINARY: Final = "binary"
NARROW: Final = ""
"""One byte or UTF-8; which one is not known yet."""
HEAD_BYTES: Final = 65_536
"""What is looked at to tell text from anything else."""

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, NARROW),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_CONTAINERS: Final = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"%PDF-",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"SQLite format 3\x00",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
)
_CONTROLS: Final = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))
_MOST_CONTROLS: Final = 0.02
_LEAST_READABLE: Final = 0.9
_USUAL: Final = re.compile(r"[\t\n\r -~\u00a0-\u024f\u0370-\u052f\u2010-\u2026\u20ac\u2116]")
_HEARD_SEGMENTS: Final = 16
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_HIGH_RUNS: Final = re.compile(rb"[\x80-\xff]{2,}")
_CYRILLIC: Final = ("cp1251", "koi8-r", "cp866")
_FREQUENT: Final = "оеаинтсрвлкмдпуя"
_CAPITAL_WEIGHT: Final = 0.6
_NOT_IN_CP1252: Final = b"\x81\x8d\x8f\x90\x9d"


def unit_of(encoding: str) -> int:
    """Bytes a line end is aligned to."""
    return {"utf-16": 2, "utf-32": 4}.get(encoding[:6], 1)


def family_of(head: bytes) -> str:
    """Return `BINARY`, one of the wide encodings or `NARROW`, from the first bytes of something."""
    for mark, encoding in _MARKS:
        if head.startswith(mark) and _decodes(head, encoding):
            return encoding
    if head.startswith(_CONTAINERS):
        return BINARY
    if b"\x00" in head and (wide := _unmarked(head)):
        return wide
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return BINARY if controls > max(1, _MOST_CONTROLS * len(head)) else NARROW


def _decodes(head: bytes, encoding: str) -> bool:
    """Whether a mark is believed; those of UTF-16 LE and UTF-32 LE begin alike."""
    if not encoding.startswith("utf-32"):
        return True
    try:
        head[: len(head) // 4 * 4].decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unmarked(head: bytes) -> str:
    """Return the wide encoding that makes readable text of it, empty when none does."""
    best, found = _LEAST_READABLE, ""
    for encoding in _WIDE:
        unit = unit_of(encoding)
        whole = head[: len(head) // unit * unit]
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(whole)
        except UnicodeDecodeError:
            continue
        if not text or not all(character.isprintable() or character in "\t\n\r\f" for character in text):
            continue
        usual = len(_USUAL.findall(text)) / len(text)
        if usual > best:
            best, found = usual, encoding
    return found


class Ear:
    """Hears narrow text piece by piece and says at the end how it is to be read."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._good = 0
        self._bad = 0
        self._high = bytearray()
        self._runs = 0
        self._heard = 0

    def hear(self, segment: bytes) -> None:
        """Take in the next bytes."""
        if segment.isascii() and not self._decoder.getstate()[0]:
            return
        try:
            self._decoder.decode(segment)
        except UnicodeDecodeError:
            self._decoder.reset()
            self._weigh(segment)
        else:
            self._good += 1

    def _weigh(self, segment: bytes) -> None:
        self._bad += 1
        if self._heard == _HEARD_SEGMENTS:
            return
        self._heard += 1
        text = segment.decode("utf-8", "surrogateescape")
        escaped = len(_ESCAPED.findall(text))
        self._bad += escaped
        self._good += len(text) - escaped - len(segment.translate(None, bytes(range(128, 256))))
        self._high += segment.translate(None, bytes(range(128)))
        self._runs += sum(len(run) for run in _HIGH_RUNS.findall(segment))

    def verdict(self) -> str:
        """Return Python's name of the encoding."""
        if self._good >= self._bad:
            return "utf-8"
        high = bytes(self._high)
        if 2 * self._runs >= len(high):
            return max(_CYRILLIC, key=lambda encoding: _likeness(high, encoding))
        return "latin-1" if any(byte in high for byte in _NOT_IN_CP1252) else "cp1252"


def _likeness(high: bytes, encoding: str) -> float:
    """How much bytes look like Russian: letters that are frequent, small ones more than capitals."""
    small = len(high) - len(high.translate(None, _FREQUENT.encode(encoding)))
    capital = len(high) - len(high.translate(None, _FREQUENT.upper().encode(encoding)))
    return small + _CAPITAL_WEIGHT * capital
