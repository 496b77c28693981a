"""The shelves that chats stand on. The window calls them projects; in code a project is a program being made.

What stands where is the engine's: every change is asked of it, and shown once it tells all windows. Which shelves are
open is a wish of this window alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink
    from gui.link.words import Trouble
    from gui.preferences import Preferences

LONGEST_NAME: Final = 100
_TOLD: Final = "_multicoder/shelves"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One shelf as the sidebar shows it."""

    shelf: str
    name: str
    open: bool


class Shelves(QObject):
    """See the module."""

    changed = Signal()
    """Names, places, or which ones are open."""
    namesChanged = Signal()
    created = Signal(str, str)
    """A shelf that was asked for here is there: its id, and the chat that was put on it (empty: none)."""
    told = Signal(str, str)
    """Words about something that did not succeed, and their kind."""

    def __init__(self, link: EngineLink, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._preferences = preferences
        self._names: dict[str, str] = {}
        """By id, the newest first."""
        self._places: dict[str, str] = {}
        link.ready.connect(bordered(self._ask))
        link.told.connect(bordered(self._live))

    @Property(list, notify=namesChanged)
    def names(self) -> list[dict[str, Any]]:
        """{shelf, name} of each, the newest first."""
        return [{"shelf": shelf, "name": name} for shelf, name in self._names.items()]

    def standing(self) -> list[Shelf]:
        """Return all of them, the newest first."""
        wished = self._preferences.value("openShelves")
        return [Shelf(shelf, name, shelf in wished) for shelf, name in self._names.items()]

    def of(self, session: str) -> str:
        """Return the shelf a chat stands on, empty for none."""
        return self._places.get(session, "")

    def name_of(self, shelf: str) -> str:
        """Return the name of a shelf, empty when it is gone."""
        return self._names.get(shelf, "")

    # ------------------------------------------------------------------------------------------ what a person does

    @slot(str, str)
    def create(self, name: str, session: str) -> None:
        """Put up a shelf, with a chat on it unless that is empty."""

        def made(answer: dict[str, Any]) -> None:
            shelf = answer.get("shelf")
            if isinstance(shelf, str) and shelf:
                self.set_open(shelf, wanted=True)
                if session:
                    self.put(session, shelf)
                self.created.emit(shelf, session)

        self._link.request("_multicoder/shelves/create", {"name": name}, made, self._tell)

    @slot(str, str)
    def rename(self, shelf: str, name: str) -> None:
        """Give a shelf another name; an empty one is no name."""
        wanted = " ".join(name.split())[:LONGEST_NAME]
        if wanted and wanted != self._names.get(shelf):
            self._change("rename", {"shelf": shelf, "name": wanted})

    @slot(str)
    def remove(self, shelf: str) -> None:
        """Take a shelf down; its chats go back to the others."""
        self._change("remove", {"shelf": shelf})

    @slot(str, str)
    def put(self, session: str, shelf: str) -> None:
        """Put a chat on a shelf, or with an empty one on none."""
        if session and shelf != self.of(session):
            self._change("put", {"sessionId": session, "shelf": shelf})

    @slot(str)
    def toggle(self, shelf: str) -> None:
        """Show the chats of a shelf, or hide them."""
        self.set_open(shelf, wanted=shelf not in self._preferences.value("openShelves"))

    def set_open(self, shelf: str, *, wanted: bool) -> None:
        """Show or hide the chats of a shelf; it stays so."""
        before = self._preferences.value("openShelves")
        kept = [known for known in before if known in self._names and known != shelf]
        self._preferences.put("openShelves", [*kept, shelf] if wanted else kept)
        if wanted != (shelf in before):
            self.changed.emit()

    def _change(self, what: str, params: dict[str, Any]) -> None:
        self._link.request(f"{_TOLD}/{what}", params, lambda _answer: None, self._tell)

    def _tell(self, trouble: Trouble) -> None:
        self.told.emit(f"{trouble['what']} {trouble['next']}".strip(), "error")

    # ------------------------------------------------------------------------------------------ from the engine

    def _ask(self) -> None:
        self._link.request(f"{_TOLD}/list", {}, self._take, lambda _trouble: None)

    def _live(self, method: str, params: dict[str, Any]) -> None:
        if method == _TOLD:
            self._take(params)

    def _take(self, told: dict[str, Any]) -> None:
        rows = told.get("shelves")
        if not isinstance(rows, list):
            return
        names: dict[str, str] = {}
        places: dict[str, str] = {}
        for row in reversed(rows):
            given = row if isinstance(row, dict) else {}
            shelf, name, sessions = given.get("shelf"), given.get("name"), given.get("sessions")
            if isinstance(shelf, str) and shelf and isinstance(name, str) and isinstance(sessions, list):
                names[shelf] = " ".join(name.split())[:LONGEST_NAME]
                places |= {session: shelf for session in sessions if isinstance(session, str)}
        if (list(names.items()), places) != (list(self._names.items()), self._places):
            renamed = list(names.items()) != list(self._names.items())
            self._names, self._places = names, places
            if renamed:
                self.namesChanged.emit()
            self.changed.emit()
