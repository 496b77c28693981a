"""Fixtures every test may ask for: a data folder of its own and a clean environment."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from core.i18n import COMMAND_VARIABLE
from core.paths import Home

TOGETHER = (
    "builders/test_smoke",
    "engine/paranoid/",
    "engine/recovery/",
    "engine/reports/",
    "engine/sealed/",
    "faults/test_damage",
    "faults/test_rewind_everywhere",
    "graph/test_studio",
    "gui/test_first_start",
    "gui/test_language",
    "rules/",
)
"""Folders and files whose tests share what takes long to make: one worker makes it once and runs them all."""

settings.register_profile("multicoder", settings(), deadline=None)  # a busy machine is no failure
settings.load_profile("multicoder")


def pytest_configure() -> None:
    """Let texts name the program as it is, not the starter of the tests: catalogues are read once, some by imports."""
    os.environ.pop(COMMAND_VARIABLE, None)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares an expensive beginning."""
    root = Path(__file__).parent
    for item in items:
        place = item.path.relative_to(root).as_posix()
        for shared in TOGETHER:
            if place.startswith(shared) and item.get_closest_marker("xdist_group") is None:
                item.add_marker(pytest.mark.xdist_group(shared))


@pytest.fixture(autouse=True)
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the person's own data folder, providers or language."""
    for name in [name for name in os.environ if name.startswith(("MULTICODER_", "LANGSMITH_", "LANGCHAIN_"))]:
        monkeypatch.delenv(name)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MULTICODER_HOME", str(tmp_path / "default-home"))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A prepared data folder."""
    folder = Home(tmp_path / "home")
    folder.prepare()
    return folder
