"""The client's side of the engine's door: find the engine of a data folder, prove that we may come in, talk in lines.

Standard library only and quick to import: the relay, which an editor waits for, starts with it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import struct
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final

from core.errors import InputError, MultiCoderError, StorageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from core.paths import Home

DOOR_VERSION: Final = 1
"""Of the greeting at the door, not of what is spoken behind it."""
MOST_LINE_BYTES: Final = 64 * 1024 * 1024
PASSED_ON: Final = ("MULTICODER_TEAM", "LANG", "LC_ALL", "LC_MESSAGES")
"""Variables of a client's environment the engine is told: wishes of the person, never keys."""
CHUNK_BYTES: Final = 1 << 16
_BAD_INPUT: Final = -32602
"""Of JSON-RPC: what was given cannot be used."""
_SEND_SECONDS: Final = 60
"""An engine that takes nothing for this long is treated as gone."""


class EngineAbsent(MultiCoderError):  # noqa: N818 - the name says what happened
    """Nobody opens: no engine works on this data folder, or it does not answer."""

    default_code: ClassVar[str] = "engine-absent"


@dataclass(frozen=True, slots=True)
class Address:
    """What `Home.engine` says: where the engine listens, and the token only its owner can read."""

    pid: int
    address: str
    token: str
    version: int

    def as_json(self) -> bytes:
        """Return the content of the file."""
        parts = {"pid": self.pid, "address": self.address, "token": self.token, "version": self.version}
        return json.dumps(parts).encode() + b"\n"


def read_address(home: Home) -> Address:
    """Read where the engine listens; EngineAbsent without one, StorageError when somebody else wrote it."""
    try:
        with home.engine.open("rb") as file:
            trusted = _trusted(os.fstat(file.fileno()), home)
            found = json.loads(file.read(CHUNK_BYTES))
        address = Address(int(found["pid"]), str(found["address"]), str(found["token"]), int(found["version"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EngineAbsent(path=str(home.root)) from error
    if not trusted:
        raise StorageError("engine-foreign", path=str(home.engine))
    if address.version != DOOR_VERSION:
        raise StorageError("engine-other-version", path=str(home.root), pid=address.pid)
    return address


def _trusted(found: os.stat_result, home: Home) -> bool:
    if sys.platform == "win32":
        return True  # the data folder's access list decides
    else:  # noqa: RET505 - the type checker reads one branch per platform
        return found.st_uid in {os.geteuid(), home.root.stat().st_uid}


class Connection:
    """A line-wise conversation with the engine; one thread may read while another writes."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream
        self._reader = io.BufferedReader(stream, CHUNK_BYTES)

    def read_line(self) -> bytes:
        """Return the next line with its newline; empty when the engine is gone. OSError also means it is gone."""
        line = self._reader.readline(MOST_LINE_BYTES + 1)
        if line and line[-1:] != b"\n" and len(line) > MOST_LINE_BYTES:
            raise ConnectionAbortedError("a line without end")
        return line if line.endswith(b"\n") else b""

    def write_line(self, line: bytes) -> None:
        """Send a line that ends with its newline, waiting as long as the engine reads; OSError when it is gone."""
        self._stream.send(line)

    def patience(self, seconds: float | None) -> None:
        """Limit how long a single read may take (TimeoutError); None waits for ever."""
        self._stream.patience(seconds)

    def close(self) -> None:
        """Hang up; a thread that reads sees the end."""
        self._stream.hang_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def knock(
    home: Home, timeout: float = 5.0, *, client: str = "relay", environ: Mapping[str, str] | None = None
) -> Connection:
    """Return a conversation with the living engine of `home`, which has accepted us.

    Raises EngineAbsent when nobody answers within `timeout` seconds.
    """
    address = read_address(home)
    given = os.environ if environ is None else environ
    wishes = {name: given[name] for name in PASSED_ON if name in given}
    hello = {"token": address.token, "client": client, "environ": wishes}
    try:
        connection = Connection(_open(address.address, timeout))
    except (OSError, ValueError) as error:
        raise EngineAbsent(path=str(home.root)) from error
    try:
        connection.write_line(json.dumps(hello).encode() + b"\n")
        welcome = connection.read_line()
    except OSError:
        welcome = b""
    if not welcome:
        connection.close()
        raise EngineAbsent(path=str(home.root))
    connection.patience(None)
    return connection


def request(connection: Connection, id_: int | str, method: str, params: Mapping[str, Any], until: float) -> Any:
    """Ask one thing and return its result, leaving aside what else the engine says; `until` is monotonic seconds.

    Raises TimeoutError, ConnectionError, and MultiCoderError with the engine's own words when it refuses.
    """
    question = {"jsonrpc": "2.0", "id": id_, "method": method, "params": dict(params)}
    connection.write_line(json.dumps(question, ensure_ascii=False).encode() + b"\n")
    while True:
        connection.patience(max(until - time.monotonic(), 0.001))
        line = connection.read_line()
        if not line:
            raise ConnectionResetError("the engine ended")
        answer = json.loads(line)
        if answer.get("id") == id_ and "method" not in answer:
            if "error" in answer:
                words = str(answer["error"].get("message", ""))
                if answer["error"].get("code") == _BAD_INPUT:
                    raise InputError("engine-refused", detail=words)
                raise MultiCoderError("engine-refused", detail=words)
            return answer.get("result")


if sys.platform == "win32":
    # Written against the documented interface; not yet proven on a Windows machine.
    import _winapi

    class _Stream(io.RawIOBase):
        """A named pipe, overlapped: on a synchronous handle a waiting read would hold up every write."""

        def __init__(self, handle: int) -> None:
            super().__init__()
            self._handle = handle
            self._milliseconds = _winapi.INFINITE

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            try:
                pending, error = _winapi.ReadFile(self._handle, len(buffer), overlapped=True)
                count = self._finished(pending, error, self._milliseconds)
            except BrokenPipeError:
                return 0
            buffer[:count] = (pending.getbuffer() or b"")[:count]
            return count

        def send(self, data: bytes) -> None:
            rest = memoryview(data)
            while rest:
                pending, error = _winapi.WriteFile(self._handle, rest[:CHUNK_BYTES], overlapped=True)
                rest = rest[self._finished(pending, error, _SEND_SECONDS * 1000) :]

        def patience(self, seconds: float | None) -> None:
            self._milliseconds = _winapi.INFINITE if seconds is None else int(seconds * 1000)

        def hang_up(self) -> None:
            if self._handle:
                _winapi.CloseHandle(self._handle)
                self._handle = 0

        @staticmethod
        def _finished(pending: Any, error: int, milliseconds: int) -> int:
            if error == _winapi.ERROR_IO_PENDING:
                waited = _winapi.WaitForMultipleObjects([pending.event], False, milliseconds)  # noqa: FBT003 - positional only
                if waited != _winapi.WAIT_OBJECT_0:
                    pending.cancel()
                    raise TimeoutError("the engine's pipe does not move")
            count, _ = pending.GetOverlappedResult(True)  # noqa: FBT003 - positional only
            return int(count)

    def _open(address: str, timeout: float) -> _Stream:
        until = time.monotonic() + timeout
        access = _winapi.GENERIC_READ | _winapi.GENERIC_WRITE
        while True:
            try:
                handle = _winapi.CreateFile(
                    address, access, 0, _winapi.NULL, _winapi.OPEN_EXISTING, _winapi.FILE_FLAG_OVERLAPPED, _winapi.NULL
                )
            except OSError as error:
                if error.winerror != _winapi.ERROR_PIPE_BUSY or time.monotonic() > until:
                    raise
                with contextlib.suppress(OSError):  # still busy after that time
                    _winapi.WaitNamedPipe(address, 100)
            else:
                stream = _Stream(handle)
                stream.patience(timeout)
                return stream

else:

    class _Stream(io.RawIOBase):
        """A Unix domain socket."""

        def __init__(self, connected: socket.socket) -> None:
            super().__init__()
            self._socket = connected

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            return self._socket.recv_into(buffer)

        def send(self, data: bytes) -> None:
            self._socket.sendall(data)

        def patience(self, seconds: float | None) -> None:
            self._socket.settimeout(seconds)

        def hang_up(self) -> None:
            with contextlib.suppress(OSError):  # it was closed from the other side
                self._socket.shutdown(socket.SHUT_RDWR)  # wakes a thread that reads
            self._socket.close()

    def _open(address: str, timeout: float) -> _Stream:
        connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connected.settimeout(timeout)
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", _SEND_SECONDS, 0))
            connected.connect(address)
        except BaseException:
            connected.close()
            raise
        return _Stream(connected)
