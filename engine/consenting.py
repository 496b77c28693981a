"""What a person decided about downloads, listed and taken back: one way for the protocol and the terminal."""

from __future__ import annotations

import asyncio
import os
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.paths import Home
    from core.research import Consents

LONGEST_REASON: Final = 1_000


async def consent_rows(consents: Consents) -> list[dict[str, Any]]:
    """Return every decision as JSON, newest first."""
    return [asdict(consent) for consent in await consents.all()]


async def revoke_consent(consents: Consents, consent: str, reason: str) -> dict[str, Any]:
    """Take a permission back, with the person's reason in the journal, and return its row.

    Raises:
        InputError: nobody knows it, or no reason was given.
    """
    if not reason.strip():
        raise InputError("consent-reason", consent=consent[:40])
    return asdict(await consents.revoke(consent, reason))


@asynccontextmanager
async def opened_consents(home: Home) -> AsyncIterator[Consents]:
    """Open the decisions of a prepared data folder for one command; nothing of models, memory or runs is loaded.

    Raises:
        DataFolderBusy: another MultiCoder works here.
        StorageError: a file of the folder is damaged and cannot be put right.
    """
    from core import settings as settings_file  # noqa: PLC0415 - an engine has all of it open
    from core.logs import set_up_logs  # noqa: PLC0415 - as above
    from engine.journal import Journal  # noqa: PLC0415 - as above
    from engine.lock import FolderLock  # noqa: PLC0415 - as above
    from engine.recovery.restore import recover, tell  # noqa: PLC0415 - as above
    from graph.consents import LedgerConsents  # noqa: PLC0415 - as above
    from graph.ledger import Ledger  # noqa: PLC0415 - as above

    async with AsyncExitStack() as opened:
        opened.enter_context(FolderLock(home.lock))
        recovered = await asyncio.to_thread(recover, home)
        budget = settings_file.load(home.settings, os.environ).journal_mb
        kept = Journal(home.journal, set_up_logs(home.log), budget_mb=budget, archive_folder=home.journal_archive)
        journal = opened.enter_context(closing(kept))
        await asyncio.to_thread(tell, home, recovered, journal)
        ledger = opened.enter_context(closing(Ledger(home.ledger, journal)))
        yield LedgerConsents(ledger, journal)
