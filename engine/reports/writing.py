"""Write a report as a file: whole or not at all, never over a file that is there unless asked to."""

from __future__ import annotations

import asyncio
import errno
import os
import tempfile
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Protocol, cast

from core.errors import InputError
from core.files import replace_patiently, sync_folder
from engine.reports.gathering import gather

if TYPE_CHECKING:
    from core.paths import Home
    from engine.reports.filters import ReportFilter
    from engine.reports.report import Report

FORMATS: Final = ("html", "pdf", "txt", "csv", "json")
_MODULES: Final = {
    "html": "engine.reports.html_format",
    "pdf": "engine.reports.pdf_format",
    "txt": "engine.reports.text_format",
    "csv": "engine.reports.csv_format",
    "json": "engine.reports.json_format",
}
"""Imported when a report of the format is written: the PDF library alone takes half a second."""


class Format(Protocol):
    """A module that writes reports of one format."""

    def write(self, report: Report, file: IO[bytes]) -> None:
        """Write the report to an open file."""


async def write_report(
    home: Home, wanted: ReportFilter, format_: str, path: Path, *, overwrite: bool = False
) -> Report:
    """Gather a report of a data folder and write it; returns it, so that its notes can be told.

    InputError when the format, the project or the run does not exist, when a file is in the way, or when the place
    cannot be written to: then nothing is left there.
    """
    check(format_, path, overwrite=overwrite)
    report = await gather(home, wanted)
    await asyncio.to_thread(save, report, format_, path, overwrite=overwrite)
    return report


def check(format_: str, path: Path, *, overwrite: bool = False) -> None:
    """Refuse what cannot be written before anything is read."""
    if format_ not in FORMATS:
        raise InputError("report-format", value=format_[:80], known=", ".join(FORMATS))
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        taken = path.exists()
    except OSError as error:
        raise _misplaced(path, error) from error
    if taken and not overwrite:
        raise InputError("report-exists", path=str(path))


def save(report: Report, format_: str, path: Path, *, overwrite: bool = False) -> None:
    """Write a gathered report: a temporary neighbour, filled piece by piece, takes the name when it is complete."""
    module = cast("Format", import_module(_MODULES[format_]))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".part")
    except (OSError, ValueError) as error:  # the latter: no name any file could have
        raise _misplaced(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            module.write(report, file)
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not overwrite:  # it came while the report was made
            raise InputError("report-exists", path=str(path))
        replace_patiently(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        raise _misplaced(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _misplaced(path: Path, error: OSError | ValueError) -> InputError:
    said = error.strerror if isinstance(error, OSError) else ""
    return InputError("report-place", path=str(path), detail=said or type(error).__name__)
