"""Days joined into the bars of a chart: days, weeks, months or years, never more bars than can be read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from engine.statistics.folding import UNKNOWN_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_MOST: Final = 40
_DAYS_PER_WEEK: Final = 7
_EARLIER: Final = "… "


def bars_of(days: Iterable[str]) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """The bars in order, those without anything included, and the bar of each day.

    What lies before the last `_MOST` years shares the first bar; days no calendar has belong to it as well.
    """
    named = sorted({day for day in days if day != UNKNOWN_DAY})
    if not named:
        return ("-",), {UNKNOWN_DAY: "-"}
    first, last = date.fromisoformat(named[0]), date.fromisoformat(named[-1])
    for name, following in (_DAILY, _WEEKLY, _MONTHLY, _YEARLY):
        bars = _between(first, last, name, following)
        if len(bars) <= _MOST:
            break
    else:
        bars = [f"{_EARLIER}{bars[-_MOST]}", *bars[1 - _MOST :]]
    known = set(bars)
    places = {day: name(date.fromisoformat(day)) for day in named}
    places = {day: bar if bar in known else bars[0] for day, bar in places.items()}
    return tuple(bars), {**places, UNKNOWN_DAY: bars[0]}


def _between(first: date, last: date, name: Callable[[date], str], following: Callable[[date], date]) -> list[str]:
    """Names of all bars from `first` to `last`; one more than fit is enough to know that they do not fit."""
    bars, at, end = [name(first)], first, name(last)
    while bars[-1] != end:
        if at >= date(date.max.year - 1, 1, 1):
            break
        at = following(at)
        if name(at) != bars[-1]:
            bars.append(name(at))
        if len(bars) > _MOST and following is not _next_year:
            break
    return bars


def _next_day(day: date) -> date:
    return day + timedelta(days=1)


def _next_week(day: date) -> date:
    return day + timedelta(days=_DAYS_PER_WEEK)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _next_year(day: date) -> date:
    return date(day.year + 1, 1, 1)


_DAILY: Final = (date.isoformat, _next_day)
_WEEKLY: Final = (lambda day: (day - timedelta(days=day.weekday())).isoformat(), _next_week)
_MONTHLY: Final = (lambda day: day.isoformat()[:7], _next_month)
_YEARLY: Final = (lambda day: day.isoformat()[:4], _next_year)
