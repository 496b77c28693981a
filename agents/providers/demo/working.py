"""The scripted coder, reviewer, tester and packager."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agents.providers.demo.scene import find_scene
from agents.providers.demo.script import draft
from core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from agents.providers.demo.library import Library
    from agents.providers.demo.scene import Prompt, Scene
    from agents.providers.demo.script import Edit, Fault

_HUNK: Final = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)")
_LANGUAGES: Final = {"py": "python", "js": "javascript", "html": "html", "css": "css", "md": "markdown"}


# ------------------------------------------------------------------------------------------------------------ coder


def write(library: Library, prompt: Prompt) -> str:
    """Write a module's files; a module made for the first time has the scripted fault of its first draft."""
    scene = find_scene(library, prompt)
    files = _module_files(scene, prompt)
    is_first = prompt.request.tag.attempt == 1 and not prompt.request.escalate
    if is_first and not any(prompt.has_file("files", path) for path in files):
        for fault in _faults(scene, prompt):
            files = draft(files, fault)
    return _whole_files(tr("demo-coder-write", prompt.locale), files)


def fix(library: Library, prompt: Prompt) -> str:
    """Repair the fault that still stands in the files shown; without one, give the good files."""
    scene = find_scene(library, prompt)
    shown = prompt.text("files")
    edits = [edit.reversed() for fault in _faults(scene, prompt) for edit in fault.edits]
    standing = [edit for edit in edits if edit.fits(shown)]
    if not standing:
        return _whole_files(tr("demo-coder-good", prompt.locale), _module_files(scene, prompt))
    return "\n\n".join([tr("demo-coder-fix", prompt.locale), *(_replacement(edit) for edit in standing)])


def _module(prompt: Prompt) -> str:
    contract = prompt.json("contract")
    return str(contract["name"]) if isinstance(contract, dict) and "name" in contract else prompt.request.tag.module


def _module_files(scene: Scene, prompt: Prompt) -> dict[str, str]:
    program, contract = scene.program(), prompt.json("contract")
    paths = contract.get("paths", []) if isinstance(contract, dict) else []
    return {path: program[path] for path in paths if path in program}


def _faults(scene: Scene, prompt: Prompt) -> Sequence[Fault]:
    module = _module(prompt)
    return [fault for fault in scene.script.faults if fault.module == module]


def _whole_files(introduction: str, files: Mapping[str, str]) -> str:
    return "\n\n".join([introduction, *(_block(path, text) for path, text in files.items())]) + "\n"


def _block(path: str, text: str) -> str:
    language = _LANGUAGES.get(path.rpartition(".")[2], "")
    return f"`{path}`\n```{language}\n{text.rstrip()}\n```"


def _replacement(edit: Edit) -> str:
    lines = ["<<<<<<< SEARCH", edit.old, "=======", edit.new, ">>>>>>> REPLACE"]
    return f"`{edit.path}`\n```\n" + "\n".join(lines) + "\n```"


# --------------------------------------------------------------------------------------------------------- reviewer


def review(library: Library, prompt: Prompt) -> Mapping[str, object]:
    """Look for the known faults in the added lines of the diff, wherever the draft's number stands."""
    scene, locale = find_scene(library, prompt), prompt.locale
    added = list(_added_lines(prompt.text("diff")))
    findings = []
    for fault in _faults(scene, prompt):
        telltale = fault.telltale
        for path, line, text in added:
            if telltale is not None and telltale.line in text and path == fault.edits[0].path:
                findings.append(
                    {
                        "source": "reviewer",
                        "severity": telltale.severity,
                        "path": path,
                        "line": line,
                        "problem": telltale.problem,
                        "change": telltale.change,
                    }
                )
    summary = tr("demo-review-blocked" if findings else "demo-review-accepted", locale)
    return {"summary": summary, "findings": findings}


def _added_lines(diff: str) -> Iterator[tuple[str, int, str]]:
    """Path, new line number and text of each added line of a unified diff."""
    path, line = "", 0
    for row in diff.splitlines():
        if row.startswith("+++ "):
            path = row[4:].split("\t")[0].removeprefix("b/")
        elif hunk := _HUNK.match(row):
            line = int(hunk[1])
        elif row.startswith("+"):
            yield path, line, row[1:]
            line += 1
        elif not row.startswith("-"):
            line += 1


# ------------------------------------------------------------------------------------------------- tester, packager


def write_tests(library: Library, prompt: Prompt) -> str:
    """Write the acceptance tests that do not exist yet; asked again, write all of them."""
    return _tests(find_scene(library, prompt), prompt, "tests/test_acceptance_", "demo-tester-tests")


def attack(library: Library, prompt: Prompt) -> str:
    """Write the attack tests that do not exist yet; asked again, write all of them."""
    return _tests(find_scene(library, prompt), prompt, "tests/test_attack_", "demo-tester-attack")


def _tests(scene: Scene, prompt: Prompt, prefix: str, introduction: str) -> str:
    tests = {path: text for path, text in scene.tests().items() if path.startswith(prefix)}
    fresh = {path: text for path, text in tests.items() if not prompt.has_file("tests", path)}
    return _whole_files(tr(introduction, prompt.locale), fresh or tests)


def pack(library: Library, prompt: Prompt) -> Mapping[str, object]:
    """Name the program and explain how to use it."""
    scene, locale = find_scene(library, prompt), prompt.locale
    plan = prompt.json("plan")
    title = plan.get("title") if isinstance(plan, dict) else None
    guide = library.script(scene.script.task, locale).guide
    return {
        "program_name": str(title or scene.script.title),
        "windowed": scene.script.windowed,
        "data_files": [],
        "guide": f"{guide}\n\n*{tr('demo-label', locale)}*\n",
    }
