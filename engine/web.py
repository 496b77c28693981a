"""The ways to the internet beside the models: what looks things up, and what takes a repository a person allowed."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from core.events import EventSink
    from core.memory import Documents
    from core.paths import Home
    from core.research import Consents, RepositorySource, Research
    from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Web:
    """Both ports; None where this machine or its settings have none."""

    research: Research | None = None
    source: RepositorySource | None = None


@asynccontextmanager
async def open_web(
    home: Home,
    settings: Settings,
    environ: Mapping[str, str],
    documents: Documents,
    consents: Consents,
    sink: EventSink,
) -> AsyncIterator[Web]:
    """Open the ports for as long as the engine works; nothing is sent by opening them."""
    del home, settings, environ, documents, consents, sink
    yield Web()
