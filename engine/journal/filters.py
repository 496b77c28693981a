"""What of the journal is wanted: one filter, as SQL for rows in the table and in Python for rows that were archived."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from core.events import RISKS
from engine.journal.rows import folded, listed, needle, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.journal.rows import Stored
    from engine.journal.segments import Facts

_FEW_RUNS: Final = 8
_SAID_IN_ROW: Final = "EXISTS (SELECT 1 FROM words WHERE words.seq = events.seq AND instr(words.folded, ?) > 0)"
_SAID_ANYWHERE: Final = "seq IN (SELECT seq FROM words WHERE instr(folded, ?) > 0)"
"""One pass over all words is quicker than finding those of each row, unless few rows are left by then."""


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Everything that is said has to hold; what is left out holds for every event."""

    runs: tuple[str, ...] | None = None
    """None = all; an empty tuple is no run at all, `("",)` events outside of runs."""
    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    """Beginnings of names, e.g. `build.`; with `names` either may hold."""
    risk: str = "none"
    """The least risk, one of `core.events.RISKS`; empty = any."""
    since: float | None = None
    """Seconds since the epoch, included."""
    until: float | None = None
    """Seconds since the epoch, not included."""
    text: str = ""
    """Contained in the name or in the data as it is written in JSON, in any letter case."""
    after: int = 0
    """The `seq` behind which to begin."""
    before: int | None = None
    """The `seq` in front of which to end."""
    limit: int | None = None
    newest_first: bool = False

    def __post_init__(self) -> None:
        if self.risk and self.risk not in RISKS:
            raise InputError("journal-risk", risk=self.risk[:80], allowed=", ".join(RISKS))

    @property
    def few_runs(self) -> bool:
        """Whether so few runs are wanted that they are best looked up one by one."""
        return self.runs is not None and len(self.runs) <= _FEW_RUNS

    def test(self) -> Callable[[Stored], bool]:
        """Return what tells whether everything but `limit` holds for a row."""
        runs = None if self.runs is None else set(map(plain, self.runs))
        types, names, prefixes = set(self.types), set(map(plain, self.names)), tuple(map(plain, self.prefixes))
        any_name, risks, text = not (names or prefixes), self._risks(), needle(self.text)
        since = -math.inf if self.since is None else self.since
        until = math.inf if self.until is None else self.until
        before = math.inf if self.before is None else self.before

        def accepts(row: Stored) -> bool:
            return (
                row.seq > self.after
                and row.seq < before
                and (runs is None or row.run in runs)
                and (not types or row.type in types)
                and (any_name or row.name in names or row.name.startswith(prefixes))
                and row.risk in risks
                and since <= row.at < until
                and (not text or text in folded(row.name, row.data))
            )

        return accepts

    def may_be_in(self, segment: Facts) -> bool:
        """Tell whether a segment can hold anything wanted, so that others need not be opened."""
        return (
            segment.last > self.after
            and (self.before is None or segment.first < self.before)
            and (not self.types or not set(self.types).isdisjoint(segment.types.split(",")))
            and segment.risk in self._risks()
            and (self.since is None or segment.until >= self.since)
            and (self.until is None or segment.since < self.until)
        )

    def where(self) -> tuple[str, list[str | float]]:
        """Return the condition in SQL for a row of `events`, without `limit`, and its values."""
        parts: list[tuple[str, list[str | float]]] = [("seq > ?", [self.after])]
        if self.before is not None:
            parts.append(("seq < ?", [self.before]))
        if self.runs is not None:
            parts.append(listed("run", self.runs))
        if self.types:
            parts.append(listed("type", self.types))
        if self.names or self.prefixes:
            exact, names = listed("name", self.names)
            either = " OR ".join([exact, *["instr(name, ?) = 1"] * len(self.prefixes)])
            parts.append((f"({either})", [*names, *map(plain, self.prefixes)]))
        if self.risk not in {"", RISKS[0]}:
            parts.append(listed("risk", self._risks()))
        if self.since is not None:
            parts.append(("at >= ?", [self.since]))
        if self.until is not None:
            parts.append(("at < ?", [self.until]))
        if self.text:
            parts.append((_SAID_IN_ROW if self.few_runs else _SAID_ANYWHERE, [needle(self.text)]))
        return " AND ".join(part for part, _ in parts), [value for _, values in parts for value in values]

    def _risks(self) -> tuple[str, ...]:
        every: tuple[str, ...] = RISKS
        return every[every.index(self.risk) if self.risk else 0 :]
