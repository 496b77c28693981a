"""The relay: what an editor starts and talks to over stdio. It carries lines to the engine and back.

The engine is a process of its own that outlives every client; the relay finds it or has it started. When the engine
crashes, the relay introduces the client to the next one and asks again what has no answer yet, see `relay_notes`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, BinaryIO, Final, NoReturn

from core.errors import DataFolderBusy, MultiCoderError, StorageError
from engine.doorbell import CHUNK_BYTES, MOST_LINE_BYTES, Connection, EngineAbsent, knock
from engine.keeper import GAVE_UP, KEEPER_WORD, Patience, read_failure
from engine.own_process import start_own
from engine.relay_notes import ENGINE_LOST, INVALID_REQUEST, Notes, RefusedLineError, error_line, is_answer, is_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from core.paths import Home
    from engine.own_process import OwnProcess

RESTARTS: Final = Patience(times=5, seconds=120)
START_SECONDS: Final = 30.0
BUSY_SECONDS: Final = 8.0
"""An engine whose keeper was killed while it was starting holds the folder, but does not answer for a while."""
_KNOCK_SECONDS: Final = 5.0
_LOOK_SECONDS: Final = 0.03
_KEEPER_SECONDS: Final = 2.0
_MOST_WAITING_BYTES: Final = 64 * 1024 * 1024


def relay(
    home: Home, *, program: Sequence[str] = (), patience: Patience = RESTARTS, start_seconds: float = START_SECONDS
) -> NoReturn:
    """Carry lines between this process's stdio and the engine of `home`, and end the process when that is over.

    Exit code 0: the client is gone, or the engine was stopped on purpose. 1: the engine cannot be reached.
    `program`: see `start_own`.
    """
    incoming, outgoing = claim_stdio()
    _end(_Relay(home, incoming, outgoing, _Way(home, program, start_seconds), patience).run())


def claim_stdio() -> tuple[int, int]:
    """Take the protocol's two channels away from everybody else: return private descriptors of them.

    Afterwards stdin is empty and what is printed goes to stderr, for C libraries and children as well.
    """
    incoming, outgoing = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    try:
        os.dup2(2, 1)
    except OSError:  # started without stderr
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
    os.close(nothing)
    if sys.platform == "win32":
        _claim_handles(incoming, outgoing)
    else:
        os.set_blocking(incoming, True)
        os.set_blocking(outgoing, True)
    return incoming, outgoing


if sys.platform == "win32":

    def _claim_handles(incoming: int, outgoing: int) -> None:
        """Point the handles of the process the same way. Not yet proven on a Windows machine."""
        import ctypes  # noqa: PLC0415 - needed on Windows only
        import msvcrt  # noqa: PLC0415

        for descriptor in (incoming, outgoing):
            msvcrt.setmode(descriptor, os.O_BINARY)
        for number, descriptor in ((-10, 0), (-11, 1)):  # STD_INPUT_HANDLE, STD_OUTPUT_HANDLE
            ctypes.windll.kernel32.SetStdHandle(number, ctypes.c_void_p(msvcrt.get_osfhandle(descriptor)))


class _Way:
    """The way to the engine: knock, and have it started when nobody opens."""

    def __init__(self, home: Home, program: Sequence[str], seconds: float) -> None:
        self._home = home
        self._program = program
        self._seconds = seconds
        self._keeper: OwnProcess | None = None
        """The last that was started: when an engine ends again and again, it knows why."""
        self._since = 0.0

    def reach(self) -> Connection:
        """Return a connection; MultiCoderError says in words why there is none."""
        began = time.monotonic()
        while True:
            with contextlib.suppress(EngineAbsent):
                return knock(self._home, min(_KNOCK_SECONDS, self._seconds))
            self._look_after(began)
            if time.monotonic() - began > self._seconds:
                raise EngineAbsent("engine-late", seconds=self._seconds, path=str(self._home.root))
            time.sleep(_LOOK_SECONDS)

    def _look_after(self, began: float) -> None:
        """Start a keeper, which is harmless when there is one; give up when it says that there is no hope."""
        code = None if self._keeper is None else self._keeper.poll()
        if code == GAVE_UP and (failure := read_failure(self._home)) is not None:
            if failure.refused:
                raise EngineAbsent("engine-refuses", detail=failure.refused)
            raise EngineAbsent(
                "engine-gave-up", crashes=failure.crashes, exit=str(failure.exit), path=str(self._home.root)
            )
        now = time.monotonic()
        if code == DataFolderBusy.exit_code and now - began > min(BUSY_SECONDS, self._seconds):
            raise DataFolderBusy(pid=self._holder())
        if self._keeper is None or (code is not None and now - self._since > _KEEPER_SECONDS):
            self._home.prepare()
            self._since = now
            try:
                self._keeper = start_own((KEEPER_WORD,), home=self._home, program=self._program, detached=True)
            except OSError as error:
                raise StorageError("storage", path=sys.executable, detail=error.strerror or "") from error

    def _holder(self) -> int:
        with contextlib.suppress(OSError, ValueError):
            return int(self._home.lock.read_bytes())
        return 0


class _Relay:
    """One client. The main thread reads the engine, another one the client; `_lock` guards what both touch."""

    def __init__(self, home: Home, incoming: int, outgoing: int, way: _Way, patience: Patience) -> None:
        self._home = home
        self._incoming: BinaryIO = open(incoming, "rb", buffering=CHUNK_BYTES)  # noqa: SIM115 - as long as the process
        self._outgoing = outgoing
        self._way = way
        self._patience = patience
        self._notes = Notes()
        self._lock = threading.Condition()
        self._speaking = threading.Lock()
        self._open: Connection | None = None
        """The engine that takes lines; None while there is none or it is still being introduced."""
        self._waiting: list[bytes] = []

    def run(self) -> int:
        """Work until the engine is out of reach; the end of the client ends the process."""
        with contextlib.suppress(ValueError):  # in a thread other than the main one
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        threading.Thread(target=self._hear_client, name="client", daemon=True).start()
        breaks: list[float] = []
        try:
            while True:
                self._hear_engine(self._way.reach())
                lost = self._forget_engine()
                if not self._home.engine.exists():
                    self._abandon(_text("process-stopped"), "engine-stopped", lost[0])
                    return 0
                now = time.monotonic()
                breaks = [*self._patience.recent(breaks, now), now]
                self._lost(len(breaks), *lost)
        except MultiCoderError as error:
            self._abandon(_explained(error), error.code)
            return 1

    # ------------------------------------------------------------------------------------------ the client

    def _hear_client(self) -> None:
        while line := self._next_line():
            if line.isspace():
                continue  # keep-alive
            try:
                self._pass_on(line if line.endswith(b"\n") else line + b"\n")
            except RefusedLineError as refused:
                self._say(error_line(None, refused.code, _text(refused.words)))
        _end(0)

    def _next_line(self) -> bytes:
        """Return the next line that is not too long; empty at the end."""
        while True:
            try:
                line = self._incoming.readline(MOST_LINE_BYTES + 1)
            except OSError:  # the client is gone
                return b""
            if len(line) <= MOST_LINE_BYTES:
                return line
            while line and not line.endswith(b"\n"):
                line = self._incoming.readline(CHUNK_BYTES)
            text = _text("process-line-too-long", mb=MOST_LINE_BYTES >> 20)
            self._say(error_line(None, INVALID_REQUEST, text))

    def _pass_on(self, line: bytes) -> None:
        """Give a line to the engine, or keep it until there is one. Raises RefusedLineError."""
        with self._lock:
            wanted = self._notes.from_client(line)
            engine = self._open
            if wanted is None:
                return
            if engine is None:
                self._waiting.append(wanted)
                self._lock.wait_for(lambda: sum(map(len, self._waiting)) < _MOST_WAITING_BYTES)
                return
            self._notes.hand_over()
        try:
            engine.write_line(wanted)
        except OSError:  # a question will be asked again by the other thread, which now sees the end too
            engine.close()

    # ------------------------------------------------------------------------------------------ the engine

    def _hear_engine(self, engine: Connection) -> None:
        """Introduce the client, then carry what the engine says until it is gone."""
        with engine, contextlib.suppress(OSError):
            steps = iter((self._notes.introduction, self._notes.sessions))
            self._introduce(engine, steps)
            while line := engine.read_line():
                if is_plain(line):
                    self._say(line)
                    continue
                with self._lock:
                    wanted = self._notes.from_engine(line)
                    due = self._open is None and not self._notes.attaching
                if wanted is not None:
                    self._say(wanted)
                if due:
                    self._introduce(engine, steps)

    def _forget_engine(self) -> tuple[list[int | str], list[bytes]]:
        """See `Notes.lose`. An answer to the engine that is gone must not reach the next one, which counts anew."""
        with self._lock:
            self._open = None
            self._waiting = [line for line in self._waiting if not is_answer(line)]
            return self._notes.lose()

    def _introduce(self, engine: Connection, steps: Iterator[Callable[[], list[bytes]]]) -> None:
        """Take the next steps that need no answer first; after the last one the client's lines pass."""
        for step in steps:
            with self._lock:
                lines = step()
            for line in lines:
                engine.write_line(line)
            if lines:
                return
        with self._lock:
            lines = self._notes.repeat()
        while True:
            for line in lines:
                engine.write_line(line)
            with self._lock:
                lines, self._waiting = self._waiting, []
                self._notes.hand_over()
                self._lock.notify_all()
                if not lines:
                    self._open = engine
                    return

    def _lost(self, breaks: int, ids: list[int | str], void: list[bytes]) -> None:
        """Answer what cannot be asked again, and go on, unless this happens too often."""
        _note(self._home, "the connection to the engine broke (%s)", breaks)
        text = _text("process-restarted") if ids else ""
        for line in [*(error_line(id_, ENGINE_LOST, text, {"code": "engine-restarted"}) for id_ in ids), *void]:
            self._say(line)
        if breaks > self._patience.times:
            raise EngineAbsent(
                "engine-restless", times=breaks, seconds=self._patience.seconds, path=str(self._home.root)
            )

    def _abandon(self, text: str, code: str, lost: Sequence[int | str] = ()) -> None:
        """Answer every question with the reason why there will be no other answer."""
        with self._lock:
            ids = [*lost, *self._notes.unanswered()]
        for id_ in ids:
            self._say(error_line(id_, ENGINE_LOST, text, {"code": code}))
        with contextlib.suppress(OSError):
            os.write(2, f"multicoder: {text}\n".encode())

    def _say(self, line: bytes) -> None:
        """Write to the client, waiting as long as it reads; its end is ours."""
        rest = memoryview(line)
        with self._speaking:
            try:
                while rest:
                    rest = rest[os.write(self._outgoing, rest) :]
            except OSError:
                _end(0)


def _end(code: int) -> NoReturn:
    os._exit(code)  # a thread parked in a read would hold up the interpreter's own way out


def _text(message: str, **facts: str | float) -> str:
    from core.i18n import system_locale, tr  # noqa: PLC0415 - most relays never have to say anything

    return tr(message, system_locale(), **facts)


def _explained(error: MultiCoderError) -> str:
    from core.i18n import explain, system_locale  # noqa: PLC0415 - as above

    words = explain(error, system_locale())
    return f"{words.what} {words.did} {words.next}"


def _note(home: Home, text: str, *facts: object) -> None:
    from core.logs import set_up_logs  # noqa: PLC0415 - as above

    with contextlib.suppress(OSError):
        set_up_logs(home.log).warning(text, *facts)
