"""Measured progress: a loop that repeats its failures or its files is stopped, whatever the model says."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from core.plan import Finding, Severity, blocking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.roles.draft import Draft

_NUMBERS: Final = re.compile(r"0x[0-9a-f]+|\d+(\.\d+)?")
_SPOT_CHARACTERS: Final = 120


def finding(source: str, problem: str, change: str = "", *, path: str = "", severity: Severity = "blocker") -> Finding:
    """A finding of the harness itself."""
    return {"source": source, "severity": severity, "path": path, "line": 0, "problem": problem, "change": change}


def answer_findings(draft: Draft) -> list[Finding]:
    """What was wrong with the answer itself. A file too many is told but blocks nothing: it was left out."""
    surplus = draft.refused if draft.files else []
    return [
        finding("answer", problem, severity="minor" if problem in surplus else "blocker") for problem in draft.problems
    ]


def spots(findings: Sequence[Finding]) -> list[str]:
    """Stable names of what blocks: lines move and figures change, the spot stays the same."""
    return sorted({spot(item["source"], item["path"], item["problem"]) for item in blocking(list(findings))})


def spot(source: str, path: str, problem: str) -> str:
    """The name of one failing spot, without line numbers, addresses and timings."""
    first = problem.strip().splitlines()[0] if problem.strip() else ""
    return f"{source}|{path}|{_NUMBERS.sub('#', first)[:_SPOT_CHARACTERS]}"


class Progress:
    """Counts failures at the same spot.

    `repeats` is 0 after the first failure at a spot, 1 after the second (which changes the model) and so on; files
    that come back unchanged or as they were before count as a repetition even when the words are new.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._last: set[str] = set()
        self._trees: set[str] = set()
        self.repeats = 0

    def stuck(self, spots: Sequence[str], tree: str) -> bool:
        """Take note of a failed round; True when a person must be asked. Fewer failing spots are progress."""
        if (self._last and self._last <= set(spots)) or tree in self._trees:
            self.repeats += 1
        else:
            self.repeats = 0
        self._last = set(spots)
        self._trees.add(tree)
        return self.repeats + 1 >= self._limit


def file_diff(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """Unified diff between two sets of files."""
    parts: list[str] = []
    for path in sorted(set(before) | set(after)):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new:
            lines = difflib.unified_diff(
                old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{path}", f"b/{path}"
            )
            parts.extend(line if line.endswith("\n") else f"{line}\n" for line in lines)
    return "".join(parts)
