"""Short messages at the top of the window."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.slots import slot

MOST: Final = 3
_TEXT: Final = int(Qt.ItemDataRole.UserRole) + 1
_KIND: Final = _TEXT + 1
Index = QModelIndex | QPersistentModelIndex


class Toasts(QAbstractListModel):
    """At most three; the oldest gives way. `kind`: info, success or error."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str]] = []

    @slot(str, str)
    def show(self, text: str, kind: str = "info") -> None:
        """Add a message; the same one is not shown twice at a time."""
        if (text, kind) in self._rows:
            return
        if len(self._rows) >= MOST:
            self.dismiss(0)
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
        self._rows.append((text, kind))
        self.endInsertRows()

    @slot(int)
    def dismiss(self, row: int) -> None:
        """Take a message away."""
        if 0 <= row < len(self._rows):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a role of a row."""
        text, kind = self._rows[index.row()]
        return kind if role == _KIND else text

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the roles as QML names them."""
        return {_TEXT: QByteArray(b"text"), _KIND: QByteArray(b"kind")}
