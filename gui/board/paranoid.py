"""The paranoid tester and the guard: their mode, the last audit, drills, and what waits for a person's word."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.board.rows import Row, Rows
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.board.tasks import Tasks
    from gui.link.engine_link import EngineLink
    from gui.settings.engine_settings import EngineSettings

MODE: Final = "paranoid"
_DRILL: Final = "drill"
_INSPECT: Final = "_multicoder/audit/inspect"
_DRILLS_SHOWN: Final = 40
_INSPECTION_SECONDS: Final = 60.0
"""How long the tester rests between two inspections; the engine says so in its documentation."""
_LONGEST_FACTS: Final = 400


class Paranoid(QObject):
    """`App.board.paranoid`."""

    changed = Signal()

    def __init__(self, link: EngineLink, tasks: Tasks, settings: EngineSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._settings = settings
        self._asking = Asking(link, self)
        self._findings = Rows(("id", "severity", "what", "action", "subject", "check"), "id", self)
        self._drills = Rows(("seq", "drill", "state", "broken", "when", "seconds"), "seq", self)
        self._pending = Rows(
            ("action", "kind", "target", "askedBy", "run", "facts", "at", "when", "never"), "action", self
        )
        self._verdict: dict[str, Any] = {}
        self._asking.waitingChanged.connect(self.changed)
        link.ready.connect(bordered(self._waiting))
        settings.changed.connect(self.changed)
        tasks.figuresChanged.connect(bordered(self._tasks_changed))
        tasks.finished.connect(bordered(self._task_ended))

    @slot(str)
    def setMode(self, mode: str) -> None:
        """Switch it off, let it watch, or let it pause tasks as well."""
        self._settings.change_to(MODE, mode)

    @slot()
    def inspect(self) -> None:
        """Look at everything that must be true, now."""
        self._asking.look(_INSPECT, {}, self._inspected, again=False)

    @slot(str)
    def drill(self, name: str) -> None:
        """Try what would happen if something failed; `all` for every drill."""
        self._asking.act("_multicoder/audit/drill", {"drill": name} if name else {})

    @slot(str, bool, str)
    def decide(self, action: str, allowed: bool, reason: str) -> None:
        """Allow a stopped action once or refuse it, with a reason."""
        if not reason.strip():
            self._asking.fail(self.tr("A decision needs a reason."), self.tr("Write why."))
            return
        params = {"action": action, "allowed": allowed, "reason": reason.strip()}
        self._asking.act("_multicoder/guard/decide", params, lambda _result: self._waiting())

    @slot(str)
    def resume(self, reason: str) -> None:
        """Let all tasks the guard paused go on, with a reason."""
        if not reason.strip():
            self._asking.fail(self.tr("Going on needs a reason."), self.tr("Write why."))
            return
        for row in self._tasks.guarded():
            self._tasks.resume(row["task"], reason.strip())

    def refresh(self) -> None:
        """Look at what changes by itself."""
        self._waiting(again=False)

    @slot()
    def open(self) -> None:
        """The block came into sight: fetch what it shows."""
        self.inspect()
        self._look_at_drills()

    def _waiting(self, *, again: bool = True) -> None:
        self._asking.look("_multicoder/guard/pending", {}, self._blocked, again=again)

    def _blocked(self, result: dict[str, Any]) -> None:
        before = len(self._pending.all())
        self._pending.show([_stopped(action) for action in result.get("actions", [])])
        if len(self._pending.all()) != before:
            self.changed.emit()

    def _inspected(self, result: dict[str, Any]) -> None:
        self._verdict = result
        found = result.get("findings", [])
        self._findings.show({**item, "id": f"{item['check']} {item['subject']}"} for item in found)
        self.changed.emit()

    def _look_at_drills(self) -> None:
        wanted = {"names": ["drill.finished"], "newestFirst": True, "limit": _DRILLS_SHOWN}
        self._asking.look("_multicoder/journal/search", wanted, self._drilled)

    def _drilled(self, result: dict[str, Any]) -> None:
        newest: dict[str, Row] = {}
        for row in result.get("rows", []):
            newest.setdefault(row["data"]["drill"], _drill(row))
        self._drills.show(newest.values())

    def _tasks_changed(self) -> None:
        if self._tasks.guarded():
            self._waiting()
        self.changed.emit()

    def _task_ended(self, task: Row) -> None:
        if task["kind"] == _DRILL:
            self._look_at_drills()

    def _drilling(self) -> str:
        """What the running drill is called; empty when none runs."""
        running = (row for row in self._tasks.all() if row["kind"] == _DRILL and not row["ended"])
        return next((row["step"] or row["subject"] or _DRILL for row in running), "")

    def _next(self) -> str:
        at = self._verdict.get("at")
        return moment(at + _INSPECTION_SECONDS) if at and self._mode() != "off" else ""

    def _mode(self) -> str:
        return str(self._settings.value(MODE) or "")

    def is_locked(self) -> bool:
        """Whether strict mode holds something until a person decides."""
        return self._mode() == "strict" and bool(self._pending.all() or self._tasks.guarded())

    def locked_since(self) -> float:
        """Since when, in seconds since the epoch; 0 when nothing is held."""
        moments = [row["at"] for row in self._pending.all()] + [row["changed"] for row in self._tasks.guarded()]
        return float(min(moments, default=0.0))

    findings = Property(QObject, lambda self: self._findings, constant=True)
    drills = Property(QObject, lambda self: self._drills, constant=True)
    pending = Property(QObject, lambda self: self._pending, constant=True)
    asking = Property(QObject, lambda self: self._asking, constant=True)
    mode = Property(str, _mode, notify=changed)
    score = Property(int, lambda self: int(self._verdict.get("score", -1)), notify=changed)
    inspected = Property(str, lambda self: moment(self._verdict.get("at", 0.0)), notify=changed)
    inspectedNext = Property(str, _next, notify=changed)
    inspecting = Property(bool, lambda self: self._asking.waits(_INSPECT), notify=changed)
    drilling = Property(str, _drilling, notify=changed)
    pausedTasks = Property(int, lambda self: len(self._tasks.guarded()), notify=changed)
    locked = Property(bool, is_locked, notify=changed)
    lockedSince = Property(float, locked_since, notify=changed)


def _stopped(action: dict[str, Any]) -> Row:
    facts = ", ".join(f"{key}: {_plain(value)}" for key, value in action["facts"].items())
    return {
        "action": action["action"],
        "kind": action["kind"],
        "target": action["target"],
        "askedBy": action["asked_by"],
        "run": action["run"],
        "facts": facts[:_LONGEST_FACTS],
        "at": action["at"],
        "when": moment(action["at"]),
        "never": action["kind"] == "unsandboxed",
    }


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _drill(row: dict[str, Any]) -> Row:
    data = row["data"]
    return {
        "seq": row["seq"],
        "drill": data["drill"],
        "state": data["state"],
        "broken": ", ".join(str(item) for item in data.get("broken") or ()),
        "when": moment(row["at"]),
        "seconds": data.get("seconds", 0),
    }
