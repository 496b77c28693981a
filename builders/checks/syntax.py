"""Does every file parse, and is it a whole file rather than a patch, a fence or nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from builders.checks.project import found
from core.python_source import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.plan import Finding

_DIFF = re.compile(r"^(?:--- a/|\+\+\+ b/|@@ -\d+(?:,\d+)? \+\d+|diff --git )", re.MULTILINE)
_MARKER = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
_FENCE = re.compile(r"\A\s*(?:```|~~~)")
_MAY_BE_EMPTY = ("__init__.py", "py.typed", ".gitkeep")


def check_syntax(files: Mapping[str, str]) -> list[Finding]:
    """Compile Python and parse JSON files."""
    findings = []
    for path, text in files.items():
        if path.endswith(".py"):
            findings += _python(path, text)
        elif path.endswith(".json"):
            try:
                json.loads(text)
            except ValueError as error:
                line = error.lineno if isinstance(error, json.JSONDecodeError) else 0
                findings.append(found("syntax", "blocker", path, line, f"Not valid JSON: {error}", "Write valid JSON."))
    return findings


def _python(path: str, text: str) -> list[Finding]:
    try:
        # Compiling finds what parsing does not: `return` outside a function, a name both global and parameter.
        compiled(text, path)
    except SyntaxError as error:
        shown = (error.text or "").strip()
        problem = f"{type(error).__name__}: {error.msg}" + (f" in `{shown[:120]}`" if shown else "")
        change = "Correct the syntax so that the file compiles with Python 3.11, and send the whole file."
        return [found("syntax", "blocker", path, error.lineno or 0, problem, change)]
    except (ValueError, RecursionError, MemoryError) as error:
        change = "Write plain UTF-8 Python source without NUL characters and without extremely deep nesting."
        return [found("syntax", "blocker", path, 0, f"Python cannot compile the file: {error}", change)]
    return []


def check_whole(files: Mapping[str, str]) -> list[Finding]:
    """Find files that are empty or are a patch instead of the file itself."""
    findings = []
    for path, text in files.items():
        if not text.strip():
            if not path.endswith(_MAY_BE_EMPTY):
                findings.append(found("empty", "blocker", path, 0, "The file is empty.", "Write the whole file."))
            continue
        if path.endswith((".md", ".diff", ".patch", ".txt", ".rst")):
            continue
        marker = _MARKER.search(text) or _diff(text)
        fence = _FENCE.match(text)
        if marker:
            line = text.count("\n", 0, marker.start()) + 1
            change = "Send the complete final file, without diff lines or conflict markers."
            findings.append(found("empty", "blocker", path, line, "The file holds a patch, not the file.", change))
        elif fence:
            change = "Remove the Markdown fence; the file must hold source only."
            findings.append(found("empty", "blocker", path, 1, "The file starts with a Markdown fence.", change))
    return findings


def _diff(text: str) -> re.Match[str] | None:
    """Only a file that starts as a diff is one: programs about diffs have such lines inside."""
    first = _DIFF.search(text)
    return first if first and not text[: first.start()].strip() else None
