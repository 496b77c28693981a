"""The health board of the window: one row per system, one word for all of them, and the alarms that were raised."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QTimer, Signal

from gui.board.asking import Asking
from gui.board.history import History
from gui.board.moments import ago, milliseconds, moment
from gui.board.paranoid import Paranoid
from gui.board.rows import Row, Rows
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.board.tasks import Tasks
    from gui.link.engine_link import EngineLink
    from gui.preferences import Preferences
    from gui.settings.engine_settings import EngineSettings
    from gui.toasts import Toasts

ROLES: Final = (
    "id",
    "name",
    "state",
    "since",
    "sinceText",
    "evidence",
    "action",
    "history",
    "age",
    "figure",
    "period",
    "timeout",
    "limits",
    "restartable",
)
NO_DATA_PERIODS: Final = 3
_TICK_MS: Final = 1_000
_FIRST_ANSWER_SECONDS: Final = 3.0
_ALARMS: Final = 100
_BADNESS: Final = {"": 0, "ok": 1, "unknown": 2, "degraded": 3, "down": 4}
_BANNERS: Final = {"": "unknown", "ok": "normal", "unknown": "unknown", "degraded": "attention", "down": "fault"}
_WORST: Final = {"normal": "ok", "attention": "degraded", "fault": "down", "lock": "down"}
_FIGURE: Final = re.compile(r"(?<![\w.])\d[\d.,\u00a0]*\s(?:[KMGT]iB|[КМГТ]иБ|ms|мс|s|с|%)(?!\w)")


class Board(QObject):
    """`App.board`. It follows the engine all the time and looks every second only while somebody sees it."""

    changed = Signal()
    alarmed = Signal(str)
    """Something is down since now: its name and what was seen."""
    alarmsChanged = Signal()

    def __init__(
        self,
        link: EngineLink,
        tasks: Tasks,
        settings: EngineSettings,
        toasts: Toasts,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._toasts = toasts
        self._asking = Asking(link, self)
        self.rows = Rows(ROLES, "id", self)
        self._alarms = Rows(("id", "system", "name", "evidence", "at", "when", "acknowledged", "over"), "id", self)
        self._events = History(self._asking, preferences, self)
        self._paranoid = Paranoid(link, tasks, settings, self)
        self._told: dict[str, dict[str, Any]] = {}
        """What the engine said of each system, with `seen`: when its last look was, on this computer's clock."""
        self._watchers = 0
        self._answered = 0.0
        self._banner: tuple[str, float] = ("unknown", 0.0)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(bordered(self.refresh))
        link.ready.connect(bordered(self._ask))
        link.told.connect(bordered(self._notified))
        link.changed.connect(bordered(self._judge))
        self._paranoid.changed.connect(bordered(self._judge))
        tasks.figuresChanged.connect(bordered(self._judge))

    # ------------------------------------------------------------------------------------------ what a person does

    @slot(bool)
    def watch(self, watched: bool) -> None:
        """Begin or end looking every second; each page says both, in whatever order pages come and go."""
        self._watchers += 1 if watched else -1
        if self._watched == self._timer.isActive():
            return
        if self._watched:
            self._answered = time.monotonic() + _FIRST_ANSWER_SECONDS
            self._timer.start()
            self.refresh()
        else:
            self._timer.stop()

    @slot(str)
    def restart(self, system: str) -> None:
        """Start a system again."""
        self._asking.act("_multicoder/status/restart", {"system": system}, lambda _result: self._ask())

    @slot(str)
    def probe(self, system: str) -> None:
        """Look at a system, or at all of them, now."""
        self._asking.act("_multicoder/status", {"probe": True, "system": system}, self._whole)

    @slot(str)
    def acknowledge(self, alarm: str) -> None:
        """An alarm was seen; it stays listed. Without a name all of them."""
        for row in list(self._alarms.all()):
            if alarm in {"", row["id"]}:
                self._alarms.change(row["id"], acknowledged=True)
        self.alarmsChanged.emit()

    @slot(str, result="QVariant")
    def system(self, name: str) -> Row:
        """Return everything about one system."""
        return dict(self.rows.find(name) or {})

    # ------------------------------------------------------------------------------------------ following the engine

    @slot()
    def refresh(self) -> None:
        """Look once: at the engine's board, and at how old everything is."""
        if self._link.property("state") == "ready":
            self._ask(again=False)
            self._paranoid.refresh()
        self._show()

    @property
    def _watched(self) -> bool:
        return self._watchers > 0

    def _ask(self, *, again: bool = True) -> None:
        self._asking.look("_multicoder/status", {}, self._whole, again=again)

    def _whole(self, result: dict[str, Any]) -> None:
        self._told = {}
        self._take(result.get("systems", []), [])

    def _notified(self, method: str, params: dict[str, Any]) -> None:
        if method == "_multicoder/status":
            self._take(params.get("systems", []), params.get("gone") or [])

    def _take(self, rows: list[dict[str, Any]], gone: list[str]) -> None:
        now = time.monotonic()
        self._answered = now
        for system in gone:
            self._told.pop(system, None)
        for row in rows:
            looked = row["checked"]
            self._told[row["id"]] = {**row, "seen": None if looked is None else now - looked}
        self._show()

    def _show(self) -> None:
        now, before = time.monotonic(), {row["id"]: row["state"] for row in self.rows.all()}
        self.rows.show([self._row(told, now) for told in self._told.values()])
        for row in list(self.rows.all()):
            was = before.get(row["id"])
            if row["state"] == "down" and was != "down":
                self._raise(row)
            elif was == "down" and row["state"] == "ok":
                self._end(row["id"])
        self._judge()

    def _row(self, told: dict[str, Any], now: float) -> Row:
        age = None if told["seen"] is None else now - told["seen"]
        row = {
            "id": told["id"],
            "name": told["name"],
            "state": told["state"],
            "since": told["since"],
            "sinceText": moment(told["since"]),
            "evidence": told["evidence"],
            "action": told["action"] or "",
            "history": told["history"],
            "age": "" if age is None or not self._watched else ago(age),
            "figure": figure(told),
            "period": told["period"],
            "timeout": told["timeout"],
            "limits": told["limits"] or "",
            "restartable": told["restartable"],
        }
        # Only who asks every second knows that nothing is heard; in between the engine tells changes only.
        silent = self._watched and now > self._answered + _FIRST_ANSWER_SECONDS
        if silent and age is not None and age > NO_DATA_PERIODS * told["period"]:
            row |= {"state": "unknown", "evidence": self.tr("No data: the engine does not answer."), "action": ""}
        return row

    # ------------------------------------------------------------------------------------------ alarms

    def _raise(self, row: Row) -> None:
        at = time.time()
        alarm = {"id": f"{row['id']} {at}", "system": row["id"], "name": row["name"], "evidence": row["evidence"]}
        alarm |= {"at": at, "when": moment(at), "acknowledged": False, "over": False}
        self._alarms.insert(0, [alarm])
        self._alarms.take(_ALARMS, self._alarms.rowCount() - _ALARMS)
        self._alarms.countChanged.emit()
        self.alarmsChanged.emit()
        text = f"{row['name']}: {row['evidence']}"
        self._toasts.show(text, "error")
        self.alarmed.emit(text)

    def _end(self, system: str) -> None:
        for alarm in list(self._alarms.all()):
            if alarm["system"] == system:
                self._alarms.change(alarm["id"], over=True)

    # ------------------------------------------------------------------------------------------ the banner

    def _judge(self) -> None:
        before = self._banner
        rows, link = self.rows.all(), self._link.property("state")
        if self._paranoid.is_locked():
            self._banner = "lock", self._paranoid.locked_since()
        elif link in {"failed", "reconnecting", "stopped"}:
            fault = "fault" if link == "failed" else "unknown"
            self._banner = fault, before[1] if before[0] == fault else time.time()
        else:
            # A system that was not looked at yet takes nothing away from those that are well.
            states = [row["state"] for row in rows if row["state"] != "unknown" or row["since"]]
            worst = max(states, key=_BADNESS.__getitem__, default="")
            found = [row["since"] for row in rows if row["state"] == worst]
            self._banner = _BANNERS[worst], (max if worst == "ok" else min)(found, default=0.0)
        if self._banner != before:
            self.changed.emit()

    def _worst(self) -> str:
        return {"normal": "ok", "attention": "degraded", "fault": "down", "lock": "down"}.get(
            self._banner[0], "unknown"
        )

    systems = Property(QObject, lambda self: self.rows, constant=True)
    alarms = Property(QObject, lambda self: self._alarms, constant=True)
    events = Property(QObject, lambda self: self._events, constant=True)
    paranoid = Property(QObject, lambda self: self._paranoid, constant=True)
    asking = Property(QObject, lambda self: self._asking, constant=True)
    state = Property(str, lambda self: self._banner[0], notify=changed)
    since = Property(float, lambda self: self._banner[1], notify=changed)
    sinceText = Property(str, lambda self: moment(self._banner[1]), notify=changed)
    worst = Property(str, _worst, notify=changed)
    unacknowledged = Property(
        int, lambda self: sum(not row["acknowledged"] for row in self._alarms.all()), notify=alarmsChanged
    )


def figure(told: dict[str, Any]) -> str:
    """Return the first figure with a unit in what was seen, else how long the look took."""
    found = _FIGURE.search(told["evidence"])
    if found:
        return found[0]
    return milliseconds(told["latency_ms"]) if told["history"] else ""
