"""The rows of the sidebar: shelves with the chats on them, then the chats that stand on none, by date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gui.chat.dates import ARCHIVED, PINNED, day_of, section_of, section_title

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from PySide6.QtCore import QLocale

    from gui.chat.chat import Chat
    from gui.chat.shelves import Shelf

SHELF: Final = "shelf"
"""Section of a shelf and its chats: the list puts no words over it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants to see of the chats, and where."""

    pinned: frozenset[str]
    archived: frozenset[str]
    archived_too: bool
    shelves: Sequence[Shelf]
    shelf_of: Callable[[str], str]


def arranged(chats: Iterable[Chat], wishes: Wishes, today: date, locale: QLocale) -> list[dict[str, Any]]:
    """Return the rows for chats that come newest first."""
    shelves: dict[str, list[Chat]] = {item.shelf: [] for item in wishes.shelves}
    groups: dict[str, list[Chat]] = {PINNED: []}
    away: list[Chat] = []
    for chat in chats:
        if chat.session in wishes.archived:
            away.append(chat)
        elif (shelf := wishes.shelf_of(chat.session)) in shelves:
            shelves[shelf].append(chat)
        elif chat.session in wishes.pinned:
            groups[PINNED].append(chat)
        else:
            groups.setdefault(section_of(day_of(chat.updated), today), []).append(chat)
    if wishes.archived_too:
        groups[ARCHIVED] = away
    rows: list[dict[str, Any]] = []
    for item in wishes.shelves:
        standing = sorted(shelves[item.shelf], key=lambda chat: chat.session not in wishes.pinned)
        rows.append(shelf_row(item, standing))
        if item.open:
            rows += [chat.row(SHELF, "", shelf=item.shelf, pinned=chat.session in wishes.pinned) for chat in standing]
    for section, grouped in groups.items():
        title = section_title(section, locale, today)
        rows += [
            chat.row(section, title, shelf=wishes.shelf_of(chat.session), pinned=chat.session in wishes.pinned)
            for chat in grouped
        ]
    return rows


def shelf_row(item: Shelf, chats: Sequence[Chat]) -> dict[str, Any]:
    """Return the row of a shelf; while it is closed, it says what goes on in it."""
    hidden = () if item.open else chats
    return {
        "key": f"shelf/{item.shelf}",
        "kind": "shelf",
        "sessionId": "",
        "title": item.name,
        "section": SHELF,
        "sectionTitle": "",
        "shelf": item.shelf,
        "open": item.open,
        "count": len(chats),
        "running": any(chat.running for chat in hidden),
        "waits": any(chat.waits for chat in hidden),
        "paused": False,
        "unread": any(chat.unread for chat in hidden),
        "cwd": "",
        "updated": 0.0,
        "archived": False,
        "pinned": False,
    }
