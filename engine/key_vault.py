"""The key vault in a running engine: who opens it, and what goes on then.

The engine keeps the vault unlocked until it ends. A run that meets a locked one waits, and goes on by itself as soon
as a person unlocked it.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any

from agents.providers.vault import vault_of
from core.errors import MultiCoderError
from core.events import Event
from engine.tasks.task import WAITS_FOR_VAULT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from agents.providers.secret import Secret
    from core.events import EventSink
    from core.paths import Home
    from engine.tasks.manager import TaskManager
    from engine.tasks.task import Task


class KeyVault:
    """Opens and closes the vault for the engine; raises as `agents.providers.vault.Vault` does."""

    def __init__(self, home: Home, sink: EventSink, tasks: TaskManager, changed: Callable[[], Awaitable[None]]) -> None:
        """`changed` is awaited when other keys can be used than before."""
        self._vault = vault_of(home)
        self._sink = sink
        self._tasks = tasks
        self._changed = changed
        self._looking: set[asyncio.Task[None]] = set()
        tasks.subscribe(self._task_changed)

    async def status(self) -> dict[str, Any]:
        """Whether there is a vault, whether it is open, and whose keys are in it."""
        state = await asyncio.to_thread(lambda: self._vault.state)
        return {"state": state, "accounts": list(await asyncio.to_thread(self._vault.accounts))}

    async def create(self, passphrase: Secret, *, by: str) -> None:
        """Make a vault, unlocked."""
        await asyncio.to_thread(self._vault.create, passphrase)
        await self._opened("created", by)

    async def unlock(self, passphrase: Secret, *, by: str) -> None:
        """Unlock it until the engine ends; what waits for it goes on."""
        try:
            await asyncio.to_thread(self._vault.unlock, passphrase)
        except MultiCoderError as error:
            self._sink.emit(Event("AUDIT", "vault.refused", data={"by": by, "code": error.code}))
            raise
        await self._opened("unlocked", by)

    async def lock(self, *, by: str) -> None:
        """Lock it; runs that work keep the keys they have until their next stop."""
        self._vault.lock()
        self._sink.emit(Event("AUDIT", "vault.locked", data={"by": by}))
        await self._changed()

    async def change(self, old: Secret, new: Secret, *, by: str) -> None:
        """Seal the keys with another passphrase."""
        await asyncio.to_thread(self._vault.change_passphrase, old, new)
        await self._opened("changed", by)

    async def _opened(self, what: str, by: str) -> None:
        self._sink.emit(Event("AUDIT", f"vault.{what}", data={"by": by}))
        await self._changed()
        for task in self._tasks.tasks():
            await self._let_go_on(task, by=by)

    def _task_changed(self, task: Task) -> None:
        """A run may come to the locked vault in the very moment it is unlocked."""
        if _waits(task):
            looking = asyncio.get_running_loop().create_task(self._let_go_on(task, by="vault"))
            self._looking.add(looking)
            looking.add_done_callback(self._looking.discard)

    async def _let_go_on(self, task: Task, *, by: str) -> None:
        if not _waits(task):
            return
        with contextlib.suppress(MultiCoderError):  # a person was faster, or the engine is stopping
            if await asyncio.to_thread(lambda: self._vault.state) == "unlocked":
                await self._tasks.resume(task.task, by=by)


def _waits(task: Task) -> bool:
    return task.state == "paused" and task.reason == WAITS_FOR_VAULT
