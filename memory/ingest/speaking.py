"""Whether a text is a conversation: seen from lines that begin with who speaks."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Final

SAMPLE_BYTES: Final = 64 * 1024
"""The beginning of a file that is looked at."""
_LEAST_TURNS: Final = 4
_LEAST_SHARE: Final = 0.2
"""Of the lines that hold anything; a form has colons too, but hardly two names that come again and again."""
_MOST_SPEAKERS: Final = 12
_LABEL: Final = re.compile(
    r"^\W{0,4}(?:\[[^\]\n]{1,40}\]\s*)?(?P<who>[^\W\d_][\w .'’()-]{0,40}?)\s*(?:\([^)\n]{1,40}\))?\**:(?=\s|\**\s|$)"
)
_SAID: Final = re.compile(
    r"^\W{0,6}(?P<who>вы|ты|you|user|assistant|chatgpt|claude|gemini|grok|deepseek|gigachat|алиса|ассистент"
    r"|пользователь|человек|human|model|[\w-]{2,20})\s+(?:сказал(?:а|и)?|писал(?:а|и)?|said|wrote|says)\s*:?\W*$",
    re.IGNORECASE,
)


def looks_spoken(text: str) -> bool:
    """Return whether two or more speakers take turns in `text`."""
    lines = [line for line in text.splitlines() if line.strip()]
    said = Counter(match["who"].casefold() for line in lines if (match := _SAID.match(line)))
    if len(said) > 1 and said.total() >= _LEAST_TURNS:
        return True  # chat pages put who speaks on a line of its own, and the answers are long
    labelled = [match["who"].casefold() for line in lines if (match := _LABEL.match(line))]
    regulars = {who: turns for who, turns in Counter(labelled).items() if turns > 1}
    turns = sum(regulars.values())
    enough = turns >= _LEAST_TURNS and turns >= _LEAST_SHARE * len(lines)
    return enough and 1 < len(regulars) <= _MOST_SPEAKERS and _alternate(labelled, regulars)


def _alternate(labelled: list[str], regulars: dict[str, int]) -> bool:
    """Whether the speakers answer each other: the fields of a record come in the same order again and again."""
    order = [who for who in labelled if who in regulars]
    if len(regulars) == 2:  # noqa: PLR2004 - two people answering each other look like a record of two fields
        return True
    pairs = Counter(pairwise(order))
    return len(pairs) > len(regulars)


def decoded_sample(data: bytes) -> str:
    """Return the beginning of a file as text, as far as it is text; empty for what is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        return ""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Only the last character may be cut by the end of the sample.
        cut = error.start >= len(data) - 3
        return data[: error.start].decode("utf-8-sig") if cut else data.decode("cp1251", "replace")
