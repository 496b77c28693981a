"""The code-intent detector: files, classes, commands and technologies that a text names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from core.memory import Lines
from memory.blueprint.parts import Intent
from memory.blueprint.weighing import ranges

if TYPE_CHECKING:
    from memory.blueprint.parts import Parsed

_ENDINGS: Final = (
    "pyw?|exe|zip|json|ya?ml|toml|ini|cfg|db|sqlite3?|sql|csv|txt|md|html?|css|jsx?|tsx?|ico|png|svg|log|sh|bat|ps1"
    "|java|kt|go|rs|cpp|cs|php|rb|docx|xlsx|pdf"
)
_TOOLS: Final = "pip|npm|git|docker|cargo|python3?|uv|make|brew|apt"
_ORDERS: Final = "install|run|build|clone|-m|add|test"
_KINDS: Final = (
    ("file", re.compile(rf"(?<![\w/.])[\w-]{{2,60}}\.(?:{_ENDINGS})\b")),
    ("class", re.compile(r"(?<![\w.])(?:[A-Z][a-z0-9]+){2,5}(?:\(\))?(?![\w.])")),
    ("command", re.compile(rf"(?:^|(?<=[\s`(]))(?:{_TOOLS}) (?:{_ORDERS})(?!\w)[^\n`;,]{{0,60}}")),
    ("shape", re.compile(r"(?<!\w)[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?!\w)")),
    (
        "technology",
        re.compile(r"(?<![\w./-])(?:[A-Z][A-Za-z]*\d+|[A-Z]{2,}[a-z]*|[A-Z][a-z]+(?:DB|JS|SQL|ML|API|OS))(?![\w/-])"),
    ),
)
_MOST: Final = 120
_MOST_PLACES: Final = 12


def intents(parsed: Parsed) -> list[Intent]:
    """Return what is named, most often named first."""
    where: dict[tuple[str, str], list[int]] = {}
    for turn in parsed.turns:
        for number, text in turn.lines:
            taken: set[str] = set()
            for kind, pattern in _KINDS:
                for match in pattern.finditer(text):
                    name = match[0].strip().rstrip(".")
                    if name not in taken:
                        taken.add(name)
                        where.setdefault((kind, name), []).append(number)
    often = sorted(where, key=lambda key: (-len(where[key]), where[key][0], key))
    return [_intent(kind, name, parsed.source, where[kind, name]) for kind, name in often[:_MOST]]


def _intent(kind: str, name: str, source: str, numbers: list[int]) -> Intent:
    places = tuple(Lines(source, first, last) for first, last in ranges(numbers)[:_MOST_PLACES])
    return Intent(kind, name, places)  # type: ignore[arg-type] # kinds come from the table
