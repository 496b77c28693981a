"""The providers of models: endpoints with their keys, which go to the engine once and are never shown again."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QUrl, Signal

from gui.board.asking import Asking
from gui.board.moments import milliseconds
from gui.board.rows import Row, Rows
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
    "state",
    "evidence",
    "action",
    "latency",
    "success",
)
_API: Final = "openai"
_SYSTEM: Final = "provider:"
_NOT_IN_A_NAME: Final = re.compile(r"[^a-z0-9_-]+")
_LONGEST_NAME: Final = 40
_NEEDED_SECONDS: Final = 45.0


class Providers(Rows):
    """`App.providers`, in the order in which they are tried."""

    saved = Signal(str)
    """A provider was added or changed."""

    def __init__(self, link: EngineLink, board: Board, parent: QObject | None = None) -> None:
        super().__init__(_ROLES, "id", parent)
        self._board = board
        self._asking = Asking(link, self)
        self._addresses: dict[str, str] = {}
        """Base URLs seen since the window was opened: the engine does not name that of a provider that is off."""
        self._testing: dict[str, float] = {}
        link.ready.connect(bordered(self.load))
        for signal in (board.rows.dataChanged, board.rows.countChanged):
            signal.connect(bordered(self._lamps))

    @slot()
    def load(self) -> None:
        """Fetch the providers."""
        self._asking.look("providers/list", {}, self._take)

    @slot(str, result=str)
    def nameFor(self, url: str) -> str:
        """Suggest a short name for an endpoint: the part of its host that tells it from others."""
        parts = [part for part in QUrl(url).host().lower().split(".") if part not in {"api", "www", "com", "ai", "org"}]
        return _NOT_IN_A_NAME.sub("-", parts[0] if parts else "")[:_LONGEST_NAME].strip("-")

    @slot(str, str, str, str)
    def add(self, name: str, url: str, key: str, models: str) -> None:
        """Add an endpoint or change the one of that name; an empty key leaves the one that is kept."""
        short, address = name.strip().lower(), url.strip().rstrip("/")
        if not short or not address:
            self._asking.fail(self.tr("A provider needs a name and an address."))
            return
        params: dict[str, Any] = {"providerId": short, "apiType": _API, "baseUrl": address, "headers": {}}
        if key.strip():
            params["headers"] = {"Authorization": f"Bearer {key.strip()}"}
        named = [item for item in re.split(r"[\s,;]+", models) if item]
        params["_meta"] = {"multicoder": {"models": named}}

        def done(_result: dict[str, Any]) -> None:
            self._addresses[short] = address
            self.load()
            self.saved.emit(short)
            self.test(short)

        self._asking.act("providers/set", params, done)

    @slot(str)
    def disable(self, provider: str) -> None:
        """Keep a provider without using it."""
        self._asking.act("providers/disable", {"providerId": provider}, lambda _result: self.load())

    @slot(str)
    def enable(self, provider: str) -> None:
        """Use a provider again; its address must be known, else the form asks for it."""
        row, address = self.find(provider), self._addresses.get(provider, "")
        if row is not None and address:
            self.add(provider, address, "", ", ".join(row["models"]))

    @slot(str, result=bool)
    def knows(self, provider: str) -> bool:
        """Whether the address of a provider that is off is known."""
        return provider in self._addresses

    @slot(str)
    def test(self, provider: str) -> None:
        """Try the endpoint with its key, now; what was seen stands in the provider's row."""
        self._testing[provider] = time.monotonic()
        self._show_testing(provider)
        self._board.look_at(f"{_SYSTEM}{provider}", lambda: self._tested(provider))

    def _tested(self, provider: str) -> None:
        self._testing.pop(provider, None)
        self._lamps()

    def _show_testing(self, provider: str) -> None:
        self.change(provider, state="testing", evidence=self.tr("Trying ..."), action="")

    def _take(self, result: dict[str, Any]) -> None:
        self.show(self._row(item) for item in result.get("providers", []))

    def _row(self, item: dict[str, Any]) -> Row:
        own = (item.get("_meta") or {}).get("multicoder") or {}
        name = str(item["providerId"])
        current = item.get("current") or {}
        if current.get("baseUrl"):
            self._addresses[name] = str(current["baseUrl"])
        address = self._addresses.get(name, "")
        enabled = bool(own.get("enabled", True))
        facts = {"id": name, "name": own.get("name") or name, "enabled": enabled, "baseUrl": address}
        facts |= {"host": QUrl(address).host(), "models": list(own.get("models") or [])}
        return {**facts, **self._lamp(name, enabled=enabled)}

    def _lamps(self, *_: Any) -> None:
        self.each(lambda row: {**row, **self._lamp(row["id"], enabled=row["enabled"])})

    def _lamp(self, provider: str, *, enabled: bool) -> Row:
        if not enabled:
            return {"state": "off", "evidence": "", "action": "", "latency": "", "success": ""}
        system = self._board.rows.find(f"{_SYSTEM}{provider}") or {}
        history = system.get("history") or []
        delays = sorted(delay for state, delay in history if state in {"ok", "degraded"})
        shown = {
            "state": system.get("state", "unknown"),
            "evidence": system.get("evidence", ""),
            "action": system.get("action", ""),
            "latency": milliseconds(delays[len(delays) // 2]) if delays else "",
            "success": f"{round(100 * len(delays) / len(history))} %" if history else "",
        }
        if time.monotonic() - self._testing.get(provider, -_NEEDED_SECONDS) < _NEEDED_SECONDS:
            shown |= {"state": "testing", "evidence": self.tr("Trying ..."), "action": ""}
        return shown

    asking = Property(QObject, lambda self: self._asking, constant=True)
