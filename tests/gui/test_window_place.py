"""A window whose kept place makes no sense today is there all the same, whole and within reach."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QGuiApplication


@pytest.mark.parametrize(
    "kept",
    [
        {"x": 20, "y": 20, "width": 9_000, "height": 7_000},
        {"x": 10**12, "y": 0, "width": 900, "height": 700},
        {"x": 0, "y": 0, "width": -5, "height": 700},
        {"x": 50_000, "y": 50_000, "width": 900, "height": 700},
        {"x": "a", "width": None},
        {"x": True, "y": 1, "width": 900, "height": 700},
    ],
)
def test_the_window_is_seen_whatever_was_kept(make_window, home, kept):
    (home.root / "window.json").write_text(json.dumps({"geometry": kept}), encoding="utf-8")
    window = make_window().root
    assert window.isVisible()
    room = QGuiApplication.primaryScreen().availableVirtualGeometry()
    seen = window.geometry().intersected(room)
    assert seen.width() >= window.minimumWidth()
    assert seen.height() >= window.minimumHeight()
    assert seen.top() == window.geometry().top()
