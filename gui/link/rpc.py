"""JSON-RPC 2.0 over a child process's stdio: one object per line, never blocking the window, never trusting a line."""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from core.logs import LOGGER_NAME
from gui.link.lines import LONGEST_LINE, Lines, NotAMessageError, read_message, write_message
from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_UNSENT: Final = 2 * LONGEST_LINE
"""Bytes that may wait for a child that does not read."""
MOST_UNREAD: Final = 4 * LONGEST_LINE
"""Bytes that may wait for this window; a child that is so far ahead is given up."""
_TURN_SECONDS: Final = 0.008
"""Longest stretch of reading before the window may draw again."""
_STDERR_LINE: Final = 1_000
_STDERR_LINES: Final = 500
_LAST_WORDS: Final = 4
_ENDING_MS: Final = 1_500
_PUSHED_MS: Final = 500
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.window.link")


class Rpc(QObject):
    """One child process. `heard` and `ended` come in this thread; after `ended` nothing more comes."""

    heard = Signal(object)
    """A message, dict."""
    ended = Signal(str, bool)
    """The process is gone, or could not be started: the last it said on stderr, or why; whether it ended well."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = Lines()
        self._errors = Lines(_STDERR_LINE * 64)
        self._errors_logged = 0
        self._last_words: deque[str] = deque(maxlen=_LAST_WORDS)
        self._over = False
        # Slots of this object and no closures: they end with it, whatever the process still says.
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._read_on)
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments(list(command[1:]))
        self._process.setProcessEnvironment(_environment(environ))
        if sys.platform != "win32":
            # Ctrl+C in the terminal is the window's affair: it ends the child in order. On Windows, Qt itself starts
            # the child without a console window when this program has none.
            self._process.setUnixProcessParameters(QProcess.UnixProcessFlag.CreateNewSession)
        self._process.readyReadStandardOutput.connect(self._output_came)
        self._process.readyReadStandardError.connect(self._errors_came)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._failed)

    @property
    def pid(self) -> int:
        """Process id; 0 when it does not run."""
        return int(self._process.processId())

    def start(self) -> None:
        """Start the child; `ended` tells when that fails."""
        self._process.start()

    def send(self, message: dict[str, Any]) -> bool:
        """Give the child a message; False when it is too long, or the child is gone or does not read."""
        line = write_message(message)
        if self._over or len(line) > LONGEST_LINE or self._process.bytesToWrite() + len(line) > MOST_UNSENT:
            return False
        return self._process.write(line) == len(line)

    def end(self) -> None:
        """End the child in order - close its input, ask it to go, end it - and wait until it is gone."""
        self._over = True
        self._turn.stop()
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(_ENDING_MS):
            self._process.terminate()
            if not self._process.waitForFinished(_PUSHED_MS):
                self._process.kill()
                self._process.waitForFinished(_ENDING_MS)

    # ------------------------------------------------------------------------------------------ what comes

    @slot()
    def _output_came(self) -> None:
        self._lines.feed(bytes(self._process.readAllStandardOutput().data()))
        if self._lines.waiting > MOST_UNREAD and not self._over:
            _LOG.warning("the relay is %d bytes ahead of the window and was given up", self._lines.waiting)
            self._process.kill()
        elif not self._turn.isActive():
            self._read_on()

    @slot()
    def _read_on(self) -> None:
        """Read for a moment; the rest waits for the window's next turn."""
        until = time.monotonic() + _TURN_SECONDS
        while not self._over and self._read_line():
            if time.monotonic() > until:
                self._turn.start()
                return

    def _read_line(self) -> bool:
        before = self._lines.left_out
        line = self._lines.take()
        if self._lines.left_out > before:
            _LOG.warning("a line of the relay was too long and was left out")
        if line is None:
            return False
        if line.strip():
            try:
                message = read_message(line)
            except NotAMessageError as error:
                _LOG.warning("a line of the relay (%d bytes) is no message: %s", len(line), error)
            else:
                self.heard.emit(message)
        return True

    @slot()
    def _errors_came(self) -> None:
        self._errors.feed(bytes(self._process.readAllStandardError().data()))
        while (line := self._errors.take()) is not None:
            text = line[:_STDERR_LINE].decode(errors="replace").strip()
            self._last_words.append(text)
            self._errors_logged += 1
            if text and self._errors_logged <= _STDERR_LINES:
                _LOG.info("relay: %s", text)

    # ------------------------------------------------------------------------------------------ its end

    @slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:  # the one error after which `finished` does not come
            self._tell_end(self._process.errorString(), well=False)

    @slot(int, QProcess.ExitStatus)
    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._errors_came()
        self._output_came()
        self._turn.stop()
        while not self._over and self._read_line():
            pass
        well = code == 0 and status == QProcess.ExitStatus.NormalExit
        self._tell_end(" ".join(filter(None, self._last_words)), well=well)

    def _tell_end(self, words: str, *, well: bool) -> None:
        if not self._over:
            self._over = True
            self.ended.emit(words, well)


def _environment(environ: Mapping[str, str]) -> QProcessEnvironment:
    made = QProcessEnvironment()
    for name, value in environ.items():
        made.insert(name, value)
    return made
