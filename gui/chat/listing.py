"""The engine's list of sessions, read page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from gui.slots import bordered

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

_MOST: Final = 20_000
_PAUSE_MS: Final = 500


class Listing(QObject):
    """`page` tells what a page holds and where it begins, `complete` names every session there is."""

    page = Signal(list, int)
    complete = Signal(object)
    """The ids, a set."""
    failed = Signal()

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._count = 0
        """Of listings: the answers to an earlier one are too late."""
        self._known: set[str] = set()
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._soon.timeout.connect(bordered(self.read))

    def read(self) -> None:
        """Read the whole list."""
        self._soon.stop()
        self._count += 1
        self._known = set()
        self._ask(self._count, None)

    def read_soon(self) -> None:
        """Read the whole list in a moment, once for several wishes."""
        if not self._soon.isActive():
            self._soon.start()

    def _ask(self, count: int, cursor: str | None) -> None:
        params = {} if cursor is None else {"cursor": cursor}
        self._link.request(
            "session/list", params, lambda answer: self._take(count, answer), lambda _trouble: self.failed.emit()
        )

    def _take(self, count: int, answer: dict[str, Any]) -> None:
        if count != self._count:
            return
        listed = answer.get("sessions")
        rows = [row for row in listed if _has_name(row)] if isinstance(listed, list) else []
        start = len(self._known)
        self._known |= {row["sessionId"] for row in rows}
        self.page.emit(rows, start)
        cursor = answer.get("nextCursor")
        if isinstance(cursor, str) and rows and start < len(self._known) < _MOST:
            self._ask(count, cursor)
        else:
            self.complete.emit(self._known)


def _has_name(row: Any) -> bool:
    return isinstance(row, dict) and isinstance(row.get("sessionId"), str) and bool(row["sessionId"])
