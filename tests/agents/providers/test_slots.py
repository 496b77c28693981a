"""Limited calls: never more than the number, urgent ones first, nothing lost by a cancellation."""

from __future__ import annotations

import asyncio

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.providers.slots import Slots


async def test_urgent_calls_pass_those_that_came_before_and_equals_keep_their_order():
    slots, order = Slots(1), []

    async def call(name: str, *, urgent: bool) -> None:
        async with slots.taken(urgent=urgent):
            order.append(name)

    async with asyncio.TaskGroup() as group, slots.taken():
        for name, urgent in (("a", False), ("b", False), ("urgent-1", True), ("urgent-2", True)):
            group.create_task(call(name, urgent=urgent))
        await asyncio.sleep(0.01)
        assert order == []
    assert order == ["urgent-1", "urgent-2", "a", "b"]


@settings(max_examples=60)
@given(
    number=st.integers(1, 3),
    calls=st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), min_size=1, max_size=12),
)
def test_cancelled_calls_leave_their_slot_to_others(number, calls):
    peak = asyncio.run(_cancelling(number, calls))
    assert 1 <= peak <= number


async def _cancelling(number: int, calls: list[tuple[bool, bool, int]]) -> int:
    """Start calls, cancel some after a few turns of the loop, then take every slot at once."""
    slots, inside, peak = Slots(number), 0, 0

    async def call(*, urgent: bool, turns: int) -> None:
        nonlocal inside, peak
        async with slots.taken(urgent=urgent):
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
        await asyncio.gather(*(call(urgent=False, turns=2) for _ in range(2 * number)))
    return peak
