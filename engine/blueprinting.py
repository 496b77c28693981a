"""A blueprint refined by a model, chunk after chunk; a chunk whose answer cannot be used stays as it was."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, closing
from typing import TYPE_CHECKING

from agents.providers.opening import DEMO_TEAM, open_team, team_of
from agents.roles.blueprint import refine
from core import settings as settings_file
from core.errors import ConfigurationError, ProviderError
from core.logs import set_up_logs
from core.ports import CallTag
from engine.journal import Journal
from engine.lock import FolderLock
from memory.blueprint.refining import chunks, refined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.roles.ask import Ask
    from core.paths import Home
    from memory.blueprint.parts import Blueprint


async def refined_by(made: Blueprint, ask: Ask) -> Blueprint:
    """Let a model phrase requirements and tell what builds on what; only what its citations support is taken.

    Raises:
        ProviderError: no model can be reached.
    """
    for number, chunk in enumerate(chunks(made), 1):
        tag = CallTag("architect.blueprint", module=f"chunk-{number}")
        try:
            additions = await refine(ask, tag, lines=chunk.lines, requirements=chunk.rows())
        except ProviderError as error:
            if error.fault != "malformed":
                raise
            continue
        made = refined(made, chunk, additions)
    return made


async def refined_by_team(made: Blueprint, home: Home, team: str, environ: Mapping[str, str]) -> Blueprint | None:
    """Let the models of a team refine a blueprint; None when it has none that could. No engine may be at work.

    Raises:
        DataFolderBusy: an engine works on the data folder.
        ConfigurationError, InputError: the team cannot be opened.
        ProviderError: no model can be reached.
    """
    if team == DEMO_TEAM:  # its script knows the sample tasks only
        return None
    with FolderLock(home.lock):
        settings = await asyncio.to_thread(settings_file.load, home.settings, environ)
        journal = Journal(
            home.journal, set_up_logs(home.log), budget_mb=settings.journal_mb, archive_folder=home.journal_archive
        )
        with closing(journal):
            try:
                gateway = await open_team(team_of(team, ""), home, settings, environ=environ, sink=journal)
            except ConfigurationError as error:
                if error.code != "no-provider":
                    raise
                return None
            async with aclosing(gateway):
                return await refined_by(made, gateway.ask)
