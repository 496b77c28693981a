"""The reactor: everything that runs in the engine process, joined."""

from __future__ import annotations

import asyncio
import os

from core import settings
from engine import upkeep
from engine.reactor import open_reactor
from engine.recovery.worker import BACKUP_KIND

CHANGES = {"task_slots": 3, "budget_calls": 77, "backup_hours": 9, "backups_kept": 5, "budget_minutes": 12}


async def test_settings_changed_at_the_same_moment_are_all_kept(home):
    async with open_reactor(home, environ={"PATH": os.environ["PATH"]}) as reactor:
        await asyncio.gather(*(reactor.change_setting(key, value, by="test") for key, value in CHANGES.items()))
        saved = settings.load(home.settings, {})
        for key, value in CHANGES.items():
            assert getattr(saved, key) == getattr(reactor.settings, key) == value


async def a_backup(reactor, state):
    async with asyncio.timeout(20):
        while not reactor.tasks.tasks(kind=BACKUP_KIND, states=(state,)):  # noqa: ASYNC110 - a change of state is no event
            await asyncio.sleep(0.05)


async def test_a_backup_that_failed_when_it_was_due_is_not_ordered_again_each_minute(home, monkeypatch):
    monkeypatch.setattr(upkeep, "_LOOK_SECONDS", 0.05)
    home.prepare()
    home.backups.write_text("in the way")
    async with open_reactor(home, environ={"PATH": os.environ["PATH"]}) as reactor:
        await a_backup(reactor, "failed")
        await asyncio.sleep(1)
        assert len(reactor.tasks.tasks(kind=BACKUP_KIND)) == 1
        monkeypatch.setattr(upkeep, "_AGAIN_SECONDS", 0.5)
        home.backups.unlink()
        await a_backup(reactor, "done")
