"""The readable log: one rotating file, redacted at the last moment, with crashes of the interpreter in it."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import sys
from typing import TYPE_CHECKING, Final

from core import redaction

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path

LOGGER_NAME: Final = "multicoder"
_FILE_BYTES: Final = 5_000_000
_OLDER_FILES: Final = 5
_LINE: Final = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"


class RedactingFormatter(logging.Formatter):
    """Formats a record, traceback included, and removes secrets from the result."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the whole line."""
        return redaction.redact(super().format(record))


def set_up_logs(file: Path, *, level: int = logging.INFO, file_bytes: int = _FILE_BYTES) -> logging.Logger:
    """Send everything logged in this process to `file` and return the program's logger; calling again moves it.

    Core dumps are switched off: they would carry keys out of memory onto the disk.
    """
    _forbid_core_dumps()
    root = logging.getLogger()
    for earlier in [known for known in root.handlers if isinstance(known, _LogFile)]:
        root.removeHandler(earlier)
        earlier.close()
    # Only now: closing a file also takes the crash dumps away from the one opened last.
    handler = _LogFile(file, maxBytes=file_bytes, backupCount=_OLDER_FILES, encoding="utf-8", errors="backslashreplace")
    handler.setFormatter(RedactingFormatter(_LINE))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)  # libraries speak up only when something is wrong
    logger = logging.getLogger(LOGGER_NAME)
    logger.setLevel(level)
    logging.captureWarnings(capture=True)
    return logger


def open_own_log(file: Path, name: str, *, level: int = logging.INFO, file_bytes: int = _FILE_BYTES) -> logging.Logger:
    """Return a logger that writes to `file` alone; calling again moves it. `close_own_log` closes the file."""
    logger = logging.getLogger(f"{LOGGER_NAME}.{name}")
    close_own_log(logger)
    handler = _RotatingFile(
        file, maxBytes=file_bytes, backupCount=_OLDER_FILES, encoding="utf-8", errors="backslashreplace"
    )
    handler.setFormatter(RedactingFormatter(_LINE))
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False
    return logger


def close_own_log(logger: logging.Logger) -> None:
    """Close the file of a logger; what is logged from now on goes to the log of the program."""
    for handler in [known for known in logger.handlers if isinstance(known, _RotatingFile)]:
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = True


class _RotatingFile(logging.handlers.RotatingFileHandler):
    """A rotating file, readable by its owner only, that survives a rename that Windows refuses."""

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        return os.fdopen(descriptor, "a", encoding=self.encoding, errors=self.errors)

    def doRollover(self) -> None:  # noqa: N802 - the library's name
        """Move the full file aside; while another process has it open on Windows, go on writing to it."""
        if self.stream is not None:
            self.stream.close()
        try:
            os.replace(self.baseFilename, self._aside)  # noqa: PTH105 - the base class works with strings
        except OSError:
            self.stream = self._open()
        else:
            super().doRollover()

    def rotate(self, source: str, dest: str) -> None:  # noqa: ARG002 - the file already stands aside
        """Give the file that was moved aside its number."""
        os.replace(self._aside, dest)  # noqa: PTH105 - as above

    @property
    def _aside(self) -> str:
        return f"{self.baseFilename}.full"


class _LogFile(_RotatingFile):
    """The program's log, which also receives crash dumps."""

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        faulthandler.enable(stream)
        return stream

    def close(self) -> None:
        """Close the file; crash dumps go nowhere rather than into a reused descriptor."""
        if self.stream is not None:
            faulthandler.disable()
        super().close()


def _forbid_core_dumps() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - POSIX only

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
