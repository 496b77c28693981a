"""Nodes decide; files, processes, networks and clocks are the business of ports, off the event loop."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

NODES = Path(__file__).resolve().parents[2] / "graph" / "nodes"
MODULES = {
    "asyncio.subprocess", "fileinput", "glob", "httpx", "io", "os", "requests", "shutil", "socket", "sqlite3",
    "subprocess", "tempfile", "threading", "urllib", "zipfile",
}  # fmt: skip
CALLS = {"open", "input", "print", "exec", "eval", "__import__"}
METHODS = {
    "absolute", "chmod", "exists", "expanduser", "glob", "hardlink_to", "is_dir", "is_file", "is_symlink", "iterdir",
    "lstat", "mkdir", "open", "read_bytes", "read_text", "rename", "resolve", "rglob", "rmdir", "samefile", "sleep",
    "stat", "symlink_to", "touch", "unlink", "write_bytes", "write_text",
}  # fmt: skip
SYNCHRONOUS_PORTS = {"can_build", "check", "reserve"}
"""Methods of ports that answer without waiting, but by looking at the disk."""


def direct_access(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name.split(".")[0] in MODULES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in MODULES:
            found.append(node.module or "")
        elif isinstance(node, ast.Call):
            name = node.func
            if isinstance(name, ast.Name) and name.id in CALLS:
                found.append(name.id)
            if isinstance(name, ast.Attribute) and name.attr in METHODS | SYNCHRONOUS_PORTS:
                found.append(name.attr)
    return found


def node_files() -> list[Path]:
    return sorted(file for file in NODES.glob("*.py") if file.name != "__init__.py")


@pytest.mark.parametrize("file", node_files(), ids=lambda file: file.stem)
def test_a_node_has_no_way_to_the_outside_but_its_ports(file):
    assert direct_access(file.read_text(encoding="utf-8")) == []


def test_there_are_nodes_to_look_at():
    assert len(node_files()) >= 15


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import os", ["os"]),
        ("import os.path", ["os.path"]),
        ("from shutil import copy", ["shutil"]),
        ("open('x')", ["open"]),
        ("Path('x').exists()", ["exists"]),
        ("(folder / 'x').write_text('y')", ["write_text"]),
        ("time.sleep(1)", ["sleep"]),
        ("shop.delivery.reserve(a, b, c)", ["reserve"]),
        ("asyncio.to_thread(shop.delivery.reserve, a, b, c)", []),
        ("name.replace('a', 'b')", []),
        ("Path('x').suffixes", []),
    ],
)
def test_the_rule_sees_what_it_should(source, found):
    assert direct_access(source) == found
