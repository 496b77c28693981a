"""Bootstrap: the only place that joins ports and adapters. Heavy to import; the command line does so only to work."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack, asynccontextmanager, closing, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from agents.providers.embeddings import provider_embedding
from agents.providers.opening import open_team
from builders.runner.orphans import children_recorded, clean_orphans
from core import settings as settings_file
from core.events import Event
from core.logs import set_up_logs
from core.version import program_version
from engine.crews import Crew, Crews
from engine.intact import check_nothing_lost
from engine.journal import Journal, unusable_told
from engine.lock import FolderLock
from engine.mailbox import forget_old_requests
from engine.recovery.backups import back_up_before_update, made_event
from engine.recovery.restore import recover, tell
from engine.web import open_web
from graph.approvals import LedgerConsent
from graph.checkpoints import open_checkpoints
from graph.consents import LedgerConsents
from graph.coordinator import build_graph
from graph.guard import LedgerGuard
from graph.ledger import Ledger
from graph.workshop import make_workshop
from memory.archive import SqliteArchive
from memory.service import open_memory
from memory.sessions import SqliteSessions
from memory.shelves import SqliteShelves

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from builders.runner.orphans import Orphan
    from core.events import Streamed
    from core.guard import Mode
    from core.paths import Home
    from core.ports import Archive, Workspace
    from core.sessions import Sessions
    from core.settings import Settings
    from core.shelves import Shelves
    from engine.recovery.restore import Recovered
    from engine.recovery.sets import BackupSet
    from engine.web import Web
    from memory.service import MemoryService

    WebOpener = Callable[..., AbstractAsyncContextManager[Web]]
    """Like `engine.web.open_web`."""

_TRACING: Final = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
"""A set variable would send every prompt to a tracing service; nothing leaves this machine unasked."""


@dataclass(frozen=True)
class Engine:
    """Everything a run driver needs, open and locked."""

    home: Home
    settings: Settings
    archive: Archive
    memory: MemoryService
    sessions: Sessions
    shelves: Shelves
    workspace: Workspace
    journal: Journal
    ledger: Ledger
    consent: LedgerConsent
    guard: LedgerGuard
    web: Web
    saver: AsyncSqliteSaver
    crews: Crews
    crew: Crew
    """The one the engine was opened with; looking at runs and ending them needs no other."""
    recovered: tuple[Recovered, ...] = ()
    """Databases that were put right at this start, and what is missing since."""

    @property
    def graph(self) -> Any:
        """The compiled coordinator, for everything that asks no model."""
        return self.crew.graph

    @asynccontextmanager
    async def graph_of(self, team: str) -> AsyncIterator[Any]:
        """The coordinator with the models of `team`, for this block; raises as `Crews.at_work` does."""
        if team == self.crew.team:
            yield self.graph
        else:
            async with self.crews.at_work(team) as crew:
                yield crew.graph


@asynccontextmanager
async def open_engine(
    home: Home,
    *,
    team: str,
    environ: Mapping[str, str] | None = None,
    subscribers: Sequence[Callable[[Event], None]] = (),
    on_text: Callable[[Streamed], None] | None = None,
    lock: FolderLock | None = None,
    web: WebOpener = open_web,
) -> AsyncIterator[Engine]:
    """Open the engine on a data folder with the models of `team`; `lock` is the folder's, when the caller holds it.

    Raises DataFolderBusy (another one works here), StorageError (a damaged file), ConfigurationError (no provider).
    """
    environ = os.environ if environ is None else environ
    async with AsyncExitStack() as opened:
        found = await _begun(opened, home, lock)
        settings = settings_file.load(home.settings, environ)
        journal = opened.enter_context(closing(_open_journal(home, settings, subscribers)))
        await asyncio.to_thread(_tell, home, found, journal)
        archive = opened.enter_context(closing(SqliteArchive(home.database)))
        embedding = provider_embedding(home, settings.embedding, environ)
        memory = await opened.enter_async_context(open_memory(home, archive, journal, follow=True, embedding=embedding))
        ledger = opened.enter_context(closing(Ledger(home.ledger, journal)))
        saver = await opened.enter_async_context(open_checkpoints(home.checkpoints))
        # Archive, ledger and journal speak for themselves; langgraph hands on what SQLite says of the checkpoints.
        opened.enter_context(unusable_told(home.checkpoints))
        consent = LedgerConsent(ledger)
        guard = LedgerGuard(ledger, journal, cast("Mode", settings.paranoid))
        consents = LedgerConsents(ledger, journal)
        ways = await opened.enter_async_context(web(home, settings, memory.documents, consents, journal))
        make = partial(make_workshop, research=ways.research, source=ways.source)

        async def open_crew(name: str) -> Crew:
            gateway = await open_team(name, home, settings, environ=environ, sink=journal)
            kept = (home, settings, archive, gateway, ledger, consent, journal, environ)
            workshop = make(*kept, guard=guard, memory=memory, on_text=on_text)
            return Crew(name, gateway, workshop, build_graph(workshop).compile(saver, name="CoreCoordinator"))

        crews = Crews(home, open_crew)
        opened.push_async_callback(crews.aclose)
        crew = await opened.enter_async_context(crews.at_work(team))
        yield Engine(
            home=home,
            settings=settings,
            archive=archive,
            memory=memory,
            sessions=SqliteSessions(archive.store),
            shelves=SqliteShelves(archive.store),
            workspace=crew.workshop.workspace,
            journal=journal,
            ledger=ledger,
            consent=consent,
            guard=guard,
            web=ways,
            saver=saver,
            crews=crews,
            crew=crew,
            recovered=tuple(found.recovered),
        )


async def _begun(opened: AsyncExitStack, home: Home, lock: FolderLock | None) -> _Found:
    """Hold the folder and put right what an earlier engine had left in it."""
    _prepare(home)
    opened.enter_context(FolderLock(home.lock) if lock is None else nullcontext())
    forget_old_requests(home.runs)
    found = await asyncio.to_thread(_put_right, home)
    opened.enter_context(children_recorded(_children(home)))
    return found


def _prepare(home: Home) -> None:
    os.environ.update(dict.fromkeys(_TRACING, "false"))
    home.prepare()


def _open_journal(home: Home, settings: Settings, subscribers: Sequence[Callable[[Event], None]]) -> Journal:
    log = set_up_logs(home.log)
    journal = Journal(home.journal, log, budget_mb=settings.journal_mb, archive_folder=home.journal_archive)
    for subscriber in subscribers:
        journal.subscribe(subscriber)
    return journal


@dataclass(frozen=True, slots=True)
class _Found:
    """What an engine that was killed, or a disk that failed, had left."""

    orphans: list[Orphan]
    recovered: list[Recovered]
    saved: BackupSet | None
    """Made because this program is another one than the last that worked here."""


def _put_right(home: Home) -> _Found:
    """End what a dead engine left running and put damaged databases right, before anything is opened."""
    orphans, recovered = clean_orphans(_children(home)), recover(home)
    check_nothing_lost(home)
    return _Found(orphans, recovered, back_up_before_update(home, program_version()))


def _tell(home: Home, found: _Found, journal: Journal) -> None:
    tell(home, found.recovered, journal)
    if found.saved is not None:
        journal.emit(made_event(found.saved, 0.0))
    for orphan in found.orphans:
        journal.emit(Event("TASK", "orphan.ended", data={"pid": orphan.pid, "what": orphan.what}))


def _children(home: Home) -> Path:
    return home.builds / "children"
