"""Lay a report out as a document: which facts stand where, in the words of its language."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from core.i18n import tr
from engine.reports import measures
from engine.reports.document import Chart, Column, Document, Section, Series, Table
from engine.reports.periods import bars_of
from engine.reports.report import COUNTED
from engine.reports.wording import clean, dollars, duration, line, moment, money, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.reports.report import EventLine, Figures, Report

OUTCOMES: Final = ("delivered", "answered", "refused", "rejected", "stopped", "cancelled")
_MOST_MODELS_IN_A_CHART: Final = 9
_MOST_ROWS: Final = 500
"""Rows of the tables of runs, projects and versions; JSON has all of them."""
_TITLE_CHARACTERS: Final = 120
_REQUEST_CHARACTERS: Final = 200
_NAME_CHARACTERS: Final = 80
_PATH_CHARACTERS: Final = 300
_WHOLE: Final = frozenset({"run", "project", "time", "began", "delivered", "sha256"})
_WORST: Final = "report-left-out"


def document(report: Report, *, events: int) -> Document:
    """The document of a report with at most `events` events in its list; every text in it is `clean`."""
    parts = (_summary, _charts, _risks, _projects, _runs, _versions, _models, _decisions)
    made = Document(
        title=tr("report-title", report.filter.locale),
        locale=report.filter.locale,
        facts=_about(report),
        notes=tuple(note.text(report.filter.locale) for note in report.notes),
        sections=(*(part(report) for part in parts), *measures.sections(report), _events(report, events)),
    )
    return made.mapped(lru_cache(maxsize=4096)(clean))  # names and ids come again and again


def columns(locale: str, *named: str | tuple[str, float] | tuple[str, float, str]) -> tuple[Column, ...]:
    """Columns with their titles from the catalogue: `name`, `(name, weight)` or `(name, weight, "right")`."""
    made = []
    for entry in named:
        name, weight, align = (entry, 1.0, "left") if isinstance(entry, str) else (*entry, "left")[:3]
        title = tr(f"report-column-{name}", locale)
        made.append(Column(title, float(weight), "right" if align == "right" else "left", whole=name in _WHOLE))
    return tuple(made)


def _about(report: Report) -> tuple[tuple[str, str], ...]:
    wanted, locale = report.filter, report.filter.locale
    asked = [
        ("made", moment(report.made)),
        ("period", tr("report-period", locale, since=_limit(wanted.since, locale), until=_limit(wanted.until, locale))),
        ("found", tr("report-period", locale, since=moment(report.since), until=moment(report.until))),
    ]
    if wanted.project:
        asked.append(("project", line(wanted.project, _NAME_CHARACTERS)))
    if wanted.run:
        asked.append(("run", line(wanted.run, _NAME_CHARACTERS)))
    if wanted.types:
        asked.append(("types", ", ".join(_type(kind, locale) for kind in wanted.types)))
    if wanted.risk_at_least != "none":
        asked.append(("risk", risk_text(wanted.risk_at_least, locale)))
    return tuple((tr(f"report-about-{name}", locale), text) for name, text in asked)


def _limit(at: float | None, locale: str) -> str:
    return tr("report-open", locale) if at is None else moment(at)


def _type(kind: str, locale: str) -> str:
    return tr(f"report-type-{kind.lower()}", locale)


def risk_text(risk: str, locale: str) -> str:
    """The name of a risk level."""
    return tr(f"report-risk-{risk}", locale)


def outcome_text(outcome: str, locale: str) -> str:
    """How a run ended, in a word."""
    if not outcome:
        return tr("report-outcome-unfinished", locale)
    return tr(f"report-outcome-{outcome}", locale) if outcome in OUTCOMES else line(outcome, _NAME_CHARACTERS)


def _section(
    report: Report, name: str, table: Table, *, total: int | None = None, told: str = "report-newest-only"
) -> Section:
    """A section with one table; when not all of it is shown, that is said in a sentence."""
    locale = report.filter.locale
    intro: tuple[str, ...] = ()
    shown = len(table.rows)
    if not shown:
        intro = (tr("report-nothing", locale),)
    elif total is not None and total > shown:
        intro = (tr(told, locale, shown=number(shown, locale), total=number(total, locale)),)
    return Section(tr(f"report-section-{name}", locale), intro, tables=(table,) if shown else ())


def _summary(report: Report) -> Section:
    locale, totals = report.filter.locale, report.totals
    figures = [("runs", number(len(report.runs), locale))]
    figures += [(f"outcome-{outcome or 'unfinished'}", number(count, locale)) for outcome, count in _outcomes(report)]
    for name in COUNTED:
        if name == "cost_usd":
            figures.append((name, money(totals, locale)))
        else:
            figures.append((name, number(totals[name], locale)))
    return Section(
        tr("report-section-summary", locale),
        figures=tuple((_figure(name, locale), text) for name, text in figures),
    )


def _outcomes(report: Report) -> list[tuple[str, int]]:
    return [(outcome, report.outcomes[outcome]) for outcome in (*OUTCOMES, "") if outcome in report.outcomes]


def _figure(name: str, locale: str) -> str:
    return tr(f"report-figure-{name.replace('_', '-')}", locale)


def _charts(report: Report) -> Section:
    locale = report.filter.locale
    models = list(report.models)[:_MOST_MODELS_IN_A_CHART]
    others = tr("report-other-models", locale)
    charts = [
        _over_time(tr("report-chart-events", locale), report.days, lambda kind: _type(kind, locale)),
        _over_time(
            tr("report-chart-builds", locale),
            {day: {"ok": item.builds_ok, "failed": item.builds_failed} for day, item in report.statistics.days.items()},
            lambda name: tr(f"report-chart-builds-{name}", locale),
        ),
        _over_time(
            tr("report-chart-cost", locale),
            {day: _joined(costs, models) for day, costs in report.costs.items()},
            lambda name: line(name, _NAME_CHARACTERS) or others,
            digits=4,
        ),
        _per_model(report, models, others),
    ]
    shown = tuple(chart for chart in charts if any(any(item.values) for item in chart.series))
    intro = () if shown else (tr("report-nothing", locale),)
    return Section(tr("report-section-charts", locale), intro, charts=shown)


def _joined(costs: Mapping[str, float], models: Sequence[str]) -> dict[str, float]:
    """Costs by model, those beyond the first few together under the empty name."""
    joined: dict[str, float] = {}
    for model, usd in costs.items():
        name = model if model in models else ""
        joined[name] = joined.get(name, 0.0) + usd
    return joined


def _over_time(
    title: str, days: Mapping[str, Mapping[str, float]], named: Callable[[str], str], *, digits: int = 0
) -> Chart:
    bars, places = bars_of(days)
    values: dict[str, dict[str, float]] = {}
    for day, entries in days.items():
        for name, value in entries.items():
            row = values.setdefault(name, {})
            row[places[day]] = row.get(places[day], 0.0) + value
    series = tuple(Series(named(name), tuple(row.get(bar, 0.0) for bar in bars)) for name, row in values.items())
    return Chart(title, bars, series, digits=digits)


def _per_model(report: Report, models: Sequence[str], others: str) -> Chart:
    rest = sum(figures.cost_usd for model, figures in report.models.items() if model not in models)
    shown = [(line(model, _NAME_CHARACTERS), report.models[model].cost_usd) for model in models]
    if rest:
        shown.append((others, rest))
    title = tr("report-chart-cost-model", report.filter.locale)
    bars = tuple(name for name, _ in shown)
    return Chart(title, bars, (Series("USD", tuple(usd for _, usd in shown)),), lying=True, digits=4)


def _risks(report: Report) -> Section:
    return _section(
        report, "risks", event_table(report.risks, report.filter.locale), total=report.risks_total, told=_WORST
    )


def _projects(report: Report) -> Section:
    locale = report.filter.locale
    rows = [
        [
            line(item.title or item.project, _TITLE_CHARACTERS) or tr("report-unknown-project", locale),
            item.project,
            number(item.runs, locale),
            number(item.versions, locale),
            number(item.figures["calls"], locale),
            number(item.figures["tokens"], locale),
            money(item.figures, locale),
            number(item.figures["errors"], locale),
        ]
        for item in report.projects[-_MOST_ROWS:]
    ]
    table = Table(
        columns(
            locale,
            ("title", 2.6),
            ("project", 1.7),
            *((name, 0.8, "right") for name in ("runs", "versions", "calls", "tokens")),
            ("cost", 1.3, "right"),
            ("errors", 0.8, "right"),
        ),
        rows,
    )
    return _section(report, "projects", table, total=len(report.projects))


def _runs(report: Report) -> Section:
    locale = report.filter.locale
    rows = [
        [
            item.run,
            item.project,
            line(item.request, _REQUEST_CHARACTERS),
            outcome_text(item.outcome, locale),
            moment(item.created or item.first),
            duration(item.seconds, locale),
            ", ".join(f"v{number_}" for number_ in item.versions),
            _models_text(item.models, item.figures),
            money(item.figures, locale),
        ]
        for item in report.runs[-_MOST_ROWS:]
    ]
    table = Table(
        columns(
            locale,
            ("run", 1.7),
            ("project", 1.25),
            ("request", 2.1),
            ("outcome", 0.95),
            ("began", 1.3),
            ("duration", 0.7),
            ("versions-made", 0.65),
            ("models", 1.7),
            ("cost", 1.0, "right"),
        ),
        rows,
    )
    return _section(report, "runs", table, total=len(report.runs))


def _models_text(models: Mapping[str, float], figures: Figures) -> str:
    if not figures.cost_usd:
        return line(", ".join(models), _PATH_CHARACTERS)
    return line(", ".join(f"{model} {dollars(usd)}" for model, usd in models.items()), _PATH_CHARACTERS)


def _versions(report: Report) -> Section:
    locale = report.filter.locale
    rows = [
        [
            item.project,
            f"v{item.number}",
            item.run,
            moment(item.created),
            line(item.artifact, _PATH_CHARACTERS),
            item.sha256,
        ]
        for item in report.versions[-_MOST_ROWS:]
    ]
    table = Table(
        columns(
            locale,
            ("project", 1.2),
            ("version", 0.6),
            ("run", 1.5),
            ("delivered", 1.1),
            ("artifact", 2.2),
            ("sha256", 2.4),
        ),
        rows,
    )
    return _section(report, "versions", table, total=len(report.versions))


def _models(report: Report) -> Section:
    locale = report.filter.locale
    rows = [
        [
            line(model, _NAME_CHARACTERS),
            number(figures["calls"], locale),
            number(figures["tokens"], locale),
            money(figures, locale),
        ]
        for model, figures in report.models.items()
    ]
    names = columns(locale, ("model", 3), ("calls", 1, "right"), ("tokens", 1, "right"), ("cost", 2, "right"))
    return _section(report, "models", Table(names, rows))


def _decisions(report: Report) -> Section:
    locale = report.filter.locale
    rows = [
        [
            moment(item.at),
            item.run,
            line(item.subject, _NAME_CHARACTERS),
            line(item.decision, _NAME_CHARACTERS),
            line(item.via, _NAME_CHARACTERS),
            line(item.reason, _REQUEST_CHARACTERS) or "-",
        ]
        for item in report.decisions[-_MOST_ROWS:]
    ]
    names = columns(locale, ("time", 1.2), ("run", 1.6), "subject", "decision", "via", ("reason", 3))
    return _section(report, "decisions", Table(names, rows), total=report.totals["decisions"])


def _events(report: Report, limit: int) -> Section:
    lines = report.events
    if len(lines) > limit:
        from core.events import RISKS  # noqa: PLC0415 - next to its only use

        worst = sorted(lines, key=lambda item: (RISKS.index(item.risk), item.seq), reverse=True)[:limit]
        lines = tuple(sorted(worst, key=lambda item: item.seq))
    return _section(report, "events", event_table(lines, report.filter.locale), total=report.events_total, told=_WORST)


def event_table(lines: Sequence[EventLine], locale: str) -> Table:
    """A table of events."""
    rows = [
        [
            str(item.seq),
            moment(item.at),
            _type(item.type, locale),
            risk_text(item.risk, locale),
            line(item.name, _NAME_CHARACTERS),
            line(item.run, _NAME_CHARACTERS),
            line(item.module, _NAME_CHARACTERS),
            item.text,
        ]
        for item in lines
    ]
    names = columns(
        locale,
        ("seq", 0.6, "right"),
        ("time", 1.1),
        ("type", 0.9),
        ("risk", 0.7),
        ("name", 1.2),
        ("run", 1.65),
        ("module", 0.9),
        ("what", 3.6),
    )
    return Table(names, rows, marks=[item.risk for item in lines])
