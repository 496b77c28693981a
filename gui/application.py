"""The window's one object for QML: `App`, with everything the screens show as its properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Property, QObject

from core.errors import MultiCoderError
from core.i18n import explain
from core.version import program_version
from gui.fonts import Fonts
from gui.preferences import Preferences
from gui.slots import Troubles
from gui.toasts import Toasts

if TYPE_CHECKING:
    from core.paths import Home

PREFERENCES: Final = "window.json"


class Application(QObject):
    """Made once, before the QML is loaded."""

    def __init__(self, home: Home, locale: str, parent: QObject) -> None:
        super().__init__(parent)
        self.home = home
        self.locale = locale
        self._fonts = Fonts(self)
        self._preferences = Preferences(home.root / PREFERENCES, self)
        self._toasts = Toasts(self)
        self._troubles = Troubles(parent)
        self._troubles.raised.connect(self._tell)

    def _tell(self, error: Exception) -> None:
        """Say in words that something of the window failed."""
        if isinstance(error, MultiCoderError):
            told = explain(error, self.locale)
            self._toasts.show(f"{told.what} {told.next}", "error")
        else:
            self._toasts.show(self.tr("Something in this window failed. It was written to the log."), "error")

    @Property(QObject, constant=True)
    def preferences(self) -> Preferences:
        """How the window looks."""
        return self._preferences

    @Property(QObject, constant=True)
    def fonts(self) -> Fonts:
        """Families of type."""
        return self._fonts

    @Property(QObject, constant=True)
    def toasts(self) -> Toasts:
        """Short messages."""
        return self._toasts

    @Property(str, constant=True)
    def version(self) -> str:
        """The version of the program."""
        return program_version()

    @Property(str, constant=True)
    def language(self) -> str:
        """`en` or `ru`."""
        return self.locale

    def close(self) -> None:
        """Save what is not saved yet."""
        self._preferences.save()
