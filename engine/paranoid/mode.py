"""Off, watch, strict: one switch for the guard and the tester. Dangerous actions are stopped in every mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import InputError
from core.guard import MODES

if TYPE_CHECKING:
    from engine.paranoid.tester import ParanoidTester
    from graph.guard import LedgerGuard


async def set_mode(mode: str, guard: LedgerGuard, tester: ParanoidTester) -> None:
    """Switch both; InputError for an unknown mode. Whatever already waits for a decision goes on waiting."""
    known = next((one for one in MODES if one == mode), None)
    if known is None:
        raise InputError("bad-setting", key="paranoid", value=repr(mode)[:80], allowed=", ".join(MODES))
    guard.mode = known
    await tester.set_mode(known)
