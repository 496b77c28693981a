"""Is there a file to start, and does starting it do something."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from builders.checks.project import Project, found

if TYPE_CHECKING:
    from core.plan import Finding, Plan


def check_entry_point(project: Project, plan: Plan) -> list[Finding]:
    """Check that the plan's entry point exists and that running it calls something."""
    path = plan["entry_point"]
    if path not in project.files:
        there = ", ".join(f"`{name}`" for name in sorted(project.files)[:12]) or "no files"
        problem = f"The entry point `{path}` does not exist; the project has {there}."
        return [
            found("entry-point", "blocker", path, 0, problem, f"Write `{path}`; starting it must start the program.")
        ]
    tree = project.trees.get(path)
    if tree is None or plan["kind"] == "library" or _starts(tree):
        return []
    problem = f"Running `{path}` only defines things and ends: the program would never start."
    start = _starter(tree)
    change = f'Add at its end: `if __name__ == "__main__":` and below it `{start}`.'
    return [found("entry-point", "blocker", path, 0, problem, change)]


def is_main_guard(node: ast.stmt) -> bool:
    """Whether a statement is `if __name__ == "__main__":`."""
    return isinstance(node, ast.If) and any(
        isinstance(part, ast.Name) and part.id == "__name__" for part in ast.walk(node.test)
    )


def _starts(tree: ast.Module) -> bool:
    for node in tree.body:
        body = node.body if isinstance(node, ast.If) and is_main_guard(node) else [node]
        if any(_does_something(statement) for statement in body):
            return True
    return False


def _does_something(node: ast.stmt) -> bool:
    """Whether a statement calls something for its effect; definitions and constants do not start a program."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
        return False
    if isinstance(node, ast.Assign | ast.AnnAssign):
        return False
    return any(isinstance(part, ast.Call) for part in ast.walk(node))


def _starter(tree: ast.Module) -> str:
    functions = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for name in ("main", "run", "start", "cli"):
        if name in functions:
            return f"{name}()"
    return f"{functions[-1]}()" if functions else "the call that starts the program"
