"""The one launch path for generated code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from builders.runner.interpreters import interpreter_reads

if TYPE_CHECKING:
    from core.ports import Runner

__all__ = ["interpreter_reads", "make_runner"]


def make_runner() -> Runner:
    """Make the runner of this platform; where it cannot protect, it says so and refuses."""
    if sys.platform == "win32":
        from builders.runner.windows import WindowsRunner  # noqa: PLC0415 - only where it can work

        return WindowsRunner()
    else:  # noqa: RET505 - the type checker skips the branch of the other platform
        from builders.runner.linux import LinuxRunner  # noqa: PLC0415 - as above

        return LinuxRunner()
