"""The thread everything of the index runs in: what a person waits for goes first, nobody waits for a hung library."""

from __future__ import annotations

import asyncio
import itertools
import queue
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from core.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_LONGEST_REASON = 300


class VectorsFailedError(Exception):
    """The index could not do something; the text says why in the words of whatever failed."""


class DamagedError(VectorsFailedError):
    """The files of the index are not what was left, or the library failed over them."""


_NOT_THE_FILES = (OSError, ImportError, MemoryError)
"""What another index would fail over as well."""


class Worker:
    """One thread with a queue. It is a daemon: a library that hangs must not keep the program from ending."""

    def __init__(self) -> None:
        self._queue: queue.PriorityQueue[tuple[int, int, Future[Any], Callable[[], Any]]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._begun = 0.0
        self._thread: threading.Thread | None = None

    async def do(self, work: Callable[[], T], *, urgent: bool = False) -> T:
        """Have `work` done; VectorsFailedError or DamagedError for whatever it raises.

        What is cancelled while it waits is never begun.
        """
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="vectors", daemon=True)
            self._thread.start()
        future: Future[T] = Future()
        self._queue.put((0 if urgent else 1, next(self._numbers), future, work))
        return await asyncio.wrap_future(future)

    def busy_seconds(self) -> float:
        """For how long the thread has been doing one and the same thing."""
        begun = self._begun
        return time.monotonic() - begun if begun else 0.0

    def stop(self) -> None:
        """End the thread after what was asked of it."""
        if self._thread is not None:
            ending: Future[Any] = Future()
            self._queue.put((2, next(self._numbers), ending, _end))
            self._thread = None

    def _run(self) -> None:
        while True:
            _, _, future, work = self._queue.get()
            if not future.set_running_or_notify_cancel():
                continue
            if work is _end:
                return
            self._begun = time.monotonic()
            try:
                future.set_result(work())
            except VectorsFailedError as error:
                future.set_exception(error)
            except BaseException as error:  # noqa: BLE001 - the border: a panic of the library is no Exception
                kind = VectorsFailedError if isinstance(error, _NOT_THE_FILES) else DamagedError
                future.set_exception(kind(reason(error)))
            finally:
                self._begun = 0.0


def reason(error: BaseException) -> str:
    """Say what failed, fit for a log and a screen."""
    return redact(f"{type(error).__name__}: {error}"[:20_000]).strip()[:_LONGEST_REASON]


def _end() -> None:
    """Mark the end of a queue."""


__all__ = ["DamagedError", "VectorsFailedError", "Worker", "reason"]
