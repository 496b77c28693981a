"""Tools of the composer that are options of a chat: how far the memory is looked through, how the web is searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.link.engine_link import EngineLink
    from gui.preferences import Preferences

_WISHES: Final = "wishes"


class ChatOption(QObject):
    """One option of the open chat's session, and the wish for a chat that is not begun yet, which outlives the window.

    `told` gets words about a choice the engine refused, with their kind.
    """

    changed = Signal()
    told = Signal(str, str)
    option: str
    """Its name in the protocol."""
    values: tuple[str, ...]

    def __init__(
        self, link: EngineLink, preferences: Preferences, usual: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._preferences = preferences
        self._usual = usual
        kept = preferences.value(_WISHES).get(self.option)
        self._wish = kept if kept in self.values else ""
        self._session = ""
        self._known: dict[str, str] = {}

    def _named(self) -> dict[str, tuple[str, str]]:
        """Name and explanation of each value, in the language of the window."""
        return {value: (value, "") for value in self.values}

    def _options(self) -> list[dict[str, str]]:
        return [{"value": value, "name": name, "description": about} for value, (name, about) in self._named().items()]

    def _current(self) -> str:
        return self._known.get(self._session, self._usual()) if self._session else self._wish or self._usual()

    def _pill(self) -> str:
        chosen = self._current()
        return "" if chosen == self._usual() else self._named()[chosen][0]

    options = Property(list, lambda self: self._options(), notify=changed)
    """Everything there is to choose: `value`, `name`, `description`."""
    current = Property(str, lambda self: self._current(), notify=changed)
    """What holds for the open chat, or for the one that is begun next."""
    pill = Property(str, lambda self: self._pill(), notify=changed)
    """The name of what is chosen, empty while it is the usual."""

    @property
    def wish(self) -> str:
        """What a new session is to be given as `_meta.multicoder`; empty for the usual."""
        return self._wish

    @slot(str)
    def choose(self, value: str) -> None:
        """Take a value for the open chat, or for the next one; the usual one for what is none."""
        wanted = value if value in self.values else self._usual()
        if not self._session:
            self._want("" if wanted == self._usual() else wanted)
            self.changed.emit()
            return
        session = self._session
        self._link.request(
            "session/set_config_option",
            {"sessionId": session, "configId": self.option, "value": wanted},
            lambda answer: self.take(session, answer.get("configOptions")),
            self._refused,
        )

    @slot(str)
    def show(self, session: str) -> None:
        """Follow the chat that is open; an empty name is one that is not begun yet."""
        self._session = session
        self.changed.emit()

    def take(self, session: str, options: Any, *, begun: bool = False) -> None:
        """Learn the options of a session from an answer of the engine; one that has just begun used up the wish."""
        if begun:
            self._want("")
        for option in options if isinstance(options, list) else []:
            if isinstance(option, dict) and option.get("id") == self.option:
                found = str(option.get("currentValue"))
                self._known[session] = found if found in self.values else self._usual()
        self.changed.emit()

    def _want(self, wish: str) -> None:
        self._wish = wish
        others = {name: kept for name, kept in self._preferences.value(_WISHES).items() if name != self.option}
        self._preferences.put(_WISHES, others | ({self.option: wish} if wish else {}))

    @slot()
    def speak(self) -> None:
        """Name everything in another language, or by another usual value."""
        self.changed.emit()

    def _refused(self, trouble: Any) -> None:
        self.told.emit(f"{trouble['what']} {trouble['next']}".strip(), "error")
        self.changed.emit()


class Scope(ChatOption):
    """`App.scope`: how far the memory is looked through."""

    option = "reach"
    values = ("session", "project", "person", "archive")

    def _named(self) -> dict[str, tuple[str, str]]:
        return {
            "session": (self.tr("This chat"), self.tr("Only what was said here")),
            "project": (self.tr("This project"), self.tr("Everything of the program that is being made")),
            "person": (self.tr("All my projects"), self.tr("Also what earlier programs taught, and what you imported")),
            "archive": (self.tr("Everything"), self.tr("All chats and all documents")),
        }


class WebUse(ChatOption):
    """`App.webUse`: how things are looked up on the internet."""

    option = "web"
    values = ("off", "ask", "on")

    def _named(self) -> dict[str, tuple[str, str]]:
        return {
            "off": (self.tr("Off"), self.tr("Nothing is looked up")),
            "ask": (self.tr("Ask first"), self.tr("You are shown what would be sent")),
            "on": (self.tr("On"), self.tr("Looked up where it helps; downloads always ask")),
        }
