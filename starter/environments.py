"""The two environments: MultiCoder's own, and the Python that generated programs are tested and built with."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from starter.commands import ROOT, WINDOWS, call, child_environment, in_env, must, works

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starter.packages import Installer

MINIMUM = (3, 11)
STAMP = ".multicoder-stamp"
PYTHON_PARTS_PROBE = """
import ctypes, importlib.util, os, sys, sysconfig
try:
    import tkinter
except ImportError:
    print("tkinter")
name = sysconfig.get_config_var("INSTSONAME") or ""
if ".so" not in name:
    name = "libpython%d.%d.so.1.0" % sys.version_info[:2]
folders = [os.path.join(sys.base_prefix, "lib"), *os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)]
if not any(os.path.exists(os.path.join(folder, name)) for folder in folders):
    try:
        ctypes.CDLL(name)
    except OSError:
        print("libpython")
"""


def stamp_of(lock: Path) -> str:
    """Digest what an environment depends on; any change means a new set-up."""
    # Not sys.version: a distribution's update of the same Python leaves the environments as good as they were.
    python = f"{sys.implementation.name} {sys.version_info[:3]} {sys.platform} {platform.machine()}"
    return hashlib.sha256(b"\0".join((lock.read_bytes(), python.encode(), os.fsencode(ROOT)))).hexdigest()


def stamped(folder: Path) -> str:
    """Read the stamp of a finished environment, empty when there is none."""
    try:
        return (folder / STAMP).read_text(encoding="utf-8") if in_env(folder, "python").exists() else ""
    except FileNotFoundError:
        return ""


def make_environment(folder: Path, python: str, lock: Path, installer: Installer) -> None:
    """Create the environment, or keep one whose Python is the same, and install the lock into it."""
    (folder / STAMP).unlink(missing_ok=True)
    which = "import sys; print(sys.version, sys.base_prefix)"
    if call([in_env(folder, "python"), "-c", which]) != call([python, "-c", which]):
        create = "import sys, venv; venv.EnvBuilder(with_pip=False, clear=True, symlinks=sys.argv[2] == 'links')"
        links = "copies" if WINDOWS else "links"
        must(
            [python, "-c", f"{create}.create(sys.argv[1])", folder, links],
            f"close programs that use {folder}, delete it and start again",
        )
    installer.sync(folder, lock)


def site_packages(folder: Path) -> Path:
    """Return where the packages of an environment lie."""
    return Path(must([in_env(folder, "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], ""))


def missing_python_parts(python: str | Path) -> list[str]:
    """Name what this Python lacks for windows and builds (`tkinter`, `libpython`); one that does not run lacks all."""
    code, output = call([python, "-c", PYTHON_PARTS_PROBE], child_environment())
    return output.split() if code == 0 else ["tkinter", "libpython"]


def other_pythons() -> Iterator[str]:
    """Pythons on this machine that are new enough, the one that runs this file first."""
    own = getattr(sys, "_base_executable", None) or sys.executable
    yield own
    version = f"import sys; sys.exit(sys.version_info < {MINIMUM})"
    names = ["/usr/bin/python3", "python3", *(f"python3.{minor}" for minor in range(MINIMUM[1], MINIMUM[1] + 5))]
    seen = {os.path.realpath(own)}
    for found in filter(None, map(shutil.which, names)):
        if os.path.realpath(found) not in seen and works([found, "-c", version]):
            seen.add(os.path.realpath(found))
            yield found


def toolchain_python() -> str:
    """Choose the Python for generated programs: a complete one, else one the distribution can complete."""
    if WINDOWS:
        return next(other_pythons())
    incomplete = []
    for python in other_pythons():
        if not missing_python_parts(python):
            return python
        incomplete.append(python)
    of_system = [python for python in incomplete if os.path.realpath(python).startswith("/usr/bin/")]
    return (of_system or incomplete)[0]
