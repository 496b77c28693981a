"""The builder says beforehand what it can do and refuses the rest."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders.build import ProgramBuilder, built_with
from builders.runner import make_runner
from builders.toolchains.python import PythonToolchain
from core.errors import BuildFailed, InputError
from tests.toolchain import TOOLCHAIN

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("language", "target", "possible"),
    [
        ("python", "exe", True),
        ("python", "zip", True),
        ("python", "source", True),
        ("web", "zip", True),
        ("web", "exe", False),
        ("rust", "exe", False),
        ("rust", "source", False),
    ],
)
def test_what_can_be_built_depends_on_language_and_target(
    order, builder, language: str, target: str, possible: bool
) -> None:
    assert builder.can_build(order({}, target, language=language).plan, target) is possible


def test_without_a_toolchain_nothing_can_be_made(order, tmp_path: Path) -> None:
    """Pages need no tool to be built, but nothing untested is delivered."""
    missing = PythonToolchain(tmp_path / "nothing", tmp_path / "no.lock")
    builder = ProgramBuilder(make_runner(), missing, tmp_path)
    assert not builder.can_build(order({}, "exe").plan, "exe")
    assert not builder.can_build(order({}, "zip", language="web").plan, "zip")


@pytest.mark.skipif(sys.platform != "linux", reason="the tools are asked for on Linux only")
def test_without_the_systems_build_tools_no_single_file_is_promised(order, builder, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("builders.toolchains.python.SANDBOX_PATH", str(tmp_path))
    unpacked = (TOOLCHAIN / "system" / "objcopy").exists()  # by set-up, where nothing could be installed
    assert builder.can_build(order({}, "exe").plan, "exe") is unpacked
    assert builder.can_build(order({}, "zip").plan, "zip")


async def test_an_impossible_target_is_refused(order, builder) -> None:
    with pytest.raises(BuildFailed) as caught:
        await builder.build(order({"index.html": "<p>"}, "exe", language="web"))
    assert caught.value.code == "target-unsupported"


async def test_unknown_dependencies_stop_the_build(order, builder) -> None:
    made = order({"main.py": "import flsk\n"}, "exe", dependencies=["flsk"])
    with pytest.raises(InputError) as caught:
        await builder.build(made)
    assert caught.value.code == "dependency-consent"


async def test_a_build_notes_what_it_was_built_with(order, builder) -> None:
    made = order({"main.py": "print(1)\n"}, "source")
    report = await builder.build(made)
    noted = built_with(made.folder)
    assert noted["required"] == []
    assert "pytest" in noted["packages"]
    assert report.artifact.is_relative_to(made.folder)
    assert built_with(made.folder / "elsewhere") == {}


async def test_a_file_built_before_is_fetched_from_wherever_it_is_still_intact(order, builder, tmp_path: Path) -> None:
    report = await builder.build(order({"main.py": "print(1)\n"}, "source"))
    moved = tmp_path / "moved" / "renamed.py"
    moved.parent.mkdir()
    report.artifact.rename(moved)
    report.artifact.write_bytes(b"damaged")
    again = replace(order({"main.py": "print(1)\n"}, "source"), folder=tmp_path / "again")
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "left over").touch()
    fetched = await builder.fetch(again, report, [tmp_path / "nowhere", moved])
    assert fetched.artifact == tmp_path / "again" / report.artifact.name
    assert await builder.intact(fetched)
    assert [entry.name for entry in (tmp_path / "again").iterdir()] == [fetched.artifact.name]
    moved.write_bytes(b"damaged as well")
    with pytest.raises(BuildFailed) as caught:
        await builder.fetch(again, report, [moved])
    assert (caught.value.code, caught.value.facts) == ("version-gone", {"path": str(moved)})
