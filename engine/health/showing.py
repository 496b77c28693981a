"""What `status` and `doctor` print, for people and as JSON; the exit code says whether anything is down."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from core.i18n import tr
from engine.health.telling import said
from engine.reporting import print_json
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.health.doctor import Check

EXIT_DOWN: Final = 1
_LOOKS: Final = {"ok": ("●", "green"), "degraded": ("◐", "yellow"), "down": ("✖", "bold red"), "unknown": ("○", "dim")}
_WORDS: Final = {"ok": "doctor-works", "down": "doctor-problem"}
_DAY: Final = 86_400


def print_status(rows: Sequence[Mapping[str, Any]], locale: str, *, json: bool = False) -> int:
    """Print the board: rows as `SystemStatus.as_dict` or `read_snapshot` give them. Return 1 when a system is down."""
    if json:
        print_json({"systems": [dict(row) for row in rows]})
    else:
        _print_board(rows, locale)
    return EXIT_DOWN if any(row["state"] == "down" for row in rows) else 0


def print_doctor(checks: Sequence[Check], locale: str, *, json: bool = False) -> int:
    """Print what was examined. Return 1 when something does not work."""
    if json:
        print_json({"checks": [check.as_dict(locale) for check in checks]})
    else:
        _print_checks(checks, locale)
    return EXIT_DOWN if any(check.state == "down" for check in checks) else 0


def _print_board(rows: Sequence[Mapping[str, Any]], locale: str) -> None:
    console = Console(highlight=False)
    if not rows:
        console.print(Text(tr("status-none", locale)))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("state", "system", "since", "evidence"):
        table.add_column(tr(f"status-column-{column}", locale), no_wrap=column in {"state", "since"})
    for row in rows:
        evidence = Text(visible(str(row["evidence"])))
        if row["action"]:
            evidence.append(f"\n→ {visible(str(row['action']))}", style="bold" if row["state"] == "down" else "")
        state = _mark(row["state"], tr(f"status-{row['state']}", locale))
        table.add_row(state, Text(visible(str(row["name"]))), Text(_moment(row["since"])), evidence)
    console.print(table)
    states = Counter(row["state"] for row in rows)
    count = {state: states[state] for state in ("down", "degraded", "unknown")}
    console.print(Text(f"\n{tr('status-sum', locale, count=len(rows), **count)}"))


def _print_checks(checks: Sequence[Check], locale: str) -> None:
    console = Console(highlight=False)
    for check in checks:
        line = _mark(check.state, tr(_WORDS.get(check.state, "doctor-advice"), locale))
        line.append(f"  {said(check.name, locale)}: ", style="bold")
        line.append(visible(said(check.finding, locale)), style="")
        console.print(line)
        for message, words in (("doctor-means", check.meaning), ("doctor-command", check.command)):
            if words is not None:
                console.print(Text(f"     {tr(message, locale, text=visible(said(words, locale)))}"))
        if check.repair is not None:
            console.print(Text(f"     {tr('doctor-repairable', locale)}"))
    problems = sum(check.state == "down" for check in checks)
    notes = sum(check.state not in {"ok", "down"} for check in checks)
    fine = tr("doctor-fine", locale) if not problems + notes else ""
    console.print(Text("\n" + (fine or tr("doctor-sum", locale, problems=problems, notes=notes))))


def _mark(state: str, word: str) -> Text:
    sign, style = _LOOKS[state]
    return Text.assemble((f"{sign} {word}", style))


def _moment(since: float) -> str:
    """Write a moment as short as it stays clear: today's with seconds, older ones with the date."""
    if not since:
        return ""
    shape = "%H:%M:%S" if abs(time.time() - since) < _DAY / 2 else "%Y-%m-%d %H:%M"
    return time.strftime(shape, time.localtime(since))


__all__ = ["EXIT_DOWN", "print_doctor", "print_status"]
