"""Runs the tests of generated programs in the runner, and checks that these tests can fail."""

from __future__ import annotations

import asyncio
import secrets
import time
from typing import TYPE_CHECKING, Final

from builders.checks.import_gate import child_environment
from builders.checks.project import is_test, read_project, write_files
from builders.mutation import mutants
from builders.pytest_report import read_report
from builders.runner import interpreter_reads
from builders.scratch import scratch_folder
from core.ports import Job, Limits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from core.plan import Plan
    from core.ports import Runner, TestReport

_SECONDS: Final = 120.0
_MUTANTS: Final = 8
_MUTATION_SECONDS: Final = 150.0
"""All mutants together; those not reached count neither way."""


class PytestBench:
    """`core.ports.TestBench`: pytest in a fresh folder with nothing in it but the project.

    `python` names an interpreter with pytest and hypothesis, `with_packages` one that has a plan's dependencies too.
    """

    def __init__(
        self,
        runner: Runner,
        python: Callable[[], Awaitable[Path]],
        scratch: Path,
        *,
        with_packages: Callable[[Sequence[str]], Awaitable[Path]] | None = None,
        seconds: float = _SECONDS,
    ) -> None:
        self._runner = runner
        self._python = python
        self._with_packages = with_packages
        self._scratch = scratch.absolute()
        self._seconds = seconds

    async def run_tests(
        self, project: str, plan: Plan, files: Mapping[str, str], tests: Sequence[str] = ()
    ) -> TestReport:
        """Run the test files named by `tests`, all of them when none is; `project` plays no part: nothing is kept."""
        del project
        return await self._run(plan, files, tests, self._seconds)

    async def weak_tests(self, project: str, plan: Plan, files: Mapping[str, str]) -> list[str]:
        """Seed up to eight faults, one at a time, and run the tests against each.

        The rule: tests are weak when they notice less than half of the seeded faults (so also when they notice none);
        then the faults nobody noticed are returned. Single survivors beside a majority of noticed ones are normal - a
        fault may change nothing a person could see - and are not reported. Faults are seeded into the files the
        tests import; when they import none (they start the program from outside), into all.
        """
        baseline = await self.run_tests(project, plan, files)
        if not baseline.ok:
            return []  # tests that fail have shown that they can
        seconds = min(self._seconds, 3 * baseline.seconds + 5)
        until = time.monotonic() + _MUTATION_SECONDS
        survivors: list[str] = []
        tried = 0
        for mutant in await asyncio.to_thread(mutants, _tested(plan, files), _MUTANTS):
            if time.monotonic() > until:
                break
            changed = {**files, mutant.path: mutant.source}
            report = await self._run(plan, changed, (), seconds, "-x")
            tried += 1
            if report.ok:
                survivors.append(mutant.description)
        return survivors if 2 * (tried - len(survivors)) < tried else []

    async def _run(
        self, plan: Plan, files: Mapping[str, str], tests: Sequence[str], seconds: float, *options: str
    ) -> TestReport:
        wanted = plan["dependencies"]
        python = await (self._with_packages(wanted) if wanted and self._with_packages else self._python())
        async with scratch_folder("tests-", self._scratch) as folder:
            await asyncio.to_thread(write_files, files, folder)
            # The name is not to be guessed by a program that would rather write its own report.
            report = folder / f".report-{secrets.token_hex(8)}.xml"
            command = _command(python, report, tests, seconds, options)
            job = await asyncio.to_thread(_job, command, python, folder, plan, files, seconds)
            result = await self._runner.run(job)
            return await asyncio.to_thread(read_report, result, report, ("python", *command[1:]))


def _command(
    python: Path, report: Path, tests: Sequence[str], seconds: float, options: Sequence[str]
) -> tuple[str, ...]:
    return (
        str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "--color=no", "--tb=short", "--rootdir=.",
        "-o", "addopts=", "-o", "junit_family=xunit2", "-o", f"faulthandler_timeout={max(1, int(seconds * 0.7))}",
        f"--junitxml={report.name}", *options, *(tests or ["."]),
    )  # fmt: skip


def _job(
    command: tuple[str, ...], python: Path, folder: Path, plan: Plan, files: Mapping[str, str], seconds: float
) -> Job:
    window = plan["kind"] == "gui"
    return Job(
        argv=command,
        workdir=folder,
        reads=interpreter_reads(python),
        env=child_environment(folder, files, plan["entry_point"]) | _pytest_environment(plan),
        limits=Limits(seconds=seconds, cpu_seconds=int(seconds) + 1, memory_mb=2048 if window else 1024),
        display=window,
    )


def _pytest_environment(plan: Plan) -> dict[str, str]:
    # CI makes hypothesis repeatable (its `ci` profile): the same program always gets the same verdict.
    if any(dependency.lower().startswith("pytest") for dependency in plan["dependencies"]):
        return {"CI": "1"}
    # Plugins nobody asked for cost seconds per run in a well-filled environment and can change verdicts.
    return {"CI": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def _tested(plan: Plan, files: Mapping[str, str]) -> dict[str, str]:
    """Return the product files the tests import, all when they import none."""
    project = read_project(files, plan["entry_point"])
    product = {path: files[path] for path, _ in project.product()}
    reached = {
        project.by_name[name]
        for path in project.trees
        if is_test(path)
        for name in project.imported(path)
        if name in project.by_name
    }
    return {path: text for path, text in product.items() if path in reached} or product
