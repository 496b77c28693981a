"""The statistics as sections of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.errors import PROVIDER_FAULTS
from core.i18n import tr
from engine.reports.document import Column, Section, Table
from engine.reports.wording import at_least, duration, line, moment, number, percent

if TYPE_CHECKING:
    from engine.reports.report import Report
    from engine.statistics import DayFigures, ModelScore, Pattern

_MOST_DAYS: Final = 62
_ROLES: Final = ("router", "judge", "architect", "coder", "reviewer", "tester", "packager", "converse", "researcher")
_TEXT_CHARACTERS: Final = 160


def sections(report: Report) -> tuple[Section, ...]:
    """Success of builds and the models' records, problem patterns, figures over time."""
    return (_models(report), _patterns(report), _days(report))


def _titles(locale: str, *named: tuple[str, float, bool]) -> tuple[Column, ...]:
    return tuple(
        Column(tr(f"report-column-{name}", locale), weight, "right" if right else "left")
        for name, weight, right in named
    )


def _models(report: Report) -> Section:
    locale, statistics = report.filter.locale, report.statistics
    built = statistics.builds_ok + statistics.builds_failed
    said = tr(
        "report-build-success",
        locale,
        share=percent(statistics.build_success),
        ok=number(statistics.builds_ok, locale),
        all=number(built, locale),
    )
    rows = [_model(item, locale) for item in statistics.models]
    columns = _titles(
        locale,
        ("role", 1.0, False),
        ("model", 2.2, False),
        ("score", 0.7, True),
        ("calls", 0.8, True),
        ("failures", 1.5, False),
        ("latency", 1.1, True),
        ("tokens", 0.9, True),
        ("cost", 0.9, True),
        ("drafts", 0.9, True),
        ("per-module", 0.8, True),
        ("findings", 0.9, True),
        ("repairs", 0.8, True),
        ("first-run", 0.8, True),
    )
    intro = (said, tr("report-score-explained", locale)) if rows else (said,)
    return Section(tr("report-section-statistics", locale), intro, tables=(Table(columns, rows),) if rows else ())


def _model(item: ModelScore, locale: str) -> list[str]:
    failures = ", ".join(f"{_fault(fault, locale)} {count}" for fault, count in item.failures.items())
    coder = item.role == "coder"
    return [
        tr(f"who-{item.role}", locale) if item.role in _ROLES else line(item.role, _TEXT_CHARACTERS),
        line(item.model, _TEXT_CHARACTERS),
        f"{item.score:.0f}",
        number(item.calls, locale),
        line(failures, _TEXT_CHARACTERS) or "-",
        f"{duration(item.latency_median, locale)} / {duration(item.latency_p90, locale)}" if item.calls else "-",
        number(item.prompt_tokens + item.completion_tokens, locale),
        at_least(item.cost_usd, item.unpriced_calls) if item.calls else "-",
        f"{item.drafts_accepted}/{item.drafts}" if coder else "-",
        f"{item.drafts_per_module:.1f}" if item.modules else "-",
        f"{item.findings} ({item.review_findings})" if coder else "-",
        str(item.repairs) if coder else "-",
        f"{item.first_runs_ok}/{item.first_runs}" if coder else "-",
    ]


def _fault(fault: str, locale: str) -> str:
    known = fault in PROVIDER_FAULTS
    return tr(f"report-fault-{fault.replace('_', '-')}", locale) if known else line(fault, _TEXT_CHARACTERS)


def _patterns(report: Report) -> Section:
    locale = report.filter.locale
    rows = [_pattern(item, locale) for item in report.statistics.patterns]
    columns = _titles(locale, ("kind", 1.0, False), ("count", 0.6, True), ("last", 1.2, False), ("problem", 6.0, False))
    title = tr("report-section-patterns", locale)
    if not rows:
        return Section(title, (tr("report-nothing", locale),))
    return Section(title, tables=(Table(columns, rows),))


def _pattern(item: Pattern, locale: str) -> list[str]:
    kind = tr(f"report-pattern-{item.kind}", locale)
    return [kind, number(item.count, locale), moment(item.last), line(item.text, _TEXT_CHARACTERS)]


def _days(report: Report) -> Section:
    locale, days = report.filter.locale, report.statistics.days
    shown = list(days.items())[-_MOST_DAYS:]
    title = tr("report-section-days", locale)
    if not shown:
        return Section(title, (tr("report-nothing", locale),))
    names = ("ended", "delivered-runs", "builds", "modules", "drafts-made", "calls", "tokens", "cost", "errors")
    columns = _titles(locale, ("day", 1.1, False), *((name, 1.0, True) for name in names))
    intro: tuple[str, ...] = ()
    if len(days) > len(shown):
        intro = (tr("report-days-left-out", locale, shown=number(len(shown), locale), total=number(len(days), locale)),)
    return Section(title, intro, tables=(Table(columns, [_day(day, item, locale) for day, item in shown]),))


def _day(day: str, item: DayFigures, locale: str) -> list[str]:
    return [
        day or "-",
        number(item.runs_ended, locale),
        number(item.runs_delivered, locale),
        f"{item.builds_ok}/{item.builds_ok + item.builds_failed}",
        number(item.modules, locale),
        number(item.drafts, locale),
        number(item.calls, locale),
        number(item.tokens, locale),
        at_least(item.cost_usd, item.unpriced_calls),
        number(item.errors, locale),
    ]
