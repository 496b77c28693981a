"""What the person allowed and refused to be downloaded, repository by repository; permissions can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.board.rows import Row, Rows
from gui.desktop.honest import host_shown, one_line
from gui.settings.consents import via_words
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

_MOST: Final = 1_000
"""The engine tells no more at once."""
_PAGE: Final = 20
_COMMIT: Final = 12


class Downloads(Rows):
    """`App.downloads`: the newest first, a page at a time; `revocable` is what is still allowed."""

    listed = Signal()
    """`total` or `known`, or how a repository was decided."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(("consent", "title", "about", "reason", "revocable"), "consent", parent)
        self._asking = Asking(link, self)
        self._told: list[dict[str, Any]] = []
        self._decided: dict[tuple[str, str, str], str] = {}
        self._total = 0
        self._wanted = _PAGE
        link.ready.connect(bordered(self.load))

    asking = Property(QObject, lambda self: self._asking, constant=True)
    total = Property(int, lambda self: self._total, notify=listed)
    """How many decisions there are."""
    known = Property(int, lambda self: len(self._told), notify=listed)
    """How many of them can be listed here: the newest."""

    @slot()
    def load(self) -> None:
        """Fetch the decisions."""
        self._asking.look("_multicoder/consents/list", {"limit": _MOST}, self._take)

    @slot()
    def more(self) -> None:
        """Show a page more."""
        self._wanted = self.rowCount() + _PAGE
        self._list()

    @slot(str, str, str, result=str)
    def decisionOf(self, run: str, address: str, commit: str) -> str:
        """Return `allow` or `refuse`, as it was decided for a repository in a run; empty when that is not known."""
        return self._decided.get((run, _honest(address), commit), "")

    @slot(str, str)
    def revoke(self, consent: str, reason: str) -> None:
        """Take a permission back: nothing more is downloaded under it, what came stays."""
        wanted = {"consent": consent, "reason": reason}
        self._asking.act("_multicoder/consents/revoke", wanted, lambda _done: self.load())

    def _take(self, result: dict[str, Any]) -> None:
        self._told = [row for row in result.get("consents", []) if isinstance(row, dict)]
        self._total = max(len(self._told), int(result.get("total") or 0))
        self._decided = {
            (str(row.get("run", "")), _honest(str(row.get("address", ""))), str(row.get("commit", ""))): str(
                row.get("decision", "")
            )
            for row in self._told
        }
        self._list()
        self.listed.emit()

    def _list(self) -> None:
        self.show(self._row(row) for row in self._told[: self._wanted])

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
            "title": _honest(str(row.get("address", ""))),
            "about": " · ".join(part for part in parts if part),
            "reason": one_line(str(row.get("reason", ""))),
            "revocable": allowed and not revoked,
        }


def _honest(address: str) -> str:
    """`host/owner/name` as cards show it: no other host can pass for this one."""
    host, _, rest = address.partition("/")
    return f"{host_shown(host)}/{one_line(rest)}" if rest else one_line(address)
