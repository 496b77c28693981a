"""The settings the engine keeps, as rows a page can draw: kind, range and words come from the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, Signal

from gui.board.asking import Asking
from gui.board.rows import Row, Rows
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from gui.link.engine_link import EngineLink

LANGUAGE: Final = "language"
_ROLES: Final = ("key", "kind", "value", "preset", "title", "help", "choices", "minimum", "maximum", "group")
_GROUPS: Final = {
    "language": "general",
    "budget_usd": "limits",
    "budget_tokens": "limits",
    "budget_calls": "limits",
    "budget_minutes": "limits",
    "loop_limit": "limits",
    "team": "models",
    "concurrency": "models",
    "embedding": "memory",
    "task_slots": "work",
    "paranoid": "safety",
    "telemetry_endpoint": "privacy",
    "web_search": "privacy",
    "report_every": "reports",
    "report_on_critical": "reports",
    "journal_mb": "keeping",
    "backup_hours": "keeping",
    "backups_kept": "keeping",
}
_OTHER: Final = "work"
_NUMBERS: Final = frozenset({"int", "float"})


class EngineSettings(Rows):
    """`App.engineSettings`."""

    changed = Signal()

    def __init__(self, link: EngineLink, locale: str, parent: QObject | None = None) -> None:
        super().__init__(_ROLES, "key", parent)
        self._asking = Asking(link, self)
        self._locale = locale
        link.ready.connect(bordered(self.load))

    @slot()
    def load(self) -> None:
        """Fetch all settings."""
        self._asking.look("_multicoder/settings/list", {}, self._take)

    @slot(str, "QVariant")
    def change_to(self, key: str, value: Any) -> None:
        """Change one setting; what does not fit is refused by the engine in words, and the old value is shown again."""
        row, plain = self.find(key), value.toVariant() if hasattr(value, "toVariant") else value
        if row is None or _same(row, plain):
            return
        if row["kind"] in _NUMBERS and isinstance(plain, str):
            plain = plain.strip().replace(",", ".")
        self._asking.act("_multicoder/settings/set", {"key": key, "value": plain}, self._take)

    @slot(str, result="QVariant")
    def value(self, key: str) -> Any:
        """Return the value of a setting, nothing while the engine has not told it."""
        row = self.find(key)
        return None if row is None else row["value"]

    @slot(str, result="QVariantList")
    def group(self, name: str) -> list[Row]:
        """Return the settings of a group, in the engine's order."""
        return [dict(row) for row in self.all() if row["group"] == name]

    def _take(self, result: dict[str, Any]) -> None:
        self.show(_row(item) for item in result.get("settings", []))
        self.changed.emit()

    asking = Property(QObject, lambda self: self._asking, constant=True)
    loaded = Property(bool, lambda self: bool(self.all()), notify=changed)


def _row(item: dict[str, Any]) -> Row:
    return {
        "key": item["key"],
        "kind": item["kind"],
        "value": item["value"],
        "preset": item["default"],
        "title": item["title"],
        "help": item["help"],
        "choices": item.get("choices") or [],
        "minimum": item.get("minimum", 0),
        "maximum": item.get("maximum", 0),
        "group": _GROUPS.get(item["key"], _OTHER),
    }


def _same(row: Row, value: Any) -> bool:
    """Whether what was entered is what is kept: a field holds text, `5` is `5.0`."""
    if row["kind"] in _NUMBERS and isinstance(value, str):
        return f"{row['value']:g}" == value.strip() or str(row["value"]) == value.strip()
    return bool(row["value"] == value)
