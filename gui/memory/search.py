"""The search over everything (Ctrl+K): the chats this window knows at once, what the archive holds a moment later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QLocale, QObject, QTimer, Signal

from gui.chat.dates import day_words
from gui.memory.marking import plain, snippet
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.chat.chats import Chats
    from gui.link.engine_link import EngineLink

PAUSE_MS: Final = 150
"""Somebody who types is not answered letter by letter."""
_MOST: Final = 50


class Search(QObject):
    """`App.search`: `rows` in the order they are shown; an answer to an older question is dropped."""

    changed = Signal()

    def __init__(self, link: EngineLink, chats: Chats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._chats = chats
        self._text = ""
        self._asked = 0
        self._waiting = False
        self._rows: list[dict[str, Any]] = []
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(bordered(self._ask))

    rows = Property(list, lambda self: self._rows, notify=changed)
    waiting = Property(bool, lambda self: self._waiting, notify=changed)
    """Whether more may come."""

    @slot(str)
    def look(self, text: str) -> None:
        """Look for a text; for none, all chats are shown."""
        self._text = " ".join(text.split())
        self._asked += 1
        self._waiting = bool(self._text)
        self._rows = [self._known(row) for row in self._chats.find(self._text)]
        if self._waiting:
            self._pause.start()
        else:
            self._pause.stop()
        self.changed.emit()

    @slot()
    def now(self) -> None:
        """Ask at once, as for somebody who pressed Enter."""
        if self._pause.isActive():
            self._pause.stop()
            self._ask()

    def _ask(self) -> None:
        asked, text = self._asked, self._text

        def answered(result: dict[str, Any]) -> None:
            if asked == self._asked:
                self._take(result, text)

        def failed(_trouble: object) -> None:  # what the window knows itself stays
            if asked == self._asked:
                self._waiting = False
                self.changed.emit()

        self._link.request("_multicoder/memory/search", {"text": text, "limit": _MOST}, answered, failed)

    def _take(self, result: dict[str, Any], text: str) -> None:
        """Add what the archive found behind what is shown: nothing moves under the pointer."""
        found = {str(item.get("sessionId")): item for item in result.get("chats", []) if isinstance(item, dict)}
        shown = {row["sessionId"] for row in self._rows}
        self._rows = [_enriched(row, found.get(row["sessionId"]), text) for row in self._rows]
        fresh = (item for session, item in found.items() if session not in shown)
        self._rows += [self._chat(item, text) for item in fresh]
        documents = result.get("documents", [])
        self._rows += [self._document(item, text) for item in documents if isinstance(item, dict)]
        self._waiting = False
        self.changed.emit()

    def _known(self, row: dict[str, Any]) -> dict[str, Any]:
        pieces = snippet(row["snippet"], self._text)
        return {**_EMPTY, **row, "kind": "chat", "pieces": pieces, "snippet": plain(pieces)}

    def _chat(self, item: dict[str, Any], text: str) -> dict[str, Any]:
        session = str(item.get("sessionId", ""))
        best = item.get("best") or {}
        row = {**_EMPTY, "kind": "chat", "sessionId": session, "title": str(item.get("title", ""))}
        row |= {"shelf": self._chats.shelf_name(session), "date": self._day(best.get("at"))}
        return _enriched(row, item, text)

    def _document(self, line: dict[str, Any], text: str) -> dict[str, Any]:
        pieces = snippet(str(line.get("text", "")), text)
        row = {**_EMPTY, "kind": "document", "title": str(line.get("name", "")), "place": str(line.get("place", ""))}
        return row | {"pieces": pieces, "snippet": plain(pieces), "date": self._day(line.get("at"))}

    def _day(self, at: object) -> str:
        return day_words(float(at), QLocale()) if isinstance(at, int | float) and at > 0 else ""


_EMPTY: Final[dict[str, Any]] = {
    "sessionId": "",
    "title": "",
    "shelf": "",
    "date": "",
    "pieces": [],
    "snippet": "",
    "place": "",
    "spot": {},
}


def _enriched(row: dict[str, Any], item: dict[str, Any] | None, text: str) -> dict[str, Any]:
    """A chat with its best line, and where that one stands."""
    best = (item or {}).get("best")
    if not isinstance(best, dict):
        return row
    pieces = snippet(str(best.get("text", "")), text)
    spot = {name: str(best.get(name) or "") for name in ("sessionId", "messageId", "run", "author", "text")}
    return {**row, "pieces": pieces, "snippet": plain(pieces), "place": str(best.get("place", "")), "spot": spot}
