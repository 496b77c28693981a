"""When work is done and when it is shown: in short slices, and at most twenty times a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from gui.slots import bordered

if TYPE_CHECKING:
    from collections.abc import Callable

SLICE_SECONDS: Final = 0.008
SHOW_SECONDS: Final = 0.05


class Pace(QObject):
    """Calls `step` while it says that there is more, then `show(until)` until it says that all is shown."""

    def __init__(self, step: Callable[[], bool], show: Callable[[float], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._step = step
        self._show = show
        self._shown = 0.0
        self._unshown = False
        self._slices = QTimer(self, singleShot=True)
        self._slices.timeout.connect(bordered(self._slice))

    def work(self) -> None:
        """There is something to do; soon."""
        if not self._slices.isActive() or self._slices.interval():
            self._slices.start(0)

    def now(self) -> None:
        """The person did something: show it at once."""
        self._shown = 0.0
        self._unshown = not self._show(time.perf_counter() + SLICE_SECONDS)
        self.work()

    def rest(self) -> None:
        """Leave what was to be shown."""
        self._slices.stop()
        self._unshown = False

    def _slice(self) -> None:
        until = time.perf_counter() + SLICE_SECONDS
        more = self._step()
        while more and time.perf_counter() < until:
            more = self._step()
        now = time.perf_counter()
        due = self._shown + SHOW_SECONDS
        if self._unshown or not more:
            if now >= due or self._unshown:
                self._unshown = not self._show(max(until, now + SLICE_SECONDS / 4))
                self._shown = now
            else:
                self._slices.start(max(1, round(1000 * (due - now))))
                return
        if more or self._unshown:
            self._slices.start(0)
