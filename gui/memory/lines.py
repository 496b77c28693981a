"""The lines of one source, of which only the pages in sight are fetched and only some are kept."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from gui.desktop.honest import plain

PAGE: Final = 200
"""Lines that are fetched together."""
_KEPT: Final = 30
"""Pages that are kept; those farthest from what is read are given up first."""
_SHOWN: Final = 4_000
"""Characters of a line that are shown."""
_FIRST_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_ROLES: Final = ("number", "words", "known", "marked", "more")
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class SourceLines(QAbstractListModel):
    """One row per line; a page that is looked at and not there is `wanted`."""

    countChanged = Signal()
    wanted = Signal(int)
    """The number of a page, counted from 0."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._total = 0
        self._marked = (0, 0)
        self._pages: dict[int, list[tuple[str, bool]]] = {}
        self._under_way: set[int] = set()

    def begin(self, total: int, marked: tuple[int, int]) -> None:
        """Become another source of `total` lines, of which some are marked."""
        self.beginResetModel()
        self._total, self._marked = total, marked
        self._pages, self._under_way = {}, set()
        self.endResetModel()
        self.countChanged.emit()

    def take(self, result: dict[str, Any]) -> None:
        """Show the lines of an answer."""
        number = (int(result.get("first") or 1) - 1) // PAGE
        cut = set(result.get("cut") or ())
        first = number * PAGE
        texts = [str(text) for text in result.get("lines", [])][:PAGE]
        self._pages[number] = [(plain(text[:_SHOWN]), first + 1 + place in cut or len(text) > _SHOWN)
                               for place, text in enumerate(texts)]  # fmt: skip
        self._under_way.discard(number)
        while len(self._pages) > _KEPT:
            del self._pages[max(self._pages, key=lambda page: abs(page - number))]
        if texts:
            self.dataChanged.emit(self.index(first), self.index(min(first + len(texts), self._total) - 1))

    def missed(self, number: int) -> None:
        """A page could not be had: it is asked for again when it is looked at again."""
        self._under_way.discard(number)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many lines the source has."""
        return 0 if parent.isValid() else self._total

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the names under which QML knows the roles."""
        return {_FIRST_ROLE + place: QByteArray(name.encode()) for place, name in enumerate(_ROLES)}

    def data(self, index: _Index, role: int = _FIRST_ROLE) -> Any:
        """Return one value of one line; asking for one that is not there has its page fetched."""
        if not index.isValid() or not 0 <= index.row() < self._total:
            return None
        page, place = divmod(index.row(), PAGE)
        if page not in self._pages and page not in self._under_way:
            self._under_way.add(page)
            self.wanted.emit(page)
        rows = self._pages.get(page, [])
        words, more = rows[place] if place < len(rows) else ("", False)
        number = index.row() + 1
        values = (number, words, place < len(rows), self._marked[0] <= number <= self._marked[1], more)
        return values[role - _FIRST_ROLE] if 0 <= role - _FIRST_ROLE < len(values) else None

    count = Property(int, lambda self: self._total, notify=countChanged)
