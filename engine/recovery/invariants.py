"""What must always be true of the backups, for the paranoid tester."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from core.i18n import Words
from engine.paranoid.finding import Finding
from engine.recovery.backups import HOUR_SECONDS
from engine.recovery.sets import damaged_files, read_sets

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.paths import Home
    from engine.recovery.sets import BackupSet

_PERIODS: Final = 2
_ACTION: Final = Words("invariant-backup-action")


class BackupsFresh:
    """The newest good set is at most two periods old, and every byte of the newest sets is what was published.

    A data folder gets as long as a set may be old before its first one is missed.
    """

    check = "backups"

    def __init__(self, home: Home, hours: Callable[[], float]) -> None:
        self._home = home
        self._hours = hours
        self._begun = time.monotonic()

    async def find(self) -> list[Finding]:
        """Read the newest sets until one is good."""
        return await asyncio.to_thread(self._find, time.time())

    def _find(self, now: float) -> list[Finding]:
        allowed = _PERIODS * self._hours()
        found: list[Finding] = []
        for backup in read_sets(self._home):
            damaged = damaged_files(backup)
            if not damaged:
                return found + self._too_old(backup, now, allowed)
            facts: dict[str, str | float] = {"set": backup.name, "files": ", ".join(damaged)}
            what = Words("invariant-backup-damaged", facts)
            found.append(Finding(self.check, "critical", what, backup.name, _ACTION))
        if found or time.monotonic() - self._begun > allowed * HOUR_SECONDS:
            found.append(Finding(self.check, "critical", Words("invariant-backup-none"), "", _ACTION))
        return found

    def _too_old(self, backup: BackupSet, now: float, allowed: float) -> list[Finding]:
        hours = abs(now - backup.at) / HOUR_SECONDS
        if hours <= allowed:
            return []
        what = Words("invariant-backup-old", {"hours": round(hours, 1), "period": self._hours()})
        return [Finding(self.check, "warning", what, "", _ACTION)]
