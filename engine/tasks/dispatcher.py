"""Hands out the turns: begins the tasks whose turn it is, watches their workers, and puts their ends on the disk."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, Final

from core.errors import StorageError
from core.events import Event
from core.logs import LOGGER_NAME
from engine.tasks.queue import Place, Turns, take
from engine.tasks.work import CLEANUP_SECONDS, LAST_SECONDS, Work

if TYPE_CHECKING:
    from core.events import EventSink
    from engine.tasks.book import Entry, TaskBook
    from engine.tasks.task import Task, TaskState, Worker
    from engine.tasks.work import Outcome

LIGHT_AT_ONCE: Final = 16
"""Light tasks at the same time; they take no slot, but a flood of them must not take the machine either."""
HEARTBEAT_SECONDS: Final = 5.0
RETRY_SECONDS: Final = 1.0
_END_NAMES: Final[dict[TaskState, str]] = {"done": "finished", "waiting": "stopped"}


class Dispatcher:
    """Begins and ends workers; the only one who does."""

    def __init__(self, book: TaskBook, sink: EventSink, slots: int) -> None:
        self._book = book
        self._sink = sink
        self._log = logging.getLogger(f"{LOGGER_NAME}.tasks")
        self._turns = {True: Turns(), False: Turns()}
        self._watchers: set[asyncio.Task[None]] = set()
        self._scheduler: asyncio.Task[None] | None = None
        self._stopping = False
        self._last_pass = time.monotonic()
        self.workers: dict[str, Worker] = {}
        """By kind of task."""
        self.slots = slots
        """Heavy tasks at the same time."""

    @property
    def alive(self) -> bool:
        """Whether turns are handed out."""
        return self._scheduler is not None and not self._scheduler.done() and not self._stopping

    @property
    def last_pass(self) -> float:
        """Seconds since it last looked for work to begin."""
        return time.monotonic() - self._last_pass

    def start(self) -> None:
        """Begin to hand out turns."""
        self._scheduler = asyncio.create_task(self._schedule(), name="task scheduler")

    async def stop(self, seconds: float) -> None:
        """Begin nothing more, and ask what runs to end within `seconds`; its tasks wait for the next start."""
        self._stopping = True
        self._book.wake.set()
        if self._scheduler is not None:
            await asyncio.wait({self._scheduler})
        for entry in self._book.entries.values():
            if entry.work is not None:
                entry.work.ask("stop", seconds=seconds)
        if self._watchers:
            await asyncio.wait(self._watchers, timeout=seconds + CLEANUP_SECONDS + LAST_SECONDS + RETRY_SECONDS)
        for watcher in tuple(self._watchers):  # the disk refuses the end of its worker
            watcher.cancel()

    def startable(self) -> list[Entry]:
        """Return the waiting tasks that could begin if there were room."""
        ready = self._book.waiting("ready")
        return [entry for entry in ready if entry.task.kind in self.workers and entry.left_behind is None]

    async def _schedule(self) -> None:
        while not self._stopping:
            self._book.wake.clear()
            delay = HEARTBEAT_SECONDS
            try:
                async with self._book.changing:
                    await self._hand_out_turns()
            except StorageError as error:
                self._complain(error)
                delay = RETRY_SECONDS
            self._last_pass = time.monotonic()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._book.wake.wait(), delay)

    async def _hand_out_turns(self) -> None:
        """Fail what can never begin, begin what may begin now."""
        while hopeless := self._book.waiting("never"):
            for entry in hopeless:
                await self._book.change(entry, state="failed", reason="dependency")
                self._book.emit("task.failed", entry.task)
        startable = self.startable()
        for heavy, most in ((True, self.slots), (False, LIGHT_AT_ONCE)):
            line = {entry.task.task: entry for entry in startable if entry.task.heavy == heavy}
            free = most - self._book.running(heavy=heavy)
            chosen, turns = take([_place(entry) for entry in line.values()], free, self._turns[heavy])
            for place in chosen:
                await self._begin(line[place.task])
            self._turns[heavy] = turns

    async def _begin(self, entry: Entry) -> None:
        """The disk knows that it runs before the worker takes its first step."""
        attempt = max(entry.task.attempt, 1)
        task = await self._book.change(entry, state="running", reason="", attempt=attempt)

        def tell(fraction: float, step: str) -> None:
            if entry.work is work:
                self._book.progressed(entry, fraction, step)

        entry.work = work = Work(task, self.workers[task.kind], tell)
        self._book.emit("task.started", task, attempt=attempt)
        watcher = asyncio.create_task(self._watch(entry, work), name=f"watch {task.task}")
        self._watchers.add(watcher)
        watcher.add_done_callback(self._watchers.discard)

    async def _watch(self, entry: Entry, work: Work) -> None:
        """Await the end of a worker and put it on the disk, however long the disk refuses it."""
        await work.over()
        outcome = work.outcome()
        while True:
            try:
                async with self._book.changing:
                    await self._settle(entry, work, outcome)
            except StorageError as error:
                work.refused(error)
                self._complain(error)
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    async def _settle(self, entry: Entry, work: Work, outcome: Outcome) -> None:
        task = await self._book.change(
            entry,
            deaths=0,
            state=outcome.state,
            reason=outcome.reason,
            note=outcome.note,
            result=outcome.result,
            progress=1.0 if outcome.state == "done" else entry.task.progress,
        )
        entry.work = None
        if not work.gone:
            self._leave_behind(entry, work)
        work.settle()
        self._tell_end(task, work, outcome)

    def _leave_behind(self, entry: Entry, work: Work) -> None:
        entry.left_behind = work
        self._book.emit("task.left-behind", entry.task, error=True)

        def gone() -> None:
            entry.left_behind = None
            self._book.wake.set()

        work.when_gone(gone)

    def _tell_end(self, task: Task, work: Work, outcome: Outcome) -> None:
        if outcome.error is not None:
            self._log.error("task %s (%s) failed", task.task, task.kind, exc_info=outcome.error)
            self._book.emit("task.crashed", task, error=True, what=type(outcome.error).__name__)
        self._book.emit(f"task.{_END_NAMES.get(task.state, task.state)}", task, by=work.by)

    def _complain(self, error: StorageError) -> None:
        self._log.error("tasks: %s", error)
        self._sink.emit(Event("ERROR", "task.unsaved", data={"detail": str(error.facts.get("detail", ""))}))


def _place(entry: Entry) -> Place:
    task = entry.task
    return Place(task.task, entry.stored.place, task.priority, task.group or task.kind)
