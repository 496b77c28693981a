"""Documents that are gone are told at the next start, in data folders that had some."""

from __future__ import annotations

import pytest

from core.errors import StorageError
from core.paths import Home
from engine.bootstrap import open_engine
from engine.intact import check_nothing_lost
from memory.documents import FILE


@pytest.mark.parametrize("how", ["gone", "empty"])
async def test_lost_documents_are_told_and_no_empty_file_is_begun(tmp_path, how):
    home = Home(tmp_path / "home")
    async with open_engine(home, team="demo"):
        pass
    check_nothing_lost(home)
    for path in home.root.glob(f"{FILE}*"):
        path.unlink()
    if how == "empty":
        (home.root / FILE).touch()
    with pytest.raises(StorageError) as told:
        check_nothing_lost(home)
    assert told.value.facts["path"] == str(home.root / FILE)
    (home.root / "recall.db").unlink()
    check_nothing_lost(home)  # as in a data folder of a program that kept no documents yet
