"""The live board: a client that asked for it is told of systems and tasks as they change, once a second at most.

What a person does with the shelves is told at once: another window of the same person shows it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from core.i18n import explain
from engine.acp.prompting import failure_of

if TYPE_CHECKING:
    from engine.acp.server import Client
    from engine.tasks.task import Task

_PERIOD_SECONDS: Final = 1.0


class LiveBoard:
    """Sends `_multicoder/status`, `_multicoder/tasks` and `_multicoder/shelves` notifications to one client."""

    def __init__(self, client: Client, *, status: bool, tasks: bool, shelves: bool) -> None:
        self._client = client
        self._status = status
        self._changed: dict[str, Task] = {}
        self._shown: dict[str, Any] = {}
        self._stop_tasks = client.reactor.tasks.subscribe(self._task) if tasks else lambda: None
        self._stop_shelves = client.reactor.shelving.subscribe(self._tell_shelves) if shelves else lambda: None
        self._ticking = asyncio.get_running_loop().create_task(self._tick()) if status or tasks else None

    def close(self) -> None:
        """Tell nothing more."""
        self._stop_tasks()
        self._stop_shelves()
        if self._ticking is not None:
            self._ticking.cancel()

    def _task(self, task: Task) -> None:
        self._changed[task.task] = task

    async def _tick(self) -> None:
        while True:
            if self._status:
                self._tell_systems()
            if self._changed:
                changed, self._changed = self._changed, {}
                rows = [task_row(task, self._client.tongue()) for task in changed.values()]
                self._client.notify("_multicoder/tasks", {"tasks": rows})
            await asyncio.sleep(_PERIOD_SECONDS)

    def _tell_shelves(self, shelves: list[dict[str, Any]]) -> None:
        self._client.notify("_multicoder/shelves", {"shelves": shelves})

    def _tell_systems(self) -> None:
        rows = {row.id: row.as_dict(self._client.tongue()) for row in self._client.reactor.board.snapshot()}
        fresh = [row for system, row in rows.items() if _lasting(row) != self._shown.get(system)]
        gone = [system for system in self._shown if system not in rows]
        self._shown = {system: _lasting(row) for system, row in rows.items()}
        if fresh or gone:
            self._client.notify("_multicoder/status", {"systems": fresh, "gone": gone})


def task_row(task: Task, locale: str) -> dict[str, Any]:
    """A task as clients see it; one that failed says in words why."""
    row: dict[str, Any] = task.as_dict()
    if task.state == "failed":
        error = failure_of(task.result)
        words = explain(error, locale)
        row["problem"] = {"kind": error.code, "what": words.what, "did": words.did, "next": words.next}
    return row


def _lasting(row: dict[str, Any]) -> dict[str, Any]:
    """What makes a row worth telling again: not that its last look is a second older."""
    return {key: value for key, value in row.items() if key not in {"checked", "history", "latency_ms"}}
