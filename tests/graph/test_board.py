from __future__ import annotations

import asyncio

import pytest

from graph.board import ModuleBoard


@pytest.fixture
def board(ledger):
    return ModuleBoard(ledger, "r-1", 0, 1)


async def test_a_module_waits_for_what_it_needs(board):
    waiting = asyncio.create_task(board.unmet(["rules", "store"], []))
    await board.settle("rules", "accepted")
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await board.settle("store", "kept")
    assert await asyncio.wait_for(waiting, 5) == []


@pytest.mark.parametrize("status", ["failed", "blocked"])
async def test_a_need_that_is_not_usable_is_named(board, status):
    waiting = asyncio.create_task(board.unmet(["rules", "store"], []))
    await board.settle("store", status)
    await board.settle("rules", "accepted")
    assert await asyncio.wait_for(waiting, 5) == ["store"]


async def test_what_earlier_waves_accepted_is_not_waited_for(board):
    assert await asyncio.wait_for(board.unmet(["rules"], ["rules"]), 5) == []


async def test_a_module_without_needs_starts_at_once(board):
    assert await asyncio.wait_for(board.unmet([], []), 5) == []


async def test_a_diamond_is_worked_off_in_the_order_of_its_needs(board):
    needs = {"top": ["left", "right"], "left": ["base"], "right": ["base"], "base": []}
    order: list[str] = []

    async def work(name):
        assert await board.unmet(needs[name], []) == []
        order.append(name)
        await board.settle(name, "accepted")

    await asyncio.wait_for(asyncio.gather(*map(work, needs)), 5)
    assert order[0] == "base"
    assert order[-1] == "top"


async def test_a_failure_reaches_everything_that_stands_on_it(board):
    needs = {"a": [], "b": ["a"], "c": ["b"], "d": []}
    ended: dict[str, str] = {}

    async def work(name):
        unmet = await board.unmet(needs[name], [])
        ended[name] = "blocked" if unmet else ("failed" if name == "a" else "accepted")
        await board.settle(name, ended[name])

    await asyncio.wait_for(asyncio.gather(*map(work, needs)), 5)
    assert ended == {"a": "failed", "b": "blocked", "c": "blocked", "d": "accepted"}


async def test_after_a_crash_settled_modules_are_found_in_the_ledger(board, ledger):
    await board.settle("rules", "accepted")
    await board.settle("store", "failed")
    again = ModuleBoard(ledger, "r-1", 0, 1)
    assert await asyncio.wait_for(again.unmet(["rules", "store"], []), 5) == ["store"]


@pytest.mark.parametrize("other", [("r-2", 0, 1), ("r-1", 1, 1), ("r-1", 0, 2)])
async def test_another_wave_waits_anew(board, ledger, other):
    await board.settle("rules", "failed")
    later = ModuleBoard(ledger, *other)
    waiting = asyncio.create_task(later.unmet(["rules"], []))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    await later.settle("rules", "accepted")
    assert await asyncio.wait_for(waiting, 5) == []
