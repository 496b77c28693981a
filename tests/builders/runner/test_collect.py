"""What a hostile program left in its work folder never reaches further than a copy of plain files."""

import os
import socket
import sys

import pytest

from builders.runner.collect import collect, read_result

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hostile entries are made with POSIX calls")


@pytest.fixture
def work(tmp_path):
    folder = tmp_path / "work"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "good.txt").write_text("good")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "inner").write_text("secret")
    return folder


def link_to_file(work):
    (work / "bad").symlink_to(work.parent / "secret")


def link_to_folder(work):
    (work / "bad").symlink_to(work.parent / "secrets")


def dangling_link(work):
    (work / "bad").symlink_to("nowhere")


def named_pipe(work):
    os.mkfifo(work / "bad")


def unix_socket(work):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(work / "bad"))


def huge_sparse_file(work):
    with (work / "bad").open("wb") as stream:
        stream.truncate(1 << 40)


def reserved_name(work):
    (work / "NUL.txt").write_text("x")


def name_in_another_case(work):
    (work / "deep" / "GOOD.txt").write_text("x")


def misleading_name(work):
    (work / "evil\u202etxt.exe").write_text("x")


@pytest.mark.parametrize(
    "plant",
    [
        link_to_file,
        link_to_folder,
        dangling_link,
        named_pipe,
        unix_socket,
        huge_sparse_file,
        reserved_name,
        name_in_another_case,
        misleading_name,
    ],
)
@pytest.mark.timeout(10)
def test_a_hostile_entry_is_left_behind_and_the_rest_is_copied(plant, work, tmp_path):
    plant(work)
    out = tmp_path / "out"
    collected = collect(work, out)
    assert len(collected.refused) == 1
    assert len(collected.files) == 1
    copies = [path for path in out.rglob("*") if not path.is_dir()]
    assert [path.name.lower() for path in copies] == ["good.txt"]
    assert not any(path.is_symlink() for path in copies)
    assert (work / "deep" / "good.txt").read_text() == "good"


def test_the_total_is_bounded(work, tmp_path):
    for number in range(4):
        (work / f"part{number}").write_bytes(b"x" * 600_000)
    collected = collect(work, tmp_path / "out", total_mb=1)
    assert [reason for _, reason in collected.refused] == ["too large"] * 3


def test_one_result_is_read_within_its_limit(work):
    assert read_result(work, "deep/good.txt") == b"good"
    link_to_file(work)
    (work / "through").symlink_to(work.parent / "secrets")
    for name in ("bad", "through/inner", "../secret", "missing", "deep"):
        with pytest.raises(FileNotFoundError):
            read_result(work, name)
    with pytest.raises(FileNotFoundError):
        read_result(work, "deep/good.txt", limit=3)
