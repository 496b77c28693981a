"""News for a person who looks elsewhere: a run that ended, a question that waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from gui.slots import bordered

if TYPE_CHECKING:
    from gui.board.tasks import Tasks
    from gui.desktop.tray import Tray

_RUN: Final = "run"
_FOR_A_PERSON: Final = "person"
_GUARDED: Final = "guard"


class Notices(QObject):
    """Tells of each end and each question once; what already stood so when the window came is no news."""

    news = Signal(str, str)
    """Title, text."""

    def __init__(self, tasks: Tasks, tray: Tray, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._working: set[str] = set()
        self.news.connect(tray.notify)
        tasks.figuresChanged.connect(bordered(self._look))
        tasks.finished.connect(bordered(self._ended))

    def _look(self) -> None:
        """A run that worked and now waits for the person has a question."""
        for row in self._tasks.all():
            if row["kind"] != _RUN:
                continue
            if row["state"] == "running":
                self._working.add(row["task"])
            elif row["state"] == "paused" and row["task"] in self._working:
                self._working.discard(row["task"])
                self._paused(row)

    def _paused(self, row: dict[str, Any]) -> None:
        if row["reason"] == _FOR_A_PERSON:
            self.news.emit(self.tr("Your decision is needed"), row["title"] or "")
        elif row["reason"] == _GUARDED:
            self.news.emit(self.tr("The guard stopped a run"), row["title"] or "")

    def _ended(self, row: dict[str, Any]) -> None:
        self._working.discard(row["task"])
        if row["kind"] != _RUN or row["state"] not in {"done", "failed"}:
            return
        title = self.tr("The work is done") if row["state"] == "done" else self.tr("The work failed")
        self.news.emit(title, row["title"] or "")
