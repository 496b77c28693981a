"""`App.versions`: the versions of one program, what lies between two of them, and an earlier one made the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.desktop.differences import lines_of
from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.chat.chats import Chats
    from gui.link.engine_link import EngineLink
    from gui.link.words import Trouble

_LIST: Final = "_multicoder/versions/list"
_DIFF: Final = "_multicoder/versions/diff"
_RESTORE: Final = "_multicoder/versions/restore"
_BOTH: Final = 2


class Versions(QObject):
    """`opened` asks the window to show them; `closed` when there is something better to look at."""

    changed = Signal()
    opened = Signal()
    closed = Signal()

    def __init__(self, link: EngineLink, chats: Chats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._chats = chats
        self._of: dict[str, str] = {}
        """The conversation and the run whose program is shown."""
        self._title = ""
        self._rows: list[dict[str, Any]] = []
        self._ticked: list[int] = []
        self._files: list[dict[str, Any]] = []
        self._left = 0
        self._compared = False
        self._asked = 0
        """Answers that are still to come."""
        self._problem = ""

    title = Property(str, lambda self: self._title, notify=changed)
    rows = Property(list, lambda self: self._rows, notify=changed)
    ticked = Property(list, lambda self: self._ticked, notify=changed)
    files = Property(list, lambda self: self._files, notify=changed)
    left = Property(int, lambda self: self._left, notify=changed)
    compared = Property(bool, lambda self: self._compared, notify=changed)
    busy = Property(bool, lambda self: self._asked > 0, notify=changed)
    problem = Property(str, lambda self: self._problem, notify=changed)

    @slot(str)
    def show(self, run: str) -> None:
        """Open the list of the program a run of the open chat has made."""
        self._of = {"sessionId": self._chats.property("current"), "run": run}
        self._title, self._rows, self._ticked, self._asked = "", [], [], 0
        self._clear()
        self.opened.emit()
        self._ask(_LIST, {}, self._take)

    @slot(int)
    def tick(self, version: int) -> None:
        """Choose a version for comparison or leave it out; of three the one chosen first is left out."""
        if version in self._ticked:
            self._ticked = [other for other in self._ticked if other != version]
        else:
            self._ticked = [*self._ticked, version][-_BOTH:]
        self._clear()
        if len(self._ticked) == _BOTH:
            self._compare(0)

    @slot()
    def more(self) -> None:
        """Show the next files of a long difference."""
        self._compare(len(self._files))

    @slot(int)
    def restore(self, version: int) -> None:
        """Make an earlier version the newest one; the conversation then shows the run that does it."""
        self._ask(_RESTORE, {"version": version}, lambda _answer: self.closed.emit())

    def _clear(self) -> None:
        self._files, self._left, self._compared, self._problem = [], 0, False, ""
        self.changed.emit()

    def _compare(self, after: int) -> None:
        older, newer = sorted(self._ticked)
        pair = list(self._ticked)

        def take(answer: dict[str, Any]) -> None:
            if pair == self._ticked and after == len(self._files):
                self._files = [*self._files, *map(_file, answer.get("files", []))]
                self._left = int(answer.get("left") or 0)
                self._compared = True

        self._ask(_DIFF, {"older": older, "newer": newer, "after": after}, take)

    def _ask(self, method: str, more: dict[str, Any], take: Callable[[dict[str, Any]], None]) -> None:
        """Ask about the program on show; an answer about another one comes too late."""
        asked = self._of

        def end() -> bool:
            self._asked -= asked is self._of
            return asked is self._of

        def answered(answer: dict[str, Any]) -> None:
            if end():
                take(answer)
                self.changed.emit()

        def failed(trouble: Trouble) -> None:
            if end():
                self._problem = f"{trouble['what']} {trouble['next']}".strip()
                self.changed.emit()

        self._asked += 1
        self.changed.emit()
        self._link.request(method, {**asked, **more}, answered, failed)

    def _take(self, answer: dict[str, Any]) -> None:
        self._title = str(answer.get("title", ""))
        self._rows = [_row(row) for row in answer.get("versions", [])]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "models": [str(model) for model in row.get("models", [])]}


def _file(file: dict[str, Any]) -> dict[str, Any]:
    cut = int(file.get("cut") or 0)
    lines = lines_of(str(file.get("diff", "")).split("\n"), cut) if file.get("diff") else []
    return {"path": str(file["path"]), "kind": str(file["kind"]), "lines": lines, "tooLong": cut < 0}
