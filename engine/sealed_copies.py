"""Sealed copies of the memory as tasks of a running engine.

A passphrase is kept in memory from the order to the beginning of its task, and nowhere else: after a restart of the
engine the task says that it has to be ordered again. What was opened and proved takes the place of the memory at the
next start of the engine.
"""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agents.providers.vault import check_passphrase
from core.errors import Cancelled, InputError
from core.events import Event
from engine.recovery.sealed.copying import is_new, make_copy, open_copy
from engine.recovery.sealed.restoring import holds_memory, stage
from engine.tasks.task import Done

if TYPE_CHECKING:
    from agents.providers.secret import Secret
    from core.events import EventSink
    from core.paths import Home
    from engine.tasks.manager import TaskManager
    from engine.tasks.task import Control, Ended, Task

COPY_KIND: Final = "memory-copy"
RESTORE_KIND: Final = "memory-restore"
_BELOW_RUNS: Final = -10


class SealedCopies:
    """Orders and does both; a worker of the task manager for either kind."""

    def __init__(self, home: Home, tasks: TaskManager, sink: EventSink) -> None:
        self._home = home
        self._tasks = tasks
        self._sink = sink
        self._passphrases: dict[str, Secret] = {}

    async def order_copy(
        self, path: Path, passphrase: Secret, title: str, *, projects: bool, keep: int, by: str
    ) -> Task:
        """Have a copy made.

        Raises:
            InputError: `vault-passphrase-short`, when it is a new one.
        """
        if await asyncio.to_thread(is_new, self._home, path):
            check_passphrase(passphrase)
        data: dict[str, Any] = {"path": str(path), "projects": projects, "keep": keep, "by": by}
        return await self._order(COPY_KIND, path, passphrase, title, data)

    async def order_restore(
        self, path: Path, passphrase: Secret, title: str, *, snapshot: str, replace: bool, by: str
    ) -> Task:
        """Have a copy opened, proved and laid ready.

        Raises:
            InputError: `sealed-replaces`, when there is a memory and nobody said that it may be replaced.
        """
        if not replace and await asyncio.to_thread(holds_memory, self._home):
            raise InputError("sealed-replaces", path=str(self._home.root))
        data: dict[str, Any] = {"path": str(path), "snapshot": snapshot, "by": by}
        return await self._order(RESTORE_KIND, path, passphrase, title, data)

    async def __call__(self, task: Task, control: Control, /) -> Ended:
        """Do one of them; a pause or a cancel leaves nothing behind."""
        passphrase = self._passphrases.pop(task.subject, None)
        if passphrase is None:
            raise InputError("sealed-passphrase-gone", path=str(task.data["path"]))
        stop = threading.Event()

        def told(fraction: float) -> None:
            if stop.is_set():
                raise Cancelled
            control.progress(fraction)

        do = self._copy if task.kind == COPY_KIND else self._restore
        work = asyncio.ensure_future(asyncio.to_thread(do, dict(task.data), passphrase, told))
        try:
            return Done(await asyncio.shield(work))
        except asyncio.CancelledError:
            stop.set()  # a thread cannot be broken off; it is waited for, so that nothing goes on behind our back
            await asyncio.wait({work})
            if not work.cancelled():
                work.exception()
            raise

    def _copy(self, data: dict[str, Any], passphrase: Secret, told: Any) -> dict[str, Any]:
        path = Path(data["path"])
        made = make_copy(
            self._home, path, passphrase, projects=bool(data["projects"]), keep=int(data["keep"]), progress=told
        )
        facts: dict[str, Any] = {
            "path": made.path,
            "name": made.name,
            "bytes": made.bytes,
            "kept": made.kept,
            "pruned": made.pruned,
        }
        self._sink.emit(Event("AUDIT", "memory.copied", data={**facts, "by": data["by"]}))
        return facts

    def _restore(self, data: dict[str, Any], passphrase: Secret, told: Any) -> dict[str, Any]:
        path = Path(data["path"])
        with open_copy(self._home, path, passphrase, str(data["snapshot"])) as copy:
            size = max(1, copy.size)
            stage(self._home, copy, str(path), lambda done: told(min(1.0, done / size)))
            facts: dict[str, Any] = {"path": str(path), "at": copy.facts.at, "projects": copy.facts.projects}
        self._sink.emit(Event("AUDIT", "memory.restore_ready", data={**facts, "by": data["by"]}))
        return {**facts, "restart": True}

    async def _order(self, kind: str, path: Path, passphrase: Secret, title: str, data: dict[str, Any]) -> Task:
        subject = f"{kind}:{path}"
        self._passphrases[subject] = passphrase
        return await self._tasks.submit(kind, title, subject=subject, data=data, group=kind, priority=_BELOW_RUNS)
