"""The providers of models, in the order in which they are tried, with their keys, which are never shown again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QCoreApplication, QObject, QUrl, Signal

from gui.board.asking import Asking
from gui.board.moments import milliseconds
from gui.board.rows import Row, Rows
from gui.desktop.desktop import local_path
from gui.settings.key_vault import KeyVault
from gui.settings.presets import WEB, Presets, group_title
from gui.settings.provider_form import ProviderForm, worst
from gui.settings.sign_in import SignIn
from gui.settings.transfer import Transfer
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.board.systems import Board
    from gui.link.engine_link import EngineLink

_ROLES: Final = (
    "id",
    "name",
    "enabled",
    "baseUrl",
    "host",
    "models",
    "group",
    "heading",
    "web",
    "state",
    "evidence",
    "action",
    "latency",
    "success",
    "keys",
    "keyWords",
    "facts",
)
_SYSTEM: Final = "provider:"
_STANDS_SECONDS: Final = 300.0
"""So long a test by the person is newer than what the board knows: it looks once in this time."""
_LIMITED: Final = "rate_limited"


class Providers(Rows):
    """`App.providers`; `facts` of a row is all the engine says of it."""

    changed = Signal()

    def __init__(self, link: EngineLink, board: Board, parent: QObject | None = None) -> None:
        super().__init__(_ROLES, "id", parent)
        self._board = board
        self._asking = Asking(link, self)
        self._testing: set[str] = set()
        self._tried: dict[str, tuple[float, dict[str, Any]]] = {}
        """When the person tried a provider last, and what came of it."""
        self._presets = Presets(link, self)
        self._vault = KeyVault(link, board, self)
        self._vault.changed.connect(bordered(self._vault_changed))
        self._sign_in = SignIn(link, self)
        self._sign_in.signedIn.connect(bordered(self._signed_in))
        self._form = ProviderForm(link, self._presets, self)
        self._form.saved.connect(bordered(self._saved))
        self._transfer = Transfer(link, self)
        self._transfer.imported.connect(bordered(self.accept))
        self._vault_state = ""
        link.ready.connect(bordered(self.load))
        for signal in (board.rows.dataChanged, board.rows.countChanged):
            signal.connect(bordered(self._lamps))

    @slot()
    def load(self) -> None:
        """Fetch the providers, what is known of others, and how the vault stands."""
        self._asking.look("_multicoder/providers/rows", {}, self.accept)
        self._presets.load()
        self._vault.load()

    def accept(self, result: dict[str, Any]) -> None:
        """Show the rows of an answer."""
        rows = [self._row(item) for item in result.get("providers", [])]
        for before, row in zip([None, *rows], rows, strict=False):
            row["heading"] = "" if before and before["group"] == row["group"] else group_title(row["group"])
        self.show(rows)
        self.changed.emit()

    # ------------------------------------------------------------------------------------------ rows

    @slot(str, str)
    def edit(self, provider: str, preset: str = "") -> None:
        """Open the form for a row, or for a new one as a preset has it."""
        row = self.find(provider)
        self._form.begin(row["facts"] if row else {}, preset, [other["id"] for other in self.all()])

    @slot(str, bool)
    def enable(self, provider: str, enabled: bool) -> None:
        """Use a provider, or keep it without using it."""
        self._act("enable", {"id": provider, "enabled": enabled})

    @slot(str)
    def remove(self, provider: str) -> None:
        """Forget a provider and its keys."""
        self._act("remove", {"id": provider})

    @slot(int, int)
    def move(self, place: int, to: int) -> None:
        """Put a row where another one stands; they are tried in that order."""
        names = [row["id"] for row in self.all()]
        if not 0 <= place < len(names) or not 0 <= to < len(names) or place == to:
            return
        names.insert(to, names.pop(place))
        self._act("order", {"ids": names})

    @slot(str)
    def test(self, provider: str) -> None:
        """Try every key of a provider, now; what came of it stands in its row."""
        self._try(provider, "check")

    @slot(str)
    def signInAtPage(self, provider: str) -> None:
        """Open the page of a web chat in a window of its own; when it is closed, what came of it stands in the row."""
        self._try(provider, "sign_in/page")

    def _try(self, provider: str, how: str) -> None:
        def end(found: dict[str, Any]) -> None:
            self._testing.discard(provider)
            self._tried[provider] = (time.monotonic(), found)
            self._lamps()

        self._testing.add(provider)
        self._lamps()
        self._asking.act(
            f"_multicoder/providers/{how}",
            {"id": provider},
            end,
            lambda words: end({"problem": f"{words.get('what', '')} {words.get('next', '')}".strip()}),
        )

    @slot(str, result="QVariantMap")
    def keysOf(self, provider: str) -> dict[str, Any]:
        """Return `id`, `name` and `keys` of a row; empty when it is not there any more."""
        row = self.find(provider)
        return {name: row[name] for name in ("id", "name", "keys")} if row else {}

    @slot(result=list)
    def models(self) -> list[str]:
        """Name what is known to be on offer: providers, for whatever they have, and `provider:model`."""
        found: list[str] = []
        for row in self.all():
            tried = worst(self._tried.get(row["id"], (0.0, {}))[1])
            named = dict.fromkeys((*row["models"], *tried.get("models", [])))
            found += [row["id"], *(f"{row['id']}:{model}" for model in named)]
        return found

    @slot()
    def testAll(self) -> None:
        """Try every provider that is used; each tells its models on the way."""
        for row in self.all():
            if row["enabled"]:
                self.test(row["id"])

    @slot(str, result=str)
    def groupTitle(self, group: str) -> str:
        """Name a group in words."""
        return group_title(group) if group else ""

    @slot(str, result=str)
    def hostOf(self, address: str) -> str:
        """Return the part of an address that tells whose it is."""
        return QUrl(address).host()

    @slot(str, result=str)
    def fileOf(self, address: str) -> str:
        """Return the path of a file that was chosen."""
        return str(local_path(address))

    # ------------------------------------------------------------------------------------------ keys

    @slot(str, str, str, int, int)
    def setKey(self, provider: str, label: str, key: str, per_minute: int, parallel: int) -> None:
        """Add a key, or change the one of that label; an empty one keeps what is stored."""
        known = self._key_of(provider, label)
        enabled = bool(known.get("enabled", True))
        self._set_key(provider, label, enabled=enabled, key=key.strip(), perMinute=per_minute, parallel=parallel)

    @slot(str, str, bool)
    def enableKey(self, provider: str, label: str, enabled: bool) -> None:
        """Use a key, or keep it without using it."""
        known = self._key_of(provider, label)
        if known:
            self._set_key(provider, label, enabled=enabled, perMinute=known["perMinute"], parallel=known["parallel"])

    @slot(str, str)
    def removeKey(self, provider: str, label: str) -> None:
        """Forget one key of a provider."""
        self._act("key/remove", {"id": provider, "label": label})

    def _set_key(self, provider: str, label: str, **facts: Any) -> None:
        facts = {name: value for name, value in facts.items() if value != "" or name != "key"}
        self._act("key", {"id": provider, "label": label.strip(), **facts})

    def _key_of(self, provider: str, label: str) -> dict[str, Any]:
        row = self.find(provider)
        keys = row["facts"]["keys"] if row else []
        return next((key for key in keys if key["label"] == label), {})

    def _act(self, what: str, params: dict[str, Any]) -> None:
        self._asking.act(f"_multicoder/providers/{what}", params, self.accept, lambda _words: self.load())

    # ------------------------------------------------------------------------------------------ what is shown

    def _row(self, item: dict[str, Any]) -> Row:
        web = item.get("group") == WEB or str(item.get("preset", "")).startswith(f"{WEB}-")
        facts = {"id": item["id"], "name": item["name"], "enabled": bool(item["enabled"]), "baseUrl": item["baseUrl"]}
        facts |= {"host": QUrl(item["baseUrl"]).host(), "models": list(item["models"]), "web": web, "facts": item}
        facts |= {"group": str(item.get("group", "")), "heading": ""}
        keys = [_shown_key(key, local=bool(item.get("local"))) for key in item.get("keys", [])]
        facts |= {"keys": keys, "keyWords": self._key_words(keys, web=web)}
        return {**facts, **self._lamp(facts)}

    def _key_words(self, keys: list[Row], *, web: bool) -> str:
        """Say how many keys there are and how many of them cannot be used now."""
        if web:
            return self.tr("signed in with a browser")
        counted: dict[str, int] = {}
        for key in keys:
            counted[key["state"]] = counted.get(key["state"], 0) + 1
        there = sum(number for state, number in counted.items() if state not in {"missing", "keyless"})
        if not there:
            return self.tr("no key needed") if counted.get("keyless") else self.tr("no key")
        parts = [
            (counted.get("limited", 0), self.tr("%n limited", "", counted.get("limited", 0))),
            (counted.get("refused", 0), self.tr("%n refused", "", counted.get("refused", 0))),
            (counted.get("locked", 0), self.tr("%n not to be reached", "", counted.get("locked", 0))),
            (counted.get("off", 0), self.tr("%n off", "", counted.get("off", 0))),
        ]
        details = ", ".join(words for number, words in parts if number)
        total = self.tr("%n key(s)", "", there)
        return f"{total} ({details})" if details else total

    def _lamps(self, *_: Any) -> None:
        self.each(lambda row: {**row, **self._lamp(row)})

    def _lamp(self, row: Row) -> Row:
        name = row["id"]
        if not row["enabled"]:
            return {"state": "off", "evidence": "", "action": "", "latency": "", "success": ""}
        system = self._board.rows.find(f"{_SYSTEM}{name}") or {}
        history = system.get("history") or []
        delays = sorted(delay for state, delay in history if state in {"ok", "degraded"})
        shown = {
            "state": system.get("state", "unknown"),
            "evidence": system.get("evidence", ""),
            "action": system.get("action", ""),
            "latency": milliseconds(delays[len(delays) // 2]) if delays else "",
            "success": f"{round(100 * len(delays) / len(history))} %" if history else "",
        }
        if name in self._testing:
            return shown | {"state": "testing", "evidence": self.tr("Trying ..."), "action": ""}
        at, found = self._tried.get(name, (0.0, {}))
        if found and time.monotonic() - at < _STANDS_SECONDS:
            shown |= _tried(found, str(shown["state"]))
        return shown

    # ------------------------------------------------------------------------------------------ its parts

    def _saved(self, provider: str, tried: dict[str, Any], result: dict[str, Any]) -> None:
        """A provider that failed its test stays marked, because it is the same one that was saved."""
        self._tried.pop(provider, None)
        if tried:
            self._tried[provider] = (time.monotonic(), tried)
        self.accept(result)

    def _signed_in(self, provider: str, result: dict[str, Any]) -> None:
        self._tried.pop(provider, None)
        self.accept(result)
        self.test(provider)

    def _vault_changed(self) -> None:
        """Other keys can be reached than before."""
        before, self._vault_state = self._vault_state, self._vault.state
        if before not in {"", self._vault_state}:
            self._asking.look("_multicoder/providers/rows", {}, self.accept)

    asking = Property(QObject, lambda self: self._asking, constant=True)
    presets = Property(QObject, lambda self: self._presets, constant=True)
    form = Property(QObject, lambda self: self._form, constant=True)
    vault = Property(QObject, lambda self: self._vault, constant=True)
    signIn = Property(QObject, lambda self: self._sign_in, constant=True)
    transfer = Property(QObject, lambda self: self._transfer, constant=True)


def _shown_key(key: dict[str, Any], *, local: bool) -> Row:
    """A key as its row shows it: `state` is ok, off, limited, refused, locked, missing or keyless."""
    state, fault = "ok", str(key.get("fault") or "")
    if not key["enabled"]:
        state = "off"
    elif key.get("problem"):
        state = "keyless" if local else "locked"
    elif not key.get("hint"):
        state = "keyless" if local else "missing"
    elif fault:
        state = "limited" if fault == _LIMITED else "refused"
    return {**key, "state": state, "fault": fault, "seconds": round(float(key.get("seconds") or 0))}


def _tried(found: dict[str, Any], known: str) -> Row:
    """What a test by the person adds to what the board knows: a failing one is never shown as well."""
    if found.get("problem"):
        return {"state": "down" if known == "down" else "degraded", "evidence": found["problem"], "action": ""}
    result = worst(found)
    if result.get("state") == "valid":
        words = QCoreApplication.translate("Providers", "%1 Tried in %2.").replace("%1", str(result["words"]))
        return {"state": "ok", "evidence": words.replace("%2", milliseconds(found["milliseconds"])), "action": ""}
    return {"state": "down" if known == "down" else "degraded", "evidence": str(result.get("words", "")), "action": ""}
