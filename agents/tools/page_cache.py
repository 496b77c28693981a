"""Answers kept for a while, in memory and in a folder: what was read a moment ago is not asked for again.

Names of files are checksums, what was asked with a key is never kept, and a file that cannot be read is no answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from core.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MEMORY_BYTES: Final = 8 << 20
DISK_BYTES: Final = 64 << 20
OLDEST: Final = 86_400.0
"""Seconds a file stays at most; older ones go when the first answer after a start is kept."""
_ENDING: Final = ".answer"
_ROOM_LEFT: Final = 0.8
"""How full the folder is after old answers went."""


class PageCache:
    """Bytes with a few facts, by key; the newest stay."""

    def __init__(
        self, folder: Path | None = None, *, memory_bytes: int = MEMORY_BYTES, disk_bytes: int = DISK_BYTES
    ) -> None:
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._disk_bytes = disk_bytes
        self._kept: OrderedDict[str, tuple[float, Mapping[str, Any], bytes]] = OrderedDict()
        self._held = 0
        self._on_disk = -1
        """Bytes in the folder; -1 = not counted yet."""

    async def find(self, key: str, fresh: float) -> tuple[Mapping[str, Any], bytes] | None:
        """Return the facts and bytes kept under a key, at most `fresh` seconds old."""
        name = hashlib.sha256(key.encode()).hexdigest()
        found = self._kept.get(name)
        if found is None and self._folder is not None:
            found = await asyncio.to_thread(_read, self._folder / f"{name}{_ENDING}")
        if found is None or not 0 <= time.time() - found[0] <= fresh:
            return None
        self._hold(name, found)
        return found[1], found[2]

    async def keep(self, key: str, facts: Mapping[str, Any], body: bytes) -> None:
        """Keep an answer; where the disk refuses it, memory alone remembers."""
        name = hashlib.sha256(key.encode()).hexdigest()
        entry = (time.time(), facts, body)
        self._hold(name, entry)
        if self._folder is not None and len(body) <= self._disk_bytes // 4:
            with suppress(OSError):
                await asyncio.to_thread(self._write, self._folder, name, entry)

    def _hold(self, name: str, entry: tuple[float, Mapping[str, Any], bytes]) -> None:
        before = self._kept.pop(name, None)
        self._held += len(entry[2]) - (len(before[2]) if before else 0)
        self._kept[name] = entry
        while self._held > self._memory_bytes and self._kept:
            _, (_, _, body) = self._kept.popitem(last=False)
            self._held -= len(body)

    def _write(self, folder: Path, name: str, entry: tuple[float, Mapping[str, Any], bytes]) -> None:
        written, facts, body = entry
        folder.mkdir(parents=True, exist_ok=True)
        head = json.dumps({"written": written, "sha256": hashlib.sha256(body).hexdigest(), "facts": dict(facts)})
        data = head.encode() + b"\n" + body
        if self._on_disk < 0:
            self._on_disk = _tidied(folder)
        if self._on_disk + len(data) > self._disk_bytes:
            self._make_room(folder, len(data))
        write_atomic(folder / f"{name}{_ENDING}", data)
        self._on_disk += len(data)

    def _make_room(self, folder: Path, needed: int) -> None:
        files = sorted(_files(folder))
        left = sum(size for _, size, _ in files)
        for _, size, path in files:
            if left + needed <= self._disk_bytes * _ROOM_LEFT:
                break
            path.unlink(missing_ok=True)
            left -= size
        self._on_disk = left


def _files(folder: Path) -> list[tuple[float, int, Path]]:
    found = []
    for path in folder.glob(f"*{_ENDING}"):
        with suppress(OSError):  # another process made room
            stat = path.stat()
            found.append((stat.st_mtime, stat.st_size, path))
    return found


def _tidied(folder: Path) -> int:
    """Take old files away; return the bytes of the others."""
    size = 0
    for changed, bytes_, path in _files(folder):
        if time.time() - changed > OLDEST:
            with suppress(OSError):
                path.unlink()
        else:
            size += bytes_
    return size


def _read(path: Path) -> tuple[float, Mapping[str, Any], bytes] | None:
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        told = json.loads(head)
        written, facts, digest = float(told["written"]), dict(told["facts"]), told["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return (written, facts, body) if hashlib.sha256(body).hexdigest() == digest else None
