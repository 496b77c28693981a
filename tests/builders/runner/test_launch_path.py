"""Programs are started in one place, ourselves in another, a person's browser in a third: elsewhere nothing may."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGES = ("core", "agents", "memory", "builders", "graph", "engine", "gui")
ALLOWED = ("builders/runner/", "engine/own_process.py", "agents/providers/webchat/browser.py")
MODULES = {"subprocess", "pty", "multiprocessing", "concurrent.futures.process"}
CALLS = {
    "os": {"system", "popen", "fork", "forkpty", "posix_spawn", "posix_spawnp", "startfile"},
    "asyncio": {"create_subprocess_exec", "create_subprocess_shell"},
}
FAMILIES = ("exec", "spawn")


def launches(source: str) -> list[str]:
    """Names of every import and call in `source` that could start a program."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name in MODULES]
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
            found += [node.module] if node.module in MODULES else []
            found += [name for name in names if starts(node.module or "", name)]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found += [node.attr] if starts(node.value.id, node.attr) else []
        elif isinstance(node, ast.Attribute) and node.attr.startswith("subprocess_"):
            found.append(node.attr)
    return found


def starts(module: str, name: str) -> bool:
    return name in CALLS.get(module, ()) or (module == "os" and name.startswith(FAMILIES))


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess",
        "import subprocess as s",
        "from subprocess import run",
        "import pty",
        "import os\nos.system('x')",
        "import os\nos.execv('x', [])",
        "import os\nos.spawnl(0, 'x')",
        "from os import popen",
        "import asyncio\nasyncio.create_subprocess_exec('x')",
        "from asyncio import create_subprocess_shell",
        "loop.run().subprocess_exec(None)",
    ],
)
def test_each_way_to_start_a_program_is_noticed(source):
    assert launches(source)


def test_only_the_runner_starts_programs():
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    relative = {file.relative_to(ROOT).as_posix(): file for file in files}
    assert any(name.startswith("builders/runner/") and launches(file.read_text()) for name, file in relative.items())
    offenders = {
        name: found
        for name, file in relative.items()
        if not name.startswith(ALLOWED) and (found := launches(file.read_text(encoding="utf-8")))
    }
    assert offenders == {}
