"""The keys of one provider: load spreads, limits hold, a bad key goes last, nothing is lost by a cancellation."""

from __future__ import annotations

import asyncio
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.providers.authorising import KeyHeader
from agents.providers.key_pool import Key, KeyPool
from agents.providers.pursuit import SystemClock
from agents.providers.registry import KeyRow, Provider

ROW = Provider("one", "One", "https://api.example/v1")


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


def pool(*rows: KeyRow, parallel: int = 8, clock=None) -> KeyPool:
    return KeyPool([Key(KeyHeader(ROW, None), row) for row in rows], clock or Hands(), parallel=parallel)


async def test_the_load_spreads_over_the_keys():
    keys = pool(KeyRow("a"), KeyRow("b"), KeyRow("c"))
    async with keys.taken("m") as one, keys.taken("m") as two, keys.taken("m") as three:
        assert {one.label, two.label, three.label} == {"a", "b", "c"}
    assert [(state.under_way, state.sent) for state in keys.states()] == [(0, 1)] * 3


async def test_urgent_requests_pass_those_that_came_before_and_equals_keep_their_order():
    keys, order = pool(KeyRow(), parallel=1), []

    async def call(name: str, *, urgent: bool) -> None:
        async with keys.taken("m", urgent=urgent):
            order.append(name)

    async with asyncio.TaskGroup() as group, keys.taken("m"):
        for name, urgent in (("a", False), ("b", False), ("urgent-1", True), ("urgent-2", True)):
            group.create_task(call(name, urgent=urgent))
        await asyncio.sleep(0.01)
        assert order == []
    assert order == ["urgent-1", "urgent-2", "a", "b"]


async def test_a_key_put_off_is_taken_last_and_only_for_its_model():
    clock = Hands()
    keys = pool(KeyRow("a"), KeyRow("b"), clock=clock)
    async with keys.taken("m") as first:
        pass
    other = {"a": "b", "b": "a"}[first.label]
    keys.put_off(first, "rate_limited", clock.time + 10, model="m")
    for _ in range(3):
        async with keys.taken("m") as key:
            assert key.label == other
    async with keys.taken("another") as key:
        assert key.label == first.label
    assert [state.fault for state in keys.states() if state.label == first.label] == ["rate_limited"]
    assert keys.ready("m", {other}) is False
    async with keys.taken("m", without={other}) as key:  # nobody else is left
        assert key.label == first.label
    clock.time += 11
    assert keys.ready("m", {other}) is True
    assert {state.fault for state in keys.states()} == {""}


async def test_a_bad_key_is_no_way_round_a_busy_one():
    keys = pool(KeyRow("good"), KeyRow("bad"), parallel=1)
    async with keys.taken("m") as one, keys.taken("m") as two:
        bad = one if one.label == "bad" else two
    keys.put_off(bad, "bad_key", 1e9)
    taken = asyncio.Event()

    async def wait_for_it() -> str:
        async with keys.taken("m") as key:
            taken.set()
            return key.label

    async with keys.taken("m") as good:
        assert good.label == "good"
        waiting = asyncio.create_task(wait_for_it())
        await asyncio.sleep(0.01)
        assert not taken.is_set()
    assert await waiting == "good"


async def test_fifty_requests_keep_the_limits_of_each_key():
    keys = pool(KeyRow("a", parallel=2), KeyRow("b", parallel=3), clock=SystemClock())
    inside, peak = {"a": 0, "b": 0}, {"a": 0, "b": 0}

    async def call() -> None:
        async with keys.taken("m") as key:
            inside[key.label] += 1
            peak[key.label] = max(peak[key.label], inside[key.label])
            await asyncio.sleep(0.002)
            inside[key.label] -= 1

    await asyncio.gather(*(call() for _ in range(50)))
    assert peak == {"a": 2, "b": 3}
    assert sum(state.sent for state in keys.states()) == 50


async def test_a_key_sends_no_more_in_a_minute_than_it_may(monkeypatch):
    monkeypatch.setattr("agents.providers.key_pool.MINUTE", 0.3)
    keys = pool(KeyRow("slow", per_minute=5), clock=SystemClock())
    moments: list[float] = []

    async def call() -> None:
        async with keys.taken("m"):
            moments.append(time.monotonic())

    await asyncio.gather(*(call() for _ in range(12)))
    assert len(moments) == 12
    assert all(later - earlier >= 0.29 for earlier, later in zip(moments, moments[5:], strict=False))


async def test_a_model_that_can_be_served_does_not_wait_behind_one_that_cannot():
    keys = pool(KeyRow("a", per_minute=1), KeyRow("b"))
    async with keys.taken("m", without={"b"}):
        stuck = asyncio.create_task(keys.taken("m", without={"b"}).__aenter__())
        await asyncio.sleep(0.01)
        async with asyncio.timeout(1), keys.taken("m", without={"a"}) as key:
            assert key.label == "b"
        stuck.cancel()
        await asyncio.gather(stuck, return_exceptions=True)


@settings(max_examples=60, deadline=None)
@given(
    number=st.integers(1, 3),
    calls=st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), min_size=1, max_size=12),
)
def test_cancelled_requests_leave_their_place_to_others(number, calls):
    peak = asyncio.run(_cancelling(number, calls))
    assert 1 <= peak <= number


async def _cancelling(number: int, calls: list[tuple[bool, bool, int]]) -> int:
    """Start calls, cancel some after a few turns of the loop, then take every place at once."""
    keys, inside, peak = pool(KeyRow(), parallel=number), 0, 0

    async def call(*, urgent: bool, turns: int) -> None:
        nonlocal inside, peak
        async with keys.taken("m", urgent=urgent):
            inside += 1
            peak = max(peak, inside)
            try:
                for _ in range(turns):
                    await asyncio.sleep(0)
            finally:
                inside -= 1

    tasks = [asyncio.create_task(call(urgent=urgent, turns=turns)) for urgent, _, turns in calls]
    for task, (_, cancelled, turns) in zip(tasks, calls, strict=True):
        for _ in range(turns):
            await asyncio.sleep(0)
        if cancelled:
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with asyncio.timeout(5):
        await asyncio.gather(*(call(urgent=False, turns=2) for _ in range(number)))
    assert [state.under_way for state in keys.states()] == [0]
    return peak
