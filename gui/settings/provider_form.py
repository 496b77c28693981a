"""The form of one provider: what it begins with, how what is typed is read, and what came of trying it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QDate, QLocale, QObject, Qt, QUrl, Signal

from gui.board.asking import Asking
from gui.board.moments import milliseconds
from gui.settings.presets import choice_title
from gui.slots import slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gui.link.engine_link import EngineLink
    from gui.settings.presets import Presets

_NOT_IN_A_NAME: Final = re.compile(r"[^a-z0-9_-]+")
_LONGEST_NAME: Final = 40
_BETWEEN: Final = re.compile(r"[\s,;]+")
_PLAIN: Final = ("name", "baseUrl", "account", "group", "proxy", "certificate")


class ProviderForm(QObject):
    """`facts` is what the fields begin with, `tried` what an endpoint answered to what stands in them."""

    changed = Signal()
    begun = Signal()
    saved = Signal(str, dict, dict)
    """Provider, what came of trying it (empty: it was not tried), the engine's answer with all of them."""

    def __init__(self, link: EngineLink, presets: Presets, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._presets = presets
        self._asking = Asking(link, self)
        self._facts: dict[str, Any] = {}
        self._found: dict[str, Any] = {}
        self._of: dict[str, Any] = {}
        """What was tried; a test says nothing of other values."""
        self._busy = ""
        self._turn = 0

    def begin(self, row: dict[str, Any], preset: str, taken: Sequence[str]) -> None:
        """Begin with a row of the engine, else with a preset, else with nothing."""
        known = self._presets.preset(str(row.get("preset") or preset))
        facts = _fresh(known) | {name: row[name] for name in (*_PLAIN, "id", "preset") if name in row}
        facts |= {
            "known": bool(row),
            "models": ", ".join(row.get("models", [])),
            "headers": "\n".join(f"{name}: {value}" for name, value in row.get("headers", {}).items()),
            "prices": "\n".join(f"{model} {_money(price)}" for model, price in row.get("prices", {}).items()),
            "hint": next((key["hint"] for key in row.get("keys", []) if key["label"] == ""), ""),
        }
        if not row:
            facts["id"] = _free(facts["preset"], taken) if facts["preset"] else ""
        self._facts, self._taken = facts, list(taken)
        self._turn += 1
        self._found, self._of, self._busy = {}, {}, ""
        self._asking.forget()
        self.changed.emit()
        self.begun.emit()

    @slot("QVariantMap")
    def test(self, values: dict[str, Any]) -> None:
        """Try what stands in the fields; nothing is kept."""
        params = self._params(values)
        if params is None:
            return
        self._turn += 1
        turn, self._busy = self._turn, "testing"
        self.changed.emit()

        def end(found: dict[str, Any]) -> None:
            if turn == self._turn:
                self._busy, self._found, self._of = "", found, params
                self.changed.emit()

        self._asking.act("_multicoder/providers/check", params, end, lambda _words: end({}))

    @slot("QVariantMap")
    def save(self, values: dict[str, Any]) -> None:
        """Keep what stands in the fields, also when it failed its test."""
        params = self._params(values)
        if params is None:
            return
        tried = self._found if params == self._of else {}

        def end(result: dict[str, Any]) -> None:
            self._busy = ""
            self.changed.emit()
            self.saved.emit(params["id"], tried, result)

        def fail(_words: dict[str, Any]) -> None:
            self._busy = ""
            self.changed.emit()

        self._busy = "saving"
        self.changed.emit()
        self._asking.act("_multicoder/providers/save", params, end, fail)

    @slot(str, str, result=str)
    def withModel(self, listed: str, model: str) -> str:
        """Add a model at the end of a list, or take it out again."""
        names = [name for name in _BETWEEN.split(listed) if name]
        names = [name for name in names if name != model] if model in names else [*names, model]
        return ", ".join(names)

    # ------------------------------------------------------------------------------------------ reading the fields

    def _params(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """What the engine is asked; None, and words, when a field cannot be read."""
        given = {name: str(values.get(name) or "").strip() for name in (*_PLAIN, "models", "headers", "prices", "key")}
        address = given["baseUrl"].rstrip("/")
        if not address:
            self._asking.fail(self.tr("A provider needs an address."))
            return None
        name = self._facts["id"] or _free(_short(address), self._taken)
        headers, prices = _headers(given["headers"]), _prices(given["prices"])
        if headers is None:
            self._asking.fail(self.tr("Each header is a line of its own: a name, a colon, a value."))
            return None
        if prices is None:
            self._asking.fail(
                self.tr("Each price is a line of its own: a model or *, dollars per million tokens in, and out.")
            )
            return None
        params: dict[str, Any] = {item: given[item] for item in ("account", "group", "proxy", "certificate")}
        params |= {"id": name, "baseUrl": address, "name": given["name"] or name, "headers": headers}
        params |= {"models": [item for item in _BETWEEN.split(given["models"]) if item], "prices": prices}
        params |= {"preset": self._facts["preset"]} if self._facts["preset"] else {}
        return params | ({"key": given["key"]} if given["key"] else {})

    # ------------------------------------------------------------------------------------------ what came of it

    def _tried(self) -> dict[str, Any]:
        result = worst(self._found)
        if not result:
            return {}
        shown = {"fine": result["state"] == "valid", "words": result["words"], "models": result["models"]}
        shown |= {"baseUrl": result.get("baseUrl", ""), "took": milliseconds(self._found.get("milliseconds", 0))}
        left = result.get("remainingUsd")
        shown["money"] = "" if left is None else self.tr("%1 $ left").replace("%1", QLocale().toString(left, "f", 2))
        shown["retiring"] = [
            self.tr("%1 ends on %2").replace("%1", model).replace("%2", _day(day))
            for model, day in dict(result.get("retiring", {})).items()
        ]
        return shown

    asking = Property(QObject, lambda self: self._asking, constant=True)
    facts = Property(dict, lambda self: self._facts, notify=begun)
    tried = Property(dict, lambda self: self._tried(), notify=changed)
    busy = Property(str, lambda self: self._busy, notify=changed)
    """Empty, `testing` or `saving`."""


def worst(found: dict[str, Any]) -> dict[str, Any]:
    """Return what the key said that does worst; empty when none was tried."""
    keys = found.get("keys") or []
    return next((key for key in keys if key["state"] != "valid"), keys[0] if keys else {})


def _fresh(known: dict[str, Any]) -> dict[str, Any]:
    hosts = dict(known.get("hosts", {}))
    return {
        "id": "",
        "preset": str(known.get("id", "")),
        "name": str(known.get("name", "")),
        "baseUrl": str(known.get("baseUrl", "")),
        "group": str(known.get("group", "")),
        "web": known.get("group") == "web",
        "hosts": [{"value": url, "text": choice_title(name)} for name, url in hosts.items()],
        "keysAt": str(known.get("keysAt", "")),
        "needsAccount": bool(known.get("needsAccount")),
        "accounts": [{"value": name, "text": choice_title(name)} for name in known.get("accounts", [])],
        "signIn": str(known.get("signIn", "")),
        "account": next(iter(known.get("accounts", [])), ""),
        "proxy": "",
        "certificate": "",
    }


def _free(name: str, taken: Sequence[str]) -> str:
    """A short name that no other provider has."""
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found


def _short(url: str) -> str:
    """A short name for an endpoint: the part of its host that tells it from others."""
    host = QUrl(url).host().lower()
    parts = [part for part in host.split(".") if part not in {"api", "www", "com", "ai", "org", "llm", "net"}]
    return _NOT_IN_A_NAME.sub("-", parts[0] if parts else "")[:_LONGEST_NAME].strip("-") or "provider"


def _headers(text: str) -> dict[str, str] | None:
    pairs = [line.partition(":") for line in text.splitlines() if line.strip()]
    if not all(colon and name.strip() for name, colon, _ in pairs):
        return None
    return {name.strip(): value.strip() for name, _, value in pairs}


def _prices(text: str) -> dict[str, list[float]] | None:
    found: dict[str, list[float]] = {}
    for line in text.splitlines():
        words = line.replace("$", " ").split()
        if not words:
            continue
        try:
            model, *amounts = words
            into, out = (float(amount.replace(",", ".")) for amount in amounts)
        except ValueError:
            return None
        found[model] = [into, out]
    return found


def _money(price: Sequence[float]) -> str:
    return " ".join(f"{amount:g}" for amount in price)


def _day(day: str) -> str:
    date = QDate.fromString(day, Qt.DateFormat.ISODate)
    return QLocale().toString(date, QLocale.FormatType.ShortFormat) if date.isValid() else day
