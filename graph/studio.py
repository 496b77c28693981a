"""LangGraph Studio: the coordinator as `langgraph dev` serves it (see `langgraph.json`), for looking inside.

Studio brings its own checkpoints and its user is the person who decides, so this is not the engine: no folder lock,
no journal, no run driver, and a small wiring of its own, because `graph` may not import `engine`. Its archive, ledger
and repositories lie in `studio/` below the data folder: an engine that works in the same data folder is not disturbed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import tempfile
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypedDict, cast, get_args

from agents.providers.opening import DEMO_TEAM, open_team
from core import settings as settings_file
from core.errors import InputError
from core.i18n import DEFAULT_LOCALE, detect_locale, load_catalogues
from core.paths import HOME_VARIABLE, Home, home
from core.plan import Target
from graph.approvals import DirectConsent
from graph.coordinator import Door, build_graph
from graph.guard import LedgerGuard
from graph.ledger import Ledger
from graph.state import Caps, Options, RunState, new_turn
from graph.workshop import make_workshop
from memory.archive import SqliteArchive
from memory.service import open_memory

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from langgraph.graph import StateGraph

    from core.events import Event
    from core.guard import Mode
    from core.ports import Archive
    from core.settings import Settings

TEAM_VARIABLE: Final = "MULTICODER_TEAM"
"""Only this variable calls a paid team: looking into the graph must not cost by accident."""
TARGETS: Final[tuple[Target, ...]] = get_args(Target)
TASK_CHARACTERS: Final = 200_000
_TITLE_CHARACTERS: Final = 60
_LOG: Final = logging.getLogger(__name__)


class Task(TypedDict, total=False):
    """What a Studio user types; only `task` is needed."""

    task: str
    target: str


class Turn(RunState, Task, total=False):
    """What the entry node sees: the new task and what the thread already holds."""


class LogSink:
    """Events go to the log of the development server."""

    def emit(self, event: Event, /) -> None:
        """Log one event."""
        _LOG.info("%s %s %s", event.name, event.module, dict(event.data))


@dataclass(frozen=True)
class Bench:
    """What a turn is registered with."""

    archive: Archive
    settings: Settings
    out: Path


@asynccontextmanager
async def coordinator() -> AsyncIterator[StateGraph[RunState, None, Any, RunState]]:
    """The graph of one request, around ports of its own; whatever was opened is closed, also when the rest fails."""
    place = await asyncio.to_thread(data_folder)
    settings = await asyncio.to_thread(settings_file.load, place.settings, {})
    own = Home(place.root / "studio")
    await asyncio.to_thread(_prepare, own)
    sink, out = LogSink(), own.root / "out"
    async with AsyncExitStack() as opened:
        team = DEMO_TEAM if (os.environ.get(TEAM_VARIABLE) or DEMO_TEAM) == DEMO_TEAM else ""
        gateway = await open_team(team, place, settings, environ=os.environ, sink=sink)
        opened.push_async_callback(gateway.aclose)
        ledger = await asyncio.to_thread(Ledger, own.ledger, sink)
        opened.push_async_callback(asyncio.to_thread, ledger.close)
        archive = await asyncio.to_thread(SqliteArchive, own.database)
        opened.push_async_callback(asyncio.to_thread, archive.close)
        memory = await opened.enter_async_context(open_memory(own, archive, sink, follow=True))
        guard = LedgerGuard(ledger, sink, cast("Mode", settings.paranoid))
        make = partial(make_workshop, guard=guard, memory=memory)
        workshop = await asyncio.to_thread(
            make, own, settings, archive, gateway, ledger, DirectConsent(), sink, os.environ
        )
        await asyncio.to_thread(workshop.delivery.check, out)
        turns = partial(register, Bench(archive, settings, out))
        yield build_graph(workshop, Door("register", turns, asks=Task, sees=Turn))


async def register(bench: Bench, turn: Turn) -> Turn:
    """Keep the typed task as a message of the thread's project and begin a run with it."""
    task = _checked(turn)
    locale = detect_locale(task, DEFAULT_LOCALE)
    archive, out = bench.archive, str(bench.out)
    known = [item.project for item in await archive.projects()]
    project = turn.get("project", "")
    if project not in known:
        project = (await archive.add_project(task[:_TITLE_CHARACTERS], out=out, locale=locale)).project
    run = f"s-{time.strftime('%Y%m%d-%H%M%S')}-{secrets.token_hex(3)}"
    request = await archive.add_message(project, run, "person", task)
    target = cast("Target | None", turn.get("target") or None)
    options: Options = {"out": out, "target": target, "attachments": []}
    await archive.add_run(run, project, request, {"team": "studio", "locale": locale})
    caps = _caps(bench.settings)
    begun = new_turn(project=project, run=run, request=request, locale=locale, options=options, caps=caps)
    return cast("Turn", {**begun, "task": "", "target": ""})  # what one turn asked for is not asked for in the next


def _checked(turn: Turn) -> str:
    """Refuse what cannot be worked on; the client sees the error."""
    task, target = turn.get("task"), turn.get("target")
    if not isinstance(task, str) or not task.strip():
        raise InputError("empty-task")
    if len(task) > TASK_CHARACTERS:
        raise InputError("task-too-long", length=len(task), limit=TASK_CHARACTERS)
    if target and target not in TARGETS:
        raise InputError("unknown-target", target=str(target), targets=", ".join(TARGETS))
    return task.strip()


def _caps(settings: Settings) -> Caps:
    return {
        "usd": settings.budget_usd,
        "tokens": settings.budget_tokens,
        "calls": settings.budget_calls,
        "minutes": settings.budget_minutes,
    }


def data_folder() -> Home:
    """The data folder Studio works in; without MULTICODER_HOME one that lasts as long as this machine keeps it."""
    return home() if os.environ.get(HOME_VARIABLE) else _temporary()


@cache
def _temporary() -> Home:
    return Home(Path(tempfile.mkdtemp(prefix="multicoder-studio-")))


def _prepare(own: Home) -> None:
    own.prepare()
    load_catalogues()
