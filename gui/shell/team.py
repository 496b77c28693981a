"""Whose models work in a chat: the option `team` of its session, and the wish for a chat that is not begun yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.shell.roles import Roles
from gui.slots import slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

OWN: Final = "own"
DEMO: Final = "demo"
OPTION: Final = "team"
TEAMS: Final = (OWN, "thorough", "fast", "cheap", "russian", DEMO)


class Team(QObject):
    """`told` gets words about a choice the engine refused, with their kind."""

    changed = Signal()
    told = Signal(str, str)

    def __init__(self, link: EngineLink, started_with: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._usual = started_with or OWN
        """What the engine takes when nothing is wished."""
        self._fixed = bool(started_with)
        self._wish = ""
        self._session = ""
        self._known: dict[str, str] = {}
        """Team by session, as the engine told it."""
        self._roles = Roles(link, self)
        link.ready.connect(self._ask)

    @Property(list, notify=changed)
    def options(self) -> list[dict[str, str]]:
        """Everything there is to choose: `value`, `name`, `description`."""
        named = {
            OWN: (self.tr("My providers"), self.tr("Your providers in their order, with the models you wished for")),
            "thorough": (self.tr("Thorough"), self.tr("The strongest models; two of them write each module")),
            "fast": (self.tr("Fast"), self.tr("Quick models, on machines built for speed where you have any")),
            "cheap": (self.tr("Cheap"), self.tr("Inexpensive models for everything")),
            "russian": (self.tr("Russian"), self.tr("Only providers that work and bill in Russia")),
            DEMO: (self.tr("Demo team"), self.tr("Scripted, no AI and no key: the whole way on sample tasks")),
        }
        return [{"value": team, "name": name, "description": about} for team, (name, about) in named.items()]

    @Property(str, notify=changed)
    def current(self) -> str:
        """The team of the open chat, or of the one that is begun next."""
        return self._known.get(self._session, self._wish or self._usual)

    @property
    def wish(self) -> str:
        """What a new session is to be given as `_meta.multicoder.team`; empty means the engine's usual team."""
        return self._wish or (self._usual if self._fixed else "")

    @slot(str)
    def choose(self, value: str) -> None:
        """Take a team for the open chat, or for the next one."""
        if value not in TEAMS:
            return
        if not self._session:
            self._wish = value
            self.changed.emit()
            return
        session = self._session
        self._link.request(
            "session/set_config_option",
            {"sessionId": session, "configId": OPTION, "value": value},
            lambda answer: self.take(session, answer.get("configOptions")),
            self._refused,
        )

    @slot(str)
    def makeUsual(self, value: str) -> None:
        """Take a team for all chats that are begun from now on."""
        if value in TEAMS:
            wanted = {"key": OPTION, "value": "" if value == OWN else value}
            self._link.request("_multicoder/settings/set", wanted, self._learn, self._refused)

    @slot(str)
    def show(self, session: str) -> None:
        """Follow the chat that is open; an empty name is one that is not begun yet."""
        self._session = session
        self.changed.emit()

    def speak(self) -> None:
        """Name the teams in another language."""
        self._roles.speak()
        self.changed.emit()

    def take(self, session: str, options: Any) -> None:
        """Learn the options of a session from an answer of the engine."""
        for option in options if isinstance(options, list) else []:
            if isinstance(option, dict) and option.get("id") == OPTION:
                self._known[session] = str(option.get("currentValue") or OWN)
                self.changed.emit()

    roles = Property(QObject, lambda self: self._roles, constant=True)
    usual = Property(str, lambda self: self._usual, notify=changed)
    """The team of chats for which none is chosen."""
    fixed = Property(bool, lambda self: self._fixed, constant=True)
    """Whether the environment of the window says which one that is."""

    def _ask(self) -> None:
        """Learn which team is the usual one; the environment of the window goes before the settings."""
        if not self._fixed:
            self._link.request("_multicoder/settings/list", {}, self._learn)

    def _learn(self, answer: dict[str, Any]) -> None:
        for setting in answer.get("settings", []):
            if setting.get("key") == OPTION:
                self._usual = str(setting.get("value") or OWN)
                self.changed.emit()

    def _refused(self, trouble: Any) -> None:
        self.told.emit(f"{trouble['what']} {trouble['next']}".strip(), "error")
        self.changed.emit()
