"""
The thread as QML sees it: a list of the few rows that have an item now, and where the conversation is read.

A ListView guesses the height of what it has not shown, and its guess moved by a third to a half while a long
conversation was scrolled; here all heights are known or estimated row by row, and the position is that of a row.
"""

from __future__ import annotations

import contextlib
import math
import time
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import (
    Property,
    QAbstractItemModel,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtQuick import QQuickTextDocument

from core.errors import StorageError
from gui.slots import bordered, slot
from gui.thread.estimates import Measure, height_of
from gui.thread.heights import Heights
from gui.thread.place import Place
from gui.thread.pool import Item, reusable, shape_of, superfluous, wanted_anyway
from gui.thread.snippets import keep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_FIRST_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_ROLES: Final = ("rowKey", "kind", "turn", "lastTurn", "content", "shape", "start", "shown")
_CONTENT: Final = _FIRST_ROLE + _ROLES.index("content")
_START: Final = _FIRST_ROLE + _ROLES.index("start")
_LAST_TURN: Final = _FIRST_ROLE + _ROLES.index("lastTurn")
_SHOWN: Final = _FIRST_ROLE + _ROLES.index("shown")
_MARGIN: Final = 160.0
"""Rows this far out of sight have their item already (logical pixels)."""
_FARTHEST: Final = 30_000.0
"""The scene's transforms are single precision: items stand no farther from their sheet's corner than this."""
_MOST_ROUNDS: Final = 12
"""Heights that are learnt bring other rows into view; it settles after two or three rounds."""
_MANY: Final = 40
"""Rows that come at once at the end belong to a conversation that is being loaded: nobody can read them one by one."""
_SOON_MS: Final = 100
_SLICE_SECONDS: Final = 0.008
_Index = QModelIndex | QPersistentModelIndex


class ThreadView(QAbstractListModel):
    """One row per item (not per row of the conversation); QML reports the height of each item."""

    moved = Signal()
    """Position, total or what is left below changed."""
    sizeChanged = Signal()
    sourceChanged = Signal()

    ROLES: ClassVar[dict[int, QByteArray]] = {
        _FIRST_ROLE + number: QByteArray(name.encode()) for number, name in enumerate(_ROLES)
    }

    def __init__(self, snippets: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._snippets = snippets
        """Folder for code that is saved elsewhere or opened in an editor."""
        self._source: QAbstractItemModel | None = None
        self._roles: dict[str, int] = {}
        self._measure = Measure()
        self._heights = Heights(self._guess)
        self._place = Place(self._heights)
        self._items: list[Item] = []
        self._origin = 0.0
        self._told: tuple[float, ...] = ()
        """What was last said to have moved."""
        self._arranging = False
        self._loading = False
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(bordered(self.arrange))
        self._rest = QTimer(self, singleShot=True, interval=0)
        self._rest.timeout.connect(bordered(self._freshen))

    # ------------------------------------------------------------------------------------------ the list of items
    def rowCount(self, parent: _Index | None = None) -> int:
        """Count the items."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def roleNames(self) -> dict[int, QByteArray]:
        """Name the roles of an item."""
        return self.ROLES

    def data(self, index: _Index, role: int = 0) -> Any:
        """Return what one item shows."""
        if not 0 <= index.row() < len(self._items):
            return None
        item = self._items[index.row()]
        values = (item.key, item.kind, item.turn, item.last_turn, item.content, item.shape, item.start, item.shown)
        return values[role - _FIRST_ROLE] if 0 <= role - _FIRST_ROLE < len(values) else None

    # ------------------------------------------------------------------------------------------ what QML tells
    @slot(int, float)
    def measured(self, number: int, height: float) -> None:
        """Learn the height of an item, or that it is another one now."""
        if not 0 <= number < len(self._items):
            return
        item = self._items[number]
        item.height = float(math.ceil(height - 0.01))
        if not self._arranging and item.shown and self._learn(item):
            self.arrange()

    @slot(int, bool)
    def hold(self, number: int, held: bool) -> None:
        """Keep an item with its row while somebody types in it."""
        if 0 <= number < len(self._items):
            self._items[number].held = held

    @slot(float, float, float, float)
    def resize(self, width: float, height: float, letter: float, zoom: float) -> None:
        """Learn the width of the column, the height of the view, the mean width of a letter and the zoom."""
        measure = Measure(round(width), letter, zoom)
        if measure != self._measure:
            self._measure = measure
            self._heights.look(measure)
            self._rest.start()
        self._place.viewport = height
        self.sizeChanged.emit()
        self.arrange()

    @slot(float, float)
    def pad(self, above: float, below: float) -> None:
        """Leave room before the first and after the last row."""
        self._place.above, self._place.below = above, below
        self.arrange()

    @slot(float)
    def moveTo(self, position: float) -> None:
        """Read from a position on."""
        self._place.move(position)
        self.arrange()

    @slot()
    def toEnd(self) -> None:
        """Go to the end and stay there while it grows."""
        self._place.following = True
        self.arrange()

    @slot(str, bool)
    def show(self, key: str, always: bool = True) -> None:
        """Bring a row to the upper part of the view; unless `always`, only when it is out of sight."""
        row = self._heights.row(key)
        if row < 0:
            return
        top = self._place.above + self._heights.top(row)
        seen = self._place.position <= top and top + self._heights.height(row) <= (
            self._place.position + self._place.viewport
        )
        if always or not seen:
            self._place.move(top - self._place.viewport / 8)
            self._place.following = False
            self.arrange()

    @slot(float, result=str)
    def partAt(self, y: float) -> str:
        """Return the part of the conversation at a height of the view; empty beside them."""
        height = self._place.position - self._place.above + y
        inside = len(self._heights) and 0 <= height < self._heights.total
        return self._part(self._heights.at(height)) if inside else ""

    @slot(str, result=str)
    def partOf(self, key: str) -> str:
        """Return the part a row belongs to: one speaker's share of a turn."""
        return self._part(self._heights.row(key))

    @slot(str, result="QVariantList")
    def extentOf(self, key: str) -> list[float]:
        """Return where the part of a row begins on the sheet, and its height."""
        row = self._heights.row(key)
        if row < 0:
            return [0.0, 0.0]
        first, after = self._start(row), self._end(row)
        top = self._heights.top(first)
        return [top - self._origin, self._heights.top(after) - top]

    @slot(int, result=str)
    def requestOf(self, turn: int) -> str:
        """Return the row of the person's own words in a turn."""
        for row in range(len(self._heights) - 1, -1, -1):
            if self._read(row, "turn") == turn and self._read(row, "kind") == "user":
                return self._key(row)
        return ""

    @slot(str, str, result=str)
    def codeFile(self, code: str, language: str) -> str:
        """Write code of an answer to a file of its own; return its path."""
        try:
            return str(keep(self._snippets, code, language))
        except OSError as error:
            raise StorageError("storage", path=str(self._snippets), detail=str(error)) from error

    @slot(QObject, float)
    def spaceLines(self, document: QObject, line: float) -> None:
        """Give all lines of a text one height: a text that can be selected has no property for it."""
        text = document.textDocument() if isinstance(document, QQuickTextDocument) else None
        if text is None or text.firstBlock().blockFormat().lineHeight() == line:
            return
        layout = QTextBlockFormat()
        layout.setLineHeight(line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(text)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(layout)

    @slot(str, int, result=str)
    def stepFrom(self, key: str, step: int) -> str:
        """Return the first row of the part after (or before) a row's; for no row, of the last part in sight."""
        row, count = self._heights.row(key), len(self._heights)
        if row < 0 or not step:
            return self._key(self._start(row if row >= 0 else self._place.rows(0).stop - 1))
        if step < 0:
            return self._key(self._start(max(0, self._start(row) - 1)))
        after = self._end(row)
        return self._key(after if after < count else self._start(row))

    def _key(self, row: int) -> str:
        return self._heights.key(row) if 0 <= row < len(self._heights) else ""

    def _part(self, row: int) -> str:
        if not 0 <= row < len(self._heights):
            return ""
        kind, content = self._read(row, "kind"), self._read(row, "content") or {}
        asked = kind == "user" or (kind == "actions" and content.get("speaker") == "user")
        return f"{self._read(row, 'turn')}/{'user' if asked else 'answer'}"

    def _start(self, row: int) -> int:
        part = self._part(row)
        while row > 0 and self._part(row - 1) == part:
            row -= 1
        return row

    def _end(self, row: int) -> int:
        part = self._part(row)
        while row < len(self._heights) and self._part(row) == part:
            row += 1
        return row

    # ------------------------------------------------------------------------------------------ the conversation
    def _set_source(self, source: QAbstractItemModel | None) -> None:
        if source is self._source:
            return
        if self._source is not None:
            with contextlib.suppress(RuntimeError):  # it is gone already, when the window is taken down
                for signal, handler in self._wires(self._source):
                    signal.disconnect(handler)
        self._source = source
        if source is not None:
            self._roles = {bytes(QByteArray(name).data()).decode(): role for role, name in source.roleNames().items()}
            for signal, handler in self._wires(source):
                signal.connect(handler)
        self._begin()
        self.sourceChanged.emit()

    def _wires(self, source: QAbstractItemModel) -> list[tuple[Any, Any]]:
        return [
            (source.rowsInserted, self._inserted),
            (source.rowsRemoved, self._removed),
            (source.dataChanged, self._altered),
            (source.modelReset, self._begin),
            (source.layoutChanged, self._begin),
            (source.rowsMoved, self._begin),
        ]

    @bordered
    def _begin(self, *_: object) -> None:
        """Show another conversation at its end, or the same one where it was read."""
        anchor = self._place.anchor()
        self._heights.reset([self._read(row, "rowKey") for row in range(self._count())])
        self._place.asked = -1
        self._place.restore(anchor)
        self._rebind()
        self.arrange()

    @bordered
    def _inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        at_end = first == len(self._heights)
        keys = [self._read(row, "rowKey") for row in range(first, last + 1)]
        self._heights.insert(first, keys)
        self._place.inserted(first, len(keys))
        if at_end and not self._loading:
            asked = [row for row in range(first, last + 1) if self._read(row, "kind") == "user"]
            if asked:
                self._place.asked, self._place.following = asked[-1], True
        came = {key: first + number for number, key in enumerate(keys)}
        for item in self._items:
            if item.row >= first:
                item.row += len(keys)
            elif item.row < 0:  # its row was taken out and is back
                item.row = came.get(item.key, -1)
        if not at_end or len(keys) < _MANY:
            self.arrange()
        elif not self._soon.isActive():
            self._soon.start()

    @bordered
    def _removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._heights.remove(first, last)
        self._place.removed(first, last)
        for number, item in enumerate(self._items):
            if first <= item.row <= last:
                item.row = -1
                self._away(number)
            elif item.row > last:
                item.row -= last - first + 1
        self.arrange()

    @bordered
    def _altered(self, first: QModelIndex, last: QModelIndex, roles: Iterable[int] = ()) -> None:
        rows, changed = range(first.row(), last.row() + 1), set(roles)
        same_content = bool(changed) and self._roles["content"] not in changed
        shown = {item.row: number for number, item in enumerate(self._items) if item.shown}
        for row in rows:
            if self._heights.key(row) != self._read(row, "rowKey"):
                self._begin()
                return
            if row not in shown and not same_content:
                self._heights.forget(row)
        self._arranging = True
        for row in rows:
            if row in shown and same_content:
                self._mark(shown[row])
            elif row in shown:
                self._fill(shown[row], [_CONTENT])
        self._arranging = False
        if not self._soon.isActive():
            self.arrange()

    def _count(self) -> int:
        return self._source.rowCount() if self._source is not None else 0

    def _read(self, row: int, name: str) -> Any:
        source = self._source
        return source.data(source.index(row, 0), self._roles[name]) if source is not None else None

    def _freshen(self) -> None:
        """Learn the likely heights of rows out of sight after another width or zoom, a slice at a time."""
        if not self._heights.freshen(time.perf_counter() + _SLICE_SECONDS):
            self._rest.start()
        self.arrange()

    def _guess(self, row: int) -> float:
        return height_of(self._read(row, "kind"), self._read(row, "content") or {}, self._measure)

    # ------------------------------------------------------------------------------------------ items for the rows
    def arrange(self) -> None:
        """Give every row in sight an item and put all at their places; learn heights until nothing moves any more."""
        if self._arranging:
            return
        self._arranging = True
        try:
            for _ in range(_MOST_ROUNDS):
                self._assign(self._place.rows(_MARGIN))
                learnt = [self._learn(item) for item in self._items if item.shown]
                if not any(learnt):
                    break
            self._put()
        finally:
            self._arranging = False
        told = (self._place.position, self._place.total, self._place.left, self._place.following, self._origin)
        if told != self._told:
            self._told = told
            self.moved.emit()

    def _learn(self, item: Item) -> bool:
        return item.height > 0 and self._heights.measure(item.row, item.height)

    def _rebind(self) -> None:
        """Find out at which number the rows of the items stand now."""
        numbers = {self._heights.key(row): row for row in range(len(self._heights))}
        for item in self._items:
            item.row = numbers.get(item.key, -1)
        for number, item in enumerate(self._items):
            if item.row < 0:
                self._away(number)
            elif item.shown:
                self._fill(number)

    def _assign(self, rows: range) -> None:
        at: dict[int, int] = {}
        for number, item in enumerate(self._items):
            if item.row in rows and (item.shown or item.shape == self._shape(item.row)):
                at[item.row] = number
            elif item.shown and not (item.row >= 0 and wanted_anyway(item)):
                self._away(number)
        new: list[Item] = []
        spare: dict[str, list[int]] = {}
        for number, item in enumerate(self._items):
            if not item.shown and item.row not in at and reusable(item.shape):
                spare.setdefault(item.shape, []).append(number)
        for row in rows:
            if row in at:
                self._return(at[row])
                continue
            shape = self._shape(row)
            if spare.get(shape):
                number = spare[shape].pop()
                self._items[number].row = row
                self._fill(number)
            else:
                new.append(self._loaded(Item(shape, row, self._heights.key(row))))
        if new:
            self.beginInsertRows(QModelIndex(), len(self._items), len(self._items) + len(new) - 1)
            self._items += new
            self.endInsertRows()
        self._clear()

    def _shape(self, row: int) -> str:
        return shape_of(self._read(row, "kind"), self._read(row, "content") or {})

    def _loaded(self, item: Item) -> Item:
        item.key = self._heights.key(item.row)
        item.kind, item.turn = self._read(item.row, "kind"), self._read(item.row, "turn")
        item.last_turn, item.content = self._read(item.row, "lastTurn"), self._read(item.row, "content") or {}
        item.start = self._heights.top(item.row) - self._origin
        return item

    def _fill(self, number: int, roles: Sequence[int] = ()) -> None:
        """Let an item show what its row holds now, or only some of it."""
        item = self._items[number]
        if item.shape != self._shape(item.row):  # it became something else: another item is made for it
            item.row = -1
            self._away(number)
            return
        self._loaded(item).shown = True
        place = self.index(number, 0)
        self.dataChanged.emit(place, place, roles)

    def _mark(self, number: int) -> None:
        """Tell an item whether its turn is the last one, and nothing else: its words are not laid out anew."""
        item = self._items[number]
        item.last_turn = self._read(item.row, "lastTurn")
        place = self.index(number, 0)
        self.dataChanged.emit(place, place, [_LAST_TURN])

    def _return(self, number: int) -> None:
        if not self._items[number].shown:
            self._fill(number)

    def _away(self, number: int) -> None:
        if self._items[number].shown:
            self._items[number].shown = False
            place = self.index(number, 0)
            self.dataChanged.emit(place, place, [_SHOWN])

    def _clear(self) -> None:
        for number in superfluous(self._items):
            self.beginRemoveRows(QModelIndex(), number, number)
            del self._items[number]
            self.endRemoveRows()

    def _put(self) -> None:
        """Tell those items where they stand that stand elsewhere now; mostly the sheet moved, nothing on it."""
        if abs(self._place.position - self._origin) > _FARTHEST:
            self._origin = float(round(self._place.position))
        for number, item in enumerate(self._items):
            start = self._heights.top(item.row) - self._origin if item.shown and item.row >= 0 else item.start
            if start != item.start:
                item.start = start
                place = self.index(number, 0)
                self.dataChanged.emit(place, place, [_START])

    def _set_loading(self, loading: bool) -> None:
        self._loading = loading

    source = Property(QObject, lambda self: self._source, _set_source, notify=sourceChanged)
    loading = Property(bool, lambda self: self._loading, _set_loading, notify=sourceChanged)
    position = Property(float, lambda self: self._place.position, notify=moved)
    total = Property(float, lambda self: self._place.total, notify=moved)
    left = Property(float, lambda self: self._place.left, notify=moved)
    following = Property(bool, lambda self: self._place.following, notify=moved)
    lift = Property(float, lambda self: round(self._origin + self._place.above - self._place.position), notify=moved)
    width = Property(float, lambda self: self._measure.width, notify=sizeChanged)
