"""The scripts that start an unpacked program: `run.bat` for Windows, `run.sh` for everything else."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.plan import Plan


def launchers(plan: Plan) -> dict[str, str]:
    """Return the launcher scripts by name; none for languages that need a compiler first.

    They do not change the current folder: a console program is asked about files where the person is.
    """
    entry = plan["entry_point"]
    if plan["language"] == "python":
        return {"run.bat": _python_bat(entry), "run.sh": _python_sh(entry)}
    if plan["language"] == "web":
        return {
            "run.bat": _bat(entry, 'start "" {entry}'),
            "run.sh": _sh(f'exec xdg-open "$here"/{shlex.quote(entry)}'),
        }
    return {}


def _python_bat(entry: str) -> str:
    return _bat(
        entry,
        'set "PYTHONPATH=%~dp0"',
        "where py >nul 2>nul",
        "if errorlevel 1 (python {entry} %*) else (py -3 {entry} %*)",
    )


def _python_sh(entry: str) -> str:
    return _sh(f'PYTHONPATH="$here" exec python3 "$here"/{shlex.quote(entry)} "$@"')


def _bat(entry: str, *lines: str) -> str:
    path = '"%~dp0' + entry.replace("/", "\\").replace("%", "%%") + '"'
    first = ["@echo off"] if entry.isascii() else ["@echo off", "chcp 65001 >nul"]
    return "\r\n".join((*first, *(line.replace("{entry}", path) for line in lines), ""))


def _sh(*lines: str) -> str:
    return "\n".join(("#!/bin/sh", 'here=$(cd -- "$(dirname -- "$0")" && pwd)', *lines, ""))
