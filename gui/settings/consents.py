"""What the person allowed and refused so far, from the journal."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QCoreApplication, QObject

from gui.board.asking import Asking
from gui.board.moments import moment
from gui.board.rows import Row, Rows
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

_THIS_WINDOW: Final = "acp:multicoder-window"
_KEPT: Final = 300
_NAMES: Final = ("decision.taken", "action.decided", "setting.changed", "paranoid.mode_changed")


class Consents(Rows):
    """`App.consents`: the newest first. What is allowed here ends with its action or run: none is left to take back."""

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(("seq", "title", "decision", "about", "via", "when", "run", "allowed"), "seq", parent)
        self._asking = Asking(link, self)
        link.ready.connect(bordered(self.load))

    @slot()
    def load(self) -> None:
        """Fetch the decisions."""
        wanted = {"names": list(_NAMES), "newestFirst": True, "limit": _KEPT}
        self._asking.look("_multicoder/journal/search", wanted, self._take)

    def _take(self, result: dict[str, Any]) -> None:
        self.show(_row(row) for row in result.get("rows", []))

    most = Property(int, lambda _self: _KEPT, constant=True)
    """So many are listed; there may be older ones when they are that many."""
    asking = Property(QObject, lambda self: self._asking, constant=True)


def _row(row: dict[str, Any]) -> Row:
    # Another version of the engine may have kept less: one row must not cost the page.
    data, translate = defaultdict(str, row["data"]), QCoreApplication.translate
    shown = {
        "seq": row["seq"],
        "when": moment(row["at"]),
        "run": row["run"],
        "via": via_words(str(data.get("via", data.get("by", "")))),
    }
    decision = str(data.get("decision", ""))
    if row["name"] == "decision.taken":
        title, about = translate("Consents", "Card"), _card(str(data["kind"]))
    elif row["name"] == "action.decided":
        title, about = translate("Consents", "Dangerous action"), f"{_action(str(data['kind']))}: {data['target']}"
        about += f" - {data['reason']}" if data.get("reason") else ""
    elif row["name"] == "setting.changed":
        title, about, decision = translate("Consents", "Setting"), f"{data['key']} = {data['value']}", "changed"
    else:
        title, about = translate("Consents", "Paranoid tester"), f"{data['before']} → {data['mode']}"
        decision = "changed"
    allowed = decision in {"approve", "allow", "retry"}
    word = _word("search" if (decision, data["kind"]) == ("allow", "web") else decision)
    return {**shown, "title": title, "about": about, "decision": word, "allowed": allowed}


def via_words(via: str) -> str:
    """How a decision was given, in words."""
    translate = QCoreApplication.translate
    if via in {"", _THIS_WINDOW}:
        return translate("Consents", "in this window")
    return translate("Consents", "in the terminal") if via.startswith("terminal") else via.removeprefix("acp:")


def _card(kind: str) -> str:
    translate = QCoreApplication.translate
    words = {
        "task": translate("Consents", "the task"),
        "plan": translate("Consents", "the plan"),
        "code": translate("Consents", "the finished code"),
        "questions": translate("Consents", "questions"),
        "purpose": translate("Consents", "the purpose"),
        "hold": translate("Consents", "a run that stopped"),
        "web": translate("Consents", "a search on the internet"),
        "consent": translate("Consents", "downloads"),
    }
    return words.get(kind, kind)


def _action(kind: str) -> str:
    translate = QCoreApplication.translate
    words = {
        "delete": translate("ParanoidBlock", "Delete"),
        "overwrite": translate("ParanoidBlock", "Overwrite"),
        "outside": translate("ParanoidBlock", "Write outside the project"),
        "publish": translate("ParanoidBlock", "Publish"),
        "download": translate("ParanoidBlock", "Download"),
        "money": translate("ParanoidBlock", "Spend above the limit"),
        "unsandboxed": translate("ParanoidBlock", "Run unprotected"),
    }
    return words.get(kind, kind)


def _word(decision: str) -> str:
    translate = QCoreApplication.translate
    words = {
        "approve": translate("Consents", "Approved"),
        "allow": translate("Consents", "Allowed once"),
        "search": translate("Consents", "Allowed for the run"),
        "retry": translate("Consents", "Tried again"),
        "modify": translate("Consents", "Modified"),
        "words": translate("Consents", "Answered in words"),
        "reject": translate("Consents", "Rejected"),
        "refuse": translate("Consents", "Refused"),
        "stop": translate("Consents", "Stopped"),
        "answers": translate("Consents", "Answered"),
        "answer": translate("Consents", "Answered"),
        "purpose": translate("Consents", "Purpose given"),
        "changed": translate("Consents", "Changed"),
    }
    return words.get(decision, decision)
