"""kill -9 at random moments: every task that was told to be so is so, nothing is lost, doubled or done twice."""

import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from task_stand import STEPS, Silent, Workers

from engine.tasks.manager import TaskManager
from engine.tasks.store import TaskStore

STAND = Path(__file__).with_name("task_stand.py")
GENERATIONS = 3
"""Processes that die one after the other in one folder."""
LATEST_MS = 250
MAY_BE = {
    "steps": {"waiting", "running", "paused", "done"},
    "long": {"waiting", "running", "paused", "cancelled"},
    "ask": {"waiting", "running", "paused", "done"},
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand forks")


@pytest.fixture
def killed():
    """Let a child work in a folder and kill it after so many milliseconds; the last one after it has started."""
    with subprocess.Popen(
        [sys.executable, str(STAND), "kills"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as stand:

        def kill(folder, generation, after_ms):
            last = generation == GENERATIONS - 1
            job = {"folder": str(folder), "generation": generation, "after_ms": after_ms, "once_started": last}
            stand.stdin.write(json.dumps(job) + "\n")
            stand.stdin.flush()
            assert json.loads(stand.stdout.readline()) == {"signal": 9}

        yield kill


def acks_of(folder):
    acks = folder / "acks"
    lines = acks.read_bytes().splitlines() if acks.exists() else []
    return [json.loads(line) for line in lines]


async def rows_of(folder):
    store = TaskStore(folder / "tasks.db")
    try:
        return await store.all()
    finally:
        await store.close()


def check(folder, rows):
    """Compare what was told before the deaths with what the disk says after them."""
    tasks = {row.task.task: row.task for row in rows}
    assert len(tasks) == len(rows)
    assert set(Counter(task.subject for task in tasks.values()).values()) <= {1}
    last = {ack["task"]: ack for ack in acks_of(folder)}
    assert set(last) <= set(tasks)
    kinds = {ack["task"]: ack["kind"] for ack in acks_of(folder) if ack["what"] == "submitted"}
    for name, ack in last.items():
        state = tasks[name].state
        if ack["what"] in {"submitted", "answered"}:
            assert state in MAY_BE[kinds[name]], ack
        elif ack["what"] == "asks" and int(ack["title"].split()[-1]) % 2:
            assert state in {"paused", "waiting", "running", "done"}  # the answer was on its way
        else:
            assert state == ack["state"], ack
    for task in tasks.values():
        if task.kind == "steps" and task.state == "done":
            effects = list((folder / "effects").glob(f"{task.task}.*"))
            assert len(effects) == STEPS, "done before its worker had returned"
    streams = {}
    for row in rows:
        generation, stream, number = row.task.title.split()
        streams.setdefault((generation, stream), []).append(int(number))
    for numbers in streams.values():
        assert numbers == list(range(len(numbers)))
    assert [row.place for row in rows] == sorted({row.place for row in rows})
    assert not (folder / "violation").exists()


async def finish(folder):
    """Start again without being killed: what was begun comes to its end, what was paused stays paused."""
    rows = await rows_of(folder)
    check(folder, rows)
    before = {row.task.task: row.task for row in rows}
    workers = Workers(folder, pause=0)
    manager = TaskManager(folder / "tasks.db", Silent(), slots=2)
    workers.register(manager)
    going_on = await manager.start()
    assert {task.task for task in going_on} == {
        task.task for task in before.values() if task.state in {"waiting", "running"}
    }
    finite = [task.task for task in going_on if task.kind != "long"]
    for task in manager.tasks(states={"waiting", "running"}, kind="long"):
        await manager.cancel(task.task)
    await asyncio.wait_for(asyncio.gather(*(manager.settled(task) for task in finite)), 20)
    for name, task in before.items():
        now = manager.get(name)
        if task.state in {"paused", "done", "cancelled", "failed"}:
            assert now == task
        elif task.kind == "steps":
            assert now.state == "done"
            assert len(list((folder / "effects").glob(f"{name}.*"))) == STEPS
        elif task.kind == "ask":
            assert now.state == ("done" if task.note == "yes" else "paused")
    assert set(Counter(workers.begun).values()) <= {1}
    first = {}
    for name in workers.begun:
        task = before[name]
        if task.kind == "steps" and not task.after and task.priority == 0:
            first.setdefault(task.group, []).append(name)
    places = {row.task.task: row.place for row in rows}
    for names in first.values():  # within a group and a priority: whoever came first
        assert [places[name] for name in names] == sorted(places[name] for name in names)
    stats = await manager.stats()
    assert stats.disagreeing == ()
    await manager.stop()
    assert not (folder / "violation").exists()


async def die(killed, folder, chance):
    folder.mkdir()
    for generation in range(GENERATIONS):
        await asyncio.to_thread(killed, folder, generation, chance.uniform(1, LATEST_MS))
        check(folder, await rows_of(folder))
    await finish(folder)


@pytest.mark.parametrize("seed", range(10))
async def test_after_kills_at_random_moments_every_task_is_as_it_was_told(tmp_path, killed, seed):
    await die(killed, tmp_path / "folder", random.Random(seed))
    assert acks_of(tmp_path / "folder"), "the moments were all too early to mean anything"


@pytest.mark.slow
async def test_after_hundreds_of_kills_every_task_is_as_it_was_told(tmp_path, killed):
    for seed in range(150):
        await die(killed, tmp_path / f"{seed}", random.Random(1_000 + seed))
