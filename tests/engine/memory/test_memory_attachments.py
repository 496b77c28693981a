"""What was attached to a message is remembered in its project, once, and roles read the text inside of documents."""

from __future__ import annotations

import pytest

from core.memory import Link
from engine import attachments
from engine.attachments import from_uri
from engine.extracting import OwnProcessExtractor
from memory.archive import SqliteArchive
from memory.documents.documents import SqliteDocuments
from tests.engine.memory import office_files as office


@pytest.fixture
def archive(tmp_path):
    opened = SqliteArchive(tmp_path / "archive.db")
    yield opened
    opened.close()


@pytest.fixture
def documents(tmp_path):
    opened = SqliteDocuments(tmp_path / "documents.db")
    yield opened
    opened.close()


async def kept(archive, path, extractor=None):
    attachment = from_uri(path.as_uri())
    return await attachments.keep(archive, attachment, attachments.read_all(attachment), extractor)


async def test_the_text_of_a_document_is_what_roles_read_and_what_is_found(home, tmp_path, archive, documents):
    pdf = office.make_pdf(tmp_path / "задание.pdf", ["Кнопка должна быть синей"])
    facts = await kept(archive, pdf, OwnProcessExtractor(home))
    assert "Кнопка должна быть синей" in (await archive.blob(facts["shown"])).decode()
    place = {"project": "p-1", "session": "s-1", "run": "r-1"}
    (made,) = await attachments.remember(documents, archive, facts, **place)
    original, text = await documents.documents(project="p-1")
    assert (original.document, original.note.indexed) == (made, False)
    assert await documents.read(made) == pdf.read_bytes()
    assert (text.note.indexed, text.note.session, text.note.run, text.note.trust) == (True, "s-1", "r-1", "foreign")
    assert "Кнопка должна быть синей" in await documents.lines(text.document, 1, 9)
    assert await documents.links(made) == [Link(text.document, "extracted_from", made)]
    assert await attachments.remember(documents, archive, facts, **place) == [made]
    assert len(await documents.documents()) == 2


async def test_the_files_of_a_folder_are_documents_of_their_own(tmp_path, archive, documents):
    folder = tmp_path / "src"
    (folder / "sub").mkdir(parents=True)
    (folder / "main.py").write_text("print('x')\n")
    (folder / "sub" / "readme.md").write_text("# x\n")
    facts = await kept(archive, folder)
    made = await attachments.remember(documents, archive, facts, project="p-1", session="s-1", run="r-1")
    notes = [(await documents.document(item)).note for item in made]
    assert {(note.name, note.kind) for note in notes} == {("src/main.py", "code"), ("src/sub/readme.md", "docs")}
    assert len({note.origin for note in notes}) == 2


async def test_what_hides_its_text_and_cannot_be_read_is_attached_all_the_same(home, tmp_path, archive, documents):
    broken = tmp_path / "a.docx"
    broken.write_bytes(b"PK\x03\x04\x00 rubbish")
    facts = await kept(archive, broken, OwnProcessExtractor(home))
    assert "are no text" in (await archive.blob(facts["shown"])).decode()
    (made,) = await attachments.remember(documents, archive, facts, project="p-1", session="", run="")
    assert await documents.read(made) == broken.read_bytes()
