"""A conversation of 10,000 rows scrolled in the window: CPU time per picture, memory, and a ListView beside it."""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import psutil
from PySide6.QtCore import Property, QAbstractListModel, QByteArray, QEventLoop, QModelIndex, QObject, Qt, QTimer, QUrl
from PySide6.QtQml import QQmlApplicationEngine

from core.paths import Home
from gui.application import Application
from gui.main import HERE, make_qt
from gui.markdown import parse
from gui.pictures import IconProvider, ShadowProvider

ROWS: Final = 10_000
SIZES: Final = ((1280, 800), (3840, 2160))
ROLES: Final = ("rowKey", "kind", "turn", "lastTurn", "content")
WAYS: Final = {"wheel": 40, "fling": 400, "thumb": 0}
"""Pixels per picture; 0 jumps anywhere, as when the thumb of the scroll bar is dragged."""
FRAMES: Final = 300
TALK: Final = """\
The program reads a **table of numbers**, adds them up line by line and writes what it `found` into a file.

A second paragraph is longer than the first one, so that it takes several lines of the column: it tells what is done \
when a line cannot be read, which files are left alone, and how somebody who looks for an error gets to know about it.

- the first thing that is done
- the second one, which has some more words to it than the first
- a third one

## What comes next

| file | lines | state |
|---|---|---|
| table.py | 120 | ready |
| report.py | 88 | ready |

```python
def total(lines: list[str]) -> int:
    return sum(int(line) for line in lines if line.strip())
```
"""
HOST: Final = """
import QtQuick
import QtQuick.Controls.Basic as Basic
import "qml/theme"
import "qml/thread"
Basic.ApplicationWindow {{
    id: window
    visible: true; color: Theme.page; width: {width}; height: {height}
    {body}
}}
"""
THREAD: Final = "Thread { conversation: Stand; anchors.fill: parent }"
LIST: Final = """
    Item { id: plain
        property var view: App.thread; property real columnWidth: Theme.columnFor(window.width)
        property string currentPart; property string hoveredPart; property string selectedPart; property string foundKey
        property string editing; property int editedTurn: -1; property bool awake: true
        property var conversation: Stand; property Item viewport: plain; property real shift: 0
        anchors.fill: parent
        ListView {
            objectName: "list"; model: Stand; width: plain.columnWidth; height: parent.height; clip: true
            anchors.horizontalCenter: parent.horizontalCenter; cacheBuffer: 160
            delegate: ThreadRow { thread: plain; shape: ""; start: 0; shown: true }
        }
    }
"""


class Rows(QAbstractListModel):
    """Questions and answers of every kind of block."""

    def __init__(self, count: int) -> None:
        super().__init__()
        blocks = [dict(block) for block in parse(TALK)]
        self.rows: list[dict[str, Any]] = []
        turn = 0
        while len(self.rows) < count:
            words = "Write a program that adds the numbers of a table up. " * (1 + turn % 6)
            self._add("user", turn, {"text": words, "attachments": []})
            for number, block in enumerate(blocks):
                self._add("block", turn, {"block": block, "streaming": False, "first": number == 0})
            branch = {"index": 1, "count": 1}
            self._add("actions", turn, {"speaker": "assistant", "turn": turn, "branch": branch, "canRegenerate": True})
            turn += 1

    def _add(self, kind: str, turn: int, content: dict[str, Any]) -> None:
        found = {"rowKey": f"r{len(self.rows)}", "kind": kind, "turn": turn, "lastTurn": False, "content": content}
        self.rows.append(found)

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802 - Qt's name
        """Name the roles."""
        return {Qt.ItemDataRole.UserRole + n: QByteArray(name.encode()) for n, name in enumerate(ROLES)}

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own name and default
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Any, role: int = 0) -> Any:
        """Return one value of a row."""
        return self.rows[index.row()][ROLES[role - Qt.ItemDataRole.UserRole]]

    busy = Property(bool, lambda _self: False, constant=True)
    empty = Property(bool, lambda _self: False, constant=True)


class Screen:
    """One window, and how its scrolled part is moved."""

    def __init__(self, kind: str, width: int, height: int) -> None:
        self.qt = make_qt()
        self._home = tempfile.TemporaryDirectory()
        home = Home(Path(self._home.name))
        home.prepare()
        self.application = Application(home, "en", self.qt)
        self.rows = Rows(ROWS)
        self.engine = QQmlApplicationEngine()
        self.engine.addImageProvider("icons", IconProvider())
        self.engine.addImageProvider("shadows", ShadowProvider())
        self.engine.rootContext().setContextProperty("App", self.application)
        self.engine.rootContext().setContextProperty("Stand", self.rows)
        began = time.process_time()
        text = HOST.format(width=width, height=height, body=THREAD if kind == "thread" else LIST)
        self.engine.loadData(text.encode(), QUrl.fromLocalFile(str(HERE / "Host.qml")))
        self.root = self.engine.rootObjects()[0]
        self.list = self.root.findChild(QObject, "list")
        self.height = height
        self.frame()
        self.opened = time.process_time() - began

    @property
    def total(self) -> float:
        """The height of everything."""
        found = self.list.property("contentHeight") if self.list else self.application.thread.property("total")
        return float(found)

    def move(self, position: float) -> None:
        """Scroll to a position."""
        if self.list:
            self.list.setProperty("contentY", self.list.property("originY") + position)
        else:
            self.application.thread.moveTo(position)

    def frame(self) -> None:
        """Wait until a picture was drawn."""
        loop = QEventLoop()
        self.root.frameSwapped.connect(loop.quit)
        QTimer.singleShot(1000, loop.quit)
        self.root.requestUpdate()
        loop.exec()
        self.root.frameSwapped.disconnect(loop.quit)

    def scroll(self, step: int, seed: int = 1) -> list[float]:
        """CPU milliseconds of each picture while scrolling on from the middle, through rows never shown before."""
        chance = random.Random(seed)
        position = self.total / (3 if step < 100 else 2)
        self.move(position)
        self.frame()
        spent = []
        for _ in range(FRAMES):
            began = time.process_time()
            position = position + step if step else chance.uniform(0, self.total - self.height)
            self.move(position)
            self.frame()
            spent.append(1000 * (time.process_time() - began))
        return spent


def measure(kind: str, width: int, height: int) -> dict[str, Any]:
    """Measure one window of this process."""
    screen = Screen(kind, width, height)
    found: dict[str, Any] = {"opened": 1000 * screen.opened}
    totals = [screen.total]
    for way, step in WAYS.items():
        spent = sorted(screen.scroll(step))
        totals.append(screen.total)
        found[way] = (statistics.median(spent), spent[int(0.95 * len(spent))], spent[-1])
    found["drift"] = 100 * (max(totals) - min(totals)) / totals[-1]
    memory = psutil.Process().memory_full_info()
    found["memory"], found["own"] = memory.rss / 1e6, memory.uss / 1e6
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    one = parser.parse_args().one
    if one:
        print(json.dumps(measure(one[0], int(one[1]), int(one[2]))))
        return
    for width, height in SIZES:
        for kind in ("thread", "list"):
            command = [sys.executable, "-m", "benchmarks.window_thread", "--one", kind, str(width), str(height)]
            answer = subprocess.run(command, check=True, capture_output=True, text=True)
            found = json.loads(answer.stdout.splitlines()[-1])
            ways = "  ".join(f"{way} {'/'.join(f'{part:.1f}' for part in found[way])} ms" for way in WAYS)
            print(f"{kind:7}{width}x{height}  {ways}  drift {found['drift']:.1f} %  {found['memory']:.0f} MB", end="")
            print(f" ({found['own']:.0f} MB its own)", end="")
            print(f"  opened in {found['opened']:.0f} ms")


if __name__ == "__main__":
    main()
