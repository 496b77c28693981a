"""What a report counts is what archive, ledger and journal hold."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest

from core.errors import InputError
from core.events import Event
from engine.journal import read_journal
from engine.recovery.rebuilding import add_spending
from engine.recovery.witness import Witness
from engine.reports.filters import ReportFilter, from_dict, moment_from
from engine.reports.gathering import gather
from engine.reports.report import COUNTED
from graph.ledger import Ledger
from memory.archive import SqliteArchive
from tests.engine.reports.folders import BIG_NOW, MANY, TASK, emit


class Nobody:
    def emit(self, event):
        pass


async def test_the_figures_of_a_delivered_run_are_those_of_archive_ledger_and_journal(demo):
    home, [(project, run), (_, question)] = demo
    report = await gather(home, ReportFilter())
    archive, ledger = SqliteArchive(home.database), Ledger(home.ledger, Nobody())
    try:
        [version] = await archive.versions(project)
        spent = [await ledger.spent(item) for item in (run, question)]
    finally:
        ledger.close()
        archive.close()
    events = read_journal(home.journal)
    named = [event.name for event in events]
    assert report.outcomes == {"delivered": 1, "answered": 1}
    assert report.totals["calls"] == sum(item.calls for item in spent) > 0
    assert report.totals["tokens"] == sum(item.tokens for item in spent) > 0
    assert report.totals["events"] == report.events_total == len(events)
    assert report.totals["builds_ok"] == named.count("build.finished") == 1
    assert report.totals["drafts"] == named.count("draft.examined")
    assert report.totals["decisions"] == named.count("decision.taken") == len(report.decisions)
    assert report.totals["tests_passed"] == [event for event in events if event.name == "tests.run"][-1].data["passed"]
    line = next(item for item in report.runs if item.run == run)
    assert (line.project, line.request, line.outcome, line.versions) == (project, TASK, "delivered", [1])
    assert [(item.artifact, item.sha256) for item in report.versions] == [(version.artifact, version.sha256)]
    assert {item.project: item.versions for item in report.projects}[project] == 1
    assert {model for item in report.runs for model in item.models} == set(report.models)
    assert all(item.via == "--yes" for item in report.decisions)


async def test_the_totals_are_the_sums_of_the_runs_and_of_the_models(demo):
    home, [(_, run), _] = demo
    emit(home, Event("HEALTH", "health.changed", data={"system": "runner"}), Event("ERROR", "x.failed", run=run))
    report = await gather(home, ReportFilter())
    outside = {"events": 1, "health": 1}
    for name in COUNTED:
        summed = sum(line.figures.as_dict()[name] for line in report.runs)
        assert report.totals.as_dict()[name] == summed + outside.get(name, 0), name
    for name in ("calls", "tokens"):
        assert sum(figures[name] for figures in report.models.values()) == report.totals[name]
    assert sum(report.by_type.values()) == sum(report.by_risk.values()) == report.totals["events"]
    assert sum(sum(types.values()) for types in report.days.values()) == report.totals["events"]


async def test_a_project_and_a_run_narrow_everything(demo):
    home, [(project, run), (other, question)] = demo
    emit(home, Event("HEALTH", "health.changed", data={}))
    for wanted in (ReportFilter(project=project), ReportFilter(run=run)):
        report = await gather(home, wanted)
        assert [line.run for line in report.runs] == [run]
        assert {row.run for row in report.rows()} == {run}
        assert report.totals["health"] == 0
    assert not (await gather(home, ReportFilter(project=other, run=run))).runs
    assert [line.run for line in (await gather(home, ReportFilter(run=question))).runs] == [question]


async def test_a_period_takes_its_beginning_and_leaves_its_end(many):
    first = BIG_NOW - MANY * 20
    report = await gather(many, ReportFilter(since=first + 20, until=first + 100))
    assert [row.seq for row in report.rows()] == [2, 3, 4, 5]
    assert (report.since, report.until) == (first + 20, first + 80)
    assert report.totals["events"] == 4


async def test_types_and_risk_narrow_the_list_and_not_the_figures(many):
    everything = await gather(many, ReportFilter())
    builds = await gather(many, ReportFilter(types=("BUILD",)))
    risky = await gather(many, ReportFilter(risk_at_least="medium"))
    assert {row.type for row in builds.rows()} == {"BUILD"}
    assert builds.events_total == everything.by_type["BUILD"]
    assert [row.name for row in risky.rows()] == ["node.crashed"] * 3
    assert builds.totals.as_dict() == risky.totals.as_dict() == everything.totals.as_dict()


async def test_of_more_events_than_fit_the_riskiest_and_then_the_newest_are_listed(many):
    report = await gather(many, ReportFilter())
    assert len(report.events) == 2_000
    assert report.events_total == MANY
    listed = {item.seq for item in report.events}
    assert {1000, 2000, 3000} <= listed  # the errors, old ones as well
    audits = {seq for seq in range(1, MANY + 1) if seq % 5 == 0}
    assert audits <= listed  # of low risk
    harmless = sorted(listed - audits)
    assert harmless == [seq for seq in range(1, MANY + 1) if seq % 5][-len(harmless) :]


async def test_what_happens_while_a_report_is_made_belongs_to_the_next_one(demo):
    home, _ = demo
    report = await gather(home, ReportFilter())
    emit(home, Event("INFO", "later.event"))
    assert "later.event" not in {row.name for row in report.rows()}
    assert len(list(report.rows())) == report.events_total
    assert (await gather(home, ReportFilter())).events_total == report.events_total + 1


async def test_calls_of_unknown_price_are_counted_apart(demo):
    home, [(_, run), _] = demo
    ledger = Ledger(home.ledger, Nobody())
    try:
        await ledger.execute(
            lambda db: [
                db.execute(
                    "INSERT INTO spend VALUES (?,?,?,?,?,?,?,?,?,?)",
                    (key, run, "coder.write", "m", "acme:big", 10, 5, usd, priced, 1.5),
                )
                for key, usd, priced in (("a", 0.25, 1), ("b", 0.0, 0))
            ]
        )
    finally:
        ledger.close()
    report = await gather(home, ReportFilter())
    assert report.totals["unpriced_calls"] == report.models["acme:big"]["unpriced_calls"] == 1
    assert report.totals.cost_usd == report.models["acme:big"].cost_usd == 0.25


async def test_a_call_that_recovery_put_back_counts_when_it_was_paid(demo):
    home, [(_, run), _] = demo
    before = await gather(home, ReportFilter())
    paid = {"call": "coder.write", "model": "acme:big", "prompt_tokens": 10, "completion_tokens": 5, "cost_usd": 0.25}
    emit(home, Event("PROVIDER", "call.finished", run=run, module="m", data={**paid, "priced": True}, at=BIG_NOW + 0.5))
    with closing(sqlite3.connect(home.ledger, isolation_level=None)) as ledger:
        add_spending(ledger, Witness(home.journal, home.journal_archive, home.ledger).payments())
    report = await gather(home, ReportFilter(since=BIG_NOW, until=BIG_NOW + 1))
    assert (report.totals["calls"], report.totals.cost_usd) == (1, 0.25)
    everything = await gather(home, ReportFilter())
    assert everything.totals["calls"] == before.totals["calls"] + 1
    assert min(before.since, BIG_NOW) <= everything.since


async def test_a_damaged_store_is_a_note_and_the_rest_is_told(demo):
    home, [(project, run), _] = demo
    home.database.write_bytes(b"no database at all" * 100)
    report = await gather(home, ReportFilter())
    assert [note.message for note in report.notes] == ["report-note-archive"]
    assert report.totals["calls"] > 0
    assert {line.run: line.outcome for line in report.runs}[run] == "delivered"  # the journal knows it as well
    assert (await gather(home, ReportFilter(run=run))).totals["builds_ok"] == 1
    home.journal.write_bytes(b"no database at all" * 100)
    report = await gather(home, ReportFilter(project=project))
    assert [note.message for note in report.notes] == ["report-note-archive", "report-note-journal"]
    assert report.events == ()


async def test_an_empty_data_folder_has_an_empty_report(tmp_path):
    from core.paths import Home  # noqa: PLC0415 - the only folder that is not prepared

    report = await gather(Home(tmp_path / "nowhere"), ReportFilter())
    assert report.totals["events"] == len(report.runs) == 0
    assert not (tmp_path / "nowhere").exists()


async def test_a_clock_out_of_every_calendar_is_no_obstacle(home):
    emit(home, Event("ERROR", "strange.clock", at=1e300), Event("ERROR", "old.clock", at=-1e300))
    report = await gather(home, ReportFilter())
    assert report.events_total == 2
    assert report.days == {"": {"ERROR": 2}}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"types": ["NONSENSE"]}, "report-type"),
        ({"risk_at_least": "huge"}, "report-risk"),
        ({"locale": "de"}, "report-language"),
        ({"since": 5, "until": 5}, "report-period"),
        ({"since": "soon"}, "report-filter"),
        ({"types": 5}, "report-filter"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(values, code):
    with pytest.raises(InputError) as caught:
        from_dict(values)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("wanted", "code"), [({"run": "r-no"}, "unknown-run"), ({"project": "p-no"}, "unknown-project")]
)
async def test_a_run_or_project_that_does_not_exist_is_refused(demo, wanted, code):
    with pytest.raises(InputError) as caught:
        await gather(demo[0], ReportFilter(**wanted))
    assert caught.value.code == code


def test_a_filter_survives_its_way_through_a_task():
    wanted = ReportFilter("p", 1.0, 2.0, ("ERROR", "BUILD"), "low", "r", "ru")
    assert from_dict(wanted.as_dict()) == wanted


def test_a_day_means_its_beginning_and_as_an_end_all_of_it():
    assert moment_from("2025-01-31") == 1_738_281_600.0
    assert moment_from("2025-01-31", end=True) == 1_738_281_600.0 + 86_400
    assert moment_from("2025-01-31T12:00+02:00") == 1_738_281_600.0 + 10 * 3600
    assert moment_from("2025-01-31 12:00", end=True) == 1_738_281_600.0 + 12 * 3600
    for text in ("yesterday", "2025-02-30", "31.01.2025", "", "9999-12-31"):
        if text == "9999-12-31":
            assert moment_from(text) > time.time()
            continue
        with pytest.raises(InputError):
            moment_from(text)
