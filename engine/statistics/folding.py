"""Counts the statistics in one pass over events and paid calls."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from engine.statistics.patterns import Patterns
from engine.statistics.scores import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.events import Json
    from engine.journal import JournalRow
    from engine.reports.records import Spend
    from engine.statistics.patterns import Pattern
    from engine.statistics.scores import ModelScore

MOST_PATTERNS: Final = 50
UNKNOWN_DAY: Final = ""
_QUARTER_HOUR: Final = 900
"""Time zones differ from each other by whole quarters: within one a moment has the same day."""
_REVIEW: Final = "review"


@dataclass(slots=True)
class DayFigures:
    """What happened on one day of this machine's calendar."""

    runs_ended: int = 0
    runs_delivered: int = 0
    builds_ok: int = 0
    builds_failed: int = 0
    drafts: int = 0
    modules: int = 0
    errors: int = 0
    calls: int = 0
    tokens: int = 0
    cost_usd: float = 0.0
    unpriced_calls: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """How the work went."""

    builds_ok: int
    builds_failed: int
    models: tuple[ModelScore, ...]
    """The best first within each role."""
    patterns: tuple[Pattern, ...]
    """The most frequent first."""
    days: Mapping[str, DayFigures]
    """Day (`2025-01-31`) -> figures, in order; days on which nothing happened are left out."""

    @property
    def build_success(self) -> float | None:
        """Share of the builds that succeeded; None when nothing was built."""
        built = self.builds_ok + self.builds_failed
        return self.builds_ok / built if built else None

    def ranking(self, role: str) -> list[tuple[str, float, int]]:
        """(model, score 0..100, samples) of every model tried in a role, the best first.

        A model that is not in the list has no record: its score is 50.
        """
        return [(item.model, item.score, item.samples) for item in self.models if item.role == role]

    def as_dict(self) -> dict[str, Json]:
        """Return them as one JSON object."""
        return {
            "builds": {"ok": self.builds_ok, "failed": self.builds_failed, "success": self.build_success},
            "models": [item.as_dict() for item in self.models],
            "patterns": [item.as_dict() for item in self.patterns],
            "days": {day: asdict(figures) for day, figures in self.days.items()},
        }


@dataclass(slots=True)
class _RunFacts:
    """What has to be remembered of a run until it ends."""

    authors: dict[str, str] = field(default_factory=dict)
    """Module -> the model whose draft was accepted."""
    architect: str = ""
    planned: bool = False
    answerer: str = ""
    tester: str = ""
    tested: bool = False

    def credited(self) -> set[tuple[str, str]]:
        """(role, model) of those whose work a person sees."""
        seen = {("architect", self.architect), ("converse", self.answerer)}
        return {key for key in (*seen, *(("coder", author) for author in self.authors.values())) if key[1]}


class StatisticsFold:
    """Takes events in the order of the journal, and paid calls in any order."""

    def __init__(self) -> None:
        self._models: dict[tuple[str, str], Record] = defaultdict(Record)
        self._runs: dict[str, _RunFacts] = defaultdict(_RunFacts)
        self._days: dict[str, DayFigures] = defaultdict(DayFigures)
        self._patterns = Patterns()
        self._credited: dict[str, set[tuple[str, str]]] = {}
        self._rated: dict[str, bool] = {}
        """Run -> the last word of a person on it."""
        self._takers: dict[str, Callable[[JournalRow, _RunFacts], None]] = {
            "call.finished": self._call_finished,
            "call.substituted": self._call_substituted,
            "draft.examined": self._draft_examined,
            "module.accepted": self._module_accepted,
            "repair.started": self._repair_started,
            "project.checked": self._project_checked,
            "plan.drawn": self._plan_drawn,
            "tests.written": self._tests_written,
            "tests.run": self._tests_run,
            "tests.mutated": self._tests_mutated,
            "build.finished": self._build_finished,
            "build.failed": self._build_failed,
            "node.held": self._node_held,
            "node.crashed": self._node_crashed,
            "run.finished": self._run_finished,
            "answer.rated": self._answer_rated,
        }

    def take(self, row: JournalRow) -> None:
        """Count one event."""
        taker = self._takers.get(row.name)
        if taker is not None:
            taker(row, self._runs[row.run])
        if row.type == "ERROR":
            self._day(row).errors += 1
            if row.name not in {"node.held", "node.crashed"}:
                self._patterns.note("error", f"{row.name} {text_in(row.data, 'code', 'error', 'reason')}", row.at)

    def spend(self, spend: Spend) -> None:
        """Count one paid call."""
        record = self._models[spend.role, spend.model]
        record.calls += 1
        record.prompt_tokens += spend.prompt_tokens
        record.completion_tokens += spend.completion_tokens
        record.cost_usd += spend.cost_usd
        record.unpriced_calls += not spend.priced
        record.seconds.append(spend.seconds)
        day = self._days[day_of(spend.at)]
        day.calls += 1
        day.tokens += spend.tokens
        day.cost_usd += spend.cost_usd
        day.unpriced_calls += not spend.priced

    def finished(self) -> Statistics:
        """The statistics of everything taken so far."""
        for record in self._models.values():
            record.liked = record.disliked = 0
        for run, good in self._rated.items():
            for key in self._credited.get(run, ()):
                self._models[key].liked += good
                self._models[key].disliked += not good
        scores = [record.scored(model, role) for (role, model), record in self._models.items() if model]
        scores.sort(key=lambda item: (item.role, -item.score, -item.samples, item.model))
        return Statistics(
            builds_ok=sum(day.builds_ok for day in self._days.values()),
            builds_failed=sum(day.builds_failed for day in self._days.values()),
            models=tuple(scores),
            patterns=self._patterns.most_frequent(MOST_PATTERNS),
            days=dict(sorted(self._days.items())),
        )

    def _day(self, row: JournalRow) -> DayFigures:
        return self._days[day_of(row.at)]

    def _call_finished(self, row: JournalRow, facts: _RunFacts) -> None:
        call = text_in(row.data, "call")
        if call == "architect.plan":
            facts.architect = text_in(row.data, "model")
        elif call == "converse.answer":
            facts.answerer = text_in(row.data, "model")

    def _call_substituted(self, row: JournalRow, _facts: _RunFacts) -> None:
        role = text_in(row.data, "call").partition(".")[0]
        self._models[role, text_in(row.data, "failed")].failed(text_in(row.data, "fault") or "transient")

    def _draft_examined(self, row: JournalRow, facts: _RunFacts) -> None:
        findings = texts_in(row.data, "findings")
        record = self._models["coder", text_in(row.data, "model")]
        accepted = bool(row.data.get("accepted"))
        record.quality.note(accepted)
        record.findings += len(findings)
        record.review_findings += sum(text.startswith(_REVIEW) for text in findings)
        self._day(row).drafts += 1
        if accepted:
            facts.authors[row.module] = text_in(row.data, "model")
        for text in findings:
            self._patterns.note("finding", text, row.at)

    def _module_accepted(self, row: JournalRow, facts: _RunFacts) -> None:
        self._day(row).modules += 1
        author = facts.authors.get(row.module)
        if author is not None:
            record = self._models["coder", author]
            record.modules += 1
            record.module_drafts += int(number_in(row.data, "drafts"))

    def _repair_started(self, row: JournalRow, facts: _RunFacts) -> None:
        author = facts.authors.get(row.module)
        if author is not None:
            self._models["coder", author].repairs += 1

    def _project_checked(self, row: JournalRow, _facts: _RunFacts) -> None:
        for text in texts_in(row.data, "findings"):
            self._patterns.note("finding", text, row.at)

    def _plan_drawn(self, _row: JournalRow, facts: _RunFacts) -> None:
        facts.planned = True

    def _tests_written(self, row: JournalRow, facts: _RunFacts) -> None:
        facts.tester = text_in(row.data, "model")

    def _tests_run(self, row: JournalRow, facts: _RunFacts) -> None:
        if facts.tested:
            return
        facts.tested = True
        for author in set(facts.authors.values()):
            self._models["coder", author].first_run.note(bool(row.data.get("ok")))

    def _tests_mutated(self, row: JournalRow, facts: _RunFacts) -> None:
        if facts.tester:
            self._models["tester", facts.tester].quality.note(not texts_in(row.data, "survivors"))

    def _build_finished(self, row: JournalRow, _facts: _RunFacts) -> None:
        self._day(row).builds_ok += 1

    def _build_failed(self, row: JournalRow, _facts: _RunFacts) -> None:
        self._day(row).builds_failed += 1
        lines = text_in(row.data, "log").strip().splitlines()
        self._patterns.note("build", lines[-1] if lines else row.name, row.at)

    def _node_held(self, row: JournalRow, _facts: _RunFacts) -> None:
        self._patterns.note("hold", f"{text_in(row.data, 'node')}: {text_in(row.data, 'code')}", row.at)

    def _node_crashed(self, row: JournalRow, _facts: _RunFacts) -> None:
        self._patterns.note("error", f"{text_in(row.data, 'node')}: {text_in(row.data, 'error')}", row.at)

    def _run_finished(self, row: JournalRow, facts: _RunFacts) -> None:
        outcome = text_in(row.data, "outcome")
        day = self._day(row)
        day.runs_ended += 1
        day.runs_delivered += outcome == "delivered"
        if facts.planned and facts.architect and outcome in {"delivered", "stopped"}:
            self._models["architect", facts.architect].quality.note(outcome == "delivered")
        self._credited[row.run] = facts.credited()
        self._runs.pop(row.run, None)

    def _answer_rated(self, row: JournalRow, _facts: _RunFacts) -> None:
        self._rated[row.run] = row.data.get("good") is True
        self._runs.pop(row.run, None)


def day_of(at: float) -> str:
    """The day of a moment in this machine's calendar, empty for a moment no calendar has."""
    try:
        return _day_of_quarter(int(at // _QUARTER_HOUR))
    except (ValueError, OverflowError, OSError):
        return UNKNOWN_DAY


@lru_cache(maxsize=4096)
def _day_of_quarter(quarter: int) -> str:
    return date.fromtimestamp(quarter * _QUARTER_HOUR).isoformat()  # noqa: DTZ012 - the person's own days are meant


def text_in(data: Mapping[str, Json], *names: str) -> str:
    """The first of these values that is a text; events of other versions may lack any of them."""
    return next((value for name in names if isinstance(value := data.get(name), str)), "")


def texts_in(data: Mapping[str, Json], name: str) -> list[str]:
    """The texts of a list value."""
    value = data.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def number_in(data: Mapping[str, Json], name: str) -> float:
    """A number value, 0 when there is none."""
    value = data.get(name)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0
