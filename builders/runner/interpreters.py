"""Which folders a Python interpreter needs to be readable in the sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SYSTEM: Final = Path("/usr")
"""Always readable in the sandbox."""

SANDBOX_PATH: Final = "/usr/local/bin:/usr/bin:/bin"
"""PATH in the sandbox of Linux."""


def interpreter_reads(python: Path) -> tuple[Path, ...]:
    """Return the folders `python` lives on: its virtual environment and its base installation.

    Each is named the way it is reached and the way it resolves, because interpreters are found through links
    (`python -> python3.11`, a managed `cpython-3.11 -> cpython-3.11.7`). A folder is only taken when it is really
    an installation: `~/bin/python` must not open the whole home folder.
    """
    found: list[Path] = []
    environment = python.absolute().parent.parent
    configuration = environment / "pyvenv.cfg"
    if configuration.is_file():
        found += [environment, environment.resolve()]
        base = _base_of(configuration)
        found += _installation(base) if base else []
    elif python.is_symlink():
        found.append(python.absolute())
    found += _installation(python.resolve().parent)
    return tuple(path for path in dict.fromkeys(found) if not path.is_relative_to(SYSTEM))


def _base_of(configuration: Path) -> Path | None:
    for line in configuration.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("=")
        if key.strip().lower() == "home":
            return Path(value.strip())
    return None


def _installation(scripts: Path) -> list[Path]:
    """Return the prefix around a folder of executables, when a standard library is below it."""
    prefix = scripts.parent if scripts.name in {"bin", "Scripts"} else scripts
    if any(prefix.glob("lib/python3*/os.py")) or (prefix / "Lib" / "os.py").is_file():
        return [prefix, prefix.resolve()]
    return []
