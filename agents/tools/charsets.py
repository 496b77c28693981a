"""Which letters the bytes of a page are: what is said about them counts as long as they bear it out."""

from __future__ import annotations

import codecs
import re
from typing import Final

FALLBACK: Final = "cp1252"
"""Reads anything; what most pages without a word about it are written in."""
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_META: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_XML: Final = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.:-]{2,40})""")
_HEAD: Final = 4_096
_SAMPLE: Final = 16_384
_NEVER: Final = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7", "undefined", "mbcs", "oem"}
)
_MEANT: Final = {"iso8859-1": FALLBACK, "ascii": "utf-8"}
"""What browsers read where a page says this."""


def charset_of(body: bytes, said: str, *, marked_up: bool) -> str:
    """Return the name of a codec that reads `body`, at worst with single signs replaced. Never raises.

    `said` is the charset of the header, `marked_up` whether the page may say it itself. It may take a while.
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name
    own = [match[1].decode("ascii") for match in (_META.search(body[:_HEAD]), _XML.search(body[:_HEAD])) if match]
    for name in (said, *(own if marked_up else ()), "utf-8"):
        known = _codec(name)
        if known and _bears(body, known):
            return known
    return _guessed(body[:_SAMPLE])


def _codec(name: str) -> str:
    """The codec's own name, empty where there is none that reads text."""
    try:
        known = codecs.lookup(name.strip().strip("\"'")).name
        b"a".decode(known)
    except (LookupError, ValueError):  # unknown, with a NUL in it, or no codec of texts
        return ""
    return "" if known.replace("_", "-") in _NEVER else _MEANT.get(known, known)


def _bears(body: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(body)  # a sign may be cut in the middle at the end
    except (UnicodeError, LookupError):
        return False
    return True


def _guessed(sample: bytes) -> str:
    import charset_normalizer  # noqa: PLC0415 - needed for few pages

    best = charset_normalizer.from_bytes(sample).best()
    return (_codec(best.encoding) if best is not None else "") or FALLBACK
