"""Waiting for the window: its events go on being handled meanwhile."""

from __future__ import annotations

import time

from PySide6.QtTest import QTest


def until(condition, milliseconds=20_000):
    """Let the window work until something becomes true."""
    end = time.monotonic() + milliseconds / 1000
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        QTest.qWait(10)
