"""Facts about the engine that serves this window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

_MOST_TOLD: Final = 4
"""Lines; the page has all of them."""
NOTICES: Final = Path(__file__).parents[1] / "assets" / "NOTICES.md"


class About(QObject):
    """`App.about`."""

    changed = Signal()
    told = Signal(str, str)
    """What the engine had to put right when it started, and the kind of the message."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asking = Asking(link, self)
        self._info: dict[str, Any] = {}
        link.ready.connect(bordered(self.load))

    @slot()
    def load(self) -> None:
        """Fetch the facts."""
        self._asking.look("_multicoder/engine/info", {}, self._take)

    @slot()
    def stopEngine(self) -> None:
        """Let the engine come to a safe place and end; it starts again when it is needed."""
        self._asking.act("_multicoder/engine/stop", {})

    def _take(self, result: dict[str, Any]) -> None:
        before, self._info = self._info.get("pid"), result
        self.changed.emit()
        recovered = self.property("recovered")
        if recovered and result.get("pid") != before:
            self.told.emit("\n".join(map(str, recovered[:_MOST_TOLD])), "error")

    def _notices(self) -> str:
        try:
            return NOTICES.read_text(encoding="utf-8")
        except OSError:
            return ""

    asking = Property(QObject, lambda self: self._asking, constant=True)
    engineVersion = Property(str, lambda self: str(self._info.get("version", "")), notify=changed)
    home = Property(str, lambda self: str(self._info.get("home", "")), notify=changed)
    process = Property(int, lambda self: int(self._info.get("pid", 0)), notify=changed)
    started = Property(str, lambda self: moment(float(self._info.get("started", 0.0))), notify=changed)
    clients = Property(int, lambda self: int(self._info.get("clients", 0)), notify=changed)
    notices = Property(str, _notices, constant=True)
    recovered = Property(list, lambda self: list(self._info.get("recovered") or []), notify=changed)
