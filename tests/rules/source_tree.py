"""The files the house rules look at."""

from __future__ import annotations

import ast
import tomllib
from functools import cache, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = tuple(PROJECT["tool"]["importlinter"]["root_packages"])
GENERATED = tuple(PROJECT["tool"]["ruff"]["extend-exclude"])
"""Programs the demo team hands out: products, not our code."""
LEFT_OUT = {"build", "dist", "out", "node_modules", "__pycache__"}


@lru_cache(maxsize=1)
def every_file() -> tuple[Path, ...]:
    """Every file of the repository, without what tools leave behind."""
    found = []
    for item in sorted(ROOT.iterdir()):
        if item.name.startswith(".") or item.name in LEFT_OUT:
            continue
        found += [item] if item.is_file() else [file for file in sorted(item.rglob("*")) if _ours(file)]
    return tuple(found)


def python_files(*tops: str) -> list[Path]:
    """Python files of the repository, or of some top folders."""
    files = [file for file in every_file() if file.suffix == ".py" and not name(file).startswith(GENERATED)]
    return [file for file in files if not tops or name(file).split("/")[0] in tops]


def product_files() -> list[Path]:
    """Python files of the program itself."""
    return python_files(*PACKAGES)


@cache
def tree(file: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


@cache
def nodes(*kinds: type[ast.AST]) -> tuple[tuple[Path, ast.AST], ...]:
    """What the program's own files hold of some kinds of syntax, with its file."""
    return tuple((file, node) for file in product_files() for node in ast.walk(tree(file)) if isinstance(node, kinds))


def name(file: Path) -> str:
    """Path inside the repository, with slashes."""
    return file.relative_to(ROOT).as_posix()


def _ours(file: Path) -> bool:
    parts = file.relative_to(ROOT).parts
    return file.is_file() and not any(part in LEFT_OUT or part.startswith(".") for part in parts)
