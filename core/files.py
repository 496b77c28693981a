"""Write files so that a crash leaves either the old content or the new one, never a half."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

_PRIVATE_FILE: Final = 0o600
_LOCK_PATIENCE_SECONDS: Final = 2.0
"""Virus scanners and indexers on Windows hold a new file for fractions of a second."""
_LOCK_PAUSE_SECONDS: Final = 0.05


def write_atomic(path: Path, data: bytes) -> None:
    """Replace the content of `path`: temporary neighbour, fsync, rename, fsync of the folder."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        replace_patiently(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def replace_patiently(source: Path, target: Path) -> None:
    """Rename `source` over `target`; on Windows wait a moment for whoever has the target open."""
    deadline = time.monotonic() + _LOCK_PATIENCE_SECONDS
    while True:
        try:
            source.replace(target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > deadline:
                raise
            time.sleep(_LOCK_PAUSE_SECONDS)
        else:
            return


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; Windows does that by itself and cannot open folders."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def create_private(path: Path) -> None:
    """Make sure `path` exists; a file made here is readable by its owner only, an existing one is left alone."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR | getattr(os, "O_CLOEXEC", 0), _PRIVATE_FILE))
