"""Problem patterns: what is found, held or failed most often, grouped by its text without the parts that vary."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from core.events import Json

PatternKind = Literal["finding", "hold", "build", "error"]

_MOST_GROUPS: Final = 20_000
"""Beyond this the rarer half is forgotten: memory stays bounded whatever the journal holds."""
_READ_CHARACTERS: Final = 1_000
_SHOWN_CHARACTERS: Final = 160
_VARYING: Final = (
    (re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?:0x)?[0-9a-f]{12,64}\b", re.IGNORECASE), "#"),
    (re.compile(r"'[^'\n]{1,200}'|\"[^\"\n]{1,200}\"|`[^`\n]{1,200}`|«[^»\n]{1,200}»"), "‹›"),
    (re.compile(r"(?:[A-Za-z]:)?(?:[\\/][\w.~+-]{1,80}){2,20}"), "‹path›"),
    (re.compile(r"\d+(?:[.,]\d+)*"), "N"),
    (re.compile(r"\s+"), " "),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One problem that came up again and again; `last` is when it was seen last, `example` its latest wording."""

    kind: PatternKind
    text: str
    count: int
    last: float
    example: str

    def as_dict(self) -> dict[str, Json]:
        """Return it as one JSON object."""
        return asdict(self)


@dataclass(slots=True)
class _Group:
    count: int = 0
    last: float = 0.0
    example: str = ""


class Patterns:
    """Counts problems by their normalised text."""

    def __init__(self) -> None:
        self._groups: dict[tuple[PatternKind, str], _Group] = {}

    def note(self, kind: PatternKind, text: str, at: float) -> None:
        """Count one problem."""
        key = (kind, normalised(text))
        if not key[1]:
            return
        group = self._groups.setdefault(key, _Group())
        group.count += 1
        if at >= group.last:
            group.last, group.example = at, text[:_SHOWN_CHARACTERS]
        if len(self._groups) > _MOST_GROUPS:
            frequent = sorted(self._groups.items(), key=lambda item: (item[1].count, item[1].last), reverse=True)
            self._groups = dict(frequent[: _MOST_GROUPS // 2])

    def most_frequent(self, limit: int) -> tuple[Pattern, ...]:
        """The `limit` most frequent ones, the most frequent first, among equals the latest."""
        order = sorted(self._groups.items(), key=lambda item: (-item[1].count, -item[1].last, item[0]))
        return tuple(
            Pattern(kind, text, group.count, group.last, group.example) for (kind, text), group in order[:limit]
        )


def normalised(text: str) -> str:
    """A problem's text without names in quotes, paths, numbers and hashes, so that equal problems read alike."""
    text = text[:_READ_CHARACTERS]
    for varying, stand_in in _VARYING:
        text = varying.sub(stand_in, text)
    return text.strip()[:_SHOWN_CHARACTERS]
