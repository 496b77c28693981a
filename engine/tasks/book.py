"""All tasks of a data folder: what the disk has, memory has, and everybody who listens has been told, in that order.

A change stands on the disk before memory shows it; a refused one changes neither. One lock lets changes pass one by
one, so that no two of them start from the same state.
"""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError
from core.events import Event
from engine.tasks.queue import chance
from engine.tasks.store import Stored, TaskStore
from engine.tasks.task import ENDED, Task

if TYPE_CHECKING:
    from pathlib import Path

    from core.events import EventSink, Json
    from engine.tasks.queue import Chance
    from engine.tasks.work import Work

ENDED_KEPT: Final = 2_000
"""Ended tasks beyond the newest of these are forgotten, at the start and as new ones come."""
_SURPLUS: Final = 200
"""So many more may be known before it is worth looking which of them to forget."""

Callback = Callable[[Task], None]


@dataclass(slots=True)
class Entry:
    """A task and what belongs to it in this process."""

    stored: Stored
    work: Work | None = None
    """The worker, until its end stands on the disk."""
    left_behind: Work | None = None
    """A worker that would not end; the task does not begin before it is gone."""
    waiters: list[asyncio.Future[Task]] = field(default_factory=list)

    @property
    def task(self) -> Task:
        """The task as it is now."""
        return self.stored.task

    @property
    def settled(self) -> bool:
        """Whether nothing happens to it by itself any more."""
        return self.task.state in ENDED or self.task.state == "paused"


class TaskBook:
    """Where a task is looked up and changed; whoever changes one holds `changing`."""

    def __init__(self, path: Path, sink: EventSink) -> None:
        self._store = TaskStore(path)
        self._sink = sink
        self._subscribers: tuple[Callback, ...] = ()
        self._last_place = 0
        self.entries: dict[str, Entry] = {}
        """By id, oldest first."""
        self.changing = asyncio.Lock()
        self.wake = asyncio.Event()
        """Set with every change: perhaps something can begin now."""

    async def load(self) -> list[Entry]:
        """Read all tasks, forget the oldest of those that ended, and return those that did not."""
        for stored in await self._store.all():
            self.entries[stored.task.task] = Entry(stored)
            self._last_place = max(self._last_place, stored.place)
        await self._forget()
        return [entry for entry in self.entries.values() if entry.task.state not in ENDED]

    async def _forget(self) -> None:
        tasks = [entry.task for entry in self.entries.values() if entry.left_behind is None]
        needed = {name for task in tasks if task.state not in ENDED for name in task.after}
        ended = sorted((task for task in tasks if task.state in ENDED), key=lambda task: task.changed, reverse=True)
        old = [task.task for task in ended[ENDED_KEPT:] if task.task not in needed]
        if old:
            await self._store.forget(old)
        for name in old:
            del self.entries[name]

    async def close(self) -> None:
        """Close the file and let everybody go who waits for a task."""
        async with self.changing:
            await self._store.close()
        for entry in self.entries.values():
            _release(entry)

    # ------------------------------------------------------------------------------------------ looking up

    def entry(self, task: str) -> Entry:
        """Return a task's entry; InputError `unknown-task` when there is none."""
        if task not in self.entries:
            raise InputError("unknown-task", task=task)
        return self.entries[task]

    def newest(self, kind: str, subject: str) -> Task | None:
        """Return the newest task of a kind about a subject."""
        known = (entry.task for entry in reversed(self.entries.values()))
        return next((task for task in known if (task.kind, task.subject) == (kind, subject)), None)

    def unended(self, kind: str, subject: str) -> Task | None:
        """Return the task of a kind that is at work on a subject; nothing is at work on the empty one."""
        same = (
            entry.task for entry in self.entries.values() if (entry.task.kind, entry.task.subject) == (kind, subject)
        )
        return next((task for task in same if task.state not in ENDED), None) if subject else None

    def waiting(self, wanted: Chance) -> list[Entry]:
        """Return the waiting tasks with this chance to begin."""
        states = {name: entry.task.state for name, entry in self.entries.items()}
        waiting = [entry for entry in self.entries.values() if entry.task.state == "waiting"]
        return [entry for entry in waiting if chance(entry.task.after, states) == wanted]

    def running(self, *, heavy: bool) -> int:
        """Count the running tasks of one weight."""
        running = (entry.task for entry in self.entries.values() if entry.task.state == "running")
        return sum(task.heavy == heavy for task in running)

    async def settled(self, entry: Entry) -> Task:
        """Return the task once nothing happens to it by itself any more, or the book is closed."""
        if entry.settled or self._store.closed:
            return entry.task
        waiter: asyncio.Future[Task] = asyncio.get_running_loop().create_future()
        entry.waiters.append(waiter)
        return await waiter

    async def compare(self) -> tuple[int, int, tuple[str, ...]]:
        """Count the tasks on the disk and in memory, and name those that are not the same in both."""
        async with self.changing:
            stored = {item.task.task: item for item in await self._store.all()}
            known = {name: entry.stored for name, entry in self.entries.items()}
        names = stored.keys() | known.keys()
        differing = sorted(name for name in names if not _same(stored.get(name), known.get(name)))
        return len(stored), len(known), tuple(differing)

    # -------------------------------------------------------------------------------------------- changing

    async def add(self, task: Task) -> None:
        """Take in a new task, at the end of the line."""
        if len(self.entries) >= ENDED_KEPT + _SURPLUS:
            await self._forget()
        stored = Stored(task, self.next_place())
        await self._store.write(stored)
        entry = self.entries[task.task] = Entry(stored)
        self._changed(entry)

    async def change(
        self, entry: Entry, *, place: int | None = None, deaths: int | None = None, **changes: Any
    ) -> Task:
        """Change a task; StorageError says that it is still as it was."""
        before = entry.stored
        stored = Stored(
            dataclasses.replace(before.task, **{"changed": time.time(), **changes}),
            before.place if place is None else place,
            before.deaths if deaths is None else deaths,
        )
        await self._store.write(stored)
        entry.stored = stored
        self._changed(entry)
        return stored.task

    def progressed(self, entry: Entry, fraction: float, step: str) -> None:
        """Note how far a running task is; that stands in memory only."""
        before = entry.task
        task = dataclasses.replace(before, progress=fraction, step=step, changed=time.time())
        entry.stored = dataclasses.replace(entry.stored, task=task)
        self._tell(task)
        if step != before.step:
            self.emit("task.progress", task, progress=fraction, step=step)

    def next_place(self) -> int:
        """Return the place at the end of the line."""
        self._last_place += 1
        return self._last_place

    # --------------------------------------------------------------------------------------------- telling

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """Call `callback` with each changed task; returns how to stop that."""
        self._subscribers = (*self._subscribers, callback)

        def stop() -> None:
            self._subscribers = tuple(known for known in self._subscribers if known is not callback)

        return stop

    def emit(self, name: str, task: Task, *, error: bool = False, **data: Json) -> None:
        """Tell an event about a task; empty facts are left out."""
        told = {"task": task.task, "kind": task.kind, "reason": task.reason, "note": task.note, **data}
        facts = {key: value for key, value in told.items() if value != ""}
        run = task.subject if task.kind == "run" else ""
        self._sink.emit(Event("ERROR" if error else "TASK", name, run=run, data=facts))

    def _changed(self, entry: Entry) -> None:
        self._tell(entry.task)
        if entry.settled:
            _release(entry)
        self.wake.set()

    def _tell(self, task: Task) -> None:
        # Through the loop: a subscriber that fails is told to the loop's handler and harms nobody else.
        loop = asyncio.get_running_loop()
        for subscriber in self._subscribers:
            loop.call_soon(subscriber, task)


def _release(entry: Entry) -> None:
    for waiter in entry.waiters:
        if not waiter.done():
            waiter.set_result(entry.task)
    entry.waiters.clear()


def _same(stored: Stored | None, known: Stored | None) -> bool:
    """Whether disk and memory say the same; how far a running task is stands in memory only."""
    if stored is None or known is None:
        return False
    task = known.task
    if task.state == "running":
        on_disk = stored.task
        task = dataclasses.replace(task, progress=on_disk.progress, step=on_disk.step, changed=on_disk.changed)
    return stored == dataclasses.replace(known, task=task)
