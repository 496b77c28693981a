"""Blocks on a page of their own in the real window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPointF, QUrl
from PySide6.QtQml import QQmlComponent

import gui

QML = Path(gui.__file__).parent / "qml"
PAGE = b"""
import QtQuick
import "theme"
import "thread/blocks"

Rectangle {
    id: page
    property var blocks: []
    property bool streaming: false
    property var told: []
    anchors.fill: parent
    z: 100
    color: Theme.page
    Flickable {
        id: flick
        objectName: "page"
        anchors.fill: parent
        contentHeight: column.height
        clip: true
        Column {
            id: column
            objectName: "blocks"
            x: (parent.width - width) / 2
            width: Math.min(Theme.columnWide, page.width - 2 * Theme.padding)
            spacing: Theme.padding
            Repeater {
                model: page.blocks.length
                BlockView {
                    required property int index
                    width: column.width
                    block: page.blocks[index] ?? {}
                    streaming: page.streaming
                    viewport: flick
                    moved: [flick.contentY, y]
                    onLinkActivated: url => page.told = [...page.told, ["link", url]]
                    onSaveRequested: (code, language) => page.told = [...page.told, ["save", code, language]]
                    onOpenRequested: (code, language) => page.told = [...page.told, ["open", code, language]]
                }
            }
        }
    }
}
"""


class BlocksStand:
    """The page, and what it showed and told."""

    def __init__(self, window):
        self.window = window
        component = QQmlComponent(window.engine)
        component.setData(PAGE, QUrl.fromLocalFile(str(QML / "BlocksStand.qml")))
        self.page = component.create(window.engine.rootContext())
        assert self.page is not None, component.errorString()
        self.page.setParent(window.root.contentItem())
        self.page.setParentItem(window.root.contentItem())
        self.component = component

    def show(self, blocks, *, streaming=False):
        self.page.setProperty("streaming", streaming)
        self.page.setProperty("blocks", blocks)
        self.window.settle(60)

    @property
    def told(self):
        value = self.page.property("told")
        return value.toVariant() if hasattr(value, "toVariant") else value

    @property
    def flick(self):
        return self.page.findChild(QObject, "page")

    def items(self, name):
        """The visible items of a name, from top to bottom."""
        found = [item for item in self.window.items(self.page) if item.objectName() == name and item.isVisible()]
        return sorted(found, key=lambda item: item.mapToScene(QPointF(0, 0)).y())

    def words(self, name="proseBlock", number=0):
        """The text field in a block."""
        return next(item for item in self.window.items(self.items(name)[number]) if item.objectName() == "words")

    def outside(self):
        """Visible items that reach over the edges of the column, without those that scroll inside a block."""
        column = self.page.findChild(QObject, "blocks")
        left, right = column.mapToScene(QPointF(0, 0)).x(), column.mapToScene(QPointF(column.width(), 0)).x()
        return [item for item in self._clipped(column) if self._reaches_out(item, left, right)]

    def _clipped(self, item):
        for child in item.childItems():
            if child.isVisible():
                yield child
                if not child.clip():
                    yield from self._clipped(child)

    @staticmethod
    def _reaches_out(item, left, right):
        start, end = item.mapToScene(QPointF(0, 0)).x(), item.mapToScene(QPointF(item.width(), 0)).x()
        # The ring of keyboard focus lies round its item; it is invisible unless there is a focus.
        return start < left - 1 or end > right + 1
