"""Where the window stood and how large it was; at the next start it stands there again, if that place still exists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.preferences import Preferences

USUAL: Final = QSize(1280, 800)
_SEEN: Final = 100
"""So many pixels of the window must lie on a screen, or nobody could take hold of it."""
_FARTHEST: Final = 100_000
_PAUSE_MS: Final = 500
_MAXIMISED: Final = Qt.WindowState.WindowMaximized
_FULL: Final = Qt.WindowState.WindowFullScreen


class Placement(QObject):
    """One window; told of it once, by `restore`."""

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._window: QWindow | None = None
        self._normal = QRect()
        self._place: dict[str, Any] = {}
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(bordered(self._keep))

    @slot(QObject)
    def restore(self, window: QObject) -> None:
        """Put the window where it was and show it."""
        if not isinstance(window, QWindow):
            return
        self._window = window
        kept = self._preferences.value("geometry")
        self._normal = _rectangle(kept) or _middle(window)
        window.setGeometry(self._normal)
        if kept.get("maximised") is True:
            window.showMaximized()
        else:
            window.show()
        for changed in (window.xChanged, window.yChanged, window.widthChanged, window.heightChanged):
            changed.connect(bordered(self._moved))
        window.windowStateChanged.connect(bordered(self._moved))

    def _moved(self, *_what: object) -> None:
        """Note where the window is, while it is to be seen: a closed one is nowhere."""
        window = self._window
        if window is None or not window.isVisible() or window.visibility() == QWindow.Visibility.Minimized:
            return
        maximised = bool(window.windowStates() & (_MAXIMISED | _FULL))
        if not maximised:
            self._normal = window.geometry()
        place = {"x": self._normal.x(), "y": self._normal.y(), "width": self._normal.width()}
        self._place = place | {"height": self._normal.height(), "maximised": maximised}
        self._later.start()

    def close(self) -> None:
        """Keep what was not kept yet."""
        if self._later.isActive():
            self._later.stop()
            self._keep()

    def _keep(self) -> None:
        self._preferences.put("geometry", self._place)


def _rectangle(kept: dict[str, Any]) -> QRect | None:
    """What was kept, if it can be seen on a screen of today."""
    sides = [kept.get(name) for name in ("x", "y", "width", "height")]
    if not all(type(side) is int and abs(side) < _FARTHEST for side in sides):
        return None
    rectangle = QRect(*sides)
    for screen in QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(rectangle)
        if seen.width() >= _SEEN and seen.height() >= _SEEN and seen.top() <= rectangle.top():
            return _fitted(rectangle, screen.availableVirtualGeometry())
    return None


def _fitted(rectangle: QRect, room: QRect) -> QRect:
    """A window that is larger than all screens of today together covers them."""
    size = rectangle.size().boundedTo(room.size())
    return rectangle if size == rectangle.size() else QRect(rectangle.topLeft(), size).intersected(room)


def _middle(window: QWindow) -> QRect:
    # Not `window.screen()`: its wrapper takes the screen along when the window is deleted.
    room = QGuiApplication.primaryScreen().availableGeometry()
    size = USUAL.boundedTo(room.size()).expandedTo(window.minimumSize())
    return QRect(room.center() - QPoint(size.width() // 2, size.height() // 2), size)
