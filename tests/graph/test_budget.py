from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import BudgetExceeded
from core.ports import Usage
from graph.budget import Budget, WorkClock
from graph.ledger import Spent


def priced(tokens: int = 0, usd: float = 0.0) -> Usage:
    return Usage(prompt_tokens=tokens, cost_usd=usd, priced=True)


def budget_of(caps, spent: Spent) -> Budget:
    clock = WorkClock()
    with clock.working():
        return Budget(caps, spent, clock)


async def spend(budget: Budget, estimate: Usage, actual: Usage | None = None) -> None:
    async with budget.reserve(estimate) as reservation:
        reservation.settle(actual or estimate)


@pytest.mark.parametrize(
    ("caps", "spent", "name"),
    [
        ({"calls": 2}, Spent(calls=2), "calls"),
        ({"tokens": 100}, Spent(tokens=91), "tokens"),
        ({"usd": 1.0}, Spent(cost_usd=0.95), "usd"),
        ({"minutes": 0}, Spent(), "minutes"),
    ],
)
async def test_a_call_over_a_cap_is_refused_and_named(caps, spent, name):
    budget = budget_of(caps, spent)
    with pytest.raises(BudgetExceeded) as refused:
        await spend(budget, priced(10, 0.1))
    assert refused.value.facts["cap"] == name


async def test_a_cap_can_be_used_up_exactly():
    budget = budget_of({"calls": 2, "tokens": 20}, Spent())
    await spend(budget, priced(10))
    await spend(budget, priced(10))
    with pytest.raises(BudgetExceeded):
        await spend(budget, priced(0))


async def test_a_missing_cap_does_not_limit():
    await spend(budget_of({}, Spent(calls=10**6, tokens=10**9, cost_usd=1e6)), priced(10**9, 1e6))


async def test_what_a_failed_call_reserved_is_free_again():
    budget = budget_of({"calls": 1}, Spent())
    with pytest.raises(OSError, match="no answer"):
        async with budget.reserve(priced(1)):
            raise OSError("no answer")
    await spend(budget, priced(1))


async def test_a_call_that_does_not_fit_now_waits_for_the_others():
    budget = budget_of({"tokens": 100}, Spent())
    async with budget.reserve(priced(80)) as first:
        second = asyncio.create_task(spend(budget, priced(60)))
        await asyncio.sleep(0.02)
        assert not second.done()
        first.settle(priced(10))
    await asyncio.wait_for(second, 5)


async def test_a_waiting_call_is_refused_once_the_others_used_it_up():
    budget = budget_of({"tokens": 100}, Spent())
    async with budget.reserve(priced(80)) as first:
        second = asyncio.create_task(spend(budget, priced(60)))
        await asyncio.sleep(0.02)
        first.settle(priced(80))
    with pytest.raises(BudgetExceeded):
        await asyncio.wait_for(second, 5)


async def test_a_cancelled_wait_holds_nothing():
    budget = budget_of({"tokens": 100}, Spent())
    async with budget.reserve(priced(80)) as first:
        waiting = asyncio.create_task(spend(budget, priced(60)))
        await asyncio.sleep(0.02)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        first.settle(priced(0))
    await asyncio.wait_for(spend(budget, priced(100)), 5)


async def test_an_unknown_price_counts_as_a_high_one_when_the_person_set_the_cap():
    unknown = Usage(prompt_tokens=100_000, completion_tokens=100_000)
    await spend(budget_of({"usd": 1.0}, Spent()), unknown)
    with pytest.raises(BudgetExceeded):
        await spend(budget_of({"usd": 1.0, "assume_prices": True}, Spent()), unknown)


async def test_unknown_prices_of_before_a_restart_count_as_high_ones_too():
    before = Spent(calls=1, tokens=200_000, unpriced_calls=1, unpriced=Usage(100_000, 100_000))
    await spend(budget_of({"usd": 3.0}, before), priced(1, 0.1))
    with pytest.raises(BudgetExceeded):
        await spend(budget_of({"usd": 3.0, "assume_prices": True}, before), priced(1, 0.1))
    await spend(budget_of({"usd": 3.2, "assume_prices": True}, before), priced(1, 0.1))


CALLS = st.lists(st.tuples(st.integers(0, 60), st.floats(0, 1), st.integers(0, 3)), min_size=1, max_size=14)


@settings(max_examples=80)
@given(calls=CALLS, cap=st.integers(0, 120), already=st.integers(0, 60))
def test_however_calls_overlap_the_cap_is_never_passed(calls, cap, already):
    """Estimates are upper bounds; each call ends after some turns of the loop and took a part of its estimate."""
    reserved, used, peak = [0], [already], [already]

    async def call(budget, estimate, share, turns):
        async with budget.reserve(priced(estimate)) as reservation:
            reserved[0] += estimate
            peak[0] = max(peak[0], reserved[0] + used[0])
            for _ in range(turns):
                await asyncio.sleep(0)
            took = int(estimate * share)
            reservation.settle(priced(took))
            reserved[0] -= estimate
            used[0] += took

    async def all_of_them():
        budget = budget_of({"tokens": cap}, Spent(tokens=already))
        work = (call(budget, *one) for one in calls)
        return await asyncio.wait_for(asyncio.gather(*work, return_exceptions=True), 20)

    results = asyncio.run(all_of_them())
    assert {type(result) for result in results} <= {type(None), BudgetExceeded}
    if any(result is None for result in results):
        assert peak[0] <= cap
    if already + sum(estimate for estimate, _, _ in calls) <= cap:
        assert all(result is None for result in results)


@given(steps=st.lists(st.integers(1, 50), min_size=2, max_size=10))
def test_one_after_the_other_spending_only_grows(steps):
    async def left(budget, cap):
        for tokens in range(cap, -1, -1):
            try:
                async with budget.reserve(priced(tokens)):
                    return tokens
            except BudgetExceeded:
                continue
        return -1

    async def measure():
        budget, found = budget_of({"tokens": 200}, Spent()), []
        for tokens in steps:
            found.append(await left(budget, 200))
            try:
                await spend(budget, priced(tokens))
            except BudgetExceeded:
                break
        return found

    rest = asyncio.run(measure())
    assert all(later < earlier for earlier, later in pairwise(rest))


def test_only_the_time_in_which_a_step_works_counts(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("graph.budget.time.monotonic", lambda: now[0])
    clock = WorkClock()
    now[0] += 600  # nothing began yet
    with clock.working():
        now[0] += 60
        with clock.working():  # a parallel step counts once
            now[0] += 60
            assert clock.minutes() == 2
        now[0] += 60
    now[0] += 3600  # a person thinks
    assert clock.minutes() == 3
    with clock.working():
        now[0] += 30
    assert clock.minutes() == 3.5


async def test_time_already_worked_is_refused_by_its_cap(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("graph.budget.time.monotonic", lambda: now[0])
    clock = WorkClock()
    budget = Budget({"minutes": 2}, Spent(), clock)
    now[0] = 3600.0
    await spend(budget, priced(1))
    with clock.working():
        now[0] += 121
    with pytest.raises(BudgetExceeded, match="minutes"):
        await spend(budget, priced(1))
