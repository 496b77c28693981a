"""Who does what in the person's own team: what is wished for each role, and who answers now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.board.asking import Asking
from gui.board.rows import Row, Rows
from gui.slots import slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

_ROLES: Final = ("role", "title", "about", "wished", "answers")


class Roles(Rows):
    """One row per role; `wished` holds `provider:model`, or `provider` for whatever it has, best first."""

    changed = Signal()

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(_ROLES, "role", parent)
        self._asking = Asking(link, self)
        self._wished: dict[str, list[str]] = {}
        self._answers: dict[str, str] = {}
        self._models: list[str] = []
        self._problem = ""
        self._team = ""

    @slot(str)
    def load(self, team: str) -> None:
        """Fetch the wishes, and who answers now in this team."""
        self._team = team
        self._asking.look("_multicoder/team/get", {}, self._take)
        self._look()

    @slot(str, str)
    def toggle(self, role: str, model: str) -> None:
        """Wish for a model as the last choice, or no longer."""
        wished = self._wished.get(role, [])
        self._wish(role, [name for name in wished if name != model] if model in wished else [*wished, model])

    @slot(str, str, int)
    def move(self, role: str, model: str, step: int) -> None:
        """Prefer a model to the one before it, or less than the one after it."""
        wished = list(self._wished.get(role, []))
        place = wished.index(model) if model in wished else -1
        if place >= 0 and 0 <= place + step < len(wished):
            wished.insert(place + step, wished.pop(place))
            self._wish(role, wished)

    def speak(self) -> None:
        """Name the roles in another language."""
        self._show()

    def _wish(self, role: str, wished: list[str]) -> None:
        roles = {**self._wished, role: wished}

        def done(result: dict[str, Any]) -> None:
            self._take(result)
            self._look()

        self._asking.act("_multicoder/team/set", {"roles": roles}, done)

    def _look(self) -> None:
        self._asking.look("_multicoder/team/roster", {"team": self._team}, self._heard)

    def _heard(self, result: dict[str, Any]) -> None:
        self._answers = dict(result.get("answers", {}))
        self._models, self._problem = list(result.get("models", [])), str(result.get("problem", ""))
        self._show()

    def _take(self, result: dict[str, Any]) -> None:
        self._wished = {row["role"]: list(row["wished"]) for row in result.get("roles", [])}
        self._show()

    def _show(self) -> None:
        self.show(self._row(role) for role in self._wished)
        self.changed.emit()

    def _row(self, role: str) -> Row:
        title, about = self._words(role)
        wished = self._wished[role]
        return {"role": role, "title": title, "about": about, "wished": wished, "answers": self._answers.get(role, "")}

    def _words(self, role: str) -> tuple[str, str]:
        return {
            "router": (self.tr("Router"), self.tr("Finds out whether something is to be built or answered")),
            "judge": (self.tr("Judge"), self.tr("Judges whether a task is safe and can be done")),
            "architect": (self.tr("Architect"), self.tr("Draws the plan and divides it into modules")),
            "coder": (self.tr("Coder"), self.tr("Writes the modules")),
            "reviewer": (self.tr("Reviewer"), self.tr("Reads what was written and sends it back")),
            "tester": (self.tr("Tester"), self.tr("Writes the tests without seeing the code")),
            "packager": (self.tr("Packager"), self.tr("Makes the finished program of it")),
            "converse": (self.tr("Answerer"), self.tr("Answers questions that need no program")),
            "researcher": (self.tr("Researcher"), self.tr("Looks up what the plan, an answer or a repair rests on")),
        }.get(role, (role, ""))

    asking = Property(QObject, lambda self: self._asking, constant=True)
    models = Property(list, lambda self: self._models, notify=changed)
    """What may answer in this team now."""
    problem = Property(str, lambda self: self._problem, notify=changed)
    """Why nobody can answer, in words."""
