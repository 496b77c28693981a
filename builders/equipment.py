"""The adapters of this package on this machine, joined in one place for everyone who makes a workshop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from builders.build import ProgramBuilder
from builders.checks.checker import PythonChecker
from builders.delivery import FileDelivery
from builders.runner import make_runner
from builders.test_bench import PytestBench
from builders.toolchains.python import own_toolchain
from builders.workspace import GitWorkspace
from core.paths import install_folder

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from builders.toolchains.python import PythonToolchain
    from core.paths import Home
    from core.ports import Builder, Checker, Delivery, Runner, TestBench, Workspace


@dataclass(frozen=True, slots=True)
class Equipment:
    """What generated files are kept, checked, tested, built and delivered with."""

    workspace: Workspace
    checker: Checker
    bench: TestBench
    builder: Builder
    delivery: Delivery
    runner: Runner
    toolchain: PythonToolchain


def equipment(home: Home, environ: Mapping[str, str], permitted: Callable[[str], Awaitable[bool]]) -> Equipment:
    """Join runner and toolchain of this machine with the folders of `home`; nothing is run or made yet.

    `permitted` says whether a person allowed a set of packages that is not on the known list.
    """
    runner = make_runner()
    toolchain = own_toolchain(home, environ, permitted)
    environments = home.builds / "environments"

    async def with_packages(dependencies: Sequence[str]) -> Path:
        return await toolchain.for_project(environments, dependencies)

    return Equipment(
        workspace=GitWorkspace(home.projects),
        checker=PythonChecker(runner, toolchain.python, home.builds / "checks", with_packages=with_packages),
        bench=PytestBench(runner, toolchain.python, home.builds / "tests", with_packages=with_packages),
        builder=ProgramBuilder(runner, toolchain, environments),
        delivery=FileDelivery(install_folder()),
        runner=runner,
        toolchain=toolchain,
    )
