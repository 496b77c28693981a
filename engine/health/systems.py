"""Which systems a running engine has: one probe for each part that is there, none for what is not."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import MultiCoderError
from engine.health.probes import machine, memory, outside, services, storage, web, working
from memory import documents
from memory.archive import SqliteArchive

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

    from builders.toolchains.python import PythonToolchain
    from core.paths import Home
    from core.ports import Archive, Builder, Runner, Workspace
    from engine.health.probe import Probe
    from engine.journal import Journal
    from engine.paranoid.tester import ParanoidTester
    from engine.recovery.backups import Backups
    from graph.ledger import Ledger
    from memory.service import MemoryService

    Restart = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Parts:
    """What the running engine has; a part that is missing has no lamp."""

    home: Home
    environ: Mapping[str, str] = field(default_factory=dict)
    archive: Archive | None = None
    memory: MemoryService | None = None
    workspace: Workspace | None = None
    journal: Journal | None = None
    ledger: Ledger | None = None
    saver: AsyncSqliteSaver | None = None
    graph: Any = None
    """The compiled coordinator."""
    tasks: working.Tasks | None = None
    runner: Runner | None = None
    toolchain: PythonToolchain | None = None
    builder: Builder | None = None
    paranoid: ParanoidTester | None = None
    backups: Backups | None = None
    search: web.Searching | None = None
    reschedule: Restart | None = None
    """How to start the scheduler of `tasks` again."""


def system_probes(parts: Parts) -> list[Probe]:
    """Return a probe for each system, light ones first; made right after the parts were opened."""
    return [*_keeping(parts), *_computer(parts), *provider_probes(parts), *_services(parts), *_making(parts)]


def provider_probes(parts: Parts) -> list[Probe]:
    """Return a probe for each provider that is switched on, and one for the way there; asked for anew when they change.

    A list of providers that cannot be read gives the latter only, whose looks then tell of it.
    """
    fleet = outside.Fleet(parts.home, parts.environ)
    try:
        rows = fleet.enabled()
    except MultiCoderError:
        return [outside.network(fleet)]
    probes = [outside.provider(fleet, row.id) for row in rows]
    return [outside.network(fleet), *probes] if rows else []


def _keeping(parts: Parts) -> Iterator[Probe]:
    home = parts.home
    if parts.graph is not None:
        yield working.coordinator(parts.graph)
    if parts.tasks is not None:
        yield working.tasks(parts.tasks, parts.reschedule)
    if parts.saver is not None:
        yield storage.checkpoints(parts.saver, home.checkpoints)
    if parts.ledger is not None:
        yield storage.ledger(parts.ledger, home.ledger)
    if isinstance(parts.archive, SqliteArchive):
        yield storage.archive(parts.archive.store, parts.archive.projects, home.database)
    if parts.memory is not None:
        yield memory.documents(parts.memory.documents, home.root / documents.FILE)
        yield memory.words(parts.memory.recall)
        yield memory.vectors(parts.memory.recall)
    if parts.journal is not None:
        yield storage.journal(parts.journal, home.journal)


def _computer(parts: Parts) -> Iterator[Probe]:
    async def out() -> Path | None:
        """Return the folder the newest project is delivered to."""
        known = await parts.archive.projects() if parts.archive is not None else []
        return Path(known[-1].out) if known and known[-1].out else None

    yield machine.memory()
    yield machine.disk(parts.home.root, out)
    yield machine.reports(parts.home.reports)
    if parts.workspace is not None:
        yield machine.projects(parts.workspace, parts.home.projects, parts.home.builds / "health")
    yield outside.keyring(outside.Fleet(parts.home, parts.environ))


def _services(parts: Parts) -> Iterator[Probe]:
    if parts.paranoid is not None:
        yield services.paranoid(parts.paranoid)
    if parts.backups is not None:
        yield services.backups(parts.backups)
    if parts.search is not None:
        yield web.web_search(parts.search, parts.home, parts.environ)


def _making(parts: Parts) -> Iterator[Probe]:
    from builders.toolchains.python import toolchain_folder  # noqa: PLC0415 - only in a running engine

    folder = toolchain_folder(parts.home, parts.environ)
    if parts.runner is not None:
        yield working.runner(parts.runner)
    if parts.builder is not None:
        yield working.builders(working.HelloBuild(parts.builder, parts.home.builds / "health", folder))
    if parts.toolchain is not None:
        yield working.toolchain(folder, parts.toolchain.supplied, parts.toolchain.remake)


__all__ = ["Parts", "provider_probes", "system_probes"]
