"""What is attached to the message that is being written, as the chips show it."""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

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

from core.files import write_atomic
from gui.composer.kinds import ending_of, kind_of, mime_of
from gui.composer.limits import MOST_ATTACHED
from gui.composer.reading import Control, Facts, look_again, read
from gui.composer.trouble import AttachmentError, words_of
from gui.composer.workers import Workers
from gui.slots import slot
from gui.thumbs import Thumbs, png_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QImage

READING: Final = "reading"
READY: Final = "ready"
ERROR: Final = "error"
_ROLES: Final = (
    *("name", "path", "uri", "size", "mime", "kind", "type", "state", "progress", "problem", "thumb", "summary"),
)
_FIRST: Final = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class Attachment:
    """One chip. `content` is what came from the clipboard, kept until it was saved."""

    path: Path
    number: int
    name: str = ""
    state: str = READING
    progress: float = 0.0
    problem: str = ""
    facts: Facts | None = None
    content: str | QImage | None = None
    work: int = 0

    def role(self, name: str) -> Any:
        """Return what QML asks for."""
        facts = self.facts
        values: dict[str, Callable[[], Any]] = {
            "path": lambda: str(self.path),
            "uri": lambda: facts.path.as_uri() if facts else "",
            "size": lambda: facts.size if facts else 0,
            "mime": lambda: facts.mime if facts else mime_of(self.name),
            "kind": lambda: facts.kind if facts else kind_of(self.name),
            "type": lambda: ending_of(self.name).upper(),
            "thumb": lambda: facts.thumb if facts else "",
            "summary": lambda: facts.summary if facts else {},
        }
        return values[name]() if name in values else getattr(self, name)

    def link(self) -> dict[str, Any]:
        """Return what is sent: {uri, name, size, mime, sha256}."""
        sha256 = self.facts.sha256 if self.facts else ""
        kept = {"size": self.role("size"), "mime": self.role("mime"), "sha256": sha256}
        return {"uri": self.role("uri"), "name": self.name, **kept}


class Attachments(QAbstractListModel):
    """The attachments of the draft that is shown; those of other drafts are read on in the background."""

    changed = Signal()
    """How many there are, or the state of one."""
    leftOut = Signal(str)
    """Files that were not attached, in words."""

    def __init__(self, folder: Path, thumbs: Thumbs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._thumbs = thumbs
        self._rows: list[Attachment] = []
        self._all: dict[int, Attachment] = {}
        self._numbers = count(1)
        self._checks: dict[int, Callable[[bool], None]] = {}
        self._workers = Workers(self)
        self._workers.progressed.connect(self._progressed)
        self._workers.ended.connect(self._ended)

    single = Property(bool, lambda self: len(self._rows) == 1, notify=changed)

    # ------------------------------------------------------------------------------------------ what there is
    def rows(self) -> Sequence[Attachment]:
        """Return the attachments that are shown."""
        return tuple(self._rows)

    def show(self, rows: list[Attachment]) -> None:
        """Show the attachments of another draft; the list stays that draft's own."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        self.changed.emit()

    def add(self, paths: Sequence[Path]) -> None:
        """Attach files and folders; what is attached already is left alone, what is too much is told."""
        known = {_same(row.path) for row in self._rows}
        wanted = list({_same(path): path for path in paths if _same(path) not in known}.values())
        room = max(0, MOST_ATTACHED - len(self._rows))
        for path in wanted[:room]:
            self._append(Attachment(path, next(self._numbers), path.name or str(path)))
        if len(wanted) > room:
            self.leftOut.emit(self._too_many(len(wanted) - room))

    def add_content(self, content: str | QImage) -> bool:
        """Attach what has no file yet: a long text or a picture; False when there is no room for it."""
        if len(self._rows) >= MOST_ATTACHED:
            self.leftOut.emit(self._too_many(1))
            return False
        number = next(self._numbers)
        stem, ending = (self.tr("Pasted text"), "txt") if isinstance(content, str) else (self.tr("Picture"), "png")
        name = f"{stem} {time.strftime('%Y-%m-%d %H-%M-%S')}-{number}.{ending}"
        self._append(Attachment(self._folder / name, number, name, content=content))
        return True

    @slot(int)
    def remove(self, row: int) -> None:
        """Take an attachment away; reading it ends. A file that was made here for it goes too."""
        if 0 <= row < len(self._rows):
            self.beginRemoveRows(QModelIndex(), row, row)
            gone = self._rows.pop(row)
            self.endRemoveRows()
            self._forget(gone)
            self._unlink(gone)
            self.changed.emit()

    @slot(int)
    def retry(self, row: int) -> None:
        """Look at an attachment once more."""
        if 0 <= row < len(self._rows) and self._rows[row].state == ERROR:
            self._begin(self._rows[row])

    def take(self) -> list[dict[str, Any]]:
        """Give the attachments away to be sent, and be empty."""
        self.beginResetModel()
        given = [row.link() for row in self._rows]
        for row in self._rows:
            self._forget(row)
        self._rows.clear()
        self.endResetModel()
        self.changed.emit()
        return given

    def forget(self, rows: Sequence[Attachment]) -> None:
        """End the reading of a draft that is gone, and take the files away that were made here for it."""
        for row in rows:
            self._forget(row)
            self._unlink(row)

    def _unlink(self, row: Attachment) -> None:
        if row.path.parent == self._folder:
            with contextlib.suppress(OSError):  # still open in its thread; old ones are swept at the next start
                row.path.unlink(missing_ok=True)

    # ------------------------------------------------------------------------------------------ looking at them
    def check(self, done: Callable[[bool], None]) -> int:
        """Look at every attachment again before it is sent; `done` is told whether all are as they were."""
        seen = [(row.number, row.facts) for row in self._rows if row.facts is not None]
        number = self._workers.start(partial(_look_at_all, seen, self._thumbs))
        self._checks[number] = done
        return number

    def stop_checking(self, number: int) -> None:
        """Forget a check."""
        self._checks.pop(number, None)
        self._workers.cancel(number)

    def close(self) -> None:
        """End all reading."""
        self._checks.clear()
        self._workers.close()

    def _append(self, row: Attachment) -> None:
        self._all[row.number] = row
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows))
        self._rows.append(row)
        self.endInsertRows()
        self._begin(row)

    def restored(self, paths: Sequence[str]) -> list[Attachment]:
        """Make the attachments of a draft of an earlier start; they are read when they are shown."""
        rows = [Attachment(Path(path), next(self._numbers), Path(path).name) for path in paths[:MOST_ATTACHED]]
        for row in rows:
            self._all[row.number] = row
            self._begin(row)
        return rows

    def _begin(self, row: Attachment) -> None:
        row.state, row.progress, row.problem = READING, 0.0, ""
        self._workers.cancel(row.work)
        row.work = self._workers.start(partial(_save_and_read, row.path, row.content, self._thumbs))
        self._touch(row)

    def _forget(self, row: Attachment) -> None:
        self._workers.cancel(row.work)
        self._all.pop(row.number, None)

    def _of(self, work: int) -> Attachment | None:
        return next((row for row in self._all.values() if row.work == work), None)

    def _touch(self, row: Attachment) -> None:
        if row in self._rows:
            index = self.index(self._rows.index(row))
            self.dataChanged.emit(index, index)
            self.changed.emit()

    @slot(int, float)
    def _progressed(self, work: int, share: float) -> None:
        row = self._of(work)
        if row is not None:
            row.progress = share
            if row in self._rows:
                index = self.index(self._rows.index(row))
                self.dataChanged.emit(index, index, [_FIRST + _ROLES.index("progress")])

    @slot(int, object)
    def _ended(self, work: int, outcome: object) -> None:
        if work in self._checks:
            self._checked(work, outcome)
            return
        row = self._of(work)
        if row is None:
            return
        self._settle(row, outcome)

    def _too_many(self, left_out: int) -> str:
        words = self.tr(
            "A message takes %1 attachments; %n were left out. Attach their folder or a zip file instead.", "", left_out
        )
        return words.replace("%1", str(MOST_ATTACHED))

    def _settle(self, row: Attachment, outcome: object) -> None:
        if isinstance(outcome, Facts):
            row.state, row.progress, row.facts, row.problem, row.content = READY, 1.0, outcome, "", None
        elif isinstance(outcome, AttachmentError):
            row.state, row.problem = ERROR, words_of(outcome, row.name)
        self._touch(row)

    def _checked(self, work: int, outcome: object) -> None:
        done = self._checks.pop(work)
        right = isinstance(outcome, list)
        told = []
        for number, found in outcome if isinstance(outcome, list) else []:
            row = self._all.get(number)
            if row is None or found is row.facts:
                continue
            changed = isinstance(found, Facts) and row.facts is not None and found.sha256 != row.facts.sha256
            if changed:
                told.append(row.name)
            right = right and isinstance(found, Facts) and not changed
            self._settle(row, found)
        if told:
            words = self.tr("Changed since it was attached: %1. It was read again; send once more if it is right.")
            self.leftOut.emit(words.replace("%1", ", ".join(told)))
        done(right)

    # ------------------------------------------------------------------------------------------ what QML sees
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return a role of a row."""
        if not index.isValid() or not _FIRST <= role < _FIRST + len(_ROLES):
            return None
        return self._rows[index.row()].role(_ROLES[role - _FIRST])

    def roleNames(self) -> dict[int, QByteArray]:
        """Return the roles as QML names them."""
        return {_FIRST + number: QByteArray(name.encode()) for number, name in enumerate(_ROLES)}


def _same(path: Path) -> str:
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - Path.resolve asks the disk


def _save_and_read(path: Path, content: str | QImage | None, thumbs: Thumbs, control: Control) -> Facts:
    if content is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, content.encode("utf-8", "replace") if isinstance(content, str) else png_of(content))
    return read(path, thumbs, control)


def _look_at_all(
    seen: list[tuple[int, Facts]], thumbs: Thumbs, control: Control
) -> list[tuple[int, Facts | AttachmentError]]:
    found: list[tuple[int, Facts | AttachmentError]] = []
    for number, facts in seen:
        try:
            found.append((number, look_again(facts, thumbs, control)))
        except AttachmentError as error:
            found.append((number, error))
    return found
