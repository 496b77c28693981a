"""Counts a report in one pass over the events, bounded in memory however many there are."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

from core.events import RISKS
from engine.reports.report import DecisionLine, Figures, RunLine
from engine.statistics.folding import StatisticsFold, day_of, number_in, text_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.events import Json, Risk
    from engine.journal import JournalRow
    from engine.reports.filters import ReportFilter
    from engine.reports.records import Records, Spend

EVENTS_KEPT: Final = 2_000
"""Events a report lists itself; CSV and JSON read all of them again."""
RISKS_KEPT: Final = 100
DECISIONS_KEPT: Final = 1_000
_RISKY: Final = RISKS.index("medium")
_RECOVERY: Final = ("recovery.", "backup.made", "backup.failed")
"""Beginnings of the names of events about backups made and data restored."""


def _amount(name: str) -> Callable[[Mapping[str, Json]], int]:
    return lambda data: int(number_in(data, name))


def _size(data: Mapping[str, Json]) -> int:
    found = data.get("findings")
    return len(found) if isinstance(found, list) else 0


def _one(_data: Mapping[str, Json]) -> int:
    return 1


_COUNTS: Final[Mapping[str, tuple[tuple[str, Callable[[Mapping[str, Json]], int]], ...]]] = {
    "build.finished": (("builds_ok", _one),),
    "build.failed": (("builds_failed", _one),),
    "tests.run": (("test_runs", _one), ("test_runs_ok", lambda data: int(data.get("ok") is True))),
    "draft.examined": (
        ("drafts", _one),
        ("drafts_accepted", lambda data: int(data.get("accepted") is True)),
        ("findings", _size),
    ),
    "project.checked": (("findings", _size),),
    "module.accepted": (("modules", _one),),
    "repair.started": (("repairs", _one),),
    "call.substituted": (("substitutions", _one),),
    "action.blocked": (("blocked", _one),),
    "decision.taken": (("decisions", _one),),
    "action.decided": (("decisions", _one),),
}
"""Event -> what it adds to which figure."""

_TYPES: Final = {"ERROR": "errors", "SECURITY": "security", "HEALTH": "health"}


class Newest:
    """The riskiest and then the newest events, by sequence number only: their texts are read afterwards."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._heap: list[tuple[int, int]] = []
        self.seen = 0

    def take(self, seq: int, risk: Risk) -> None:
        """Count one event and keep it while nothing riskier or newer needs its place."""
        self.seen += 1
        entry = (RISKS.index(risk), seq)
        if len(self._heap) < self._limit:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    def kept(self) -> dict[int, int]:
        """Sequence number -> rank of its risk."""
        return {seq: rank for rank, seq in self._heap}


class ReportFold:
    """Takes every event of the period and scope, then every paid call."""

    def __init__(self, wanted: ReportFilter, records: Records) -> None:
        self.runs: dict[str, RunLine] = {}
        self.models: dict[str, Figures] = defaultdict(Figures)
        self.by_type: Counter[str] = Counter()
        self.by_risk: Counter[str] = Counter()
        self.days: dict[str, Counter[str]] = defaultdict(Counter)
        self.costs: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self.decisions: list[DecisionLine] = []
        self.statistics = StatisticsFold()
        self.listed = Newest(EVENTS_KEPT)
        self.risky = Newest(RISKS_KEPT)
        self.first: float | None = None
        self.last: float | None = None
        self._wanted = wanted
        self._records = records

    def take(self, row: JournalRow) -> None:
        """Count one event."""
        risk = row.risk
        self.statistics.take(row)
        self.by_type[row.type] += 1
        self.by_risk[risk] += 1
        self.days[day_of(row.at)][row.type] += 1
        if RISKS.index(risk) >= _RISKY:
            self.risky.take(row.seq, risk)
        if self._wanted.lists(row.type, risk):
            self.listed.take(row.seq, risk)
        line = self._line(row.run, row.at)
        self._count(line.figures.counts, row)
        if row.name == "run.finished":
            line.outcome = text_in(row.data, "outcome")
        if row.name in {"decision.taken", "action.decided"}:
            self._decided(row)

    def spend(self, spend: Spend) -> None:
        """Count one paid call."""
        self.statistics.spend(spend)
        line = self._line(spend.run, spend.at)
        line.models[spend.model] = line.models.get(spend.model, 0.0) + spend.cost_usd
        for figures in (line.figures, self.models[spend.model]):
            figures.counts.update(calls=1, tokens=spend.tokens, unpriced_calls=int(not spend.priced))
            figures.cost_usd += spend.cost_usd
        self.costs[day_of(spend.at)][spend.model] += spend.cost_usd

    def _line(self, run: str, at: float) -> RunLine:
        self.first = at if self.first is None else min(self.first, at)
        self.last = at if self.last is None else max(self.last, at)
        line = self.runs.get(run)
        if line is None:
            line = self.runs[run] = RunLine(run, first=at, last=at)
        line.first, line.last = min(line.first, at), max(line.last, at)
        return line

    @staticmethod
    def _count(counts: Counter[str], row: JournalRow) -> None:
        counts["events"] += 1
        for name, amount in _COUNTS.get(row.name, ()):
            counts[name] += amount(row.data)
        if row.type in _TYPES:
            counts[_TYPES[row.type]] += 1
        if row.name.startswith(_RECOVERY):
            counts["recovery"] += 1
        if row.name == "tests.run":  # the newest run of the tests is what a run's tests are
            counts["tests_passed"] = int(number_in(row.data, "passed"))
            counts["tests_failed"] = int(number_in(row.data, "failed") + number_in(row.data, "errors"))

    def _decided(self, row: JournalRow) -> None:
        reasons = self._records.reasons
        said: Any = reasons.get((row.run, text_in(row.data, "digest"))) if row.name == "decision.taken" else ""
        said = said or reasons.get(("", text_in(row.data, "action"))) or text_in(row.data, "reason")
        self.decisions.append(
            DecisionLine(
                at=row.at,
                run=row.run,
                subject=text_in(row.data, "kind"),
                decision=text_in(row.data, "decision"),
                via=text_in(row.data, "via"),
                reason=str(said)[:500],
            )
        )
        if len(self.decisions) > 2 * DECISIONS_KEPT:
            del self.decisions[:DECISIONS_KEPT]
