"""Seeds small faults into product code, to see whether the tests would notice them."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import Final

from builders.checks.entry_point import is_main_guard
from core.python_source import parse

_FLIPPED: Final[Mapping[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.GtE, ast.GtE: ast.Lt, ast.Gt: ast.LtE, ast.LtE: ast.Gt,
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_SWAPPED: Final[Mapping[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
}  # fmt: skip
_NOT_BEHAVIOUR: Final = frozenset({"__repr__", "__str__", "__hash__"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One seeded fault: the changed file and what was changed."""

    path: str
    source: str
    description: str


_Change = Callable[[ast.AST], str]
"""Changes a node in place and says how; empty when there is nothing to change."""


def _flip(node: ast.AST) -> str:
    if not isinstance(node, ast.Compare) or type(node.ops[0]) not in _FLIPPED:
        return ""
    before = ast.unparse(node)
    node.ops[0] = _FLIPPED[type(node.ops[0])]()
    return f"`{before}` became `{ast.unparse(node)}`"


def _swap(node: ast.AST) -> str:
    if not isinstance(node, ast.BinOp) or type(node.op) not in _SWAPPED:
        return ""
    if any(isinstance(side, ast.JoinedStr | ast.List) or _is_text(side) for side in (node.left, node.right)):
        return ""  # joined texts would fail by their type, which says nothing about the tests
    before = ast.unparse(node)
    node.op = _SWAPPED[type(node.op)]()
    return f"`{before}` became `{ast.unparse(node)}`"


def _return(node: ast.AST) -> str:
    if not isinstance(node, ast.Return) or node.value is None:
        return ""
    if isinstance(node.value, ast.Constant) and node.value.value is None:
        return ""
    before = ast.unparse(node)
    swapped = isinstance(node.value, ast.Constant) and isinstance(node.value.value, bool)
    value = not node.value.value if swapped and isinstance(node.value, ast.Constant) else None
    node.value = ast.Constant(value)
    return f"`{before}` became `{ast.unparse(node)}`"


def _negate(node: ast.AST) -> str:
    if not isinstance(node, ast.If | ast.While | ast.IfExp) or isinstance(node.test, ast.Compare | ast.Constant):
        return ""
    before = ast.unparse(node.test)
    node.test = ast.UnaryOp(ast.Not(), node.test)
    return f"the condition `{before}` was negated"


def _off_by_one(node: ast.AST) -> str:
    if not isinstance(node, ast.Constant) or type(node.value) is not int:
        return ""
    before = node.value
    node.value = before + 1
    return f"the number {before} became {node.value}"


_CHANGES: Final[tuple[_Change, ...]] = (_flip, _return, _swap, _negate, _off_by_one)


@dataclass(frozen=True, slots=True)
class _Site:
    """A node a change applies to; the faulty source is only made for the chosen ones."""

    path: str
    tree: ast.Module
    at: int
    change: _Change

    def mutant(self) -> Mutant:
        changed = copy.deepcopy(self.tree)
        node = next(node for index, node in enumerate(_behaviour(changed)) if index == self.at)
        how = self.change(node)
        source = ast.unparse(ast.fix_missing_locations(changed))
        return Mutant(self.path, source, f"{self.path}:{getattr(node, 'lineno', 0)}: {how}")


def mutants(files: Mapping[str, str], limit: int) -> list[Mutant]:
    """At most `limit` faults, taken in turn from each file and each kind, the same ones each time."""
    per_file = [_in_turn(_sites(path, text)) for path, text in sorted(files.items())]
    return [site.mutant() for site in islice(_in_turn(per_file), limit)]


def _in_turn(rows: list[list[_Site]]) -> list[_Site]:
    return [site for row in zip_longest(*rows) for site in row if site is not None]


def _sites(path: str, text: str) -> list[list[_Site]]:
    """Return the places for each kind of fault, those in the middle of the file first."""
    try:
        tree = parse(text, path)
    except (SyntaxError, ValueError, RecursionError):
        return []
    nodes = list(_behaviour(tree))
    kinds = []
    for change in _CHANGES:
        kind = [_Site(path, tree, at, change) for at, node in enumerate(nodes) if change(copy.deepcopy(node))]
        middle = len(kind) // 2
        kinds.append(kind[middle:] + kind[:middle])
    return kinds


def _behaviour(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk the code inside functions, in order, without annotations, defaults, docstrings and representations."""
    waiting: list[tuple[ast.AST, bool]] = [(node, False) for node in reversed(tree.body) if not is_main_guard(node)]
    while waiting:
        node, inside = waiting.pop()
        if inside:
            yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name not in _NOT_BEHAVIOUR:
                waiting += [(child, True) for child in reversed(node.body)]
        elif isinstance(node, ast.ClassDef):
            waiting += [(child, False) for child in reversed(node.body)]
        elif inside and not isinstance(node, ast.Raise | ast.JoinedStr):
            skipped = getattr(node, "annotation", None)
            waiting += [(child, True) for child in reversed(list(ast.iter_child_nodes(node))) if child is not skipped]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
