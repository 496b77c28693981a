"""How a project's files are laid out on disk and in archives; names pass `core.safe_path` here."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from builders.checks.project import is_test
from core.safe_path import check_collisions, clean_name, safe_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest time a zip can hold: equal projects give equal bytes."""

_PLAIN_MODE: Final = 0o100644 << 16
_EXECUTABLE_MODE: Final = 0o100755 << 16
_UNIX: Final = 3


@dataclass(frozen=True, slots=True)
class Built:
    """What a target made: the file, the commands it took and what they said."""

    artifact: Path
    commands: tuple[tuple[str, ...], ...]
    log: str


def program_files(files: Mapping[str, str]) -> dict[str, str]:
    """Return what the program consists of: everything but its tests."""
    return {path: text for path, text in files.items() if not is_test(path)}


def fresh_folder(folder: Path) -> Path:
    """Empty `folder`, whatever an interrupted build left there."""
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write text files below `folder`, byte for byte."""
    check_collisions(files)
    for name, text in files.items():
        path = safe_path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def write_zip(archive: Path, top: str, files: Mapping[str, str], executable: frozenset[str] = frozenset()) -> None:
    """Write `files` below the folder `top` of a new zip: sorted, fixed times, the same bytes each time."""
    check_collisions(files)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{clean_name(top)}/{clean_name(name)}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _EXECUTABLE_MODE if name in executable else _PLAIN_MODE
            target.writestr(entry, files[name].encode())
