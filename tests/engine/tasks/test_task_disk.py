import asyncio
import hashlib
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import StorageError
from engine.tasks.book import ENDED_KEPT
from engine.tasks.manager import DEADLIEST, TaskManager
from engine.tasks.store import Stored, TaskStore, as_stored
from engine.tasks.task import Done, Task

STAND = Path(__file__).with_name("task_stand.py")


@pytest.fixture
def kept(path):
    """Put tasks on the disk as a process that died left them."""

    def keep(*stored):
        async def write():
            store = TaskStore(path)
            for item in stored:
                await store.write(item)
            await store.close()

        return asyncio.to_thread(asyncio.run, write())

    return keep


def changed(path, statement, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


async def test_what_was_running_goes_on_and_what_was_paused_stays(managing, kept, obedient, quick, until, sink):
    await kept(
        Stored(Task("t-1", "run", "was running", subject="r", state="running", attempt=1, note="n"), 1),
        Stored(Task("t-2", "run", "paused by hand", state="paused", reason="asked"), 2),
        Stored(Task("t-3", "run", "asks", state="paused", reason="person", note="May I?"), 3),
        Stored(Task("t-4", "note", "needs the first", after=("t-1",)), 4),
        Stored(Task("t-5", "run", "ended", state="done", result={"a": 1}, attempt=1), 5),
        Stored(Task("t-6", "note", "needs nobody known", after=("t-0",)), 6),
    )
    async with managing(run=obedient, note=quick) as manager:
        assert [task.task for task in manager.restored] == ["t-1", "t-4", "t-6"]
        await until(lambda: obedient.working == ["t-1"])
        assert (await manager.settled("t-6")).reason == "dependency"
        states = {task.task: (task.state, task.reason, task.note, task.attempt) for task in manager.tasks()}
        assert states["t-1"] == ("running", "", "n", 1)
        assert states["t-2"] == ("paused", "asked", "", 0)
        assert states["t-3"] == ("paused", "person", "May I?", 0)
        assert states["t-4"] == ("waiting", "", "", 0)
        assert manager.get("t-5").result == {"a": 1}
        assert (await manager.stats()).disagreeing == ()
    restored = {event.data["task"]: event.data["was"] for event in sink.of("task.restored")}
    assert restored == {"t-1": "running", "t-2": "paused", "t-3": "paused", "t-4": "waiting", "t-6": "waiting"}
    assert sink.of("task.restored")[0].run == "r"


async def test_a_task_the_process_dies_with_again_and_again_is_not_begun_again(managing, kept, obedient, quick, sink):
    await kept(
        Stored(Task("t-1", "run", "deadly", state="running", attempt=1), 1, deaths=DEADLIEST - 1),
        Stored(Task("t-2", "note", "unlucky", state="running", attempt=1), 2, deaths=DEADLIEST - 2),
        Stored(Task("t-3", "run", "deadly once, by hand again", state="waiting", attempt=1), 3, deaths=DEADLIEST - 1),
    )
    async with managing(run=obedient, note=quick) as manager:
        paused = await manager.settled("t-1")
        assert (paused.state, paused.reason) == ("paused", "crash-loop")
        assert sink.of("task.paused")[0].data["deaths"] == DEADLIEST
        assert (await manager.settled("t-2")).state == "done"
        assert "t-1" not in obedient.seen
        await manager.resume("t-1")
    async with managing() as manager:  # an orderly stop breaks the row
        assert {manager.get(task).state for task in ("t-1", "t-3")} == {"waiting"}


async def test_deaths_are_counted_over_processes(path, sink, until):
    """A process that dies leaves its task running; here the file is simply read again, as the next one would."""

    async def never(task, control):
        await control.until_stopping()
        raise AssertionError

    for death in range(DEADLIEST):
        manager = TaskManager(path, sink, slots=1)
        manager.register("run", never)
        await manager.start()
        task = manager.find("run", "deadly") or await manager.submit("run", "x", subject="deadly")
        await until(lambda task=task, manager=manager: manager.get(task.task).state == "running")
        copy = path.with_suffix(f".{death}")
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        await manager.cancel(task.task)
        await manager.stop()
        path = copy
    manager = TaskManager(path, sink, slots=1)
    await manager.start()
    assert manager.tasks()[0].reason == "crash-loop"
    await manager.stop()


async def test_a_damaged_row_is_told_not_used(path, kept, sink):
    await kept(Stored(Task("t-1", "run", "x", priority=1), 1))
    changed(path, "UPDATE tasks SET record = replace(record, '\"priority\": 1', '\"priority\": 9')")
    manager = TaskManager(path, sink, slots=1)
    with pytest.raises(StorageError) as caught:
        await manager.start()
    assert (caught.value.code, caught.value.facts["record"]) == ("record-damaged", "t-1")
    await manager.stop()


async def test_a_file_that_is_no_database_or_of_a_newer_program_is_left_alone(path, kept, sink):
    await kept(Stored(Task("t-1", "run", "x"), 1))
    changed(path, "PRAGMA user_version = 99")
    with pytest.raises(StorageError) as caught:
        TaskManager(path, sink, slots=1)
    assert caught.value.code == "newer-data"
    path.write_bytes(b"not a database, but long enough to be looked at" * 100)
    before = path.read_bytes()
    with pytest.raises(StorageError) as caught:
        TaskManager(path, sink, slots=1)
    assert caught.value.code == "storage"
    assert path.read_bytes() == before


async def test_facts_of_a_later_version_are_ignored(path, kept, managing):
    await kept(Stored(Task("t-1", "run", "x"), 1))
    with closing(sqlite3.connect(path)) as connection, connection:
        record = json.loads(connection.execute("SELECT record FROM tasks").fetchone()[0])
        record["task"]["colour"] = "red"
        text = json.dumps(record)
        connection.execute("UPDATE tasks SET record = ?, digest = ?", (text, _digest("t-1", text)))
    async with managing() as manager:
        assert manager.get("t-1").title == "x"


def _digest(task, record):
    return hashlib.sha256(f"{task}\n{record}".encode()).hexdigest()[:16]


async def test_old_ended_tasks_are_forgotten_but_not_those_that_are_still_needed(managing, kept):
    ended = [Stored(Task(f"t-{n}", "run", "x", state="done", changed=float(n)), n) for n in range(1, ENDED_KEPT + 4)]
    await kept(*ended, Stored(Task("t-needy", "run", "x", after=("t-1", "t-4000")), 9_999))
    async with managing() as manager:
        known = {task.task for task in manager.tasks()}
        assert len(known) == ENDED_KEPT + 2
        assert {"t-1", "t-needy", "t-4"} <= known
        assert {"t-2", "t-3"}.isdisjoint(known)
        assert (await manager.stats()).disagreeing == ()


async def test_old_ended_tasks_are_forgotten_while_new_ones_come(managing, kept):
    await kept(*(Stored(Task(f"t-{n}", "run", "x", state="done", changed=float(n)), n) for n in range(ENDED_KEPT)))
    async with managing(quick=done) as manager:
        for number in range(300):
            await manager.submit("quick", f"{number}")
        assert len(manager.tasks()) <= ENDED_KEPT + 250
        assert "t-0" not in {task.task for task in manager.tasks()}
        assert (await manager.stats()).disagreeing == ()


async def done(_task, _control):
    return Done()


def test_a_task_reads_back_as_it_was_written():
    task = Task("t", "k", "\ud800 \0 text", data={"a": [1, (2, 3)]}, after=("x",), result={"b": None})
    assert as_stored(task).data == {"a": [1, [2, 3]]}
    assert as_stored(as_stored(task)) == as_stored(task)
    with pytest.raises(ValueError, match="JSON"):
        as_stored(Task("t", "k", "x", data={"a": float("nan")}))


async def test_a_subject_with_strange_characters_is_found_again(managing):
    async with managing() as manager:
        task = await manager.submit("run", "\ud800\0\u202e title", subject="\ud800\0")
    async with managing() as manager:
        assert manager.get(task.task) == manager.find("run", "\ud800\0") == task


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits exist on POSIX only")
def test_with_a_full_disk_the_error_is_told_and_disk_and_memory_never_disagree(tmp_path):
    """In a process of its own, whose files may not grow: the system itself refuses to write."""
    command = [sys.executable, str(STAND), "full", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-3_000:]
    told = json.loads(done.stdout)
    assert told["refused"] == {"submit": True, "pause waiting": True, "pause running": True, "resume": True}
    assert told["disagreeing while full"] == []
    assert told["states while full"] == {"running": "running", "waiting": "waiting", "paused": "paused"}
    assert told["known while full"] == 3
    assert told["unsaved told"]
    assert told["states after"] == {"running": "paused", "waiting": "waiting", "paused": "paused", "late": "done"}
    assert told["disagreeing after"] == []
    assert told["read again"] == told["states after"]


async def test_a_worker_that_ends_with_the_file_gone_keeps_its_slot_until_its_end_is_kept(managing, path, quick):
    """`done` is never said before it stands on the disk."""

    async def worker(task, control):
        gate.set()
        await go_on.wait()
        return Done("result")

    gate, go_on = asyncio.Event(), asyncio.Event()
    async with managing(slots=1, run=worker, note=quick) as manager:
        task = await manager.submit("run", "x")
        await gate.wait()
        locked = sqlite3.connect(path, isolation_level=None)
        locked.execute("BEGIN IMMEDIATE")  # another process writes for long
        go_on.set()
        await asyncio.sleep(0.3)
        assert manager.get(task.task).state == "running"
        locked.execute("ROLLBACK")
        locked.close()
        assert (await asyncio.wait_for(manager.settled(task.task), 5)).result == "result"
