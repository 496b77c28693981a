"""The TaskManager: everything that works in the background, from the wish to its end, over crashes.

A change that was begun is carried through even when whoever asked for it gives up. What was `running` when the process
died is begun again by itself: workers go on from what they find.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core.errors import InputError
from engine.tasks.book import TaskBook
from engine.tasks.dispatcher import Dispatcher
from engine.tasks.queue import waits_for
from engine.tasks.store import as_stored
from engine.tasks.task import ENDED, Task
from memory.store import new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
    from pathlib import Path

    from core.events import EventSink, Json
    from engine.tasks.book import Callback, Entry
    from engine.tasks.task import TaskState, Worker

DEADLIEST: Final = 5
"""A task that was running in so many deaths of the process, one after the other, is not begun again by itself."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TaskStats:
    """How the manager is doing, looked up on the spot."""

    alive: bool
    """Whether it hands out turns."""
    last_pass: float
    """Seconds since it last looked for work to begin."""
    longest_waiting: float
    """Seconds since the last change of the task that waits longest of those that could begin."""
    slots: int
    running_heavy: int
    running_light: int
    on_disk: int
    in_memory: int
    disagreeing: tuple[str, ...]
    """Tasks the disk tells otherwise than the memory."""


class TaskManager:
    """Keeps, orders, begins, stops and restores tasks; lives in one event loop."""

    def __init__(self, path: Path, sink: EventSink, *, slots: int) -> None:
        """Open the tasks on the disk. StorageError when they cannot be used."""
        self._book = TaskBook(path, sink)
        self._dispatcher = Dispatcher(self._book, sink, max(slots, 1))
        self._changes: set[asyncio.Task[Any]] = set()
        self._started = False
        self._stopping: asyncio.Task[None] | None = None

    def register(self, kind: str, worker: Worker) -> None:
        """Let `worker` do all tasks of a kind; tasks of a kind without a worker wait."""
        self._dispatcher.workers[kind] = worker
        self._book.wake.set()

    async def start(self) -> list[Task]:
        """Restore all tasks and begin to hand out turns; return those that go on by themselves."""
        unended = await self._book.load()
        for entry in unended:
            await self._restore(entry)
        self._started = True
        self._dispatcher.start()
        return [entry.task for entry in unended if entry.task.state == "waiting"]

    async def stop(self, *, seconds: float = 5.0) -> None:
        """Ask all workers to end within `seconds`, let their tasks wait for the next start, and close the file."""
        if self._stopping is None:
            self._stopping = asyncio.create_task(self._stop(seconds), name="task manager stops")
        await asyncio.shield(self._stopping)

    async def submit(
        self,
        kind: str,
        title: str,
        *,
        subject: str = "",
        data: Mapping[str, Json] | None = None,
        priority: int = 0,
        group: str = "",
        heavy: bool = True,
        after: Sequence[str] = (),
    ) -> Task:
        """Take a new task; it is on the disk when this returns.

        A task of the same kind and the same non-empty subject that has not ended is returned instead. InputError
        `unknown-task` for a dependency nobody knows, `task-circle` when a task would wait for itself.
        """
        now = time.time()
        wanted = Task(
            task=new_id("t"),
            kind=kind,
            title=title,
            subject=subject,
            data=data or {},
            priority=priority,
            group=group,
            heavy=heavy,
            after=tuple(dict.fromkeys(after)),
            created=now,
            changed=now,
        )
        return await self._carried_through(self._submit(as_stored(wanted)))

    async def pause(self, task: str, *, reason: str = "asked", note: str = "", by: str = "") -> Task:
        """Pause a task; a running worker has a moment to end by itself. It may come to its end instead."""
        return await self._carried_through(self._pause(self._book.entry(task), reason, note, by))

    async def resume(self, task: str, *, by: str = "", note: str = "") -> Task:
        """Let a paused task go on when its turn comes; one that is not paused is left alone."""
        return await self._carried_through(self._resume(self._book.entry(task), by, note))

    async def cancel(self, task: str, *, by: str = "") -> Task:
        """End a task for good; its worker is cancelled and awaited. It may have come to its end before."""
        return await self._carried_through(self._cancel(self._book.entry(task), by))

    async def restart(self, task: str, *, by: str = "") -> Task:
        """Begin an ended task anew, at the end of the line."""
        return await self._carried_through(self._restart(self._book.entry(task), by))

    async def prioritise(self, task: str, priority: int) -> Task:
        """Change the priority; a running task is not interrupted by it."""
        return await self._carried_through(self._prioritise(self._book.entry(task), priority))

    def get(self, task: str) -> Task:
        """Return a task; InputError `unknown-task` when there is none of that id."""
        return self._book.entry(task).task

    def find(self, kind: str, subject: str) -> Task | None:
        """Return the newest task of a kind about a subject."""
        return self._book.newest(kind, subject)

    def tasks(self, *, states: Collection[TaskState] = (), kind: str = "") -> list[Task]:
        """Return the tasks in these states (none: all) and of this kind (empty: all), oldest first."""
        known = [entry.task for entry in self._book.entries.values()]
        return [task for task in known if (not states or task.state in states) and (not kind or task.kind == kind)]

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """Call `callback` in the loop's thread with each changed task, progress some ten times a second at most."""
        return self._book.subscribe(callback)

    async def settled(self, task: str) -> Task:
        """Return the task as soon as it has ended or is paused, or as it is when the manager stops."""
        return await self._book.settled(self._book.entry(task))

    def set_slots(self, slots: int) -> None:
        """Change how many heavy tasks run at the same time; what runs already is not interrupted."""
        self._dispatcher.slots = max(slots, 1)
        self._book.wake.set()

    async def reschedule(self) -> None:
        """Hand out turns again when nobody does any more; workers that run are left alone."""
        if not self._dispatcher.alive:
            self._dispatcher.start()

    async def stats(self) -> TaskStats:
        """Look at memory and disk at the same moment; StorageError when the disk cannot be read."""
        on_disk, in_memory, disagreeing = await self._book.compare()
        now = time.time()
        return TaskStats(
            alive=self._dispatcher.alive,
            last_pass=self._dispatcher.last_pass,
            longest_waiting=max((now - entry.task.changed for entry in self._dispatcher.startable()), default=0.0),
            slots=self._dispatcher.slots,
            running_heavy=self._book.running(heavy=True),
            running_light=self._book.running(heavy=False),
            on_disk=on_disk,
            in_memory=in_memory,
            disagreeing=disagreeing,
        )

    # ------------------------------------------------------------------------------------------ changes

    async def _carried_through(self, change: Coroutine[Any, Any, T]) -> T:
        if not self._started or self._stopping is not None:
            change.close()
            raise InputError("tasks-not-running")
        task = asyncio.create_task(change)
        self._changes.add(task)
        task.add_done_callback(self._changes.discard)
        return await asyncio.shield(task)

    async def _submit(self, wanted: Task) -> Task:
        async with self._book.changing:
            for name in wanted.after:
                self._book.entry(name)
            known = self._book.unended(wanted.kind, wanted.subject)
            if known is None:
                await self._book.add(wanted)
                self._book.emit("task.submitted", wanted, title=wanted.title, priority=wanted.priority)
                return wanted
            dependencies = {name: entry.task.after for name, entry in self._book.entries.items()}
            if known.task in waits_for(wanted.after, dependencies):
                raise InputError("task-circle", title=wanted.title)
            return known

    async def _pause(self, entry: Entry, reason: str, note: str, by: str) -> Task:
        async with self._book.changing:
            _refuse_ended(entry.task)
            work = entry.work
            if work is not None:
                work.ask("pause", reason=reason, note=note, by=by)
            elif entry.task.state == "waiting":
                await self._book.change(entry, deaths=0, state="paused", reason=reason, note=note)
                self._book.emit("task.paused", entry.task, by=by)
        if work is not None:
            await work.settled
        return entry.task

    async def _resume(self, entry: Entry, by: str, note: str) -> Task:
        if entry.work is not None and entry.work.asked:
            await entry.work.settled
        async with self._book.changing:
            _refuse_ended(entry.task)
            if entry.task.state == "paused":
                await self._book.change(entry, deaths=0, state="waiting", reason="", note=note)
                self._book.emit("task.resumed", entry.task, by=by)
            return entry.task

    async def _cancel(self, entry: Entry, by: str) -> Task:
        async with self._book.changing:
            work = entry.work
            if work is not None:
                work.ask("cancel", by=by)
            elif entry.task.state != "cancelled":
                _refuse_ended(entry.task)
                await self._book.change(entry, deaths=0, state="cancelled", reason="", note="")
                self._book.emit("task.cancelled", entry.task, by=by)
        if work is not None:
            await work.settled
        return entry.task

    async def _restart(self, entry: Entry, by: str) -> Task:
        async with self._book.changing:
            task = entry.task
            if task.state not in ENDED:
                raise InputError("task-not-ended", title=task.title)
            if self._book.unended(task.kind, task.subject) is not None:
                raise InputError("task-doubled", title=task.title)
            await self._book.change(
                entry,
                place=self._book.next_place(),
                deaths=0,
                state="waiting",
                attempt=task.attempt + 1,
                reason="",
                note="",
                progress=-1.0,
                step="",
                result=None,
            )
            self._book.emit("task.resumed", entry.task, by=by, attempt=entry.task.attempt)
            return entry.task

    async def _prioritise(self, entry: Entry, priority: int) -> Task:
        async with self._book.changing:
            _refuse_ended(entry.task)
            return await self._book.change(entry, priority=priority, changed=entry.task.changed)

    # --------------------------------------------------------------------------------- beginning and end

    async def _restore(self, entry: Entry) -> None:
        was = entry.task.state
        deaths = entry.stored.deaths + 1
        if was == "running" and deaths < DEADLIEST:
            await self._book.change(entry, deaths=deaths, state="waiting")
        elif was == "running":
            await self._book.change(entry, deaths=deaths, state="paused", reason="crash-loop", note="")
            self._book.emit("task.paused", entry.task, error=True, deaths=deaths)
        self._book.emit("task.restored", entry.task, state=entry.task.state, was=was)

    async def _stop(self, seconds: float) -> None:
        await self._dispatcher.stop(seconds)
        if self._changes:
            await asyncio.wait(self._changes, timeout=seconds)
        for change in tuple(self._changes):  # it waits for a worker whose end the disk refuses
            change.cancel()
        await self._book.close()


def _refuse_ended(task: Task) -> None:
    if task.state in ENDED:
        raise InputError("task-ended", title=task.title)
