"""Bootstrap: the only place that joins ports and adapters. Heavy to import; the command line does so only to work."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from agents.providers.opening import open_team
from core import settings as settings_file
from core.logs import set_up_logs
from engine.intact import check_nothing_lost
from engine.journal import Journal, unusable_told
from engine.lock import FolderLock
from engine.mailbox import forget_old_requests
from graph.approvals import LedgerConsent
from graph.checkpoints import open_checkpoints
from graph.coordinator import build_graph
from graph.ledger import Ledger
from graph.workshop import make_workshop
from memory.archive import SqliteArchive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from core.events import Event
    from core.paths import Home
    from core.ports import Archive, Workspace
    from core.settings import Settings

_TRACING: Final = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")
"""A set variable would send every prompt to a tracing service; nothing leaves this machine unasked."""


@dataclass(frozen=True)
class Engine:
    """Everything a run driver needs, open and locked."""

    home: Home
    settings: Settings
    archive: Archive
    workspace: Workspace
    journal: Journal
    ledger: Ledger
    consent: LedgerConsent
    saver: AsyncSqliteSaver
    graph: Any
    """The compiled coordinator."""


@asynccontextmanager
async def open_engine(
    home: Home,
    *,
    team: str,
    environ: Mapping[str, str] | None = None,
    subscribers: Sequence[Callable[[Event], None]] = (),
) -> AsyncIterator[Engine]:
    """Open the engine on a data folder with the models of `team`.

    Raises:
        DataFolderBusy: another MultiCoder works on this folder.
        StorageError: a file of the folder is damaged or cannot be used.
        ConfigurationError: no provider is set up.
    """
    environ = os.environ if environ is None else environ
    os.environ.update(dict.fromkeys(_TRACING, "false"))
    home.prepare()
    async with AsyncExitStack() as opened:
        opened.enter_context(FolderLock(home.lock))
        forget_old_requests(home.runs)
        check_nothing_lost(home)
        settings = settings_file.load(home.settings, environ)
        journal = Journal(home.journal, set_up_logs(home.log))
        opened.callback(journal.close)
        for subscriber in subscribers:
            journal.subscribe(subscriber)
        archive = SqliteArchive(home.database)
        opened.callback(archive.close)
        ledger = Ledger(home.ledger, journal)
        opened.callback(ledger.close)
        gateway = await open_team(team, home, settings, environ=environ, sink=journal)
        opened.push_async_callback(gateway.aclose)
        saver = await opened.enter_async_context(open_checkpoints(home.checkpoints))
        # Archive, ledger and journal speak for themselves; langgraph hands on what SQLite says of the checkpoints.
        opened.enter_context(unusable_told(home.checkpoints))
        consent = LedgerConsent(ledger)
        workshop = make_workshop(home, settings, archive, gateway, ledger, consent, journal, environ)
        yield Engine(
            home=home,
            settings=settings,
            archive=archive,
            workspace=workshop.workspace,
            journal=journal,
            ledger=ledger,
            consent=consent,
            saver=saver,
            graph=build_graph(workshop).compile(checkpointer=saver, name="CoreCoordinator"),
        )
