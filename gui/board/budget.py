"""What today cost, and how busy the computer is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QLocale, QObject, QStorageInfo, QTimer, Signal

from gui.board import machine
from gui.board.asking import Asking
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from pathlib import Path

    from gui.link.engine_link import EngineLink
    from gui.settings.engine_settings import EngineSettings

_SPENT_EVERY: Final = 15
"""Seconds between two looks at what was spent: the engine counts the whole day anew."""
_MEMORY_LIMIT: Final = 0.9
_DISK_LIMIT: Final = 0.95
_CPU_LIMIT: Final = 0.95
_LIMITS: Final = {"calls": "budget_calls", "tokens": "budget_tokens", "money": "budget_usd"}


class Budget(QObject):
    """`App.budget`: `figures` is a list of {id, title, value, share, limit, note}, share -1 where there is no bar."""

    changed = Signal()

    def __init__(self, link: EngineLink, settings: EngineSettings, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._folder = folder
        self._asking = Asking(link, self)
        self._spent: dict[str, Any] = {}
        self._ticks = machine.ticks()
        self._figures: list[dict[str, Any]] = []
        self._seconds = self._watchers = 0
        self._timer = QTimer(self, interval=1_000)
        self._timer.timeout.connect(bordered(self._tick))
        link.ready.connect(bordered(self._count))

    @slot(bool)
    def watch(self, watched: bool) -> None:
        """Begin or end looking every second."""
        self._watchers += 1 if watched else -1
        if self._watchers > 0 and not self._timer.isActive():
            self._seconds = 0
            self._timer.start()
            self._count()
            self._measure()
        elif self._watchers <= 0:
            self._timer.stop()

    def refresh(self) -> None:
        """Look once."""
        self._measure()

    def _tick(self) -> None:
        self._seconds += 1
        if self._seconds % _SPENT_EVERY == 0:
            self._count()
        self._measure()

    def _count(self) -> None:
        today = time.localtime()
        midnight = time.mktime((*today[:3], 0, 0, 0, 0, 0, -1))
        self._asking.look("_multicoder/statistics", {"since": midnight}, self._counted)

    def _counted(self, result: dict[str, Any]) -> None:
        # A run that began yesterday brings yesterday's events along: only today's figures are today's.
        self._spent = result.get("days", {}).get(time.strftime("%Y-%m-%d"), {})
        self._measure()

    def _measure(self) -> None:
        figures = [*self._paid(), *self._computer()]
        if figures != self._figures:
            self._figures = figures
            self.changed.emit()

    def _paid(self) -> list[dict[str, Any]]:
        locale, spent = QLocale(), self._spent
        money = locale.toString(float(spent.get("cost_usd", 0.0)), "f", 2)
        unpriced = int(spent.get("unpriced_calls", 0))
        return [
            self._one("calls", self.tr("Calls today"), locale.toString(int(spent.get("calls", 0)))),
            self._one("tokens", self.tr("Tokens today"), locale.toString(int(spent.get("tokens", 0)))),
            self._one("money", self.tr("Money today"), f"{money} ${' +' if unpriced else ''}", self._hidden(unpriced)),
        ]

    def _hidden(self, calls: int) -> str:
        """What the figure leaves out, and where that is put right."""
        if not calls:
            return ""
        words = self.tr("%n call(s) of models without a known price are not in it.", "", calls)
        return words + " " + self.tr("Prices are entered with each provider, under “More settings”.")

    def _one(self, name: str, title: str, value: str, more: str = "") -> dict[str, Any]:
        limit = self._settings.value(_LIMITS[name])
        most = "" if limit is None else QLocale().toString(float(limit), "g", 10)
        note = self.tr("At most %1 per run").replace("%1", most) if most else ""
        note = ". ".join(part for part in (note, more) if part)
        return {"id": name, "title": title, "value": value, "share": -1.0, "limit": 0.0, "note": note}

    def _computer(self) -> list[dict[str, Any]]:
        before, self._ticks = self._ticks, machine.ticks()
        load, memory = machine.load_between(before, self._ticks), machine.memory()
        disk = QStorageInfo(str(self._folder))
        used = (1 - memory.available / memory.total) if memory and memory.total else -1.0
        full = (1 - disk.bytesAvailable() / disk.bytesTotal()) if disk.bytesTotal() > 0 else -1.0
        return [
            _bar("memory", self.tr("Memory"), used, _MEMORY_LIMIT),
            _bar("cpu", self.tr("Processor"), load, _CPU_LIMIT),
            _bar("disk", self.tr("Disk"), full, _DISK_LIMIT),
        ]

    asking = Property(QObject, lambda self: self._asking, constant=True)
    figures = Property(list, lambda self: self._figures, notify=changed)


def _bar(name: str, title: str, share: float, limit: float) -> dict[str, Any]:
    value = "–" if share < 0 else f"{round(share * 100)} %"
    return {"id": name, "title": title, "value": value, "share": round(share, 2), "limit": limit, "note": ""}
