"""What a document has to do with others is told by whoever reads it: an error leads to its fix and to the commit."""

from __future__ import annotations

from contextlib import closing

from core.memory import DocumentNote, Lesson, Lines, Link
from engine.memory_desk import Linked, MemoryDesk
from memory.archive import SqliteArchive
from memory.service import open_memory
from memory.sessions import SqliteSessions


class Silent:
    def emit(self, event, /):
        """Nobody listens."""


async def test_an_error_leads_to_what_put_it_right_and_to_its_commit_and_back(home):
    with closing(SqliteArchive(home.database)) as archive:
        async with open_memory(home, archive, Silent()) as memory:
            note = DocumentNote("tests of page, round 2", "errors", "own", project="p", origin="r/0/round-2")
            failed = (await memory.documents.add(b"AssertionError\n", note)).document
            lesson = Lesson("p", "r", "page", "AssertionError", "--- a\n+++ b\n+fixed", "c" * 40)
            fix = await memory.learn(lesson)
            await memory.documents.link(Link(failed, "fixed_by", fix))
            desk = MemoryDesk(memory, archive, SqliteSessions(archive.store), Silent())
            seen = (await desk.read(Lines(failed, 1, 1))).linked
            back = (await desk.read(Lines(fix, 1, 1))).linked
            name = (await desk.document(fix)).note.name
    assert seen == (Linked("fixed_by", fix, name, to_it=False),)
    assert set(back) == {
        Linked("fixed_by", failed, "tests of page, round 2", to_it=True),
        Linked("committed_as", "c" * 40, "", to_it=False),
    }
