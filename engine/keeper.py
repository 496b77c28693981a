"""The keeper: a small process that starts the engine and starts it again when it crashes.

It imports nothing heavy and knows nothing of the engine's work, so that what brings the engine down leaves it standing.
It ends when the engine ends by itself, or when somebody else already works on the data folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from core.errors import DataFolderBusy, InputError, StorageError
from core.files import write_atomic
from engine.lock import FolderLock
from engine.own_process import start_own

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from core.paths import Home
    from engine.own_process import OwnProcess

KEEPER_WORD: Final = "keeper"
ENGINE_WORD: Final = "engine"
GAVE_UP: Final = 1
"""Exit code of a keeper whose engine crashed too often; what happened is in `failure_file`."""
_TAIL_BYTES: Final = 4096
_OUTPUT_MODE: Final = 0o600
_MOST_OUTPUT_BYTES: Final = 1_000_000
_LOOK_SECONDS: Final = 60.0
_NOT_STARTED: Final = 127
_ENDED: Final = frozenset({0, DataFolderBusy.exit_code})
"""Exit codes of an engine that meant to end."""
_REFUSED: Final = frozenset({InputError.exit_code, StorageError.exit_code})
"""Exit codes of an engine that said why it cannot work here; starting it again seldom helps, so it is tried once."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often something may break before it is given up, and how long to pause before each new try."""

    times: int
    seconds: float
    pauses: tuple[float, ...] = (0.2, 0.5, 1.0, 2.0, 4.0)

    def recent(self, moments: list[float], now: float) -> list[float]:
        """Return those of the monotonic `moments` that still count."""
        return [moment for moment in moments if now - moment < self.seconds]

    def pause(self, count: int) -> float:
        """Seconds to wait after the `count`th time, counted from 1."""
        return self.pauses[min(count, len(self.pauses)) - 1]


KEEPING: Final = Patience(times=5, seconds=600)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a keeper gave up."""

    time: float
    crashes: int
    exit: int
    """Exit code of the last crash; negative = ended by that signal."""
    output: str
    """The end of what the engine wrote before, without secrets."""

    @property
    def refused(self) -> str:
        """Why the engine refuses to work here, in its own words; empty when it crashed."""
        return " ".join(self.output.split()) if self.exit in _REFUSED else ""


def failure_file(home: Home) -> Path:
    """Where a keeper that gave up says why."""
    return home.root / "engine-failure.json"


def read_failure(home: Home) -> Failure | None:
    """Return why the engine is not started any more, None when all is well."""
    try:
        said = json.loads(failure_file(home).read_bytes())
        return Failure(float(said["time"]), int(said["crashes"]), int(said["exit"]), str(said["output"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def take_failure(home: Home) -> Failure | None:
    """Return it once: the engine that starts well after a failure tells the person and forgets it."""
    found = read_failure(home)
    with contextlib.suppress(OSError):  # Windows: a relay reads it just now; it is told once more then
        failure_file(home).unlink()
    return found


def keep(home: Home, *, program: Sequence[str] = (), patience: Patience = KEEPING) -> int:
    """Keep an engine running on `home` until it ends by itself; returns the exit code of the keeper.

    0: the engine ended well, or another keeper is at work. 9: somebody else holds the data folder. 1: given up.
    `program` stands before the word `engine` in the command, see `start_own`.
    """
    home.prepare()
    lock = FolderLock(home.root / "keeper.lock")
    try:
        lock.acquire()
    except DataFolderBusy:
        return 0
    try:
        return _Keeper(home, program, patience).keep()
    finally:
        lock.release()


class _Keeper:
    def __init__(self, home: Home, program: Sequence[str], patience: Patience) -> None:
        self._home = home
        self._program = program
        self._patience = patience
        self._engine: OwnProcess | None = None
        self._stops = 0
        self._started = time.time()
        self._restarts = 0
        self._last_exit: int | None = None
        self._output = home.log.parent / "engine-output.log"

    def keep(self) -> int:
        """Start, wait, start again."""
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._stop)
        threading.Thread(target=self._cap_output, name="output-cap", daemon=True).start()
        crashes: list[float] = []
        while True:
            code = self._run_once()
            if self._stops:
                return 0
            if code in _ENDED:
                return code
            now = time.monotonic()
            crashes = [*self._patience.recent(crashes, now), now]
            if len(crashes) > (1 if code in _REFUSED else self._patience.times):
                self._give_up(len(crashes), code)
                return GAVE_UP
            self._warn("the engine crashed (exit %s) and is started again", code)
            if not self._pause(self._patience.pause(len(crashes))):
                return 0
            self._restarts += 1

    def _run_once(self) -> int:
        try:
            with _truncated(self._output) as output:
                self._engine = start_own(
                    (ENGINE_WORD,), home=self._home, program=self._program, stdout=output, stderr=output, detached=True
                )
        except OSError as error:  # no memory, no disk, or the program is just being replaced
            self._warn("the engine could not be started: %s", error.strerror)
            return _NOT_STARTED
        group = _Group(self._engine)
        self._record()
        if self._stops:  # asked to stop while it was being started
            self._engine.terminate()
        code = group.wait()
        self._engine = None
        self._last_exit = code
        self._record()
        return code

    def _stop(self, *_: object) -> None:
        """Pass the wish to stop on; asked twice, insist."""
        self._stops += 1
        if self._engine is not None and self._engine.returncode is None:
            if self._stops == 1:
                self._engine.terminate()
            else:
                self._engine.kill()

    def _pause(self, seconds: float) -> bool:
        """Whether the engine is still wanted after a pause."""
        until = time.monotonic() + seconds
        while not self._stops and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
        return not self._stops

    def _cap_output(self) -> None:
        """Empty the file of the engine's stray output when it grows: the log proper does not go there."""
        while True:
            time.sleep(_LOOK_SECONDS)
            with contextlib.suppress(OSError):
                if self._output.stat().st_size > _MOST_OUTPUT_BYTES:
                    os.truncate(self._output, 0)

    def _record(self) -> None:
        facts: dict[str, Any] = {
            "pid": os.getpid(),
            "engine": self._engine.pid if self._engine is not None else None,
            "started": self._started,
            "restarts": self._restarts,
            "last_exit": self._last_exit,
        }
        self._write(self._home.root / "keeper.json", facts)

    def _give_up(self, crashes: int, code: int) -> None:
        from core.redaction import redact  # noqa: PLC0415 - a keeper whose engine is well never needs it

        tail = redact(_tail(self._output))
        self._write(failure_file(self._home), asdict(Failure(time.time(), crashes, code, tail)))
        self._warn(
            "the engine crashed %s times (last exit %s) and is given up; its last words: %s", crashes, code, tail
        )

    def _write(self, file: Path, facts: dict[str, Any]) -> None:
        try:
            write_atomic(file, json.dumps(facts).encode() + b"\n")
        except OSError as error:  # a full disk must not end the keeper
            self._warn("%s could not be written: %s", file.name, error.strerror)

    def _warn(self, text: str, *facts: object) -> None:
        from core.logs import set_up_logs  # noqa: PLC0415 - as above

        try:
            set_up_logs(self._home.log).warning(text, *facts)
        except OSError:
            return  # nowhere to write: the engine matters more than the note


def _truncated(file: Path) -> Any:
    descriptor = os.open(file, os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_WRONLY, _OUTPUT_MODE)
    return os.fdopen(descriptor, "ab", buffering=0)


def _tail(file: Path) -> str:
    try:
        with file.open("rb") as output:
            output.seek(max(output.seek(0, os.SEEK_END) - _TAIL_BYTES, 0))
            return output.read().decode("utf-8", "replace").strip()
    except OSError:
        return ""


if sys.platform == "win32":
    import ctypes

    _ASSIGN: Final = 0x0101
    """PROCESS_SET_QUOTA and PROCESS_TERMINATE."""

    class _Group:
        """A job object without limits; it may outlive the keeper, as the engine does. Not yet proven on Windows."""

        def __init__(self, engine: OwnProcess) -> None:
            self._engine = engine
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
            self._kernel.OpenProcess.restype = ctypes.c_void_p
            self._job = ctypes.c_void_p(self._kernel.CreateJobObjectW(None, None))
            process = ctypes.c_void_p(self._kernel.OpenProcess(_ASSIGN, 0, engine.pid))
            self._kernel.AssignProcessToJobObject(self._job, process)
            self._kernel.CloseHandle(process)

        def wait(self) -> int:
            """Wait for the engine, end what it left when it crashed, return its exit code."""
            code = self._engine.wait()
            if code not in _ENDED:
                self._kernel.TerminateJobObject(self._job, 1)
            self._kernel.CloseHandle(self._job)
            return code

else:

    class _Group:
        """The process group the engine leads."""

        def __init__(self, engine: OwnProcess) -> None:
            self._engine = engine

        def wait(self) -> int:
            """Wait for the engine, end what it left when it crashed, return its exit code."""
            # Nobody is left (macOS says it with the second), or the wish to stop collected the engine a moment before.
            with contextlib.suppress(ProcessLookupError, PermissionError, ChildProcessError):
                # Not yet collected, its process id still names this group and no other.
                found = os.waitid(os.P_PID, self._engine.pid, os.WEXITED | os.WNOWAIT)
                if found is None or found.si_code != os.CLD_EXITED or found.si_status not in _ENDED:
                    os.killpg(self._engine.pid, signal.SIGKILL)
            return self._engine.wait()
