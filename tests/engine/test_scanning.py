"""The rules by name and content, and the antivirus of the computer, real processes in its place."""

from __future__ import annotations

import os
import re
import sys
import time

import pytest

from builders.antivirus import Antivirus, find_antiviruses, look_through
from core.errors import ResearchError
from core.i18n import explain
from engine.progress import Story
from engine.scanning import Allowance, left_out_by_name, look_at
from tests.engine.taking_world import COMMIT, EICAR, Host, Stand, zipped

PATH = f"/owner/tools/zip/{COMMIT}"
posix = pytest.mark.skipif(os.name == "nt", reason="programs without an ending")

KEPT = [
    "README.md", "src/agents.py", "docs/claude.rst", "src/mcp.py", ".gitignore", ".gitattributes", ".editorconfig",
    "hooks/use-state.ts", "src/hooks/index.js", "vscode/readme.md", "config", "git/x.py", ".github/workflows/ci.yml",
    "LICENSE", "cursor.py", "setup.py", "Makefile", "idea.txt",
]  # fmt: skip


@pytest.mark.parametrize("name", KEPT)
def test_what_is_plain_source_is_not_left_out_by_its_name(name):
    assert left_out_by_name(name) == ""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ is how programs of DOS begin\n",
        "Прога".encode("cp1251"),
        b"\xff\xfe" + "text\n".encode("utf-16-le"),
        b"PK is how archives begin\n",
        b"\x89PNG\r\n\x1a\n" + bytes(60),
        b"#!/bin/sh\necho fine\n",
        zipped({"a.txt": "inside\n"}, root=""),
    ],
)
def test_what_is_text_or_a_harmless_archive_is_kept(tmp_path, data):
    file = tmp_path / "file"
    file.write_bytes(data)
    assert look_at(file, "file", tmp_path, Allowance()).refused == ""
    assert [path.name for path in tmp_path.iterdir()] == ["file"], "nothing of what was looked into is left"


def test_archives_inside_share_one_allowance(tmp_path):
    file = tmp_path / "a.zip"
    file.write_bytes(zipped({"a.txt": "x" * 600}, root=""))
    allowance = Allowance(1_000)
    assert look_at(file, "a.zip", tmp_path, allowance).refused == ""
    assert look_at(file, "a.zip", tmp_path, allowance).refused == "nested archive-bytes"


def test_no_pattern_takes_long_on_a_text_made_for_it(tmp_path):
    file = tmp_path / "setup.py"
    pieces = [
        "curl ",
        "base64 -d ",
        "exec(",
        "ignore ",
        ">> ",
        "powershell -e ",
        "eval $(",
        "login data ",
        '"install" ',
    ]
    for piece in pieces:
        file.write_text(piece * (120_000 // len(piece)), encoding="utf-8")
        began = time.perf_counter()
        look_at(file, "setup.py", tmp_path, Allowance())
        assert time.perf_counter() - began < 1, piece


@pytest.fixture
def host(tmp_path):
    folder = tmp_path / "authority"
    folder.mkdir()
    host = Host(folder)
    host.bodies[PATH] = zipped({"a.py": "1\n"})
    yield host
    host.close()


def program(folder, name, code):
    """A program of the command line that stands where an antivirus would."""
    file = folder / name
    file.write_text(f"#!{sys.executable}\nimport sys, time\n{code}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


FINDS = "print(f'{sys.argv[-1]}: Unix.Test-1 FOUND')\nsys.exit(1)"
CLEAN = "sys.exit(0)"
FAILS = "print('cannot reach the daemon', file=sys.stderr)\nsys.exit(2)"


def clams(folder, **codes):
    for name, code in codes.items():
        program(folder, name, code)
    return find_antiviruses({"PATH": str(folder)})


@posix
async def test_what_the_antivirus_finds_is_refused_as_a_whole(home, host, tmp_path):
    antiviruses = clams(tmp_path, clamdscan=FINDS)
    async with Stand(home, host.place, host.root, antiviruses=antiviruses) as stand:
        with pytest.raises(ResearchError) as caught:
            await stand.take()
        assert await stand.documents.documents() == []
    assert "ClamAV: Unix.Test-1" in explain(caught.value, "en").what


@posix
async def test_who_looked_is_told(home, host, tmp_path):
    antiviruses = clams(tmp_path, clamdscan=FAILS, clamscan=CLEAN)
    async with Stand(home, host.place, host.root, antiviruses=antiviruses) as stand:
        assert (await stand.take()).antivirus == "ClamAV"
        (event,) = stand.sink.named("repository.taken")
    assert "ClamAV looked through it" in Story("en").tell(event)


@posix
async def test_an_antivirus_that_fails_is_never_taken_for_clean(home, host, tmp_path):
    antiviruses = clams(tmp_path, clamdscan=FAILS)
    async with Stand(home, host.place, host.root, antiviruses=antiviruses) as stand:
        assert (await stand.take()).antivirus == ""
        (event,) = stand.sink.named("repository.taken")
    assert "could not look through it (cannot reach the daemon)" in Story("en").tell(event)


@posix
async def test_an_antivirus_that_hangs_is_ended(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(EICAR)
    began = time.monotonic()
    report = await look_through(file, clams(tmp_path, clamscan="time.sleep(60)"), seconds=0.5)
    assert (report.verdict, report.detail) == ("failed", "timeout")
    assert time.monotonic() - began < 20


async def test_an_antivirus_that_cannot_be_started_has_failed(tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"x")
    gone = Antivirus("Gone", (str(tmp_path / "nowhere"),), 1, re.compile("FOUND"))
    assert (await look_through(file, [gone])).verdict == "failed"
    assert (await look_through(file, [])).verdict == "absent"
