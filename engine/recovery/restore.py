"""Puts damaged databases right before anything is opened, and says what is missing.

All that replaces something is built aside first; a note on the disk then says that it is ready, and from there on every
start goes on with the exchange where it was broken off. What was damaged is moved to `damaged/`, never deleted. A
database without any good backup stays as it is: whoever opens it refuses it in words.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterable, Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - as above
from typing import TYPE_CHECKING, Any, Final

from core.events import Event
from core.files import replace_patiently, sync_folder, write_atomic
from core.i18n import Words, tr
from engine.recovery.databases import BESIDE, copy_into, databases, filled, reading
from engine.recovery.rebuilding import (
    copy_file,
    forget_lost_projects,
    keep_outcomes,
    missing_in_archive,
    rebuild_archive,
    rebuild_documents,
    rebuild_journal,
    rebuild_ledger,
    shown,
    unfinished_runs,
)
from engine.recovery.rows import ARCHIVE, DOCUMENTS, JOURNAL
from engine.recovery.sealed.restoring import finish, tell_restored
from engine.recovery.sets import damaged_files, read_sets
from engine.recovery.told import unusable_told
from engine.recovery.troubles import CHECKPOINTS, LEDGER, Trouble, find_troubles
from engine.recovery.witness import Witness

if TYPE_CHECKING:
    from core.events import EventSink, Json
    from core.paths import Home
    from engine.recovery.sets import BackupSet

NOTE: Final = "restore.json"
_FRESH: Final = "fresh"
_BASE: Final = "base-"
_BEGUN: Final = "begun"
_READY: Final = "ready"
_TELL: Final = "tell"
_TOLD: Final = "told"
_TASKS: Final = "tasks.db"
_ORDER: Final = (JOURNAL, LEDGER, ARCHIVE, CHECKPOINTS, _TASKS, DOCUMENTS)
"""Each is compared with those before it."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A database that was put right."""

    file: str
    backup: str
    """The name of the set it came from; empty when there was none to take anything from."""
    since: float
    """The moment the backup shows; seconds since the epoch."""
    trouble: str
    """What was wrong with it, as a detail."""
    missing: tuple[Words, ...]
    """What is lost, goes back or was added again, one thing each."""
    folder: Path
    """Where the damaged file was put."""

    def event(self) -> Event:
        """Return it as it stands in the journal."""
        data: dict[str, Json] = {
            "file": self.file,
            "backup": self.backup,
            "since": self.since,
            "trouble": self.trouble,
            "damaged": str(self.folder),
            "missing": [[words.message, dict(words.facts)] for words in self.missing],
        }
        return Event("ERROR", "recovery.restored", data=data)


def told_of(data: Mapping[str, Any], locale: str) -> list[str]:
    """What the event `recovery.restored` tells a person: what happened, then what is missing, a line each."""
    facts: dict[str, str | float] = {"file": data["file"], "detail": " ".join(str(data["trouble"]).split())}
    facts |= {"folder": data["damaged"], "count": len(data["missing"]), "since": shown(data["since"])}
    happened = tr("recovery-restored" if data["backup"] else "recovery-set-aside", locale, **facts)
    return [happened, *(f"- {tr(message, locale, **named)}" for message, named in data["missing"])]


def recover(home: Home) -> list[Recovered]:
    """Put right what is damaged, after a restore of a sealed copy that is ready was ended.

    Call it with the folder's lock held and before anything is opened.

    Returns what was put right and not told yet, see `tell`. Blocks while files are read and copied.

    Raises:
        StorageError: the disk refused; nothing was lost by trying, the next start tries again.
    """
    finish(home)
    with unusable_told(home.damaged):
        _finish(home)
        sets = read_sets(home)
        troubles = find_troubles(home, sets, _lost_runs(home))
        if troubles:
            _Restoring(home, sets, troubles).restore()
        return [_from_note(note, item) for note, data in _notes(home, _TELL) for item in data["items"]]


def tell(home: Home, recovered: Iterable[Recovered], sink: EventSink) -> None:
    """Write what was put right or restored into the journal; only what reached it counts as told."""
    tell_restored(home, sink)
    for item in recovered:
        sink.emit(item.event())
    with unusable_told(home.damaged):
        for folder, data in _notes(home, _TELL):
            _write(folder, {**data, "state": _TOLD})


def set_aside(home: Home, file: Path, trouble: str, missing: Words) -> None:
    """Move a file that cannot be read away, and have it told, with what is missing then."""
    home.damaged.mkdir(mode=0o700, exist_ok=True)
    folder = _new_folder(home)
    folder.mkdir(mode=0o700)
    replace_patiently(file, folder / file.name)
    told = [[missing.message, dict(missing.facts)]]
    item = {"file": file.name, "backup": "", "since": 0.0, "trouble": trouble, "missing": told}
    _write(folder, {"state": _TELL, "items": [item]})


class _Restoring:
    """One restore: what is built, from what, and what is missing then."""

    def __init__(self, home: Home, sets: list[BackupSet], troubles: Mapping[str, Trouble]) -> None:
        self._home = home
        self._sets = sets
        self._troubles = troubles
        self._paths = {path.name: path for path in databases(home)}
        self._folder = _new_folder(home)
        self._fresh = self._folder / _FRESH
        self._items: list[dict[str, Any]] = []
        self._journal_cut = False
        """Whether the journal lost its end too, so that what it does not tell may have happened all the same."""

    def restore(self) -> None:
        """Build everything, say so on the disk, exchange."""
        try:
            self._build_all()
        except BaseException:
            (self._folder / NOTE).unlink(missing_ok=True)
            shutil.rmtree(self._folder, ignore_errors=True)  # a full disk needs the room
            raise
        if self._items:
            _exchange(self._home, self._folder)
        else:
            shutil.rmtree(self._folder)

    def _build_all(self) -> None:
        self._home.damaged.mkdir(mode=0o700, exist_ok=True)
        self._folder.mkdir(mode=0o700)
        self._fresh.mkdir(mode=0o700)
        _write(self._folder, {"state": _BEGUN, "items": []})
        for name in _ORDER:
            if name in self._troubles and name not in self._done():
                self._build(name, self._troubles[name])
        if self._items:
            self._items.sort(key=lambda item: _ORDER.index(item["file"]))
            sync_folder(self._fresh)
            _write(self._folder, {"state": _READY, "items": self._items})

    def _build(self, name: str, trouble: Trouble) -> None:
        backup = next((one for one in self._sets if not damaged_files(one, (name,))), None)
        base = backup.path(name) if backup else self._own_copy(name, trouble)
        if base is None:
            return
        since = backup.sequence if backup else 0
        at = backup.at if backup else 0.0
        if name == JOURNAL:
            missing = rebuild_journal(self._paths[name], base, self._fresh / name, at)
            self._journal_cut = bool(missing)
        elif name == LEDGER:
            unfinished = unfinished_runs(self._now(ARCHIVE))
            missing = rebuild_ledger(base, self._fresh / name, self._witness(), since, unfinished)
        elif name == ARCHIVE:
            missing = self._build_archive(base, backup, newer=not trouble.behind)
        elif name == DOCUMENTS:
            missing = rebuild_documents(self._paths[name], base, self._fresh / name, at, happened=self._happened(since))
        else:
            copy_file(base, self._fresh / name)
            missing = self._back_since(since) if name == CHECKPOINTS else self._tasks_since(since)
        self._note(name, backup, trouble.what, missing)

    def _own_copy(self, name: str, trouble: Trouble) -> Path | None:
        """A database that is whole but short of something is its own base when no backup holds more."""
        if not trouble.behind:
            return None
        base = self._folder / f"{_BASE}{name}"
        with reading(self._paths[name]) as connection:
            copy_into(connection, base)
        return base

    def _build_archive(self, base: Path, backup: BackupSet | None, *, newer: bool) -> list[Words]:
        fresh, witness = self._fresh / ARCHIVE, self._witness()
        since = backup.sequence if backup else 0
        salvage = rebuild_archive(self._paths[ARCHIVE], base, fresh, newer=newer)
        known = _lost_runs(self._home)
        missing = missing_in_archive(fresh, witness, salvage, since, known)
        worked_on = witness.worked_on(since)
        happened = bool(worked_on) or bool(missing) or self._journal_cut
        lossy = happened and (not salvage.whole or bool(missing))
        keep_outcomes(fresh, witness.outcomes(), all_known=not lossy)
        if lossy:
            if filled(self._now(LEDGER)):
                forget_lost_projects(self._now(LEDGER), fresh)
            runs = unfinished_runs(fresh)
            missing += self._roll_back(backup, runs if self._journal_cut else runs & worked_on)
            if not salvage.whole:
                at = backup.at if backup else 0.0
                missing.append(Words("recovery-missing-unknown", {"file": ARCHIVE, "since": shown(at)}))
        return missing

    def _roll_back(self, backup: BackupSet | None, runs: set[str]) -> list[Words]:
        """Let no position be newer than the archive: what a run goes on from must have everything it names.

        Steps that are done again cost nothing: the ledger knows what was paid and done.
        """
        if not filled(self._paths[CHECKPOINTS]):
            return []
        older = [one for one in self._sets if backup and one.number <= backup.number]
        usable = next((one for one in older if not damaged_files(one, (CHECKPOINTS,))), None)
        if usable is not None:
            copy_file(usable.path(CHECKPOINTS), self._fresh / CHECKPOINTS)
        self._note(CHECKPOINTS, usable, f"newer than {ARCHIVE}", [])
        return [Words("recovery-goes-back", {"run": run}) for run in sorted(runs)]

    def _back_since(self, since: int) -> list[Words]:
        runs = unfinished_runs(self._now(ARCHIVE))
        if not self._journal_cut:
            runs &= self._witness().worked_on(since)
        return [Words("recovery-goes-back", {"run": run}) for run in sorted(runs)]

    def _happened(self, since: int) -> bool:
        """Whether anything may have been said, done or imported since; it may when nobody can say."""
        if self._journal_cut or not filled(self._now(JOURNAL)):
            return True
        return bool(self._witness().events(types=("MESSAGE", "TASK", "FILE", "BUILD"), after=since))

    def _tasks_since(self, since: int) -> list[Words]:
        rows = self._witness().events("task.submitted", types=("TASK",), after=since)
        return [
            Words("recovery-missing-task", {"title": str(row.data.get("title", "")), "at": shown(row.at)})
            for row in rows
        ]

    def _note(self, name: str, backup: BackupSet | None, trouble: str, missing: list[Words]) -> None:
        told = [[words.message, dict(words.facts)] for words in missing]
        facts = {"backup": backup.name if backup else "", "since": backup.at if backup else 0.0}
        self._items.append({"file": name, "trouble": trouble, "missing": told, **facts})

    def _done(self) -> set[str]:
        return {item["file"] for item in self._items}

    def _now(self, name: str) -> Path:
        """The newest state of a database: the one just built, else the one in place."""
        fresh = self._fresh / name
        return fresh if fresh.exists() else self._paths[name]

    def _witness(self) -> Witness:
        return Witness(self._now(JOURNAL), self._home.journal_archive, self._now(LEDGER))


def _finish(home: Home) -> None:
    """Go on with an exchange that was broken off; what was only being built is built anew."""
    for folder, _ in _notes(home, _READY):
        _exchange(home, folder)
    for folder, _ in _notes(home, _BEGUN):
        shutil.rmtree(folder, ignore_errors=True)  # nothing was moved in before the note says that all is ready


def _exchange(home: Home, folder: Path) -> None:
    """Move what is damaged into `folder` and what was built into its place; may be done again at any point."""
    data = json.loads((folder / NOTE).read_bytes())
    for item in data["items"]:
        place, fresh = home.root / item["file"], folder / _FRESH / item["file"]
        if item["backup"] and not fresh.exists():
            continue  # done before
        if not fresh.exists() and (folder / place.name).exists():
            continue
        for ending in (*BESIDE, ""):  # the log first: beside another database it would be taken for that one's
            old, kept = place.with_name(place.name + ending), folder / (place.name + ending)
            if old.exists() and not kept.exists():
                replace_patiently(old, kept)
        if fresh.exists():
            replace_patiently(fresh, place)
        sync_folder(home.root)
    for base in folder.glob(f"{_BASE}*"):
        base.unlink(missing_ok=True)
    sync_folder(folder)
    _write(folder, {**data, "state": _TELL})


def _lost_runs(home: Home) -> set[str]:
    """Runs whose loss was told before: the journal will always know of them."""
    found: set[str] = set()
    for folder in _folders(home):
        for item in _read(folder).get("items", ()):
            found |= {str(facts["run"]) for message, facts in item["missing"] if message == "recovery-missing-run"}
    return found


def _from_note(folder: Path, item: Mapping[str, Any]) -> Recovered:
    missing = tuple(Words(message, facts) for message, facts in item["missing"])
    return Recovered(item["file"], item["backup"], item["since"], item["trouble"], missing, folder)


def _notes(home: Home, state: str) -> list[tuple[Path, dict[str, Any]]]:
    return [(folder, _read(folder)) for folder in _folders(home) if _state(folder) == state]


def _folders(home: Home) -> list[Path]:
    return sorted(folder for folder in home.damaged.iterdir() if folder.is_dir()) if home.damaged.is_dir() else []


def _state(folder: Path) -> str:
    return str(_read(folder).get("state", ""))


def _read(folder: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads((folder / NOTE).read_bytes())
    except (OSError, ValueError):
        return {}
    return data


def _write(folder: Path, data: Mapping[str, Any]) -> None:
    write_atomic(folder / NOTE, json.dumps(data, indent=1).encode())


def _new_folder(home: Home) -> Path:
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    taken = {folder.name for folder in _folders(home)}
    return home.damaged / next(
        name for name in (stamp, *(f"{stamp}-{n}" for n in range(2, 10_000))) if name not in taken
    )
