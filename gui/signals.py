"""Ctrl+C in a terminal and the system's wish that the program ends close the window in order."""

from __future__ import annotations

import signal
import socket
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier

from gui.slots import bordered

if TYPE_CHECKING:
    from collections.abc import Callable


class EndingSignals(QObject):
    """Calls `end` in the thread of the window: Python itself would wait until some Python code runs next."""

    def __init__(self, end: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._end = end
        self._ear, self._mouth = socket.socketpair()
        self._ear.settimeout(0)
        self._mouth.settimeout(0)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(bordered(self._heard))
        names = [signal.SIGINT, signal.SIGTERM]
        if sys.platform != "win32":
            names.append(signal.SIGHUP)
        self._former = {name: signal.signal(name, lambda *_: None) for name in names}
        self._former_fd = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)

    def _heard(self, *_which: object) -> None:
        self._ear.recv(64)
        self._end()

    def close(self) -> None:
        """Let signals mean what they meant before."""
        signal.set_wakeup_fd(self._former_fd)
        for name, former in self._former.items():
            signal.signal(name, former)
        self._notifier.setEnabled(False)
        self._ear.close()
        self._mouth.close()
