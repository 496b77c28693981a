"""Finding the JSON object in a model's answer: bare, fenced, between prose, with trailing commas."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from core.events import Json

_THINKING: Final = re.compile(r"\A\s*<(think|thinking)>.*?</\1>\s*", re.DOTALL)
_FENCE: Final = re.compile(r"```[ \t]*(?:[\w-]+[ \t]*)?\r?\n(.*?)```", re.DOTALL)
_STRING_OR_COMMA: Final = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)
_MOST_SCANNED: Final = 2_000_000
"""Characters read in search of closing braces: every opening brace of a broken answer costs a scan to its end."""


def without_thinking(text: str) -> str:
    """Drop the `<think>` block some models put before their answer."""
    return _THINKING.sub("", text, count=1)


def find_object(text: str, required: Iterable[str] = ()) -> dict[str, Json] | None:
    """Return the first JSON object in `text` that has all `required` keys, None when there is none."""
    keys = frozenset(required)
    for candidate in _candidates(without_thinking(text)):
        value = _parse(candidate)
        if isinstance(value, dict) and keys <= value.keys():
            return value
    return None


def _candidates(text: str) -> Iterator[str]:
    yield text
    for match in _FENCE.finditer(text):
        yield match[1]
    scanned = 0
    for match in re.finditer(r"\{", text):
        if scanned > _MOST_SCANNED:
            return
        start = match.start()
        end = _closing(text, start)
        scanned += (end or len(text)) - start
        if end:
            yield text[start:end]


def _closing(text: str, start: int) -> int:
    """Return the place after the brace that closes the one at `start`, 0 when it is never closed."""
    depth = 0
    for match in _TOKEN.finditer(text, start):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
            if depth == 0:
                return match.end()
    return 0


def _parse(text: str) -> Json:
    """Parse leniently: raw line ends inside strings and trailing commas are forgiven."""
    text = text.strip().removeprefix("\ufeff")
    for attempt in (text, _STRING_OR_COMMA.sub(lambda match: match[1] or "", text)):
        try:
            value: Json = json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
        return value
    return None
