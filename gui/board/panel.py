"""Everything the drawer shows, made once and joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gui.board.budget import Budget
from gui.board.events import Events
from gui.board.systems import Board
from gui.board.tasks import Tasks
from gui.memory.page import MemoryPage
from gui.settings.about import About
from gui.settings.artifacts import Artifacts
from gui.settings.consents import Consents
from gui.settings.downloads import Downloads
from gui.settings.engine_settings import EngineSettings
from gui.settings.providers import Providers
from gui.settings.reports import Reports

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from core.paths import Home
    from gui.link.engine_link import EngineLink
    from gui.preferences import Preferences
    from gui.toasts import Toasts


class Panel:
    """The view models of the drawer's pages; each is a property of `App`."""

    def __init__(
        self, link: EngineLink, home: Home, locale: str, toasts: Toasts, preferences: Preferences, parent: QObject
    ) -> None:
        self.settings = EngineSettings(link, locale, parent)
        self.tasks = Tasks(link, parent)
        self.board = Board(link, self.tasks, self.settings, toasts, preferences, parent)
        self.reports = Reports(link, self.tasks, parent)
        self.events = Events(link, self.reports, parent)
        self.budget = Budget(link, self.settings, home.root, parent)
        self.providers = Providers(link, self.board, parent)
        self.artifacts = Artifacts(link, self.tasks, parent)
        self.consents = Consents(link, parent)
        self.downloads = Downloads(link, parent)
        self.memory = MemoryPage(link, self.tasks, parent)
        self.about = About(link, parent)

    def speak(self) -> None:
        """Ask again for what the engine says in words, and put into words anew what is said here."""
        self.settings.load()
        self.board.refresh()
        self.budget.refresh()
        self.consents.load()
        self.downloads.load()
        self.providers.load()
