import asyncio
import sqlite3
from contextlib import closing

import pytest

from core.i18n import LOCALES, tr
from engine.tasks.invariants import task_invariants
from engine.tasks.store import Stored, TaskStore
from engine.tasks.task import TASK_STATES, Task


async def findings(manager, **options):
    return {
        finding.check: finding
        for invariant in task_invariants(manager, **options)
        for finding in await invariant.find()
    }


def assert_told(finding):
    for locale in LOCALES:
        assert finding.what.text(locale)
        assert finding.action.text(locale)


async def test_a_healthy_manager_breaks_nothing(managing, obedient, quick, until):
    async with managing(run=obedient, note=quick) as manager:
        await manager.settled((await manager.submit("note", "x")).task)
        for _ in range(3):
            last = await manager.submit("run", "x", heavy=True)
        await manager.submit("run", "x", after=(last.task,))
        await until(lambda: len(obedient.working) == 2)
        assert await findings(manager) == {}


async def test_a_task_in_which_nothing_moves_is_found_until_it_moves(managing, until):
    async def worker(task, control):
        await move.wait()
        control.progress(0.5, "moving")
        await control.until_stopping()
        raise AssertionError

    move = asyncio.Event()
    async with managing(run=worker) as manager:
        task = await manager.submit("run", "still")
        await until(lambda: manager.get(task.task).state == "running")
        await asyncio.sleep(0.6)
        stuck = (await findings(manager, stuck_minutes=0.5 / 60))["task-stuck"]
        assert (stuck.subject, stuck.severity) == (task.task, "warning")
        assert "still" in stuck.what.text("ru")
        assert_told(stuck)
        assert await findings(manager) == {}
        move.set()
        await until(lambda: manager.get(task.task).step)
        assert await findings(manager, stuck_minutes=0.5 / 60) == {}
        await manager.cancel(task.task)


async def test_circles_and_gaps_left_on_the_disk_are_found(managing, path):
    async def write():
        store = TaskStore(path)
        for number, after in enumerate([("t-1",), ("t-0",), ("t-9",)]):
            state = "waiting" if number < 2 else "paused"
            await store.write(Stored(Task(f"t-{number}", "run", "x", after=after, state=state), number))
        await store.close()

    await write()
    async with managing() as manager:
        gap, ring = await next(item for item in task_invariants(manager) if item.check == "task-dependencies").find()
        assert (gap.subject, gap.facts["missing"]) == ("t-2", "t-9")
        assert ring.subject == "t-0"
        assert_told(gap)
        assert_told(ring)


async def test_a_row_that_was_changed_or_removed_behind_our_back_is_found(managing, path):
    async with managing() as manager:
        task = await manager.submit("run", "x")
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("DELETE FROM tasks")
        differs = (await findings(manager))["task-disk"]
        assert (differs.subject, differs.severity) == (task.task, "critical")
        assert_told(differs)


async def test_more_running_than_slots_is_found(managing, obedient, until):
    async with managing(slots=3, run=obedient) as manager:
        for _ in range(3):
            await manager.submit("run", "x")
        await until(lambda: len(obedient.working) == 3)
        manager.set_slots(1)
        crowded = (await findings(manager))["task-turns"]
        assert crowded.facts == {"running": 3, "slots": 1}
        assert_told(crowded)


async def test_a_sleeping_scheduler_is_found(managing):
    async with managing() as manager:
        for task in asyncio.all_tasks():
            if task.get_name() == "task scheduler":
                task.cancel()
        await asyncio.sleep(0.01)
        idle = (await findings(manager))["task-turns"]
        assert (idle.severity, idle.subject) == ("critical", "scheduler")
        assert_told(idle)


@pytest.mark.parametrize("locale", LOCALES)
def test_states_and_reasons_have_names(locale):
    names = [tr(f"task-state-{state}", locale) for state in TASK_STATES]
    reasons = ("asked", "person", "vault", "guard", "crash-loop", "dependency")
    names += [tr(f"task-reason-{reason}", locale) for reason in reasons]
    assert len(set(names)) == len(names)
