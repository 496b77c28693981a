"""Looks at the computer: disks, memory, the folder of reports and the repositories of the projects."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from typing import TYPE_CHECKING, Final

import psutil

from builders.delivery import NEEDED_MB
from builders.workspace import GitWorkspace
from core.errors import StorageError
from core.files import write_atomic
from core.i18n import Words
from core.ports import CommitNote
from engine.health.aside import aside
from engine.health.probe import Probe, Reading
from engine.health.telling import broken, poor, well
from engine.recovery.databases import CANARY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from core.ports import Workspace

_MIB: Final = 1 << 20
_LOW_MB: Final = 2_048
"""Below this a build may fail; below `NEEDED_MB` nothing is begun."""
_SLOW_SECONDS: Final = 3.0
_WRITTEN_BYTES: Final = 64 << 10
_LITTLE_MEMORY_MB: Final = 400
_LEAST_MEMORY_MB: Final = 120
_LARGE_MB: Final = 1_500


def disk(
    folder: Path,
    out: Callable[[], Awaitable[Path | None]],
    *,
    low_mb: int = _LOW_MB,
    least_mb: int = NEEDED_MB,
) -> Probe:
    """Something is written to the data folder and flushed, and both places for files have room."""

    async def read() -> Reading:
        try:
            seconds = await aside(lambda: _write_through(folder))
        except OSError as error:
            return broken("health-disk-refused", folder=str(folder), detail=error.strerror or type(error).__name__)
        other = await out()
        places = [folder, *([other] if other is not None else [])]
        free, place = await aside(lambda: min((_free_mb(place), str(place)) for place in places))
        if free < least_mb:
            return broken("health-disk-full", folder=place, free=free, needed=least_mb)
        if free < low_mb:
            return poor("health-disk-low", folder=place, free=free)
        if seconds > _SLOW_SECONDS:
            return poor("health-disk-slow", folder=str(folder), seconds=round(seconds, 1))
        return well("health-disk-ok", free=free, milliseconds=round(seconds * 1000))

    limits = Words("health-limits-disk", {"low": low_mb, "least": least_mb, "slow": _SLOW_SECONDS})
    return Probe("disk", Words("health-system-disk"), read, 60, 20, limits=limits)


def memory(*, little_mb: int = _LITTLE_MEMORY_MB, least_mb: int = _LEAST_MEMORY_MB, large_mb: int = _LARGE_MB) -> Probe:
    """How much memory is left, and how much of it is ours."""
    own = psutil.Process()

    async def read() -> Reading:
        available = psutil.virtual_memory().available // _MIB
        ours = own.memory_info().rss // _MIB
        if available < least_mb:
            return broken("health-memory-out", available=available, ours=ours)
        if available < little_mb:
            return poor("health-memory-low", available=available, ours=ours)
        if ours > large_mb:
            return poor("health-memory-large", available=available, ours=ours)
        return well("health-memory-ok", available=available, ours=ours)

    limits = Words("health-limits-memory", {"little": little_mb, "least": least_mb, "large": large_mb})
    return Probe("memory", Words("health-system-memory"), read, 30, 5, limits=limits)


def reports(folder: Path) -> Probe:
    """A tiny file is written where reports go and read back."""

    def write_and_read() -> Reading:
        said = secrets.token_bytes(32)
        file = folder / f".{CANARY}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            write_atomic(file, said)
            same = file.read_bytes() == said
        finally:
            file.unlink(missing_ok=True)
        kept = sum(1 for entry in folder.iterdir() if not entry.name.startswith("."))
        return well("health-reports-ok", reports=kept) if same else broken("health-reports-lost", folder=str(folder))

    async def read() -> Reading:
        try:
            return await aside(write_and_read)
        except OSError as error:
            return broken("health-reports-refused", folder=str(folder), detail=error.strerror or type(error).__name__)

    return Probe("reports", Words("health-system-reports"), read, 300, 20, limits=Words("health-limits-written"))


def projects(workspace: Workspace, folder: Path, scratch: Path) -> Probe:
    """A commit in a repository of our own is read back, and the newest project's files can all be read."""

    async def commit_and_read() -> Reading | None:
        await aside(lambda: shutil.rmtree(scratch / CANARY, ignore_errors=True))  # else it grew with every look
        said = secrets.token_hex(16)
        canary = GitWorkspace(scratch)
        commit = await canary.commit(CANARY, {"canary.txt": said}, CommitNote("", "multicoder", "Canary", CANARY))
        if await canary.head(CANARY) != commit or await canary.files(CANARY, commit) != {"canary.txt": said}:
            return broken("health-projects-lost")
        return None

    async def read() -> Reading:
        if trouble := await commit_and_read():
            return trouble
        newest = await aside(lambda: _newest(folder))
        if not newest:
            return well("health-projects-none")
        try:
            head = await workspace.head(newest)
            files = await workspace.files(newest, head) if head else {}
        except StorageError as error:
            return broken("health-projects-damaged", project=newest, detail=str(error.facts.get("detail", error.code)))
        return well("health-projects-ok", project=newest, files=len(files))

    return Probe("projects", Words("health-system-projects"), read, 300, 60, limits=Words("health-limits-projects"))


def _write_through(folder: Path) -> float:
    """Write a new file and have it on the disk; return the seconds it took. A new one, so that a full disk is seen."""
    began = time.monotonic()
    with tempfile.TemporaryFile(dir=folder, prefix=f".{CANARY}") as file:
        file.write(secrets.token_bytes(_WRITTEN_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return time.monotonic() - began


def _free_mb(place: Path) -> int:
    while not place.exists() and place != place.parent:
        place = place.parent
    return shutil.disk_usage(place).free // _MIB


def _newest(folder: Path) -> str:
    """Return the project whose branch moved last."""
    branches = folder.glob("*/repo/refs/heads/main") if folder.is_dir() else ()
    moved = [(branch.stat().st_mtime, branch.parents[3].name) for branch in branches]
    return max(moved)[1] if moved else ""


__all__ = ["disk", "memory", "projects", "reports"]
