"""One worker at work: asked to stop, cut off when it does not, and what its end means for the task.

A worker that is asked to pause has a moment to end by itself, then its coroutine is cancelled; one that even ignores
that is left behind. Its task is paused or cancelled all the same, but does not begin again before the worker is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from core.errors import Cancelled, MultiCoderError
from engine.tasks.task import Done, Ended, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.errors import StorageError
    from core.events import Json
    from engine.tasks.task import Task, TaskState, Worker

PAUSE_SECONDS: Final = 3.0
"""How long a worker may take to end by itself after a pause was asked for."""
CLEANUP_SECONDS: Final = 5.0
"""How long a cancelled worker may take to clean up before it is cancelled again."""
LAST_SECONDS: Final = 1.0
PROGRESS_SECONDS: Final = 0.1
LONGEST_STEP: Final = 500

Ask = Literal["", "stop", "pause", "cancel"]
_STRENGTH: Final[dict[Ask, int]] = {"": 0, "stop": 1, "pause": 2, "cancel": 3}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the end of a worker means for its task."""

    state: TaskState
    reason: str = ""
    note: str = ""
    result: Json = None
    error: BaseException | None = None
    """What nobody foresaw: to be logged with its traceback."""


class Control:
    """`engine.tasks.task.Control`: the worker's side of its work."""

    def __init__(self, tell: Callable[[float, str], None]) -> None:
        self._tell = tell
        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        self._latest = (-1.0, "")
        self._told = -math.inf
        self._due = False

    @property
    def stopping(self) -> bool:
        """See `task.Control`."""
        return self._stopping.is_set()

    async def until_stopping(self) -> None:
        """See `task.Control`."""
        await self._stopping.wait()

    def ask(self) -> None:
        """Let the worker know that it should stop."""
        self._stopping.set()

    def progress(self, fraction: float, step: str = "") -> None:
        """See `task.Control`; an empty step leaves the one before."""
        known = min(max(fraction, 0.0), 1.0) if fraction >= 0 else -1.0
        self._latest = (known, step[:LONGEST_STEP] or self._latest[1])
        # Set before the look at the flag, and read after it is taken back: the last word is never lost.
        if not self._due:
            self._due = True
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody listens any more
                self._loop.call_soon_threadsafe(self._soon)

    def flush(self) -> None:
        """Tell the last word now, if it still waits."""
        if self._due:
            self._say()

    def _soon(self) -> None:
        self._loop.call_at(max(self._told + PROGRESS_SECONDS, self._loop.time()), self._say)

    def _say(self) -> None:
        self._due = False
        self._told = self._loop.time()
        self._tell(*self._latest)


class Work:
    """The coroutine of one worker from its start to its end."""

    def __init__(self, task: Task, worker: Worker, tell: Callable[[float, str], None]) -> None:
        loop = asyncio.get_running_loop()
        self._control = Control(tell)
        self._cut: asyncio.Future[None] = loop.create_future()
        self._stop: asyncio.Future[None] = loop.create_future()
        self._patience = PAUSE_SECONDS
        self._reason = self._note = ""
        self.asked: Ask = ""
        self.by = ""
        """Who asked."""
        self.settled: asyncio.Future[None] = loop.create_future()
        """Done when the end stands on the disk; an error when the disk refused it at first."""
        self._coroutine = asyncio.create_task(self._work(task, worker), name=f"task {task.task}")

    async def _work(self, task: Task, worker: Worker) -> Ended:
        return await worker(task, self._control)

    @property
    def gone(self) -> bool:
        """Whether the worker's coroutine has ended."""
        return self._coroutine.done()

    def settle(self) -> None:
        """Tell whoever waits that the end stands on the disk."""
        if not self.settled.done():
            self.settled.set_result(None)

    def refused(self, error: StorageError) -> None:
        """Tell whoever waits that the disk refuses the end for now."""
        if not self.settled.done():
            self.settled.set_exception(error)
            self.settled.exception()  # nobody has to be waiting for it

    def when_gone(self, callback: Callable[[], None]) -> None:
        """Call back once the coroutine has ended; what it returns or raises then is of no interest any more."""

        def forget(coroutine: asyncio.Task[Ended]) -> None:
            if not coroutine.cancelled():
                coroutine.exception()
            callback()

        self._coroutine.add_done_callback(forget)

    def ask(self, what: Ask, *, reason: str = "", note: str = "", by: str = "", seconds: float = PAUSE_SECONDS) -> None:
        """Ask the worker to end; a stronger wish replaces a weaker one, an ended worker hears nothing."""
        if self.gone or _STRENGTH[what] <= _STRENGTH[self.asked]:
            return
        self.asked, self._reason, self._note, self.by = what, reason, note, by
        self._patience = seconds
        if not self._stop.done():
            self._stop.set_result(None)
        if what == "cancel":
            self._cut.set_result(None)
        else:
            self._control.ask()

    async def over(self) -> None:
        """Await the worker's end; return without it when it ignores a wish to stop and being cancelled twice."""
        either: set[asyncio.Future[Any]] = {self._coroutine, self._stop}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not self.gone:
            patience: set[asyncio.Future[Any]] = {self._coroutine, self._cut}
            await asyncio.wait(patience, timeout=self._patience, return_when=asyncio.FIRST_COMPLETED)
        for seconds in (CLEANUP_SECONDS, LAST_SECONDS):
            if not self.gone:
                self._coroutine.cancel()
                await asyncio.wait({self._coroutine}, timeout=seconds)
        self._control.flush()

    def outcome(self) -> Outcome:
        """Say what the end means; to be asked after `over`."""
        if self.asked == "cancel":
            return Outcome("cancelled")
        if not self.gone or self._coroutine.cancelled():
            return self._stopped(Stopped()) if self.asked else _crashed(asyncio.CancelledError())
        error = self._coroutine.exception()
        if isinstance(error, Cancelled):
            return Outcome("cancelled")
        if isinstance(error, MultiCoderError):
            return Outcome("failed", reason=error.code, result={"code": error.code, "facts": _plain(error.facts)})
        return _crashed(error) if error else self._answered(self._coroutine.result())

    def _answered(self, answer: object) -> Outcome:
        if isinstance(answer, Stopped):
            return self._stopped(answer)
        if not isinstance(answer, Done):
            return _crashed(TypeError(f"a worker returned {type(answer).__name__}"))
        try:
            return Outcome("done", result=json.loads(json.dumps(answer.result, allow_nan=False)))
        except (TypeError, ValueError, RecursionError) as error:  # what it returned is no JSON
            return _crashed(error)

    def _stopped(self, answer: Stopped) -> Outcome:
        if answer.reason != "asked" or not self.asked:
            return Outcome("paused", answer.reason, answer.note)
        if self.asked == "stop":
            return Outcome("waiting", note=answer.note)
        return Outcome("paused", self._reason, self._note or answer.note)


def _crashed(error: BaseException) -> Outcome:
    facts: dict[str, Json] = {"error": type(error).__name__}
    return Outcome("failed", reason="internal", result={"code": "internal", "facts": facts}, error=error)


def _plain(facts: Mapping[str, str | float]) -> Json:
    plain: Json = json.loads(json.dumps(facts, default=str), parse_constant=str)  # JSON has no infinity
    return plain
