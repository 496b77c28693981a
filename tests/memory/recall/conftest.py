"""A data folder with an archive, documents and recall on them."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from core.memory import DocumentNote, RecallQuery
from memory.archive import SqliteArchive
from memory.documents.documents import FILE, SqliteDocuments
from memory.recall.service import MemoryRecall

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Desk:
    """What a test works with."""

    folder: Path
    archive: SqliteArchive
    documents: SqliteDocuments
    recall: MemoryRecall

    async def project(self, title: str = "Calculator") -> str:
        return (await self.archive.add_project(title, out=".", locale="en")).project

    async def keep(self, text: str, name: str = "notes.md", kind: Any = "docs", **note: Any) -> str:
        made = DocumentNote(name, kind, note.pop("trust", "foreign"), origin=name, **note)
        return (await self.documents.add(text.encode(), made)).document

    async def found(self, question: str, **query: Any) -> list[str]:
        return [line.text for line in await self.recall.recall(RecallQuery(question, **query))]

    def reopen(self, **options: Any) -> None:
        """Go on in a new process, as far as the index can tell."""
        self.recall.close()
        self.recall = MemoryRecall(self.folder, self.archive, self.documents, **options)


@asynccontextmanager
async def _open(folder: Path, **options: Any):
    archive, documents = SqliteArchive(folder / "multicoder.db"), SqliteDocuments(folder / FILE)
    desk = Desk(folder, archive, documents, MemoryRecall(folder, archive, documents, **options))
    try:
        yield desk
    finally:
        desk.recall.close()
        documents.close()
        archive.close()


@pytest.fixture
async def desk(home):
    async with _open(home.root) as opened:
        yield opened
