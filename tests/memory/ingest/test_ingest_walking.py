"""What lies at a path: limits, links, loops, devices and odd names."""

from __future__ import annotations

import os
import socket
import sys

import pytest

from memory.ingest import walking
from memory.ingest.forms import rule_of
from memory.ingest.walking import plan_ingest


def names(plan):
    return [found.name for found in plan.files]


def reasons(plan):
    return {item.name: item.reason for item in plan.refused}


def test_a_folder_is_walked_in_order_and_what_tools_made_is_left_out(tmp_path):
    top = tmp_path / "проект"
    for name in ("b.txt", "a/z.py", "a/пустой.md", ".git/config", "node_modules/x/index.js"):
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text("x" if "пустой" not in name else "", encoding="utf-8")
    plan = plan_ingest([top])
    assert names(plan) == ["проект/a/z.py", "проект/a/пустой.md", "проект/b.txt"]
    assert reasons(plan) == {"проект/.git": "tool-folder", "проект/node_modules": "tool-folder"}
    assert plan.size == 2
    assert names(plan_ingest([top / ".git"])) == [".git/config"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_links_loops_and_devices_are_refused_and_never_followed(tmp_path):
    top = tmp_path / "top"
    top.mkdir()
    (top / "real.txt").write_text("x")
    (top / "loop").symlink_to(top)
    (top / "out.txt").symlink_to("/etc/passwd")
    (top / "dangling").symlink_to(tmp_path / "nowhere")
    os.mkfifo(top / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(top / "sock"))
        plan = plan_ingest([top, top / "pipe", top / "real.txt"])
    assert names(plan) == ["top/real.txt", "real.txt"]
    expected = {"top/loop": "link", "top/out.txt": "link", "top/dangling": "link", "top/pipe": "device"}
    assert reasons(plan) == expected | {"top/sock": "device", str(top / "pipe"): "device"}
    assert names(plan_ingest([top / "out.txt"])) == ["out.txt"], "a link that is named is meant"


def test_what_is_missing_is_told(tmp_path):
    (item,) = plan_ingest([tmp_path / "nowhere.txt"]).refused
    assert (item.reason, item.named) == ("missing", True)


def test_limits_refuse_what_is_beyond_them_and_nothing_else(tmp_path, monkeypatch):
    for name, size in (("a", 10), ("b", 30), ("c", 10), ("d", 10), ("e", 1)):
        (tmp_path / name).write_bytes(bytes(size))
    monkeypatch.setattr(walking, "FILE_BYTES", 20)
    monkeypatch.setattr(walking, "TOTAL_BYTES", 25)
    monkeypatch.setattr(walking, "MOST_FILES", 2)
    plan = plan_ingest([tmp_path])
    top = tmp_path.name
    assert names(plan) == [f"{top}/a", f"{top}/c"]
    assert reasons(plan) == {f"{top}/b": "file-too-large", f"{top}/d": "too-many-files", f"{top}/e": "too-many-files"}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text_is_shown_and_its_file_found(tmp_path):
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(raw, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(b"x")
    (found,) = plan_ingest([tmp_path]).files
    assert found.name == f"{tmp_path.name}/caf\\xe9.txt"
    assert found.path.read_bytes() == b"x"
    assert found.origin.endswith("caf%E9.txt")


@pytest.mark.parametrize(
    ("name", "form", "kind"),
    [
        ("src/Main.PY", "text", "code"),
        ("Makefile", "text", "code"),
        ("README", "text", "docs"),
        ("notes.md", "text", "docs"),
        ("build.log", "text", "errors"),
        ("out/stderr.txt", "text", "errors"),
        ("таблица.xlsx", "xlsx", "docs"),
        ("data.csv", "text", "docs"),
        ("Договор.DOCX", "docx", "docs"),
        ("page.htm", "html", "docs"),
        ("photo.JPG", "picture", "docs"),
        ("old.doc", "closed", "docs"),
        ("a.zip", "zip", "docs"),
        ("unknown.xyz", "text", "docs"),
        (".gitignore", "text", "docs"),
    ],
)
def test_the_name_decides_how_a_file_is_taken(name, form, kind):
    rule = rule_of(name)
    assert (rule.form, rule.kind) == (form, kind)
