"""Chats by date, as the sidebar groups them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale

PINNED: Final = "pinned"
ARCHIVED: Final = "archived"
_WEEK: Final = 7
_MONTH: Final = 30


def section_of(day: date, today: date) -> str:
    """Return the group of a day: today, yesterday, week, month, or the month itself as `2026-10`."""
    age = (today - day).days
    if age <= 0:  # a clock that was set back makes no group of its own
        return "today"
    if age == 1:
        return "yesterday"
    if age <= _WEEK:
        return "week"
    return "month" if age <= _MONTH else f"{day.year:04}-{day.month:02}"


def section_title(section: str, locale: QLocale, today: date) -> str:
    """Return the words over a group; a month of another year is told with its year."""
    fixed = {
        PINNED: QCoreApplication.translate("Chats", "Pinned"),
        "today": QCoreApplication.translate("Chats", "Today"),
        "yesterday": QCoreApplication.translate("Chats", "Yesterday"),
        "week": QCoreApplication.translate("Chats", "Previous 7 days"),
        "month": QCoreApplication.translate("Chats", "Previous 30 days"),
        ARCHIVED: QCoreApplication.translate("Chats", "Archive"),
    }
    if section in fixed:
        return fixed[section]
    year, month = (int(part) for part in section.split("-"))
    name = locale.standaloneMonthName(month)
    name = name[:1].upper() + name[1:]
    return name if year == today.year else f"{name} {year}"


def day_words(moment: float, locale: QLocale) -> str:
    """Return a day the way the language writes it."""
    day = day_of(moment)
    return locale.toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def day_of(moment: float) -> date:
    """Return the day of a moment where this computer stands."""
    return datetime.fromtimestamp(moment, UTC).astimezone().date()


def moment_of(text: object) -> float:
    """Return seconds since the epoch of an ISO 8601 text; 0 for anything else."""
    try:
        found = datetime.fromisoformat(str(text))
        return max(0.0, (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError, OSError):
        return 0.0
