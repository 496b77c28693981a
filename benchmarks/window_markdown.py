"""Showing an answer while it streams: `python -m benchmarks.window_markdown`.

An answer of 20 KB with headings, lists, tables, code and quotes comes in pieces of 40 characters, the pieces of one
frame. Measured is the CPU time of the window's thread per piece: parsing alone, and with the blocks handed to the real
items of QML, which lay out the words of the last block anew. Beside it stands what parsing the whole text so far again
with every piece would take. Colours are made in another thread and, like drawing, are not included.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import (
    Q_RETURN_ARG,
    QAbstractListModel,
    QByteArray,
    QMetaObject,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QUrl,
)
from PySide6.QtQml import QQmlApplicationEngine

from benchmarks.long_answer import answer
from core.paths import Home
from gui.application import Application
from gui.main import HERE, make_qt
from gui.markdown import Block, StreamParser, parse
from gui.pictures import IconProvider, ShadowProvider

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE: Final = 40
LIMIT_MS: Final = 4.0
"""What one piece may cost, 95 of 100 times."""
PAGE: Final = b"""
import QtQuick
import "theme"
import "thread/blocks"

Window {
    width: 1280
    height: 800
    visible: true
    ListView {
        id: list
        width: Theme.columnWide
        height: parent.height
        model: Blocks
        spacing: Theme.padding
        delegate: BlockView {
            required property var content
            width: list.width
            block: content
            streaming: true
            viewport: list
        }
    }
    function layOut() {
        list.forceLayout()
        list.positionViewAtEnd()
    }
    function shown() {
        return list.itemAtIndex(list.count - 1) !== null
    }
}
"""
_CONTENT: Final = int(Qt.ItemDataRole.UserRole) + 1


class Rows(QAbstractListModel):
    """The blocks of one answer; only what changed is told."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []

    def show(self, blocks: list[Block], same: int) -> None:
        """Take the blocks, the first `same` of which are known."""
        old, new = len(self.blocks), len(blocks)
        if new < old:
            self.beginRemoveRows(QModelIndex(), new, old - 1)
            self.blocks = blocks[:]
            self.endRemoveRows()
        elif new > old:
            self.beginInsertRows(QModelIndex(), old, new - 1)
            self.blocks = blocks[:]
            self.endInsertRows()
        self.blocks = blocks[:]
        if same < min(old, new):
            self.dataChanged.emit(self.index(same), self.index(min(old, new) - 1))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        """Return how many there are."""
        return 0 if parent.isValid() else len(self.blocks)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _CONTENT) -> Block | None:
        """Return one block."""
        return self.blocks[index.row()] if role == _CONTENT else None

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802 - Qt's own
        """Return the one role."""
        return {_CONTENT: QByteArray(b"content")}


def spent(call: Callable[[], object]) -> float:
    """CPU milliseconds of one call, in the thread of the window."""
    started = time.thread_time()
    call()
    return (time.thread_time() - started) * 1_000


def figures(times: list[float]) -> tuple[float, float, float, float]:
    """Median, 95th percentile, longest and sum."""
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], ordered[-1], sum(ordered)


def row(title: str, times: list[float]) -> tuple[float, float, float, float]:
    """Show one line of the table."""
    found = figures(times)
    print(f"{title:34}" + "".join(f"{value:10.2f}" for value in found), flush=True)
    return found


def streamed(text: str, show: Callable[[StreamParser, int], object]) -> list[float]:
    """Feed a text piece by piece; `show` is counted too."""
    parser = StreamParser()
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    times = [spent(lambda piece=piece: show(parser, parser.feed(piece))) for piece in pieces]  # type: ignore[misc]
    parser.finish()
    if parser.blocks != parse(text):
        raise RuntimeError("what was streamed is not what the whole text is")
    return times


def with_items(text: str) -> list[float]:
    """Feed a text with the real items of QML behind the blocks."""
    qt = make_qt()
    with tempfile.TemporaryDirectory(prefix="multicoder-bench-") as folder:
        home = Home(Path(folder))
        home.prepare()
        application, rows = Application(home, "en", qt), Rows()
        engine = QQmlApplicationEngine()
        engine.addImageProvider("icons", IconProvider())
        engine.addImageProvider("shadows", ShadowProvider())
        engine.rootContext().setContextProperty("App", application)
        engine.rootContext().setContextProperty("Blocks", rows)
        engine.loadData(PAGE, QUrl.fromLocalFile(str(HERE / "qml" / "Benchmark.qml")))
        qt.processEvents()
        page = engine.rootObjects()[0]

        def show(parser: StreamParser, same: int) -> None:
            rows.show(parser.blocks, same)
            QMetaObject.invokeMethod(page, "layOut")

        times = streamed(text, show)
        if not QMetaObject.invokeMethod(page, "shown", Qt.ConnectionType.DirectConnection, Q_RETURN_ARG("QVariant")):
            raise RuntimeError("the last block has no item")
        del engine
        application.close()
    return times


def main() -> int:
    """Measure, compare and judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    text = answer()
    parse(text)
    print(f"{len(text)} characters in pieces of {PIECE}")
    print(f"{'milliseconds of CPU per piece':34}{'median':>10}{'95 %':>10}{'longest':>10}{'sum':>10}")
    again = [spent(lambda end=end: parse(text[:end])) for end in range(PIECE, len(text) + 1, PIECE)]  # type: ignore[misc]
    whole = row("everything parsed again", again)
    alone = min((streamed(text, lambda _parser, _same: None) for _ in range(options.repeat)), key=sum)
    parts = row("settled parts kept", alone)
    shown = row("settled parts kept, with items", min((with_items(text) for _ in range(options.repeat)), key=sum))
    print(
        f"parsing costs 1/{whole[3] / parts[3]:.0f} of parsing everything again, with items 1/{whole[3] / shown[3]:.1f}"
    )
    return 0 if shown[1] <= LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
