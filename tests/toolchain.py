"""The Python that set-up made for generated programs: tests run such programs in it, for ours may lack tkinter."""

from __future__ import annotations

import os
from pathlib import Path

from builders.toolchains.python import environment_python, toolchain_folder
from core.paths import Home

TOOLCHAIN = toolchain_folder(Home(Path(__file__).parents[1]), os.environ)
PYTHON = environment_python(TOOLCHAIN)


async def toolchain_python() -> Path:
    return PYTHON
