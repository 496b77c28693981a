"""One executable file from a Python project, made by PyInstaller inside the sandbox.

PyInstaller ends with exit code 0 on builds that cannot run (a broken tkinter, a library that was not found, an
import that leads nowhere), so its log and its list of missing modules are read, and what they say fails the build.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from builders.runner import interpreter_reads
from builders.runner.collect import collect, read_result
from builders.targets.layout import Built, fresh_folder, program_files, write_files
from builders.targets.version_resource import version_resource
from core.errors import BuildFailed
from core.ports import Job, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from core.ports import BuildOrder, JobResult, Runner

MAX_MB: Final = 1024
LIMITS: Final = Limits(
    seconds=600, cpu_seconds=600, memory_mb=4096, processes=128, file_mb=MAX_MB, disk_mb=MAX_MB, output_kb=2048
)
"""Measured: Tk calculator 21 s of CPU, a PySide6 program 50 s."""

_FIXED_TIME: Final = "315619200"
"""1980-01-02: SOURCE_DATE_EPOCH, for byte-identical rebuilds; zip times start in 1980."""

_TK_BROKEN: Final = "tkinter installation is broken"
_LIBRARY: Final = re.compile(r"Library not found: could not resolve .+, dependency of (?P<file>.+)")
_OPTIONAL_PLUGIN: Final = re.compile(r"[/\\]plugins[/\\]")
"""Toolkits bring plugins for databases and desktops that are not here; only who uses one needs its library."""
_HIDDEN: Final = re.compile(r"Hidden import ['\"](?P<module>[\w.]+)['\"] not found")
_MISSING: Final = re.compile(r"^missing module named (?P<module>\S+) - imported (?:by )?(?P<importers>.+)$")
_IMPORTER: Final = re.compile(r"(?P<name>[^,(]+?)\s*\((?P<how>[^)]*)\)")
_LOG_TAIL: Final = 6000
_ICONS: Final = {"win32": "icon.ico", "darwin": "icon.icns"}


async def build_exe(order: BuildOrder, runner: Runner, python: Path) -> Built:
    """Build the executable of `order`; raises BuildFailed with the tool's log."""
    workdir = order.folder / "exe"
    name = order.plan["slug"]
    await asyncio.to_thread(_lay_out, workdir, order)
    command = pyinstaller_command(order, python)
    result = await runner.run(
        Job(
            argv=command,
            workdir=workdir,
            reads=await asyncio.to_thread(interpreter_reads, python),
            env={
                "PYINSTALLER_CONFIG_DIR": str(workdir / "config"),
                "PYTHONHASHSEED": "1",
                "PYTHONUTF8": "1",
                "SOURCE_DATE_EPOCH": _FIXED_TIME,
            },
            limits=LIMITS,
        )
    )
    file_name = name + (".exe" if sys.platform == "win32" else "")
    missing_log = await asyncio.to_thread(_read_if_there, workdir, f"work/{name}/warn-{name}.txt")
    log = result.stderr + result.stdout
    problems = _problems(result, missing_log, order)
    artifact = order.folder / "artifact" / file_name
    if not problems:
        problems = await asyncio.to_thread(_collect, workdir / "dist", artifact)
    if problems:
        raise BuildFailed(log="\n".join((*problems, log[-_LOG_TAIL:])))
    return Built(artifact, (command,), f"{_platform_note()}\n{log[-_LOG_TAIL:]}")


def pyinstaller_command(order: BuildOrder, python: Path) -> tuple[str, ...]:
    """Return the PyInstaller call; paths are relative to the build's work folder."""
    name = order.plan["slug"]
    options = ["--noconfirm", "--onefile", "--noupx", "--name", name, "--paths", "source"]
    options += ["--distpath", "dist", "--workpath", "work", "--specpath", "."]
    options.append("--windowed" if order.packaging["windowed"] else "--console")
    for path in data_files(order):
        options += ["--add-data", f"source/{path}:{PurePosixPath(path).parent}"]
    entry = order.plan["entry_point"]
    for module in sorted(_own_modules({path: "" for path in order.files if path != entry})):
        options += ["--hidden-import", module]  # imported by name only at run time, perhaps
    if sys.platform == "win32":
        options += ["--version-file", "version.txt"]
    icon = _ICONS.get(sys.platform)
    if icon and icon in order.files:
        options += ["--icon", f"source/{icon}"]
    return (str(python), "-m", "PyInstaller", *options, f"source/{entry}")


def data_files(order: BuildOrder) -> list[str]:
    """Return the project's files that are no code: a packager's list may be incomplete or wishful."""
    return sorted(path for path in program_files(order.files) if not path.endswith((".py", ".pyw")))


def broken_build(log: str, files: Mapping[str, str]) -> list[str]:
    """Return the lines of PyInstaller's log that speak of a program which cannot run.

    Packages warn of tkinter and modules they can do without, so these count only where the program's own `files`
    use them.
    """
    uses_tk = any("tkinter" in text for path, text in files.items() if path.endswith(".py"))
    own = _own_modules(files)

    def is_fatal(line: str) -> bool:
        if _TK_BROKEN in line:
            return uses_tk
        library, hidden = _LIBRARY.search(line), _HIDDEN.search(line)
        if library:
            return not _OPTIONAL_PLUGIN.search(library["file"])
        return hidden is not None and hidden["module"] in own

    return [line.strip() for line in log.splitlines() if is_fatal(line)]


def missing_modules(warnings: str, own: Iterable[str]) -> list[str]:
    """Return the imports of the program's `own` modules that lead nowhere, from PyInstaller's warning file.

    Optional and conditional ones are the program's business; so are standard library modules of another system
    that are imported only where they are used.
    """
    ours = set(own)
    found = []
    for line in warnings.splitlines():
        match = _MISSING.match(line)
        if not match:
            continue
        module = match["module"].strip("'\"")
        standard = module.split(".")[0] in sys.stdlib_module_names
        excused = {"optional", "conditional", "delayed"} if standard else {"optional", "conditional"}
        for importer in _IMPORTER.finditer(match["importers"]):
            how = {word.strip() for word in importer["how"].split(",")}
            if importer["name"].strip(" ,") in ours and not how & excused:
                found.append(f"missing module {module}, imported by {importer['name'].strip(' ,')}")
    return found


def _lay_out(workdir: Path, order: BuildOrder) -> None:
    fresh_folder(workdir)
    write_files(program_files(order.files), workdir / "source")
    if sys.platform == "win32":
        text = version_resource(order.plan["title"], order.plan["slug"], order.version)
        (workdir / "version.txt").write_text(text, encoding="utf-8")


def _own_modules(files: Mapping[str, str]) -> set[str]:
    """Return the dotted names of the program's modules."""
    names = set()
    for path in program_files(files):
        pure = PurePosixPath(path)
        if pure.suffix != ".py":
            continue
        parts = pure.with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        if parts and all(part.isidentifier() for part in parts):
            names.add(".".join(parts))
    return names


def _script_name(order: BuildOrder) -> str:
    return str(order.folder / "exe" / "source" / order.plan["entry_point"])


def _problems(result: JobResult, missing_log: str, order: BuildOrder) -> list[str]:
    own = _own_modules(order.files) | {_script_name(order)}
    problems = broken_build(result.stderr + result.stdout, order.files) + missing_modules(missing_log, own)
    if not result.ok:
        problems.append(f"PyInstaller ended with {result.ending}, exit code {result.exit_code}")
    return problems


def _collect(made: Path, artifact: Path) -> list[str]:
    """Take the one file out of the folder the build wrote; what is wrong comes back as text."""
    fresh_folder(artifact.parent)
    if made.is_symlink() or artifact.name not in collect(made, artifact.parent, file_mb=MAX_MB, total_mb=MAX_MB).files:
        return [f"PyInstaller made no file {artifact.name}"]
    artifact.chmod(0o755)
    return []


def _read_if_there(workdir: Path, name: str) -> str:
    try:
        return read_result(workdir, name).decode(errors="replace")
    except FileNotFoundError:
        return ""


def _platform_note() -> str:
    if sys.platform == "win32":
        return "Windows executable; it runs on Windows."
    return f"Executable for {sys.platform}; a Windows .exe can only be built on Windows."
