"""Copies of delivered files: whole or absent, never over something nobody agreed to lose."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import InputError
from core.files import replace_patiently, sync_folder
from core.safe_path import unsafe_reason

if TYPE_CHECKING:
    from collections.abc import Callable

_PIECE: Final = 1 << 20
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


class StoppedError(Exception):
    """The copy was given up because the window closes."""


def copy_file(source: Path, target: Path, *, replaces: bool, told: Callable[[float], bool]) -> None:
    """Copy a file to `target`, which appears at once and complete.

    `replaces` says that the person agreed to lose what is there. `told` hears the share that is done, 0 to 1, and
    answers whether to go on. Raises OSError, FileExistsError when something is there, InputError for a name that
    Windows could not open, StoppedError.
    """
    check_name(target)
    if target.exists() and not replaces:
        raise FileExistsError(errno.EEXIST, "already there", str(target))
    size = source.stat().st_size
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as into, source.open("rb") as out_of:
            done = 0
            while piece := out_of.read(_PIECE):
                into.write(piece)
                done += len(piece)
                if not told(min(1.0, done / max(1, size))):
                    raise StoppedError
            into.flush()
            os.fsync(into.fileno())
        shutil.copymode(source, part)
        _place(part, target, replaces=replaces)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    sync_folder(target.parent)


def check_name(target: Path) -> None:
    """Raise InputError `unsafe-path` when a name cannot be kept on every system."""
    reason = unsafe_reason(target.name)
    if reason:
        raise InputError("unsafe-path", name=target.name[:80], reason=reason)


def _place(part: Path, target: Path, *, replaces: bool) -> None:
    if replaces:
        replace_patiently(part, target)
    elif os.name == "nt":
        part.rename(target)  # refuses there when something has appeared meanwhile
    else:
        _place_beside(part, target)


def _place_beside(part: Path, target: Path) -> None:
    """A second name refuses to replace what has appeared meanwhile; a rename would not."""
    try:
        os.link(part, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, "already there", str(target)) from error
        part.rename(target)
