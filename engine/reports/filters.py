"""What a report is about: a project or a run, a period, and which events it lists."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError
from core.events import EVENT_TYPES, RISKS
from core.i18n import LOCALES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.events import EventType, Json, Risk

_DATE_CHARACTERS: Final = len("2025-01-31")


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Project, run and period decide what is counted; types and risk only narrow the list of events.

    Times are seconds since the epoch, `since` included, `until` not; None = no limit. Empty means all.
    """

    project: str = ""
    since: float | None = None
    until: float | None = None
    types: tuple[EventType, ...] = ()
    risk_at_least: Risk = "none"
    run: str = ""
    locale: str = "en"

    def __post_init__(self) -> None:
        for kind in self.types:
            if kind not in EVENT_TYPES:
                raise InputError("report-type", value=str(kind)[:80], known=", ".join(EVENT_TYPES))
        if self.risk_at_least not in RISKS:
            raise InputError("report-risk", value=str(self.risk_at_least)[:80], known=", ".join(RISKS))
        if self.locale not in LOCALES:
            raise InputError("report-language", value=str(self.locale)[:80], known=", ".join(LOCALES))
        if self.since is not None and self.until is not None and self.since >= self.until:
            raise InputError("report-period", since=_moment(self.since), until=_moment(self.until))

    def covers(self, at: float) -> bool:
        """Tell whether a moment lies in the period."""
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)

    def lists(self, kind: str, risk: Risk) -> bool:
        """Tell whether an event of the period stands in the list of events."""
        return (not self.types or kind in self.types) and RISKS.index(risk) >= RISKS.index(self.risk_at_least)

    def as_dict(self) -> dict[str, Json]:
        """Return it as JSON, from which `from_dict` makes it again."""
        return {**asdict(self), "types": [*self.types]}


def from_dict(values: Mapping[str, Any]) -> ReportFilter:
    """Make a filter of JSON values; keys it does not know are ignored. InputError on a value that cannot be used."""
    known = {name: values[name] for name in ReportFilter.__dataclass_fields__ if name in values}
    try:
        known["types"] = tuple(known.get("types") or ())
        for name in ("since", "until"):
            known[name] = None if known.get(name) is None else float(known[name])
    except (TypeError, ValueError) as error:
        raise InputError("report-filter", detail=str(error)) from error
    return ReportFilter(**known)


def moment_from(text: str, *, end: bool = False) -> float:
    """Read a date or a date with time, of this machine's time zone unless it says one.

    A date alone means its first moment, as the `end` of a period the whole day. InputError when it is neither.
    """
    text = text.strip()
    try:
        if len(text) == _DATE_CHARACTERS:
            day = date.fromisoformat(text)
            day += timedelta(days=1 if end else 0)
            return datetime(day.year, day.month, day.day).timestamp()  # noqa: DTZ001 - the person's own days are meant
        return datetime.fromisoformat(text).timestamp()
    except (ValueError, OverflowError, OSError) as error:
        raise InputError("report-date", value=text[:80]) from error


def _moment(seconds: float) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(seconds))
    except (ValueError, OverflowError, OSError):
        return str(seconds)
