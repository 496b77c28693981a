"""`App.trials`: finished programs that are started in the sandbox, and what came of it, by the card that asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QThreadPool, Signal

from gui.desktop.evidence import picture_of
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.chat.chats import Chats
    from gui.link.engine_link import EngineLink
    from gui.link.words import Trouble

_KIND: Final = "trial"
_RESULT: Final = ("look", "title", "alive", "limit", "ending", "exit_code", "seconds", "stdout", "stderr", "cut")
_ENDED: Final = frozenset({"done", "failed", "cancelled"})


class Trials(QObject):
    """`states`: `run/version` -> `state` (asked, waiting, running, done, failed, cancelled) and what was seen."""

    changed = Signal()
    _pictured = Signal(str, str)

    def __init__(self, link: EngineLink, chats: Chats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._chats = chats
        self._states: dict[str, dict[str, Any]] = {}
        self._tasks: dict[str, str] = {}
        """Task -> the card it was begun for."""
        self._pool = QThreadPool(self)
        self._pictured.connect(bordered(self._keep_picture))
        link.told.connect(bordered(self._told))
        link.ready.connect(bordered(self._look))

    states = Property(dict, lambda self: self._states, notify=changed)

    @slot(str, int)
    def start(self, run: str, version: int) -> None:
        """Start a version a run of the open chat has delivered; one that is under way is only shown."""
        card = f"{run}/{version}"
        if self._states.get(card, {}).get("state", "done") not in _ENDED:
            return
        self._put(card, {"state": "asked"})

        def taken(answer: dict[str, Any]) -> None:
            task = answer["task"]
            self._tasks[str(task["task"])] = card
            self._take(task)

        def failed(trouble: Trouble) -> None:
            self._put(card, {"state": "failed", **_problem(trouble)})

        params = {"sessionId": self._chats.property("current"), "run": run, "version": version}
        self._link.request("_multicoder/versions/try", params, taken, failed)

    @slot(str, int)
    def stop(self, run: str, version: int) -> None:
        """End what was started."""
        task = self._states.get(f"{run}/{version}", {}).get("task")
        if task:
            self._link.request("_multicoder/tasks/cancel", {"task": task}, lambda answer: self._take(answer["task"]))

    @slot(str, int)
    def close(self, run: str, version: int) -> None:
        """Show it no more."""
        self._states = {card: state for card, state in self._states.items() if card != f"{run}/{version}"}
        self.changed.emit()

    def _put(self, card: str, state: dict[str, Any]) -> None:
        self._states = {**self._states, card: state}
        self.changed.emit()

    def _look(self) -> None:
        """An engine that was started again goes on with what was begun, or has lost it."""
        if self._tasks:
            self._link.request("_multicoder/tasks/list", {"kind": _KIND}, self._took)

    def _told(self, method: str, params: dict[str, Any]) -> None:
        if method == "_multicoder/tasks":
            self._took(params)

    def _took(self, answer: dict[str, Any]) -> None:
        for task in answer.get("tasks") or []:
            if isinstance(task, dict) and task.get("kind") == _KIND:
                self._take(task)

    def _take(self, task: dict[str, Any]) -> None:
        name = str(task.get("task", ""))
        card = self._tasks.get(name)
        if card is None or card not in self._states:
            return
        problem = task.get("problem")
        state: dict[str, Any] = {"state": str(task.get("state", "")), "task": name}
        if isinstance(problem, dict):
            state |= _problem(problem)
        result = task.get("result")
        if state["state"] == "done" and isinstance(result, dict):
            state |= {key: result.get(key) for key in _RESULT}
            self._picture(name, str(result.get("picture") or ""))
        if state["state"] in _ENDED and not state.get("look"):
            del self._tasks[name]
        self._put(card, state)

    def _picture(self, task: str, path: str) -> None:
        """Read the picture beside the window: it is as foreign as the program that drew it."""
        if path:
            self._pool.start(lambda: self._pictured.emit(task, picture_of(Path(path).parent)))

    def _keep_picture(self, task: str, address: str) -> None:
        card = self._tasks.pop(task, "")
        if self._states.get(card, {}).get("task") == task:
            self._put(card, {**self._states[card], "picture": address})


def _problem(trouble: dict[str, Any]) -> dict[str, Any]:
    words = f"{trouble.get('what', '')} {trouble.get('next', '')}".strip()
    return {"problem": words, "kind": str(trouble.get("kind", ""))}
