"""A real TaskManager on a real file, with a sink that keeps what it is told."""

import asyncio
import sqlite3
import time
from contextlib import asynccontextmanager, closing

import pytest

from engine.tasks.manager import TaskManager
from engine.tasks.task import Done, Stopped


class Sink:
    """Keeps all events."""

    def __init__(self):
        self.events = []

    def emit(self, event, /):
        self.events.append(event)

    def names(self, type_="TASK"):
        return [event.name for event in self.events if event.type == type_]

    def of(self, name):
        return [event for event in self.events if event.name == name]


@pytest.fixture
def sink():
    return Sink()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "tasks.db"


@pytest.fixture
def managing(path, sink):
    """Open a manager with workers by kind; it is stopped at the end of the block."""

    @asynccontextmanager
    async def manage(*, slots=2, stop_seconds=0.2, **workers):
        manager = TaskManager(path, sink, slots=slots)
        for kind, worker in workers.items():
            manager.register(kind, worker)
        try:
            manager.restored = await manager.start()
            yield manager
        finally:
            await manager.stop(seconds=stop_seconds)

    return manage


@pytest.fixture
def on_disk(path):
    """Read the states from the file itself."""

    def read():
        with closing(sqlite3.connect(path)) as connection:
            return dict(connection.execute("SELECT task, state FROM tasks").fetchall())

    return read


@pytest.fixture
def until():
    """Await a condition."""

    async def wait(condition, seconds=5.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it never came"
            await asyncio.sleep(0.005)

    return wait


@pytest.fixture
def obedient():
    """A worker that works until it is asked to stop; keeps how many are at work."""

    class Obedient:
        def __init__(self):
            self.working = []
            self.seen = []

        async def __call__(self, task, control):
            self.seen.append(task.task)
            self.working.append(task.task)
            try:
                await control.until_stopping()
                return Stopped()
            finally:
                self.working.remove(task.task)

    return Obedient()


@pytest.fixture
def quick():
    """A worker that is done at once; keeps the order."""

    class Quick:
        def __init__(self):
            self.order = []

        async def __call__(self, task, control):
            self.order.append(task.title)
            return Done(task.title)

    return Quick()
