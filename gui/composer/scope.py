"""How far the memory is looked through for a chat: the option `reach` of its session, and the wish for a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.slots import slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

OPTION: Final = "reach"
USUAL: Final = "project"
REACHES: Final = ("session", "project", "person", "archive")


class Scope(QObject):
    """`App.scope`; `told` gets words about a choice the engine refused, with their kind."""

    changed = Signal()
    told = Signal(str, str)

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._wish = ""
        self._session = ""
        self._known: dict[str, str] = {}

    def _options(self) -> list[dict[str, str]]:
        named = {
            "session": (self.tr("This chat"), self.tr("Only what was said here")),
            "project": (self.tr("This project"), self.tr("Everything of the program that is being made")),
            "person": (self.tr("All my projects"), self.tr("Also what earlier programs taught, and what you imported")),
            "archive": (self.tr("Everything"), self.tr("All chats and all documents")),
        }
        return [{"value": reach, "name": name, "description": about} for reach, (name, about) in named.items()]

    def _current(self) -> str:
        return self._known.get(self._session, USUAL) if self._session else self._wish or USUAL

    def _pill(self) -> str:
        chosen = self._current()
        return "" if chosen == USUAL else next(row["name"] for row in self._options() if row["value"] == chosen)

    options = Property(list, lambda self: self._options(), notify=changed)
    """Everything there is to choose: `value`, `name`, `description`."""
    current = Property(str, lambda self: self._current(), notify=changed)
    """How far it is looked for the open chat, or for the one that is begun next."""
    pill = Property(str, lambda self: self._pill(), notify=changed)
    """The name of what is chosen, empty while it is the usual."""

    @property
    def wish(self) -> str:
        """What a new session is to be given as `_meta.multicoder.reach`; empty for the usual."""
        return self._wish

    @slot(str)
    def choose(self, reach: str) -> None:
        """Take a reach for the open chat, or for the next one; the usual one for what is none."""
        wanted = reach if reach in REACHES else USUAL
        if not self._session:
            self._wish = "" if wanted == USUAL else wanted
            self.changed.emit()
            return
        session = self._session
        self._link.request(
            "session/set_config_option",
            {"sessionId": session, "configId": OPTION, "value": wanted},
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
            self._wish = ""
        for option in options if isinstance(options, list) else []:
            if isinstance(option, dict) and option.get("id") == OPTION:
                found = str(option.get("currentValue"))
                self._known[session] = found if found in REACHES else USUAL
        self.changed.emit()

    def speak(self) -> None:
        """Name everything in another language."""
        self.changed.emit()

    def _refused(self, trouble: Any) -> None:
        self.told.emit(f"{trouble['what']} {trouble['next']}".strip(), "error")
        self.changed.emit()
