"""The tasks of the engine: what runs, what waits, and what a person may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.board.rows import Row, Rows
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

ROLES: Final = (
    "task",
    "kind",
    "title",
    "subject",
    "state",
    "reason",
    "note",
    "progress",
    "step",
    "priority",
    "result",
    "created",
    "changed",
    "when",
    "ended",
    "problem",
)
GUARDED: Final = "guard"
VAULT: Final = "vault"
_ENDED: Final = frozenset({"done", "failed", "cancelled"})
_WORK: Final = frozenset({"running", "waiting"})
_ENDED_KEPT: Final = 30
_LOWEST, _HIGHEST = -100, 100


class Tasks(Rows):
    """The list of tasks, those at work first; it follows the engine by itself."""

    figuresChanged = Signal()
    finished = Signal(dict)
    """A task that came to its end while this window looked."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(ROLES, "task", parent)
        self._link = link
        self._asking = Asking(link, self)
        self._known: dict[str, Row] = {}
        link.ready.connect(bordered(self._load))
        link.told.connect(bordered(self._told))
        link.changed.connect(bordered(self._link_changed))

    @slot(str)
    @slot(str, str)
    def pause(self, task: str, note: str = "") -> None:
        """Let a task stop at a safe place."""
        self._act("pause", task, note=note)

    @slot(str)
    @slot(str, str)
    def resume(self, task: str, note: str = "") -> None:
        """Let a paused task go on; one the guard paused needs a reason."""
        self._act("resume", task, note=note)

    @slot(str)
    def cancel(self, task: str) -> None:
        """End a task."""
        self._act("cancel", task)

    @slot(str)
    def restart(self, task: str) -> None:
        """Begin an ended task again."""
        self._act("restart", task)

    @slot(str, int)
    def prioritise(self, task: str, priority: int) -> None:
        """Let a task go before or after others."""
        self._act("prioritise", task, priority=max(_LOWEST, min(_HIGHEST, priority)))

    def _waits_for_vault(self) -> bool:
        return any(row["state"] == "paused" and row["reason"] == VAULT for row in self.all())

    def guarded(self) -> list[Row]:
        """Return the tasks the guard paused."""
        return [row for row in self.all() if row["state"] == "paused" and row["reason"] == GUARDED]

    def _act(self, what: str, task: str, **params: Any) -> None:
        self._asking.act(f"_multicoder/tasks/{what}", {"task": task, **params}, self._one)

    def _one(self, result: dict[str, Any]) -> None:
        self._take([result["task"]] if "task" in result else [])

    def _load(self) -> None:
        self._known = {}
        self._asking.look("_multicoder/tasks/list", {}, lambda result: self._take(result.get("tasks", [])), name="all")

    def _link_changed(self) -> None:
        if self._link.hopeless:  # nobody works on them
            stopped = {"state": "paused", "reason": "", "step": ""}
            self._known = {name: row | (stopped if row["state"] in _WORK else {}) for name, row in self._known.items()}
            self._take([])

    def _told(self, method: str, params: dict[str, Any]) -> None:
        if method == "_multicoder/tasks":
            self._take(params.get("tasks", []), news=True)

    def _take(self, tasks: list[dict[str, Any]], *, news: bool = False) -> None:
        ended = []
        for task in tasks:
            row = _row(task)
            before = self._known.get(row["task"])
            self._known[row["task"]] = row
            # What is told once a second may have begun and ended in between.
            if row["ended"] and (news if before is None else not before["ended"]):
                ended.append(row)
        rows = sorted(self._known.values(), key=_place)
        shown = [row for row in rows if not row["ended"]]
        shown += [row for row in rows if row["ended"]][:_ENDED_KEPT]
        self._known = {row["task"]: row for row in shown}
        self.show(shown)
        self.figuresChanged.emit()
        for row in ended:
            self.finished.emit(row)

    def _number(self, *states: str) -> int:
        return sum(row["state"] in states for row in self.all())

    asking = Property(QObject, lambda self: self._asking, constant=True)
    running = Property(int, lambda self: self._number("running"), notify=figuresChanged)
    active = Property(int, lambda self: self._number("running", "waiting", "paused"), notify=figuresChanged)
    pausedByGuard = Property(int, lambda self: len(self.guarded()), notify=figuresChanged)
    waitsForVault = Property(bool, lambda self: self._waits_for_vault(), notify=figuresChanged)
    """Whether a run waits for a key in the locked vault."""


def _row(task: dict[str, Any]) -> Row:
    row: Row = {role: task.get(role, "") for role in ROLES}
    row |= {"progress": float(task.get("progress", -1)), "priority": int(task.get("priority", 0))}
    row |= {name: float(task.get(name, 0)) for name in ("created", "changed")}
    return row | {"ended": row["state"] in _ENDED, "when": moment(row["changed"])}


def _place(row: Row) -> tuple[bool, int, float]:
    """Those that are not over first, by priority and age; then the newest of the others."""
    return row["ended"], 0 if row["ended"] else -row["priority"], -row["changed"] if row["ended"] else row["created"]
