from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import struct
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QDeadlineTimer, QUrl
from PySide6.QtGui import QImage

from gui.composer.attachments import Attachments
from gui.composer.limits import FILE_BYTES, FOLDER_FILES, MOST_ATTACHED
from gui.composer.summaries import MOST_ENTRIES, zip_summary
from gui.composer.trouble import AttachmentError, trouble_of, words_of
from gui.main import make_qt
from gui.thumbs import MOST_KEPT, SIDE, Thumbs
from tests.gui.waiting import pause


def until(condition, milliseconds=20_000):
    """Wait for something to become true; events of Qt are handled meanwhile."""
    deadline = QDeadlineTimer(milliseconds)
    while not condition():
        assert not deadline.hasExpired(), "it did not happen"
        pause(5)


class Chips:
    """The attachments of a message, and how a test waits for them."""

    def __init__(self, folder):
        self.thumbs = Thumbs(folder.parent / "pictures")
        self.model = Attachments(folder, self.thumbs)
        self.told = []
        self.model.leftOut.connect(self.told.append)

    def add(self, *paths):
        self.model.add([Path(path) for path in paths])
        self.settle()
        return self.rows()

    def settle(self):
        until(lambda: all(row.state != "reading" for row in self.model.rows()))

    def rows(self):
        names = {bytes(name.data()).decode(): role for role, name in self.model.roleNames().items()}
        return [
            {name: self.model.data(self.model.index(row), role) for name, role in names.items()}
            for row in range(self.model.rowCount())
        ]

    def check(self):
        answers = []
        self.model.check(answers.append)
        until(lambda: answers)
        return answers[0]


@pytest.fixture
def chips(tmp_path):
    make_qt()
    made = Chips(tmp_path / "new")
    yield made
    made.model.close()


needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights or are not there")


def sized(path, size):
    with path.open("wb") as file:
        file.truncate(size)
    return path


def zipped(entries, **options):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", **options) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return kept.getvalue()


def summary(data):
    return zip_summary(io.BytesIO(data), len(data))


def test_a_file_is_attached_with_its_size_kind_and_address(chips, tmp_path):
    file = tmp_path / "with space & ünicode 100%.py"
    file.write_text("print(1)\n")
    (row,) = chips.add(file)
    assert (row["state"], row["kind"], row["size"], row["mime"]) == ("ready", "code", 9, "text/x-python")
    assert row["uri"] == file.as_uri()
    sent = {"uri": file.as_uri(), "name": file.name, "size": 9, "mime": "text/x-python"}
    assert chips.model.take() == [{**sent, "sha256": hashlib.sha256(b"print(1)\n").hexdigest()}]
    assert chips.rows() == []


def test_fifty_megabytes_are_attached_and_one_byte_more_is_not(chips, tmp_path):
    right, over = sized(tmp_path / "right.bin", FILE_BYTES), sized(tmp_path / "over.bin", FILE_BYTES + 1)
    rows = chips.add(right, over)
    assert FILE_BYTES == 50 * 1024 * 1024
    assert [row["state"] for row in rows] == ["ready", "error"]
    assert rows[0]["size"] == FILE_BYTES
    assert rows[1]["problem"] == "over.bin is larger than 50 MB. It was not read; attach a smaller file."


def test_a_file_no_disk_could_hold_is_refused_without_reading_it(chips, tmp_path):
    (row,) = chips.add(sized(tmp_path / "endless.bin", 1 << 42))
    assert "larger than 50 MB" in row["problem"]


@needs_links
def test_what_cannot_be_attached_is_told_by_its_name(chips, tmp_path):
    (tmp_path / "empty.txt").touch()
    (tmp_path / "hollow").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    (tmp_path / "broken").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "pipe")
    expected = {
        "empty.txt": "0 bytes",
        "hollow": "holds no files",
        "circle": "leads back to itself",
        "broken": "no longer there",
        "pipe": "neither a file",
        "never-there.txt": "no longer there",
        "zero\0byte": "name that cannot",
    }
    rows = chips.add(*[tmp_path / name for name in expected])
    assert [row["state"] for row in rows] == ["error"] * len(expected)
    for row, (name, words) in zip(rows, expected.items(), strict=True):
        assert row["problem"].startswith(name)
        assert words in row["problem"]


@needs_links
def test_a_link_to_a_file_attaches_the_file(chips, tmp_path):
    (tmp_path / "real.txt").write_text("here")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    (row,) = chips.add(tmp_path / "link.txt")
    assert (row["state"], row["uri"]) == ("ready", (tmp_path / "real.txt").as_uri())


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EBUSY, "busy"), "locked by another program"),
        (PermissionError(errno.EACCES, "denied", "/x/notes.txt"), "permission is missing"),
        (PermissionError(errno.EACCES, "denied", "/x/inner.key"), "holds inner.key, which may not be read"),
        (OSError(errno.ENOSPC, "no space"), "the disk is full"),
        (OSError(errno.EIO, "input/output error"), "cannot be read (input/output error)"),
        (MemoryError(), "not enough memory"),
    ],
)
def test_troubles_of_the_system_are_put_into_words(error, words):
    make_qt()
    told = words_of(trouble_of(error), "notes.txt")
    assert told.count("notes.txt") == 1
    assert words in told


@needs_links
def test_a_folder_is_read_without_going_round_in_circles_or_through_what_is_made_anew(chips, tmp_path):
    project = tmp_path / "project"
    (project / "src").mkdir(parents=True)
    (project / "node_modules").mkdir()
    (project / "src" / "main.rs").write_text("fn main() {}")
    (project / "Cargo.toml").write_text("[package]")
    (project / "node_modules" / "left-pad.js").write_text("x")
    (project / "src" / "up").symlink_to(project, target_is_directory=True)
    (row,) = chips.add(project)
    assert (row["state"], row["kind"], row["size"]) == ("ready", "folder", 21)
    told = row["summary"]
    assert (told["files"], told["language"], told["marker"], told["project"]) == (2, "Rust", "Cargo.toml", True)
    assert told["names"] == ["Cargo.toml", "src/"]


@needs_links
def test_names_that_are_no_text_are_shown_as_far_as_they_are(chips, tmp_path):
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / os.fsdecode(b"b\xff.py")).write_text("x")
    (row,) = chips.add(tmp_path / "odd")
    assert (row["state"], row["summary"]["names"]) == ("ready", ["b?.py"])


def test_a_folder_of_too_many_files_is_refused(chips, tmp_path):
    crowd = tmp_path / "crowd"
    crowd.mkdir()
    for number in range(FOLDER_FILES + 1):
        (crowd / str(number)).touch()
    (row,) = chips.add(crowd)
    assert row["problem"] == "crowd holds more than 5,000 files. Attach a part of it, or a zip file."


def test_a_folder_with_one_file_that_is_too_large_names_that_file(chips, tmp_path):
    (tmp_path / "films").mkdir()
    sized(tmp_path / "films" / "long.mkv", FILE_BYTES + 1)
    (row,) = chips.add(tmp_path / "films")
    assert row["problem"].startswith("films holds long.mkv, which is larger than 50 MB")


def test_the_same_file_is_attached_once_and_too_many_are_told(chips, tmp_path):
    files = []
    for number in range(MOST_ATTACHED + 3):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text("x")
    assert len(chips.add(files[0], files[0])) == 1
    assert len(chips.add(*files)) == MOST_ATTACHED
    assert "3 were left out" in chips.told[-1]


def test_what_failed_can_be_tried_again(chips, tmp_path):
    file = tmp_path / "later.txt"
    (row,) = chips.add(file)
    assert row["state"] == "error"
    file.write_text("now")
    chips.model.retry(0)
    chips.settle()
    (row,) = chips.rows()
    assert (row["state"], row["problem"]) == ("ready", "")


def test_reading_can_be_stopped_and_the_rest_goes_on(chips, tmp_path):
    large = [sized(tmp_path / f"{number}.bin", FILE_BYTES) for number in range(3)]
    chips.model.add(large)
    chips.model.remove(0)
    chips.settle()
    assert [row["name"] for row in chips.rows()] == ["1.bin", "2.bin"]
    assert [row["state"] for row in chips.rows()] == ["ready", "ready"]


def test_before_sending_each_file_is_looked_at_again(chips, tmp_path):
    same, changed, gone = tmp_path / "same.txt", tmp_path / "changed.txt", tmp_path / "gone.txt"
    for file in (same, changed, gone):
        file.write_text("before")
    chips.add(same, changed, gone)
    assert chips.check() is True
    os.utime(same)
    assert chips.check() is True, "touched, but the same"
    changed.write_text("after!")
    assert chips.check() is False
    assert "changed.txt" in chips.told[-1]
    assert chips.check() is True, "it was read again"
    gone.unlink()
    assert chips.check() is False
    assert [row["state"] for row in chips.rows()] == ["ready", "ready", "error"]


def test_a_folder_that_changed_is_noticed(chips, tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a.py").write_text("a")
    chips.add(tmp_path / "project")
    assert chips.check() is True
    (tmp_path / "project" / "b.py").write_text("b")
    assert chips.check() is False


def test_a_pasted_text_is_kept_until_it_could_be_saved(chips, tmp_path):
    (tmp_path / "new").write_text("a file where the folder should be")
    chips.model.add_content("long text\n" * 1_000)
    chips.settle()
    (row,) = chips.rows()
    assert row["state"] == "error"
    (tmp_path / "new").unlink()
    chips.model.retry(0)
    chips.settle()
    (row,) = chips.rows()
    assert (row["state"], row["kind"]) == ("ready", "text")
    assert Path(row["path"]).read_text(encoding="utf-8") == "long text\n" * 1_000
    chips.model.remove(0)
    assert not Path(row["path"]).exists()


def picture(path, width, height, colour=0xFF336699):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    assert image.save(str(path), "PNG")
    return path


def small(row):
    """The small picture of a row, as the window reads it."""
    return QImage(QUrl(row["thumb"]).toLocalFile())


def test_pictures_get_a_small_picture_and_what_is_none_gets_none(chips, tmp_path):
    picture(tmp_path / "wide.png", 900, 400)
    picture(tmp_path / "dot.png", 3, 2)
    (tmp_path / "drawing.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'
    )
    (tmp_path / "named.png").write_bytes((tmp_path / "drawing.svg").read_bytes())
    bytes_ = (tmp_path / "wide.png").read_bytes()
    (tmp_path / "bomb.png").write_bytes(bytes_[:16] + struct.pack(">II", 60_000, 60_000) + bytes_[24:])
    (tmp_path / "torn.png").write_bytes(bytes_[:40])
    names = ("wide.png", "dot.png", "drawing.svg", "named.png", "bomb.png", "torn.png")
    rows = chips.add(*[tmp_path / name for name in names])
    assert [(row["state"], row["kind"]) for row in rows] == [("ready", "image")] * 6
    assert (small(rows[0]).width(), small(rows[0]).height()) == (SIDE, SIDE)
    assert (small(rows[1]).width(), small(rows[1]).height()) == (2, 2)
    assert [row["thumb"] for row in rows[2:]] == [""] * 4


def test_a_line_of_pixels_is_not_made_larger(chips, tmp_path):
    """Scaled up to the side of a small picture, it would take gigabytes."""
    (row,) = chips.add(picture(tmp_path / "line.png", 1_000_000, 30))
    assert (small(row).width(), small(row).height()) == (30, 30)


def test_the_small_picture_outlives_its_file_and_belongs_to_no_other(chips, tmp_path):
    (row,) = chips.add(picture(tmp_path / "a.png", 40, 40))
    (link,) = chips.model.take()
    (tmp_path / "a.png").unlink()
    assert Thumbs(tmp_path / "pictures").address(link["sha256"]) == row["thumb"] != ""
    for wrong in ("", "0" * 64, "../" + link["sha256"], link["sha256"].upper(), link["sha256"] + ".png"):
        assert chips.thumbs.address(wrong) == ""


def test_a_small_picture_that_cannot_be_kept_is_done_without(chips, tmp_path):
    (tmp_path / "pictures").write_text("a file where the folder should be")
    (row,) = chips.add(picture(tmp_path / "a.png", 40, 40))
    assert (row["state"], row["thumb"]) == ("ready", "")


def test_of_too_many_small_pictures_the_oldest_go(chips, tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(MOST_KEPT + 5):
        file = folder / f"{number:064x}.png"
        file.write_bytes(b"")
        os.utime(file, (number, number))
    chips.thumbs.sweep()
    assert min(folder.iterdir()).stem == f"{5:064x}"
    assert len(list(folder.iterdir())) == MOST_KEPT


def test_a_picture_from_the_clipboard_is_saved_as_png(chips):
    image = QImage(40, 30, QImage.Format.Format_ARGB32)
    image.fill(0x80FF0000)
    chips.model.add_content(image)
    chips.settle()
    (row,) = chips.rows()
    assert row["mime"] == "image/png"
    assert QImage(row["path"]).size() == image.size()


def test_a_zip_project_is_told_from_its_list():
    told = summary(zipped({"game/setup.py": "x", "game/main.py": "y" * 10, "game/web/app.js": "z", "game/README": ""}))
    assert (told["files"], told["bytes"], told["project"], told["language"]) == (4, 12, True, "Python")
    assert told["languages"] == [{"name": "Python", "files": 2}, {"name": "JavaScript", "files": 1}]
    assert told["names"] == ["setup.py", "main.py", "web/", "README"]
    assert (told["bursts"], told["encrypted"], told["outside"]) == (False, False, 0)


def test_something_may_stand_before_a_zip_file():
    assert summary(b"#!/usr/bin/env python3\n" + zipped({"a.py": "1"}))["files"] == 1


def test_a_zip_file_that_would_burst_is_called_so_without_unpacking_it():
    told = summary(zipped({"zeros.bin": b"\0" * 60_000_000}, compression=zipfile.ZIP_DEFLATED))
    assert (told["bursts"], told["bytes"]) == (True, 60_000_000)


def test_names_that_lead_outside_are_counted():
    assert summary(zipped({"../../evil.py": "", "/etc/evil": "", "C:/evil": "", "ok..py": ""}))["outside"] == 3


def test_a_list_of_very_many_entries_is_not_read_whole():
    kept = zipped({f"{number}.py": "" for number in range(MOST_ENTRIES + 500)})
    assert summary(kept)["files"] == MOST_ENTRIES + 500


def test_a_damaged_zip_file_is_attached_as_any_other(chips, tmp_path):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 and nothing more")
    (row,) = chips.add(tmp_path / "broken.zip")
    assert (row["state"], row["kind"]) == ("ready", "archive")
    assert row["summary"]["project"] is False


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.integers(0, 60), st.binary(min_size=1, max_size=4))
def test_no_bytes_make_reading_a_list_fail_in_another_way(noise, at, patch):
    real = bytearray(zipped({"a.py": "1", "b/c.js": "2"}))
    end = len(real) - 1 - at
    real[max(0, end - len(patch)) : end] = patch
    for data in (noise, bytes(real), noise + bytes(real)):
        with contextlib.suppress(AttachmentError):
            assert isinstance(summary(data)["files"], int)
