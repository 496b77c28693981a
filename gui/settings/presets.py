"""What is known of providers before one is added: to choose from, by group and by what is typed into the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, Qt, QUrl, Signal

from gui.board.asking import Asking
from gui.board.rows import Rows
from gui.slots import slot

if TYPE_CHECKING:
    from gui.board.rows import Row
    from gui.link.engine_link import EngineLink

WEB: Final = "web"
_ROLES: Final = ("key", "kind", "id", "title", "about", "heading", "signIn")
_GROUPS: Final = ("router", "maker", "russia", "more", "own", WEB)


class Presets(Rows):
    """Rows to choose from; `kind` is `preset`, `gone` or `custom`, which is always the last one."""

    loaded = Signal()

    def __init__(self, link: EngineLink, parent: QObject | None = None) -> None:
        super().__init__(_ROLES, "key", parent)
        self._asking = Asking(link, self)
        self._known: list[dict[str, Any]] = []
        self._gone: list[dict[str, Any]] = []
        self._wanted = ""

    def load(self) -> None:
        """Fetch what is known."""
        self._asking.look("_multicoder/providers/presets", {}, self._take)

    def preset(self, name: str) -> dict[str, Any]:
        """Return what is known of one; empty when nothing is."""
        return next((row for row in self._known if row["id"] == name), {})

    @slot(str)
    def search(self, words: str) -> None:
        """Show what has these words in its name or address; what is gone is only shown when it is searched for."""
        self._wanted = words.strip().casefold()
        self._show()

    def _take(self, result: dict[str, Any]) -> None:
        self._known, self._gone = list(result.get("presets", [])), list(result.get("gone", []))
        self._show()
        self.loaded.emit()

    def _show(self) -> None:
        places = {group: place for place, group in enumerate(_GROUPS)}
        found = [row for row in self._known if self._fits(row["id"], row["name"], row["baseUrl"])]
        found.sort(key=lambda row: places.get(row["group"], len(places)))
        rows: list[Row] = []
        group = ""
        for row in found:
            heading = "" if row["group"] == group else group_title(row["group"])
            group = row["group"]
            rows.append(_row("preset", row["id"], row["name"], self._about(row), heading, sign_in=row["signIn"]))
        if self._wanted:
            rows += [
                _row("gone", lost["id"], lost["name"], self._farewell(lost))
                for lost in self._gone
                if self._fits(lost["id"], lost["name"])
            ]
        custom, about = self.tr("Another address"), self.tr("Anything that speaks the OpenAI protocol")
        self.show([*rows, _row("custom", "", custom, about, self.tr("Custom"))])

    def _fits(self, *texts: str) -> bool:
        return any(self._wanted in text.casefold() for text in texts)

    def _about(self, row: dict[str, Any]) -> str:
        if row["group"] == WEB:
            return self.tr("Fragile: a web page used in a browser, which may change at any time")
        return QUrl(row["baseUrl"]).host() or self.tr("an address of your own")

    def _farewell(self, lost: dict[str, Any]) -> str:
        day = QDate.fromString(str(lost["since"]), Qt.DateFormat.ISODate)
        shown = QLocale().toString(day, QLocale.FormatType.ShortFormat)
        words = self.tr("Closed on %1.").replace("%1", shown) if day.isValid() else self.tr("There is no such service.")
        names = ", ".join(str(self.preset(name).get("name") or name) for name in lost["instead"])
        instead = self.tr("Instead: %1").replace("%1", names)
        return f"{words} {instead}" if names else words


def group_title(group: str) -> str:
    """Name a group: those of the catalogue in words, another one as the person wrote it."""
    translate = QCoreApplication.translate
    return {
        "router": translate("groups", "Routers"),
        "maker": translate("groups", "Makers of models"),
        "russia": translate("groups", "Russian providers"),
        "more": translate("groups", "More"),
        "own": translate("groups", "On your own computers"),
        WEB: translate("groups", "Web chats"),
        "": translate("groups", "Other"),
    }.get(group, group)


def choice_title(name: str) -> str:
    """Name a host or a kind of access of the catalogue; one it has got since is shown as it is."""
    translate = QCoreApplication.translate
    return {
        "world": translate("hosts", "Worldwide"),
        "china": translate("hosts", "China"),
        "hongkong": translate("hosts", "Hong Kong"),
        "singapore": translate("hosts", "Singapore"),
        "usa": translate("hosts", "USA"),
        "coding-plan": translate("hosts", "Coding plan"),
        "GIGACHAT_API_PERS": translate("hosts", "For persons (GIGACHAT_API_PERS)"),
        "GIGACHAT_API_B2B": translate("hosts", "For companies, prepaid (GIGACHAT_API_B2B)"),
        "GIGACHAT_API_CORP": translate("hosts", "For companies, by contract (GIGACHAT_API_CORP)"),
    }.get(name, name)


def _row(kind: str, name: str, title: str, about: str, heading: str = "", *, sign_in: str = "") -> Row:
    shown = {"key": f"{kind}:{name}", "kind": kind, "id": name, "title": title, "about": about}
    return {**shown, "heading": heading, "signIn": bool(sign_in)}


__all__ = ["WEB", "Presets", "choice_title", "group_title"]
