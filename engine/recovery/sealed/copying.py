"""Making and opening sealed copies of the whole memory, whichever of the two forms a path stands for."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError, StorageError
from core.version import program_version
from engine.recovery.sealed.contents import Facts, contents
from engine.recovery.sealed.one_file import open_file, write_file
from engine.recovery.sealed.pieces import Snapshot, has_key, origins, own_folder, prune, store
from engine.recovery.told import unusable_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from core.paths import Home
    from core.sealing import Hidden
    from engine.recovery.sealed.contents import Copy


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made."""

    path: str
    name: str
    """Of the copy in a folder; empty for a file."""
    bytes: int
    """Of what was written now."""
    kept: int
    """Bytes of pieces in the folder that did not have to be written again."""
    pruned: int
    """Older copies that were taken away."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A copy in a folder as it is listed."""

    label: str
    at: float
    size: int
    missing: int
    """Pieces that are not there; -1 when its list cannot be read."""
    projects: bool = False


def is_folder(path: Path) -> bool:
    """Whether a path stands for a folder of copies: one that is there, or a new one whose name has no ending."""
    return path.is_dir() or (not path.exists() and not path.suffix)


def is_new(home: Home, path: Path) -> bool:
    """Whether the passphrase of the next copy there is a new one."""
    return not (is_folder(path) and has_key(home, path))


def make_copy(
    home: Home,
    path: Path,
    passphrase: Hidden,
    *,
    projects: bool = False,
    keep: int = 0,
    progress: Callable[[float], None] = lambda _fraction: None,
) -> Made:
    """Copy the whole memory as it is at one moment; an engine may be working on it. Blocks.

    `keep` says how many copies of this machine stay in a folder, 0 all; `progress` is told a fraction, and what it
    raises stops the work.

    Raises:
        InputError: `sealed-target-exists`, `sealed-inside`, `sealed-nothing`, `sealed-wrong-passphrase`.
        StorageError: `sealed-busy`, `backup-refused` (what would be copied is damaged); the disk refused.
    """
    if path.resolve().is_relative_to(home.root.resolve()):
        raise InputError("sealed-inside", path=str(path))
    at = time.time()
    with contents(home, projects=projects) as items:
        facts = Facts(at, program_version(), projects)
        total = max(1, sum(item.path.stat().st_size for item in items if item.path.exists()))

        def told(done: int) -> None:
            progress(min(1.0, done / total))

        if not is_folder(path):
            return Made(str(path), "", write_file(items, facts, path, passphrase, told), 0, 0)
        stored = store(home, items, facts, path, passphrase, told)
    pruned = prune(home, path, passphrase, keep) if keep else 0
    return Made(str(path), stored.name, stored.written, stored.kept, pruned)


@contextmanager
def open_copy(home: Home, path: Path, passphrase: Hidden, snapshot: str = "") -> Iterator[Copy]:
    """Open a file, or one copy of a folder: the one named `snapshot`, else the newest of this memory or the only one.

    Raises:
        InputError: `sealed-foreign`, `sealed-newer`, `sealed-wrong-passphrase`, `sealed-unknown-snapshot`;
            `sealed-several` when the folder holds copies of several memories and none was named.
        StorageError: `sealed-damaged`; `sealed-incomplete` when pieces of it are not there.
    """
    if not path.exists():
        raise InputError("sealed-absent", path=str(path))
    if not path.is_dir():
        with open_file(path, passphrase) as copy:
            yield copy
        return
    found = _chosen(home, path, passphrase, snapshot)
    if found.missing:
        raise StorageError("sealed-incomplete", path=str(path), snapshot=found.label, count=found.missing)
    yield found


def list_copies(path: Path, passphrase: Hidden) -> list[Listed]:
    """List the copies of a folder by memory, the newest first; raises as `open_copy` does."""
    listed: list[Listed] = []
    for origin in origins(path, passphrase):
        for name in origin.names():
            label = f"{origin.folder.name}/{name.removesuffix('.snapshot')}"
            try:
                found = origin.snapshot(name)
            except StorageError:
                listed.append(Listed(label, 0.0, 0, -1))
            else:
                listed.append(Listed(label, found.facts.at, found.size, found.missing, found.facts.projects))
    return listed


def _chosen(home: Home, path: Path, passphrase: Hidden, snapshot: str) -> Snapshot:
    with unusable_told(path):
        names = {
            f"{origin.folder.name}/{name.removesuffix('.snapshot')}": (origin, name)
            for origin in origins(path, passphrase)
            for name in origin.names()
        }
        if snapshot:
            if snapshot not in names:
                raise InputError("sealed-unknown-snapshot", path=str(path), snapshot=snapshot[:80])
            origin, name = names[snapshot]
            return origin.snapshot(name)
        if not names:
            raise InputError("sealed-foreign", path=str(path))
        own = [label for label in names if label.split("/")[0] == own_folder(home)]
        if not own and len({origin.folder for origin, _ in names.values()}) > 1:
            raise InputError("sealed-several", path=str(path))
        origin, name = names[max(own or names)]
        return origin.snapshot(name)
