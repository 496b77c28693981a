"""Puts a sealed copy in the place of the present memory: the old one or the new one, never neither.

Everything is opened, written beside and proved first; the present memory is not touched meanwhile and an engine may
work on it. A note then says that all is ready. The exchange is done with the folder's lock held, by whoever holds it
next: a command at once, an engine at its next start. It may be broken off anywhere and is gone on with at every start.
What was there before is kept as a backup set, or in `damaged/` when it was too damaged for one.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError, StorageError
from core.events import Event
from core.files import create_private, replace_patiently, sync_folder, write_atomic
from core.locks import locked
from core.version import program_version
from engine.journal.database import pragma
from engine.recovery.backups import known_schemas
from engine.recovery.databases import BESIDE, databases, filled, reading
from engine.recovery.sealed.contents import DERIVED, TASKS, allowed, plain_names, proved
from engine.recovery.sets import make_set
from engine.recovery.told import unusable_told
from engine.tasks.store import make_empty_store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from core.events import EventSink
    from core.paths import Home
    from engine.recovery.sealed.contents import Copy

FOLDER: Final = "restoring"
_NOTE: Final = "note.json"
_FRESH: Final = "fresh"
_OLD: Final = "old"
_READY: Final = "ready"
_MOVING: Final = "moving"
_TELL: Final = "tell"
_PATIENCE_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A restored memory took the place of the one before."""

    source: str
    at: float
    """The moment the copy shows."""
    backup: str
    """The set that holds what was there before; empty when nothing was, or when it is in `damaged`."""
    damaged: str
    """Where what was there before lies, when no set could be made of it."""


def holds_memory(home: Home) -> bool:
    """Whether a restore would take the place of anything."""
    return any(filled(path) for path in databases(home))


def stage(home: Home, copy: Copy, source: str, progress: Callable[[int], None]) -> None:
    """Open, write and prove everything beside the present memory, then note that it is ready; see `finish`.

    `progress` is told bytes; what it raises stops the work.

    Raises:
        StorageError: `sealed-damaged`, `sealed-busy`; the disk refused.
        InputError: `sealed-newer`.
        Nothing was changed then.
    """
    place = home.root / FOLDER
    with unusable_told(place):
        home.prepare()
        try:
            with locked(home.builds / f"{FOLDER}.lock", _PATIENCE_SECONDS):
                _refuse_moving(home)
                _stage(home, copy, source, progress)
        except TimeoutError as error:
            raise StorageError("sealed-busy", path=str(home.root)) from error


def finish(home: Home) -> Exchanged | None:
    """Exchange what is ready, or go on with an exchange that was broken off; None when there is none.

    Call it with the folder's lock held and before anything is opened. What was staged only in part is taken away.
    """
    place = home.root / FOLDER
    with unusable_told(place):
        data = _read(home)
        state = data.get("state")
        if state == _TELL:
            return None
        if state not in {_READY, _MOVING}:
            if place.is_dir() and not _being_staged(home):
                shutil.rmtree(place, ignore_errors=True)
            return None
        if state == _READY:
            data = _keep_present(home, data)
        return _exchange(home, data)


def discard(home: Home) -> None:
    """Take back what is ready and was not begun to be exchanged."""
    with unusable_told(home.root / FOLDER):
        _refuse_moving(home)
        if _read(home).get("state") == _READY:
            shutil.rmtree(home.root / FOLDER, ignore_errors=True)


def tell_restored(home: Home, sink: EventSink) -> None:
    """Write into the journal what was restored since it was last open."""
    data = _read(home)
    if data.get("state") == _TELL:
        facts = {name: data[name] for name in ("source", "at", "backup", "damaged")}
        sink.emit(Event("AUDIT", "memory.restored", data=facts))
        shutil.rmtree(home.root / FOLDER, ignore_errors=True)


def _stage(home: Home, copy: Copy, source: str, progress: Callable[[int], None]) -> None:
    place = home.root / FOLDER
    fresh = place / _FRESH
    shutil.rmtree(place, ignore_errors=True)
    if place.exists():
        raise StorageError("storage", path=str(place), detail="in use")
    fresh.mkdir(mode=0o700, parents=True)
    try:
        _write_out(home, copy, fresh, progress)
        for path in databases(home):
            _prove(home, fresh / path.name, source)
        make_empty_store(fresh / TASKS)  # tasks belong to the machine they ran on
        for folder in {path.parent for path in fresh.rglob("*")}:
            sync_folder(folder)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    items = sorted(plain_names(home) | {TASKS, home.journal_archive.name})
    items += [home.projects.name] if copy.facts.projects else []
    there = sorted(path.name for path in fresh.iterdir())
    _write(home, {"state": _READY, "items": items, "fresh": there, "source": source, "at": copy.facts.at})


def _write_out(home: Home, copy: Copy, fresh: Path, progress: Callable[[int], None]) -> None:
    names: set[str] = set()
    done = 0
    for said, content in copy.entries():
        name = allowed(home, said, projects=copy.facts.projects)
        if name in names:
            raise StorageError("sealed-damaged", path=name[:80], detail="twice")
        names.add(name)
        path = fresh / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_private(path)
        with path.open("wb") as file:
            for chunk in content:
                file.write(chunk)
                done += len(chunk)
                progress(done)
            file.flush()
            os.fsync(file.fileno())


def _prove(home: Home, path: Path, source: str) -> None:
    if not path.exists() and path.name != home.database.name:
        return  # there was none when the copy was made
    name = path.name
    try:
        proved(path)
    except StorageError as error:
        raise StorageError("sealed-damaged", path=source, detail=f"{name}: {error.facts.get('detail', '')}") from error
    newest = {known.name: version for known, version in known_schemas(home).items()}.get(name)
    with reading(path) as connection:
        found = pragma(connection, "user_version")
    for ending in BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    if newest is not None and found > newest:
        raise InputError("sealed-newer", path=source)


def _keep_present(home: Home, data: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the present memory as a backup set before any of it is moved."""
    backup = ""
    if holds_memory(home):
        try:
            backup = make_set(home, "before-restore", program=program_version()).name
        except StorageError as error:
            if error.code != "backup-refused":  # no room: the restore waits until there is some
                raise
    aside = "" if backup else _free_folder(home).name
    moving = {**data, "state": _MOVING, "backup": backup, "aside": aside}
    _write(home, moving)
    return moving


def _exchange(home: Home, data: Mapping[str, Any]) -> Exchanged:
    """Every step looks at what is there, so that it may be done again from the beginning."""
    place = home.root / FOLDER
    fresh, old = place / _FRESH, place / _OLD
    old.mkdir(mode=0o700, exist_ok=True)
    for name in DERIVED:
        for ending in ("", *BESIDE):
            _take_away(home.root / f"{name}{ending}")
    for name in data["items"]:
        if name in data["fresh"] and not (fresh / name).exists():
            continue  # done before
        # Beside another database a log would be taken for that one's, so it goes first.
        for ending in (*(BESIDE if name.endswith(".db") else ()), ""):
            present, kept = home.root / f"{name}{ending}", old / f"{name}{ending}"
            if present.exists() and not kept.exists():
                replace_patiently(present, kept)
        if (fresh / name).exists():
            replace_patiently(fresh / name, home.root / name)
        sync_folder(home.root)
    damaged = _put_old_away(home, data, old)
    make_set(home, "restored", program=program_version())  # the newest set is what a start compares with
    _write(home, {**data, "state": _TELL, "damaged": damaged})
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)
    return Exchanged(str(data["source"]), float(data["at"]), str(data["backup"]), damaged)


def _put_old_away(home: Home, data: Mapping[str, Any], old: Path) -> str:
    """Repositories and older events go beside the databases of the set, what no set could hold to `damaged/`."""
    if data["backup"]:
        for name in (home.projects.name, home.journal_archive.name):
            target = home.backups / data["backup"] / name
            if (old / name).is_dir() and not target.exists():
                replace_patiently(old / name, target)
        return ""
    target = home.damaged / data["aside"]
    if any(path.is_file() for path in old.rglob("*")) and not target.exists():
        home.damaged.mkdir(mode=0o700, exist_ok=True)
        replace_patiently(old, target)
    return str(target) if target.exists() else ""


def _free_folder(home: Home) -> Path:
    name = time.strftime("%Y%m%dT%H%M%SZ-before-restore", time.gmtime())
    names = (name, *(f"{name}-{number}" for number in range(2, 10_000)))
    return next(folder for free in names if not (folder := home.damaged / free).exists())


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _refuse_moving(home: Home) -> None:
    if _read(home).get("state") == _MOVING:
        raise StorageError("sealed-busy", path=str(home.root))


def _being_staged(home: Home) -> bool:
    """Whether another process is writing there right now."""
    try:
        with locked(home.builds / f"{FOLDER}.lock", 0):
            return False
    except TimeoutError:
        return True


def _read(home: Home) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads((home.root / FOLDER / _NOTE).read_bytes())
    except (OSError, ValueError):
        return {}
    return data


def _write(home: Home, data: Mapping[str, Any]) -> None:
    write_atomic(home.root / FOLDER / _NOTE, json.dumps(data, indent=1).encode())
