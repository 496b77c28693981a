"""The ways to the internet beside the models: what looks things up, and what takes a repository a person allowed."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import MultiCoderError
from core.events import Event
from engine.extracting import PageReader
from engine.taking import RepositoryTaker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from core.events import EventSink
    from core.memory import Documents
    from core.paths import Home
    from core.research import Consents, RepositorySource, Research
    from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Web:
    """Both ports; None where they could not be opened."""

    research: Research | None = None
    source: RepositorySource | None = None


@asynccontextmanager
async def open_web(
    home: Home,
    settings: Settings,
    documents: Documents,
    consents: Consents,
    sink: EventSink,
) -> AsyncIterator[Web]:
    """Open the ports for as long as the engine works; nothing is sent by opening them.

    A list of engines nobody can read takes research away and nothing else: the journal says so.
    """
    open_research = await asyncio.to_thread(_opener)
    try:
        opened = await open_research(home, settings, PageReader(home))
    except MultiCoderError as error:
        sink.emit(Event("ERROR", "research.unavailable", data={"code": error.code, "facts": dict(error.facts)}))
        yield Web()
        return
    taker = RepositoryTaker(home, documents, consents, opened.door, opened.research.archive_url, sink)
    try:
        yield Web(opened.research, taker)
    finally:
        await opened.research.aclose()


def _opener():  # type: ignore[no-untyped-def]  # noqa: ANN202 - the type is that of what it imports
    from agents.tools.opening import open_research  # noqa: PLC0415 - it brings the HTTP library, off the event loop

    return open_research
