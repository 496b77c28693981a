"""A workshop of real parts on a folder of its own, asking the loopback model server."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agents.providers.gateway import Access, FleetGateway, Policy
from agents.providers.registry import Provider
from core.logs import set_up_logs
from core.paths import Home
from core.settings import Settings
from engine.journal import Journal
from graph.approvals import LedgerConsent
from graph.checkpoints import open_checkpoints
from graph.guard import LedgerGuard
from graph.ledger import Ledger
from graph.workshop import make_workshop
from memory.archive import SqliteArchive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from graph.workshop import Workshop

DEFAULT_SLOTS: Final = Policy().parallel
"""Calls at one time per provider; the settings allow more, which would leave fewer calls waiting."""


@dataclass(frozen=True)
class Bench:
    """What a benchmark works with."""

    workshop: Workshop
    saver: AsyncSqliteSaver


@asynccontextmanager
async def open_bench(folder: Path, url: str, *, slots: int = DEFAULT_SLOTS) -> AsyncIterator[Bench]:
    """Open archive, ledger, journal, checkpoints, git and gateway below `folder`; `slots` calls at one time."""
    home = Home(folder)
    home.prepare()
    journal = Journal(home.journal, set_up_logs(home.log))
    archive, ledger = SqliteArchive(home.database), Ledger(home.ledger, journal)
    provider = Provider("bench", "Benchmark", url, ("gpt-test", "claude-test"))
    gateway = FleetGateway([Access.by(provider)], journal, policy=Policy(parallel=slots))
    try:
        async with open_checkpoints(home.checkpoints) as saver:
            consent = LedgerConsent(ledger)
            workshop = make_workshop(
                home,
                Settings(),
                archive,
                gateway,
                ledger,
                consent,
                journal,
                os.environ,
                guard=LedgerGuard(ledger, journal),
            )
            yield Bench(workshop, saver)
    finally:
        await gateway.aclose()
        ledger.close()
        archive.close()
        journal.close()
