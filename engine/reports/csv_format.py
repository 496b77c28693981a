"""The events of a report as CSV (RFC 4180, UTF-8 with its mark): all of them, for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from functools import lru_cache
from typing import IO, TYPE_CHECKING, Final

from core.i18n import tr
from engine.reports.wording import clean, data_text, moment

if TYPE_CHECKING:
    from engine.reports.report import Report

COLUMNS: Final = ("seq", "time", "type", "risk", "name", "project", "run", "module", "data")
_CELL_CHARACTERS: Final = 32_000
"""Spreadsheets take 32,767 in a cell."""
_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠|%]")
_BYTE_ORDER_MARK: Final = "\ufeff".encode()
_BATCH: Final = 500


def write(report: Report, file: IO[bytes]) -> None:
    """Write every listed event to an open file, in order, without holding them."""
    file.write(_BYTE_ORDER_MARK)
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL)
    rows.writerow([tr(f"report-column-{name}", report.filter.locale) for name in COLUMNS])
    projects = {line.run: line.project for line in report.runs}
    short = lru_cache(maxsize=4096)(cell)  # names and ids come again and again
    for number, row in enumerate(report.rows(), start=1):
        names = (row.type, row.risk, row.name, projects.get(row.run, ""), row.run, row.module)
        rows.writerow([str(row.seq), _iso(row.at), *map(short, names), cell(data_text(row.data))])
        if number % _BATCH == 0:
            file.write(text.getvalue().encode("utf-8"))
            text.seek(0)
            text.truncate()
    file.write(text.getvalue().encode("utf-8"))


def cell(text: str) -> str:
    """A text as a cell: no secret, no steering character, not longer than spreadsheets take, and never a formula."""
    text = clean(text)
    if len(text) > _CELL_CHARACTERS:
        text = f"{text[: _CELL_CHARACTERS - 1]}…"
    return f"'{text}" if _FORMULA.match(text) else text


def _iso(at: float) -> str:
    try:
        return datetime.fromtimestamp(at).astimezone().isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return moment(at)
