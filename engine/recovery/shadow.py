"""A shadow of a data folder, to break things in that must not break; and one number for all the truth in a folder."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING, Final

from core.errors import StorageError
from core.paths import Home
from engine.journal import anchor_file
from engine.recovery.databases import BESIDE, CANARY, copy_into, databases, one_moment, table_digest, tables
from engine.recovery.told import unusable_told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HERE_ONLY: Final = frozenset(
    {"builds", "damaged", "multicoder.lock", "engine.json", "health.json", "keys.vault", "replies", "restoring"}
)
"""Scratch, what was put aside, what says who works in this folder right now, the keys, and what can be asked again."""
_PASSING: Final = (".lock", ".request", ".part", ".new", ".sock")
"""Ends of names of files and folders that mean something for a moment only."""
_REFERENCES_FIRST: Final = {"HEAD": 0, "packed-refs": 0, "refs": 0}
"""A repository grows its objects before it moves its references: copied the other way round nothing is missing."""
_CHUNK_BYTES: Final = 1 << 20
_OF_THE_SCRUB: Final = frozenset({"documents.db/scrub", "documents.db/damage"})
"""How far the documents were looked through is no truth about them."""


def make_shadow(home: Home, target: Path) -> Home:
    """Copy the data folder to `target`, a new or empty folder, as it stands at one moment; it may be in use meanwhile.

    Left out is what belongs to the process that works there: its lock, address, requests and scratch folders, and
    what was put aside as damaged. Links are not followed; keys are in no copy.

    Raises:
        StorageError: the target is in use, or the disk refused.
    """
    with unusable_told(target):
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise StorageError("shadow-not-empty", path=str(target))
    anchor = anchor_file(home.journal)
    with unusable_told(home.root):
        _copy(anchor, target / anchor.name)  # before the journal, which it may lag behind but never leads
    with unusable_told(home.root), one_moment(databases(home)) as moment:
        for path, connection in moment.items():
            copy_into(connection, target / path.name)
        names = {path.name for path in databases(home)}
        known = {anchor.name} | names | {name + ending for name in names for ending in BESIDE}
        for place, file in plain_files(home.root, target):
            if place not in known and place.split("/")[0] not in _HERE_ONLY:
                _copy(file, target / place)
    shadow = Home(target)
    shadow.prepare()
    return shadow


def truth_digest(home: Home) -> str:
    """Hash what is true in a data folder (hex): all rows, project files, wishes, providers, copies, older events.

    Equal contents give equal numbers, however they lie in their files. Logs, locks, requests, scratch and the health
    board's canaries do not count. May be asked while an engine works there.

    Raises:
        StorageError: something cannot be read.
    """
    total = hashlib.blake2b(digest_size=32)
    with unusable_told(home.root), one_moment(databases(home)) as moment:
        for path, connection in sorted(moment.items()):
            for table in tables(connection):
                if f"{path.name}/{table}" in _OF_THE_SCRUB:
                    continue
                total.update(f"{path.name}/{table}:".encode())
                total.update(table_digest(connection, table))
        for folder in (home.projects, home.backups, home.journal_archive):
            for place, file in sorted(plain_files(folder)):
                total.update(f"{folder.name}/{place}:".encode("utf-8", "surrogateescape"))
                total.update(_file_digest(file))
        for file in (home.providers, home.settings):
            total.update(f"{file.name}:".encode())
            total.update(_file_digest(file))
    return total.hexdigest()


def plain_files(folder: Path, leave: Path | None = None) -> Iterator[tuple[str, Path]]:
    """Give every plain file below a folder with its place in it, references of repositories first."""
    waiting = [folder] if folder.is_dir() else []
    while waiting:
        here = waiting.pop()
        try:
            entries = sorted(os.scandir(here), key=lambda entry: (_REFERENCES_FIRST.get(entry.name, 1), entry.name))
        except FileNotFoundError:
            continue  # given up by its owner since the folder above was listed
        inner = []
        for entry in entries:
            path = here / entry.name
            if path == leave or entry.name.endswith(_PASSING) or entry.name.lstrip(".").startswith(CANARY):
                continue
            if entry.is_dir(follow_symlinks=False):
                inner.append(path)
            elif entry.is_file(follow_symlinks=False):
                yield path.relative_to(folder).as_posix(), path
        waiting += reversed(inner)


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copy2(file, target, follow_symlinks=False)
    except FileNotFoundError:
        return  # given up by its owner since the folder was listed; nothing refers to it


def _file_digest(file: Path) -> bytes:
    digest = hashlib.blake2b(digest_size=32)
    try:
        with file.open("rb") as content:
            while chunk := content.read(_CHUNK_BYTES):
                digest.update(chunk)
    except FileNotFoundError:
        return b"none"
    return digest.digest()
