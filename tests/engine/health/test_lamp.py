from __future__ import annotations

from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from core.i18n import Words
from engine.health.lamp import BADNESS, KEPT, Lamp
from engine.health.probe import Reading, State

states = st.sampled_from(get_args(State))
PERIOD = 10.0


def reading(state):
    return Reading(state, Words("health-never"))


def after(readings):
    """The lamp after readings one period apart, and all the states it showed."""
    lamp, shown = Lamp(), []
    for number, state in enumerate(readings):
        lamp = lamp.after(reading(state), at=number * PERIOD, latency=1, epoch=1_000.0 + number)
        shown.append(lamp.shown.state)
    return lamp, shown


@given(st.lists(states, min_size=1))
def test_worse_is_shown_at_once_and_better_never_before_three_better_readings(readings):
    _, shown = after(readings)
    assert shown[0] == readings[0]
    for number in range(1, len(readings)):
        before, now = BADNESS[shown[number - 1]], BADNESS[shown[number]]
        read = [BADNESS[state] for state in readings[max(0, number - 2) : number + 1]]
        assert now >= read[-1]  # never better than what was just seen
        if read[-1] >= before:
            assert now == read[-1]
        elif len(read) == 3 and max(read) < before:
            assert now == max(read)
        else:
            assert now == before


@given(st.lists(states, min_size=2))
def test_a_lamp_is_green_only_when_the_last_three_readings_were(readings):
    _, shown = after(readings)
    for number in range(1, len(readings)):
        if shown[number] == "ok":
            assert readings[number] == "ok"
            assert readings[number - 2 : number] == ["ok", "ok"] or shown[number - 1] == "ok"


@given(st.lists(states, min_size=1), st.floats(0, 1_000))
def test_what_is_older_than_three_periods_is_no_data_whatever_it_was(readings, waited):
    lamp, shown = after(readings)
    seen = lamp.seen(now=lamp.at + waited, period=PERIOD)
    assert seen.state == ("unknown" if waited > 3 * PERIOD else shown[-1])


@given(st.lists(states, min_size=1, max_size=200))
def test_since_is_the_moment_of_the_last_change_and_history_stays_short(readings):
    lamp, shown = after(readings)
    changed = max(number for number in range(len(shown)) if number == 0 or shown[number] != shown[number - 1])
    assert lamp.since == 1_000.0 + changed
    assert [past.state for past in lamp.history] == readings[-KEPT:]


def test_a_lamp_nobody_lit_has_no_data():
    assert Lamp().seen(now=0.0, period=PERIOD).state == "unknown"
    assert Lamp().seen_since(now=99.0, period=PERIOD, epoch=5_000.0) == 0.0


def test_a_stale_lamp_says_since_when_it_is_dark():
    lamp, _ = after(["ok"])
    assert lamp.seen_since(now=lamp.at + 50, period=PERIOD, epoch=5_000.0) == 5_000.0 - 20.0


def test_a_down_lamp_keeps_its_reason_while_it_waits_for_the_third_good_reading():
    bad = Reading("down", Words("health-file-gone", {"file": "x.db"}))
    lamp = Lamp().after(bad, at=0, latency=1, epoch=1).after(reading("ok"), at=1, latency=1, epoch=2)
    assert lamp.shown is bad
    assert lamp.improving
    lamp = lamp.after(reading("ok"), at=2, latency=1, epoch=3)
    assert lamp.shown is bad
    lamp = lamp.after(reading("ok"), at=3, latency=1, epoch=4)
    assert (lamp.shown.state, lamp.improving) == ("ok", False)
