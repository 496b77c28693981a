"""The pace of a person: seconds between messages, messages an hour, rest after a notice; remembered on disk."""

from __future__ import annotations

import pytest

from agents.providers.webchat.pace import Pace
from agents.providers.webchat.recipe import Limits

LIMITS = Limits(seconds_between=20, per_hour=3, rest_minutes=30)


class Clock:
    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def again(tmp_path, clock):
    """Another start of the program."""
    return lambda: Pace(tmp_path / "pace.json", LIMITS, clock)


def test_the_first_message_need_not_wait_and_the_next_one_does(again, clock):
    pace = again()
    assert pace.wait() == 0
    pace.sent()
    clock.now += 5
    assert pace.wait() == again().wait() == 15
    clock.now += 15
    assert again().wait() == 0


def test_no_more_than_so_many_an_hour(again, clock):
    for _ in range(3):
        again().sent()
        clock.now += 100
    assert again().wait() == 3_600 - 300
    clock.now += 3_300
    assert again().wait() == 0


def test_a_notice_is_remembered(again, clock):
    assert again().limited() == 1_800
    clock.now += 800
    assert again().wait() == 1_000


def test_a_clock_that_was_set_back_makes_nobody_wait_for_days(again, clock):
    pace = again()
    pace.sent()
    pace.limited()
    clock.now -= 10 * 24 * 3_600
    assert again().wait() <= 1_800


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"sent": 3, "rests_until": "x"}', '{"sent": [null, true]}'])
def test_a_damaged_file_is_no_obstacle(again, tmp_path, kept):
    (tmp_path / "pace.json").write_text(kept, encoding="utf-8")
    pace = again()
    assert pace.wait() == 0
    pace.sent()
    assert again().wait() == 20
