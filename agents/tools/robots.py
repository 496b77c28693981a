"""What a site wants programs to leave alone: its robots.txt, read as RFC 9309 says.

The reader of the standard library takes the first rule that fits instead of the longest and knows no `*` in paths,
which is how most rules are written today.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote

from agents.tools.receiving import AGENT

LARGEST: Final = 500_000
_MOST_RULES: Final = 5_000
_SAFE: Final = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site says to us."""

    rules: tuple[tuple[str, bool], ...] = ()
    """Path pattern and whether it is allowed."""
    delay: float = 0.0
    """Seconds it wants between two requests."""

    def allow(self, path: str) -> bool:
        """Whether a path, with its question, may be read: the longest rule that fits decides, allowing where equal."""
        if path == "/robots.txt":
            return True
        plain = _plain(path)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.rules if _fits(pattern, plain)]
        return max(fitting, default=(0, True))[1]


EVERYTHING: Final = Rules()
NOTHING: Final = Rules((("/", False),))


@dataclass(slots=True)
class _Group:
    agents: set[str] = field(default_factory=set)
    rules: list[tuple[str, bool]] = field(default_factory=list)
    delay: float = 0.0
    closed: bool = False
    """A rule was seen: the next agent begins another group."""


def read_rules(text: str) -> Rules:
    """Read the rules for us; those for everybody hold where none name us."""
    groups = _groups(text)
    ours = [group for group in groups if AGENT.lower() in group.agents]
    ours = ours or [group for group in groups if "*" in group.agents]
    rules = tuple(rule for group in ours for rule in group.rules)
    return Rules(rules[:_MOST_RULES], max((group.delay for group in ours), default=0.0))


def _groups(text: str) -> list[_Group]:
    groups: list[_Group] = []
    for line in text.splitlines():
        name, mark, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not mark:
            continue
        if name == "user-agent":
            if not groups or groups[-1].closed:
                groups.append(_Group())
            groups[-1].agents.add(value.partition("/")[0].strip().lower())
        elif groups and name in {"allow", "disallow"}:
            groups[-1].closed = True
            if value:
                groups[-1].rules.append((_plain(value), name == "allow"))
        elif groups and name == "crawl-delay":
            groups[-1].closed = True
            groups[-1].delay = _seconds(value)
    return groups


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < float("inf") else 0.0


def _plain(path: str) -> str:
    """One way of writing for paths that are compared."""
    return quote(unquote(path.replace("%2F", "%252F").replace("%2f", "%252F"), errors="replace"), safe=_SAFE)


def _fits(pattern: str, path: str) -> bool:
    """Match `*` and a final `$`, piece by piece from the left: never slower than the two are long."""
    anchored = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place = len(first)
    if not others:
        return not anchored or place == len(path)
    *middle, last = others
    for piece in middle:
        found = path.find(piece, place)
        if found < 0:
            return False
        place = found + len(piece)
    if anchored:
        return len(path) - len(last) >= place and path.endswith(last)
    return path.find(last, place) >= 0
