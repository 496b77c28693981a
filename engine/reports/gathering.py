"""Gather a report from the journal, the ledger and the archive: queries on the truth, nothing kept beside it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError, StorageError
from core.events import RISKS
from core.i18n import Words
from engine.reports.folding import DECISIONS_KEPT, ReportFold
from engine.reports.records import read_events, read_records
from engine.reports.report import EventLine, Figures, ProjectLine, Report, RunLine
from engine.reports.wording import event_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.paths import Home
    from engine.journal import JournalRow
    from engine.reports.filters import ReportFilter
    from engine.reports.records import Delivered, Records


async def gather(home: Home, wanted: ReportFilter) -> Report:
    """Make the report `wanted` of a data folder, also while an engine works on it.

    Stores that cannot be read are named in `Report.notes`. InputError when the project or the run does not exist.
    """
    records = await read_records(home)
    return await asyncio.to_thread(_gathered, home, wanted, records)


@dataclass
class _Gathering:
    """A report on its way: what was asked, what was read and counted so far."""

    home: Home
    wanted: ReportFilter
    records: Records
    run_ids: frozenset[str] | None
    fold: ReportFold
    notes: list[Words]
    upto: int = 0

    def concerns(self, run: str, at: float) -> bool:
        """Tell whether something that happened is inside the scope and the period."""
        return self.wanted.covers(at) and (self.run_ids is None or run in self.run_ids)


def _gathered(home: Home, wanted: ReportFilter, records: Records) -> Report:
    run_ids = _scope(wanted, records)
    gathering = _Gathering(home, wanted, records, run_ids, ReportFold(wanted, records), list(records.notes))
    try:
        for row in read_events(home, wanted, run_ids):
            gathering.upto = row.seq
            gathering.fold.take(row)
    except StorageError as error:
        detail = str(error.facts.get("detail", error.code))
        gathering.notes.append(Words("report-note-journal", {"detail": detail}))
    for spend in records.spends:
        if gathering.concerns(spend.run, spend.at):
            gathering.fold.spend(spend)
    return _report(gathering)


def _scope(wanted: ReportFilter, records: Records) -> frozenset[str] | None:
    """The runs the report is about, None for all; a damaged archive must not hide what the journal knows of a run."""
    if wanted.run and wanted.run not in records.runs and not records.notes:
        raise InputError("unknown-run", run=wanted.run)
    if wanted.project and wanted.project not in records.projects and not records.notes:
        raise InputError("unknown-project", project=wanted.project)
    if not wanted.run and not wanted.project:
        return None
    chosen = {run for run, record in records.runs.items() if not wanted.project or record.project == wanted.project}
    if wanted.run:
        chosen &= {wanted.run}
        if records.notes and not wanted.project:
            chosen = {wanted.run}
    return frozenset(chosen)


def _told(gathering: _Gathering) -> tuple[tuple[EventLine, ...], tuple[EventLine, ...]]:
    """Read the chosen events once more and put them into words: those of the list, then the riskiest."""
    listed, risky = gathering.fold.listed.kept(), gathering.fold.risky.kept()
    locale = gathering.wanted.locale
    lines = {row.seq: _line(row, locale) for row in _chosen(gathering, listed.keys() | risky.keys())}
    worst_first = sorted(risky, key=lambda seq: (-risky[seq], -seq))
    return (
        tuple(lines[seq] for seq in sorted(listed) if seq in lines),
        tuple(lines[seq] for seq in worst_first if seq in lines),
    )


def _chosen(gathering: _Gathering, chosen: set[int]) -> Iterator[JournalRow]:
    if not chosen:
        return
    try:
        after, upto = min(chosen) - 1, max(chosen)
        rows = read_events(gathering.home, gathering.wanted, gathering.run_ids, after=after, upto=upto)
        yield from (row for row in rows if row.seq in chosen)
    except StorageError:
        return  # damaged since the first pass, or there as well: then its note stands already


def _line(row: JournalRow, locale: str) -> EventLine:
    return EventLine(row.seq, row.at, row.type, row.risk, row.name, row.run, row.module, event_text(row, locale))


def _report(gathering: _Gathering) -> Report:
    wanted, records, fold = gathering.wanted, gathering.records, gathering.fold
    listed, risky = _told(gathering)
    totals = Figures()
    for line in fold.runs.values():
        totals.add(line.figures)
    runs = _runs(gathering)
    versions = tuple(item for item in records.versions if gathering.concerns(item.run, item.created))
    return Report(
        filter=wanted,
        made=time.time(),
        since=fold.first,
        until=fold.last,
        totals=totals,
        outcomes=dict(sorted(Counter(line.outcome for line in runs).items())),
        by_type=dict(sorted(fold.by_type.items())),
        by_risk={risk: fold.by_risk[risk] for risk in RISKS if fold.by_risk[risk]},
        projects=_projects(runs, versions, records),
        runs=runs,
        versions=versions,
        models=dict(sorted(fold.models.items(), key=lambda item: (-item[1].cost_usd, -item[1]["calls"], item[0]))),
        decisions=tuple(fold.decisions[-DECISIONS_KEPT:]),
        risks=risky,
        risks_total=fold.risky.seen,
        events=listed,
        events_total=fold.listed.seen,
        days=dict(sorted((day, dict(sorted(types.items()))) for day, types in fold.days.items())),
        costs=dict(sorted((day, dict(models)) for day, models in fold.costs.items())),
        statistics=fold.statistics.finished(),
        notes=tuple(gathering.notes),
        home=gathering.home,
        upto=gathering.upto,
        run_ids=gathering.run_ids,
    )


def _runs(gathering: _Gathering) -> tuple[RunLine, ...]:
    """The runs that began or were worked on in the period, oldest first, joined with what the archive knows."""
    records = gathering.records
    lines = {run: line for run, line in gathering.fold.runs.items() if run}
    for run, record in records.runs.items():
        if run not in lines and gathering.concerns(run, record.created):
            lines[run] = RunLine(run, first=record.created, last=record.created)
    delivered: dict[str, list[int]] = {}
    for version in records.versions:
        delivered.setdefault(version.run, []).append(version.number)
    for run, line in lines.items():
        known = records.runs.get(run)
        if known is not None:
            line.project, line.created, line.outcome = known.project, known.created, known.outcome
            line.request = records.requests.get(run, "")
        line.versions = sorted(delivered.get(run, []))
    return tuple(sorted(lines.values(), key=lambda line: (line.created or line.first, line.run)))


def _projects(runs: tuple[RunLine, ...], versions: tuple[Delivered, ...], records: Records) -> tuple[ProjectLine, ...]:
    lines: dict[str, ProjectLine] = {}
    for run in runs:
        project = records.projects.get(run.project)
        line = lines.setdefault(run.project, ProjectLine(run.project, project.title if project else ""))
        line.runs += 1
        line.last = max(line.last, run.last)
        line.figures.add(run.figures)
    for version in versions:
        if version.project in lines:
            lines[version.project].versions += 1
    return tuple(lines.values())
