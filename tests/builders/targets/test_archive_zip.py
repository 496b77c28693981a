"""Zips are the same bytes for the same project, hold what a person needs, and start after unpacking."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from builders.targets.archive_zip import build_zip
from builders.targets.launchers import launchers
from core.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


def listing(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as source:
        assert source.testzip() is None
        return {name: source.read(name) for name in source.namelist()}


def built_bytes(built) -> bytes:
    return built.artifact.read_bytes()


async def test_a_zip_has_the_program_launchers_and_guide_but_no_tests(order, cli_files) -> None:
    built = await build_zip(order(cli_files, "zip", dependencies=["rich>=13", "flask"]))
    assert built.artifact.name == "words.zip"
    files = listing(built.artifact)
    own = {"main.py", "app/__init__.py", "app/words.py", "data/greeting.txt"}
    assert set(files) == {f"words/{name}" for name in own | {"run.bat", "run.sh", "README.md", "requirements.txt"}}
    assert files["words/data/greeting.txt"].decode() == cli_files["data/greeting.txt"]
    assert files["words/requirements.txt"] == b"flask\nrich>=13\n"
    assert files["words/run.bat"].count(b"\r\n") == files["words/run.bat"].count(b"\n") > 2


async def test_what_the_checks_take_for_the_program_is_delivered_and_nothing_else(order) -> None:
    program = {"main.py": "", "test_questions.json": "[]", "quiz/test_page.html": "<p>"}
    tests = {"quiz/tests/sample.json": "[]", "quiz/quiz_test.py": "", "test_main.py": "", "conftest.py": ""}
    files = listing((await build_zip(order(program | tests, "zip"))).artifact)
    assert set(files) == {f"words/{name}" for name in (*program, "run.bat", "run.sh", "README.md")}


async def test_equal_projects_give_equal_bytes(order, cli_files) -> None:
    first = built_bytes(await build_zip(order(cli_files, "zip")))
    backwards = dict(reversed(list(cli_files.items())))
    assert built_bytes(await build_zip(order(backwards, "zip"))) == first
    assert built_bytes(await build_zip(order(cli_files | {"main.py": "pass\n"}, "zip"))) != first


async def test_the_project_s_own_files_win(order) -> None:
    files = {"main.py": "", "readme.md": "mine", "RUN.SH": "mine"}
    names = set(listing((await build_zip(order(files, "zip"))).artifact))
    assert names == {"words/main.py", "words/readme.md", "words/RUN.SH", "words/GUIDE.md", "words/run.bat"}


async def test_a_lone_page_stays_a_page(order) -> None:
    web = {"language": "web", "kind": "web", "entry_point": "page.html"}
    built = await build_zip(order({"page.html": "<h1>ё", "tests/test_page.py": ""}, "zip", **web))
    assert built.artifact.name == "words.html"
    assert built_bytes(built).decode() == "<h1>ё"


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "a/../../evil", "CON", "a\u202eb"])
async def test_names_that_lead_elsewhere_are_refused(order, name: str) -> None:
    with pytest.raises(InputError):
        await build_zip(order({"main.py": "", name: ""}, "zip"))


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize("entry", ["main.py", "мой код/main program's.py"])
def test_the_launcher_starts_the_program_from_anywhere(order, tmp_path: Path, entry: str) -> None:
    program = tmp_path / "программа"
    (program / entry).parent.mkdir(parents=True)
    (program / "words.py").write_text("NAME = 'слова'\n", encoding="utf-8")
    (program / entry).write_text("import sys, words\nprint(words.NAME, sys.argv[1:])\n", encoding="utf-8")
    scripts = launchers(order({}, "zip", entry_point=entry).plan)
    (program / "run.sh").write_text(scripts["run.sh"], encoding="utf-8")
    done = subprocess.run(
        ["/bin/sh", program / "run.sh", "a b", "$HOME"], cwd=tmp_path, capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode() == "слова ['a b', '$HOME']\n"


def test_the_windows_launcher_survives_percent_signs_and_folders(order) -> None:
    text = launchers(order({}, "zip", entry_point="a/100% sure.py").plan)["run.bat"]
    assert '"%~dp0a\\100%% sure.py" %*' in text
