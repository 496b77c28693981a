"""Imports into real documents: every byte kept, every text found, everything that is refused told."""

from __future__ import annotations

import asyncio
import os
import time
import zipfile
import zlib

import pytest

from core.memory import Link
from memory.documents.documents import SqliteDocuments
from memory.ingest.extraction import UnreadableError
from memory.ingest.ingest import Ingest, IngestStoppedError, Order
from memory.ingest.trail import Trail, import_name, read_import


class Scripted:
    """An extractor that reads nothing foreign: the text of a file is what stands behind its first line."""

    def __init__(self):
        self.asked = []

    async def extract(self, form, source, target):
        self.asked.append(form)
        head, _, text = source.read_bytes().partition(b"\n")
        if head == b"broken":
            raise UnreadableError("damaged")
        target.write_bytes(text)


@pytest.fixture
def documents(tmp_path):
    opened = SqliteDocuments(tmp_path / "documents.db")
    yield opened
    opened.close()


class Importing:
    def __init__(self, tmp_path, documents):
        self.trails = tmp_path / "imports"
        self.documents = documents
        self.extractor = Scripted()
        self.scratch = tmp_path / "scratch" / "one"
        self.told = []

    async def __call__(self, *paths, watch=None, project="", speakers=None):
        order = Order(tuple(paths), project, speakers=speakers)
        trail = Trail(self.trails, import_name(order.paths, project))
        ingest = Ingest(self.documents, self.extractor, self.scratch)
        return await ingest.run(order, trail, watch or (lambda *state: self.told.append(state)))


@pytest.fixture
def bring_in(tmp_path, documents):
    return Importing(tmp_path, documents)


def by_name(summary):
    return {item.name: item for item in summary.kept}


async def test_every_file_is_kept_byte_for_byte_and_the_second_time_costs_nothing(tmp_path, documents, bring_in):
    top = tmp_path / "in"
    top.mkdir()
    contents = {
        "текст.txt": "раз\r\nдва\nтри".encode(),
        "utf16.txt": "слово\n".encode("utf-16"),
        "broken.txt": b"\xff\xfe\xd0 \x80\r\r\n",
        "empty": b"",
        "binary.bin": bytes(range(256)) * 50,
        "main.py": b"print('x')\n",
        "build.log": b"error: no such file\n",
        "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(100),
    }
    for name, data in contents.items():
        (top / name).write_bytes(data)
    summary = await bring_in(top)
    assert not summary.refused
    kept = by_name(summary)
    for name, data in contents.items():
        item = kept[f"in/{name}"]
        assert await documents.read(item.document) == data
        assert (await documents.document(item.document)).note.trust == "foreign"
    kinds = {name: kept[f"in/{name}"].kind for name in contents}
    assert (kinds["main.py"], kinds["build.log"], kinds["текст.txt"]) == ("code", "errors", "docs")
    assert not (await documents.document(kept["in/photo.png"].document)).note.indexed
    assert bring_in.told[-1][:2] == (sum(map(len, contents.values())),) * 2
    again = await bring_in(top)
    assert again.figures() | {"new": 0} == again.figures()
    assert [item.document for item in again.kept] == [item.document for item in summary.kept]
    assert len(await documents.documents()) == len(contents)


async def test_the_text_of_a_document_is_one_of_its_own_and_only_that_is_found(tmp_path, documents, bring_in):
    file = tmp_path / "договор.pdf"
    file.write_bytes("%PDF-1.7\nоплата в пятницу\n".encode())
    kept = by_name(await bring_in(file, project="p-1"))["договор.pdf"]
    original, text = await documents.document(kept.document), await documents.document(kept.text)
    assert await documents.read(original.document) == file.read_bytes()
    assert (original.note.indexed, text.note.indexed) == (False, True)
    assert (text.note.name, text.note.project) == ("договор.pdf.txt", "p-1")
    assert await documents.lines(text.document, 1, 9) == ["оплата в пятницу"]
    assert Link(text.document, "extracted_from", original.document) in await documents.links(original.document)
    await bring_in(file, project="p-1")
    assert bring_in.extractor.asked == ["pdf"], "what is known is not read again"


async def test_a_file_that_cannot_be_read_is_kept_all_the_same(tmp_path, documents, bring_in):
    (tmp_path / "a.docx").write_bytes(b"broken\nx")
    (tmp_path / "b.doc").write_bytes(b"old")
    summary = await bring_in(tmp_path / "a.docx", tmp_path / "b.doc")
    assert [item.trouble for item in summary.kept] == ["damaged", "no-reader"]
    assert await documents.read(summary.kept[0].document) == b"broken\nx"


async def test_members_of_an_archive_are_documents_and_what_is_refused_stops_nothing(tmp_path, documents, bring_in):
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("заметки/a.txt", "кнопка синяя\n")
        target.writestr("../out.txt", "x")
        target.writestr("CON.txt", "x")
        target.writestr("report.pdf", b"%PDF\nvalue\n")
        target.writestr("inner.zip", archive_of({"deep.txt": "x"}))
    summary = await bring_in(archive)
    kept = by_name(summary)
    assert list(kept) == ["all.zip", "all.zip/заметки/a.txt", "all.zip/report.pdf", "all.zip/inner.zip"]
    assert [(item.name, item.reason) for item in summary.refused] == [
        ("all.zip/../out.txt", "unsafe-name"),
        ("all.zip/CON.txt", "unsafe-name"),
    ]
    assert kept["all.zip/inner.zip"].trouble == "nested"
    assert kept["all.zip/report.pdf"].text
    member = kept["all.zip/заметки/a.txt"].document
    assert Link(member, "member_of", kept["all.zip"].document) in await documents.links(member)
    assert await documents.read(kept["all.zip"].document) == archive.read_bytes()
    assert not bring_in.scratch.exists()


@pytest.mark.slow
@pytest.mark.parametrize("stored", ["packed", "plain"])
async def test_bombs_of_fifty_megabytes_are_refused_quickly(tmp_path, documents, bring_in, stored):
    """What fifty megabytes unpack to fills no disk, whether one packed member or many plain ones say so."""
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        target.writestr("readme.txt", "hello\n")
        if stored == "packed":
            packer = zlib.compressobj(1, zlib.DEFLATED, -15)
            piece = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
            zeros = zipfile.ZipInfo("zeros")
            target.writestr(zeros, piece * (50_000_000 // len(piece)))
            zeros.compress_type, zeros.file_size = zipfile.ZIP_DEFLATED, 10_000_000 * (50_000_000 // len(piece))
        else:
            noise = os.urandom(1_000_000)
            for number in range(50):
                target.writestr(f"noise-{number}", noise + bytes(9_000_000))
    assert 45_000_000 < bomb.stat().st_size < 70_000_000
    began = time.process_time()
    summary = await bring_in(bomb)
    assert time.process_time() - began < 15, "of the processor: how busy a machine is says nothing"
    whole = {"packed": ("bomb.zip/zeros", "ratio"), "plain": ("bomb.zip", "archive-bytes")}[stored]
    assert [(item.name, item.reason) for item in summary.refused] == [whole]
    assert ("bomb.zip/readme.txt" in by_name(summary)) == (stored == "packed")
    assert await documents.read(by_name(summary)["bomb.zip"].document) == bomb.read_bytes()
    assert not bring_in.scratch.exists()


async def test_an_archive_that_is_none_is_kept_unopened(tmp_path, documents, bring_in):
    (tmp_path / "a.zip").write_bytes(b"no zip")
    summary = await bring_in(tmp_path / "a.zip")
    assert summary.kept[0].trouble == "archive"
    assert summary.refused[0].reason == "archive-damaged"
    assert await documents.read(summary.kept[0].document) == b"no zip"


async def test_conversations_are_told_from_other_texts(tmp_path, documents, bring_in):
    (tmp_path / "chat.txt").write_text("Анна: да\nБорис: нет\n" * 3, encoding="utf-8")
    (tmp_path / "prose.txt").write_text("Просто текст.\n" * 3, encoding="utf-8")
    kept = by_name(await bring_in(tmp_path / "chat.txt", tmp_path / "prose.txt"))
    notes = {name: (await documents.document(item.document)).note for name, item in kept.items()}
    assert (notes["chat.txt"].kind, notes["chat.txt"].speakers) == ("dialogue", True)
    assert (notes["prose.txt"].kind, notes["prose.txt"].speakers) == ("docs", False)


async def test_files_that_vanish_or_change_are_told_and_the_rest_is_kept(tmp_path, documents, bring_in):
    names = ("a.txt", "b.txt", "c.txt")
    for name in names:
        (tmp_path / name).write_text(name * 10)

    def watch(done, _total, name):
        if name == "b.txt":
            (tmp_path / name).unlink(missing_ok=True)

    summary = await bring_in(*(tmp_path / name for name in names), watch=watch)
    assert list(by_name(summary)) == ["a.txt", "c.txt"]
    assert [(item.name, item.reason, item.named) for item in summary.refused] == [("b.txt", "missing", True)]


async def test_a_stopped_import_goes_on_behind_the_last_file(tmp_path, documents, bring_in):
    top = tmp_path / "in"
    top.mkdir()
    for number in range(6):
        (top / f"{number}.pdf").write_bytes(b"%PDF\ntext " + str(number).encode())

    def watch(_done, _total, name):
        if name == "in/3.pdf":
            raise IngestStoppedError

    with pytest.raises(IngestStoppedError):
        await bring_in(top, watch=watch)
    assert len(bring_in.extractor.asked) == 3
    with (bring_in.trails / f"{import_name([top], '')}.jsonl").open("ab") as trail:
        trail.write(b'{"mark": ["torn')  # what a crash leaves of a line
    summary = await bring_in(top)
    assert len(summary.kept) == 6
    assert len(bring_in.extractor.asked) == 6, "what was finished is not read again"
    assert read_import(bring_in.trails, import_name([top], "")) == summary
    assert len(await documents.documents()) == 12


async def test_a_cancelled_import_keeps_whole_files_only(tmp_path, documents, bring_in):
    large = tmp_path / "large.txt"
    large.write_bytes(b"line of text\n" * 3_000_000)
    reached = asyncio.Event()
    loop = asyncio.get_running_loop()

    def watch(done, _total, _name):
        if done > 5_000_000:
            loop.call_soon_threadsafe(reached.set)

    work = asyncio.ensure_future(bring_in(large, watch=watch))
    await reached.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert await documents.documents() == []
    assert (await bring_in(large)).figures()["new"] == 1


async def test_what_was_forgotten_on_purpose_is_not_kept_again(tmp_path, documents, bring_in):
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF\nsecret\n")
    kept = by_name(await bring_in(file))["a.pdf"]
    for document in (kept.document, kept.text):
        await documents.set_standing(document, "forgotten", "asked for")
    again = by_name(await bring_in(file))["a.pdf"]
    assert (again.trouble, again.text) == ("forgotten", "")


def archive_of(members):
    import io  # noqa: PLC0415 - only here

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name, text in members.items():
            target.writestr(name, text)
    return buffer.getvalue()
