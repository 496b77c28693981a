"""Finds work that was only promised: empty function bodies, "rest of the code", to-do comments, lorem ipsum."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from typing import TYPE_CHECKING, Final

from builders.checks.project import Project, found, is_test
from builders.checks.script import scan_script

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plan import Finding

_TODO: Final = re.compile(
    r"^\W*(?:TODO|FIXME)\b(?!\s*[-_]?\s*(?:s\b|list|app|item|manager|task|entr|file|record|storage|model|title|text))",
)
_PROMISE: Final = re.compile(
    r"""
      \brest\ of\ (?:the|your|this)\ (?:\w+\ )?
      (?:code|file|implementation|function|class|module|methods?|logic|program)\b
    | \b(?:your|actual|real)\ (?:code|logic|implementation)\ (?:goes\ )?here\b
    | \b(?:code|logic|implementation)\ (?:goes|comes|will\ go)\ here\b
    | \badd\ your\ (?:own\ )?(?:code|logic|implementation)\b
    | \bimplement\ (?:this|me|here|later)\b(?!\ (?:interface|protocol|method|class))
    | \b(?:to|will)\ be\ implemented\b
    | \bnot\ (?:yet\ implemented|implemented\ yet)\b
    | (?:\.\.\.|…)\s*\(?\s*(?:unchanged|existing|remaining|same\ as|rest\b|other\ (?:code|methods|functions)|previous)
    | \(\s*(?:code\ |rest\ )?unchanged\s*\) | \bremains?\ unchanged\s*(?:\.\.\.|…)
    | \bexisting\ code\s*(?:\.\.\.|…|here)
    | \bplaceholder\ (?:implementation|function|method|code|logic|class)\b
    | \bthis\ is\ (?:just\ |only\ )?a\ placeholder\b
    | \bstub\ (?:implementation|function|method)\b
    | \bomitted\ for\ brevity\b
    | \bостальн(?:ой|ая|ое|ые)\ (?:часть\ )?(?:код|кода|файл|файла|методы|функции|логика|реализация)
    | (?:\.\.\.|…)\s*\(?\s*(?:без\ изменений|остальн|как\ раньше|прежний\ код|существующий\ код)
    | \(\s*без\ изменений\s*\) | \bостальное\ без\ изменений\b
    | \b(?:ваш|свой)\ код\ (?:здесь|тут|сюда)\b | \b(?:здесь|тут)\ (?:ваш|будет|должен\ быть|должна\ быть)\ (?:ваш\ )?
      (?:код|реализация|логика)\b
    | \bдобавьте\ (?:ваш|свой|сюда)\b
    | \b(?:будет\ реализован|реализовать\ позже|(?:пока|ещё|еще)\ не\ реализован)
    | \bэто\ (?:просто\ )?заглушка\b | ^\W*заглушка\b | \bопущен[оаы]?\ для\ краткости\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EXCUSE: Final = re.compile(
    r"^\W*(?:this feature is |feature |функция )?(?:not implemented yet|not yet implemented|coming soon|в разработке"
    r"|(?:пока|ещё|еще) не реализован[оа]?)\W*$",
    re.IGNORECASE,
)
_MEANT_EMPTY: Final = re.compile(
    r"nothing|no-?op\b|intentional|ignor|silen|suppress|quiet|discard|by design|override|hook|default"
    r"|ничего|намеренно|специально|игнорир|не нужн|по умолчанию",
    re.IGNORECASE,
)
_NULL_NAMES: Final = re.compile(
    r"no_?op|nothing|ignore|null|dummy|fake|silent|quiet|empty|stop_propagation", re.IGNORECASE
)
_PLAIN_DECORATORS: Final = frozenset({"staticmethod", "classmethod", "property"})
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def check_placeholders(project: Project, paths: set[str]) -> list[Finding]:
    """Look through the files named by `paths`; the rest of the project tells which empty methods are overridden."""
    findings: list[Finding] = []
    for path in sorted(paths & set(project.files)):
        text = project.files[path]
        if path in project.trees and not is_test(path):
            findings += _empty_functions(project, path, text)
        findings += [
            found(
                "placeholder",
                "blocker",
                path,
                line,
                f"Unfinished work: `{quote}`",
                "Write the real code in place of it.",
            )
            for line, quote in _promises(project, path, text)
        ]
    return findings


# --------------------------------------------------------------------------------------------- promises in comments


def _promises(project: Project, path: str, text: str) -> Iterator[tuple[int, str]]:
    for line, comment in _comments(path, text):
        if _TODO.search(comment) or _PROMISE.search(comment):
            yield line, " ".join(comment.split())[:120]
    lines = text.splitlines()
    if path in project.trees:
        yield from _lone_dots(lines)
        for node in ast.walk(project.trees[path]):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _EXCUSE.match(node.value):
                yield node.lineno, node.value.strip()[:120]
    elif path.endswith((".html", ".htm")):
        yield from ((n, line.strip()[:120]) for n, line in enumerate(lines, 1) if "lorem ipsum" in line.lower())


def _lone_dots(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield comments that are dots only; inside a block of comments they illustrate, alone they leave code out."""
    for number, line in enumerate(lines, 1):
        if not re.fullmatch(r"\s*#\s*(?:\.\.\.|…)\s*", line):
            continue
        around = [*lines[max(0, number - 2) : number - 1], *lines[number : number + 1]]
        if not any(other.lstrip().startswith("#") for other in around):
            yield number, line.strip()


def _comments(path: str, text: str) -> Iterator[tuple[int, str]]:
    if path.endswith(".py"):
        try:
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type == tokenize.COMMENT:
                    yield token.start[0], token.string
        except (tokenize.TokenError, SyntaxError):
            return  # the syntax check says so
    elif path.endswith((".js", ".mjs", ".cjs")):
        yield from scan_script(text).comments
    elif path.endswith((".html", ".htm", ".css")):
        for match in re.finditer(r"<!--(.*?)-->|/\*(.*?)\*/", text, re.DOTALL):
            yield text.count("\n", 0, match.start()) + 1, match[1] or match[2] or ""


# ------------------------------------------------------------------------------------------------- empty functions


def _empty_functions(project: Project, path: str, text: str) -> Iterator[Finding]:
    functions = list(_functions(project.trees[path]))
    # One of two definitions may be empty on purpose: the other system, the version without the library.
    filled = {function.name for _, function in functions if not _emptiness(function)}
    for owner, function in functions:
        kind = _emptiness(function)
        alternative = owner is None and function.name in filled
        if not kind or alternative or _excused(project, owner, function, kind, text):
            continue
        name = f"{owner.name}.{function.name}" if owner else function.name
        problem = f"The body of `{name}` is only {kind}."
        change = f"Write the real body of `{name}`, or remove it together with its uses."
        yield found("placeholder", "blocker", path, function.lineno, problem, change)


def _functions(tree: ast.Module) -> Iterator[tuple[ast.ClassDef | None, _Function]]:
    waiting: list[tuple[ast.ClassDef | None, ast.AST]] = [(None, tree)]
    while waiting:
        owner, node = waiting.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, _Function):
                yield owner, child
                waiting.append((None, child))
            else:
                waiting.append((child if isinstance(child, ast.ClassDef) else owner, child))


def _emptiness(function: _Function) -> str:
    body = function.body
    if (
        isinstance(body[0], ast.Expr)
        and isinstance(body[0].value, ast.Constant)
        and isinstance(body[0].value.value, str)
    ):
        body = body[1:]
    if not body:
        return "a docstring"
    if len(body) > 1:
        return ""
    only = body[0]
    if isinstance(only, ast.Pass):
        return "`pass`"
    if isinstance(only, ast.Expr) and isinstance(only.value, ast.Constant) and only.value.value is Ellipsis:
        return "`...`"
    if isinstance(only, ast.Raise) and only.exc is not None:
        raised = only.exc.func if isinstance(only.exc, ast.Call) else only.exc
        if isinstance(raised, ast.Name) and raised.id == "NotImplementedError":
            return "`raise NotImplementedError`"
    return ""


def _excused(project: Project, owner: ast.ClassDef | None, function: _Function, kind: str, text: str) -> bool:
    """Whether an empty body is what good code would have here too."""
    decorators = {_last_name(decorator) for decorator in function.decorator_list}
    abstract = any(name.startswith(("abstract", "overload", "singledispatch")) for name in decorators)
    if abstract or (owner is not None and (_is_interface(owner) or _overridden(project, owner.name, function.name))):
        return True
    if kind == "`raise NotImplementedError`":
        return False
    source = ast.get_source_segment(text, function) or ""
    if decorators - _PLAIN_DECORATORS:  # a command group, a fixture, an event filter: the decorator is the point
        return True
    if _NULL_NAMES.search(f"{owner.name if owner else ''}.{function.name}") or _MEANT_EMPTY.search(source):
        return True
    # A dunder or an inherited callback the program never calls itself (a silenced `log_message`) may do nothing.
    name = function.name
    return owner is not None and (name.startswith("__") or (bool(owner.bases) and name not in project.attributes))


def _is_interface(owner: ast.ClassDef) -> bool:
    bases = {_last_name(base) for base in owner.bases} | {_last_name(keyword.value) for keyword in owner.keywords}
    return bool(bases & {"Protocol", "ABC", "ABCMeta"})


def _overridden(project: Project, owner: str, method: str) -> bool:
    """Whether a subclass somewhere in the project, direct or not, defines `method` itself."""
    family, grown = {owner}, True
    while grown:
        more = {node.name for node in project.classes if family & {_last_name(base) for base in node.bases}} - family
        family |= more
        grown = bool(more)
    return any(
        isinstance(item, _Function) and item.name == method
        for node in project.classes
        if node.name in family and node.name != owner
        for item in node.body
    )


def _last_name(node: ast.expr) -> str:
    while isinstance(node, ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
