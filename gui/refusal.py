"""Why no window can be opened, in a box of its own: who started the program by a click sees no terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from core.errors import MultiCoderError
from core.i18n import explain
from gui.main import make_qt, translate
from gui.screen import need_screen

if TYPE_CHECKING:
    from core.i18n import Explanation

_UNSEEN: Final = frozenset({"offscreen", "minimal"})
"""Ways to draw that nobody sees: nobody could close the box."""


def show_refusal(error: MultiCoderError, locale: str) -> None:
    """Tell an error and wait until it was read; without a screen nothing happens."""
    try:
        need_screen()
    except MultiCoderError:
        return
    qt = make_qt()
    if QGuiApplication.platformName() not in _UNSEEN:
        translate(qt, locale)
        refusal_box(explain(error, locale)).exec()


def refusal_box(words: Explanation) -> QMessageBox:
    """Return the box, not yet shown; names of files in it are nothing but text."""
    box = QMessageBox()
    box.setWindowTitle("MultiCoder")
    box.setIcon(QMessageBox.Icon.Critical)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{words.what}\n\n{words.did} {words.next}")
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return box
