"""Backup sets as they lie on the disk: one folder with a copy of every database and a manifest that proves it.

A set is made aside and renamed, so there are whole sets only. Sets are ordered by their number: clocks jump.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import time
from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from core.errors import StorageError
from core.files import replace_patiently, sync_folder, write_atomic
from engine.recovery.databases import copy_into, databases, examine, one_moment, reading, tables
from engine.recovery.rows import DOCUMENTS, damaged_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from core.paths import Home

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
PART: Final = ".part"

_SPARE_BYTES: Final = 1 << 20
"""A backup must not be what fills the disk of the engine it protects."""
_CHUNK_BYTES: Final = 1 << 20
_DAYS: Final = 7
_DAY_SECONDS: Final = 24 * 3600.0
_FEWEST: Final = 2
_ONLY_ADDED: Final = ("documents", "standings", "links", "segments")


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One database in a set, as it was proved when the set was made."""

    sha256: str
    size: int
    schema: int
    """SQLite's `user_version`."""
    rows: Mapping[str, int]
    """How many each table holds."""
    newest: Mapping[str, int]
    """The greatest row number of each table that has them: sequences grow."""


@dataclass(frozen=True, slots=True)
class BackupSet:
    """A set that was published; whether it is still good is found by `damaged_files`."""

    folder: Path
    number: int
    at: float
    """When the moment it shows was taken; seconds since the epoch."""
    reason: str
    program: str
    """The version of the program that made it; empty when it did not say."""
    files: Mapping[str, BackupFile]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def size(self) -> int:
        """Bytes on the disk, the manifest aside."""
        return sum(file.size for file in self.files.values())

    @property
    def sequence(self) -> int:
        """The newest event of the journal it knows."""
        newest = self.files["journal.db"].newest if "journal.db" in self.files else {}
        return max(newest.get("events", 0), newest.get("segments", 0))

    def path(self, file: str) -> Path:
        """Where a database of it lies."""
        return self.folder / file


def read_sets(home: Home) -> list[BackupSet]:
    """Return all sets, newest first; what has no readable manifest is none."""
    folders = home.backups.iterdir() if home.backups.is_dir() else ()
    found = [_read(folder) for folder in folders if not folder.name.endswith(PART)]
    return sorted((one for one in found if one is not None), key=lambda one: one.number, reverse=True)


def damaged_files(backup: BackupSet, only: Iterable[str] = ()) -> list[str]:
    """Return which databases of a set are no longer what was published; `only` looks at some."""
    wanted = tuple(only) or tuple(backup.files)
    return [name for name in wanted if name not in backup.files or _sha256(backup, name) != backup.files[name].sha256]


def make_set(
    home: Home,
    reason: str,
    *,
    program: str = "",
    now: float | None = None,
    progress: Callable[[float, str], None] | None = None,
) -> BackupSet:
    """Copy all databases as they are at one moment, prove the copies and publish them; `reason` is a plain word.

    Raises:
        StorageError: `backup-no-room` and `storage` when the disk has no room or refuses, `backup-refused` when what
            would be copied is damaged. Older sets stay as they are.
    """
    home.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in home.backups.glob(f"*{PART}"):
        shutil.rmtree(left, ignore_errors=True)
    at = time.time() if now is None else now
    number = max((one.number for one in read_sets(home)), default=0) + 1
    part = home.backups / f"{number}{PART}"
    try:
        _refuse_without_room(home)
        part.mkdir(mode=0o700)
        files = _copies(home, part, progress)
        manifest: dict[str, Any] = {"format": FORMAT, "number": number, "at": at, "reason": reason, "program": program}
        manifest["files"] = {name: asdict(file) for name, file in files.items()}
        write_atomic(part / MANIFEST, json.dumps(manifest, indent=1).encode())
        folder = _free_name(home.backups, at, reason)
        replace_patiently(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(home.backups)
    return BackupSet(folder, number, at, reason, program, files)


def superfluous(home: Home, keep: int, now: float) -> list[BackupSet]:
    """Return which sets need not be kept: not of the newest, not the last of a day of the last week.

    None while fewer than two of those that stay are good.
    """
    sets = read_sets(home)
    kept = {one.number for one in sets[: max(keep, _FEWEST)]}
    days: set[int] = set()
    for one in sets:
        day = int(one.at // _DAY_SECONDS)
        if abs(now - one.at) <= _DAYS * _DAY_SECONDS and day not in days:
            days.add(day)
            kept.add(one.number)
    good = 0
    for one in sets:
        if one.number in kept and good < _FEWEST and not damaged_files(one):
            good += 1
    return [one for one in sets if one.number not in kept] if good >= _FEWEST else []


def remove_set(backup: BackupSet) -> None:
    """Take a set away; renamed first: a half-removed one is no set, and its rest goes when the next one is made."""
    part = backup.folder.with_name(f"{backup.name}{PART}")
    replace_patiently(backup.folder, part)
    shutil.rmtree(part, ignore_errors=True)


def _copies(home: Home, part: Path, progress: Callable[[float, str], None] | None) -> dict[str, BackupFile]:
    copied: dict[str, BackupFile] = {}
    with one_moment(databases(home)) as moment:
        for path, connection in moment.items():
            if progress is not None:
                progress(len(copied) / len(moment), path.name)
            known = _unchanged(home, connection) if path.name == DOCUMENTS else None
            if known is not None and _linked(known.path(path.name), part / path.name):
                copied[path.name] = known.files[path.name]
            else:
                copy_into(connection, part / path.name)
                copied[path.name] = _proved(path, part / path.name)
    sync_folder(part)
    return copied


def _unchanged(home: Home, connection: sqlite3.Connection) -> BackupSet | None:
    """Return the set before the newest when its documents are good and those of now.

    Documents are the one large database, and they do not change: what comes, what is decided and what is linked are
    rows that are only ever added. Two sets in a row never share a file, so that what harms one leaves the other.
    """
    newest, older = [*read_sets(home)[:2], None, None][:2]
    then = older.files.get(DOCUMENTS) if older is not None else None
    if newest is None or older is None or then is None or _number(connection, "PRAGMA user_version") != then.schema:
        return None
    for table in _ONLY_ADDED:
        query = f"SELECT count(*), coalesce(max(rowid), 0) FROM {table}"  # noqa: S608 - constants
        if connection.execute(query).fetchone() != (then.rows.get(table), then.newest.get(table)):
            return None
    if damaged_files(older, (DOCUMENTS,)) or _one_file(newest.path(DOCUMENTS), older.path(DOCUMENTS)):
        return None
    return older


def _one_file(path: Path, other: Path) -> bool:
    return path.exists() and path.samefile(other)


def _linked(source: Path, target: Path) -> bool:
    """Let the new set share a file of an older one; False where the disk knows no such thing."""
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def _proved(source: Path, copy: Path) -> BackupFile:
    """Look at every page and every row of a copy: what is damaged must not push good sets out."""
    trouble = examine(copy)
    if trouble:
        raise StorageError("backup-refused", path=str(source), detail=trouble)
    with reading(copy) as connection:
        bad = damaged_rows(source.name, connection)
        if bad:
            raise StorageError("backup-refused", path=str(source), detail=", ".join(bad[:5]))
        names = tables(connection)
        rows = {name: _number(connection, f'SELECT count(*) FROM "{name}"') for name in names}  # noqa: S608 - own names
        newest = {name: _number(connection, f'SELECT max(rowid) FROM "{name}"') for name in names}  # noqa: S608 - as above
        schema = _number(connection, "PRAGMA user_version")
    for ending in ("-wal", "-shm"):  # of the look just taken
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
    return BackupFile(file_digest(copy), copy.stat().st_size, schema, rows, newest)


def file_digest(file: Path) -> str:
    """Return the SHA-256 (hex) of a file."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _number(connection: sqlite3.Connection, query: str) -> int:
    try:
        return int(connection.execute(query).fetchone()[0] or 0)
    except sqlite3.OperationalError:  # a table without row numbers
        return 0


def _refuse_without_room(home: Home) -> None:
    sizes = [file.stat().st_size for path in databases(home) for file in _with_log(path) if file.exists()]
    needed = sum(sizes) + _SPARE_BYTES
    free = shutil.disk_usage(home.backups).free
    if free < needed:
        raise StorageError("backup-no-room", path=str(home.backups), needed=needed >> 10, free=free >> 10)


def _with_log(path: Path) -> tuple[Path, Path]:
    return path, path.with_name(f"{path.name}-wal")


def _free_name(folder: Path, at: float, reason: str) -> Path:
    word = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in reason)[:40] or "backup"
    name = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime(max(at, 0.0)))}-{word}"
    taken = {path.name for path in folder.iterdir()}
    return folder / next(free for free in (name, *(f"{name}-{n}" for n in range(2, 10_000))) if free not in taken)


def _sha256(backup: BackupSet, name: str) -> str:
    try:
        return file_digest(backup.path(name))
    except OSError:
        return ""


def _read(folder: Path) -> BackupSet | None:
    try:
        data: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        if data["format"] != FORMAT:
            return None
        files = {os.path.basename(name): BackupFile(**facts) for name, facts in data["files"].items()}  # noqa: PTH119 - text
        words = (str(data["reason"]), str(data["program"]))
        return BackupSet(folder, int(data["number"]), float(data["at"]), *words, files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
