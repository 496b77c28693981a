"""A few threads that look at files, so that a slow disk or a network drive never holds the window."""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, Signal

from gui.composer.reading import Control
from gui.composer.trouble import AttachmentError, trouble_of
from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE: Final = 2


class Workers(QObject):
    """Runs at most two works at a time; one that was cancelled gives its place away even if it hangs.

    The threads are daemons: a network drive that never answers must not keep the program from ending.
    """

    progressed = Signal(int, float)
    """The number of a work and its progress, 0 to 1."""
    ended = Signal(int, object)
    """The number of a work and what it returned, or the AttachmentError it ended with."""
    _happened = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: OrderedDict[int, Callable[[Control], Any]] = OrderedDict()
        self._running: dict[int, Control] = {}
        self._last = 0
        # Emitted in a worker's thread, received in the window's.
        self._happened.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Callable[[Control], Any]) -> int:
        """Have something done; return its number."""
        self._last += 1
        self._waiting[self._last] = work
        self._start_next()
        return self._last

    def cancel(self, number: int) -> None:
        """Forget a work: neither its progress nor its end is told."""
        self._waiting.pop(number, None)
        control = self._running.pop(number, None)
        if control is not None:
            control.cancelled.set()
        self._start_next()

    def close(self) -> None:
        """Forget everything."""
        self._waiting.clear()
        for number in list(self._running):
            self.cancel(number)

    def _start_next(self) -> None:
        while self._waiting and len(self._running) < AT_ONCE:
            number, work = self._waiting.popitem(last=False)
            control = Control(lambda share, number=number: self._tell(number, share))  # type: ignore[misc]
            self._running[number] = control
            threading.Thread(target=self._run, args=(number, work, control), daemon=True, name="attachment").start()

    def _run(self, number: int, work: Callable[[Control], Any], control: Control) -> None:
        outcome: object = AttachmentError("unreadable", "?")
        try:
            outcome = work(control)
        except (AttachmentError, OSError, ValueError, RuntimeError, MemoryError) as error:
            outcome = trouble_of(error)
        finally:
            self._emit(number, control, outcome)

    def _tell(self, number: int, share: float) -> None:
        self._emit(number, None, share)

    def _emit(self, number: int, control: Control | None, outcome: object) -> None:
        with contextlib.suppress(RuntimeError):  # the window was closed meanwhile
            self._happened.emit(number, control, outcome)

    @slot(int, object, object)
    def _receive(self, number: int, control: Control | None, outcome: object) -> None:
        if number not in self._running:
            return
        if control is None:
            self.progressed.emit(number, outcome)
            return
        del self._running[number]
        self._start_next()
        self.ended.emit(number, outcome)
