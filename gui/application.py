"""The window's one object for QML: `App`, with everything the screens show as its properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QTimer, Signal

from core.errors import MultiCoderError
from core.i18n import LOCALES, at_window, explain, system_locale
from core.version import program_version
from gui.board.panel import Panel
from gui.chat.chats import Chats
from gui.chat.conversation import Conversation
from gui.chat.trials import Trials
from gui.chat.versions import Versions
from gui.composer.chat_option import Scope, WebUse
from gui.composer.composer import Composer
from gui.desktop.desktop import Desktop
from gui.fonts import Fonts
from gui.link.engine_link import EngineLink
from gui.markdown.service import Markdown
from gui.memory.search import Search
from gui.memory.sources import Sources
from gui.preferences import Preferences
from gui.settings.engine_settings import LANGUAGE
from gui.shell.first_steps import FirstSteps
from gui.shell.lately import Lately
from gui.shell.links import Links
from gui.shell.placement import Placement
from gui.shell.team import Team
from gui.slots import Troubles
from gui.thread.view import ThreadView
from gui.thumbs import Thumbs
from gui.toasts import Toasts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.paths import Home

PREFERENCES: Final = "window.json"
SNIPPETS: Final = "snippets"
PASTED: Final = "attachments-new"
"""What was pasted and has no file of its own."""
PICTURES: Final = "pictures"
"""Small pictures of what was attached."""


class Application(QObject):
    """Made once, before the QML is loaded. `command` starts the relay, in `environ`; without one there is no engine."""

    spoken = Signal(str)
    """The language the window is to speak from now on."""

    def __init__(
        self,
        home: Home,
        locale: str,
        parent: QObject,
        *,
        command: Sequence[str] = (),
        environ: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self.home = home
        self.locale = locale
        self._fonts = Fonts(self)
        self._preferences = Preferences(home.root / PREFERENCES, self)
        self._toasts = Toasts(self)
        if self._preferences.kept_as:
            words = self.tr("How this window looked could not be read. The file is kept as %1; the defaults hold.")
            self._toasts.show(words.replace("%1", self._preferences.kept_as), "error")
        self._troubles = Troubles(parent)
        self._troubles.raised.connect(self._tell)
        self._link = EngineLink(command, environ or {}, locale, self)
        QTimer.singleShot(0, self, self._link.start)  # after the first frame was asked for: it need not wait for this
        self._thread = ThreadView(home.root / SNIPPETS, self)
        self._markdown = Markdown(self)
        self._desktop = Desktop(self._preferences, self._toasts.show, self)
        self._panel = Panel(self._link, home, locale, self._toasts, self._preferences, self)
        self._panel.about.told.connect(self._toasts.show)
        self._panel.memory.told.connect(self._toasts.show)
        self._desktop.follow(self._panel.tasks)
        self._placement = Placement(self._preferences, self)
        self._links = Links(self._preferences, self._desktop.openLink, self._desktop.copyText, self)
        self._team = Team(self._link, (environ or {}).get("MULTICODER_TEAM", ""), self)
        self._team.told.connect(self._toasts.show)
        self._chats = Chats(self._link, self._preferences, self)
        self._chats.told.connect(self._toasts.show)
        self._scope = Scope(self._link, self._preferences, lambda: "project", self)
        self._web_use = WebUse(self._link, self._preferences, self._usual_search, self)
        self._let_choose()
        self._conversation = Conversation(self._link, self._chats, self)
        self._conversation.told.connect(self._toasts.show)
        self._conversation.loaded.connect(self._options)
        self._search = Search(self._link, self._chats, self)
        self._sources = Sources(self._link, self)
        self._sources.told.connect(self._toasts.show)
        self._sources.sought.connect(self._conversation.goTo)
        self._links.cited.connect(self._sources.open)
        self._thumbs = Thumbs(home.root / PICTURES, self)
        self._versions = Versions(self._link, self._chats, self)
        self._trials = Trials(self._link, self._chats, self)
        self._composer = Composer(
            self._conversation, self._chats, self._preferences, self._link, home.root / PASTED, self._thumbs, self
        )
        self._lately = Lately(self._conversation, self._desktop.copyText, self)
        self._first_steps = FirstSteps(self._link, locale, self._speak, self)
        self._first_steps.told.connect(self._toasts.show)
        self._wished_language = ""
        """What the settings said of the language when it was last looked at."""
        self._panel.settings.changed.connect(self._heed_language)

    def _usual_search(self) -> str:
        return str(self._panel.settings.value("web_search") or "ask")

    def _let_choose(self) -> None:
        """What is chosen for a chat goes to its session, also to one that is begun later."""
        self._panel.settings.changed.connect(self._web_use.speak)
        for option in (self._scope, self._web_use):
            option.told.connect(self._toasts.show)
        self._chats.wishes = lambda: {
            "team": self._team.wish,
            "reach": self._scope.wish,
            "web": self._web_use.wish,
        }
        self._chats.begun.connect(lambda session, answer: self._options(session, answer, begun=True))

    def _options(self, session: str, answer: Any, *, begun: bool = False) -> None:
        """What the engine says of a session goes to those who show its options."""
        options = answer.get("configOptions")
        self._team.take(session, options)
        self._scope.take(session, options, begun=begun)
        self._web_use.take(session, options, begun=begun)

    def _speak(self, locale: str) -> None:
        self.locale = locale
        self.spoken.emit(locale)  # first: what follows is put into words at once
        self._link.speak(locale)
        self._chats.speak(locale)
        self._team.speak()
        self._scope.speak()
        self._web_use.speak()
        self._desktop.property("tray").speak()
        if self._link.property("state") == "ready":
            self._panel.speak()

    def _heed_language(self) -> None:
        """Speak what the settings say, once they say something else than before."""
        before, self._wished_language = self._wished_language, str(self._panel.settings.value(LANGUAGE) or "")
        if before in {"", self._wished_language}:
            return
        locale = system_locale() if self._wished_language == "auto" else self._wished_language
        if locale in LOCALES and locale != self.locale:
            self._speak(locale)

    def _tell(self, error: Exception) -> None:
        """Say in words that something of the window failed."""
        if isinstance(error, MultiCoderError):
            told = explain(error, at_window(self.locale))
            self._toasts.show(f"{told.what} {told.next}", "error")
        else:
            self._toasts.show(self.tr("Something in this window failed. It was written to the log."), "error")

    @Property(QObject, constant=True)
    def preferences(self) -> Preferences:
        """How the window looks."""
        return self._preferences

    @Property(QObject, constant=True)
    def fonts(self) -> Fonts:
        """Families of type."""
        return self._fonts

    @Property(QObject, constant=True)
    def toasts(self) -> Toasts:
        """Short messages."""
        return self._toasts

    @Property(QObject, constant=True)
    def desktop(self) -> Desktop:
        """Files, folders, editors and the tray of this computer."""
        return self._desktop

    @Property(QObject, constant=True)
    def link(self) -> EngineLink:
        """The conversation with the engine."""
        return self._link

    @Property(QObject, constant=True)
    def chats(self) -> Chats:
        """The conversations, as the sidebar lists them."""
        return self._chats

    @Property(QObject, constant=True)
    def conversation(self) -> Conversation:
        """The thread of the open chat."""
        return self._conversation

    @Property(QObject, constant=True)
    def composer(self) -> Composer:
        """The message that is being written."""
        return self._composer

    @Property(QObject, constant=True)
    def thumbs(self) -> Thumbs:
        """Small pictures of what was attached."""
        return self._thumbs

    @Property(QObject, constant=True)
    def placement(self) -> Placement:
        """Where the window stands."""
        return self._placement

    @Property(QObject, constant=True)
    def links(self) -> Links:
        """Links of messages, and whether to ask before one is opened."""
        return self._links

    @Property(QObject, constant=True)
    def team(self) -> Team:
        """Whose models work in the open chat."""
        return self._team

    @Property(QObject, constant=True)
    def lately(self) -> Lately:
        """What stands last in the open conversation."""
        return self._lately

    @Property(QObject, constant=True)
    def firstSteps(self) -> FirstSteps:
        """The first start."""
        return self._first_steps

    versions = Property(QObject, lambda self: self._versions, constant=True)
    trials = Property(QObject, lambda self: self._trials, constant=True)
    search = Property(QObject, lambda self: self._search, constant=True)
    sources = Property(QObject, lambda self: self._sources, constant=True)
    scope = Property(QObject, lambda self: self._scope, constant=True)
    webUse = Property(QObject, lambda self: self._web_use, constant=True)

    # What the drawer shows, page by page; see the classes.
    board = Property(QObject, lambda self: self._panel.board, constant=True)
    events = Property(QObject, lambda self: self._panel.events, constant=True)
    tasks = Property(QObject, lambda self: self._panel.tasks, constant=True)
    budget = Property(QObject, lambda self: self._panel.budget, constant=True)
    engineSettings = Property(QObject, lambda self: self._panel.settings, constant=True)
    providers = Property(QObject, lambda self: self._panel.providers, constant=True)
    reports = Property(QObject, lambda self: self._panel.reports, constant=True)
    memory = Property(QObject, lambda self: self._panel.memory, constant=True)
    consents = Property(QObject, lambda self: self._panel.consents, constant=True)
    downloads = Property(QObject, lambda self: self._panel.downloads, constant=True)
    artifacts = Property(QObject, lambda self: self._panel.artifacts, constant=True)
    about = Property(QObject, lambda self: self._panel.about, constant=True)

    @Property(QObject, constant=True)
    def thread(self) -> ThreadView:  # type: ignore[override]  # QML knows nothing of QObject.thread()
        """Where the conversation is read, and the items of the rows in sight."""
        return self._thread

    @Property(QObject, constant=True)
    def markdown(self) -> Markdown:
        """Colours of code and the clipboard of messages."""
        return self._markdown

    @Property(str, constant=True)
    def version(self) -> str:
        """The version of the program."""
        return program_version()

    @Property(str, notify=spoken)
    def language(self) -> str:
        """`en` or `ru`."""
        return self.locale

    def close(self) -> None:
        """Save what is not saved yet and end what was started."""
        self._desktop.close()
        self._markdown.close()
        self._placement.close()
        self._composer.close()
        self._preferences.save()
        self._link.close()
