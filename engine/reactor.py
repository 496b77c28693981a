"""The reactor: everything that runs in the engine process, joined, started in order and stopped in reverse.

`open_reactor` opens what the data folder holds, puts the services round it and lets them work. It knows nothing of
clients or pipes; whoever speaks for a person (`engine.acp`, the command line) is given this one object.
"""

from __future__ import annotations

import asyncio
import os
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from agents.providers.opening import DEMO_TEAM
from core import settings as settings_file
from core.errors import InputError
from core.events import Event
from core.i18n import tr
from core.version import program_version
from engine.acp.hub import Hub
from engine.bootstrap import open_engine
from engine.conversations import Conversations
from engine.key_vault import KeyVault
from engine.questions import Questions
from engine.recovery.restore import told_of
from engine.runs import RUN_KIND, RunWorker
from engine.tasks.manager import TaskManager
from engine.upkeep import Upkeep

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from core.events import Streamed
    from core.guard import Guard
    from core.paths import Home
    from core.settings import Declared, Settings, Value
    from engine.bootstrap import Engine
    from engine.health.board import HealthBoard
    from engine.lock import FolderLock
    from engine.paranoid.tester import ParanoidTester
    from engine.recovery.backups import Backups
    from engine.shelving import Shelving
    from engine.tasks.task import Task

LIVING_SECONDS: Final = 5.0
"""How long the tasks get to come to a safe place when the engine stops."""


@dataclass
class Reactor:
    """The running engine and its services."""

    home: Home
    engine: Engine
    settings: Settings
    tasks: TaskManager
    questions: Questions
    conversations: Conversations
    hub: Hub
    upkeep: Upkeep
    key_vault: KeyVault
    started: float = field(default_factory=time.time)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    clients: int = 0
    _changing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """The settings file is read and written as a whole: two changes at once would lose one of them."""

    @property
    def version(self) -> str:
        """The version of the program."""
        return program_version()

    @property
    def guard(self) -> Guard:
        """What stands before dangerous actions."""
        return self.engine.guard

    @property
    def shelving(self) -> Shelving:
        """The shelves that conversations stand on."""
        return self.conversations.shelving

    @property
    def board(self) -> HealthBoard:
        """The state of all systems."""
        return self.upkeep.board

    @property
    def paranoid(self) -> ParanoidTester:
        """The tester of the engine itself."""
        return self.upkeep.paranoid

    @property
    def backups(self) -> Backups:
        """Copies of the databases."""
        return self.upkeep.backups

    def info(self, locale: str) -> dict[str, Any]:
        """Facts about this engine, and what it had to put right when it started."""
        return {
            "version": self.version,
            "pid": os.getpid(),
            "home": str(self.home.root),
            "started": self.started,
            "clients": self.clients,
            "paranoid": self.settings.paranoid,
            "recovered": [line for item in self.engine.recovered for line in told_of(item.event().data, locale)],
        }

    def ask_to_stop(self, *, by: str) -> None:
        """Let the engine come to a safe place and end; what works goes on at the next start."""
        self.engine.journal.emit(Event("TASK", "engine.stop_asked", data={"by": by}))
        self.stopping.set()

    def idle(self) -> bool:
        """Whether nobody is connected and nothing works."""
        return not self.clients and not self.tasks.tasks(states=("running", "waiting"))

    async def let_go_on(self, task: str, *, note: str, by: str) -> Task:
        """Let a paused task work on; one that the guard paused needs a reason."""
        standing = self.tasks.get(task)
        if standing.reason == "guard" and not note.strip():
            raise InputError("reason-needed", task=standing.title)
        if standing.kind == RUN_KIND and self.questions.of(standing.subject) is not None:
            raise InputError("question-open", task=standing.title)
        return await self.tasks.resume(task, note=note, by=by)

    # ------------------------------------------------------------------------------------------------ settings

    def setting(self, item: Declared, locale: str) -> dict[str, Any]:
        """One setting as a screen needs it."""
        rule = item.rule
        row: dict[str, Any] = {
            "key": item.key,
            "kind": item.kind.__name__,
            "value": getattr(self.settings, item.key),
            "default": item.default,
            "title": tr(item.title, locale),
            "help": tr(item.help, locale),
        }
        if rule.choices:
            row["choices"] = list(rule.choices)
        if item.kind in {int, float}:
            row |= {"minimum": rule.minimum, "maximum": rule.maximum}
        return row

    async def change_setting(self, key: str, value: Value, *, by: str) -> None:
        """Check, save and apply one setting; InputError when it does not fit."""

        def change() -> Settings:
            saved = settings_file.load(self.home.settings, {}).with_value(key, value)
            settings_file.save(self.home.settings, saved)
            return saved

        async with self._changing:
            saved = await asyncio.to_thread(change)
            self.settings = self.settings.with_value(key, getattr(saved, key))
            self.tasks.set_slots(self.settings.task_slots)
            await self.upkeep.apply(self.settings)
        shown = getattr(saved, key)
        self.engine.journal.emit(Event("AUDIT", "setting.changed", data={"key": key, "value": shown, "by": by}))

    async def providers_changed(self) -> None:
        """The list of providers was edited: their lamps are put up anew; runs to come use the new list."""
        self.engine.journal.emit(Event("PROVIDER", "providers.changed"))
        await self.upkeep.provider_probes()


@asynccontextmanager
async def open_reactor(
    home: Home,
    *,
    environ: Mapping[str, str] | None = None,
    lock: FolderLock | None = None,
    working: bool = True,
) -> AsyncIterator[Reactor]:
    """Open the data folder and let everything work; without `working` it is only looked at: no task goes on.

    Raises as `engine.bootstrap.open_engine` does; without any provider the engine opens all the same.
    """
    environ = os.environ if environ is None else environ
    streams: list[Hub] = []

    def stream(streamed: Streamed) -> None:
        for hub in streams:
            hub.stream(streamed)

    async with AsyncExitStack() as opened:
        engine = await opened.enter_async_context(
            open_engine(home, team=DEMO_TEAM, environ=environ, on_text=stream, lock=lock)
        )
        hub = Hub(engine.journal)
        streams.append(hub)
        opened.callback(hub.close)
        tasks = TaskManager(home.tasks, engine.journal, slots=engine.settings.task_slots)
        opened.push_async_callback(tasks.stop, seconds=LIVING_SECONDS)
        questions = Questions(engine)
        upkeep = Upkeep(engine, tasks, environ)
        reactor: Reactor
        conversations = Conversations(engine, tasks, questions, lambda: reactor.settings)
        vault = KeyVault(home, engine.journal, tasks, upkeep.keys_changed)
        reactor = Reactor(home, engine, engine.settings, tasks, questions, conversations, hub, upkeep, vault)
        if working:
            tasks.register(RUN_KIND, RunWorker(engine, questions))
            upkeep.register_workers()
        engine.journal.emit(Event("TASK", "engine.started", data={"version": reactor.version, "pid": os.getpid()}))
        await tasks.start()
        opened.push_async_callback(upkeep.stop)
        await upkeep.start(reactor.settings, schedules=working)
        if working:
            await conversations.restore()
        yield reactor
        engine.journal.emit(Event("TASK", "engine.stopping"))
