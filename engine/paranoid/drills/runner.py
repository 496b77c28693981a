"""Runs drills one after another on copies, and proves that the data folder itself stayed as it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from builders.toolchains.python import FOLDER_VARIABLE
from core.errors import DataFolderBusy, MultiCoderError, StorageError
from core.events import Event
from core.i18n import Words
from engine.lock import FolderLock
from engine.paranoid.drills.children import ChildError, drill_process
from engine.paranoid.drills.drill import PREFIX, SEEN_CHARACTERS, DrillReport, Fact, Stage
from engine.paranoid.drills.inside import facts_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from core.events import EventSink
    from core.paths import Home
    from engine.paranoid.drills.drill import Drill

Truth = Literal["same", "changed", "in-use"]
"""What became of the data folder meanwhile; `in-use`: MultiCoder works there and changes it itself."""

_SHORTEST_LIMIT: Final = 60.0
_PATIENCE: Final = 6.0
"""So many times its estimate a drill may take: other programs may need the machine as well."""
_LOCK_NAME: Final = "lock"
_UNLOCKED_GRACE: Final = 60.0
"""A folder without a lock may be a moment old rather than left over."""
_NOT_PASSED_ON: Final = re.compile(
    r"(?:MULTICODER|LANGSMITH|LANGCHAIN|OPENAI)_|.*(?:KEY|TOKEN|SECRET|PASSW|CREDENTIAL|HEADERS)", re.IGNORECASE
)
_NO_KEYRING: Final = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}


@dataclass(frozen=True, slots=True)
class Audit:
    """What the drills found."""

    reports: tuple[DrillReport, ...]
    truth: Truth

    @property
    def held(self) -> bool:
        """Nothing was broken, something was really tried, and the data folder is as it was."""
        states = {report.state for report in self.reports}
        return "broken" not in states and "held" in states and self.truth != "changed"


async def run_drills(
    home: Home,
    drills: Sequence[Drill],
    *,
    sink: EventSink,
    seed: int | None = None,
    environ: Mapping[str, str] | None = None,
    told: Callable[[DrillReport], None] | None = None,
) -> Audit:
    """Run `drills` against copies of `home`, one after another; `told` hears of each end.

    Whatever happens to a drill becomes a broken promise in its report. Raises StorageError when the data folder
    cannot be read or there is no room for a copy.
    """
    from engine.recovery.shadow import truth_digest  # noqa: PLC0415 - only where something is copied

    await asyncio.to_thread(sweep)
    seed = secrets.randbelow(1 << 32) if seed is None else seed
    environ = child_environment(os.environ if environ is None else environ)
    busy = _in_use(home)
    before = await asyncio.to_thread(truth_digest, home)
    reports = []
    async with _audit_folder() as folder:
        for drill in drills:
            sink.emit(Event("AUDIT", "drill.started", data={"drill": drill.id, "seed": seed}))
            report = await _one(home, drill, folder / drill.id, seed, environ)
            sink.emit(_finished(report))
            reports.append(report)
            if told is not None:
                told(report)
    after = await asyncio.to_thread(truth_digest, home)
    return Audit(tuple(reports), "same" if before == after else "in-use" if busy or _in_use(home) else "changed")


def sweep() -> None:
    """Remove what audits left behind that were killed; those still at work are left alone."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _ours(folder) and _abandoned(folder):
            _remove(folder)


def child_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return `environ` without what leads to the person's data, providers and keys."""
    kept = {name: value for name, value in environ.items() if not _NOT_PASSED_ON.match(name)}
    if environ.get(FOLDER_VARIABLE):
        kept[FOLDER_VARIABLE] = environ[FOLDER_VARIABLE]
    return kept | _NO_KEYRING


async def _one(home: Home, drill: Drill, folder: Path, seed: int, environ: Mapping[str, str]) -> DrillReport:
    started = time.monotonic()
    stage = Stage(drill.id, folder, seed, {**environ, "TMPDIR": str(folder), "TEMP": str(folder), "TMP": str(folder)})
    try:
        await asyncio.to_thread(_set_stage, home, drill, stage)
        limit = max(_SHORTEST_LIMIT, _PATIENCE * drill.seconds)
        async with asyncio.timeout(limit), drill_process(stage) as child:
            answer = await child.answer(limit)
            facts = facts_of(answer)
            if not answer["ended"]:
                facts += (_failed(await child.errors()),)
    except TimeoutError:
        facts = (Fact(ok=False, what=Words("drill-in-time", {"seconds": round(time.monotonic() - started)})),)
    except (ChildError, OSError, ValueError, KeyError) as error:
        facts = (_failed(str(error)),)
    finally:
        await asyncio.to_thread(_remove, folder)
    return DrillReport(drill, seed, facts, time.monotonic() - started)


def _failed(words: str) -> Fact:
    return Fact(ok=False, what=Words("drill-to-its-end"), seen=words[-SEEN_CHARACTERS:])


def _set_stage(home: Home, drill: Drill, stage: Stage) -> None:
    from engine.recovery.shadow import make_shadow  # noqa: PLC0415 - only where something is copied

    stage.scratch.mkdir(parents=True)
    if drill.shadow:
        make_shadow(home, stage.shadow.root)
    else:
        stage.shadow.root.mkdir()


def _finished(report: DrillReport) -> Event:
    broken = [fact.what.message for fact in report.facts if not fact.ok]
    return Event(
        "AUDIT",
        "drill.finished",
        data={
            "drill": report.drill.id,
            "state": report.state,
            "broken": list(broken),
            "seed": report.seed,
            "seconds": round(report.seconds, 1),
            "risk": "high" if broken else "none",
        },
    )


@asynccontextmanager
async def _audit_folder() -> AsyncIterator[Path]:
    """Make the folder of this audit and hold its lock, so that others can tell it from a leftover."""
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix=PREFIX))
    lock = FolderLock(folder / _LOCK_NAME)
    try:
        with lock:
            yield folder
    finally:
        await asyncio.to_thread(_remove, folder)


def _ours(folder: Path) -> bool:
    """Whether we made it: in a folder of everybody others lay links of that name, or in it, for us to follow."""
    try:
        found = folder.lstat()
    except OSError:  # removed meanwhile
        return False
    return stat.S_ISDIR(found.st_mode) and (sys.platform == "win32" or found.st_uid == os.geteuid())


def _abandoned(folder: Path) -> bool:
    lock = folder / _LOCK_NAME
    try:
        if not lock.exists():
            return time.time() - folder.stat().st_mtime > _UNLOCKED_GRACE
        with FolderLock(lock):
            return True
    except (MultiCoderError, OSError):  # held, or somebody else's
        return False


def _in_use(home: Home) -> bool:
    """Whether a MultiCoder works on the data folder; its lock is tried only where somebody has left a name in it."""
    try:
        if not home.lock.read_bytes().strip():
            return False
        with FolderLock(home.lock):
            return False
    except DataFolderBusy:
        return True
    except (StorageError, OSError):
        return False


def _remove(folder: Path) -> None:
    """Remove a folder, also what a drill has made read-only in it."""
    for place, folders, files in os.walk(folder):
        names = folders if sys.platform != "win32" else [*folders, *files]
        for name in names:
            path = Path(place, name)
            if not path.is_symlink():
                with contextlib.suppress(OSError):
                    path.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
