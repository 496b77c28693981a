"""Do the modules fit each other: imported names exist, attributes of imported modules exist, calls fit signatures."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from builders.checks.contract import Function, bound, open_ended, parameters, required
from builders.checks.project import Project, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plan import Finding

_MODULE_NAMES = frozenset(
    {"__name__", "__file__", "__doc__", "__path__", "__dict__", "__package__", "__spec__", "__all__"}
)


@dataclass(frozen=True, slots=True)
class _Imports:
    """What the names of one file stand for, only those bound exactly once in it."""

    modules: dict[str, str]
    """Local name -> path of a project module."""
    names: dict[str, tuple[str, str]]
    """Local name -> (path, name in it)."""


def check_symbols(project: Project) -> list[Finding]:
    """Check every file, tests included: a test against a name that is not there cannot run."""
    findings: list[Finding] = []
    for path, tree in project.trees.items():
        findings += _imports(project, path, tree)
        known = _known(project, path, tree)
        findings += _attributes(project, path, tree, known)
        findings += _calls(project, path, tree, known)
    return findings


# ------------------------------------------------------------------------------------------- the imports


def _imports(project: Project, path: str, tree: ast.Module) -> Iterator[Finding]:
    for node in _certain(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if project.is_ours(alias.name) and not _exists(project, alias.name):
                    yield _no_module(project, path, node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            module = project.absolute(path, node)
            if not module or not (project.is_ours(module) or node.level):
                continue
            if not _exists(project, module):
                yield _no_module(project, path, node.lineno, module)
            else:
                yield from _names(project, path, node, module)


def _certain(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk everything but what stands in a `try` that handles its failure."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, ast.Try) and node.handlers:
            waiting += [*node.orelse, *node.finalbody]
        else:
            waiting += ast.iter_child_nodes(node)


def _exists(project: Project, module: str) -> bool:
    return module in project.by_name or module in project.packages


def _no_module(project: Project, path: str, line: int, module: str) -> Finding:
    there = ", ".join(f"`{name}`" for name in sorted(project.by_name)[:12])
    change = f"Import from a module of the project instead: {there}."
    return found("symbol", "blocker", path, line, f"The project has no module `{module}`.", change)


def _names(project: Project, path: str, node: ast.ImportFrom, module: str) -> Iterator[Finding]:
    target = project.by_name.get(module, "")
    if target and target not in project.trees:
        return  # the syntax check says so
    names = _defined(project, target) if target else set()
    if names is None:
        return
    for alias in node.names:
        if alias.name == "*" or alias.name in names | _MODULE_NAMES or _exists(project, f"{module}.{alias.name}"):
            continue
        problem = f"`{alias.name}` is imported from `{target or module}`, which does not define it."
        has = ", ".join(f"`{name}`" for name in sorted(names) if not name.startswith("_"))[:300]
        change = f"Define `{alias.name}` in `{target}` or import a name that exists there ({has or 'it has none'})."
        yield found("symbol", "blocker", path, node.lineno, problem, change)


def _defined(project: Project, path: str) -> set[str] | None:
    """Return the names of a module, None when they cannot all be known."""
    tree = project.trees[path]
    return None if open_ended(tree) else {name for name, _ in bound(tree.body)}


# ------------------------------------------------------------------------------------------- the local names


def _known(project: Project, path: str, tree: ast.Module) -> _Imports:
    times = Counter(_bindings(tree))
    known = _Imports({}, {})
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            locals_ = {alias.asname or alias.name: alias.name for alias in node.names}
            known.modules.update(
                {local: project.by_name[name] for local, name in locals_.items() if name in project.by_name}
            )
        elif isinstance(node, ast.ImportFrom) and (module := project.absolute(path, node)):
            for alias in node.names:
                _remember(project, known, module, alias)
    for name, definition in bound(tree.body):
        if isinstance(definition, Function | ast.ClassDef):
            known.names[name] = (path, name)
    return _Imports(
        {local: target for local, target in known.modules.items() if times[local] == 1},
        {local: target for local, target in known.names.items() if times[local] == 1},
    )


def _remember(project: Project, known: _Imports, module: str, alias: ast.alias) -> None:
    local, source = alias.asname or alias.name, project.by_name.get(module, "")
    if source in project.trees and alias.name in dict(bound(project.trees[source].body)):
        known.names[local] = (source, alias.name)
    elif f"{module}.{alias.name}" in project.by_name:
        known.modules[local] = project.by_name[f"{module}.{alias.name}"]


def _bindings(tree: ast.Module) -> Iterator[str]:
    """Yield a name each time any scope of the file binds it."""
    for node in ast.walk(tree):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.alias):
            yield node.asname or node.name
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name


def _attributes(project: Project, path: str, tree: ast.Module, known: _Imports) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)):
            continue
        target = known.modules.get(ast.unparse(node.value), "") if _is_dotted(node.value) else ""
        if not target or target not in project.trees or node.attr in _MODULE_NAMES:
            continue
        names = _defined(project, target)
        package = next((name for name, file in project.by_name.items() if file == target), "")
        if names is None or node.attr in names or _exists(project, f"{package}.{node.attr}"):
            continue
        problem = f"`{ast.unparse(node)}` is used, but `{target}` does not define `{node.attr}`."
        has = ", ".join(f"`{name}`" for name in sorted(names) if not name.startswith("_"))[:300]
        change = f"Define `{node.attr}` in `{target}` or use a name that exists there ({has or 'it has none'})."
        yield found("symbol", "blocker", path, node.lineno, problem, change)


def _is_dotted(node: ast.expr) -> bool:
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


# ------------------------------------------------------------------------------------------- the calls


def _calls(project: Project, path: str, tree: ast.Module, known: _Imports) -> Iterator[Finding]:
    for node in _outside_raises(tree):
        target = _target(project, node, known)
        if target is None:
            continue
        name, function, is_method = target
        if reason := _misfit(node, function, is_method):
            problem = f"`{ast.unparse(node)[:100]}`: `{name}({ast.unparse(function.args)})` {reason}."
            change = "Call it with the arguments its definition takes, or change the definition and all its calls."
            yield found("symbol", "blocker", path, node.lineno, problem, change)


def _outside_raises(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls of a file except those in `with pytest.raises(...)`: tests make wrong calls on purpose."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.With) and any(
            "raises" in ast.unparse(item.context_expr).lower() for item in node.items
        ):
            continue
        if isinstance(node, ast.Call):
            yield node
        waiting += ast.iter_child_nodes(node)


def _target(project: Project, call: ast.Call, known: _Imports) -> tuple[str, Function, bool] | None:
    """Return the function a call certainly reaches, and whether its first parameter is the object."""
    source, name = "", ""
    if isinstance(call.func, ast.Name):
        source, name = known.names.get(call.func.id, ("", ""))
    elif isinstance(call.func, ast.Attribute) and _is_dotted(call.func.value):
        source, name = known.modules.get(ast.unparse(call.func.value), ""), call.func.attr
    if source not in project.trees:
        return None
    found_here = [
        node for node in project.trees[source].body if isinstance(node, Function | ast.ClassDef) and node.name == name
    ]
    if len(found_here) != 1 or sum(bound_name == name for bound_name, _ in bound(project.trees[source].body)) != 1:
        return None
    definition = found_here[0]
    if isinstance(definition, ast.ClassDef):
        return _constructor(definition)
    return None if definition.decorator_list else (name, definition, False)


def _constructor(owner: ast.ClassDef) -> tuple[str, Function, bool] | None:
    if owner.decorator_list or owner.bases or owner.keywords:
        return None
    methods = [item for item in owner.body if isinstance(item, Function)]
    starts = [item for item in methods if item.name == "__init__"]
    if len(starts) != 1 or starts[0].decorator_list or any(item.name == "__new__" for item in methods):
        return None
    return owner.name, starts[0], True


def _misfit(call: ast.Call, function: Function, is_method: bool) -> str:
    if any(isinstance(arg, ast.Starred) for arg in call.args) or any(keyword.arg is None for keyword in call.keywords):
        return ""
    arguments, names = function.args, parameters(function, bound_to=is_method)
    positional = names[: len(names) - len(arguments.kwonlyargs)]
    if len(call.args) > len(positional) and arguments.vararg is None:
        return f"takes at most {len(positional)} positional arguments, {len(call.args)} are given"
    given = {*positional[: len(call.args)], *(keyword.arg or "" for keyword in call.keywords)}
    unknown = sorted(given - set(names))
    if unknown and arguments.kwarg is None:
        return f"has no parameter `{unknown[0]}`"
    missing = [name for name in required(function, bound_to=is_method) if name not in given]
    return f"needs the argument `{missing[0]}`" if missing else ""
