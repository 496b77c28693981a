"""What a copy of the whole memory holds: the truth of a data folder at one moment, never keys.

That is every database but the list of tasks, the older events of the journal with its anchor, and on wish the
repositories of all projects. What an index holds is made anew from these; tasks belong to the machine they ran on.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from core.errors import InputError, StorageError
from core.locks import locked
from core.safe_path import clean_name
from engine.journal import anchor_file
from engine.recovery.databases import copy_into, databases, examine, filled, one_moment, reading
from engine.recovery.rows import damaged_rows
from engine.recovery.shadow import plain_files
from engine.recovery.told import unusable_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from core.paths import Home

TASKS: Final = "tasks.db"
DERIVED: Final = ("recall.db", "summaries.db", "vectors")
"""Made from the truth and made anew after it was exchanged."""
_SCRATCH: Final = "sealing"
_PATIENCE_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Facts:
    """What a copy says of itself."""

    at: float
    """When the moment it shows was taken; seconds since the epoch."""
    program: str
    """The version of the program that made it."""
    projects: bool
    """Whether the repositories of the projects are in it."""


class Copy(Protocol):
    """A copy that was opened with its passphrase."""

    @property
    def facts(self) -> Facts:
        """What it says of itself."""

    @property
    def size(self) -> int:
        """Bytes of everything in it, roughly; for progress."""

    def entries(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Names and contents in order; StorageError `sealed-damaged` where it is not what was written."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file that goes into a copy."""

    name: str
    """Its place in the data folder."""
    path: Path


@contextmanager
def contents(home: Home, *, projects: bool) -> Iterator[list[Item]]:
    """Give the files of a copy; the databases are fixed at one moment and stand in a scratch folder for this block.

    Raises:
        StorageError: `sealed-busy` while another copy is made; what would be copied is damaged; the disk refused.
    """
    scratch = home.builds / _SCRATCH
    with unusable_told(home.builds), _alone(home):
        shutil.rmtree(scratch, ignore_errors=True)  # of a copy that was killed
        try:
            scratch.mkdir(mode=0o700, parents=True)
            items = _fixed(home, scratch)
            folders = [home.journal_archive, *([home.projects] if projects else [])]
            for folder in folders:
                items += [Item(f"{folder.name}/{place}", path) for place, path in plain_files(folder)]
            yield items
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def opened(item: Item) -> BinaryIO | None:
    """Open a file of a copy; None when its owner gave it up since it was listed."""
    try:
        file = item.path.open("rb")
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        return None
    return file


def allowed(home: Home, name: str, *, projects: bool) -> str:
    """Return the name of an entry as a place in the data folder; StorageError `sealed-damaged` for any other name."""
    try:
        clean = clean_name(name)
    except InputError as error:
        raise StorageError("sealed-damaged", path=name[:80], detail="name") from error
    folders = {home.journal_archive.name, *([home.projects.name] if projects else [])}
    first, _, rest = clean.partition("/")
    if clean != name or not (clean in plain_names(home) or (first in folders and rest)):
        raise StorageError("sealed-damaged", path=name[:80], detail="name")
    return clean


def plain_names(home: Home) -> set[str]:
    """Names of the files that stand in the data folder itself and belong to a copy."""
    return {path.name for path in databases(home)} - {TASKS} | {anchor_file(home.journal).name}


def proved(path: Path) -> None:
    """Look at every page and every row of a database; StorageError `backup-refused` when something is damaged."""
    with unusable_told(path):
        trouble = examine(path)
        if not trouble:
            with reading(path) as connection:
                trouble = ", ".join(damaged_rows(path.name, connection)[:5])
        for ending in ("-wal", "-shm"):  # of the look just taken
            path.with_name(path.name + ending).unlink(missing_ok=True)
    if trouble:
        raise StorageError("backup-refused", path=str(path), detail=trouble)


def _fixed(home: Home, scratch: Path) -> list[Item]:
    anchor = anchor_file(home.journal)
    items: list[Item] = []
    if anchor.is_file():  # before the journal, which it may lag behind but never leads
        shutil.copyfile(anchor, scratch / anchor.name)
        items.append(Item(anchor.name, scratch / anchor.name))
    wanted = tuple(path for path in databases(home) if path.name != TASKS and filled(path))
    with one_moment(wanted) as moment:
        for path, connection in moment.items():
            copy_into(connection, scratch / path.name)
            items.append(Item(path.name, scratch / path.name))
    for item in items:
        if item.path.name != anchor.name:
            proved(item.path)
    if not wanted:
        raise InputError("sealed-nothing", path=str(home.root))
    return items


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    home.builds.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with locked(home.builds / f"{_SCRATCH}.lock", _PATIENCE_SECONDS):
            yield
    except TimeoutError as error:
        raise StorageError("sealed-busy", path=str(home.root)) from error
