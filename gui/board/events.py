"""The event log: a window of the journal that moves in both directions, so that its length does not matter."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QTimer, Signal

from gui.board.asking import Asking
from gui.board.moments import clock_time
from gui.board.rows import Row, Rows
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink
    from gui.settings.reports import Reports

ROLES: Final = ("seq", "time", "type", "risk", "name", "module", "run", "text", "detail")
TYPES: Final = ("INFO", "ERROR", "SECURITY", "FILE", "MESSAGE", "BUILD", "TASK", "PROVIDER", "AUDIT", "HEALTH")
RISKS: Final = ("none", "low", "medium", "high")
PAGE: Final = 500
MOST: Final = 2_000
"""Rows held at a time; those at the other end are let go, and fetched again when somebody scrolls back."""
_SEARCH: Final = "_multicoder/journal/search"
_FOLLOW_MS: Final = 1_000
_TYPING_MS: Final = 300
_LONGEST_LINE: Final = 300


class Events(Rows):
    """`App.events`: rows in the order of the journal, the newest last."""

    changed = Signal()
    appended = Signal()

    def __init__(self, link: EngineLink, reports: Reports, parent: QObject | None = None) -> None:
        super().__init__(ROLES, "seq", parent)
        self._link = link
        self._reports = reports
        self._asking = Asking(link, self)
        self._types: list[str] = []
        self._risk = RISKS[0]
        self._text = ""
        self._follow = True
        self._watchers = 0
        self._at_start = self._at_end = False
        self._question = 0
        """Number of the filter in force: an answer to an older one is not shown."""
        self._tail = QTimer(self, interval=_FOLLOW_MS)
        self._tail.timeout.connect(bordered(self._look_for_new))
        self._typed = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typed.timeout.connect(bordered(self.toEnd))
        link.ready.connect(bordered(self._again))

    # ------------------------------------------------------------------------------------------ what is shown

    @slot(bool)
    def watch(self, watched: bool) -> None:
        """Begin or end following; nothing is fetched while nobody looks."""
        self._watchers += 1 if watched else -1
        if self._watchers <= 0:
            self._tail.stop()
        elif not self._tail.isActive():
            self._tail.start()
            self._again()

    @slot(str)
    def toggleType(self, type_: str) -> None:
        """Show only some types of events; none chosen is all of them."""
        chosen = set(self._types) ^ {type_}
        self._types = [item for item in TYPES if item in chosen]
        self.toEnd()

    @slot(str)
    def setRisk(self, risk: str) -> None:
        """Show only events of at least this risk."""
        if risk in RISKS and risk != self._risk:
            self._risk = risk
            self.toEnd()

    @slot(str)
    def setText(self, text: str) -> None:
        """Show only events that contain a text; the question is asked when the person stops typing."""
        if text.strip() != self._text:
            self._text = text.strip()
            self._typed.start()

    @slot(bool)
    def setFollow(self, follow: bool) -> None:
        """Stay at the newest event, or stay where the person reads."""
        if follow == self._follow:
            return
        self._follow = follow
        self.changed.emit()
        if follow and not self._at_end:
            self.toEnd()

    @slot()
    def toEnd(self) -> None:
        """Show the newest events that fit the filter."""
        self._question += 1
        self._typed.stop()
        self._at_start = self._at_end = False
        self.changed.emit()
        self._ask({"newestFirst": True, "limit": PAGE}, self._newest)

    @slot()
    def older(self) -> None:
        """Fetch the page before the first row."""
        rows = self.all()
        if not rows or self._at_start:
            return
        first = rows[0]["seq"]
        self._ask({"before": first, "newestFirst": True, "limit": PAGE}, partial(self._before, first))

    @slot()
    def newer(self) -> None:
        """Fetch the page after the last row."""
        if self.all() and not self._at_end:
            self._ask({"after": self.all()[-1]["seq"], "limit": PAGE}, self._after)

    @slot(str, str)
    def export(self, path: str, format_: str) -> None:
        """Write a report that lists what the filter shows; what is secret is left out by the engine."""
        self._reports.write(path, format_, {"types": self._types, "risk": self._risk})

    # ------------------------------------------------------------------------------------------ fetching

    def _filter(self) -> dict[str, Any]:
        named: dict[str, Any] = {"risk": self._risk}
        if self._types:
            named["types"] = self._types
        if self._text:
            named["text"] = self._text
        return named

    def _ask(self, page: dict[str, Any], show: Any) -> None:
        question = self._question

        def answered(result: dict[str, Any]) -> None:
            if question == self._question:
                show([_row(row) for row in result.get("rows", [])])
                self.changed.emit()

        name = f"{question} {sorted(page.items())}"
        self._asking.look(_SEARCH, {**self._filter(), **page}, answered, name=name, again=False)

    def _again(self) -> None:
        if self._watchers > 0 and self._follow:
            self.toEnd()

    def _look_for_new(self) -> None:
        if not self._follow or self._link.property("state") != "ready":
            return
        if self.all():
            self._at_end = False
            self.newer()
        else:
            self.toEnd()

    def _newest(self, rows: list[Row]) -> None:
        self._at_end, self._at_start = True, len(rows) < PAGE
        if rows or self.all():
            self.renew(rows[::-1])
            self.appended.emit()

    def _before(self, first: int, rows: list[Row]) -> None:
        if not self.all() or self.all()[0]["seq"] != first:
            return  # new events pushed the old ones out meanwhile
        self._at_start = len(rows) < PAGE or rows[-1]["seq"] <= 1
        self.insert(0, rows[::-1])
        surplus = self.rowCount() - MOST
        if surplus > 0:
            self._at_end = self._follow = False
            self.take(self.rowCount() - surplus, surplus)
        self.countChanged.emit()

    def _after(self, rows: list[Row]) -> None:
        self._at_end = len(rows) < PAGE
        known = self.all()[-1]["seq"] if self.all() else 0
        fresh = [row for row in rows if row["seq"] > known]
        if not fresh:
            return
        self.insert(self.rowCount(), fresh)
        surplus = self.rowCount() - MOST
        if surplus > 0:
            self._at_start = False
            self.take(0, surplus)
        self.countChanged.emit()
        self.appended.emit()

    asking = Property(QObject, lambda self: self._asking, constant=True)
    allTypes = Property(list, lambda _self: list(TYPES), constant=True)
    types = Property(list, lambda self: self._types, notify=changed)
    risk = Property(str, lambda self: self._risk, notify=changed)
    text = Property(str, lambda self: self._text, notify=changed)
    follow = Property(bool, lambda self: self._follow, notify=changed)
    atStart = Property(bool, lambda self: self._at_start, notify=changed)
    atEnd = Property(bool, lambda self: self._at_end, notify=changed)


def _row(row: dict[str, Any]) -> Row:
    data = row["data"]
    return {
        "seq": row["seq"],
        "at": row["at"],
        "time": clock_time(row["at"]),
        "type": row["type"],
        "risk": row["risk"],
        "name": row["name"],
        "module": row["module"],
        "run": row["run"],
        "text": summary(data),
        "detail": json.dumps(data, ensure_ascii=False, indent=2),
    }


def summary(data: dict[str, Any]) -> str:
    """Return the data of an event as one line."""
    parts = [f"{key}={_flat(value)}" for key, value in data.items() if key != "risk" and value not in ("", None)]
    line = "  ".join(parts)
    return line if len(line) <= _LONGEST_LINE else f"{line[: _LONGEST_LINE - 1]}…"


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return " ".join(value[: 2 * _LONGEST_LINE].split())
    return json.dumps(value, ensure_ascii=False)
