"""The deterministic half of the judge: rules kept as data that can only raise a level.

Passing the rules means "ask the model", never "approved": words alone cannot tell an attack from a lesson about it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.plan import Level, Subject

LEVELS: Final[tuple[Level, ...]] = ("green", "yellow", "red")
_INVISIBLE: Final = frozenset({"Cf", "Cc"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: all of `every` must be found and none of `unless`. Its text is the message `policy-<id>`."""

    id: str
    level: Level
    subjects: tuple[Subject, ...]
    needs_purpose: bool
    every: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]

    def hits(self, text: str) -> bool:
        """Tell whether the rule applies to normalised `text`."""
        return all(pattern.search(text) for pattern in self.every) and not any(
            pattern.search(text) for pattern in self.unless
        )


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of `agents/policy.toml`."""
    text = resources.files("agents").joinpath("policy.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    words: dict[str, str] = data["words"]
    return tuple(_rule(entry, words) for entry in data["rule"])


def _rule(entry: dict[str, Any], words: dict[str, str]) -> Rule:
    flags = re.IGNORECASE | re.MULTILINE
    return Rule(
        id=entry["id"],
        level=entry["level"],
        subjects=tuple(entry["subjects"]),
        needs_purpose=entry.get("needs_purpose", False),
        every=tuple(re.compile(_filled(pattern, words), flags) for pattern in entry["every"]),
        unless=tuple(re.compile(_filled(pattern, words), flags) for pattern in entry.get("unless", ())),
    )


def _filled(pattern: str, words: dict[str, str]) -> str:
    for name, alternatives in words.items():
        pattern = pattern.replace(f"<{name}>", f"(?:{alternatives})")
    return pattern


def matching(subject: Subject, text: str) -> list[Rule]:
    """The rules that apply to `text`, most serious first."""
    normal = text if subject == "code" else _normal(text)
    hits = [rule for rule in rules() if subject in rule.subjects and rule.hits(normal)]
    return sorted(hits, key=lambda rule: -LEVELS.index(rule.level))


def highest(levels: Sequence[Level]) -> Level:
    """The most serious of `levels`; green when there is none."""
    return max(levels, key=LEVELS.index, default="green")


def _normal(text: str) -> str:
    """Fold what hides words from a rule: full-width letters, invisible characters, the two spellings of one letter."""
    folded = unicodedata.normalize("NFKC", text).replace("ё", "е").replace("Ё", "Е")
    kept = "".join(char if char in "\n\t" or unicodedata.category(char) not in _INVISIBLE else "" for char in folded)
    return re.sub(r"[ \t\n]+", " ", kept)
