"""Waiting for the window: its events go on being handled meanwhile, and so does work in threads beside it."""

from __future__ import annotations

import time

from PySide6.QtCore import QEventLoop, QTimer


def pause(milliseconds):
    """Handle events for a while. Not `QTest.qWait`: that one lets no other Python thread work meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition, milliseconds=20_000):
    """Let the window work until something becomes true."""
    end = time.monotonic() + milliseconds / 1000
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        pause(10)
