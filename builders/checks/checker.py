"""The checker of generated code: which checks a module and a whole project pass through."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from builders.checks.contract import check_contract, check_outside
from builders.checks.dependencies import check_dependencies, check_shadows
from builders.checks.entry_point import check_entry_point
from builders.checks.import_gate import ImportGate
from builders.checks.names import check_names
from builders.checks.placeholder import check_placeholders
from builders.checks.project import Project, is_test, read_project
from builders.checks.symbols import check_symbols
from builders.checks.syntax import check_syntax, check_whole
from builders.checks.web import check_web
from core.plan import blocking

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from core.plan import Finding, ModuleContract, Plan
    from core.ports import Runner


class PythonChecker:
    """`core.ports.Checker` for Python and web projects.

    `python` names the interpreter generated programs run on, never our own: under ours a generated
    `from memory.archive import ...` would find MultiCoder's modules. `with_packages` names one that has a plan's
    dependencies; without it imports of declared packages are not tried.
    """

    def __init__(
        self,
        runner: Runner,
        python: Callable[[], Awaitable[Path]],
        scratch: Path,
        *,
        with_packages: Callable[[Sequence[str]], Awaitable[Path]] | None = None,
    ) -> None:
        self._python = python
        self._with_packages = with_packages
        self._gate = ImportGate(runner, scratch)

    async def check_module(self, plan: Plan, contract: ModuleContract, files: Mapping[str, str]) -> list[Finding]:
        """Check one module; `files` may hold the modules it is coded against too."""
        findings, project = await asyncio.to_thread(_module_findings, plan, contract, files)
        if any(finding["source"] in {"syntax", "empty"} for finding in findings):
            return _ordered(findings)
        ready = [path for path in contract["paths"] if _imports_present(project, plan, path)]
        return _ordered(findings + await self._import(project, plan, ready))

    async def check_project(self, plan: Plan, files: Mapping[str, str]) -> list[Finding]:
        """Check all modules together."""
        findings, project = await asyncio.to_thread(_project_findings, plan, files)
        if any(finding["source"] in {"syntax", "empty"} for finding in findings):
            return _ordered(findings)
        paths = [path for path in project.trees if not is_test(path)]
        return _ordered(findings + await self._import(project, plan, paths))

    async def _import(self, project: Project, plan: Plan, paths: list[str]) -> list[Finding]:
        if not any(path.endswith(".py") for path in paths):
            return []
        wanted = plan["dependencies"]
        python = await (self._with_packages(wanted) if wanted and self._with_packages else self._python())
        return await self._gate.check(project, plan, paths, python)


def _module_findings(plan: Plan, contract: ModuleContract, files: Mapping[str, str]) -> tuple[list[Finding], Project]:
    project = read_project(files, plan["entry_point"])
    paths = set(contract["paths"])
    own = {path: files[path] for path in contract["paths"] if path in files}
    return [
        *check_whole(own),
        *check_syntax(own),
        *check_outside(plan, files),
        *check_contract(project, contract),
        *check_placeholders(project, paths),
        *check_names(project, paths),
        *check_shadows(project, paths),
        *check_web(files, paths, _planned(plan)),
    ], project


def _project_findings(plan: Plan, files: Mapping[str, str]) -> tuple[list[Finding], Project]:
    project = read_project(files, plan["entry_point"])
    paths = set(files)
    return [
        *check_whole(files),
        *check_syntax(files),
        *(finding for contract in plan["modules"] for finding in check_contract(project, contract)),
        *check_placeholders(project, paths),
        *check_symbols(project),
        *check_names(project, paths),
        *check_dependencies(project, plan),
        *check_shadows(project, paths),
        *check_entry_point(project, plan),
        *check_web(files, paths),
    ], project


def _planned(plan: Plan) -> frozenset[str]:
    return frozenset(path for contract in plan["modules"] for path in contract["paths"])


def _imports_present(project: Project, plan: Plan, path: str) -> bool:
    """Whether every project module the file needs, directly or not, is already written."""
    planned = read_project(dict.fromkeys(_planned(plan), ""), plan["entry_point"])
    waiting, seen = [path], set[str]()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        if current not in project.trees:
            return False
        for name in project.imported(current):
            there, later = project.by_name.get(name), planned.by_name.get(name)
            if there is None and later is not None:
                return False
            waiting += [there] if there else []
    return True


def _ordered(findings: list[Finding]) -> list[Finding]:
    """Blocking findings first, then by place."""
    heavy = {id(finding) for finding in blocking(findings)}
    return sorted(findings, key=lambda finding: (id(finding) not in heavy, finding["path"], finding["line"]))
