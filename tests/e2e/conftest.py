"""A shell with a data folder of its own, and what can be known of a delivered file."""

from __future__ import annotations

import pytest

from tests.e2e.command_line import CommandLine


@pytest.fixture
def cli(tmp_path):
    return CommandLine(tmp_path / "home")


@pytest.fixture
def out(tmp_path):
    """Where finished programs go; created by the program itself."""
    return tmp_path / "finished programs"
