"""A list of plain rows for QML that tells only what really changed: an unchanged row is never drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Row = dict[str, Any]
Index = QModelIndex | QPersistentModelIndex
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1


class Rows(QAbstractListModel):
    """Rows are dicts with the same keys: `roles`, of which `key` is the one that tells rows apart."""

    countChanged = Signal()

    def __init__(self, roles: Sequence[str], key: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._roles = {_FIRST_ROLE + place: name for place, name in enumerate(roles)}
        self._numbers = {name: number for number, name in self._roles.items()}
        self._key = key
        self._rows: list[Row] = []

    def all(self) -> list[Row]:
        """Return the rows themselves; only to be read."""
        return self._rows

    def find(self, key: Any) -> Row | None:
        """Return the row of a key."""
        return next((row for row in self._rows if row[self._key] == key), None)

    @slot(int, result="QVariant")
    def get(self, place: int) -> Row:
        """Return the row at a place, an empty one when there is none."""
        return dict(self._rows[place]) if 0 <= place < len(self._rows) else {}

    def show(self, rows: Iterable[Row]) -> None:
        """Become these rows, telling of nothing that stays as it is."""
        wanted = list({row[self._key]: row for row in rows}.values())
        before = len(self._rows)
        keys = {row[self._key] for row in wanted}
        for place in range(len(self._rows) - 1, -1, -1):
            if self._rows[place][self._key] not in keys:
                self.take(place, 1)
        known = {row[self._key] for row in self._rows}
        for place, row in enumerate(wanted):
            if row[self._key] not in known:
                self.insert(place, [row])
            else:
                self._bring(row[self._key], place)
                self._change(place, row)
        if len(self._rows) != before:
            self.countChanged.emit()

    def change(self, key: Any, **values: Any) -> None:
        """Change some roles of one row; a key that is not there is no error."""
        for place, row in enumerate(self._rows):
            if row[self._key] == key:
                self._change(place, {**row, **values})

    def insert(self, place: int, rows: list[Row]) -> None:
        """Insert rows that are not there yet."""
        if rows:
            self.beginInsertRows(QModelIndex(), place, place + len(rows) - 1)
            self._rows[place:place] = rows
            self.endInsertRows()

    def take(self, place: int, number: int) -> None:
        """Remove some rows that follow each other."""
        if number > 0:
            self.beginRemoveRows(QModelIndex(), place, place + number - 1)
            del self._rows[place : place + number]
            self.endRemoveRows()

    def renew(self, rows: list[Row]) -> None:
        """Become other rows at once: for long lists that have nothing in common with what was shown."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        self.countChanged.emit()

    def each(self, changed: Callable[[Row], Row]) -> None:
        """Go over all rows; what `changed` returns equal is not told."""
        for place, row in enumerate(self._rows):
            self._change(place, changed(row))

    def _bring(self, key: Any, place: int) -> None:
        if self._rows[place][self._key] == key:
            return
        old = next(number for number in range(place + 1, len(self._rows)) if self._rows[number][self._key] == key)
        self.beginMoveRows(QModelIndex(), old, old, QModelIndex(), place)
        self._rows.insert(place, self._rows.pop(old))
        self.endMoveRows()

    def _change(self, place: int, row: Row) -> None:
        old = self._rows[place]
        changed = [number for number, name in self._roles.items() if old.get(name) != row.get(name)]
        self._rows[place] = row
        if changed:
            self.dataChanged.emit(self.index(place), self.index(place), changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a role of a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        return self._rows[index.row()].get(self._roles.get(role, self._key))

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the roles as QML names them."""
        return {number: QByteArray(name.encode()) for number, name in self._roles.items()}

    count = Property(int, lambda self: len(self._rows), notify=countChanged)
