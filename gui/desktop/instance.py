"""One window per data folder: a second one raises the first and ends.

The lock says who is first; the socket only carries the wish to be raised, which is all that anybody who reaches it can
have. Its name is a hash, so that no folder is too long for it and none shows in it.
"""

from __future__ import annotations

import hashlib
import logging
import sys
import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from core.errors import DataFolderBusy, StorageError
from core.logs import LOGGER_NAME
from gui.slots import bordered

if TYPE_CHECKING:
    from pathlib import Path

    from core.paths import Home

LOCK: Final = "window.lock"
_WISH: Final = b"raise\n"
_ANSWER: Final = b"raised\n"
_PATIENCE_SECONDS: Final = 4.0
"""How long a first window may take to open its socket, or to answer while it is busy."""
_ROUND_MS: Final = 1_000
_PAUSE_SECONDS: Final = 0.1
_MOST_CALLERS: Final = 4
_CALLER_MS: Final = 2_000
_ANY_PROCESS: Final = -1
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.window")


class Instance(QObject):
    """The claim of this process on the window of a data folder; `claim` first, `close` at the end."""

    raised = Signal()
    """Another start of the program asks for this window."""

    def __init__(self, home: Home, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = home.root / LOCK
        self._name = socket_name(home.root)
        self._lock = QLockFile(str(self._file))
        self._lock.setStaleLockTime(0)  # a window may be open for months; a dead one is known by its process
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(_MOST_CALLERS)
        self._server.newConnection.connect(bordered(self._called))

    def claim(self) -> bool:
        """Whether this is the window of the folder; False when another one is, which was raised.

        Raises DataFolderBusy when there is another one that does not answer, StorageError when the folder is unusable.
        """
        until = time.monotonic() + _PATIENCE_SECONDS
        while not self._lock.tryLock(0):
            if self._lock.error() != QLockFile.LockError.LockFailedError:
                raise StorageError("home-unwritable", path=str(self._file), detail=self._lock.error().name)
            if _raise_other(self._name):
                return False
            if time.monotonic() > until:
                self._take_over()
                break
            time.sleep(_PAUSE_SECONDS)
        self._listen()
        return True

    def close(self) -> None:
        """Let the next start be the first."""
        self._server.close()
        self._lock.unlock()

    def _take_over(self) -> None:
        """Take a lock whose process number now belongs to something else; one that is really held stays."""
        if not (self._lock.removeStaleLockFile() and self._lock.tryLock(0)):
            holder = self._lock.getLockInfo()
            raise DataFolderBusy("window-busy", pid=int(holder[0]) if holder else 0)

    def _listen(self) -> None:
        QLocalServer.removeServer(self._name)  # of a window that was killed: the lock says that there is no other
        if not self._server.listen(self._name):
            _LOG.warning("a second start cannot raise this window: %s", self._server.errorString())

    def _called(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.readyRead.connect(bordered(lambda caller=caller: self._hear(caller)))
            QTimer.singleShot(_CALLER_MS, caller, caller.abort)
            self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        if caller.bytesAvailable() < len(_WISH):
            return
        if caller.read(len(_WISH)).data() == _WISH:
            caller.write(_ANSWER)
            caller.flush()
            self.raised.emit()
            caller.disconnectFromServer()
        else:
            caller.abort()


def socket_name(root: Path) -> str:
    """Return the name under which the window of a data folder is called, the same for every way to write the folder."""
    try:
        resolved = root.resolve()
    except (OSError, RuntimeError):  # a loop of links; `Home.prepare` says so
        resolved = root
    return f"multicoder-{hashlib.sha256(str(resolved).encode(errors='surrogatepass')).hexdigest()[:32]}"


def _raise_other(name: str) -> bool:
    """Whether the window that listens under a name was raised."""
    _let_others_come_forward()
    caller = QLocalSocket()
    caller.connectToServer(name)
    if not caller.waitForConnected(_ROUND_MS):
        return False
    caller.write(_WISH)
    caller.flush()
    answered = caller.waitForReadyRead(_ROUND_MS) and caller.read(len(_ANSWER)).data() == _ANSWER
    caller.abort()
    return answered


def _let_others_come_forward() -> None:
    """Windows lets only the process in front, which we are, hand that place on."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - needed on Windows only

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
