"""Twice as large and in a narrow window: nothing is broken within a word, nothing stands over another thing."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontMetricsF

from tests.gui import language_stand
from tests.gui.window_scenes import STATES, Scene

NO_WORD = 20
"""Letters; what is longer may be broken."""
PAGES = ("general", "privacy", "about", "system")


@pytest.fixture
def large(home):
    scene = Scene(home, (700, 800))
    scene.app.preferences.put("zoom", 200)
    scene.window.settle(200)
    yield scene
    scene.close()


def broken(window):
    """Texts of which a word is longer than a line."""
    found = []
    for seen in language_stand.seen(window):
        if seen.item.inherits("QQuickText") and seen.item.property("lineCount") > 1:
            metrics = QFontMetricsF(seen.item.property("font"))
            words = re.findall(r"[^\W\d_]+", seen.text)
            longest = max((word for word in words if len(word) < NO_WORD), key=len, default="")
            if metrics.horizontalAdvance(longest) > seen.item.width() + 1:
                found.append((longest, seen.where))
    return found


@pytest.mark.parametrize(
    "state",
    [*(name for name in STATES if name.startswith("approval")), "look-up", "downloads", "sources", "run", "artifact"],
)
def test_no_word_of_a_card_is_broken(large, state):
    STATES[state](large)
    large.settle(300)
    assert broken(large.window) == []


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_a_page_is_broken(large, page):
    large.call("drawer", "show", page)
    large.window.settle(600)
    assert broken(large.window) == []
