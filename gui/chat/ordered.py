"""A list model whose rows keep their place on screen while their order changes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

Index = QModelIndex | QPersistentModelIndex
_MOST_STEPS: Final = 64
"""More rows than this inserted, moved or removed one by one cost more than showing all anew."""
_FIRST_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1


class OrderedRows(QAbstractListModel):
    """Rows are dicts with the same keys, which are the roles; `key` tells them apart."""

    def __init__(self, roles: Sequence[str], key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roles = {_FIRST_ROLE + number: name for number, name in enumerate(roles)}
        self._key = key
        self._rows: list[dict[str, Any]] = []

    def show_rows(self, wanted: list[dict[str, Any]]) -> None:
        """Make the list look like `wanted` with few steps: what did not change is not touched."""
        here = [row[self._key] for row in self._rows]
        there = [row[self._key] for row in wanted]
        if here != there:
            if _steps(here, there) > _MOST_STEPS:
                self.beginResetModel()
                self._rows = wanted
                self.endResetModel()
                return
            self._take_away(set(there))
            self._put_in_order(wanted)
        for number, row in enumerate(wanted):
            if self._rows[number] != row:
                self._rows[number] = row
                self.dataChanged.emit(self.index(number), self.index(number))

    def _take_away(self, kept: set[Any]) -> None:
        for number in reversed(range(len(self._rows))):
            if self._rows[number][self._key] not in kept:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()

    def _put_in_order(self, wanted: list[dict[str, Any]]) -> None:
        known = {row[self._key] for row in self._rows}
        for number, row in enumerate(wanted):
            key = row[self._key]
            if number < len(self._rows) and self._rows[number][self._key] == key:
                continue
            if key in known:
                at = next(place for place in range(number, len(self._rows)) if self._rows[place][self._key] == key)
                self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), number)
                self._rows.insert(number, self._rows.pop(at))
                self.endMoveRows()
            else:
                self.beginInsertRows(QModelIndex(), number, number)
                self._rows.insert(number, row)
                self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a role of a row."""
        name = self._roles.get(role)
        return self._rows[index.row()][name] if name is not None and 0 <= index.row() < len(self._rows) else None

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the roles as QML names them."""
        return {role: QByteArray(name.encode()) for role, name in self._roles.items()}


def _steps(here: list[Any], there: list[Any]) -> int:
    """About how many rows would be removed, inserted and moved: rows that follow each other in both lists stay."""
    fresh, gone = set(there) - set(here), set(here) - set(there)
    kept = [key for key in here if key not in gone]
    wanted = [key for key in there if key not in fresh]
    followed = dict(pairwise(kept))
    moved = sum(1 for one, two in pairwise(wanted) if followed.get(one) != two)
    return len(fresh) + len(gone) + moved
