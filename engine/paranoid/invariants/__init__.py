"""What must always be true of a data folder and the engine that works in it; each reads only, a little per pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.paranoid.invariants.archive import ArchiveScrub
from engine.paranoid.invariants.decisions import Decisions, RedApproved
from engine.paranoid.invariants.documents import DocumentScrub
from engine.paranoid.invariants.files import JournalChain, SecretsHidden
from engine.paranoid.invariants.plans import PlanGraph
from engine.paranoid.invariants.processes import Orphans
from engine.paranoid.invariants.repositories import CommittedEffects, DeliveredVersions, NamedCommits
from engine.paranoid.invariants.runs import Outcomes, SpendWithinCaps
from engine.paranoid.invariants.trending import Trends
from engine.recovery.invariants import BackupsFresh

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.bootstrap import Engine
    from engine.paranoid.finding import Invariant


def engine_invariants(engine: Engine, backup_hours: Callable[[], float] = lambda: 6.0) -> tuple[Invariant, ...]:
    """Return all invariants of an open engine; those of the tasks come from `engine.tasks.invariants`.

    `backup_hours` tells how often a backup is due now: the setting may change while the engine works.
    """
    home = engine.home
    return (
        ArchiveScrub(home.database),
        DocumentScrub(engine.memory.documents),
        NamedCommits(engine),
        CommittedEffects(engine),
        DeliveredVersions(engine),
        Outcomes(engine),
        SpendWithinCaps(engine),
        Decisions(engine),
        RedApproved(engine),
        PlanGraph(engine),
        JournalChain(home.journal),
        SecretsHidden(home.journal, home.log),
        BackupsFresh(home, backup_hours),
        Orphans(home.builds),
        Trends(engine),
    )


__all__ = [
    "ArchiveScrub",
    "CommittedEffects",
    "Decisions",
    "DeliveredVersions",
    "DocumentScrub",
    "JournalChain",
    "NamedCommits",
    "Orphans",
    "Outcomes",
    "PlanGraph",
    "RedApproved",
    "SecretsHidden",
    "SpendWithinCaps",
    "Trends",
    "engine_invariants",
]
