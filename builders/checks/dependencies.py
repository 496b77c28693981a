"""Are all imports declared, and does no file of the project stand in the way of a standard module."""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING, Final

from builders.checks.project import Project, found, is_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.plan import Finding, Plan

_PROVIDERS: Final = {
    "attr": "attrs", "bs4": "beautifulsoup4", "crypto": "pycryptodome", "cv2": "opencv-python",
    "dateutil": "python-dateutil", "docx": "python-docx", "dotenv": "python-dotenv", "fitz": "pymupdf",
    "gi": "pygobject", "git": "gitpython", "google": "protobuf", "googleapiclient": "google-api-python-client",
    "jose": "python-jose", "jwt": "pyjwt", "magic": "python-magic", "mpl-toolkits": "matplotlib",
    "mysqldb": "mysqlclient", "opengl": "pyopengl", "openssl": "pyopenssl", "pil": "pillow",
    "pkg-resources": "setuptools", "pptx": "python-pptx", "pylab": "matplotlib", "serial": "pyserial",
    "skimage": "scikit-image", "sklearn": "scikit-learn", "slugify": "python-slugify",
    "speech-recognition": "speechrecognition", "telegram": "python-telegram-bot", "usb": "pyusb", "wx": "wxpython",
    "yaml": "pyyaml", "zmq": "pyzmq",
}  # fmt: skip
"""Import name -> package, normalised, where the two differ."""
_COMES_WITH: Final = {
    "numpy": ("matplotlib", "opencv-python", "pandas", "scikit-learn", "scipy"),
    "pil": ("matplotlib", "pystray", "reportlab"),
    "click": ("flask",), "jinja2": ("flask",), "markupsafe": ("flask", "jinja2"), "werkzeug": ("flask",),
    "pydantic": ("fastapi",), "starlette": ("fastapi",), "urllib3": ("requests",), "shiboken6": ("pyside6",),
}  # fmt: skip
"""Import name -> packages that always install it too."""
_TEST_PACKAGES: Final = frozenset({"pytest", "hypothesis"})


def normal(name: str) -> str:
    """Return a package name as package indexes compare it, without version or extras."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[@(]", name.strip(), maxsplit=1)[0]).lower()


def provides(dependencies: list[str], module: str) -> bool:
    """Whether one of the declared packages is where `module` comes from, or brings it along.

    A package whose name begins with the module's counts (`pygame-ce`, `PySide6-Essentials`, `opencv-python-headless`):
    a wrong guess here costs nothing, the import gate and the build still look.
    """
    wanted = normal(module)
    sources = {wanted, _PROVIDERS.get(wanted, wanted), f"python-{wanted}", *_COMES_WITH.get(wanted, ())}
    if wanted.startswith("win32"):
        sources.add("pywin32")
    declared = {normal(dependency) for dependency in dependencies}
    return any(name == source or name.startswith(f"{source}-") for name in declared for source in sources)


def check_dependencies(project: Project, plan: Plan) -> list[Finding]:
    """Find imports of packages that are neither standard, ours nor declared."""
    findings = []
    for path, tree in project.trees.items():
        for line, module in _needed(tree):
            if module in sys.stdlib_module_names or project.is_ours(module) or provides(plan["dependencies"], module):
                continue
            if is_test(path) and module in _TEST_PACKAGES:
                continue
            problem = f"`{module}` is neither in the standard library nor in the project nor among its dependencies."
            declared = ", ".join(plan["dependencies"]) or "none, standard library only"
            change = f"Do without `{module}`: the declared dependencies are: {declared}."
            findings.append(found("dependency", "blocker", path, line, problem, change))
    return findings


def _needed(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield top-level names of absolute imports, except optional ones (in a `try` or under TYPE_CHECKING)."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Try) and node.handlers:
            waiting += [*node.orelse, *node.finalbody]
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting += node.orelse
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.lineno, node.module.partition(".")[0]
        waiting += ast.iter_child_nodes(node)


# ------------------------------------------------------------------------------------------------- shadowing


def check_shadows(project: Project, paths: set[str]) -> list[Finding]:
    """Find project files and local names that hide a standard module."""
    findings: list[Finding] = []
    for path in sorted(paths & set(project.trees)):
        findings += _file(project, path)
        findings += _locals(path, project.trees[path])
    return findings


def _file(project: Project, path: str) -> Iterator[Finding]:
    names = {name for name, file in project.by_name.items() if file == path}
    for name in sorted(names & set(sys.stdlib_module_names)):
        # Certain trouble when the file itself means the standard module; otherwise the import gate sees what breaks.
        imports_itself = name in {module for _, module in _needed(project.trees[path])}
        problem = f"The file hides the standard module `{name}`" + (", which it imports." if imports_itself else ".")
        yield found("shadow", "major" if imports_itself else "minor", path, 0, problem, "Give the file another name.")


def _locals(path: str, tree: ast.Module) -> Iterator[Finding]:
    """Find `time = time.time()` in functions: it makes `time` local, so reading it fails."""
    modules = {alias.asname or alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
        bound = {arg.arg for arg in ast.walk(function.args) if isinstance(arg, ast.arg)}
        bound |= {
            name for node in ast.walk(function) if isinstance(node, ast.Global | ast.Nonlocal) for name in node.names
        }
        for statement in function.body:
            if not isinstance(statement, ast.Assign):
                continue
            targets = {target.id for target in statement.targets if isinstance(target, ast.Name)}
            read = {node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name)}
            for name in sorted(targets & read & modules - bound):
                problem = (
                    f"`{name} = ...` makes the module `{name}` local, so reading it here raises UnboundLocalError."
                )
                yield found(
                    "shadow",
                    "blocker",
                    path,
                    statement.lineno,
                    problem,
                    f"Call the local variable other than `{name}`.",
                )
            bound |= targets
