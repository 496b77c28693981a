"""What must always be true of the tasks; read by the paranoid tester, which decides what follows from a breach."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from core.i18n import Words
from engine.paranoid.finding import Finding
from engine.tasks.queue import circle
from engine.tasks.task import ENDED

if TYPE_CHECKING:
    from engine.paranoid.finding import Invariant
    from engine.tasks.manager import TaskManager
    from engine.tasks.task import Task

STUCK_MINUTES: Final = 30.0
IDLE_SECONDS: Final = 60.0
"""A scheduler looks for work every few seconds, even with nothing to do."""
_MINUTE: Final = 60.0


class StuckTasks:
    """A running task moves: it says how far it is, or changes its state, now and then."""

    check = "task-stuck"

    def __init__(self, manager: TaskManager, *, minutes: float = STUCK_MINUTES) -> None:
        self._manager = manager
        self._minutes = minutes

    async def find(self) -> list[Finding]:
        """Return the running tasks in which nothing has moved for too long."""
        now = time.time()
        still = [(task, (now - task.changed) / _MINUTE) for task in self._manager.tasks(states={"running"})]
        return [
            Finding(
                self.check,
                "warning",
                Words("finding-task-stuck", {"title": task.title, "minutes": minutes}),
                subject=task.task,
                action=Words("finding-task-stuck.action"),
                facts={"minutes": minutes, "step": task.step},
            )
            for task, minutes in still
            if minutes >= self._minutes
        ]


class TaskDependencies:
    """Tasks wait for tasks that exist, and never for each other."""

    check = "task-dependencies"

    def __init__(self, manager: TaskManager) -> None:
        self._manager = manager

    async def find(self) -> list[Finding]:
        """Return circles and gaps among the tasks that have not ended."""
        tasks = self._manager.tasks()
        known = {task.task for task in tasks}
        unended = [task for task in tasks if task.state not in ENDED]
        gaps = [self._gap(task, name) for task in unended for name in task.after if name not in known]
        ring = circle({task.task: task.after for task in unended})
        return [*gaps, self._circle(ring)] if ring else gaps

    def _gap(self, task: Task, missing: str) -> Finding:
        what = Words("finding-task-gap", {"title": task.title, "missing": missing})
        return Finding(self.check, "warning", what, task.task, Words("finding-task-gap.action"), {"missing": missing})

    def _circle(self, tasks: tuple[str, ...]) -> Finding:
        names = ", ".join(tasks)
        what = Words("finding-task-circle", {"tasks": names})
        return Finding(self.check, "warning", what, min(tasks), Words("finding-task-circle.action"), {"tasks": names})


class TasksOnDisk:
    """The disk tells every task as memory does."""

    check = "task-disk"

    def __init__(self, manager: TaskManager) -> None:
        self._manager = manager

    async def find(self) -> list[Finding]:
        """Return the tasks that are not the same in both; StorageError when the disk cannot be read."""
        stats = await self._manager.stats()
        action = Words("finding-task-differs.action")
        return [
            Finding(self.check, "critical", Words("finding-task-differs", {"task": task}), task, action)
            for task in stats.disagreeing
        ]


class TaskTurns:
    """Turns are handed out, and never more than there are slots."""

    check = "task-turns"

    def __init__(self, manager: TaskManager) -> None:
        self._manager = manager

    async def find(self) -> list[Finding]:
        """Return an overcrowded or a sleeping scheduler."""
        stats = await self._manager.stats()
        found = []
        if stats.running_heavy > stats.slots:
            facts: dict[str, str | float] = {"running": stats.running_heavy, "slots": stats.slots}
            what = Words("finding-tasks-crowded", facts)
            found.append(
                Finding(self.check, "warning", what, "slots", Words("finding-tasks-crowded.action"), facts),
            )
        if not stats.alive or stats.last_pass > IDLE_SECONDS:
            facts = {"seconds": stats.last_pass}
            what = Words("finding-tasks-idle", facts)
            found.append(Finding(self.check, "critical", what, "scheduler", Words("finding-tasks-idle.action"), facts))
        return found


def task_invariants(manager: TaskManager, *, stuck_minutes: float = STUCK_MINUTES) -> tuple[Invariant, ...]:
    """Return all of them, for the paranoid tester."""
    return (
        StuckTasks(manager, minutes=stuck_minutes),
        TaskDependencies(manager),
        TasksOnDisk(manager),
        TaskTurns(manager),
    )
