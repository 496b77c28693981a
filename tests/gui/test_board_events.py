from __future__ import annotations

import pytest

from gui.board.events import MOST, PAGE, summary
from tests.gui.drawer_stage import Background, a_journal, an_event

SEARCH = "_multicoder/journal/search"
LENGTH = 100_000
THOUSANDTH = {"type_": "ERROR", "risk": "medium"}


@pytest.fixture(scope="module")
def long_journal():
    return [an_event(seq, number=seq, **THOUSANDTH if seq % 1_000 == 0 else {}) for seq in range(1, LENGTH + 1)]


@pytest.fixture
def talking(home, scripted):
    found = Background(home, scripted)
    yield found
    found.close()


@pytest.fixture
def events(talking, scripted, long_journal):
    rows = list(long_journal)
    scripted.answers[SEARCH] = a_journal(rows)
    talking.rows = rows
    found = talking.application.events
    found.watch(watched=True)
    talking.until(lambda: found.rowCount() == PAGE)
    yield found
    found.watch(watched=False)


def numbers(events):
    return [row["seq"] for row in events.all()]


def turn(window, events, page):
    before = numbers(events)
    page()
    window.until(lambda: numbers(events) != before)


def test_it_begins_with_the_newest_page(events):
    assert numbers(events) == list(range(LENGTH - PAGE + 1, LENGTH + 1))
    assert events.atEnd
    assert not events.atStart


def test_it_goes_back_page_by_page_and_holds_no_more_than_it_may(talking, events):
    for _ in range(8):
        turn(talking, events, events.older)
    assert events.rowCount() == MOST
    assert numbers(events) == list(range(LENGTH - 9 * PAGE + 1, LENGTH - 9 * PAGE + 1 + MOST))
    assert not events.follow
    assert not events.atEnd


def test_it_comes_forward_again_without_a_gap(talking, events):
    for _ in range(8):
        turn(talking, events, events.older)
    while not events.atEnd:
        turn(talking, events, events.newer) if numbers(events)[-1] < LENGTH else events.newer()
        talking.settle(20)
    assert numbers(events) == list(range(LENGTH - MOST + 1, LENGTH + 1))


def test_it_ends_at_the_very_first_event(talking, scripted, events):
    scripted.answers[SEARCH] = a_journal(talking.rows[:700])
    events.toEnd()
    talking.until(lambda: numbers(events)[-1] == 700)
    turn(talking, events, events.older)
    assert numbers(events) == list(range(1, 701))
    assert events.atStart
    events.older()
    talking.settle(100)
    assert events.rowCount() == 700


def test_while_it_follows_new_events_come_by_themselves(talking, events):
    talking.rows += [an_event(LENGTH + 1, "AUDIT", "setting.changed", key="team")]
    talking.until(lambda: numbers(events)[-1] == LENGTH + 1)
    assert events.all()[-1]["name"] == "setting.changed"
    events.setFollow(False)
    talking.settle(100)
    talking.rows += [an_event(LENGTH + 2)]
    talking.settle(1_150)
    assert numbers(events)[-1] == LENGTH + 1
    events.setFollow(True)
    talking.until(lambda: numbers(events)[-1] == LENGTH + 2)


def test_filters_are_asked_of_the_engine_and_paged_as_well(talking, scripted, events):
    events.toggleType("ERROR")
    talking.until(lambda: events.rowCount() == 100)
    assert {row["type"] for row in events.all()} == {"ERROR"}
    assert events.atStart
    events.toggleType("ERROR")
    events.setRisk("medium")
    talking.until(lambda: events.rowCount() == 100)
    events.setRisk("none")
    events.setText("99999")
    talking.until(lambda: numbers(events) == [99_999])
    events.setText("")
    talking.until(lambda: events.rowCount() == PAGE)


def test_the_journal_is_left_alone_while_nobody_looks(talking, scripted):
    talking.settle(1_150)
    assert [one for one in scripted.params(SEARCH) if not one.get("names")] == []


def test_a_filtered_list_goes_back_over_events_of_one_moment_without_losing_any(talking, scripted):
    rows = [an_event(seq, "TASK" if seq % 2 else "INFO", at=5.0 + seq // 50, number=seq) for seq in range(1, 3_001)]
    scripted.answers[SEARCH] = a_journal(rows)
    events = talking.application.events
    events.toggleType("TASK")
    events.watch(watched=True)
    talking.until(lambda: events.rowCount() == PAGE)
    turn(talking, events, events.older)
    while not events.atStart:
        turn(talking, events, events.older)
    assert numbers(events) == list(range(1, 3_000, 2))
    events.watch(watched=False)


def test_exporting_writes_a_report_of_what_the_filter_shows(talking, scripted, events):
    events.toggleType("ERROR")
    events.setRisk("medium")
    events.export("/tmp/x.csv", "csv")
    wanted = {"path": "/tmp/x.csv", "format": "csv", "types": ["ERROR"], "risk": "medium"}
    talking.until(lambda: scripted.params("_multicoder/reports/write") == [wanted])


def test_the_line_of_an_event_names_its_facts_and_stays_short():
    assert summary({"model": "a", "risk": "high", "empty": "", "n": 3, "ok": True}) == "model=a  n=3  ok=true"
    assert summary({"text": "one\ntwo   three"}) == "text=one two three"
    assert len(summary({"text": "x" * 5_000})) == 300
