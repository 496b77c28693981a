"""Looks at the memory: documents come back as they were kept, the vectors find a canary again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.i18n import Words
from core.memory import RecallQuery
from engine.health.aside import aside
from engine.health.probe import Probe, Reading
from engine.health.probes.kept import KeptFile
from engine.health.telling import broken, not_well, poor, well
from engine.recovery.databases import CANARY

if TYPE_CHECKING:
    from pathlib import Path

    from memory.documents import SqliteDocuments
    from memory.service import CurrentRecall

_PERIOD: Final = 60.0


def documents(documents: SqliteDocuments, path: Path) -> Probe:
    """A canary document is kept, read and taken away again; no line that was ever acknowledged is missing."""
    kept = KeptFile(path)

    async def read() -> Reading:
        if trouble := await aside(kept.trouble):
            return trouble
        if not await documents.try_out():
            return broken("health-canary-lost", file=path.name)
        if lost := await documents.lost():
            return broken("health-documents-lost", lost=lost)
        return well("health-documents-ok", size=await aside(kept.size_kb))

    limits = Words("health-limits-database")
    return Probe("documents", Words("health-system-documents"), read, _PERIOD, 20, limits=limits)


def words(recall: CurrentRecall) -> Probe:
    """The index of words answers a question, and what was kept lately could be taken into it."""

    async def read() -> Reading:
        if recall.trouble:
            return poor("health-words-behind", code=recall.trouble)
        await recall.recall(RecallQuery(CANARY, reach="archive", widest="archive", limit=1))
        return well("health-words-ok")

    limits = Words("health-limits-words")
    return Probe("words", Words("health-system-words"), read, _PERIOD, 20, recall.rebuild, limits)


def vectors(recall: CurrentRecall) -> Probe:
    """A canary is found among the vectors, and some of their files are read again; in turn all of them are."""

    async def read() -> Reading:
        found = await recall.vectors()
        if found.state == "ready":
            return well("health-vectors-ok", passages=found.embedded)
        if found.state == "building":
            return not_well(
                "unknown" if not found.embedded else "degraded", "health-vectors-building", passages=found.embedded
            )
        if found.state == "off":
            return poor("health-vectors-off")
        return poor("health-vectors-degraded", trouble=found.trouble)

    limits = Words("health-limits-vectors")
    return Probe("vectors", Words("health-system-vectors"), read, _PERIOD, 10, recall.embed_anew, limits)


__all__ = ["documents", "vectors", "words"]
