"""Children that outlive a killed engine: written down when they start, ended when the next engine starts.

Sandboxed jobs end with the engine by themselves (a lifeline on Linux, job objects on Windows), tools of ours on Linux
do not: a killed engine cannot end them any more. So each child is written down, in a file of its own, with the moment
it was created: a number that was given to somebody else meanwhile is never touched, nor the child of a living engine.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sys
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER_VARIABLE: Final = "MULTICODER_CHILDREN"
"""Where the children of this process are written down; set by `children_recorded`, tools never see it."""
KILL_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 0.02
_SAME_MOMENT: Final = 0.02
"""Two processes of one number cannot be created so close to each other; times are kept in hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A child whose engine was killed."""

    pid: int
    what: str
    """The name of its program."""
    began: float
    """When it was created, in seconds since the epoch."""
    gone: bool
    """Whether its whole tree could be ended."""


@dataclass(frozen=True, slots=True)
class _Record:
    pid: int
    created: float
    what: str
    owner: int
    owner_created: float


@contextmanager
def children_recorded(folder: Path) -> Iterator[None]:
    """Write down every child that is started in this block, in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    before = os.environ.get(FOLDER_VARIABLE)
    os.environ[FOLDER_VARIABLE] = str(folder)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(FOLDER_VARIABLE, None)
        else:
            os.environ[FOLDER_VARIABLE] = before


def record_child(pid: int, what: str) -> Path | None:
    """Write down a child that was just started; None when that is not wanted or not possible: work goes on."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        return None
    path = Path(folder, f"{pid}-{secrets.token_hex(4)}.json")
    try:
        us = psutil.Process()
        record = _Record(pid, psutil.Process(pid).create_time(), what, us.pid, us.create_time())
        path.write_text(json.dumps(asdict(record)), encoding="utf-8")
    except (psutil.Error, OSError):
        return None
    return path


def forget_child(record: Path | None) -> None:
    """Strike out a child that has ended with all its tree."""
    if record is not None:
        with contextlib.suppress(OSError):
            record.unlink(missing_ok=True)


def clean_orphans(folder: Path) -> list[Orphan]:
    """End what the engines that worked here and were killed left running; blocks, for seconds at worst."""
    orphans = []
    for path in sorted(folder.glob("*.json")):
        record = _read(path)
        if record is not None and _process(record.owner, record.owner_created) is not None:
            continue
        child = _process(record.pid, record.created) if record is not None else None
        gone = child is None or end_tree(child)
        if record is not None and child is not None:
            orphans.append(Orphan(record.pid, record.what, record.created, gone))
        if gone:
            forget_child(path)
    return orphans


def _read(path: Path) -> _Record | None:
    """Read a record; None when its writer was killed over it."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        owner = int(read["owner"]), float(read["owner_created"])
        return _Record(int(read["pid"]), float(read["created"]), str(read["what"]), *owner)
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return None


def _process(pid: int, created: float) -> psutil.Process | None:
    """Find a living process by its number, if it is still the one created then."""
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - created) < _SAME_MOMENT
    except (psutil.Error, ValueError, OverflowError):  # the latter two: no number a process could have
        return None
    return process if same and _lives(process) else None


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)  # dead, but nobody has collected it yet
    except psutil.NoSuchProcess:
        return False


def end_tree(root: psutil.Process) -> bool:
    """End a process, what it has started and what lives on in its session; blocks. Tells whether all are gone."""
    # It stands still until all others are gone: so it starts no more of them, and its number, by which its session is
    # known, stays its own.
    with contextlib.suppress(psutil.Error):
        root.suspend()
    until = time.monotonic() + KILL_SECONDS
    while (others := _others(root)) and time.monotonic() < until:
        for process in others:
            _kill(process)
        time.sleep(_LOOK_SECONDS)
    _kill(root)
    while _lives(root) and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)
    return not others and not _lives(root)


def _others(root: psutil.Process) -> list[psutil.Process]:
    """Return what the root has started and what lives on in its session."""
    found: set[psutil.Process] = set()
    with contextlib.suppress(psutil.Error):
        found.update(root.children(recursive=True))
    if sys.platform != "win32":
        found.update(process for process in psutil.process_iter() if _session(process.pid) == root.pid)
    return [process for process in found if process != root and _lives(process)]


def _session(pid: int) -> int:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # it ended meanwhile
            return os.getsid(pid)
    return -1


def _kill(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.Error):
        process.kill()
