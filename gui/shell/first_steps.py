"""The first start: what works on this computer, in the engine's own words, and the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, Signal

from core.i18n import LOCALES
from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from gui.link.engine_link import EngineLink


class FirstSteps(QObject):
    """`speak` makes the window speak another language at once; the engine keeps the wish for the next start."""

    changed = Signal()
    told = Signal(str, str)

    def __init__(
        self, link: EngineLink, locale: str, speak: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._locale = locale
        self._speak = speak
        self._rows: list[dict[str, str]] = []
        self._working = 0
        self._state = ""

    @Property(str, notify=changed)
    def state(self) -> str:
        """Empty, `looking`, `done` or `failed`."""
        return self._state

    @Property(int, notify=changed)
    def working(self) -> int:
        """How many systems work."""
        return self._working

    @Property(list, notify=changed)
    def findings(self) -> list[dict[str, str]]:
        """Systems that do not simply work: `name`, `state`, `evidence`, `action`; the worst first."""
        return self._rows

    @Property(str, notify=changed)
    def language(self) -> str:
        """The language of the window."""
        return self._locale

    @slot()
    def look(self) -> None:
        """Have every system examined now; waits until there is an engine."""
        if self._state == "looking":
            return
        self._show("looking")
        asked = {"probe": True, "locale": self._locale}
        self._link.request("_multicoder/status", asked, self._learn, lambda _trouble: self._show("failed"))

    @slot(str)
    def chooseLanguage(self, locale: str) -> None:
        """Speak this language from now on."""
        if locale not in LOCALES or locale == self._locale:
            return
        self._locale = locale
        # First of all: the settings are read again when another language is spoken, and what they say is heeded.
        self._link.request(
            "_multicoder/settings/set",
            {"key": "language", "value": locale},
            lambda _answer: None,
            lambda trouble: self.told.emit(f"{trouble['what']} {trouble['next']}".strip(), "error"),
        )
        self._speak(locale)
        self.changed.emit()
        if self._state != "":
            self._state = ""
            self.look()

    def _learn(self, answer: dict[str, Any]) -> None:
        systems = [row for row in answer.get("systems", []) if isinstance(row, dict)]
        self._working = sum(row.get("state") == "ok" for row in systems)
        bad = [row for row in systems if row.get("state") in {"degraded", "down"}]
        bad.sort(key=lambda row: row["state"] != "down")
        self._rows = [{key: str(row.get(key) or "") for key in ("name", "state", "evidence", "action")} for row in bad]
        self._show("done")

    def _show(self, state: str) -> None:
        self._state = state
        self.changed.emit()
