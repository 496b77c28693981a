"""A generated project as the checks see it: parsed Python files and the names they are imported by."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping  # noqa: TC003 - dataclass fields
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from core.plan import Finding, Severity
from core.python_source import parse
from core.safe_path import safe_path

CheckId = Literal[
    "contract", "dependency", "empty", "entry-point", "import-gate", "outside", "placeholder", "shadow", "symbol",
    "syntax", "web",
]  # fmt: skip


def found(check: CheckId, severity: Severity, path: str, line: int, problem: str, change: str) -> Finding:
    """One finding of a check."""
    return Finding(source=check, severity=severity, path=path, line=line, problem=problem, change=change)


def is_test(path: str) -> bool:
    """Whether a path belongs to the tests and not to the product."""
    pure = PurePosixPath(path)
    if "tests" in pure.parts[:-1] or pure.name == "conftest.py":
        return True
    return pure.suffix == ".py" and (pure.stem.startswith("test_") or pure.stem.endswith("_test"))


def import_roots(files: Mapping[str, str], entry_point: str) -> tuple[str, ...]:
    """Folders whose modules are imported by bare name: the entry point's own (as Python does), the root, `src`."""
    entry = PurePosixPath(entry_point).parent.as_posix() if entry_point.endswith(".py") else "."
    roots = ["" if entry == "." else entry, ""]
    if any(path.startswith("src/") for path in files) and "src/__init__.py" not in files:
        roots.append("src")
    return tuple(dict.fromkeys(roots))


def python_path(folder: Path, files: Mapping[str, str], entry_point: str) -> str:
    """Return the PYTHONPATH a run of the project needs."""
    return os.pathsep.join(str(folder / root) if root else str(folder) for root in import_roots(files, entry_point))


def dotted(path: str, root: str = "") -> str:
    """Return the module name of a Python file seen from an import root, empty when it has none there."""
    prefix = f"{root}/" if root else ""
    if not path.startswith(prefix) or not path.endswith(".py"):
        return ""
    parts = path[len(prefix) : -3].split("/")
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts) if parts and all(part.isidentifier() for part in parts) else ""


def import_name(path: str, files: Mapping[str, str], roots: tuple[str, ...]) -> str:
    """Return the name a file is meant to be imported by: from the root that is no package itself, longest first."""
    for root in sorted(roots, key=len, reverse=True):
        name = dotted(path, root)
        if name and (not root or f"{root}/__init__.py" not in files):
            return name
    return ""


@dataclass(frozen=True, slots=True)
class Project:
    """All files and, of the Python files that parse, the trees."""

    files: Mapping[str, str]
    roots: tuple[str, ...]
    trees: Mapping[str, ast.Module]
    by_name: Mapping[str, str]
    """Every name a Python file can be imported by -> its path."""
    packages: frozenset[str]
    """Names of folders that can be imported."""
    top_level: frozenset[str]
    classes: tuple[ast.ClassDef, ...]
    """Every class of the project."""
    attributes: frozenset[str]
    """Every name something in the project is asked for (`.name`)."""

    def is_ours(self, name: str) -> bool:
        """Whether an absolute import of `name` means this project."""
        return name.partition(".")[0] in self.top_level

    def absolute(self, path: str, node: ast.ImportFrom) -> str:
        """Return the absolute name of the module `node` imports from, empty when it leaves the project."""
        if not node.level:
            return node.module or ""
        own = import_name(path, self.files, self.roots)
        parts = own.split(".") if own else []
        if not path.endswith("__init__.py"):
            parts = parts[:-1]
        if node.level - 1 > len(parts):
            return ""
        parts = parts[: len(parts) - (node.level - 1)]
        return ".".join([*parts, node.module] if node.module else parts)

    def imported(self, path: str) -> set[str]:
        """Return the absolute names a file may import, of modules and of what it takes from them."""
        names: set[str] = set()
        for node in ast.walk(self.trees[path]):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                module = self.absolute(path, node)
                names.update([module, *(f"{module}.{alias.name}" for alias in node.names)])
        return names

    def product(self) -> Iterator[tuple[str, ast.Module]]:
        """Yield the parsed Python files that are no tests."""
        return ((path, tree) for path, tree in self.trees.items() if not is_test(path))


def read_project(files: Mapping[str, str], entry_point: str) -> Project:
    """Parse what parses; the syntax check reports the rest."""
    roots = import_roots(files, entry_point)
    trees: dict[str, ast.Module] = {}
    by_name: dict[str, str] = {}
    packages: set[str] = set()
    for path, text in files.items():
        if not path.endswith(".py"):
            continue
        for root in roots:
            if name := dotted(path, root):
                by_name.setdefault(name, path)
                parts = name.split(".")
                packages.update(".".join(parts[:depth]) for depth in range(1, len(parts)))
        try:
            trees[path] = parse(text, path)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    tops = frozenset(name.partition(".")[0] for name in by_name)
    nodes = [node for tree in trees.values() for node in ast.walk(tree)]
    classes = tuple(node for node in nodes if isinstance(node, ast.ClassDef))
    attributes = frozenset(node.attr for node in nodes if isinstance(node, ast.Attribute))
    return Project(files, roots, trees, by_name, frozenset(packages), tops, classes, attributes)


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write the files of a project below an existing folder, byte for byte."""
    for path, text in files.items():
        file = safe_path(folder, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
