"""A data folder as a real demo run leaves it, and journals of many events."""

from __future__ import annotations

import asyncio
import shutil
import time

import pytest

from core.paths import Home
from tests.engine.reports.folders import BIG, MANY, driven, filled


@pytest.fixture(scope="session")
def demo_original(tmp_path_factory):
    """One delivered program and one answered question: (home, [(project, run), ...])."""
    folder = tmp_path_factory.mktemp("demo")
    home, out = Home(folder / "home"), folder / "out"
    home.prepare()
    out.mkdir()
    runs = asyncio.run(driven(home, out))
    assert [end for _, _, end in runs] == ["delivered", "answered"]
    return home, [(project, run) for project, run, _ in runs]


@pytest.fixture
def demo(demo_original, tmp_path):
    """A copy of it that may be changed."""
    original, runs = demo_original
    copy = Home(tmp_path / "demo")
    shutil.copytree(original.root, copy.root)
    return copy, runs


@pytest.fixture(scope="session")
def many(tmp_path_factory):
    """More events than HTML, PDF and TXT list."""
    return filled(tmp_path_factory.mktemp("many"), MANY)


@pytest.fixture(scope="session")
def big(tmp_path_factory):
    """A journal of 100,000 events."""
    return filled(tmp_path_factory.mktemp("big"), BIG)


@pytest.fixture(autouse=True)
def one_time_zone(monkeypatch):
    """Days and stamps of these tests are those of UTC, wherever they run."""
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
