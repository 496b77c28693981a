"""Hostile and plain archives: what is refused, why, and that the rest is read."""

from __future__ import annotations

import io
import stat
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.safe_path import clean_name
from memory.ingest.archives import MOST_ENTRIES, ArchiveRefusedError, MemberRefusedError, ZipMembers


def entry(name, *, mode=stat.S_IFREG | 0o644, encrypted=False):
    info = zipfile.ZipInfo(name)
    info.filename = name  # the constructor cuts at NUL and turns separators round
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = mode << 16
    info.flag_bits |= 0x1 if encrypted else 0
    return info


def write(path, members):
    with zipfile.ZipFile(path, "w") as archive:
        for info, data in members:
            archive.writestr(info, data)
    return path


def encrypt(path):
    """Set the mark of encryption on every entry; the library cannot write encrypted ones."""
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 1)
    path.write_bytes(data)
    return path


HOSTILE = [
    ("../up.txt", "unsafe-name"),
    ("/abs.txt", "unsafe-name"),
    ("C:/drive.txt", "unsafe-name"),
    ("CON.txt", "unsafe-name"),
    ("NUL", "unsafe-name"),
    ("a./b ", "unsafe-name"),
    ("file.txt:ads", "unsafe-name"),
    ("evil\u202etxt.exe", "unsafe-name"),
    ("back\\slash.txt", "unsafe-name"),
    ("a.TXT", "collision"),
]


def test_of_twelve_hostile_entries_eleven_are_refused_each_with_its_reason(tmp_path):
    members = [(entry("A.txt"), "legal"), *((entry(name), "x") for name, _ in HOSTILE)]
    members.append((entry("link", mode=stat.S_IFLNK | 0o777), "/etc/passwd"))
    with ZipMembers(write(tmp_path / "hostile.zip", members)) as archive:
        assert [member.name for member in archive.members] == ["A.txt"]
        assert [item.reason for item in archive.refused] == [*(reason for _, reason in HOSTILE), "link"]
        archive.unpack(archive.members[0], tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == b"legal"


def test_what_is_refused_is_shown_without_what_steers_a_terminal(tmp_path):
    members = [(entry("bell\x07\x1b[2J.txt"), "x"), (entry("имя\u202e.txt"), "x"), (entry("имя.txt"), "x")]
    with ZipMembers(write(tmp_path / "a.zip", members)) as archive:
        assert [item.name for item in archive.refused] == [r"bell\x07\x1b[2J.txt", r"имя\u202e.txt"]
        assert [member.name for member in archive.members] == ["имя.txt"]


@pytest.mark.parametrize("kind", [stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_devices_are_refused(tmp_path, kind):
    with ZipMembers(write(tmp_path / "a.zip", [(entry("d", mode=kind | 0o644), ""), (entry("f"), "x")])) as archive:
        assert [item.reason for item in archive.refused] == ["device"]
        assert [member.name for member in archive.members] == ["f"]


def test_encrypted_entries_are_refused(tmp_path):
    with ZipMembers(encrypt(write(tmp_path / "a.zip", [(entry("f"), "x")]))) as archive:
        assert [item.reason for item in archive.refused] == ["encrypted"]


def test_a_bomb_is_refused_at_once_and_the_rest_is_read(tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "hello")
        with archive.open("zeros", "w", force_zip64=True) as target:
            for _ in range(256):
                target.write(bytes(1 << 20))
    assert bomb.stat().st_size < 300_000
    began = time.perf_counter()
    with ZipMembers(bomb) as archive:
        assert [(item.name, item.reason) for item in archive.refused] == [("zeros", "ratio")]
        assert [member.name for member in archive.members] == ["readme.txt"]
    assert time.perf_counter() - began < 1


def test_more_than_the_archive_limits_is_refused_as_a_whole(tmp_path):
    many = write(tmp_path / "many.zip", [(entry(f"{number}.txt"), "") for number in range(MOST_ENTRIES + 1)])
    with pytest.raises(ArchiveRefusedError) as caught:
        ZipMembers(many)
    assert caught.value.reason == "archive-entries"
    large = tmp_path / "large.zip"
    with zipfile.ZipFile(large, "w", zipfile.ZIP_STORED) as archive:
        for number in range(3):
            with archive.open(f"{number}", "w") as target:
                for _ in range(70):
                    target.write(b"x" * 1_000_000)
    with pytest.raises(ArchiveRefusedError) as caught:
        ZipMembers(large)
    assert caught.value.reason == "archive-bytes"


def test_a_table_of_contents_that_claims_gigabytes_is_not_read(tmp_path):
    path = write(tmp_path / "a.zip", [(entry("f"), "x")])
    data = bytearray(path.read_bytes())
    end = data.rindex(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<L", 2_000_000_000)
    path.write_bytes(data)
    with pytest.raises(ArchiveRefusedError) as caught:
        ZipMembers(path)
    assert caught.value.reason == "archive-entries"


def test_damaged_members_are_refused_when_they_are_read(tmp_path):
    path = write(tmp_path / "a.zip", [(entry("f"), "some text that can be packed, some text that can be packed")])
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(data)
    with ZipMembers(path) as archive, pytest.raises(MemberRefusedError) as caught:
        archive.unpack(archive.members[0], tmp_path / "out")
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize("data", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + bytes(10)])
def test_what_is_no_zip_is_said_to_be_none(tmp_path, data):
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    with pytest.raises(ArchiveRefusedError):
        ZipMembers(path)


@pytest.mark.parametrize("encoding", ["utf-8", "cp866"])
def test_names_of_russian_archives_are_read_as_they_were_meant(tmp_path, encoding):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x" * len("отчёт.txt".encode(encoding)), "text")
    data = path.read_bytes().replace(b"x" * len("отчёт.txt".encode(encoding)), "отчёт.txt".encode(encoding))
    path.write_bytes(data)
    with ZipMembers(path) as archive:
        assert [member.name for member in archive.members] == ["отчёт.txt"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12))
def test_whatever_the_names_are_those_that_pass_are_safe_and_all_different(tmp_path_factory, names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            try:
                archive.writestr(entry(name), "x")
            except (UnicodeEncodeError, ValueError):
                continue
    path = tmp_path_factory.mktemp("names") / "a.zip"
    path.write_bytes(buffer.getvalue())
    with ZipMembers(path) as archive:
        kept = [member.name for member in archive.members]
    for name in kept:
        assert clean_name(name) == name
    assert len({name.casefold() for name in kept}) == len(kept)


@given(st.binary(max_size=400), st.integers(min_value=0, max_value=400), st.binary(max_size=40))
def test_whatever_was_done_to_an_archive_it_is_read_or_refused_in_words(tmp_path_factory, content, place, damage):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", content)
        archive.writestr("b/c.txt", content)
    data = bytearray(buffer.getvalue())
    data[place : place + len(damage)] = damage
    folder = tmp_path_factory.mktemp("damaged")
    (folder / "a.zip").write_bytes(data)
    try:
        with ZipMembers(folder / "a.zip") as archive:
            for member in archive.members:
                archive.unpack(member, folder / "out")
    except (ArchiveRefusedError, MemberRefusedError, InputError):
        pass
