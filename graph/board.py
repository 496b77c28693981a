"""The module board: modules of one wave wait for each other without barriers.

Every remaining module is sent at once; each waits here for the modules it needs. What was settled before a crash is
found in the ledger, so a resumed wave waits for nothing that already ended.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from graph.ledger import EffectKey, Ledger
from graph.state import DONE, ModuleStatus

if TYPE_CHECKING:
    from collections.abc import Sequence


class ModuleBoard:
    """Statuses of one wave (`run`, `epoch`, `wave`), as events."""

    def __init__(self, ledger: Ledger, run: str, epoch: int, wave: int) -> None:
        self._ledger = ledger
        self._run = run
        self._epoch = epoch
        self._wave = wave
        self._settled: dict[str, ModuleStatus] = {}
        self._events: dict[str, asyncio.Event] = {}

    def _key(self, module: str) -> EffectKey:
        return EffectKey(self._run, self._epoch, "module-settled", module, self._wave)

    def _event(self, module: str) -> asyncio.Event:
        return self._events.setdefault(module, asyncio.Event())

    async def settle(self, module: str, status: ModuleStatus) -> None:
        """Tell the wave how a module ended; on disk before anyone acts on it."""
        await self._ledger.record(self._key(module), status)
        self._settled[module] = status
        self._event(module).set()

    async def unmet(self, needs: Sequence[str], done: Sequence[str]) -> list[str]:
        """Wait until every needed module has settled; return those that are not usable.

        `done` are modules accepted in earlier waves.
        """
        for module in needs:
            if module in done or module in self._settled:
                continue
            recorded = await self._ledger.lookup(self._key(module))
            if isinstance(recorded, str):
                self._settled[module] = recorded  # type: ignore[assignment]  # written by settle
                continue
            await self._event(module).wait()
        return [module for module in needs if module not in done and self._settled.get(module) not in DONE]
