"""A report as JSON (UTF-8): everything the other formats say, and every listed event whole; see docs/reports.md."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any, Final

from core import redaction
from engine.visible import STEERING

if TYPE_CHECKING:
    from engine.journal import JournalRow
    from engine.reports.report import Report

SCHEMA: Final = 1
"""Raised when a key changes its meaning or goes; new keys do not raise it."""


def write(report: Report, file: IO[bytes]) -> None:
    """Write the report to an open file, the events one by one."""
    head = _encoded({"schema": SCHEMA, **report.facts()})
    file.write(head[:-1] + b',\n"events": [')
    separator = b"\n"
    for row in report.rows():
        file.write(separator + _encoded(_event(row)))
        separator = b",\n"
    file.write(b"\n]}\n")


def _event(row: JournalRow) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "at": row.at,
        "type": row.type,
        "risk": row.risk,
        "name": row.name,
        "run": row.run,
        "module": row.module,
        "data": dict(row.data),
    }


def _encoded(value: Any) -> bytes:
    """JSON without secrets; what steers, or is half a character, becomes its escape, a number JSON lacks its name."""
    value = redaction.DEFAULT.redact_json(value)
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        text = json.dumps(json.loads(json.dumps(value), parse_constant=str), ensure_ascii=False)
    return STEERING.sub(lambda char: f"\\u{ord(char[0]):04x}", text).encode("utf-8", "backslashreplace")
