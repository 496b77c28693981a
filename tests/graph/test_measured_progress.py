from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.progress import Progress, file_diff, finding, spot, spots


def rounds(limit, *steps):
    progress = Progress(limit)
    return [progress.stuck(list(names), tree) for names, tree in steps]


def test_the_same_spot_stops_at_the_limit():
    assert rounds(3, ("a", "1"), ("a", "2"), ("a", "3")) == [False, False, True]


def test_the_second_failure_at_a_spot_is_a_repetition_that_changes_the_model():
    progress = Progress(3)
    seen = []
    for tree in "123":
        seen.append(progress.repeats)
        progress.stuck(["a"], tree)
    assert seen == [0, 0, 1]
    assert progress.repeats == 2


def test_fewer_failing_spots_are_progress():
    assert rounds(2, ("abc", "1"), ("ab", "2"), ("a", "3")) == [False, False, False]


def test_more_failing_spots_around_the_old_ones_are_none():
    assert rounds(3, ("a", "1"), ("ab", "2"), ("abc", "3")) == [False, False, True]


def test_another_spot_starts_the_count_again():
    assert rounds(3, ("a", "1"), ("a", "2"), ("b", "3"), ("b", "4"), ("b", "5")) == [False, False, False, False, True]


def test_files_that_come_back_are_a_repetition_whatever_is_said_about_them():
    assert rounds(3, ("a", "1"), ("b", "2"), ("c", "1"), ("d", "2")) == [False, False, False, True]


@given(st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=1, max_size=30), st.integers(1, 4))
def test_unchanged_files_never_go_round_longer_than_the_limit(failures, limit):
    progress = Progress(limit)
    results = [progress.stuck(sorted(names), "same tree") for names in failures]
    assert all(results[limit - 1 :])


@given(st.integers(1, 12), st.integers(2, 4))
def test_a_list_of_failures_that_shrinks_is_never_stopped(size, limit):
    progress = Progress(limit)
    names = [f"t{number}" for number in range(size)]
    assert not any(progress.stuck(names[: size - done], f"tree {done}") for done in range(size))


@given(st.sampled_from(["", " and more"]), st.integers(0, 10**6), st.integers(0, 10**6), st.floats(0, 1e6))
def test_lines_addresses_and_timings_do_not_make_a_new_spot(tail, line, address, seconds):
    template = "game.py:{}: at 0x{:x} after {:.2f} s" + tail
    text = template.format(line, address, seconds)
    assert spot("tests", "game.py", text) == spot("tests", "game.py", template.format(1, 2, 3.0))


@pytest.mark.parametrize("other", [("lint", "a.py", "x"), ("tests", "b.py", "x"), ("tests", "a.py", "y")])
def test_source_path_and_words_make_a_spot(other):
    assert spot(*other) != spot("tests", "a.py", "x")


def test_minor_remarks_are_no_spots():
    remarks = [finding("review", "style", severity="minor"), finding("tests", "x"), finding("tests", "x")]
    assert spots(remarks) == ["tests||x"]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ({"a.py": "x\n"}, {"a.py": "x\n"}, []),
        ({}, {"a.py": "x"}, ["+++ b/a.py", "+x"]),
        ({"a.py": "x\n"}, {}, ["--- a/a.py", "-x"]),
        ({"a.py": "x\n", "b.py": "same\n"}, {"a.py": "y\n", "b.py": "same\n"}, ["-x", "+y"]),
    ],
)
def test_a_diff_shows_what_changed_and_only_that(before, after, lines):
    shown = file_diff(before, after).splitlines()
    assert set(lines) <= set(shown)
    assert bool(shown) is bool(lines)
    assert not any("same" in line for line in shown)
