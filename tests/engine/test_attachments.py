from __future__ import annotations

import base64
import os

import pytest

from core.errors import InputError
from engine import attachments
from engine.attachments import Attachment, from_base64, from_uri
from memory.archive import SqliteArchive


@pytest.fixture
def archive(tmp_path):
    opened = SqliteArchive(tmp_path / "archive.db")
    yield opened
    opened.close()


async def kept(archive, attachment):
    facts = await attachments.keep(archive, attachment, list(attachments.read(attachment)))
    return facts, (await archive.blob(facts["shown"])).decode("utf-8", "surrogatepass")


@pytest.mark.parametrize("name", ["заметки к делу.txt", "a b#c%20d.txt", "plain.txt"])
async def test_a_file_is_kept_byte_for_byte_and_shown_whole(tmp_path, archive, name):
    file = tmp_path / name
    file.write_bytes("\ufeffПривет\r\nмир".encode())
    facts, shown = await kept(archive, from_uri(file.as_uri()))
    assert shown == "Привет\r\nмир"
    assert (facts["name"], facts["size"]) == (name, file.stat().st_size)
    assert await archive.blob(facts["sha256"]) == file.read_bytes()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("слово".encode("cp1251"), "слово"),
        ("слово".encode("utf-16"), "слово"),
        (b"", ""),
        (b"\x00\x01\x02", "3 bytes that are no text"),
    ],
)
async def test_other_encodings_are_read_and_what_is_no_text_is_named(tmp_path, archive, data, shown):
    file = tmp_path / "f"
    file.write_bytes(data)
    facts, text = await kept(archive, Attachment("f", path=file))
    assert shown in text
    assert await archive.blob(facts["sha256"]) == data


async def test_a_large_file_is_kept_whole_and_shown_in_part(tmp_path, archive):
    file = tmp_path / "large.txt"
    file.write_text("строка\n" * 300_000, encoding="utf-8")
    facts, shown = await kept(archive, from_uri(str(file)))
    assert len(shown) < attachments.SHOWN_CHARACTERS + 200
    assert shown.endswith("more characters are kept, not shown]")
    assert await archive.blob(facts["sha256"]) == file.read_bytes()


async def test_a_folder_is_listed_with_its_small_texts_and_links_are_not_followed(tmp_path, archive):
    folder = tmp_path / "project"
    (folder / "deep").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("secret")
    (folder / "deep" / "a.py").write_text("print(1)")
    (folder / "b.bin").write_bytes(b"\0" * 10)
    (folder / "link").symlink_to("/etc/hostname")
    facts, shown = await kept(archive, from_uri(folder.as_uri()))
    assert [item["name"] for item in facts["files"]] == ["b.bin", "deep/a.py"]
    assert "A folder of 2 files" in shown
    assert "=== deep/a.py\nprint(1)" in shown
    assert "secret" not in shown


def test_what_cannot_be_attached_is_refused_in_words(tmp_path):
    target = tmp_path / "t"
    target.write_text("x")
    link = tmp_path / "link"
    link.symlink_to(target)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    cases = {
        "attachment-not-local": lambda: from_uri("https://example.test/a.txt"),
        "attachment-no-file": lambda: list(attachments.read(Attachment("l", path=link))),
        "attachment-beyond-limit": lambda: from_base64("big", "A" * (attachments.FILE_BYTES * 4 // 3 + 8), ""),
    }
    for code, call in cases.items():
        with pytest.raises(InputError) as caught:
            call()
        assert caught.value.code == code
    for uri in ("file:notes.txt", "file://[nowhere/a.txt", "file:///a\ud800.txt", "notes.txt", ""):
        with pytest.raises(InputError, match="attachment-not-local"):
            from_uri(uri)
    for path in (pipe, tmp_path / "none"):
        with pytest.raises(InputError, match="attachment-no-file"):
            list(attachments.read(Attachment("p", path=path)))


def test_a_file_beyond_the_limit_is_refused_before_it_fills_the_memory(tmp_path):
    file = tmp_path / "huge"
    with file.open("wb") as stream:
        stream.truncate(attachments.FILE_BYTES + 1)
    with pytest.raises(InputError, match="attachment-beyond-limit"):
        list(attachments.read(Attachment("huge", path=file)))


def test_data_inside_a_message_is_checked():
    assert from_base64("a.png", base64.b64encode(b"png").decode(), "image/png").data == b"png"
    with pytest.raises(InputError, match="attachment-not-text"):
        from_base64("a.png", "no base64!", "image/png")
