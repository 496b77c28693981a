"""A report as data: everything counted once, so that every format says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from core.i18n import Words  # noqa: TC001 - as above
from core.paths import Home  # noqa: TC001 - as above
from engine.reports.filters import ReportFilter  # noqa: TC001 - as above
from engine.reports.records import Delivered, read_events
from engine.statistics.folding import Statistics  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.events import Json, Risk
    from engine.journal import JournalRow

COUNTED: Final = (
    "builds_ok",
    "builds_failed",
    "test_runs",
    "test_runs_ok",
    "tests_passed",
    "tests_failed",
    "drafts",
    "drafts_accepted",
    "modules",
    "repairs",
    "findings",
    "calls",
    "tokens",
    "cost_usd",
    "unpriced_calls",
    "substitutions",
    "events",
    "errors",
    "security",
    "blocked",
    "decisions",
    "health",
    "recovery",
)
"""What is counted per run, and summed over the runs: the totals are these sums, whoever prints them.

tests_passed and tests_failed are those of a run's newest test run; calls, tokens and money come from the ledger,
where `unpriced_calls` of the calls have no known price and count nothing into `cost_usd`.
"""


@dataclass(slots=True)
class Figures:
    """The counts of one run, project or model, or of everything."""

    counts: Counter[str] = field(default_factory=Counter)
    cost_usd: float = 0.0

    def add(self, other: Figures) -> None:
        """Sum up."""
        self.counts.update(other.counts)
        self.cost_usd += other.cost_usd

    def __getitem__(self, name: str) -> int:
        """One count, 0 when there was none."""
        return self.counts[name]

    def as_dict(self) -> dict[str, Json]:
        """Every figure under its name."""
        return {name: round(self.cost_usd, 6) if name == "cost_usd" else self.counts[name] for name in COUNTED}


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of the lists, told in the report's language; `text` is cut."""

    seq: int
    at: float
    type: str
    risk: Risk
    name: str
    run: str
    module: str
    text: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a person decided, how, and why as far as it was said."""

    at: float
    run: str
    subject: str
    decision: str
    via: str
    reason: str


@dataclass(slots=True)
class RunLine:
    """One run that was worked on in the period; the figures are those of the period."""

    run: str
    project: str = ""
    request: str = ""
    created: float = 0.0
    outcome: str = ""
    """Empty while it is not finished."""
    first: float = 0.0
    last: float = 0.0
    """Its first and last event of the period."""
    models: dict[str, float] = field(default_factory=dict)
    """Model -> USD of its calls whose price is known."""
    versions: list[int] = field(default_factory=list)
    figures: Figures = field(default_factory=Figures)

    @property
    def seconds(self) -> float:
        """Time between its first and last event; pauses included, the clock is all there is."""
        return max(0.0, self.last - self.first)


@dataclass(slots=True)
class ProjectLine:
    """One project, over its runs of the period."""

    project: str
    title: str
    runs: int = 0
    versions: int = 0
    last: float = 0.0
    figures: Figures = field(default_factory=Figures)


@dataclass(frozen=True)
class Report:
    """Everything a report says. Times are seconds since the epoch, money is USD."""

    filter: ReportFilter
    made: float
    since: float | None
    until: float | None
    """First and last moment anything was found, None when nothing was."""
    totals: Figures
    outcomes: Mapping[str, int]
    """Outcome -> runs; "" counts the unfinished."""
    by_type: Mapping[str, int]
    by_risk: Mapping[str, int]
    """Events of the period by type and by risk."""
    projects: tuple[ProjectLine, ...]
    runs: tuple[RunLine, ...]
    versions: tuple[Delivered, ...]
    models: Mapping[str, Figures]
    decisions: tuple[DecisionLine, ...]
    risks: tuple[EventLine, ...]
    risks_total: int
    """The riskiest events, and how many there are of medium and high risk."""
    events: tuple[EventLine, ...]
    events_total: int
    """The events the filter lists: of more than fit, the riskiest and then the newest."""
    days: Mapping[str, Mapping[str, int]]
    """Day -> type -> events."""
    costs: Mapping[str, Mapping[str, float]]
    """Day -> model -> USD."""
    statistics: Statistics
    notes: tuple[Words, ...]
    """What could not be read."""
    home: Home
    upto: int
    """The last event that belongs to the report."""
    run_ids: frozenset[str] | None
    """The runs it is about; None = all, and events of no run."""

    def rows(self) -> Iterator[JournalRow]:
        """Read every listed event again, in order; the same ones each time, however many were added since."""
        rows = read_events(self.home, self.filter, self.run_ids, upto=self.upto)
        return (row for row in rows if self.filter.lists(row.type, row.risk))

    def facts(self) -> dict[str, Json]:
        """Everything but the list of events, as JSON."""
        return {
            "made": self.made,
            "filter": self.filter.as_dict(),
            "since": self.since,
            "until": self.until,
            "notes": [note.text(self.filter.locale) for note in self.notes],
            "totals": {**self.totals.as_dict(), "runs": len(self.runs), "listed_events": self.events_total},
            "outcomes": {outcome or "unfinished": count for outcome, count in self.outcomes.items()},
            "events_by_type": dict(self.by_type),
            "events_by_risk": dict(self.by_risk),
            "projects": [{**asdict(item), "figures": item.figures.as_dict()} for item in self.projects],
            "runs": [{**asdict(item), "figures": item.figures.as_dict()} for item in self.runs],
            "versions": [asdict(item) for item in self.versions],
            "models": {model: figures.as_dict() for model, figures in self.models.items()},
            "decisions": [asdict(item) for item in self.decisions],
            "risks": {"total": self.risks_total, "shown": [asdict(item) for item in self.risks]},
            "events_per_day": {day: dict(types) for day, types in self.days.items()},
            "cost_per_day": {day: dict(models) for day, models in self.costs.items()},
            "statistics": self.statistics.as_dict(),
        }
