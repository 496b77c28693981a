"""Facts of a report as text a person reads: safe to print anywhere, in one language, never with a secret."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING, Any, Final

from core import redaction
from core.events import Event
from core.i18n import tr
from engine.visible import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.events import Json
    from engine.journal import JournalRow
    from engine.reports.report import Figures

EVENT_CHARACTERS: Final = 300
_CUT: Final = "…"
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LOST: Final = "\ufffd"
_MINUTE: Final = 60
_HOUR: Final = 3600
_CENT_FRACTIONS: Final = 0.1
"""Below this many dollars four digits after the point are worth showing."""


def clean(text: str) -> str:
    """`text` without secrets, steering characters and halves of characters."""
    return visible(_SURROGATES.sub(_LOST, redaction.redact(text)))


def line(text: str, limit: int) -> str:
    """`clean` text on one line, cut with a mark; secrets are gone before the cut could halve them."""
    text = " ".join(clean(text).split())
    return text if len(text) <= limit else f"{text[: limit - 1]}{_CUT}"


def event_text(row: JournalRow, locale: str) -> str:
    """What an event says, as the terminal tells it, else its data."""
    return line(_story(row, locale) or data_text(row.data), EVENT_CHARACTERS)


def _story(row: JournalRow, locale: str) -> str:
    from engine.progress import Story  # noqa: PLC0415 - the terminal's library, for this only

    event = Event(row.type, row.name, run=row.run, module=row.module, data=row.data, at=row.at)
    try:
        return Story(locale).tell(event) or ""
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):  # an event of another version
        return ""


def data_text(data: Mapping[str, Json]) -> str:
    """The data of an event as `name: value, name: value`."""
    redacted: Any = redaction.DEFAULT.redact_json(dict(data))
    return ", ".join(f"{name}: {_value(value)}" for name, value in redacted.items())


def _value(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def moment(seconds: float | None) -> str:
    """A moment of this machine's clock, `-` for none; ISO 8601 order in every language."""
    if seconds is None or not seconds:
        return "-"
    try:
        return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(seconds))
    except (ValueError, OverflowError, OSError):
        return line(str(seconds), 30)


def duration(seconds: float, locale: str) -> str:
    """A length of time, as exact as it matters."""
    if seconds < _MINUTE:
        return tr("report-seconds", locale, seconds=f"{seconds:.1f}")
    minutes = round(seconds / _MINUTE)
    if seconds < _HOUR:
        return tr("report-minutes", locale, minutes=str(minutes))
    return tr("report-hours", locale, hours=number(minutes // _MINUTE, locale), minutes=f"{minutes % _MINUTE:02d}")


def number(value: float, locale: str) -> str:
    """A whole number with its thousands apart."""
    return f"{int(value):,}".replace(",", "\u00a0" if locale == "ru" else ",")


def percent(share: float | None) -> str:
    """A share in percent, `-` for none."""
    return "-" if share is None else f"{100 * share:.0f} %"


def dollars(usd: float) -> str:
    """Money in digits."""
    return f"{usd:.2f}" if usd >= _CENT_FRACTIONS or not usd else f"{usd:.4f}"


def at_least(usd: float, unpriced_calls: int) -> str:
    """Money in a narrow column: with calls of unknown price the sum is a lower bound."""
    return f"≥ {dollars(usd)}" if unpriced_calls else dollars(usd)


def money(figures: Figures, locale: str) -> str:
    """What was paid, and honestly how many calls are missing in it because nobody knows their price."""
    unpriced = figures["unpriced_calls"]
    if not unpriced:
        return tr("report-money", locale, usd=dollars(figures.cost_usd))
    if unpriced == figures["calls"] and not figures.cost_usd:
        return tr("report-money-unknown", locale)
    return tr("report-money-partly", locale, usd=dollars(figures.cost_usd), calls=number(unpriced, locale))
