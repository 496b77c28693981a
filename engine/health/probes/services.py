"""Looks at the engine's own watchers: the paranoid tester and the backups."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from core.i18n import Words
from engine.health.aside import aside
from engine.health.probe import Probe, Reading
from engine.health.telling import broken, not_well, poor, well
from engine.recovery.sets import damaged_files

if TYPE_CHECKING:
    from engine.paranoid.tester import ParanoidTester
    from engine.recovery.backups import Backups

_HOUR: Final = 3_600.0
_LATE: Final = 2.0
"""A backup may be due while the machine sleeps or a run works; twice its time is too long."""
_INSPECTION_SECONDS: Final = 600.0
"""It inspects every minute; a busy computer may take longer."""
_FIRST_SECONDS: Final = 900.0
"""After a start the first backup and the first inspection get this long."""


def paranoid(tester: ParanoidTester) -> Probe:
    """The last inspection is not long ago."""
    born = time.monotonic()

    async def read() -> Reading:
        if tester.mode == "off":
            return poor("health-paranoid-off")
        if tester.last is None:
            young = time.monotonic() - born < _FIRST_SECONDS
            return not_well("unknown" if young else "down", "health-paranoid-never")
        age = time.time() - tester.last.at
        if age > _INSPECTION_SECONDS:
            return broken("health-paranoid-late", minutes=round(age / 60))
        return well("health-paranoid-ok", seconds=round(max(age, 0.0)))

    async def again() -> None:
        mode = tester.mode
        await tester.set_mode("off")
        await tester.set_mode(mode)
        await tester.inspect()

    limits = Words("health-limits-paranoid", {"minutes": round(_INSPECTION_SECONDS / 60)})
    return Probe("paranoid", Words("health-system-paranoid"), read, 60, 10, again, limits)


def backups(backups: Backups) -> Probe:
    """The newest backup is young enough, and every byte of it is what was published."""
    born = time.monotonic()

    async def read() -> Reading:
        sets = await backups.list()
        if not sets:
            young = time.monotonic() - born < _FIRST_SECONDS
            return not_well("unknown" if young else "degraded", "health-backups-none")
        newest = sets[0]
        damaged = await aside(lambda: damaged_files(newest))
        if damaged:
            return broken("health-backups-damaged", backup=newest.name, files=", ".join(damaged))
        hours = (time.time() - newest.at) / _HOUR
        if hours > _LATE * backups.hours and time.monotonic() - born > _FIRST_SECONDS:
            return poor("health-backups-old", hours=round(hours), wanted=backups.hours)
        return well("health-backups-ok", backups=len(sets), hours=round(max(hours, 0.0), 1))

    async def again() -> None:
        await backups.back_up("asked")

    limits = Words("health-limits-backups", {"hours": round(_LATE * backups.hours)})
    return Probe("backups", Words("health-system-backups"), read, 600, 60, again, limits)


__all__ = ["backups", "paranoid"]
