from __future__ import annotations

import math
import time
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.thread.estimates import Measure, height_of
from gui.thread.heights import Heights
from gui.thread.place import Place
from gui.thread.pool import MOST_PARKED, MOST_SPARE, Item, superfluous

GUESS = 50.0
CHANGES = st.lists(
    st.tuples(st.sampled_from(["insert", "remove", "measure"]), st.integers(0, 40), st.integers(1, 9)), max_size=25
)


def heights(count, guess=GUESS):
    found = Heights(lambda _row: guess)
    found.reset([f"k{number}" for number in range(count)])
    return found


@given(CHANGES)
def test_rows_stand_one_below_the_other_whatever_came_and_went(changes):
    found, expected, made = heights(5), [GUESS] * 5, 5
    for what, at, size in changes:
        if what == "insert":
            row = min(at, len(expected))
            found.insert(row, [f"k{made + number}" for number in range(size)])
            expected[row:row] = [GUESS] * size
            made += size
        elif what == "remove" and at < len(expected):
            last = min(at + size - 1, len(expected) - 1)
            found.remove(at, last)
            del expected[at : last + 1]
        elif what == "measure" and at < len(expected):
            found.measure(at, 10.0 * size)
            expected[at] = 10.0 * size
        assert [found.top(row) for row in range(len(expected) + 1)] == list(accumulate(expected, initial=0.0))
    for row in range(len(expected)):
        assert found.at(found.top(row) + 1) == row


def test_measured_heights_are_remembered_for_each_width():
    found = heights(3)
    found.look("wide")
    found.measure(1, 80)
    found.look("narrow")
    assert found.total == 180, "the height of before stands until there is time for another guess"
    assert found.freshen(math.inf)
    assert found.total == 150
    found.measure(1, 120)
    found.look("wide")
    assert found.total == 180
    found.forget(1)
    found.look("narrow")
    assert found.freshen(math.inf)
    assert found.total == 150


@given(CHANGES, st.lists(st.integers(0, 12), max_size=12))
def test_another_width_is_guessed_in_slices_whatever_comes_and_goes_meanwhile(changes, looks):
    """What is told of a row never depends on how far the guessing has come, once it has come to its end."""
    guesses = {"look": 1.0}
    found = Heights(lambda row: guesses["look"] * (1 + len(found.key(row))))
    found.reset([f"k{number}" for number in range(9)])
    found.look(1.0)
    made, measured = 9, {}
    for number, (what, at, size) in enumerate(changes):
        if what == "insert":
            found.insert(min(at, len(found)), [f"k{made + place}" for place in range(size)])
            made += size
        elif at < len(found) and what == "remove":
            found.remove(at, min(at + size - 1, len(found) - 1))
        elif at < len(found):
            found.measure(at, 100.0 + size)
            measured[guesses["look"], found.key(at)] = 100.0 + size
        if number in looks:
            guesses["look"] = float(1 + (number + size) % 3)
            found.look(guesses["look"])
            found.freshen(time.perf_counter() - 1)
    assert found.freshen(math.inf)
    look = guesses["look"]
    expected = [measured.get((look, key), look * (1 + len(key))) for key in map(found.key, range(len(found)))]
    assert [found.height(row) for row in range(len(found))] == expected
    assert [found.top(row) for row in range(len(found) + 1)] == list(accumulate(expected, initial=0.0))


def test_a_slice_ends_in_time_and_the_next_goes_on_where_it_ended():
    asked = []

    def guess(row):
        asked.append(row)
        time.sleep(0.002)
        return 30.0

    found = Heights(guess)
    found.reset([f"k{number}" for number in range(40)])
    found.look("wide")
    asked.clear()
    slices = 0
    while not found.freshen(time.perf_counter() + 0.01):
        slices += 1
        assert len(asked) <= 5 * slices
    assert slices >= 7
    assert asked == list(range(40))


def place_of(count, viewport=200.0):
    found = heights(count)
    place = Place(found)
    place.viewport = viewport
    return found, place


@given(CHANGES, st.integers(0, 1500))
def test_the_row_that_is_read_moves_only_with_the_reader(changes, position):
    found, place = place_of(41)
    place.move(float(position))
    place.following = False
    made = 41
    for what, at, size in changes:
        key, into = place.anchor()
        own = found.row(key)
        if what == "insert":
            row = min(at, len(found))
            found.insert(row, [f"k{made + number}" for number in range(size)])
            place.inserted(row, size)
            made += size
        elif what == "remove" and at < len(found) and not at <= own <= at + size - 1:
            last = min(at + size - 1, len(found) - 1)
            found.remove(at, last)
            place.removed(at, last)
        elif what == "measure" and at < len(found) and at != own:
            found.measure(at, 10.0 * size)
        assert place.anchor() == (key, into)


def test_the_end_is_followed_from_close_by_and_left_by_the_first_step_up():
    found, place = place_of(10)
    assert place.position == 300
    found.measure(9, 100)
    assert place.position == 350
    place.move(349)
    assert not place.following
    place.move(340)
    place.move(345)
    assert place.following


def test_a_request_has_room_below_it_until_its_answer_fills_the_view():
    found, place = place_of(10)
    found.insert(10, ["asked"])
    place.inserted(10, 1)
    place.asked = 10
    assert place.position == found.top(10)
    assert place.left == 0
    found.insert(11, ["answer"])
    found.measure(11, 500)
    assert place.position == found.total - 200


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_estimates_grow_with_words_and_zoom(zoom):
    measure = Measure(768, 8 * zoom, zoom)
    short = height_of("block", {"block": {"type": "paragraph", "plain": "word " * 10}}, measure)
    long = height_of("block", {"block": {"type": "paragraph", "html": "<b>word</b> " * 200}}, measure)
    assert short == 44 * zoom
    assert long > 8 * short / 2
    assert height_of("user", {"text": "Hello"}, measure) == 48 * zoom
    listed = {"type": "list", "items": [{"plain": "one", "depth": 0}, {"plain": "two", "depth": 1}]}
    assert height_of("block", {"block": listed}, measure) == (16 + 2 * 28 + 8) * zoom
    quoted = {"type": "quote", "blocks": [{"type": "paragraph", "plain": "one"}, {"type": "rule"}]}
    assert height_of("block", {"block": quoted}, measure) == (16 + 28 + 16 + 17) * zoom
    assert height_of("something new", {}, measure) == 28 * zoom


def test_items_out_of_sight_are_kept_up_to_a_number_and_open_questions_always():
    def away(shape, kind="block", **content):
        return Item(shape, 1, "k", kind=kind, content=content, shown=False)

    spare = [away("user") for _ in range(MOST_SPARE + 2)]
    parked = [away("thinking", "thinking") for _ in range(MOST_PARKED + 1)]
    kept = [away("card", "card", state="open") for _ in range(40)]
    assert superfluous([*kept, *spare, *parked]) == [40 + len(spare), 41, 40]
