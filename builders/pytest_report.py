"""Reads what a pytest run left behind: counts from the JUnit file, cross-checked, and trimmed failures.

The program under test runs in the same process and folder as pytest and can write both the file and the output. A
result is believed only when the exit code, the file and the last line of the output say the same.
"""

from __future__ import annotations

import hashlib
import os
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from builders.runner.collect import read_result
from core.ports import TestReport

if TYPE_CHECKING:
    from pathlib import Path

    from core.ports import JobResult

MAX_REPORT: Final = 8 * 1024 * 1024
_SHOWN: Final = 10
"""Failures told in full; the others are counted."""
_LINES: Final = 40
_CHARACTERS: Final = 2400
# No two ways to read a text: the program under test prints rows of numbers too, and they must not take for ever.
_SUMMARY: Final = re.compile(r"^=* ?(\d+ [a-z]+(?:, \d+ [a-z]+)*) in [\d.]+s", re.MULTILINE)
_NO_TESTS: Final = 5
"""pytest's exit code for an empty collection."""


@dataclass(slots=True)
class _Counts:
    passed: int = 0
    failed: int = 0
    errors: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    """(test, output), errors of the collection first."""


def read_report(result: JobResult, file: Path, command: tuple[str, ...]) -> TestReport:
    """Judge one pytest run."""
    data = _read(file)
    counts = _parse(data) if data else None
    stated = _stated(result.stdout)
    if counts is None:
        counts = _Counts(errors=1, failures=[("pytest", _no_report(result))])
    elif problem := _contradiction(result, counts, stated):
        counts.errors += 1
        counts.failures.insert(0, ("pytest", problem))
    return TestReport(
        passed=counts.passed,
        failed=counts.failed,
        errors=counts.errors,
        seconds=result.seconds,
        failures=_told(counts.failures, file.parent),
        command=command,
        exit_code=result.exit_code,
        junit_sha256=hashlib.sha256(data).hexdigest() if data else "",
    )


def _read(file: Path) -> bytes:
    try:
        return read_result(file.parent, file.name, limit=MAX_REPORT)
    except FileNotFoundError:
        return b""


def _parse(data: bytes) -> _Counts | None:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        root = ET.fromstring(data)  # noqa: S314 - entities are refused above, the size is capped
    except ET.ParseError:
        return None
    counts = _Counts()
    for case in root.iter("testcase"):
        name = ".".join(filter(None, [case.get("classname"), case.get("name")]))
        failure, error = case.find("failure"), case.find("error")
        if failure is not None:
            counts.failed += 1
            counts.failures.append((name, _text(failure)))
        if error is not None:
            counts.errors += 1
            counts.failures.insert(0, (name, _text(error)))
        if failure is None and error is None and case.find("skipped") is None:
            counts.passed += 1
    return counts


def _text(element: ET.Element) -> str:
    message, text = element.get("message") or "", element.text or ""
    return text if text.strip() else message


def _stated(stdout: str) -> dict[str, int] | None:
    """Return the counts of pytest's last line (`1 failed, 2 passed in 0.12s`)."""
    lines = _SUMMARY.findall(stdout)
    if not lines:
        return None
    pairs = (part.split() for part in lines[-1].split(", "))
    return {word.rstrip("s"): int(number) for number, word in pairs}


def _contradiction(result: JobResult, counts: _Counts, stated: dict[str, int] | None) -> str:
    """Say what about a run does not fit together; empty when all of it does."""
    if result.ending != "exit":
        return _no_report(result)
    bad = counts.failed + counts.errors
    if result.exit_code == _NO_TESTS or not (counts.passed or bad):
        return "No test was run. pytest says:\n" + result.stdout[-_CHARACTERS:]
    if (result.exit_code == 0) != (bad == 0):
        return f"pytest ended with {result.exit_code}, but its report counts {bad} failures.\n{_tail(result)}"
    if stated is None and not result.truncated:
        return f"pytest did not finish its output, so its report is not believed.\n{_tail(result)}"
    if stated is not None and (stated.get("passed", 0), stated.get("failed", 0)) != (counts.passed, counts.failed):
        return f"pytest printed other numbers ({stated}) than its report holds."
    return ""


def _no_report(result: JobResult) -> str:
    how = {
        "timeout": f"The tests did not finish within {result.seconds:.0f} s and were stopped.",
        "output": "The tests printed without end and were stopped.",
        "signal": "The tests crashed the interpreter.",
    }.get(result.ending, f"pytest ended with {result.exit_code} and without a report: something ended the process.")
    return f"{how}\n{_tail(result)}"


def _tail(result: JobResult) -> str:
    # Where a hang stands is in the last traceback that faulthandler wrote.
    at = result.stderr.rfind("Timeout (")
    error = result.stderr[at:] if at >= 0 else result.stderr[-_CHARACTERS:]
    return "\n".join(part for part in (result.stdout[-_CHARACTERS // 2 :].strip(), error.strip()) if part)


# ------------------------------------------------------------------------------------------------- the telling part


def _told(failures: list[tuple[str, str]], folder: Path) -> tuple[str, ...]:
    """Trim the failures; those with the same last error are told once, with the names of the others."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, text in failures:
        groups.setdefault(_error(text) or name, []).append((name, text))
    told = []
    for group in groups.values():
        name, text = group[0]
        others = [other for other, _ in group[1:]]
        more = f"\nThe same error in {len(others)} more: {', '.join(others[:8])}" if others else ""
        clean = text.replace(f"{folder}{os.sep}", "").replace(str(folder), ".")
        told.append(f"{name}\n{trimmed(clean)}{more}")
    if len(told) > _SHOWN:
        told = [*told[:_SHOWN], f"{len(told) - _SHOWN} more failures are not shown."]
    return tuple(told)


def _error(text: str) -> str:
    """Return the first line that states the error (`E   AssertionError: ...`)."""
    return next((line[1:].strip() for line in text.splitlines() if line.startswith("E  ")), "")


def trimmed(text: str) -> str:
    """Cut a failure to its telling part: the beginning, the lines that state the error, the end."""
    lines = [line[:300] for line in text.strip().splitlines()]
    if len(lines) > _LINES:
        marked = [at for at, line in enumerate(lines) if line.startswith(("E  ", ">"))][: _LINES // 2]
        kept = sorted({*range(8), *marked, *range(len(lines) - (_LINES - 8 - len(marked)), len(lines))})
        lines = [
            line
            for before, at in zip([-1, *kept], kept, strict=False)
            for line in ([f"... {at - before - 1} lines ..."] if at - before > 1 else []) + [lines[at]]
        ]
    cut = "\n".join(lines)
    if len(cut) > _CHARACTERS:
        half = _CHARACTERS // 2
        cut = f"{cut[:half]}\n... {len(cut) - 2 * half} characters ...\n{cut[-half:]}"
    return cut
