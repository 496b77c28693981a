"""What the person allowed and refused to be downloaded, repository by repository; permissions can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.board.rows import Row, Rows
from gui.desktop.honest import one_line
from gui.settings.consents import via_words
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

_KEPT: Final = 200
_COMMIT: Final = 12


class Downloads(Rows):
    """`App.downloads`: the newest first; `revocable` is what is still allowed."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(("consent", "title", "about", "reason", "revocable"), "consent", parent)
        self._asking = Asking(link, self)
        link.ready.connect(bordered(self.load))

    asking = Property(QObject, lambda self: self._asking, constant=True)

    @slot()
    def load(self) -> None:
        """Fetch the decisions."""
        self._asking.look("_multicoder/consents/list", {"limit": _KEPT}, self._take)

    @slot(str, str)
    def revoke(self, consent: str, reason: str) -> None:
        """Take a permission back: nothing more is downloaded under it, what came stays."""
        wanted = {"consent": consent, "reason": reason}
        self._asking.act("_multicoder/consents/revoke", wanted, lambda _done: self.load())

    def _take(self, result: dict[str, Any]) -> None:
        self.show(self._row(row) for row in result.get("consents", []))

    def _row(self, row: dict[str, Any]) -> Row:
        allowed, revoked = row.get("decision") == "allow", float(row.get("revoked") or 0)
        taken = float(row.get("taken") or 0)
        decision = self.tr("Allowed") if allowed else self.tr("Refused")
        parts = [
            self.tr("Taken back") if revoked else decision,
            self.tr("commit %1").replace("%1", one_line(str(row.get("commit", "")))[:_COMMIT]),
            moment(float(row.get("at") or 0)),
            via_words(str(row.get("via", ""))),
            self.tr("downloaded %1").replace("%1", moment(taken)) if taken else "",
        ]
        return {
            "consent": str(row.get("consent", "")),
            "title": one_line(str(row.get("address", ""))),
            "about": " · ".join(part for part in parts if part),
            "reason": one_line(str(row.get("reason", ""))),
            "revocable": allowed and not revoked,
        }
