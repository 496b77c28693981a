"""The board as others see it: one row per system, in memory and as a file that other processes read.

The file holds the ids and facts of the texts, not the texts: whoever reads it has a language of its own.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psutil

from core.files import replace_patiently
from core.i18n import Words
from engine.health.lamp import STALE_PERIODS, Past
from engine.health.telling import not_well, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.events import Json
    from engine.health.probe import Reading, State

WRITE_SECONDS: Final = 5.0
"""How often the file is written while the engine lives."""
_BELIEVED_SECONDS: Final = STALE_PERIODS * WRITE_SECONDS
_FORMAT: Final = 2


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """The state of one system, as it was at the moment of asking."""

    id: str
    name: Words
    state: State
    since: float
    """Since when it has this state, in seconds since the epoch; 0 when it was never looked at."""
    evidence: Words
    action: Words | None
    checked: float | None
    """Seconds since the last look; None before the first."""
    period: float
    """Seconds between two looks."""
    restartable: bool
    timeout: float
    """Seconds a look may take; one that takes longer is a fault."""
    limits: Words | None
    """What makes it yellow and what red."""
    history: tuple[Past, ...]
    """The last readings, oldest first, as they were read (before the rule of three good ones)."""

    @property
    def latency(self) -> int:
        """How many milliseconds the last look took."""
        return self.history[-1].latency if self.history else 0

    def as_dict(self, locale: str) -> dict[str, Any]:
        """Return the row as one JSON object with its texts in `locale`; `history` is `[state, milliseconds]` pairs."""
        return {
            "id": self.id,
            "name": said(self.name, locale),
            "state": self.state,
            "since": round(self.since, 3),
            "evidence": said(self.evidence, locale),
            "action": said(self.action, locale) if self.action else None,
            "checked": None if self.checked is None else round(self.checked, 1),
            "period": self.period,
            "timeout": self.timeout,
            "restartable": self.restartable,
            "limits": said(self.limits, locale) if self.limits else None,
            "latency_ms": self.latency,
            "history": [[past.state, past.latency] for past in self.history],
        }

    def seen_as(self, reading: Reading, *, since: float) -> SystemStatus:
        """Return the row with another reading in place of its own."""
        return replace(self, state=reading.state, evidence=reading.evidence, action=reading.action, since=since)


def write_snapshot(path: Path, rows: Sequence[SystemStatus], *, stopped: bool = False) -> None:
    """Keep the board for other processes. Raises OSError.

    Not flushed to the disk: after a power cut nobody believes an old file anyway, and a weak disk is spared.
    """
    content = {
        "format": _FORMAT,
        "at": time.time(),
        "pid": os.getpid(),
        "stopped": stopped,
        "systems": [_stored(row) for row in rows],
    }
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file)
        replace_patiently(Path(name), path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise


def read_snapshot(path: Path, locale: str) -> list[dict[str, Any]]:
    """Return the rows another process kept, as `SystemStatus.as_dict` gives them; none without a readable file.

    What is too old to be believed is `unknown`, whatever was kept: the whole file when nobody writes it any more, a
    row when its last look is older than three periods.
    """
    try:
        kept = json.loads(path.read_bytes())
        rows = [_restored(row) for row in kept["systems"]]
        age, stopped = time.time() - float(kept["at"]), bool(kept["stopped"]) or not psutil.pid_exists(int(kept["pid"]))
        if kept["format"] != _FORMAT:
            return []
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return []
    return [_believed(row, age, stopped=stopped).as_dict(locale) for row in rows]


def _believed(row: SystemStatus, age: float, *, stopped: bool) -> SystemStatus:
    at = time.time() - max(age, 0.0)
    checked = None if row.checked is None else row.checked + max(age, 0.0)
    row = replace(row, checked=checked)
    if stopped:
        return row.seen_as(not_well("unknown", "health-engine-stopped"), since=at)
    if not -_BELIEVED_SECONDS < age < _BELIEVED_SECONDS:  # from the future: the clock was put back
        return row.seen_as(not_well("unknown", "health-snapshot-old", seconds=round(abs(age))), since=at)
    if checked is not None and checked > STALE_PERIODS * row.period and row.state != "unknown":
        since = time.time() - checked + STALE_PERIODS * row.period
        return row.seen_as(not_well("unknown", "health-no-data", seconds=round(checked)), since=since)
    return row


def _stored(row: SystemStatus) -> dict[str, Json]:
    return {
        "id": row.id,
        "name": _words(row.name),
        "state": row.state,
        "since": row.since,
        "evidence": _words(row.evidence),
        "action": _words(row.action) if row.action else None,
        "checked": row.checked,
        "period": row.period,
        "timeout": row.timeout,
        "restartable": row.restartable,
        "limits": _words(row.limits) if row.limits else None,
        "history": [[past.state, past.latency] for past in row.history],
    }


def _restored(row: Mapping[str, Any]) -> SystemStatus:
    return SystemStatus(
        id=str(row["id"]),
        name=_read_words(row["name"]),
        state=row["state"],
        since=float(row["since"]),
        evidence=_read_words(row["evidence"]),
        action=_read_words(row["action"]) if row["action"] else None,
        checked=None if row["checked"] is None else float(row["checked"]),
        period=float(row["period"]),
        timeout=float(row["timeout"]),
        restartable=bool(row["restartable"]),
        limits=_read_words(row["limits"]) if row["limits"] else None,
        history=tuple(Past(state, int(latency)) for state, latency in row["history"]),
    )


def _words(words: Words) -> dict[str, Json]:
    return {"id": words.message, "facts": dict(words.facts)}


def _read_words(kept: Mapping[str, Any]) -> Words:
    return Words(str(kept["id"]), dict(kept["facts"]))


__all__ = ["WRITE_SECONDS", "SystemStatus", "read_snapshot", "write_snapshot"]
