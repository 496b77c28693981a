"""The `Builder` port: picks the target, proves the file by its digest and has it started."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.delivery import file_sha256
from builders.smoke import SmokeTest
from builders.starting import Starter, find_browser
from builders.targets.archive_zip import build_zip
from builders.targets.exe import build_exe
from builders.targets.layout import fresh_folder
from builders.targets.source import build_source
from builders.trial import try_out
from core.errors import BuildFailed
from core.ports import BuildReport, Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builders.targets.layout import Built
    from builders.toolchains.python import Environment, PythonToolchain
    from core.events import Json
    from core.plan import Plan, Target
    from core.ports import BuildOrder, Runner, SmokeReport, Trial

ENVIRONMENT_FILE: Final = "environment.json"
"""In the build's folder: the Python and the packages the program was built with."""

_TARGETS: Final = {
    "python": frozenset({"exe", "zip", "source"}),
    "web": frozenset({"zip", "source"}),
}


class ProgramBuilder:
    """Builds and starts programs in the sandbox. Environments with dependencies are kept in `environments`."""

    def __init__(self, runner: Runner, toolchain: PythonToolchain, environments: Path) -> None:
        self._runner = runner
        self._toolchain = toolchain
        self._environments = environments

    def can_build(self, plan: Plan, target: Target) -> bool:
        """Whether there is a builder for this language and target, and its tools are at hand.

        Pages need none to be built, but their tests run on Python like all others, and nothing untested is delivered.
        """
        if target not in _TARGETS.get(plan["language"], frozenset()) or not self._toolchain.available():
            return False
        return target != "exe" or not self._toolchain.missing_tools()

    async def build(self, order: BuildOrder) -> BuildReport:
        """Build the artifact of `order` inside its folder."""
        if not await asyncio.to_thread(self.can_build, order.plan, order.target):
            raise BuildFailed("target-unsupported", target=order.target, language=order.plan["language"])
        started = time.monotonic()
        built = await self._build(order)
        sha256 = await asyncio.to_thread(file_sha256, built.artifact)
        size = (await asyncio.to_thread(built.artifact.stat)).st_size
        return BuildReport(built.artifact, sha256, size, built.commands, time.monotonic() - started, built.log)

    async def intact(self, report: BuildReport) -> bool:
        """Whether the built file is still there, byte for byte."""
        try:
            return await asyncio.to_thread(file_sha256, report.artifact) == report.sha256
        except OSError:
            return False

    async def fetch(self, order: BuildOrder, report: BuildReport, places: Sequence[Path]) -> BuildReport:
        """Put an intact copy of a file that was built before into the emptied folder of `order`."""
        copy = await asyncio.to_thread(_fetched, order.folder, report, [report.artifact, *places])
        return replace(report, artifact=copy)

    async def evidence(self, order: BuildOrder, screenshot: str) -> Evidence:
        """Return the noted environment and the bytes of the picture taken by the smoke test (a path, or empty)."""
        picture = await asyncio.to_thread(Path(screenshot).read_bytes) if screenshot else None
        return Evidence(await asyncio.to_thread(built_with, order.folder), picture)

    async def smoke(self, order: BuildOrder, report: BuildReport) -> SmokeReport:
        """Start the built file and look; it must still be the one that was built."""
        return await SmokeTest(order, await self._starter(order, report, "smoke")).run()

    async def try_out(self, order: BuildOrder, report: BuildReport) -> Trial:
        """Start the built file once and tell what came of it."""
        return await try_out(await self._starter(order, report, "trial"), order.plan, order.files)

    async def _starter(self, order: BuildOrder, report: BuildReport, name: str) -> Starter:
        if await asyncio.to_thread(file_sha256, report.artifact) != report.sha256:
            raise BuildFailed("artifact-changed", path=report.artifact.name)
        python = (await self._environment(order)).python if order.plan["language"] == "python" else None
        parts = await asyncio.to_thread(self._toolchain.screen_parts)
        browser = await asyncio.to_thread(find_browser)
        folder = await asyncio.to_thread(fresh_folder, order.folder / name)
        return Starter(report.artifact, order.plan, folder, self._runner, python, browser=browser, screen_parts=parts)

    async def _build(self, order: BuildOrder) -> Built:
        if order.plan["language"] == "python":
            environment = await self._environment(order)
            await asyncio.to_thread(_note_environment, order.folder, environment)
            if order.target == "exe":
                return await build_exe(order, self._runner, environment.python)
        return await (build_source(order) if order.target == "source" else build_zip(order))

    async def _environment(self, order: BuildOrder) -> Environment:
        return await self._toolchain.environment_for(self._environments, order.plan["dependencies"])


def _fetched(folder: Path, report: BuildReport, places: Sequence[Path]) -> Path:
    """Copy first and look at the copy: the original may change at any moment."""
    fresh_folder(folder)
    copy = folder / report.artifact.name
    for place in places:
        try:
            shutil.copy(place, copy)
        except OSError:
            continue
        if file_sha256(copy) == report.sha256:
            return copy
        copy.unlink()
    raise BuildFailed("version-gone", path=str(places[-1]))


def built_with(folder: Path) -> dict[str, Json]:
    """Return `python`, `packages` and `required` as noted by the build in `folder`; empty for the web."""
    path = folder / ENVIRONMENT_FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _note_environment(folder: Path, environment: Environment) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    facts = {
        "python": environment.version,
        "packages": dict(sorted(environment.packages.items())),
        "required": sorted(environment.required),
    }
    (folder / ENVIRONMENT_FILE).write_text(json.dumps(facts, indent=1), encoding="utf-8")
