"""A built artifact laid out the way the person will have it, ready to be started."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from builders.runner import interpreter_reads
from builders.targets.layout import fresh_folder
from core.errors import BuildFailed
from core.safe_path import safe_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from core.plan import Plan

MAX_ENTRIES: Final = 5_000
MAX_BYTES: Final = 200 << 20


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A copy of the artifact in a folder of its own, and how it is started."""

    folder: Path
    """Where the program lies; also its current directory."""
    argv: tuple[str, ...]
    reads: tuple[Path, ...]
    env: Mapping[str, str]


def unpack(artifact: Path, plan: Plan, folder: Path, python: Path | None) -> Unpacked:
    """Copy (or unzip) `artifact` into the emptied `folder`; scripts are started by `python`, pages by nobody."""
    fresh_folder(folder)
    if artifact.suffix == ".zip":
        _unzip(artifact, folder)
        root = folder / plan["slug"]
        return _script(root, root / plan["entry_point"], plan, python) if python else Unpacked(root, (), (), {})
    copy = folder / artifact.name
    shutil.copy(artifact, copy)
    if artifact.suffix == ".py" and python:
        return _script(folder, copy, plan, python)
    return Unpacked(folder, (str(copy),), (), {})


def _script(root: Path, entry: Path, plan: Plan, python: Path) -> Unpacked:
    reads = tuple(interpreter_reads(python))
    start: tuple[str, ...] = (str(python), str(entry))
    if plan["kind"] == "library":
        start = (str(python), "-c", f"import {_module_name(entry.relative_to(root).as_posix())}")
    return Unpacked(root, start, reads, {"PYTHONPATH": str(root)})


def _module_name(path: str) -> str:
    parts = PurePosixPath(path).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def _unzip(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as source:
        entries = source.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_BYTES:
            raise BuildFailed(log=f"{archive.name} is larger than what is unpacked for a look")
        for entry in entries:
            path = safe_path(folder, entry.filename)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(source.read(entry))
            path.chmod((entry.external_attr >> 16) & 0o777 or 0o644)
