"""A frozen program's toolchain is made of what it brings: a real, small archive is unpacked by the real uv, offline."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders.toolchains import python as python_module
from builders.toolchains.interpreters import LIST_VARIABLE, Supplies, install_interpreter, reachable
from builders.toolchains.python import PythonToolchain
from builders.toolchains.uv import Uv
from core.errors import ConfigurationError
from core.paths import Home
from tests.builders.toolchains.test_python import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the archive is made of a Python of Linux by links")

BASE = Path(sys.base_prefix)
NAME = f"python{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An install_only archive of the Python we run on, as little of it as starts and makes environments."""
    folder = tmp_path_factory.mktemp("archive")
    made = folder / "python"
    left_out = ("test", "tests", "site-packages", "dist-packages", "idlelib", "ensurepip", "config-*", "__pycache__")
    shutil.copytree(BASE / "lib" / NAME, made / "lib" / NAME, ignore=shutil.ignore_patterns(*left_out))
    (made / "lib" / NAME / "site-packages").mkdir()
    (made / "bin").mkdir()
    shutil.copy(BASE / "bin" / NAME, made / "bin" / NAME)
    (made / "bin" / "python3").symlink_to(NAME)
    packed = folder / "cpython.tar.gz"
    with tarfile.open(packed, "w:gz", compresslevel=1) as target:
        target.add(made, "python")
    return packed


@pytest.fixture
def supplies(archive: Path, tmp_path: Path) -> Supplies:
    """What a frozen folder brings, at a place with spaces and Cyrillic."""
    shelf = Shelf(tmp_path / "index")
    found = Supplies(tmp_path / "Мои программы" / "supplies", tmp_path / "data" / "kept")
    found.shipped_list.parent.mkdir(parents=True)
    shutil.copytree(shelf.folder, found.wheels)
    shutil.copy(shelf.lock, found.folder.with_name("toolchain.lock"))
    shutil.rmtree(shelf.folder)
    os.link(archive, found.shipped_list.with_name(archive.name))
    write_list(found.shipped_list, archive)
    return found


def write_list(listed: Path, archive: Path, *, sha256: str = "", url: str = "") -> None:
    entry: dict[str, Any] = {
        "name": "cpython",
        "arch": {"family": os.uname().machine, "variant": None},
        "os": "linux",
        "libc": "gnu",
        **dict(zip(("major", "minor", "patch"), sys.version_info[:3], strict=True)),
        "prerelease": "",
        "url": url or archive.name,
        "sha256": sha256 or hashlib.sha256(archive.read_bytes()).hexdigest(),
        "variant": None,
        "build": None,
    }
    listed.parent.mkdir(parents=True, exist_ok=True)
    listed.write_text(json.dumps({"cpython": entry}), encoding="utf-8")


def lives_on(python: Path) -> list[Path]:
    asked = "import sys, json; print(json.dumps([sys.prefix, sys.base_prefix]))"
    said = subprocess.run([python, "-I", "-c", asked], capture_output=True, text=True, check=True).stdout
    return [Path(path).resolve() for path in json.loads(said)]


MAKER = """
import asyncio, sys
from pathlib import Path
from builders.toolchains.interpreters import Supplies
from builders.toolchains.python import PythonToolchain
folder, kept, lock = map(Path, sys.argv[1:])
environ = {"PATH": "/usr/bin", "UV_OFFLINE": "1"}
supplies = Supplies(folder, kept)
asyncio.run(PythonToolchain(kept / "environment", lock, supplies=supplies, environ=environ).python())
"""


def kill_a_maker(supplies: Supplies, seconds: float) -> None:
    words = [str(supplies.folder), str(supplies.kept), str(supplies.folder.with_name("toolchain.lock"))]
    child = subprocess.Popen([sys.executable, "-c", MAKER, *words])
    time.sleep(seconds)
    child.kill()
    child.wait()


OFFLINE = {"UV_OFFLINE": "1"}


@pytest.fixture
def toolchain_at(supplies: Supplies) -> Callable[..., PythonToolchain]:
    def make(**more: str) -> PythonToolchain:
        lock = supplies.folder.with_name("toolchain.lock")
        environ = {"PATH": os.environ["PATH"], **OFFLINE, **more}
        return PythonToolchain(supplies.kept / "environment", lock, supplies=supplies, environ=environ)

    return make


async def test_the_toolchain_is_made_of_what_was_brought_and_outlives_the_move_of_the_program(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies
) -> None:
    toolchain = toolchain_at()
    assert toolchain.supplied()
    made = await toolchain.shared()
    assert made.version == ".".join(map(str, sys.version_info[:3]))
    assert made.packages["PyInstaller"] == "1.0"
    shutil.rmtree(supplies.folder)
    prefix, base = lives_on(made.python)
    assert prefix == supplies.kept / "environment"
    assert base.is_relative_to(supplies.kept / "interpreters")
    assert await toolchain_at().python() == made.python
    assert [path.name for path in supplies.kept.iterdir() if path.name.startswith(".")] == []


async def test_an_archive_with_another_digest_is_refused_and_nothing_of_it_stays(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies, archive: Path
) -> None:
    write_list(supplies.shipped_list, archive, sha256="0" * 64)
    with pytest.raises(ConfigurationError) as caught:
        await toolchain_at().shared()
    assert caught.value.code == "interpreter-failed"
    assert "Hash mismatch" in str(caught.value.facts["detail"])
    assert not list((supplies.kept / "interpreters").glob("cpython*"))
    assert not (supplies.kept / "environment").exists()
    write_list(supplies.shipped_list, archive)
    assert (await toolchain_at().python()).is_file()


@pytest.mark.parametrize("text", ["", "[]", '{"cpython": {}}', '{"cpython": 3}'])
async def test_a_list_that_is_none_is_told(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies, text: str
) -> None:
    supplies.shipped_list.write_text(text, encoding="utf-8")
    assert not toolchain_at().available()
    with pytest.raises(ConfigurationError) as caught:
        await toolchain_at().shared()
    assert caught.value.code == "interpreter-failed"


async def test_a_person_may_name_a_list_of_their_own(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies, archive: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.json"
    write_list(mine, archive, url=archive.as_uri())
    supplies.shipped_list.unlink()
    toolchain = toolchain_at(**{LIST_VARIABLE: str(mine)}, UV_FIND_LINKS=str(supplies.wheels), UV_NO_INDEX="1")
    assert toolchain.available()
    assert not toolchain.supplied()  # its wheels may have to be fetched
    assert (await toolchain.python()).is_file()


def test_an_archive_that_is_gone_is_noticed_before_it_is_needed(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies, archive: Path
) -> None:
    assert reachable(supplies.shipped_list)
    supplies.shipped_list.with_name(archive.name).unlink()
    assert not reachable(supplies.shipped_list)
    assert not toolchain_at().available()


@pytest.mark.slow
async def test_two_that_make_it_at_once_get_one_that_works(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies
) -> None:
    made = await asyncio.gather(*(toolchain_at().shared() for _ in range(3)))
    assert len({one.python for one in made}) == 1
    assert [path.name for path in supplies.kept.iterdir() if path.name.startswith(".")] == []


@pytest.mark.slow
async def test_a_set_up_that_was_killed_is_done_anew(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies
) -> None:
    """Whatever the moment: the process is killed at growing distances from its start."""
    for seconds in (0.4, 0.8, 1.4, 2.2):
        await asyncio.to_thread(kill_a_maker, supplies, seconds)
    made = await toolchain_at().shared()
    assert made.packages["pytest"] == "1.0"


@pytest.mark.slow
async def test_what_killed_set_ups_and_earlier_versions_left_goes_in_time(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies
) -> None:
    old, abandoned, working = supplies.kept.with_name("earlier"), supplies.kept / ".toolchain-a", supplies.kept / ".x-b"
    for folder in (old, abandoned, working):
        folder.mkdir(parents=True)
    long_ago = time.time() - 86_400
    os.utime(abandoned, (long_ago, long_ago))
    await toolchain_at().python()
    assert not old.exists()
    assert not abandoned.exists()
    assert working.exists()


async def test_without_an_interpreter_a_frozen_program_says_so(
    toolchain_at: Callable[..., PythonToolchain], supplies: Supplies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(python_module, "frozen", lambda: True)
    supplies.shipped_list.unlink()
    assert not toolchain_at().available()
    with pytest.raises(ConfigurationError) as caught:
        await toolchain_at().shared()
    assert caught.value.code == "toolchain-no-python"


async def test_a_full_disk_is_told_and_leaves_nothing_half_made(supplies: Supplies, tmp_path: Path) -> None:
    """The limit on the size of files stands for the disk: uv is given it by a shell in its place."""
    real = shutil.which("uv", path=str(Path(sys.executable).parent))
    tight = supplies.folder / "uv"
    tight.write_text(f'#!/bin/sh\ntrap "" XFSZ\nulimit -f 2000\nexec "{real}" "$@"\n')
    tight.chmod(0o755)
    uv = Uv({"PATH": "/usr/bin", **OFFLINE}, supplies.folder, tmp_path / "cache")
    with pytest.raises(ConfigurationError) as caught:
        await install_interpreter(uv, supplies.shipped_list, tmp_path / "interpreters")
    assert caught.value.code == "interpreter-failed"
    assert "too large" in str(caught.value.facts["detail"])
    assert not list((tmp_path / "interpreters").glob("cpython*"))


def test_another_program_keeps_its_toolchain_elsewhere(tmp_path: Path) -> None:
    first = Supplies.of(Home(tmp_path), {}).kept
    listed = tmp_path / "mine.json"
    listed.write_text("{}")
    other = Supplies.of(Home(tmp_path), {LIST_VARIABLE: str(listed)}).kept
    assert first.parent == other.parent == Home(tmp_path).toolchain
    assert first != other
