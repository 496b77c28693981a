import asyncio
import threading
import time

import pytest

from core.errors import Cancelled, ConfigurationError, InputError
from engine.tasks.dispatcher import LIGHT_AT_ONCE
from engine.tasks.task import ENDED, Done, Stopped


async def test_a_submitted_task_is_on_the_disk_and_comes_to_its_end(managing, quick, on_disk, sink):
    async with managing(note=quick) as manager:
        task = await manager.submit("note", "first", subject="s", data={"list": [1, {"a": None}]}, priority=3)
        assert on_disk()[task.task] == "waiting"
        ended = await manager.settled(task.task)
        assert (ended.state, ended.result, ended.attempt, ended.progress) == ("done", "first", 1, 1.0)
        assert on_disk()[task.task] == "done"
        assert manager.find("note", "s") == ended == manager.get(task.task)
        assert manager.tasks() == [ended]
    assert sink.names() == ["task.submitted", "task.started", "task.finished"]


async def test_events_of_a_run_name_it(managing, quick, sink):
    async with managing(run=quick) as manager:
        await manager.settled((await manager.submit("run", "x", subject="r-1")).task)
    assert {(event.run, event.data["kind"]) for event in sink.events} == {("r-1", "run")}


async def test_the_same_work_is_not_done_twice_at_the_same_time(managing, obedient, quick):
    async with managing(run=obedient, note=quick) as manager:
        first, second = await asyncio.gather(*(manager.submit("run", "x", subject="r") for _ in range(2)))
        assert first.task == second.task
        assert (await manager.submit("run", "x", subject="other")).task != first.task
        assert (await manager.submit("note", "x")).task != (await manager.submit("note", "x")).task
        await manager.cancel(first.task)
        assert (await manager.submit("run", "x", subject="r")).task != first.task


async def test_work_is_not_doubled_by_restarting_an_older_task(managing, obedient):
    async with managing(run=obedient) as manager:
        first = await manager.submit("run", "x", subject="r")
        await manager.cancel(first.task)
        await manager.submit("run", "x", subject="r")
        with pytest.raises(InputError) as caught:
            await manager.restart(first.task)
        assert caught.value.code == "task-doubled"


async def test_no_more_heavy_tasks_than_slots_but_light_ones_beside_them(managing, obedient, until):
    async with managing(run=obedient) as manager:
        for number in range(5):
            await manager.submit("run", f"heavy {number}")
        light = [await manager.submit("run", f"light {number}", heavy=False) for number in range(LIGHT_AT_ONCE + 4)]
        await until(lambda: len(obedient.working) == 2 + LIGHT_AT_ONCE)
        await asyncio.sleep(0.05)
        stats = await manager.stats()
        assert (stats.running_heavy, stats.running_light) == (2, LIGHT_AT_ONCE)
        assert {task.task for task in light[LIGHT_AT_ONCE:]}.isdisjoint(obedient.working)
        manager.set_slots(4)
        await until(lambda: len(obedient.working) == 4 + LIGHT_AT_ONCE)
        manager.set_slots(1)
        await asyncio.sleep(0.05)
        assert len(obedient.working) == 4 + LIGHT_AT_ONCE


async def test_priority_then_turns_between_groups_then_who_came_first(managing, quick, obedient, until):
    async with managing(slots=1, block=obedient, note=quick) as manager:
        block = await manager.submit("block", "block")
        await until(lambda: obedient.working)
        for title, group, priority in [("a1", "a", 0), ("a2", "a", 0), ("b1", "b", 0), ("a3", "a", 0), ("c", "c", 5)]:
            last = await manager.submit("note", title, group=group, priority=priority)
        raised = await manager.submit("note", "raised")
        await manager.prioritise(raised.task, 9)
        await manager.cancel(block.task)
        await until(lambda: len(quick.order) == 6)
        assert quick.order == ["raised", "c", "a1", "b1", "a2", "a3"]
        assert manager.get(last.task).state == "done"


async def test_a_stream_of_urgent_tasks_never_starves_a_lowly_one(managing, until):
    async def urgent(task, control):
        await manager.submit("urgent", "next", priority=100)
        return Done()

    async def lowly(task, control):
        return Done()

    async with managing(slots=1, urgent=urgent, lowly=lowly) as manager:
        for _ in range(3):
            await manager.submit("urgent", "first", priority=100)
        task = await manager.submit("lowly", "backup", priority=-100)
        assert (await asyncio.wait_for(manager.settled(task.task), 10)).state == "done"


async def test_a_task_begins_after_the_ones_it_needs(managing, quick, obedient, until):
    async with managing(block=obedient, note=quick) as manager:
        block = await manager.submit("block", "block")
        done = await manager.submit("note", "before")
        needy = await manager.submit("note", "needy", after=(block.task, done.task))
        later = await manager.submit("note", "later", after=(needy.task,))
        await manager.settled(done.task)
        await asyncio.sleep(0.05)
        assert {manager.get(task.task).state for task in (needy, later)} == {"waiting"}
        await manager.cancel(block.task)
        failed = await manager.settled(later.task)
        assert (failed.state, failed.reason) == ("failed", "dependency")
        assert manager.get(needy.task).reason == "dependency"
        assert quick.order == ["before"]
        again = await manager.submit("note", "again", after=(done.task,))
        assert (await manager.settled(again.task)).state == "done"
        hopeless = await manager.submit("note", "hopeless", after=(done.task, block.task))
        assert (await manager.settled(hopeless.task)).reason == "dependency"


async def test_unknown_dependencies_and_circles_are_refused(managing, obedient):
    async with managing(run=obedient) as manager:
        first = await manager.submit("run", "first", subject="r")
        second = await manager.submit("run", "second", after=(first.task,))
        with pytest.raises(InputError) as caught:
            await manager.submit("run", "x", after=("t-nobody",))
        assert caught.value.code == "unknown-task"
        for after in ((first.task,), (second.task,)):
            with pytest.raises(InputError) as caught:
                await manager.submit("run", "first", subject="r", after=after)
            assert caught.value.code == "task-circle"
        assert len(manager.tasks()) == 2


async def test_a_task_that_waits_for_a_person_holds_no_slot(managing, quick):
    async def asks(task, control):
        asked.append(task.note)
        return Done("answered") if task.note == "yes" else Stopped("person", "May I?")

    asked = []
    async with managing(slots=1, run=asks, note=quick) as manager:
        task = await manager.submit("run", "x")
        paused = await manager.settled(task.task)
        assert (paused.state, paused.reason, paused.note) == ("paused", "person", "May I?")
        assert (await manager.settled((await manager.submit("note", "other")).task)).state == "done"
        resumed = await manager.resume(task.task, note="yes")
        assert (resumed.reason, resumed.note) == ("", "yes")
        assert (await manager.settled(task.task)).result == "answered"
        assert asked == ["", "yes"]


async def test_a_waiting_task_is_paused_cancelled_and_restarted_without_a_worker(managing, quick):
    async with managing() as manager:
        task = await manager.submit("note", "x")
        assert (await manager.pause(task.task)).reason == "asked"
        assert (await manager.pause(task.task, reason="guard")).reason == "asked"
        assert (await manager.resume(task.task)).state == "waiting"
        assert (await manager.resume(task.task)).state == "waiting"
        assert (await manager.cancel(task.task)).state == "cancelled"
        assert (await manager.cancel(task.task)).state == "cancelled"
        assert (await manager.restart(task.task)).attempt == 1
        manager.register("note", quick)
        assert (await manager.settled(task.task)).state == "done"
        assert (await manager.restart(task.task)).attempt == 2
        assert (await manager.settled(task.task)).attempt == 2


@pytest.mark.parametrize(
    ("call", "code"),
    [("pause", "task-ended"), ("resume", "task-ended"), ("cancel", "task-ended"), ("prioritise", "task-ended")],
)
async def test_what_has_ended_stays_as_it_is(managing, quick, call, code):
    async with managing(note=quick) as manager:
        task = await manager.settled((await manager.submit("note", "x")).task)
        with pytest.raises(InputError) as caught:
            await (manager.prioritise(task.task, 5) if call == "prioritise" else getattr(manager, call)(task.task))
        assert caught.value.code == code
        assert manager.get(task.task) == task


async def test_what_has_not_ended_is_not_restarted_and_nobody_knows_a_wrong_id(managing, obedient):
    async with managing(run=obedient) as manager:
        task = await manager.submit("run", "x")
        with pytest.raises(InputError, match="task-not-ended"):
            await manager.restart(task.task)
        with pytest.raises(InputError, match="unknown-task"):
            manager.get("t-nobody")
        with pytest.raises(InputError, match="unknown-task"):
            await manager.cancel("t-nobody")
        assert manager.find("run", "nothing") is None


async def test_errors_fail_the_task_with_their_code_and_facts(managing, sink, caplog):
    async def fails(task, control):
        raise {"ours": ConfigurationError("tool-missing", tool="uv", size=float("inf")), "stop": Cancelled()}.get(
            task.title, ZeroDivisionError("secret words")
        )

    async with managing(run=fails) as manager:
        ours, strange, stop = [await manager.submit("run", title) for title in ("ours", "strange", "stop")]
        failed = await manager.settled(ours.task)
        assert (failed.state, failed.reason) == ("failed", "tool-missing")
        assert failed.result == {"code": "tool-missing", "facts": {"tool": "uv", "size": "Infinity"}}
        failed = await manager.settled(strange.task)
        assert (failed.state, failed.reason) == ("failed", "internal")
        assert failed.result == {"code": "internal", "facts": {"error": "ZeroDivisionError"}}
        assert (await manager.settled(stop.task)).state == "cancelled"
        assert sink.of("task.crashed")[0].type == "ERROR"
        assert "secret" not in str(sink.of("task.crashed"))
        assert [event.data["reason"] for event in sink.of("task.failed")] == ["tool-missing", "internal"]
        assert "ZeroDivisionError" in caplog.text
        assert "Traceback" in caplog.text


@pytest.mark.parametrize("answer", [None, "done", Done(object()), Done(float("nan")), Done({1, 2})])
async def test_only_a_proper_answer_is_an_end(managing, answer):
    async def worker(task, control):
        return answer

    async with managing(run=worker) as manager:
        task = await manager.settled((await manager.submit("run", "x")).task)
        assert (task.state, task.reason) == ("failed", "internal")


async def test_a_flood_of_progress_from_a_thread_is_told_ten_times_a_second(managing, sink):
    async def worker(task, control):
        def flood():
            for number in range(100_000):
                control.progress(number / 100_000, "counting")
            control.progress(0.75, "last")

        began = time.monotonic()
        thread = threading.Thread(target=flood)
        thread.start()
        longest = 0.0
        while thread.is_alive():
            before = time.monotonic()
            await asyncio.sleep(0.001)
            longest = max(longest, time.monotonic() - before)
        await asyncio.sleep(0.15)
        return Done([time.monotonic() - began, longest])

    seen = []
    async with managing(run=worker) as manager:
        manager.subscribe(seen.append)
        task = await manager.settled((await manager.submit("run", "x")).task)
        seconds, longest = task.result
        told = [task for task in seen if task.state == "running" and task.step]
        assert told[-1].progress == 0.75
        assert told[-1].step == "last" == task.step
        assert len(told) <= seconds * 10 + 2
        assert longest < 1
        assert len(sink.of("task.progress")) == 2


async def test_progress_is_between_nothing_and_all(managing):
    async def worker(task, control):
        for said in (5, -3, float("nan"), 0.5):
            control.progress(said, "x" * 10_000)
            await asyncio.sleep(0.11)
            seen.append((manager.get(task.task).progress, len(manager.get(task.task).step)))
        return Done()

    seen = []
    async with managing(run=worker) as manager:
        await manager.settled((await manager.submit("run", "x")).task)
    assert seen == [(1.0, 500), (-1.0, 500), (-1.0, 500), (0.5, 500)]


async def test_subscribers_see_each_change_until_they_leave_and_cannot_break_anything(managing, quick):
    def broken(task):
        raise RuntimeError("a broken window")

    complaints, seen = [], []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context["exception"]))
    async with managing(note=quick) as manager:
        manager.subscribe(broken)
        leave = manager.subscribe(lambda task: seen.append((task.state, threading.current_thread())))
        await manager.settled((await manager.submit("note", "x")).task)
        assert seen == [(state, threading.main_thread()) for state in ("waiting", "running", "done")]
        assert len(complaints) == 3
        leave()
        await manager.settled((await manager.submit("note", "x")).task)
        assert len(seen) == 3


async def test_a_change_is_carried_through_when_its_caller_gives_up(managing, quick):
    async with managing(note=quick) as manager:
        for _ in range(20):
            call = asyncio.create_task(manager.submit("note", "x"))
            await asyncio.sleep(0)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
        await asyncio.sleep(0.1)
        stats = await manager.stats()
        assert (stats.on_disk, stats.disagreeing) == (20, ())


async def test_many_at_once_come_to_their_end_and_disk_and_memory_agree(managing, quick):
    async with managing(note=quick) as manager:
        tasks = await asyncio.gather(
            *(manager.submit("note", f"{number}", group=f"{number % 7}", heavy=number % 3 > 0) for number in range(150))
        )
        await asyncio.gather(*(manager.settled(task.task) for task in tasks))
        assert {task.state for task in manager.tasks()} <= ENDED
        assert len(quick.order) == 150
        stats = await manager.stats()
        assert stats.alive
        assert (stats.on_disk, stats.in_memory, stats.disagreeing) == (150, 150, ())
