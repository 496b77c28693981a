"""Does a module deliver what its contract promised: its files, its names, its signatures."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator  # noqa: TC003 - read by the annotations of generators
from typing import TYPE_CHECKING

from builders.checks.project import Project, found, is_test
from core.python_source import parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.plan import Finding, ModuleContract, Plan

Function = ast.FunctionDef | ast.AsyncFunctionDef
_CODE = (".py", ".js", ".mjs", ".html", ".htm", ".css")


def check_outside(plan: Plan, files: Mapping[str, str]) -> list[Finding]:
    """Find code files no module of the plan owns."""
    owned = {path for contract in plan["modules"] for path in contract["paths"]}
    return [
        found("outside", "major", path, 0, "No module of the plan owns this file.",
              "Move its code into the files of the contract and do not send this file.")
        for path in files
        if path not in owned and path.endswith(_CODE) and not is_test(path) and not path.endswith("__init__.py")
    ]  # fmt: skip


def check_contract(project: Project, contract: ModuleContract) -> list[Finding]:
    """Compare the files of a module with its contract."""
    findings = [
        found("contract", "blocker", path, 0, f"The file `{path}` of the contract is missing.", f"Write `{path}`.")
        for path in contract["paths"]
        if path not in project.files
    ]
    signatures = promised(contract["interface"])
    for export in contract["exports"]:
        path, _, name = export.rpartition(":")
        if path in project.files:
            findings += _export(project, path, name.strip().removesuffix("()"), signatures)
    return findings


def _export(project: Project, path: str, name: str, signatures: Mapping[str, Function | None]) -> Iterator[Finding]:
    if not path.endswith(".py"):
        if not re.search(rf"(?<![\w$]){re.escape(name.rpartition('.')[2])}(?![\w$])", project.files[path]):
            yield found(
                "contract", "blocker", path, 0, f"`{name}` is missing.", f"Define `{name}` as the contract says."
            )
        return
    if path not in project.trees:
        return  # the syntax check says so
    definition = _find(project, path, name)
    if definition is None:
        problem = f"The contract exports `{name}` from `{path}`, but the file does not define it."
        yield found("contract", "blocker", path, 0, problem, f"Define `{name}` in `{path}` as the contract says.")
    elif isinstance(definition, Function):
        wanted = signatures.get(name) or signatures.get(name.rpartition(".")[2])
        if wanted is not None and (difference := _difference(wanted, definition)):
            change = f"Give it the signature of the contract: `{_signature(wanted)}`."
            yield found("contract", "blocker", path, definition.lineno, f"`{name}` {difference}.", change)


def _signature(function: Function) -> str:
    start = "async def" if isinstance(function, ast.AsyncFunctionDef) else "def"
    return f"{start} {function.name}({ast.unparse(function.args)})"


# ------------------------------------------------------------------------------------------------- finding a name


def bound(body: list[ast.stmt]) -> Iterator[tuple[str, ast.AST]]:
    """Yield the names a module or class body binds with their definitions, also inside if, try, with and loops."""
    for statement in body:
        if isinstance(statement, Function | ast.ClassDef):
            yield statement.name, statement
            continue
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from (((alias.asname or alias.name).partition(".")[0], statement) for alias in statement.names)
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id, node
        for part in ("body", "orelse", "finalbody"):
            yield from bound(getattr(statement, part, []))
        for handler in getattr(statement, "handlers", []):
            yield from bound(handler.body)


def open_ended(tree: ast.Module) -> bool:
    """Whether a module can have names nobody sees: a star import, `__getattr__`, `globals()` or `exec`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            return True
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"globals", "exec", "setattr"}
        ):
            return True
        if isinstance(node, ast.FunctionDef) and node.name == "__getattr__" and node in tree.body:
            return True
    return any(isinstance(node, ast.Global) for node in ast.walk(tree))


def _find(project: Project, path: str, name: str) -> ast.AST | None:
    """Return the definition of `name` (`function`, `Class` or `Class.member`), the module when it cannot be told."""
    tree = project.trees[path]
    first, _, member = name.partition(".")
    definition = dict(bound(tree.body)).get(first)
    if definition is None:
        return tree if open_ended(tree) else None
    if not member or not isinstance(definition, ast.ClassDef):
        return definition
    return _member(project, definition, member, set())


def _member(project: Project, owner: ast.ClassDef, member: str, seen: set[str]) -> ast.AST | None:
    inside = dict(bound(owner.body)).get(member)
    if inside is not None:
        return inside
    for node in ast.walk(owner):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and node.attr == member:
            return node
    seen.add(owner.name)
    classes = {
        node.name: node for tree in project.trees.values() for node in tree.body if isinstance(node, ast.ClassDef)
    }
    for base in owner.bases:
        parent = classes.get(base.id) if isinstance(base, ast.Name) else None
        if parent is None:
            if not (isinstance(base, ast.Name) and base.id in {"object", "Exception", "ABC", "Protocol"}):
                return owner  # a base from elsewhere may well have it
        elif parent.name not in seen and (inherited := _member(project, parent, member, seen)) is not None:
            return inherited
    return None


# ------------------------------------------------------------------------------------------------- signatures


def promised(interface: str) -> dict[str, Function | None]:
    """Return the `def`s of an interface text by name, one a line or one after the other; None = given twice, unlike.

    Methods are listed as `Class.method` too when the text shows them below their class.
    """
    promises: dict[str, Function | None] = {}
    owner, owner_indent = "", -1
    for match in re.finditer(
        r"(?:^|(?<=[;.] ))([ \t>*`-]*)(class\s+(\w+)|(async\s+)?def\s+\w+\s*\()", interface, re.MULTILINE
    ):
        indent = len(match[1])
        if match[3]:
            owner, owner_indent = match[3], indent
            continue
        function = _definition(interface[match.start(2) :])
        if function is None:
            continue
        names = [function.name]
        if owner and indent > owner_indent:
            names.append(f"{owner}.{function.name}")
        for name in names:
            same = name not in promises or _same(promises[name], function)
            promises[name] = function if same else None
    return promises


def _same(one: Function | None, other: Function) -> bool:
    return one is not None and ast.dump(one.args) == ast.dump(other.args)


def _definition(text: str) -> Function | None:
    depth = 0
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == ")" and depth == 0:
            try:
                statement = parse(textwrap.dedent(text[: at + 1]) + ": pass").body[0]
            except SyntaxError:
                return None
            return statement if isinstance(statement, Function) else None
    return None


def _difference(wanted: Function, real: Function) -> str:
    """Say how a real signature breaks callers who know only the promised one; empty when it does not."""
    if isinstance(wanted, ast.AsyncFunctionDef) != isinstance(real, ast.AsyncFunctionDef):
        return (
            "is async in the contract only"
            if isinstance(wanted, ast.AsyncFunctionDef)
            else "is async, the contract's is not"
        )
    ours, theirs = parameters(wanted), parameters(real)
    everything = real.args.vararg is not None or real.args.kwarg is not None
    missing = [name for name in ours if name not in theirs]
    if missing and not everything:
        return f"has no parameter `{missing[0]}` ({', '.join(theirs) or 'none'} instead)"
    extra = [name for name in required(real) if name not in ours]
    if extra and wanted.args.vararg is None and wanted.args.kwarg is None:
        return f"requires the parameter `{extra[0]}`, which the contract does not have"
    order = [name for name in theirs if name in ours]
    if not missing and order != [name for name in ours if name in theirs]:
        return f"takes its parameters in another order ({', '.join(order)})"
    return ""


def parameters(function: Function, *, bound_to: bool | None = None) -> list[str]:
    """Return the parameter names; without the first when bound to an object, which `self` or `cls` tells if unsaid."""
    names = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    drop = bool(names) and (names[0] in {"self", "cls"} if bound_to is None else bound_to)
    return names[1:] if drop else names


def required(function: Function, *, bound_to: bool | None = None) -> list[str]:
    """Return the names of the parameters without a default; see `parameters`."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    optional = {arg.arg for arg in positional[len(positional) - len(arguments.defaults) :]}
    pairs = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    optional |= {arg.arg for arg, default in pairs if default is not None}
    return [name for name in parameters(function, bound_to=bound_to) if name not in optional]
