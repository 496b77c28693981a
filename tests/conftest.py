"""Fixtures every test may ask for: a data folder of its own and a clean environment."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from core.i18n import COMMAND_VARIABLE
from core.paths import Home

if TYPE_CHECKING:
    from pathlib import Path


settings.register_profile("multicoder", settings(), deadline=None)  # a busy machine is no failure
settings.load_profile("multicoder")


def pytest_configure() -> None:
    """Let texts name the program as it is, not the starter of the tests: catalogues are read once, some by imports."""
    os.environ.pop(COMMAND_VARIABLE, None)


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
