from __future__ import annotations

import itertools
import logging
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journal_stand import NAMES, START, WORDS, archive_all, fill, plainly, some_events

from core.errors import InputError, StorageError
from core.events import EVENT_TYPES, RISKS, Event
from core.paths import Home
from engine.journal import Journal, JournalFilter, count, read_journal, search, tally

ROWS = 700
FIRST, LAST = START, START + ROWS * 977
RUNS = ("", "r-1", "r-2", "r-3", "nobody's")
TEXTS = [
    *WORDS,
    *(word.swapcase() for word in WORDS),
    "ПРИВЕТ МИР",
    "strasse",
    "d.Acc",
    "c:\\\\",
    "\\",
    "%",
    "_",
    "{",
    "7",
]

FILTERS = st.builds(
    JournalFilter,
    runs=st.none() | st.lists(st.sampled_from(RUNS), max_size=3).map(tuple) | st.just((*RUNS, *"abcdefgh")),
    types=st.lists(st.sampled_from(EVENT_TYPES), max_size=3).map(tuple),
    names=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    prefixes=st.lists(st.sampled_from(("build", "build.", "call.", "x", "")), max_size=2).map(tuple),
    risk=st.sampled_from(RISKS),
    since=st.none() | st.floats(FIRST - 10, LAST),
    until=st.none() | st.floats(FIRST, LAST + 10),
    text=st.just("") | st.sampled_from(TEXTS) | st.text(max_size=2),
    after=st.just(0) | st.integers(-1, ROWS + 300),
    before=st.none() | st.integers(-1, ROWS + 300),
    limit=st.none() | st.integers(0, 40),
    newest_first=st.booleans(),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A journal of which the older part was archived in two segments."""
    home = Home(tmp_path_factory.mktemp("filters"))
    log = logging.getLogger("multicoder.test-journal-filters")
    log.propagate = False
    fill(home.journal, ROWS // 2, log)
    assert archive_all(home.journal, log) == 1
    journal = Journal(home.journal, log)
    for event in itertools.islice(some_events(ROWS), ROWS // 2, None):
        journal.emit(event)
    journal.close()
    assert archive_all(home.journal, log) == 2
    assert len(read_journal(home.journal)) == ROWS + 2, "two segments were told of"
    return home.journal


@settings(max_examples=80)
@given(wanted=FILTERS)
def test_every_filter_finds_what_a_look_at_each_row_finds(path, wanted):
    expected = plainly(path, wanted)
    assert search(path, wanted) == expected
    assert count(path, wanted) == len(expected)


@settings(max_examples=25)
@given(wanted=FILTERS)
def test_the_tally_counts_what_a_look_at_each_row_counts(path, wanted):
    rows = plainly(path, JournalFilter(**{**{name: getattr(wanted, name) for name in wanted.__slots__}, "limit": None}))
    counted = tally(path, wanted)
    assert counted.total == len(rows)
    assert counted.types == Counter(row.type for row in rows)
    assert counted.names == Counter(row.name for row in rows)
    assert counted.risks == Counter(row.risk for row in rows)
    assert counted.days == Counter(f"{datetime.fromtimestamp(row.at).date()}" for row in rows)  # noqa: DTZ006 - the local day
    assert list(counted.days) == sorted(counted.days)


def test_texts_are_found_in_any_letter_case_in_names_keys_and_values(journal, home):
    journal.emit(Event("INFO", "module.accepted", data={"Причина": "Ошибка В МОДУЛЕ", "path": 'C:\\Users\\"Я"'}))
    journal.emit(Event("INFO", "other", data={"deep": [{"list": "Straße"}], "lone": "\ud800"}))
    journal.flush()

    def found(text):
        return [row.seq for row in search(home.journal, JournalFilter(text=text))]

    for text in ("ошибка в", "ПРИЧИНА", "MODULE.ACC", "c:\\users", '"я"'):
        assert found(text) == [1], text
    for text in ("STRASSE", "straße", "\ud800"):
        assert found(text) == [2], text
    assert found("нет такого") == found("module other") == []


def test_risk_comes_from_the_type_unless_the_event_says_it(journal, home):
    said = [("INFO", {}), ("AUDIT", {}), ("ERROR", {}), ("SECURITY", {}), ("INFO", {"risk": "high"})]
    said += [("SECURITY", {"risk": "none"}), ("ERROR", {"risk": "enormous"}), ("INFO", {"risk": ["high"]})]
    for kind, data in said:
        journal.emit(Event(kind, "x", data=data))
    rows = journal.read()
    assert [row.risk for row in rows] == ["none", "low", "medium", "high", "high", "none", "medium", "none"]
    at_least = [row.seq for row in search(home.journal, JournalFilter(risk="medium"))]
    assert at_least == [3, 4, 5, 7]


def test_an_unknown_risk_is_refused():
    with pytest.raises(InputError) as caught:
        JournalFilter(risk="enormous")
    assert caught.value.code == "journal-risk"
    assert JournalFilter(risk="") == JournalFilter(risk="")


def test_values_of_filters_are_data_never_sql(path):
    for text in ("' OR 1=1 --", '"); DROP TABLE events; --', "\x00"):
        wanted = [JournalFilter(runs=(text,)), JournalFilter(names=(text,)), JournalFilter(prefixes=(text,))]
        assert [search(path, item) for item in wanted] == [[], [], []]
    assert count(path, JournalFilter()) == ROWS + 2


def test_a_missing_journal_has_nothing(tmp_path):
    missing = tmp_path / "journal.db"
    assert search(missing, JournalFilter()) == []
    assert count(missing, JournalFilter()) == tally(missing, JournalFilter()).total == 0
    assert list(tmp_path.iterdir()) == []


def test_only_segments_that_may_hold_something_are_opened(path, tmp_path):
    recent = JournalFilter(limit=5, newest_first=True)
    assert len(search(path, recent, archive_folder=tmp_path / "nowhere")) == 5
    assert search(path, JournalFilter(runs=("nobody's",)), archive_folder=tmp_path / "nowhere") == []
    with pytest.raises(StorageError):
        search(path, JournalFilter(runs=("r-1",)), archive_folder=tmp_path / "nowhere")


def test_times_outside_of_the_calendar_are_kept_found_and_counted(journal, home):
    for at in (-1e300, 1e300, float("nan"), float("inf"), START):
        journal.emit(Event("INFO", "when", at=at))
    rows = journal.read()
    assert [row.at for row in rows][:2] == [-1e300, 1e300]
    assert tally(home.journal, JournalFilter()).days[""] == 2
    assert count(home.journal, JournalFilter(since=START + 1)) == 3


@pytest.mark.slow
def test_filters_on_a_long_journal_find_what_a_look_at_each_row_finds(home, log):
    fill(home.journal, 100_000, log)
    wanted = [
        JournalFilter(runs=("r-1",), types=("ERROR",)),
        JournalFilter(names=("build.failed",), prefixes=("call.",), newest_first=True, limit=500),
        JournalFilter(risk="high", since=FIRST + 1e7, until=FIRST + 5e7),
        JournalFilter(text="ПРИВЕТ мир", after=50_000),
        JournalFilter(text='"QUOTED" c:\\', risk="low"),
    ]
    for item in wanted:
        expected = plainly(home.journal, item)
        assert search(home.journal, item) == expected
        assert count(home.journal, item) == len(expected) > 0
