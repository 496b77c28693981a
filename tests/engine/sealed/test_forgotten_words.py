"""What is forgotten is in no file of the data folder afterwards, whatever was made of it."""

from __future__ import annotations

import asyncio
from contextlib import closing

from core.memory import DocumentNote, Link, RecallQuery
from core.paths import Home
from engine.memory_desk import MemoryDesk
from memory.archive import SqliteArchive
from memory.service import open_memory
from memory.sessions import SqliteSessions

SECRET = "zyxqvarnish"


class Heard(list):
    emit = list.append


async def test_a_forgotten_documents_words_are_nowhere_with_what_was_taken_out_of_it(tmp_path):
    home, heard = Home(tmp_path / "home"), Heard()
    home.prepare()
    lines = [f"line {number} of the report is about {SECRET}{number % 7} and paint" for number in range(400)]
    with closing(SqliteArchive(home.database)) as archive:
        async with open_memory(home, archive, heard) as memory:
            kept = memory.documents
            box = await kept.add(b"PK", DocumentNote("box.zip", "docs", "foreign", origin="box", indexed=False))
            original = await kept.add(
                "\n".join(lines).encode("utf-16"),
                DocumentNote("report.bin", "docs", "foreign", origin="a", indexed=False),
            )
            text = await kept.add("\n".join(lines).encode(), DocumentNote("report", "docs", "foreign", origin="b"))
            other = await kept.add(b"another report about paint", DocumentNote("other", "docs", "foreign", origin="c"))
            await kept.link(Link(original.document, "member_of", box.document))
            await kept.link(Link(text.document, "extracted_from", original.document))
            await memory.recall.catch_up()
            await memory.recall.embed()
            await memory.house.keep()
            found = await memory.recall.recall(RecallQuery(f"{SECRET}3", reach="archive", widest="archive"))
            assert found
            assert await memory.house.summaries("", 700, 20)
            desk = MemoryDesk(memory, archive, SqliteSessions(archive.store), heard)
            await desk.set_standing(box.document, "forgotten", "the person asked", by="test")
            await memory.house.keep()
            assert [(await kept.document(one.document)).standing for one in (box, original, text)] == ["forgotten"] * 3
            assert (await kept.document(other.document)).standing == "kept"
            left = await memory.recall.recall(RecallQuery(SECRET, reach="archive", widest="archive"))
            assert {line.source for line in left} <= {other.document}
    needles = [SECRET.encode(), SECRET.encode("utf-16-le")]
    files = [path for path in home.root.rglob("*") if path.is_file()]
    data = await asyncio.to_thread(lambda: {path.name: path.read_bytes() for path in files})
    assert [name for name, content in data.items() if any(needle in content for needle in needles)] == []
    told = [event for event in heard if event.name == "memory.forgotten"]
    assert set(told[0].data["with"]) == {original.document, text.document}
