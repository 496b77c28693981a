"""A source artifact is the one file of the program, or a zip with its tests."""

from __future__ import annotations

import zipfile

from builders.targets.source import build_source


def names_in(built) -> set[str]:
    with zipfile.ZipFile(built.artifact) as source:
        return set(source.namelist())


async def test_a_program_of_one_file_is_that_file(order) -> None:
    built = await build_source(order({"main.py": "print('й')\n", "tests/test_main.py": ""}, "source"))
    assert built.artifact.name == "words.py"
    assert built.artifact.read_bytes().decode() == "print('й')\n"


async def test_a_larger_program_is_a_zip_with_its_tests(order, cli_files) -> None:
    built = await build_source(order(cli_files, "source"))
    assert names_in(built) == {f"words/{name}" for name in [*cli_files, "README.md"]}


async def test_an_interrupted_build_leaves_nothing_in_the_next(order, cli_files) -> None:
    made = order(cli_files, "source")
    leftover = made.folder / "artifact" / "old.zip"
    leftover.parent.mkdir(parents=True)
    leftover.touch()
    built = await build_source(made)
    assert [path.name for path in built.artifact.parent.iterdir()] == ["words.zip"]
