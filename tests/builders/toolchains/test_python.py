"""Environments are made by the real uv from real, tiny wheels in a local folder: hashes required, no source builds."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from builders.toolchains.python import PythonToolchain, environment_python, toolchain_folder
from core.errors import ConfigurationError, InputError
from core.paths import Home, install_folder


class Shelf:
    """A folder of wheels that stands in for the package index."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.lock = folder.parent / "toolchain.lock"
        self.hashes = {name: self.add(name, "1.0") for name in ("pytest", "hypothesis", "PyInstaller")}
        self.write_lock()

    def add(self, name: str, version: str, requires: str = "") -> str:
        """Put a wheel on the shelf and return its hash."""
        info = f"{name}-{version}.dist-info"
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        metadata += f"Requires-Dist: {requires}\n" if requires else ""
        files = {
            f"{name}.py": f"__version__ = {version!r}\n",
            f"{info}/METADATA": metadata,
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{path},sha256={_hash(text)},{len(text)}\n" for path, text in files.items())
        path = self.folder / f"{name}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            for file, text in (files | {f"{info}/RECORD": record + f"{info}/RECORD,,\n"}).items():
                wheel.writestr(file, text)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def add_source(self, name: str, canary: Path) -> None:
        """Put a source archive on the shelf whose set-up writes a file."""
        setup = (
            f"open({str(canary)!r}, 'w').close()\nfrom setuptools import setup\nsetup(name={name!r}, version='1.0')\n"
        )
        with tarfile.open(self.folder / f"{name}-1.0.tar.gz", "w:gz") as archive:
            for file, text in {"setup.py": setup, "PKG-INFO": f"Name: {name}\nVersion: 1.0\n"}.items():
                entry = tarfile.TarInfo(f"{name}-1.0/{file}")
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text.encode()))

    def write_lock(self) -> None:
        self.lock.write_text(
            "".join(f"{name.lower()}==1.0 --hash=sha256:{value}\n" for name, value in self.hashes.items())
        )

    def environ(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "UV_FIND_LINKS": str(self.folder),
            "UV_NO_INDEX": "1",
            "UV_OFFLINE": "1",
            "UV_CACHE_DIR": str(self.folder.parent / "cache"),
        }


def _hash(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "wheels")


@pytest.fixture
def toolchain(shelf: Shelf, tmp_path: Path) -> PythonToolchain:
    return PythonToolchain(tmp_path / "инструменты" / "python", shelf.lock, environ=shelf.environ())


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")] if folder.is_dir() else []


async def test_a_missing_toolchain_is_made_once_and_really_works(toolchain: PythonToolchain, tmp_path: Path) -> None:
    assert toolchain.available()
    first, second = await asyncio.gather(toolchain.shared(), toolchain.shared())
    assert first is second
    assert first.python == environment_python(tmp_path / "инструменты" / "python")
    assert first.packages["PyInstaller"] == "1.0"
    assert await toolchain.python() == first.python
    assert leftovers(tmp_path / "инструменты") == []


async def test_a_wheel_that_is_not_the_locked_one_is_refused(
    toolchain: PythonToolchain, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.hashes["pytest"] = "0" * 64
    shelf.write_lock()
    with pytest.raises(ConfigurationError) as caught:
        await toolchain.python()
    assert caught.value.code == "toolchain-failed"
    assert "hash" in str(caught.value.facts["detail"]).lower()
    assert not (tmp_path / "инструменты" / "python").exists()
    assert leftovers(tmp_path / "инструменты") == []


async def test_a_broken_toolchain_is_named_and_left_to_its_maker(
    toolchain: PythonToolchain, shelf: Shelf, tmp_path: Path
) -> None:
    python = await toolchain.python()
    for file in python.parents[1].rglob("pytest.py"):
        file.unlink()
    again = PythonToolchain(tmp_path / "инструменты" / "python", shelf.lock, environ=shelf.environ())
    with pytest.raises(ConfigurationError) as caught:
        await again.python()
    assert caught.value.code == "toolchain-broken"
    assert python.is_file()


async def test_unpacked_system_parts_are_shared_with_projects(
    toolchain: PythonToolchain, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.add("six", "1.5")
    python = await toolchain.python()
    assert toolchain.screen_parts() == ({}, ())
    system = python.parents[1] / "system"
    (system / "usr" / "lib").mkdir(parents=True)
    (system / "usr" / "lib" / "libx.so.1").write_text("x")
    (system / "usr" / "lib" / "libx.so").symlink_to("libx.so.1")
    (system / "display.json").write_text(json.dumps({"LD_LIBRARY_PATH": str(system)}))
    packages = next(python.parents[1].glob("lib/python*/site-packages"))
    (packages / "multicoder_system.py").write_text("MARK = 'here'\n")
    (packages / "multicoder_system.pth").write_text("import multicoder_system\n")
    made = await toolchain.environment_for(tmp_path / "project", ["six"])
    inner = made.python.parents[1] / "system" / "usr" / "lib"
    assert (inner / "libx.so").is_symlink()
    assert (inner / "libx.so").read_text() == "x"
    assert len(list(made.python.parents[1].glob("lib/python*/site-packages/multicoder_system.p*"))) == 2
    assert toolchain.screen_parts() == ({"LD_LIBRARY_PATH": str(system)}, (system,))


async def test_a_folder_that_is_no_environment_is_never_deleted(shelf: Shelf, tmp_path: Path) -> None:
    mine = tmp_path / "documents"
    mine.mkdir()
    (mine / "letter.txt").write_text("dear")
    with pytest.raises(ConfigurationError) as caught:
        await PythonToolchain(mine, shelf.lock, environ=shelf.environ()).python()
    assert caught.value.code == "toolchain-broken"
    assert (mine / "letter.txt").exists()


async def test_without_a_lock_or_a_tool_it_says_so(shelf: Shelf, tmp_path: Path) -> None:
    nowhere = PythonToolchain(tmp_path / "python", tmp_path / "no.lock", environ=shelf.environ())
    assert not nowhere.available()
    with pytest.raises(ConfigurationError) as caught:
        await nowhere.python()
    assert caught.value.code == "toolchain-missing"


async def test_no_dependencies_means_the_shared_one(toolchain: PythonToolchain, tmp_path: Path) -> None:
    assert await toolchain.for_project(tmp_path / "project", ["tkinter"]) == await toolchain.python()
    assert not (tmp_path / "project").exists()


async def test_dependencies_get_an_environment_of_their_own(
    toolchain: PythonToolchain, shelf: Shelf, tmp_path: Path
) -> None:
    shelf.add("six", "1.5")
    shelf.add("tabulate", "2.0", requires="six>=1")
    project = tmp_path / "проект 1"
    made = await toolchain.environment_for(project, ["tabulate>=1"])
    assert made.python.is_relative_to(project)
    assert made.packages == {
        "PyInstaller": "1.0",
        "hypothesis": "1.0",
        "pytest": "1.0",
        "six": "1.5",
        "tabulate": "2.0",
    }
    shelf.add("tabulate", "3.0")  # what was resolved stays resolved
    later = PythonToolchain(tmp_path / "инструменты" / "python", shelf.lock, environ=shelf.environ())
    assert await later.environment_for(project, ["tabulate>=1"]) == made
    assert leftovers(project) == []


async def test_a_source_archive_is_never_run(toolchain: PythonToolchain, shelf: Shelf, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    shelf.add_source("tabulate", canary)
    with pytest.raises(InputError) as caught:
        await toolchain.for_project(tmp_path / "project", ["tabulate"])
    assert caught.value.code == "dependency-unresolved"
    assert not canary.exists()
    assert leftovers(tmp_path / "project") == []


async def test_unknown_packages_are_refused_before_anything_happens(toolchain: PythonToolchain, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        await toolchain.for_project(tmp_path / "project", ["flsk"])
    assert caught.value.code == "dependency-consent"
    assert not (tmp_path / "инструменты").exists()


async def test_what_a_person_allowed_is_installed_like_the_known_ones_exactly_that_set(
    shelf: Shelf, tmp_path: Path
) -> None:
    asked: list[str] = []

    async def permitted(packages: str) -> bool:
        asked.append(packages)
        return packages == "odd-one>=1, odd-two"

    toolchain = PythonToolchain(tmp_path / "python", shelf.lock, environ=shelf.environ(), permitted=permitted)
    for name in ("six", "odd_one", "odd_two"):
        shelf.add(name, "1.5")
    for refused in (["odd-one>=1"], ["odd-one", "odd-two"], ["odd-one>=1", "odd-two", "odd-three"]):
        with pytest.raises(InputError) as caught:
            await toolchain.environment_for(tmp_path / "project", refused)
        assert caught.value.code == "dependency-consent"
    made = await toolchain.environment_for(tmp_path / "project", ["Odd_Two", "six", "odd.one>=1"])
    assert made.required == {"six", "odd-one", "odd-two"}
    assert asked[-1] == "odd-one>=1, odd-two"
    assert await toolchain.environment_for(tmp_path / "project", ["six"]) != made
    assert len(asked) == 4  # known ones ask nobody
    canary = tmp_path / "canary"
    shelf.add_source("odd_three", canary)

    async def everything(_packages: str) -> bool:
        return True

    generous = PythonToolchain(tmp_path / "python", shelf.lock, environ=shelf.environ(), permitted=everything)
    with pytest.raises(InputError) as caught:
        await generous.environment_for(tmp_path / "project", ["odd-three"])
    assert caught.value.code == "dependency-unresolved"
    assert not canary.exists()


async def test_a_cancelled_set_up_leaves_nothing_that_looks_finished(
    toolchain: PythonToolchain, tmp_path: Path
) -> None:
    work = asyncio.create_task(toolchain.python())
    while not leftovers(tmp_path / "инструменты"):  # noqa: ASYNC110 - another process makes them
        await asyncio.sleep(0.005)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    assert not (tmp_path / "инструменты" / "python").exists()
    assert leftovers(tmp_path / "инструменты") == []
    assert (await toolchain.python()).is_file()


def test_the_variable_moves_the_toolchain(tmp_path: Path) -> None:
    assert toolchain_folder(Home(tmp_path), {}) == install_folder() / ".toolchain"
    assert toolchain_folder(Home(tmp_path), {"MULTICODER_TOOLCHAIN": "/x/y"}) == Path("/x/y")
