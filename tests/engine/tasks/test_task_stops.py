import asyncio
import time

import pytest

from core.errors import InputError, StorageError
from engine.tasks.task import Done, Stopped
from engine.tasks.work import PAUSE_SECONDS


async def test_the_last_word_of_a_worker_is_kept(managing, until):
    async def worker(task, control):
        began.append(1)
        for number in range(10):
            control.progress(number / 10, f"step {number}")
        await control.until_stopping()
        control.progress(0.99, "the last word")
        return Stopped()

    began = []
    async with managing(run=worker) as manager:
        task = await manager.submit("run", "x")
        await until(lambda: began)
        paused = await manager.pause(task.task)
        assert (paused.progress, paused.step) == (0.99, "the last word")


async def test_an_obedient_worker_is_paused_and_cancelled_within_a_second(managing, obedient, until, on_disk):
    async with managing(run=obedient) as manager:
        task = await manager.submit("run", "x")
        for change, state in ((manager.pause, "paused"), (manager.cancel, "cancelled")):
            await until(lambda: obedient.working)
            began = time.monotonic()
            assert (await change(task.task)).state == state
            assert time.monotonic() - began < 1
            assert on_disk()[task.task] == state
            assert not obedient.working
            if state == "paused":
                assert (await manager.resume(task.task)).state == "waiting"


async def test_a_pause_says_why_and_the_worker_may_add_a_word(managing, until):
    async def worker(task, control):
        started.append(task)
        await control.until_stopping()
        return Stopped(note="half way")

    started = []
    async with managing(run=worker) as manager:
        task = await manager.submit("run", "x")
        await until(lambda: started)
        paused = await manager.pause(task.task, reason="guard", by="the paranoid tester")
        assert (paused.state, paused.reason, paused.note) == ("paused", "guard", "half way")
        await manager.resume(task.task)
        await until(lambda: len(started) == 2)
        assert (await manager.pause(task.task, note="lunch")).note == "lunch"
        assert started[1].attempt == 1


async def test_a_worker_that_is_cancelled_from_inside_has_failed(managing):
    async def worker(task, control):
        raise asyncio.CancelledError

    async with managing(run=worker) as manager:
        assert (await manager.settled((await manager.submit("run", "x")).task)).reason == "internal"


async def test_a_worker_that_hears_no_pause_is_cut_off_and_paused(managing, until):
    async def deaf(task, control):
        began.append(task.task)
        try:
            await asyncio.sleep(60)
        finally:
            cut.append(task.task)

    began, cut = [], []
    async with managing(run=deaf) as manager:
        task = await manager.submit("run", "x")
        await until(lambda: began)
        started = time.monotonic()
        assert (await manager.pause(task.task)).state == "paused"
        assert cut == [task.task]
        assert PAUSE_SECONDS - 0.1 < time.monotonic() - started < PAUSE_SECONDS + 3


async def test_a_cancel_cuts_a_pause_short(managing, until):
    async def deaf(task, control):
        began.append(1)
        await asyncio.sleep(60)

    began = []
    async with managing(run=deaf) as manager:
        task = await manager.submit("run", "x")
        await until(lambda: began)
        pausing = asyncio.create_task(manager.pause(task.task))
        await asyncio.sleep(0.05)
        started = time.monotonic()
        assert (await manager.cancel(task.task)).state == "cancelled"
        assert time.monotonic() - started < 1
        assert (await pausing).state == "cancelled"


async def test_a_resume_during_a_pause_wins_as_the_later_word(managing, until):
    async def slow(task, control):
        began.append(1)
        await control.until_stopping()
        await asyncio.sleep(0.1)
        return Stopped()

    began = []
    async with managing(run=slow) as manager:
        task = await manager.submit("run", "x")
        await until(lambda: began)
        pausing = asyncio.create_task(manager.pause(task.task))
        await asyncio.sleep(0.02)
        await manager.resume(task.task)
        await pausing
        await until(lambda: len(began) == 2)


async def test_a_worker_that_finishes_while_it_is_asked_to_pause_is_done(managing, until):
    async def finishing(task, control):
        began.append(1)
        await control.until_stopping()
        return Done("all of it")

    began = []
    async with managing(run=finishing) as manager:
        task = await manager.submit("run", "x")
        await until(lambda: began)
        assert (await manager.pause(task.task)).state == "done"


async def test_a_worker_that_ignores_cancellation_never_meets_its_own_successor(managing, monkeypatch, until, sink):
    async def stubborn(task, control):
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        try:
            while not free.is_set():
                try:
                    await asyncio.sleep(0.05)
                except asyncio.CancelledError:
                    continue
            return Done("too late")
        finally:
            at_once -= 1

    monkeypatch.setattr("engine.tasks.work.CLEANUP_SECONDS", 0.2)
    monkeypatch.setattr("engine.tasks.work.LAST_SECONDS", 0.2)
    free, at_once, most = asyncio.Event(), 0, 0
    async with managing(slots=1, run=stubborn) as manager:
        task = await manager.submit("run", "x")
        await until(lambda: at_once == 1)
        assert (await manager.cancel(task.task)).state == "cancelled"
        assert at_once == 1
        assert "task.left-behind" in sink.names("ERROR")
        await manager.restart(task.task)
        other = await manager.submit("run", "its slot is free")
        await until(lambda: manager.get(other.task).state == "running")
        assert manager.get(task.task).state == "waiting"
        await manager.cancel(other.task)
        await asyncio.sleep(0.1)
        assert (manager.get(task.task).state, manager.get(task.task).result) == ("waiting", None)
        free.set()
        assert (await manager.settled(task.task)).result == "too late"
    assert most == 2  # the two tasks, never one of them twice


async def test_nothing_is_accepted_before_the_start_and_after_the_stop(managing, quick):
    async with managing(note=quick) as manager:
        waiting = await manager.submit("other", "nobody does it")
        settled = asyncio.create_task(manager.settled(waiting.task))
        await asyncio.sleep(0)
    with pytest.raises(InputError, match="tasks-not-running"):
        await manager.submit("note", "x")
    with pytest.raises(InputError, match="tasks-not-running"):
        await manager.cancel(waiting.task)
    assert (await asyncio.wait_for(settled, 1)).state == "waiting"
    assert (await manager.settled(waiting.task)).state == "waiting"
    await manager.stop()
    with pytest.raises(StorageError):
        await manager.stats()


async def test_what_ran_at_the_stop_goes_on_at_the_next_start_in_its_old_place(managing, obedient, until, sink):
    async with managing(slots=1, run=obedient) as manager:
        titles = [await manager.submit("run", f"{number}") for number in range(3)]
        byhand = await manager.submit("run", "by hand")
        await manager.pause(byhand.task)
        await until(lambda: obedient.working)
    assert not obedient.working
    async with managing(slots=1, run=obedient) as manager:
        assert [task.task for task in manager.restored] == [task.task for task in titles]
        assert [task.title for task in manager.tasks()] == ["0", "1", "2", "by hand"]
        await until(lambda: obedient.working)
        assert obedient.seen == [titles[0].task] * 2
        assert manager.get(byhand.task).state == "paused"
    assert len(sink.of("task.restored")) == 4


async def test_a_stop_is_bounded_by_workers_that_hear_nothing(managing, monkeypatch, until):
    async def stubborn(task, control):
        began.append(1)
        while not free.is_set():
            try:
                await asyncio.sleep(0.05)
            except asyncio.CancelledError:
                continue
        return Done()

    monkeypatch.setattr("engine.tasks.work.CLEANUP_SECONDS", 0.2)
    monkeypatch.setattr("engine.tasks.work.LAST_SECONDS", 0.2)
    began, free = [], asyncio.Event()
    async with managing(run=stubborn) as manager:
        await manager.submit("run", "x")
        await until(lambda: began)
        started = time.monotonic()
        await manager.stop(seconds=0.2)
        assert time.monotonic() - started < 2
        assert manager.tasks()[0].state == "waiting"
    free.set()
    await asyncio.sleep(0.1)
