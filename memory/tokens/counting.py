"""Count tokens of a text and cut it to a number of them.

The table is loaded when something is counted for the first time, which takes a second of the processor: callers count
in a thread, never on the event loop. Where it cannot be loaded, tokens are estimated from above.
"""

from __future__ import annotations

import logging
import math
import re
import threading
from functools import cache
from typing import TYPE_CHECKING, Final

from memory.tokens.table import PATTERN, SPECIAL, read_table

if TYPE_CHECKING:
    from tiktoken import Encoding

_LOG: Final = logging.getLogger(__name__)
_LOADING: Final = threading.Lock()
_PIECE: Final = 50_000
"""Characters counted at a time: the time a run of equal characters takes grows with its square."""
_CHARACTERS_PER_TOKEN: Final = 16
"""More than any text of words has; what lies beyond is not looked at when a text is cut."""
_CODE_MARKS: Final = re.compile(r"[{}()\[\];=<>_/\\|&]")
_CODE_SHARE: Final = 0.05
_CODE_MORE: Final = 1.3
_ASCII_PER_TOKEN: Final = 3.2
_OTHERS_PER_TOKEN: Final = 2.0


def count(text: str) -> int:
    """Return how many tokens a text has."""
    encoding = _encoding()
    if encoding is None:
        return estimate(text)
    pieces = (text[start : start + _PIECE] for start in range(0, len(text), _PIECE))
    return sum(len(encoding.encode_ordinary(piece)) for piece in pieces)


def cut(text: str, tokens: int) -> str:
    """Return the beginning of a text that has at most so many tokens; never half a character."""
    if tokens <= 0:
        return ""
    begun = text[: tokens * _CHARACTERS_PER_TOKEN]
    while (found := count(begun)) > tokens:
        keep = len(begun) * tokens // found
        begun = begun[: min(keep, len(begun) - 1)]
    return begun


def estimate(text: str) -> int:
    """Return about how many tokens a text has, rather too many: a budget must hold without the table, too."""
    ascii_characters = sum(character < "\x80" for character in text)
    tokens = ascii_characters / _ASCII_PER_TOKEN + (len(text) - ascii_characters) / _OTHERS_PER_TOKEN
    if len(_CODE_MARKS.findall(text)) > len(text) * _CODE_SHARE:
        tokens *= _CODE_MORE
    return math.ceil(tokens)


def _encoding() -> Encoding | None:
    with _LOADING:  # two threads that count first would else load it twice
        return _loaded()


@cache
def _loaded() -> Encoding | None:
    try:
        from tiktoken import Encoding  # noqa: PLC0415 - only when something is counted

        return Encoding("o200k_base", pat_str=PATTERN, mergeable_ranks=read_table(), special_tokens=SPECIAL)
    except (ImportError, OSError, ValueError) as error:
        _LOG.warning("tokens are estimated, the table could not be loaded: %s", error)
        return None
