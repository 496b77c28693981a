"""A person at the real window: mouse and keyboard only, with the real relay and engine and the demo team behind it."""

from __future__ import annotations

import json
import os
import sys

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest

from tests.engine.acp.editor import end_engine
from tests.faults.stand import child_environment
from tests.gui.conftest import Window

PAGE = "Make a web page with a contact form"
PATIENCE_MS = 90_000
LEFT = Qt.MouseButton.LeftButton
_STILL = (Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)


class Maker:
    """Opens windows of one data folder, uses the one that is open, and ends the engine."""

    def __init__(self, home, out):
        self.home = home
        self.out = out
        self.window = None
        self.warnings = []
        self.pictures = os.environ.get("MULTICODER_TEST_PICTURES", "")

    def open(self, **preferences):
        root = str(self.home.root)
        self.window = Window(
            self.home,
            command=[sys.executable, "-P", "-m", "engine.cli", "acp", "--home", root],
            environ=child_environment(MULTICODER_TEAM="demo", MULTICODER_HOME=root),
            preferences={"folder": str(self.out), **preferences},
        )
        self.window.resize(1280, 800)
        self.window.root.requestActivate()
        self.until(lambda: self.app.link.state == "ready")
        return self

    @property
    def app(self):
        return self.window.application

    def leave(self):
        """Close the window as it is."""
        self.window.close()
        self.warnings += self.window.warnings

    def end(self):
        self.leave()
        end_engine(self.home.root)

    # ------------------------------------------------------------------------------------------ eyes

    def until(self, condition):
        self.window.until(condition, PATIENCE_MS)

    def see(self, name):
        """Wait until something is shown; return it."""
        self.until(lambda: self.window.shown(name) is not None)
        return self.window.shown(name)

    def texts(self):
        return [item.property("text") for item in self.window.items() if item.isVisible() and item.property("text")]

    def focused(self):
        """Names of the item with the focus and of what it lies in."""
        return _names(self.window.root.activeFocusItem())

    def picture(self, name):
        """Keep what is seen, when pictures are wanted."""
        if self.pictures:
            self.window.settle(400)
            self.window.root.grabWindow().save(f"{self.pictures}/{name}.png")

    # ------------------------------------------------------------------------------------------ hands

    def click(self, name):
        """Press something with the mouse where it stands still; the conversation is scrolled to it by the wheel."""
        item = self.see(name)
        before = None
        while (now := self.window.place(item)) != before:
            before = now
            self.window.settle(60)
            if "thread" in _names(item):
                _, top, _, height = self.window.place(self.window.shown("thread"))
                if now[1] < top or now[1] + now[3] > top + height:
                    self.wheel(120 if now[1] < top else -120)
        x, y, width, height = now
        assert x >= 0
        assert y >= 0
        assert x + width <= self.window.root.width()
        assert y + height <= self.window.root.height()
        QTest.mouseClick(self.window.root, LEFT, pos=QPoint(round(x + width / 2), round(y + height / 2)))
        self.window.settle(20)

    def wheel(self, step):
        """Turn the wheel over the conversation by a notch: up for more than nothing."""
        spot = QPointF(self.window.root.width() * 0.6, 300)
        turned = QWheelEvent(spot, spot, QPoint(), QPoint(0, step), Qt.MouseButton.NoButton, *_STILL)
        QGuiApplication.sendEvent(self.window.root, turned)
        self.window.settle(200)

    def above(self, name):
        """Turn the wheel up until something is shown: what lies far above does not exist as an item."""
        self.until(lambda: self.window.shown(name) is not None or self.wheel(120))

    def type(self, text):
        for letter in text:
            QTest.keyClick(self.window.root, letter)
        self.window.settle(20)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.window.root, key, modifier)
        self.window.settle(20)

    # ------------------------------------------------------------------------------------------ what was made

    def card(self):
        """The row of the card that waits."""
        self.until(lambda: self.app.conversation.waiting != "")
        return self.app.conversation.waiting

    def decision(self, card):
        """What was decided at a card; empty while nothing was."""
        rows = (row for row in self.app.conversation.rows() if row.key == card)
        return next((row.content["decision"] for row in rows), "")

    def kill_engine(self):
        """End the engine without a word; its keeper and the relay are left."""
        pid = int(json.loads((self.home.root / "engine.json").read_text(encoding="utf-8"))["pid"])
        os.kill(pid, 9)
        return pid

    def delivered(self):
        return [file.name for file in self.out.iterdir()] if self.out.exists() else []


def _names(item):
    found = []
    while item is not None:
        found.append(item.objectName())
        item = item.parentItem()
    return found
