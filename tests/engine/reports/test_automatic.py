"""Reports that write themselves: when, which period, how often, and what is kept."""

from __future__ import annotations

import dataclasses
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import InputError
from core.events import Event
from engine.reports.automatic import (
    KEPT,
    KIND,
    CriticalWatch,
    critical_order,
    due,
    forget_old,
    is_critical,
    last_scheduled,
    period_before,
    scheduled_order,
)
from engine.reports.filters import ReportFilter
from engine.reports.worker import ReportWorker, report_order
from engine.tasks.task import Done, Task
from tests.engine.reports.folders import emit
from tests.engine.reports.parsing import read_html, read_json


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


NOW = at("2025-03-12 10:00:00")  # a Wednesday
BLOCKED = Event("SECURITY", "action.blocked", data={"kind": "delete"})


class Steered:
    """The task manager's side of a worker."""

    stopping = False

    def __init__(self):
        self.steps = []

    async def until_stopping(self):
        raise AssertionError("a report is not interrupted")

    def progress(self, fraction, step=""):
        self.steps.append((fraction, step))


class Kept:
    def __init__(self):
        self.events = []

    def emit(self, event):
        self.events.append(event)


@pytest.mark.parametrize(
    ("last", "every", "expected"),
    [
        (None, "never", False),
        (None, "day", True),
        ("2025-03-12 00:00:00", "day", False),
        ("2025-03-11 23:59:59", "day", True),
        ("2025-03-10 00:00:00", "week", False),
        ("2025-03-09 23:59:59", "week", True),
        ("2025-03-01 00:00:00", "month", False),
        ("2025-02-28 23:59:59", "month", True),
        ("2025-03-13 12:00:00", "day", False),  # the clock was put back
    ],
)
def test_a_report_is_due_once_its_period_has_ended(last, every, expected):
    assert due(last and at(last), NOW, every) is expected


@pytest.mark.parametrize(
    ("every", "since", "until"),
    [
        ("day", "2025-03-11 00:00:00", "2025-03-12 00:00:00"),
        ("week", "2025-03-03 00:00:00", "2025-03-10 00:00:00"),
        ("month", "2025-02-01 00:00:00", "2025-03-01 00:00:00"),
    ],
)
def test_a_scheduled_report_is_about_the_whole_period_before(every, since, until):
    assert period_before(NOW, every) == (at(since), at(until))


@pytest.mark.parametrize(
    ("event", "critical"),
    [
        (BLOCKED, True),
        (Event("AUDIT", "finding.seen", data={"severity": "critical"}), True),
        (Event("ERROR", "journal.lost", data={"risk": "high"}), True),
        (Event("ERROR", "node.held"), False),
        (Event("SECURITY", "action.allowed", data={"risk": "medium"}), False),
        (Event("FILE", "report.written"), False),
    ],
)
def test_high_risk_and_critical_findings_are_critical(event, critical):
    assert is_critical(event) is critical


def watch(home, times, **options):
    orders = []
    return CriticalWatch(home, orders.append, clock=lambda: times[0], **options), orders


def test_a_storm_of_critical_events_makes_one_report_in_ten_minutes(home):
    times = [NOW]
    look, orders = watch(home, times)
    threads = [threading.Thread(target=look, args=(BLOCKED,)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(orders) == 1
    times[0] = NOW + 599
    look(BLOCKED)
    assert len(orders) == 1
    times[0] = NOW + 600
    look(BLOCKED)
    assert len(orders) == 2
    assert Path(orders[0]["path"]).name == "report-critical-20250312-100000-action.blocked.html"
    assert Path(orders[0]["path"]).parent == home.reports
    assert orders[0]["filter"]["since"] == NOW - 24 * 3600


def test_the_pause_holds_over_a_restart_and_the_setting_is_asked_each_time(home):
    home.reports.mkdir()
    (home.reports / "report-critical-20250312-095500-x.html").write_text("x")
    times, wanted = [NOW], [True]
    look, orders = watch(home, times, wanted=lambda: wanted[0])
    look(BLOCKED)
    assert orders == []
    times[0] += 301
    wanted[0] = False
    look(BLOCKED)
    assert orders == []
    wanted[0] = True
    look(BLOCKED)
    assert len(orders) == 1


def test_names_of_events_cannot_lead_out_of_the_folder(home):
    for name in ("../../etc/passwd", "a\\b:c", "", "..", "x" * 500, "имя"):
        path = Path(critical_order(home, Event("SECURITY", name), NOW, "en")["path"])
        assert path.parent == home.reports
        assert path.name.startswith("report-critical-20250312-100000-")
        assert len(path.name) < 100


def test_only_old_automatic_reports_are_forgotten(home):
    home.reports.mkdir()
    own = home.reports / "my own notes.html"
    near = home.reports / "report-critical-20250312-999999-x.html"
    for path in (own, near):
        path.write_text("mine")
    for day in range(1, 29):
        for cause in ("schedule", "critical"):
            (home.reports / f"report-{cause}-202502{day:02d}-000000-day.html").write_text("x")
    assert forget_old(home) == 6
    left = sorted(path.name for path in home.reports.iterdir() if path not in {own, near})
    assert len(left) == KEPT
    assert "20250204" in left[0]
    assert {own, near} <= set(home.reports.iterdir())
    assert last_scheduled(home) == at("2025-02-28 00:00:00")


def test_a_report_of_a_clock_that_was_ahead_does_not_stop_the_schedule(home):
    home.reports.mkdir()
    for stamp in ("20250311-000000", "20990101-000000"):
        (home.reports / f"report-schedule-{stamp}-day.html").write_text("x")
    assert last_scheduled(home) == at("2025-03-11 00:00:00")
    assert due(last_scheduled(home), NOW, "day")


def test_without_reports_there_is_no_last_one(home):
    assert last_scheduled(home) is None


async def test_the_worker_writes_the_scheduled_report_says_so_and_can_be_repeated(home):
    emit(home, Event("INFO", "old.event", at=at("2025-03-10 12:00:00")))
    emit(home, Event("INFO", "its.event", at=at("2025-03-11 12:00:00")))
    emit(home, Event("INFO", "new.event", at=at("2025-03-12 09:00:00")))
    sink, steered = Kept(), Steered()
    worker = ReportWorker(home, sink)
    task = Task("t-1", KIND, "report", data=scheduled_order(home, NOW, "day", "ru"))
    for attempt in (1, 2):
        done = await worker(dataclasses.replace(task, attempt=attempt), steered)
        assert isinstance(done, Done)
    path = Path(done.result["path"])
    assert path.name == "report-schedule-20250312-000000-day.html"
    page = read_html(path)
    [head, row] = page.sections["События"]
    assert row[head.index("Событие")] == "its.event"
    assert [event.name for event in sink.events] == ["report.written"] * 2
    assert sink.events[0].data["cause"] == "schedule"
    assert last_scheduled(home) == at("2025-03-12 00:00:00")
    assert not due(last_scheduled(home), NOW, "day")
    assert scheduled_order(home, NOW + 3600, "day", "ru") == task.data
    assert steered.steps[0] == (-1, path.name)


async def test_the_worker_writes_what_was_ordered_and_never_over_a_strange_file(home, tmp_path):
    emit(home, Event("BUILD", "build.started", data={}), Event("INFO", "x.y"))
    path = tmp_path / "asked.json"
    task = Task("t-1", KIND, "report", data=report_order(ReportFilter(types=("BUILD",)), "json", path), attempt=1)
    worker = ReportWorker(home, Kept())
    done = await worker(task, Steered())
    assert done.result["events"] == 1
    assert [event["name"] for event in read_json(path)["events"]] == ["build.started"]
    path.write_text("saved by the person since", encoding="utf-8")
    for attempt in (1, 2):  # 2: somebody lets the refused task begin again, which allows nothing it did not ask for
        with pytest.raises(InputError):
            await worker(dataclasses.replace(task, attempt=attempt), Steered())
    assert path.read_text(encoding="utf-8") == "saved by the person since"


async def test_an_order_nobody_can_read_fails_in_words(home):
    with pytest.raises(InputError) as caught:
        await ReportWorker(home, Kept())(Task("t", KIND, "report", data={"format": "html"}), Steered())
    assert caught.value.code == "report-filter"
