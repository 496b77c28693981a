"""The Python that tests and builds generated programs: one shared environment, and one per project that needs packages.

It is never the interpreter MultiCoder itself runs in: a generated `from memory import ...` must not find ours.
Environments are made by uv from locks with hashes, wheels only, so that no package runs code while it is installed.
A frozen program brings interpreter and wheels along and makes the shared environment of them, in the data folder.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import shutil
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from builders.runner.interpreters import SANDBOX_PATH
from builders.runner.tools import run_tool
from builders.scratch import scratch_folder
from builders.toolchains.dependencies import accepted_requirements, strangers
from builders.toolchains.interpreters import LOCK, NO_SUPPLIES, Supplies, install_interpreter, reachable
from builders.toolchains.uv import Uv
from core.errors import ConfigurationError, InputError
from core.paths import frozen, install_folder, shipped

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from core.paths import Home

FOLDER_VARIABLE: Final = "MULTICODER_TOOLCHAIN"
SYSTEM_FOLDER: Final = "system"
"""Below the shared environment: system libraries unpacked by set-up where nothing could be installed."""

_PROBE: Final = (
    "import json, platform, sys\n"
    "from importlib.metadata import distributions\n"
    "import hypothesis, pytest, PyInstaller\n"
    "found = {d.metadata['Name']: d.version for d in distributions()}\n"
    "print(json.dumps({'python': platform.python_version(), 'packages': found}))\n"
)
"""Imports what the toolchain is for, so that a half-made environment is not taken for a whole one."""

_PINNED: Final = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)
_PROBE_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Environment:
    """An interpreter with the packages it holds."""

    python: Path
    version: str
    packages: Mapping[str, str]
    required: frozenset[str] = frozenset()
    """Normalised names of what the program itself needs, with all that needs in turn; the rest are build tools."""


def toolchain_folder(home: Home, environ: Mapping[str, str]) -> Path:
    """Where the shared environment lies: MULTICODER_TOOLCHAIN, else where set-up makes it, else the data folder.

    A frozen program's own folder may be read-only. What it makes is named after what it is made of: another version
    of the program makes another one.
    """
    if environ.get(FOLDER_VARIABLE):
        return Path(environ[FOLDER_VARIABLE])
    return Supplies.of(home, environ).kept / "environment" if frozen() else install_folder() / ".toolchain"


def own_toolchain(
    home: Home, environ: Mapping[str, str], permitted: Callable[[str], Awaitable[bool]] | None = None
) -> PythonToolchain:
    """Return the toolchain of this computer and data folder; nothing is run or made yet."""
    return PythonToolchain(
        toolchain_folder(home, environ),
        shipped(LOCK),
        supplies=Supplies.of(home, environ),
        environ=environ,
        permitted=permitted,
    )


def environment_python(folder: Path) -> Path:
    """Return the interpreter of the virtual environment at `folder`."""
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


class PythonToolchain:
    """Finds or makes the environments. `lock` pins pytest, hypothesis, PyInstaller and setuptools with hashes.

    `permitted` is asked about packages that are not on the known list, all of a program's at once.
    """

    def __init__(
        self,
        folder: Path,
        lock: Path,
        *,
        supplies: Supplies = NO_SUPPLIES,
        environ: Mapping[str, str] | None = None,
        permitted: Callable[[str], Awaitable[bool]] | None = None,
    ) -> None:
        self._folder = folder
        self._lock = lock
        self._environ = os.environ if environ is None else environ
        self._supplies = supplies
        self._uv = Uv(self._environ, supplies.folder, supplies.cache)
        self._permitted = permitted
        self._one_at_a_time = asyncio.Lock()
        self._probed: dict[Path, Environment] = {}

    async def python(self) -> Path:
        """Return the interpreter of the shared environment, which is made when missing."""
        return (await self.shared()).python

    async def shared(self) -> Environment:
        """Return the shared environment; ConfigurationError when it is broken, or missing and cannot be made."""
        async with self._one_at_a_time:
            python = environment_python(self._folder)
            if not self._folder.exists():
                await self._make_shared()
            elif not python.is_file():  # whoever made this folder put more into it than we could replace
                raise ConfigurationError("toolchain-broken", folder=str(self._folder), detail=f"no {python.name}")
            return await self._proven(python)

    async def remake(self) -> None:
        """Make the shared environment anew; what lies in its place comes back when that fails."""
        earlier = self._folder.with_name(f"{self._folder.name}.bad")

        def set_aside() -> None:
            shutil.rmtree(earlier, ignore_errors=True)
            if self._folder.exists():
                self._folder.replace(earlier)

        def bring_back() -> None:
            if earlier.exists() and not self._folder.exists():
                earlier.replace(self._folder)

        await asyncio.to_thread(set_aside)
        self._probed.pop(environment_python(self._folder), None)
        try:
            await self.shared()
        except BaseException:
            await asyncio.to_thread(bring_back)
            raise
        await asyncio.to_thread(shutil.rmtree, earlier, ignore_errors=True)

    async def for_project(self, project_folder: Path, dependencies: Sequence[str]) -> Path:
        """Return the interpreter that has `dependencies`; see `environment_for`."""
        return (await self.environment_for(project_folder, dependencies)).python

    async def environment_for(self, project_folder: Path, dependencies: Sequence[str]) -> Environment:
        """Return the shared environment, or one of the project's own when it has third-party dependencies.

        Raises InputError when a dependency is not acceptable or nowhere to be found.
        """
        asked = await asyncio.to_thread(strangers, dependencies)
        allowed = bool(asked) and self._permitted is not None and await self._permitted(", ".join(asked))
        requirements = await asyncio.to_thread(accepted_requirements, dependencies, asked if allowed else ())
        shared = await self.shared()
        if not requirements:
            return shared
        digest = hashlib.sha256(self._lock.read_bytes() + "\n".join(requirements).encode())
        folder = project_folder / f"python-{digest.hexdigest()[:12]}"
        async with self._one_at_a_time:
            lock = folder.with_suffix(".lock")
            if not lock.is_file():
                await self._resolve(requirements, lock, shared.python)
            python = environment_python(folder)
            if not python.is_file():
                await self._make(folder, (self._lock, lock), str(shared.python))
            environment = await self._proven(python)
        return replace(environment, required=frozenset(_PINNED.findall(lock.read_text(encoding="utf-8"))))

    def screen_parts(self) -> tuple[dict[str, str], tuple[Path, ...]]:
        """Return the variables and the folder that finished window programs need on a system without X libraries."""
        system = self._folder / SYSTEM_FOLDER
        noted = system / "display.json"
        return (json.loads(noted.read_text(encoding="utf-8")), (system,)) if noted.is_file() else ({}, ())

    def available(self) -> bool:
        """Whether there is a shared environment, or everything it takes to make one."""
        if environment_python(self._folder).is_file():
            return True
        listed = self._supplies.interpreters(self._environ)
        interpreter = reachable(listed) if listed is not None else not frozen()
        return interpreter and self._lock.is_file() and self._uv.place() is not None

    def missing_tools(self) -> list[str]:
        """Name what PyInstaller asks a Linux system for, and neither the sandbox nor set-up has."""
        if sys.platform != "linux":
            return []
        places = os.pathsep.join([SANDBOX_PATH, str(self._folder / SYSTEM_FOLDER)])
        return [name for name in ("objcopy", "objdump") if shutil.which(name, path=places) is None]

    def supplied(self) -> bool:
        """Whether the program brought all of it along, so that no network is needed."""
        return self._supplies.shipped_list.is_file() and self.available()

    # -------------------------------------------------------------------------------------------- making

    async def _proven(self, python: Path) -> Environment:
        """Run the interpreter once and keep what it says of itself."""
        if python in self._probed:
            return self._probed[python]
        result = await run_tool(
            (str(python), "-I", "-c", _PROBE), cwd=python.parent, env={}, seconds=_PROBE_SECONDS, output_kb=256
        )
        if not result.ok:
            last = (result.stderr.strip().splitlines() or [result.ending])[-1]
            raise ConfigurationError("toolchain-broken", folder=str(python.parents[1]), detail=last)
        facts = json.loads(result.stdout)
        self._probed[python] = Environment(python, facts["python"], facts["packages"])
        return self._probed[python]

    async def _make_shared(self) -> None:
        listed = self._supplies.interpreters(self._environ)
        if listed is None:
            if frozen():
                raise ConfigurationError("toolchain-no-python")
            await self._make(self._folder, (self._lock,), str(_own_base_python()))
            return
        await asyncio.to_thread(self._supplies.forget_earlier)
        base = await install_interpreter(self._uv, listed, self._supplies.kept / "interpreters")
        # The wheels fit the interpreter they were shipped with; another one may need others.
        alone = ("--no-index",) if listed == self._supplies.shipped_list else ()
        await self._make(self._folder, (self._lock,), str(base), *alone)

    async def _make(self, folder: Path, locks: Sequence[Path], base: str, *sources: str) -> None:
        """Build beside and move into place whole, so that a killed set-up leaves nothing that looks finished."""
        if not all(lock.is_file() for lock in locks):
            raise ConfigurationError("toolchain-missing", folder=str(folder))
        if self._supplies.wheels.is_dir():
            sources = (*sources, "--find-links", str(self._supplies.wheels))
        async with scratch_folder(".toolchain-", folder.parent) as work:
            made = work / "made"
            await self._run_uv("venv", "--relocatable", "--no-python-downloads", "--python", base, str(made))
            await self._run_uv(
                # The sandbox may not write there: what is not compiled now would be at each of its runs.
                *("pip", "sync", "--compile-bytecode", "--require-hashes", "--only-binary", ":all:", *sources),
                *("--python", str(environment_python(made)), *map(str, locks)),
            )
            await asyncio.to_thread(_share_system, self._folder, made)
            await asyncio.to_thread(_put_in_place, made, folder)

    async def _resolve(self, requirements: Sequence[str], lock: Path, python: Path) -> None:
        """Pin `requirements` and all they need, with hashes."""
        async with scratch_folder(".resolve-", lock.parent) as work:
            wanted = work / "wanted.in"
            await asyncio.to_thread(wanted.write_text, "\n".join(requirements) + "\n", encoding="utf-8")
            resolved = wanted.with_suffix(".lock")
            try:
                await self._run_uv(
                    *("pip", "compile", "--generate-hashes", "--only-binary", ":all:", "--no-header", "--no-annotate"),
                    *("--no-emit-index-url", "--no-emit-find-links", "--constraints", str(self._lock)),
                    *("--python", str(python), "--output-file", str(resolved), str(wanted)),
                )
            except ConfigurationError as error:
                if error.code != "toolchain-failed":
                    raise
                raise InputError(
                    "dependency-unresolved", packages=", ".join(requirements), detail=str(error.facts["detail"])
                ) from error
            await asyncio.to_thread(resolved.replace, lock)

    async def _run_uv(self, *arguments: str) -> None:
        await self._uv.run("--quiet", *arguments, cwd=self._lock.parent)


def _put_in_place(made: Path, folder: Path) -> None:
    try:
        made.rename(folder)
    except OSError:  # something is there: another process was quicker, or it is one of ours that lost its interpreter
        if not environment_python(folder).is_file():
            shutil.rmtree(folder, ignore_errors=True)
            made.rename(folder)


def _own_base_python() -> Path | str:
    """Return the interpreter below our own virtual environment, or its version when there is no such file."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    base = Path(sys.base_prefix)
    python = base / "python.exe" if sys.platform == "win32" else base / "bin" / f"python{version}"
    return python if python.is_file() else version


def _share_system(shared: Path, made: Path) -> None:
    """Give a project's environment the system parts that set-up unpacked into the shared one, where it had to."""
    if not (shared / SYSTEM_FOLDER).is_dir():
        return
    shutil.copytree(shared / SYSTEM_FOLDER, made / SYSTEM_FOLDER, symlinks=True, copy_function=_link_or_copy)
    for target in made.glob("lib/python*/site-packages"):
        for file in shared.glob(f"lib/{target.parent.name}/site-packages/multicoder_system.p*"):
            shutil.copy(file, target)


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk, or one without hard links
        shutil.copy2(source, target)
