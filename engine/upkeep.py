"""Upkeep: the services that watch over the engine - board, paranoid tester, backups, reports, telemetry.

They are joined here, started after the tasks and stopped before them. What they do for long is a task like any other.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from builders.equipment import equipment
from core.errors import MultiCoderError
from core.events import Event
from core.i18n import system_locale
from core.version import program_version
from engine.auditing import DRILL_KIND, DrillWorker
from engine.health.board import HealthBoard
from engine.health.probes.outside import Fleet, keyring
from engine.health.probes.web import Searching
from engine.health.systems import Parts, provider_probes, system_probes
from engine.ingesting import INGEST_KIND, IngestWorker
from engine.paranoid.invariants import engine_invariants
from engine.paranoid.mode import set_mode
from engine.paranoid.tester import LOG_NAME, ParanoidTester
from engine.rebuilding import REBUILD_KIND, RebuildWorker
from engine.recovery.backups import Backups
from engine.recovery.worker import BACKUP_KIND, BackupWorker
from engine.reports.automatic import KIND as REPORT_KIND
from engine.reports.automatic import CriticalWatch, due, last_scheduled, scheduled_order
from engine.reports.worker import ReportWorker
from engine.runs import RUN_KIND
from engine.sealed_copies import COPY_KIND, RESTORE_KIND, SealedCopies
from engine.tasks.invariants import task_invariants
from engine.tasks.task import ENDED
from engine.telemetry import open_telemetry
from engine.trials import TRIAL_KIND, TrialWorker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.events import Json
    from core.settings import Settings
    from engine.bootstrap import Engine
    from engine.tasks.manager import TaskManager
    from engine.tasks.task import Task
    from engine.telemetry import Telemetry

_LOOK_SECONDS: Final = 60.0
"""How often the schedules are looked at."""
_AGAIN_SECONDS: Final = 30 * 60.0
"""What failed when it was due is tried again after this long: a full disk stays full for more than a minute."""
_BELOW_RUNS: Final = -10
"""Backups and reports wait while somebody's program is being made."""


class Upkeep:
    """Board, paranoid tester, backups, automatic reports and telemetry of one engine."""

    def __init__(self, engine: Engine, tasks: TaskManager, environ: Mapping[str, str]) -> None:
        self._engine = engine
        self._tasks = tasks
        self._settings = engine.settings
        self._environ = environ
        self._loop = asyncio.get_running_loop()
        home, journal = engine.home, engine.journal
        self.backups = Backups(
            home,
            journal,
            keep=engine.settings.backups_kept,
            hours=engine.settings.backup_hours,
            program=program_version(),
        )
        self.copies = SealedCopies(home, tasks, journal)
        self.paranoid = ParanoidTester(
            journal,
            [*engine_invariants(engine, lambda: self.backups.hours), *task_invariants(tasks)],
            mode=engine.settings.paranoid,
            pause=self._pause,
            log=home.log.with_name(LOG_NAME),
        )
        engine.guard.pause = self._pause
        self.board = HealthBoard(journal, snapshot_file=home.health)
        self._telemetry: Telemetry | None = None
        self._listening = ExitStack()
        self._sending = ExitStack()
        self._schedule: asyncio.Task[None] | None = None

    def register_workers(self) -> None:
        """Say who does which kind of task."""
        self._tasks.register(BACKUP_KIND, BackupWorker(self.backups))
        self._tasks.register(COPY_KIND, self.copies)
        self._tasks.register(RESTORE_KIND, self.copies)
        self._tasks.register(REPORT_KIND, ReportWorker(self._engine.home, self._engine.journal))
        self._tasks.register(TRIAL_KIND, TrialWorker(self._engine))
        self._tasks.register(DRILL_KIND, DrillWorker(self._engine.home, self._engine.journal))
        self._tasks.register(INGEST_KIND, IngestWorker(self._engine.home, self._engine.memory, self._engine.journal))
        self._tasks.register(REBUILD_KIND, RebuildWorker(self._engine.memory, self._engine.journal))

    async def start(self, settings: Settings, *, schedules: bool = True) -> None:
        """Let everything watch, and order backups and reports when it is time."""
        home, journal = self._engine.home, self._engine.journal
        for probe in system_probes(await asyncio.to_thread(self._parts)):
            self.board.register(probe)
        await self.board.start()
        await self.paranoid.start()
        watch = CriticalWatch(
            home, self._order_soon, wanted=lambda: self._settings.report_on_critical, locale=self._locale()
        )
        self._listening.callback(journal.subscribe(watch))
        await self.apply(settings)
        if schedules:
            if self._engine.recovered:
                await self.back_up("recovered")
            self._schedule = asyncio.create_task(self._keep_schedules())

    async def stop(self) -> None:
        """Let everything rest, the board last so that its last word is true."""
        if self._schedule is not None:
            self._schedule.cancel()
            await asyncio.gather(self._schedule, return_exceptions=True)
        self._listening.close()
        await self.paranoid.stop()
        await self.board.stop()
        await self._close_telemetry()

    async def apply(self, settings: Settings) -> None:
        """Use changed settings from now on."""
        before, self._settings = self._settings, settings
        self.backups.keep, self.backups.hours = settings.backups_kept, settings.backup_hours
        await set_mode(settings.paranoid, self._engine.guard, self.paranoid)
        if self._telemetry is None or before.telemetry_endpoint != settings.telemetry_endpoint:
            await self._close_telemetry()
            self._telemetry = open_telemetry(settings, self._engine.home, self._engine.journal)
            if self._telemetry is not None:
                self._sending.callback(self._engine.journal.subscribe(self._telemetry))

    async def provider_probes(self) -> None:
        """Put up the lamps of the providers that are there now, and take down those of others."""
        found = provider_probes(await asyncio.to_thread(self._parts))
        probes = {probe.system: probe for probe in found}
        for row in self.board.snapshot():
            if row.id.startswith("provider:") and row.id not in probes:
                self.board.unregister(row.id)
        for probe in probes.values():
            self.board.register(probe)

    async def keys_changed(self) -> None:
        """Look anew at everything that needs keys: others can be used than before."""
        await self.provider_probes()
        self.board.register(keyring(Fleet(self._engine.home, self._environ)))

    async def back_up(self, reason: str) -> Task:
        """Make a backup as a task."""
        return await self._tasks.submit(
            BACKUP_KIND, f"backup: {reason}", subject=BACKUP_KIND, data={"reason": reason}, priority=_BELOW_RUNS
        )

    async def report(self, order: Mapping[str, Json]) -> Task:
        """Write a report as a task."""
        subject = str(order["path"])
        return await self._tasks.submit(
            REPORT_KIND, subject, subject=subject, data=order, group=REPORT_KIND, priority=_BELOW_RUNS
        )

    def _parts(self) -> Parts:
        engine = self._engine
        research = engine.web.research
        tools = equipment(engine.home, self._environ, _nothing_permitted)
        return Parts(
            home=engine.home,
            environ=self._environ,
            archive=engine.archive,
            memory=engine.memory,
            workspace=engine.workspace,
            journal=engine.journal,
            ledger=engine.ledger,
            saver=engine.saver,
            graph=engine.graph,
            tasks=self._tasks,
            runner=tools.runner,
            toolchain=tools.toolchain,
            builder=tools.builder,
            paranoid=self.paranoid,
            backups=self.backups,
            search=research if isinstance(research, Searching) else None,
            reschedule=self._tasks.reschedule,
        )

    async def _pause(self, subject: str, reason: str, note: str) -> None:
        """What strict mode does: the task, or the run's task, stops until a person lets it go on with a reason."""
        task = self._tasks.find(RUN_KIND, subject)
        with contextlib.suppress(MultiCoderError):  # it ended meanwhile, or there is no such task
            await self._tasks.pause(task.task if task else subject, reason=reason, note=note, by="paranoid")

    def _order_soon(self, order: dict[str, Json]) -> None:
        """Order a report from whatever thread a critical event was emitted in."""
        asyncio.run_coroutine_threadsafe(self._ordered(order), self._loop)

    async def _ordered(self, order: Mapping[str, Json]) -> None:
        try:
            await self.report(order)
        except MultiCoderError as error:
            self._engine.journal.emit(Event("ERROR", "report.not_ordered", data={"code": error.code}))

    async def _keep_schedules(self) -> None:
        while True:
            try:
                await self._look(time.time())
            except (MultiCoderError, OSError) as error:  # a full disk, a data folder that is away: told, tried again
                code = error.code if isinstance(error, MultiCoderError) else "storage"
                self._engine.journal.emit(Event("ERROR", "schedule.failed", data={"code": code}))
            await asyncio.sleep(_LOOK_SECONDS)

    async def _look(self, now: float) -> None:
        home, every = self._engine.home, self._settings.report_every
        if self._orderable(BACKUP_KIND, BACKUP_KIND, now) and await asyncio.to_thread(self.backups.due, now):
            await self.back_up("scheduled")
        if due(await asyncio.to_thread(last_scheduled, home), now, every):
            order = scheduled_order(home, now, every, self._locale())
            if self._orderable(REPORT_KIND, str(order["path"]), now):
                await self.report(order)

    def _orderable(self, kind: str, subject: str, now: float) -> bool:
        """Whether nothing of the kind is under way, or failed a moment ago."""
        task = self._tasks.find(kind, subject)
        if task is None:
            return True
        return task.state in ENDED and not (task.state == "failed" and 0 <= now - task.changed < _AGAIN_SECONDS)

    def _locale(self) -> str:
        language = self._settings.language
        return system_locale(self._environ) if language == "auto" else language

    async def _close_telemetry(self) -> None:
        if self._telemetry is not None:
            closing, self._telemetry = self._telemetry, None
            self._sending.close()
            await asyncio.to_thread(closing.close)


async def _nothing_permitted(_packages: str) -> bool:
    """Looking at the tools installs nothing."""
    return False
