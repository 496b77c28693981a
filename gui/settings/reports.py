"""Reports: written by the engine as tasks, followed here until they lie on the disk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QStandardPaths, QUrl, Signal

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.board.rows import Row, Rows
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.board.tasks import Tasks
    from gui.link.engine_link import EngineLink

FORMATS: Final = ("pdf", "html", "txt", "csv", "json")
_KIND: Final = "report"
_DAYS: Final = {"day": 1, "week": 7, "month": 30, "year": 365}
_DAY_SECONDS: Final = 86_400
_KEPT: Final = 30


class Reports(Rows):
    """`App.reports`: the reports that were asked for or written by themselves, the newest first."""

    writingChanged = Signal()  # of this class: one of the base class as `notify` ends the process
    written = Signal(str)
    """Path of a report that this window asked for."""

    def __init__(self, link: EngineLink, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(("path", "name", "format", "when", "missing"), "path", parent)
        self._asking = Asking(link, self)
        self._tasks = tasks
        self._awaited: set[str] = set()
        tasks.finished.connect(bordered(self._ended))
        link.ready.connect(bordered(self.load))

    @slot()
    def load(self) -> None:
        """Fetch which reports were written."""
        wanted = {"names": ["report.written"], "newestFirst": True, "limit": _KEPT}
        self._asking.look("_multicoder/journal/search", wanted, self._take)

    @slot(str, result=str)
    def suggested(self, format_: str) -> str:
        """Return a good place for a new report that nothing has yet."""
        places = QStandardPaths.standardLocations(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(places[0]) if places and Path(places[0]).is_dir() else Path.home()
        name = f"MultiCoder {time.strftime('%Y-%m-%d %H-%M')}"
        free = (folder / f"{name}{f' ({number})' if number else ''}.{format_}" for number in range(1_000))
        return str(next((path for path in free if not path.exists()), folder / f"{name}.{format_}"))

    @slot(str, result=str)
    def plainPath(self, url: str) -> str:
        """Return the path of an address a file dialog gave."""
        return QUrl(url).toLocalFile() or url

    @slot(str, str, "QVariant")
    def write(self, path: str, format_: str, wanted: Any) -> None:
        """Write a report; `wanted`: period (day, week, month, year, all), types, risk, project, run, overwrite."""
        asked: dict[str, Any] = wanted.toVariant() if hasattr(wanted, "toVariant") else dict(wanted or {})
        params: dict[str, Any] = {"path": path, "format": format_}
        for name in ("types", "risk", "project", "run", "overwrite"):
            if asked.get(name):
                params[name] = asked[name]
        days = _DAYS.get(str(asked.get("period", "")))
        if days:
            params["since"] = time.time() - days * _DAY_SECONDS
        self._asking.act("_multicoder/reports/write", params, self._ordered)

    def _ordered(self, result: dict[str, Any]) -> None:
        name = str((result.get("task") or {}).get("task", ""))
        self._awaited.add(name)
        self.writingChanged.emit()
        known = self._tasks.find(name)
        if known is not None and known["ended"]:  # it was told before the answer came
            self._ended(known)

    def _ended(self, task: Row) -> None:
        if task["kind"] != _KIND:
            return
        if task["task"] in self._awaited:
            self._awaited.discard(task["task"])
            result: Any = task["result"] or {}
            if task["state"] == "done":
                self.written.emit(str(result.get("path", "")))
            else:
                self._asking.fail(self.tr("The report was not written."), str(task["note"] or ""))
        self.writingChanged.emit()
        self.load()

    def _take(self, result: dict[str, Any]) -> None:
        self.show(_row(row) for row in result.get("rows", []))

    asking = Property(QObject, lambda self: self._asking, constant=True)
    formats = Property(list, lambda _self: list(FORMATS), constant=True)
    writing = Property(bool, lambda self: bool(self._awaited), notify=writingChanged)


def _row(row: dict[str, Any]) -> Row:
    path = Path(str(row["data"]["path"]))
    facts = {"path": str(path), "name": path.name, "format": row["data"]["format"]}
    return {**facts, "when": moment(row["at"]), "missing": not path.is_file()}
