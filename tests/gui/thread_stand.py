"""A conversation that is only rows, for tests and measurements of the thread; and a window with nothing but it."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Property, QAbstractListModel, QModelIndex, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtTest import QTest
from waiting import pause, until

from gui.application import Application
from gui.main import make_qt
from gui.pictures import IconProvider, ShadowProvider

QML = Path(__file__).parents[2] / "gui" / "qml"
NAMES = ("rowKey", "kind", "turn", "lastTurn", "content")
HOST = """
import QtQuick
import QtQuick.Controls.Basic as Basic
import "qml/theme"
import "qml/thread"
Basic.ApplicationWindow {
    id: window
    width: 1020; height: 640; visible: true; color: Theme.page
    Basic.Button { objectName: "before"; Accessible.name: "before"; width: 30; height: 20; z: 5; focus: true }
    Thread { conversation: Stand; anchors.fill: parent; visible: !conversation.empty }
    Basic.Button { objectName: "after"; Accessible.name: "after"; width: 30; height: 20; y: 30; z: 5 }
}
"""


def user(key, turn, text, **content):
    return {"rowKey": key, "kind": "user", "turn": turn, "content": {"text": text, "attachments": [], **content}}


def paragraph(key, turn, text, first=False, streaming=False):
    block = {"type": "paragraph", "html": text, "plain": text, "links": []}
    return {
        "rowKey": key,
        "kind": "block",
        "turn": turn,
        "content": {"block": block, "first": first, "streaming": streaming},
    }


def code(key, turn, text):
    block = {"type": "code", "language": "python", "text": text, "lines": text.count("\n") + 1, "closed": True}
    block |= {"html": "", "plain": text}
    return {"rowKey": key, "kind": "block", "turn": turn, "content": {"block": block, "first": False}}


def row(key, kind, turn, /, **content):
    return {"rowKey": key, "kind": kind, "turn": turn, "content": content}


def actions(key, turn, speaker, count=1, index=1):
    branch = {"index": index, "count": count}
    return row(
        key,
        "actions",
        turn,
        speaker=speaker,
        turn=turn,
        branch=branch,
        canEdit=speaker == "user",
        canRegenerate=speaker != "user",
    )


class Stand(QAbstractListModel):
    """The roles and slots of the conversation, without an engine behind it."""

    changed = Signal()

    def __init__(self, rows=()):
        super().__init__()
        self.rows = list(rows)
        self.calls = []
        self._busy = False

    def roleNames(self):  # noqa: N802 - Qt's name
        return {Qt.ItemDataRole.UserRole + n: name.encode() for n, name in enumerate(NAMES)}

    def rowCount(self, parent=QModelIndex()):  # noqa: B008, N802 - Qt's own name and default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index, role=0):
        name = NAMES[role - Qt.ItemDataRole.UserRole]
        found = self.rows[index.row()]
        return found.get("lastTurn", found["turn"] == self.rows[-1]["turn"]) if name == "lastTurn" else found[name]

    def insert(self, at, rows):
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        self.rows[at:at] = rows
        self.endInsertRows()
        self.changed.emit()

    def append(self, *rows):
        self.insert(len(self.rows), list(rows))

    def drop(self, first, last):
        self.beginRemoveRows(QModelIndex(), first, last)
        del self.rows[first : last + 1]
        self.endRemoveRows()

    def put(self, at, found):
        self.rows[at] = found
        self.dataChanged.emit(self.index(at, 0), self.index(at, 0))

    def replace(self, rows):
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()
        self.changed.emit()

    def set_busy(self, busy):
        self._busy = busy
        self.changed.emit()

    @Slot(int, str)
    def edit(self, turn, text):
        self.calls.append(("edit", turn, text))

    @Slot()
    def lookForModels(self):  # noqa: N802 - called by QML
        self.calls.append(("lookForModels",))

    @Slot(int, str)
    def regenerate(self, turn, model):
        self.calls.append(("regenerate", turn, model))

    @Slot(int, int)
    def branch(self, turn, step):
        self.calls.append(("branch", turn, step))

    @Slot(int, str)
    def copyTurn(self, turn, speaker):  # noqa: N802 - called by QML
        self.calls.append(("copyTurn", turn, speaker))

    @Slot(int, bool)
    def rate(self, turn, good):
        self.calls.append(("rate", turn, good))

    @Slot(str, result="QVariantList")
    def find(self, text):
        return [item["rowKey"] for item in self.rows if text.lower() in str(item["content"]).lower()]

    busy = Property(bool, lambda self: self._busy, notify=changed)
    models = Property(list, lambda _: ["house:big", "house:small"], notify=changed)
    empty = Property(bool, lambda self: not self.rows, notify=changed)


class Hall:
    """A window that shows nothing but a thread."""

    def __init__(self, home, stand, width=1020, height=640):
        self.qt = make_qt()
        self.application = Application(home, "en", self.qt)
        self.stand = stand
        self.engine = QQmlApplicationEngine()
        self.warnings = []
        self.engine.warnings.connect(lambda found: self.warnings.extend(item.toString() for item in found))
        self.engine.addImageProvider("icons", IconProvider())
        self.engine.addImageProvider("shadows", ShadowProvider())
        self.engine.rootContext().setContextProperty("App", self.application)
        self.engine.rootContext().setContextProperty("Stand", stand)
        self.engine.loadData(HOST.encode(), QUrl.fromLocalFile(str(QML.parent / "Host.qml")))
        assert self.engine.rootObjects(), self.warnings
        self.root = self.engine.rootObjects()[0]
        self.root.setWidth(width)
        self.root.setHeight(height)
        self.root.requestActivate()
        self.settle()

    @property
    def view(self):
        return self.application.thread

    @property
    def thread(self):
        return self.find("thread")

    @property
    def focused(self):
        return self.root.activeFocusItem()

    def settle(self, milliseconds=30):
        pause(milliseconds)

    def until(self, condition):
        until(condition)

    def items(self, parent=None):
        for child in (parent or self.root.contentItem()).childItems():
            yield child
            yield from self.items(child)

    def find(self, name):
        return next((item for item in self.items() if item.objectName() == name and item.isVisible()), None)

    def every(self, name):
        return [item for item in self.items() if item.objectName() == name and item.isVisible()]

    def row(self, key):
        """The item of a row that is on the sheet, or None."""
        return next((i for i in self.items() if i.property("rowKey") == key and i.property("shown")), None)

    def y_of(self, key):
        return self.row(key).mapToScene(self.row(key).boundingRect().topLeft()).y()

    def in_sight(self):
        """The rows on the sheet that are in the view, from above."""
        height = self.root.height()
        found = [item for item in self.items() if item.property("shown")]
        seen = [item for item in found if item.mapToScene(item.boundingRect().bottomLeft()).y() > 0]
        return sorted((i for i in seen if i.mapToScene(i.boundingRect().topLeft()).y() < height), key=lambda i: i.y())

    def top_row(self):
        return self.in_sight()[0].property("rowKey")

    def frame(self, item):
        corner = item.mapToScene(item.boundingRect().topLeft())
        return corner.x(), corner.y(), item.width(), item.height()

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.root, key, modifiers)
        self.settle(10)

    def click(self, item):
        x, y, width, height = self.frame(item)
        point = self.root.mapFromGlobal(self.root.mapToGlobal(_point(x + width / 2, y + height / 2)))
        QTest.mouseClick(self.root, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
        self.settle(10)

    def hover(self, x, y):
        QTest.mouseMove(self.root, _point(x, y))
        self.settle(20)

    def picture(self, file):
        self.settle(120)
        self.root.grabWindow().save(str(file))

    def close(self):
        self.root.close()
        self.application.close()
        self.engine.deleteLater()
        self.settle()
        self.application.setParent(None)
        self.application.deleteLater()
        QGuiApplication.sendPostedEvents()
        self.settle()


def _point(x, y):
    from PySide6.QtCore import QPoint  # noqa: PLC0415 - beside its only use

    return QPoint(round(x), round(y))
