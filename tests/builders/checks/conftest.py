"""Plans and a checker with the real runner of this machine."""

from __future__ import annotations

import pytest
from check_plans import module, plan_for

from builders.checks.checker import PythonChecker
from builders.runner import make_runner
from tests.toolchain import toolchain_python


@pytest.fixture
def plan():
    """Make a plan for files: `plan(files, **changes)`."""
    return plan_for


@pytest.fixture
def contract():
    """Make a module contract: `contract(*paths, exports=..., interface=...)`."""
    return module


@pytest.fixture
def checker(tmp_path) -> PythonChecker:
    return PythonChecker(make_runner(), toolchain_python, tmp_path / "scratch")
