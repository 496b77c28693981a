"""What happened to one system, newest first and a page at a time.

A person may clear the list: it then begins with what comes later, and "Show all" brings everything back. The journal
itself is proof and is never cleared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, Signal

from gui.board.moments import clock_time
from gui.board.rows import Row, Rows
from gui.slots import slot

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from gui.board.asking import Asking
    from gui.preferences import Preferences

PAGE: Final = 20
ASKED: Final = 200
"""Rows asked for at a time: the text that is searched stands in events of other systems as well."""
CLEARED: Final = "clearedEvents"
_NAMES: Final = ("system.changed", "health.restarted", "loop.hung")
_LOOP: Final = "loop"
"""The one system whose events do not name it."""


class History(Rows):
    """`App.board.events`."""

    changed = Signal()

    def __init__(self, asking: Asking, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(("seq", "time", "name", "text"), "seq", parent)
        self._asking = asking
        self._preferences = preferences
        self._system = ""
        self._before = 0
        """The number of the oldest event that was looked at; 0 before the first page."""
        self._more = False

    @slot(str)
    def show_system(self, system: str) -> None:
        """Show the last events of a system."""
        self._system, self._before, self._more = system, 0, False
        self.renew([])
        self.changed.emit()
        self.older()

    @slot()
    def older(self) -> None:
        """Fetch the page before the oldest event."""
        system, before = self._system, self._before
        params: dict[str, Any] = {"names": list(_NAMES), "newestFirst": True, "limit": ASKED}
        params["text"] = "" if system == _LOOP else system
        if before:
            params["before"] = before

        def show(result: dict[str, Any]) -> None:
            if (system, before) == (self._system, self._before):
                self._add(result.get("rows", []))

        self._asking.look("_multicoder/journal/search", params, show, name=f"events of {system} before {before}")

    @slot()
    def clear(self) -> None:
        """Begin the list anew with what comes from now on."""
        if self.all():
            self._keep(int(self.all()[0]["seq"]))

    @slot()
    def show_all(self) -> None:
        """Show what was cleared as well."""
        self._keep(0)

    def _keep(self, cleared: int) -> None:
        kept = {name: seq for name, seq in self._preferences.value(CLEARED).items() if name != self._system}
        self._preferences.put(CLEARED, kept | ({self._system: cleared} if cleared else {}))
        self.show_system(self._system)

    def _cleared(self) -> int:
        seq = self._preferences.value(CLEARED).get(self._system, 0)
        return seq if isinstance(seq, int) else 0

    def _add(self, found: list[dict[str, Any]]) -> None:
        cleared = self._cleared()
        wanted = [row for row in found if row["seq"] > cleared]
        mine = [row for row in wanted if row["data"].get("system", _LOOP) == self._system]
        shown = mine[:PAGE]
        self._more = len(mine) > PAGE or len(wanted) == ASKED
        if found:
            self._before = (shown if len(mine) > PAGE else found)[-1]["seq"]
        self.insert(self.rowCount(), [_event(row) for row in shown])
        self.countChanged.emit()
        self.changed.emit()

    more = Property(bool, lambda self: self._more, notify=changed)
    """Whether there are older events to show."""
    cleared = Property(bool, lambda self: self._cleared() > 0, notify=changed)


def _event(row: dict[str, Any]) -> Row:
    data = row["data"]
    if row["name"] == "system.changed":
        text = f"{data['before']} → {data['after']}: {data['evidence']}"
    else:
        text = " · ".join(f"{key}: {value}" for key, value in data.items() if key not in {"system", "stack", "risk"})
    return {"seq": row["seq"], "time": clock_time(row["at"]), "name": row["name"], "text": text}
