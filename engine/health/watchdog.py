"""A thread beside the event loop: it measures whether the loop still turns, and goes on when it does not.

Everything else in the engine lives in the loop, so nothing in it could tell that it hangs.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from core.redaction import redact
from engine.health.telling import broken, poor, well

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

    from engine.health.probe import Reading

_DEEPEST: Final = 25
"""Frames kept of a stack, the innermost."""
_LONGEST_STACK: Final = 4_000


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the loop may take to answer, in seconds."""

    look: float = 1.0
    """Between two questions."""
    late: float = 1.0
    """From here on it is degraded."""
    hung: float = 5.0
    """From here on it is down."""


@dataclass(frozen=True, slots=True)
class LoopStack:
    """Where the loop's thread was when it did not answer."""

    seconds: float
    stack: str


class Watchdog:
    """Asks the loop again and again whether it turns; started and stopped in the loop it watches."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        *,
        tell: Callable[[Reading, float, LoopStack | None], None],
        each_look: Callable[[], None],
        patience: Patience,
    ) -> None:
        """`tell` gets each reading with the lag in seconds, and the stack once per hang; both are called in the thread.

        `each_look` is called after each of them.
        """
        self._loop = loop
        self._watched = threading.get_ident()
        self._tell = tell
        self._each_look = each_look
        self._patience = patience
        self._ending = threading.Event()
        self._asked = 0.0
        self._answered: float | None = 0.0
        self._stack_told = False
        self._log = logging.getLogger(__name__)
        self._thread = threading.Thread(target=self._watch, name="health watchdog", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread; returns within a moment."""
        self._ending.set()
        self._thread.join(timeout=self._patience.hung)

    def _watch(self) -> None:
        while not self._ending.is_set():
            try:
                self._look()
                self._each_look()
            except Exception:  # noqa: BLE001 - border: the one thread that sees a hang must not end before it
                self._log.exception("a look of the watchdog failed")
            self._ending.wait(self._patience.look)

    def _look(self) -> None:
        answered = self._answered
        lag = (time.monotonic() if answered is None else answered) - self._asked
        reading = self._judge(lag)
        stack = None
        if reading.state == "ok":
            self._stack_told = False
        elif answered is None and not self._stack_told:
            stack, self._stack_told = self._stack(lag), True
        self._tell(reading, lag, stack)
        if answered is not None:
            self._ask()

    def _ask(self) -> None:
        self._asked, self._answered = time.monotonic(), None
        try:
            self._loop.call_soon_threadsafe(self._answer)
        except RuntimeError:  # the loop was closed: there is nothing left to watch
            self._ending.set()

    def _answer(self) -> None:
        self._answered = time.monotonic()

    def _judge(self, lag: float) -> Reading:
        seconds = round(lag, 1)
        if lag >= self._patience.hung:
            return broken("health-loop-hung", seconds=seconds)
        if lag >= self._patience.late:
            return poor("health-loop-late", seconds=seconds)
        return well("health-loop-turns", milliseconds=round(lag * 1000))

    def _stack(self, lag: float) -> LoopStack:
        frame = sys._current_frames().get(self._watched)  # noqa: SLF001 - the documented way to see another thread
        text = "".join(traceback.format_stack(frame)[-_DEEPEST:]) if frame is not None else ""
        return LoopStack(round(lag, 1), redact(text)[-_LONGEST_STACK:])


__all__ = ["LoopStack", "Patience", "Watchdog"]
