"""An artifact is unpacked for a look like a stranger's archive: nothing leaves its folder, nothing explodes."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from builders.unpacked import MAX_ENTRIES, unpack
from core.errors import BuildFailed, InputError


@pytest.mark.parametrize("name", ["../evil", "/tmp/evil", "a/../../evil", "C:/evil", "con.txt"])
def test_a_hostile_entry_is_refused(order, tmp_path: Path, name: str) -> None:
    archive = tmp_path / "words.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.writestr("words/main.py", "")
        target.writestr(name, "x")
    with pytest.raises(InputError):
        unpack(archive, order({}, "zip").plan, tmp_path / "look", Path(sys.executable))
    assert not list(tmp_path.rglob("evil"))


def test_an_archive_that_explodes_is_refused(order, tmp_path: Path) -> None:
    many, large = tmp_path / "many.zip", tmp_path / "large.zip"
    with zipfile.ZipFile(many, "w") as target:
        for number in range(MAX_ENTRIES + 1):
            target.writestr(f"words/{number}", "")
    with zipfile.ZipFile(large, "w", zipfile.ZIP_DEFLATED) as target:
        for number in range(21):
            target.writestr(f"words/{number}", bytes(10 << 20))
    for archive in (many, large):
        with pytest.raises(BuildFailed):
            unpack(archive, order({}, "zip").plan, tmp_path / "look", Path(sys.executable))
        assert not list((tmp_path / "look").iterdir())
