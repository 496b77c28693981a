"""The worker of tasks of kind `backup`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.tasks.task import Done, Ended

if TYPE_CHECKING:
    from engine.recovery.backups import Backups
    from engine.tasks.task import Control, Task

BACKUP_KIND: Final = "backup"


class BackupWorker:
    """Makes one set per task; `data["reason"]` says why. Called again after a crash it makes a new one."""

    def __init__(self, backups: Backups) -> None:
        self._backups = backups

    async def __call__(self, task: Task, control: Control, /) -> Ended:
        """Make the set; a few seconds of work that no pause interrupts."""
        made = await self._backups.back_up(str(task.data.get("reason") or "scheduled"), progress=control.progress)
        return Done({"set": made.name, "bytes": made.size})
