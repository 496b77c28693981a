"""The reactor: everything that runs in the engine process, joined."""

from __future__ import annotations

import asyncio
import os

from core import settings
from engine.reactor import open_reactor

CHANGES = {"task_slots": 3, "budget_calls": 77, "backup_hours": 9, "backups_kept": 5, "budget_minutes": 12}


async def test_settings_changed_at_the_same_moment_are_all_kept(home):
    async with open_reactor(home, environ={"PATH": os.environ["PATH"]}) as reactor:
        await asyncio.gather(*(reactor.change_setting(key, value, by="test") for key, value in CHANGES.items()))
        saved = settings.load(home.settings, {})
        for key, value in CHANGES.items():
            assert getattr(saved, key) == getattr(reactor.settings, key) == value
