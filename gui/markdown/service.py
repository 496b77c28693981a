"""What the blocks of a message need of Python: colours of code, made beside the window's thread, and the clipboard."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from gui.markdown.colouring import coloured_lines, cut_out, shown_rows
from gui.markdown.copying import selected_markdown, table_html, table_markdown
from gui.slots import bordered, slot

_KEPT: Final = 64
"""Codes whose colours are remembered; a long conversation is scrolled back and forth."""


class Markdown(QObject):
    """`App.markdown`."""

    coloured = Signal(str, str)
    """The colours of a code in a language are known now: asked for again, `colours` has them."""
    _made = Signal(str, str, list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: OrderedDict[tuple[str, str], list[str]] = OrderedDict()
        self._asked: set[tuple[str, str]] = set()
        self._ended = threading.Event()
        # One at a time: two would only take the interpreter from each other and from the window.
        self._workers = ThreadPoolExecutor(1, "multicoder-colours")
        self._made.connect(self._keep)

    @slot(str, str, result="QVariantList")
    def colours(self, language: str, text: str) -> list[str]:
        """Return the lines in colours; none yet when they are being made, none ever when the code stays plain."""
        asked = (language, text)
        if asked in self._known:
            self._known.move_to_end(asked)
            return self._known[asked]
        if asked not in self._asked and language and not self._ended.is_set():
            self._asked.add(asked)
            self._workers.submit(bordered(self._make), language, text)
        return []

    @slot(str, result="QVariantList")
    def lines(self, text: str) -> list[str]:
        """Return the lines of code as the window shows them: a very long one becomes several."""
        return [row for row, _ in shown_rows(text)]

    @slot(str, int, int, int, int, result=str)
    def code(self, text: str, row: int, column: int, last_row: int, last_column: int) -> str:
        """Return the code between two places of `lines`."""
        return cut_out(text, (row, column), (last_row, last_column))

    @slot("QVariantMap", int, int, result=str)
    def selection(self, block: dict[str, Any], start: int, end: int) -> str:
        """Return what is selected in a block of words, as Markdown."""
        return selected_markdown(block, start, end)

    @slot(str)
    def copy(self, text: str) -> None:
        """Put a text on the clipboard."""
        if text:
            QGuiApplication.clipboard().setText(text)

    @slot("QVariantMap")
    def copyTable(self, block: dict[str, Any]) -> None:
        """Put a table on the clipboard, as Markdown and for table programs."""
        data = QMimeData()
        data.setText(table_markdown(block["plain"], block["align"]))
        data.setHtml(table_html(block["plain"]))
        QGuiApplication.clipboard().setMimeData(data)

    def close(self) -> None:
        """Begin nothing more; what is being coloured stops at once."""
        self._ended.set()
        self._workers.shutdown(cancel_futures=True)

    def _make(self, language: str, text: str) -> None:
        """Colour one code, in the worker's thread."""
        lines = coloured_lines(language, text, self._ended.is_set)
        if not self._ended.is_set():
            self._made.emit(language, text, lines)

    @bordered
    def _keep(self, language: str, text: str, lines: list[str]) -> None:
        self._known[language, text] = lines
        self._asked.discard((language, text))
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        if lines:
            self.coloured.emit(language, text)
