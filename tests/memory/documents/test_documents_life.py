"""Documents as they are kept, found, decided about and forgotten."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import threading
from contextlib import closing

import pytest

from core.errors import InputError, StorageError
from core.i18n import load_catalogues, tr
from core.memory import DocumentNote, Link
from memory.documents import SqliteDocuments

NOTE = DocumentNote("notes.txt", "docs", "person", project="p-1", origin="file:notes")
LINES = "".join(f"line {number} of them, said once\n" for number in range(60_000)).encode()


@pytest.fixture
def file(tmp_path):
    return tmp_path / "documents.db"


@pytest.fixture
def documents(file):
    with closing(SqliteDocuments(file)) as opened:
        yield opened


def count(file, table, where="1"):
    with closing(sqlite3.connect(file)) as look:
        return look.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0]


async def test_the_same_bytes_of_the_same_origin_and_place_are_one_document(documents, file):
    first = await documents.add(LINES, NOTE)
    assert await documents.add(LINES, NOTE) == first
    elsewhere = await documents.add(LINES, DocumentNote("copy", "docs", "own", project="p-2", origin="file:notes"))
    assert elsewhere.document != first.document
    assert count(file, "documents") == 2
    assert count(file, "contents") == 1
    assert await documents.document(first.document) == first
    assert [one.document for one in await documents.documents()] == [first.document, elsewhere.document]
    assert [one.document for one in await documents.documents(project="p-2")] == [elsewhere.document]
    assert await documents.documents(project="") == await documents.documents(kind="errors") == []
    assert await documents.documents(after=first.document) == [elsewhere]
    assert await documents.documents(limit=1) == [first]
    with pytest.raises(InputError) as told:
        await documents.document("d-none")
    assert told.value.code == "unknown-document"


@pytest.mark.parametrize(
    ("trust", "origin", "looked_up"),
    [
        ("foreign", "https://docs.example/a", True),
        ("foreign", "http://docs.example/a", True),
        ("foreign", "file:///https://a", False),
        ("person", "https://docs.example/a", False),
    ],
)
async def test_what_a_project_looked_up_is_known_even_when_it_was_forgotten(documents, trust, origin, looked_up):
    await documents.add(LINES, NOTE)
    kept = await documents.add(b"page\n", DocumentNote("a page", "docs", trust, project="p-1", origin=origin))
    assert await documents.looked_up("p-1") is looked_up
    assert not await documents.looked_up("p-2")
    await documents.set_standing(kept.document, "forgotten", "my wish")
    assert await documents.looked_up("p-1") is looked_up


async def test_a_changed_text_shares_segments_with_what_it_was(documents, file):
    await documents.add(LINES, NOTE)
    before = count(file, "segments")
    assert before >= 10
    middle = len(LINES) // 2
    await documents.add(LINES[:middle] + b"something new\n" + LINES[middle:], NOTE)
    assert count(file, "segments") <= before + 3


async def test_what_is_forgotten_is_erased_and_stays_forgotten(documents, file):
    secret = b"the word is xylophone-%d\n"
    shared = await documents.add(b"".join(secret % n for n in range(50)), NOTE)
    twin = await documents.add(b"".join(secret % n for n in range(50)), DocumentNote("twin", "docs", "own"))
    quarantined = await documents.set_standing(shared.document, "quarantined", "looks odd")
    assert (quarantined.standing, quarantined.reason) == ("quarantined", "looks odd")
    assert len(await documents.lines(shared.document, 1, 99)) == 50
    released = await documents.set_standing(shared.document, "kept", "it is fine")
    assert (released.standing, released.reason) == ("kept", "it is fine")
    forgotten = await documents.set_standing(shared.document, "forgotten", "my wish")
    assert (forgotten.standing, forgotten.reason, forgotten.sha256) == ("forgotten", "my wish", shared.sha256)
    assert len(await documents.lines(twin.document, 1, 99)) == 50
    await documents.set_standing(twin.document, "forgotten", "this one too")
    assert count(file, "segments") == count(file, "contents") == count(file, "pieces") == 0
    for call in (documents.read(twin.document), documents.lines(twin.document, 1, 2)):
        with pytest.raises(InputError) as told:
            await call
        assert told.value.code == "document-forgotten"
    with pytest.raises(InputError):
        await documents.set_standing(twin.document, "kept", "changed my mind")
    again = await documents.add(b"".join(secret % n for n in range(50)), NOTE)
    assert (again.document, again.standing) == (shared.document, "forgotten")
    assert count(file, "segments") == 0
    assert (await documents.scrub()).damaged == ()
    assert await documents.lost() == 0


async def test_no_byte_of_what_was_forgotten_stays_in_the_files(documents, file):
    kept = await documents.add(os.urandom(300_000), NOTE)
    with closing(sqlite3.connect(file)) as look:
        packed = [row[0] for row in look.execute("SELECT packed FROM segments")]
    await documents.set_standing(kept.document, "forgotten", "")
    left = b"".join(path.read_bytes() for path in file.parent.iterdir())
    for data in packed:
        assert not any(data[at : at + 64] in left for at in range(100, len(data) - 64, 3_000))


async def test_whoever_follows_hears_of_everything_once(documents):
    made = [await documents.add(b"%d\n" % number, DocumentNote(str(number), "docs", "own")) for number in range(5)]
    await documents.set_standing(made[1].document, "quarantined", "")
    await documents.set_standing(made[1].document, "quarantined", "again")
    await documents.set_standing(made[3].document, "forgotten", "")
    seen, position = [], 0
    while found := await documents.after(position, 2):
        seen += [document.document for _, document in found]
        position = found[-1][0]
    assert seen == [one.document for one in made]
    decided = await documents.decided_after(0, 10)
    assert [row[1:] for row in decided] == [(made[1].document, "quarantined"), (made[3].document, "forgotten")]
    assert await documents.decided_after(decided[0][0], 10) == decided[1:]
    assert await documents.try_out()
    newest = await documents.add(b"new\n", NOTE)
    assert [document for _, document in await documents.after(position, 9)] == [newest]


async def test_links_are_kept_once_and_found_from_both_sides(documents):
    kept = await documents.add(b"text\n", NOTE)
    links = [Link(kept.document, "extracted_from", "d-2"), Link(kept.document, "committed_as", "abc")]
    for link in (*links, *links):
        await documents.link(link)
    assert await documents.links(kept.document) == links
    assert await documents.links("abc") == links[1:]


async def test_a_file_that_changes_meanwhile_leaves_nothing(documents, file, tmp_path):
    given = tmp_path / "given.txt"
    given.write_bytes(LINES * 3)

    def change(done, _total):
        if done > 2_000_000:
            with given.open("ab") as more:
                more.write(b"more")

    with pytest.raises(InputError) as told:
        await documents.add(given, NOTE, progress=change)
    assert told.value.code == "document-changed"
    given.write_bytes(LINES * 3)
    with pytest.raises(InputError) as told:
        await documents.add(given, NOTE, progress=lambda _done, _total: given.unlink(missing_ok=True))
    assert told.value.code == "document-missing"
    with pytest.raises(InputError) as told:
        await documents.add(tmp_path, NOTE)
    assert told.value.code == "document-unreadable"
    assert count(file, "segments") == count(file, "documents") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
async def test_a_named_pipe_is_no_file(documents, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError):
        await documents.add(tmp_path / "pipe", NOTE)


async def test_whoever_stops_an_import_leaves_nothing_and_harms_nobody(documents, file):
    whole = await documents.add(LINES, NOTE)
    segments = count(file, "segments")

    def stop(done, total):
        assert 0 < done <= total
        if done > 3_000_000:
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        await documents.add(LINES + os.urandom(4_000_000), NOTE, progress=stop)
    assert count(file, "segments") == segments
    begun = threading.Event()
    adding = asyncio.create_task(
        documents.add(os.urandom(30_000_000), NOTE, progress=lambda _done, _total: begun.set())
    )
    await asyncio.to_thread(begun.wait)
    adding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await adding
    assert count(file, "segments") == segments
    assert await documents.read(whole.document) == LINES


async def test_many_at_once_with_the_same_contents(documents, file):
    data = [LINES[: 300_000 * (n % 3 + 1)] for n in range(9)]
    notes = [DocumentNote(str(n), "docs", "own", origin=str(n)) for n in range(9)]
    made = await asyncio.gather(*(documents.add(*one) for one in zip(data, notes, strict=True)))
    for one in made[::2]:
        await documents.set_standing(one.document, "forgotten", "")
    for one, given in list(zip(made, data, strict=True))[1::2]:
        assert await documents.read(one.document) == given
    assert count(file, "segments", "position NOT IN (SELECT segment FROM pieces)") == 0


async def test_a_copy_is_whole_or_not_there(documents, tmp_path):
    kept = await documents.add(LINES, NOTE)
    told = []
    await documents.copy(kept.document, tmp_path / "out.txt", progress=lambda done, total: told.append((done, total)))
    assert (tmp_path / "out.txt").read_bytes() == LINES
    assert told[-1] == (len(LINES), len(LINES))
    with pytest.raises(InputError) as refused:
        await documents.copy(kept.document, tmp_path / "out.txt")
    assert refused.value.code == "document-target-exists"
    with pytest.raises(StorageError) as refused:
        await documents.copy(kept.document, tmp_path / "nowhere" / "out.txt")
    assert refused.value.code == "document-not-written"
    before = set(tmp_path.iterdir())
    with pytest.raises(ZeroDivisionError):
        await documents.copy(kept.document, tmp_path / "other.txt", progress=lambda _done, _total: 1 / 0)
    assert set(tmp_path.iterdir()) == before


async def test_notes_come_back_as_they_were_said(documents):
    note = DocumentNote(
        "имя \udcff.txt", "dialogue", "foreign", "p", "s", "r", "file:\udc80", speakers=True, indexed=False
    )
    kept = await documents.add(b"x", note)
    assert (await documents.document(kept.document)).note == note


async def test_a_file_of_somebody_else_is_refused_and_left_alone(tmp_path):
    with closing(sqlite3.connect(tmp_path / "documents.db")) as other:
        other.execute("CREATE TABLE theirs (x)")
    before = (tmp_path / "documents.db").read_bytes()
    with pytest.raises(StorageError):
        SqliteDocuments(tmp_path / "documents.db")
    assert (tmp_path / "documents.db").read_bytes() == before


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_every_error_has_words(locale):
    load_catalogues()
    for code in (
        "unknown-document",
        "document-forgotten",
        "document-changed",
        "document-missing",
        "document-unreadable",
        "document-target-exists",
        "document-not-written",
    ):
        facts = dict.fromkeys(("path", "detail", "document", "name", "reason"), "X")
        assert "X" in tr(f"error-{code}", locale, **facts)
