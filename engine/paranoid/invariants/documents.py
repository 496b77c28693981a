"""Every document of the memory is what was kept, bit by bit, and no line that was acknowledged is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.paranoid.finding import Finding

if TYPE_CHECKING:
    from memory.documents import SqliteDocuments

BYTES: Final = 8_000_000
"""Looked at in one pass."""
MOST: Final = 100
"""Findings told: who knows of so many damaged records needs no longer list."""


class DocumentScrub:
    """Proves the next rows with each pass, round and round, also over restarts."""

    check = "document-hash"

    def __init__(self, documents: SqliteDocuments, *, budget: int = BYTES) -> None:
        self._documents = documents
        self._budget = budget

    async def find(self) -> list[Finding]:
        """Look at the next rows; what was found damaged is told until it is whole again."""
        found = await self._documents.scrub(self._budget)
        records = found.damaged or (("-",) if found.lost else ())
        return [
            Finding.of(self.check, "critical", "finding-document-damaged", record, record=record, lost=found.lost)
            for record in records[:MOST]
        ]
