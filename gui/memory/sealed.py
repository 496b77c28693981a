"""Sealed copies of the memory: one is made, or put in the place of the memory, after which the engine begins anew."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QStandardPaths, QTimer, QUrl, Signal

from gui.board.asking import Asking
from gui.desktop.desktop import local_path
from gui.desktop.honest import one_line
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.board.rows import Row
    from gui.board.tasks import Tasks
    from gui.link.engine_link import EngineLink

COPY: Final = "memory-copy"
RESTORE: Final = "memory-restore"
ENDING: Final = ".mcmemory"


class SealedCopies(QObject):
    """`App.memory.sealed`. A passphrase goes to the engine once, with the order, and is kept nowhere."""

    ordered = Signal()
    """The engine took the order; it goes on as a task."""
    told = Signal(str, str)
    """Words about something that was done, and their kind."""

    def __init__(self, link: EngineLink, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = Asking(link, self)
        self._link = link
        self._own = ""
        self._begins_anew = False
        tasks.finished.connect(bordered(self._ended))
        link.changed.connect(bordered(self._link_changed))
        link.ready.connect(bordered(self._begun))

    asking = Property(QObject, lambda self: self._asking, constant=True)

    @slot(result=str)
    def suggested(self) -> str:
        """Return a good address for a copy in one file: named by the day, in the folder of documents."""
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(places[0]) if places and Path(places[0]).is_dir() else Path.home()
        return QUrl.fromLocalFile(str(folder / f"multicoder-{time.strftime('%Y-%m-%d')}{ENDING}")).toString()

    @slot(str, result=str)
    def named(self, address: str) -> str:
        """Return what a chosen file or folder is called on this computer."""
        return str(local_path(address))

    @slot(str, bool, str, str)
    def copy(self, address: str, projects: bool, passphrase: str, again: str) -> None:
        """Have a copy made, with the projects' files when they are wanted; the passphrase is typed twice."""
        if passphrase != again:
            self._asking.fail(self.tr("The two passphrases are not the same."))
            return
        params = {"path": str(local_path(address)), "projects": projects, "passphrase": passphrase}
        self._asking.act("_multicoder/memory/backup", params, lambda _result: self.ordered.emit())

    @slot(str, str)
    def restore(self, address: str, passphrase: str) -> None:
        """Have a copy opened, proved and put in the place of the memory; the person was asked and agreed."""

        def taken(result: dict[str, Any]) -> None:
            self._own = str((result.get("task") or {}).get("task", ""))
            self.ordered.emit()

        params = {"path": str(local_path(address)), "passphrase": passphrase, "replace": True}
        self._asking.act("_multicoder/memory/restore", params, taken)

    def _ended(self, task: Row) -> None:
        if task["kind"] not in {COPY, RESTORE}:
            return
        if task["state"] == "failed":
            problem = task["problem"] or {"what": self.tr("The work with the sealed copy has failed.")}
            self._asking.fail(*(str(problem.get(part, "")) for part in ("what", "next")))
        elif task["state"] == "done" and task["kind"] == COPY:
            path = one_line(str((task["result"] or {}).get("path", "")))
            self.told.emit(self.tr("The sealed copy was made: %1").replace("%1", path), "success")
        elif task["state"] == "done" and task["task"] == self._own:
            self._begin_anew()

    def _begin_anew(self) -> None:
        """What was proved takes its place when the engine starts: it is stopped and started."""
        self._begins_anew = True
        self.told.emit(self.tr("The sealed copy was opened. MultiCoder starts anew with its memory."), "info")
        self._asking.act("_multicoder/engine/stop", {})

    def _link_changed(self) -> None:
        if self._begins_anew and self._link.property("state") == "stopped":
            self._begins_anew = False
            QTimer.singleShot(0, self, bordered(self._link.retry))  # the link says first what else that ends

    def _begun(self) -> None:
        """However it came to a new engine: it has done what one was wanted for."""
        self._begins_anew = False
