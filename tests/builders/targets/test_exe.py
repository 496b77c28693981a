"""Executables are really built, really start, and builds that PyInstaller calls fine although they are not, fail."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from builders.build import built_with
from builders.delivery import file_sha256
from builders.targets.exe import broken_build, missing_modules, pyinstaller_command
from builders.targets.version_resource import version_resource
from core.errors import BuildFailed, InputError

if TYPE_CHECKING:
    from pathlib import Path

BROKEN_TK = """\
812 INFO: Loading module hook 'hook-_tkinter.py' from '/x/PyInstaller/hooks'
815 WARNING: tkinter installation is broken. It will be excluded from the application
903 INFO: Build complete! The results are available in: /x/dist
"""
BROKEN_LIBRARY = """\
1040 WARNING: Library not found: could not resolve 'libtk8.6.so', dependency of '/usr/lib/_tkinter.so'.
1041 INFO: Looking for eggs
"""
PLUGIN_LIBRARY = """\
99 WARNING: Library not found: could not resolve 'libpq.so.5', dependency of '/x/PySide6/Qt/plugins/sqldrivers/p.so'.
"""
CLEAN = """\
70 INFO: PyInstaller: 6.22.3, contrib hooks: 2026.9
900 WARNING: Library user32 required via ctypes not found
903 INFO: Build complete! The results are available in: /x/dist
"""
MISSING = """\
This file lists modules PyInstaller was not able to find. This does not
necessarily mean this module is required for running your program.

missing module named 'org.python' - imported by copy (optional)
missing module named winreg - imported by importlib._bootstrap_external (conditional)
missing module named first - imported by /b/source/main.py (top-level)
missing module named maybe - imported by /b/source/main.py (optional), app.words (delayed, optional)
missing module named inside - imported by app.words (delayed)
missing module named msvcrt - imported by subprocess (optional), app.words (delayed)
missing module named _tkinter - imported by tkinter (top-level)
missing module named tkinter - imported by app.words (top-level)
missing module named numpy - imported by pandas (top-level), app.words (conditional)
"""


TK = {"main.py": "import tkinter\n", "app/words.py": ""}
NO_TK = {"main.py": "import PIL\n", "app/words.py": "", "notes.txt": "tkinter"}
HIDDEN = "12 ERROR: Hidden import 'app.words' not found!\n"


@pytest.mark.parametrize("log", [BROKEN_TK, BROKEN_LIBRARY, HIDDEN])
def test_a_log_that_speaks_of_a_broken_program_is_noticed(log: str) -> None:
    assert len(broken_build(log, TK)) == 1


@pytest.mark.parametrize(
    ("log", "files"),
    [
        (CLEAN, TK),
        (BROKEN_TK, NO_TK),
        ('13 WARNING: Hidden import "pysqlite2" not found!\n', TK),
        (PLUGIN_LIBRARY, TK),
        (PLUGIN_LIBRARY.replace("/", "\\"), TK),
    ],
)
def test_what_only_a_package_could_use_is_no_alarm(log: str, files: dict[str, str]) -> None:
    assert broken_build(log, files) == []


def test_only_the_program_s_own_unexcused_imports_count_as_missing() -> None:
    own = {"/b/source/main.py", "app.words"}
    missing = [line.split()[2].rstrip(",") for line in missing_modules(MISSING, own)]
    assert missing == ["first", "inside", "tkinter"]


def test_the_command_takes_data_files_and_modules_imported_by_name(order, cli_files, tmp_path: Path) -> None:
    command = pyinstaller_command(order(cli_files, "exe"), tmp_path / "python")
    assert "source/data/greeting.txt:data" in command
    assert "app.words" in command
    assert not any("test" in word for word in command[1:])
    assert "--console" in command
    assert "--windowed" in pyinstaller_command(order(cli_files, "exe", kind="gui"), tmp_path / "python")


def test_the_version_resource_is_data_whatever_the_title() -> None:
    text = version_resource("O'Neil's \"калькулятор\"\n)", "calculator", 3)
    names = ("FixedFileInfo", "StringFileInfo", "StringStruct", "StringTable", "VarFileInfo", "VarStruct")
    seen: list[tuple[str, str]] = []
    scope = {name: lambda *_, **__: None for name in names}
    scope["StringStruct"] = lambda key, value: seen.append((key, value))
    eval(text, {"__builtins__": {}}, scope | {"VSVersionInfo": lambda **_: None})
    assert dict(seen)["ProductName"] == "O'Neil's \"калькулятор\"\n)"
    assert dict(seen)["FileVersion"] == "3.0.0.0"


def test_a_console_program_becomes_one_file_that_runs_anywhere(cli_build, tmp_path: Path) -> None:
    order, report = cli_build
    assert report.artifact.name == ("words.exe" if sys.platform == "win32" else "words")
    assert report.artifact.is_relative_to(order.folder)
    assert report.sha256 == file_sha256(report.artifact)
    assert report.size == report.artifact.stat().st_size > 1_000_000
    assert os.access(report.artifact, os.X_OK)
    assert "PyInstaller" in report.commands[0]
    assert (
        "PyInstaller" in built_with(order.folder)["packages"] or "pyinstaller" in built_with(order.folder)["packages"]
    )
    if sys.platform != "win32":
        assert "Windows .exe can only be built on Windows" in report.log
    done = subprocess.run(
        [report.artifact, "a", "b"], cwd=tmp_path, input=b"", capture_output=True, check=True, timeout=60
    )
    assert done.stdout.decode().strip() == "Привет, слов: 2"


@pytest.mark.slow
async def test_a_repeated_build_gives_the_same_bytes(cli_build, builder) -> None:
    order, report = cli_build
    assert (await builder.build(order)).sha256 == report.sha256


@pytest.mark.slow
async def test_a_missing_package_fails_the_build(order, builder) -> None:
    files = {"main.py": "import sys\nimport nosuchpackage\nprint(nosuchpackage.x)\n"}
    with pytest.raises(BuildFailed) as caught:
        await builder.build(order(files, "exe"))
    assert "missing module nosuchpackage, imported by" in caught.value.log
    assert not (order(files, "exe").folder / "artifact").exists()


async def test_a_file_name_cannot_leave_the_build(order, builder, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        await builder.build(order({"main.py": "", "../../evil.py": ""}, "exe"))
    assert not (tmp_path / "evil.py").exists()
