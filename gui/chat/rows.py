"""The rows of a thread as QML sees them: a flat list, of which only what changed is announced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QAbstractListModel, QByteArray, QModelIndex, QPersistentModelIndex, Qt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtCore import QObject

_ROLES: Final = ("rowKey", "kind", "turn", "lastTurn", "content")
_FIRST_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_CONTENT: Final = _FIRST_ROLE + _ROLES.index("content")
_LAST_TURN: Final = _FIRST_ROLE + _ROLES.index("lastTurn")
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `key` is its own as long as the conversation is open, and the same after it was loaded again."""

    key: str
    kind: str
    turn: int
    content: dict[str, Any]


class RowModel(QAbstractListModel):
    """Rows in turns. Most changes happen in the last turn, so places are counted from the end."""

    ROLES: ClassVar[dict[int, QByteArray]] = {
        _FIRST_ROLE + number: QByteArray(name.encode()) for number, name in enumerate(_ROLES)
    }

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._flat: list[Row] = []
        self._counts: list[int] = []
        """Rows of each turn."""

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._flat)

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the names under which QML knows the roles."""
        return self.ROLES

    def data(self, index: _Index, role: int = _CONTENT) -> Any:
        """Return one value of one row."""
        if not index.isValid() or not 0 <= index.row() < len(self._flat) or role not in self.ROLES:
            return None
        row = self._flat[index.row()]
        if role == _LAST_TURN:
            return row.turn == len(self._counts) - 1
        return (row.key, row.kind, row.turn, None, row.content)[role - _FIRST_ROLE]

    def rows(self) -> Sequence[Row]:
        """Return all rows as they are shown; not to be changed."""
        return self._flat

    # ------------------------------------------------------------------------------------------ for those who fill it

    def _clear(self) -> None:
        self.beginResetModel()
        self._flat, self._counts = [], []
        self.endResetModel()

    def _publish(self, turns: Iterable[tuple[int, list[Row]]]) -> int:
        """Show turns as they are now, by their number; what comes behind the last one is inserted in one go.

        Returns how many rows were inserted there.
        """
        fresh: list[list[Row]] = []
        before = len(self._counts)
        for number, rows in sorted(turns, key=lambda turn: turn[0]):
            if number < before:
                self._replace(number, rows)
            elif number == before + len(fresh):
                fresh.append(rows)
        if fresh:
            self._append(fresh)
        return sum(map(len, fresh))

    def _cut(self, turns: int) -> None:
        """Take away what stands behind the first `turns` turns."""
        gone = sum(self._counts[turns:])
        if gone:
            first = len(self._flat) - gone
            self.beginRemoveRows(QModelIndex(), first, len(self._flat) - 1)
            del self._flat[first:]
            del self._counts[turns:]
            self.endRemoveRows()
            self._tell_last(turns - 1)
        del self._counts[turns:]

    def _append(self, turns: list[list[Row]]) -> None:
        rows = [row for several in turns for row in several]
        was_last = len(self._counts) - 1
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._flat), len(self._flat) + len(rows) - 1)
        self._flat += rows
        self._counts += [len(several) for several in turns]
        if rows:
            self.endInsertRows()
        self._tell_last(was_last)

    def _tell_last(self, turn: int) -> None:
        """A turn became the last one, or is it no more."""
        if turn < 0 or not self._counts[turn]:
            return
        first = self._first_of(turn)
        self.dataChanged.emit(self.index(first), self.index(first + self._counts[turn] - 1), [_LAST_TURN])

    def _first_of(self, turn: int) -> int:
        return len(self._flat) - sum(self._counts[turn:])

    def _replace(self, turn: int, rows: list[Row]) -> None:
        """Make the rows of a turn these; keys that stay keep their row."""
        first, count = self._first_of(turn), self._counts[turn]
        old = self._flat[first : first + count]
        head = _same(old, rows)
        tail = _same(old[head:][::-1], rows[head:][::-1])
        gone, come = count - head - tail, len(rows) - head - tail
        if gone:
            self.beginRemoveRows(QModelIndex(), first + head, first + head + gone - 1)
            del self._flat[first + head : first + head + gone]
            self._counts[turn] -= gone
            self.endRemoveRows()
        if come:
            self.beginInsertRows(QModelIndex(), first + head, first + head + come - 1)
            self._flat[first + head : first + head] = rows[head : head + come]
            self._counts[turn] += come
            self.endInsertRows()
        self._change(first, rows, [*range(head), *range(len(rows) - tail, len(rows))])

    def _change(self, first: int, rows: list[Row], kept: list[int]) -> None:
        """Announce the kept rows whose content is another one, neighbours together."""
        changed = []
        for place in kept:
            old, new = self._flat[first + place], rows[place]
            if old.content is not new.content and old.content != new.content:
                self._flat[first + place] = new
                changed.append(first + place)
        while changed:
            end = 1
            while end < len(changed) and changed[end] == changed[end - 1] + 1:
                end += 1
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[end - 1]), [_CONTENT])
            changed = changed[end:]


def _same(old: list[Row], new: list[Row]) -> int:
    """How many rows at the beginning have the same keys."""
    count = 0
    for before, now in zip(old, new, strict=False):
        if before.key != now.key or before.kind != now.kind:
            break
        count += 1
    return count
