"""Reports that write themselves: on a schedule and after a critical event, the newest kept."""

from __future__ import annotations

import contextlib
import re
import threading
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from core.events import risk_of
from engine.reports.filters import ReportFilter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.events import Event, Json
    from core.paths import Home

KIND: Final = "report"
"""Kind of the tasks that write reports."""
FORMAT: Final = "html"
KEPT: Final = 50
PAUSE_SECONDS: Final = 600.0
"""Least time between two reports of critical events: a storm of them is one story."""
CRITICAL_PERIOD_SECONDS: Final = 24 * 3600.0
_STAMP: Final = "%Y%m%d-%H%M%S"
_NAME: Final = re.compile(r"report-(?P<cause>schedule|critical)-(?P<stamp>\d{8}-\d{6})-[\w.-]{1,80}\.[a-z]{3,4}")
_UNFIT: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_NAME_CHARACTERS: Final = 40

Cause = Literal["schedule", "critical"]


def due(last: float | None, now: float, every: str) -> bool:
    """Tell whether a day, week or month has ended since the last report of the schedule; `never` is never due."""
    if every not in _STARTS:
        return False
    return last is None or _start(last, every) < _start(now, every)


def period_before(now: float, every: str) -> tuple[float, float]:
    """The whole day, week (from Monday) or month that ended last: since, until."""
    until = _start(now, every)
    return _start(until - 1, every), until


def last_scheduled(home: Home) -> float | None:
    """The end of the period of the newest scheduled report, None without one; only the files know it."""
    return _newest(home, "schedule")


def scheduled_order(home: Home, now: float, every: str, locale: str) -> dict[str, Json]:
    """The data of a task that writes the report of the period that ended last.

    The file is named after the end of the period: however often the report is ordered, there is one of it.
    """
    since, until = period_before(now, every)
    wanted = ReportFilter(since=since, until=until, locale=locale)
    return _order(home, "schedule", until, every, wanted)


def critical_order(home: Home, event: Event, now: float, locale: str) -> dict[str, Json]:
    """The data of a task that writes what happened in the day before a critical event."""
    wanted = ReportFilter(since=now - CRITICAL_PERIOD_SECONDS, locale=locale)
    return _order(home, "critical", now, event.name, wanted)


def _order(home: Home, cause: Cause, now: float, about: str, wanted: ReportFilter) -> dict[str, Json]:
    about = _UNFIT.sub("_", about)[:_NAME_CHARACTERS].strip(".") or "event"
    name = f"report-{cause}-{datetime.fromtimestamp(now).strftime(_STAMP)}-{about}.{FORMAT}"  # noqa: DTZ006 - for people
    return {"cause": cause, "format": FORMAT, "path": str(home.reports / name), "filter": wanted.as_dict()}


class CriticalWatch:
    """A subscriber of the journal that orders a report of a critical event, at most one in `PAUSE_SECONDS`.

    `order` is called in the thread that emitted the event, with the data of the task: it must neither block nor raise.
    `wanted` is asked each time, so that the setting may change.
    """

    def __init__(
        self,
        home: Home,
        order: Callable[[dict[str, Json]], None],
        *,
        wanted: Callable[[], bool] = lambda: True,
        locale: str = "en",
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._home = home
        self._order = order
        self._wanted = wanted
        self._locale = locale
        self._clock = clock
        self._lock = threading.Lock()
        self._last = _newest(home, "critical")

    def __call__(self, event: Event) -> None:
        """Look at one event."""
        if not is_critical(event) or not self._wanted():
            return
        with self._lock:
            now = self._clock()
            if self._last is not None and 0 <= now - self._last < PAUSE_SECONDS:
                return
            self._last = now
        self._order(critical_order(self._home, event, now, self._locale))


def is_critical(event: Event) -> bool:
    """Tell whether an event deserves a report of its own: a high risk, or a finding that calls itself critical."""
    return risk_of(event.type, event.data) == "high" or event.data.get("severity") == "critical"


def forget_old(home: Home, kept: int = KEPT) -> int:
    """Delete all but the newest automatic reports; nothing else in the folder is touched. Returns how many went."""
    gone = 0
    for _, path in sorted(_automatic(home), reverse=True)[kept:]:
        with contextlib.suppress(OSError):  # Windows: somebody reads it; the next report tries again
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _newest(home: Home, cause: Cause) -> float | None:
    """The moment of the newest report; one of the future was written before the clock was set right."""
    now = time.time()
    written = (at for at, path in _automatic(home) if path.name.startswith(f"report-{cause}-") and at <= now)
    return max(written, default=None)


def _automatic(home: Home) -> list[tuple[float, Path]]:
    found = []
    if home.reports.is_dir():
        for path in home.reports.iterdir():
            match = _NAME.fullmatch(path.name)
            at = _stamped(match["stamp"]) if match else None
            if at is not None and path.is_file():
                found.append((at, path))
    return found


def _stamped(text: str) -> float | None:
    try:
        return time.mktime(time.strptime(text, _STAMP))
    except (ValueError, OverflowError):
        return None


def _start(at: float, every: str) -> float:
    """The first moment of the day, week or month of `at` in this machine's calendar."""
    day = datetime.fromtimestamp(at).replace(hour=0, minute=0, second=0, microsecond=0)  # noqa: DTZ006 - their days
    return _STARTS[every](day).timestamp()


_STARTS: Final[dict[str, Callable[[datetime], datetime]]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
}
