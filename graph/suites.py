"""What makes a file of tests one that can test anything."""

from __future__ import annotations

import ast

from core.python_source import parse


def faults(path: str, text: str) -> list[str]:
    """Why a Python test file cannot test anything."""
    if not path.endswith(".py"):
        return []
    try:
        tree = parse(text, path)
    except SyntaxError as error:
        return [f"{path}: line {error.lineno}: {error.msg}"]
    except (ValueError, RecursionError, MemoryError) as error:  # no text of a file, or nested past what Python reads
        return [f"{path}: {type(error).__name__}: {error}"]
    names = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    if path.rpartition("/")[2].startswith("test_") and not any(name.startswith("test") for name in names):
        return [f"{path}: no test function."]
    return []


__all__ = ["faults"]
