"""The library: every program that was delivered, from the journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.board.rows import Row, Rows
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.board.tasks import Tasks
    from gui.link.engine_link import EngineLink

_RUN: Final = "run"
_KEPT: Final = 500


class Artifacts(Rows):
    """`App.artifacts`: the newest first; `missing` where the file is not there any more."""

    def __init__(self, link: EngineLink, tasks: Tasks, parent: QObject | None = None) -> None:
        roles = ("seq", "path", "name", "folder", "when", "run", "version", "sha256", "missing")
        super().__init__(roles, "seq", parent)
        self._asking = Asking(link, self)
        link.ready.connect(bordered(self.load))
        tasks.finished.connect(bordered(self._ended))

    @slot()
    def load(self) -> None:
        """Fetch what was delivered, and look whether it still lies there."""
        wanted = {"names": ["artifact.delivered"], "newestFirst": True, "limit": _KEPT}
        self._asking.look("_multicoder/journal/search", wanted, self._take)

    def _ended(self, task: Row) -> None:
        if task["kind"] == _RUN:
            self.load()

    def _take(self, result: dict[str, Any]) -> None:
        self.show(_row(row) for row in result.get("rows", []))

    asking = Property(QObject, lambda self: self._asking, constant=True)


def _row(row: dict[str, Any]) -> Row:
    data = row["data"]
    path = Path(str(data["artifact"]))
    return {
        "seq": row["seq"],
        "path": str(path),
        "name": path.name,
        "folder": str(path.parent),
        "when": moment(row["at"]),
        "run": row["run"],
        "version": data.get("version", 0),
        "sha256": str(data.get("sha256", "")),
        "missing": not path.exists(),
    }
