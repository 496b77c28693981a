"""The icon beside the clock: how to come back to work that goes on, and news of it while nobody looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.preferences import Preferences

_SHOWN_MS: Final = 8_000
_LONGEST: Final = 240
_ANSWERS: Final = ("yes", "no")


class Tray(QObject):
    """There is an icon only where the system has a place for it."""

    showWanted = Signal()
    quitWanted = Signal()
    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None

    available = Property(bool, lambda _: QSystemTrayIcon.isSystemTrayAvailable(), constant=True)
    shown = Property(bool, lambda self: self._icon is not None, notify=changed)

    @slot()
    def show(self) -> None:
        """Put the icon there; does nothing where there is no place for one."""
        if self._icon is not None or not QSystemTrayIcon.isSystemTrayAvailable():
            return
        icon = QSystemTrayIcon(QGuiApplication.windowIcon() or QIcon(), self)
        icon.setToolTip("MultiCoder")
        icon.setContextMenu(self._made_menu())
        icon.activated.connect(bordered(self._clicked))
        icon.messageClicked.connect(self.showWanted)
        icon.show()
        self._icon = icon
        self.changed.emit()

    @slot()
    def hide(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon.deleteLater()
            self._icon = None
            self.changed.emit()
        if self._menu is not None:
            self._menu.deleteLater()
            self._menu = None

    def speak(self) -> None:
        """Put the menu into the language that is spoken now."""
        if self._icon is not None and self._menu is not None:
            self._menu.deleteLater()
            self._icon.setContextMenu(self._made_menu())

    @slot(str, str, result=bool)
    def notify(self, title: str, text: str) -> bool:
        """Say something through the system, unless the person looks at the window or wants no news."""
        wanted = self._preferences.value("notify") and QGuiApplication.focusWindow() is None
        if not wanted or not QSystemTrayIcon.isSystemTrayAvailable():
            return False
        self.show()
        if self._icon is None:
            return False
        self._icon.showMessage(title[:_LONGEST], text[:_LONGEST], QGuiApplication.windowIcon(), _SHOWN_MS)
        return True

    @slot(bool, result=str)
    def whenClosing(self, working: bool) -> str:
        """What closing the window means now: `ask`, `hide` (work goes on, the icon stays) or `quit`."""
        if not working:
            return "quit"
        answer = self._preferences.value("closeKeepsWorking")
        if answer not in _ANSWERS:
            return "ask"
        return "quit" if answer == "no" else "hide"

    @slot(bool)
    def remember(self, keeps_working: bool) -> None:
        """Keep what the person answered, so that it is asked once."""
        self._preferences.put("closeKeepsWorking", "yes" if keeps_working else "no")

    def _made_menu(self) -> QMenu:
        self._menu = QMenu()
        for text, wanted in ((self.tr("Show MultiCoder"), self.showWanted), (self.tr("Quit"), self.quitWanted)):
            action = QAction(text, self._menu)
            action.triggered.connect(wanted)
            self._menu.addAction(action)
        return self._menu

    def _clicked(self, reason: Any) -> None:
        if reason in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.showWanted.emit()
