"""Finds names that nothing defines: each would be a NameError when its line runs."""

from __future__ import annotations

import ast
import builtins
import re
from typing import TYPE_CHECKING, Final

from builders.checks.contract import open_ended
from builders.checks.project import Project, found
from core.python_source import symbols

if TYPE_CHECKING:
    import symtable
    from collections.abc import Iterator

    from core.plan import Finding

_ALWAYS: Final = frozenset(dir(builtins)) | {
    "__annotations__", "__builtins__", "__cached__", "__class__", "__file__", "__module__", "__path__", "__qualname__",
    "WindowsError",
}  # fmt: skip
_SHELL_ONLY: Final = frozenset({"exit", "quit"})


def check_names(project: Project, paths: set[str]) -> list[Finding]:
    """Look at the files named by `paths` that parse."""
    findings: list[Finding] = []
    for path in sorted(paths & set(project.trees)):
        tree = project.trees[path]
        if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in ast.walk(tree)):
            continue
        try:
            table = symbols(project.files[path], path)
        except (SyntaxError, ValueError, RecursionError):
            continue  # the syntax check says so
        findings += _undefined(path, tree, table)
    return findings


def _undefined(path: str, tree: ast.Module, table: symtable.SymbolTable) -> Iterator[Finding]:
    tables = list(_all(table))
    bound = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}
    for inner in tables:
        bound |= {
            symbol.get_name() for symbol in inner.get_symbols() if symbol.is_declared_global() and symbol.is_assigned()
        }
    used = {
        symbol.get_name()
        for inner in tables
        for symbol in inner.get_symbols()
        # In a function called `top`, symtable of 3.11 takes parameters for globals as well.
        if symbol.is_referenced() and symbol.is_global() and not (symbol.is_assigned() or symbol.is_local())
    }
    for name in sorted(used - bound - (_ALWAYS - _SHELL_ONLY)):
        line = _first_use(tree, name)
        if name in _SHELL_ONLY:
            problem = f"`{name}()` exists in an interactive Python only, not in a built program."
            yield found("symbol", "major", path, line, problem, "Import sys and call `sys.exit()`.")
        elif line and not open_ended(tree):
            problem = f"`{name}` is used but never defined or imported in this file."
            yield found("symbol", "blocker", path, line, problem, f"Define or import `{name}`, or correct the name.")


def _all(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _all(child)


def _first_use(tree: ast.Module, name: str) -> int:
    """Return the first line that reads `name`, 0 when only an annotation or a handler of NameError does."""
    lines = [
        node.lineno
        for node in _evaluated(tree)
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)
    ]
    return min(lines, default=0)


def _evaluated(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk what runs: no annotations, and nothing in a `try` that expects a NameError."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        skipped: list[ast.AST | None] = []
        if isinstance(node, ast.Try) and any(
            h.type is None or re.search("Name|Exception", ast.unparse(h.type)) for h in node.handlers
        ):
            skipped += node.body
        skipped += [getattr(node, "annotation", None), getattr(node, "returns", None)]
        waiting += [child for child in ast.iter_child_nodes(node) if child not in skipped]
