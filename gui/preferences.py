"""How the window looks and behaves on this computer; the engine's settings are not kept here."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Property, QObject, QTimer, Signal

from core.files import replace_patiently, write_atomic
from core.logs import LOGGER_NAME
from gui.slots import bordered, slot

if TYPE_CHECKING:
    from pathlib import Path

THEMES: Final = ("system", "light", "dark", "black")
ZOOMS: Final = tuple(range(80, 201, 10))
_SAVE_AFTER_MS: Final = 400
_LONGEST_TEXT: Final = 200_000
_DEFAULTS: Final[dict[str, Any]] = {
    "theme": "system",
    "zoom": 100,
    "highContrast": False,
    "reduceMotion": False,
    "sidebarOpen": True,
    "sendWithCtrl": False,
    "notify": True,
    "closeKeepsWorking": "",
    "drawerTab": "system",
    "geometry": {},
    "drafts": {},
    "wishes": {},
    "pinned": [],
    "archived": [],
    "watched": [],
    "openShelves": [],
    "folder": "",
    "welcomed": False,
    "trustedHosts": [],
    "clearedEvents": {},
}
_LOG: Final = logging.getLogger(f"{LOGGER_NAME}.window")


class Preferences(QObject):
    """One JSON file; changes are saved a moment after they were made, and at the end."""

    changed = Signal()

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file
        self.kept_as = ""
        """Name under which an unreadable file was kept; empty when it was read."""
        found = self._read()
        self._values = {key: found[key] if fits(key, found.get(key)) else value for key, value in _DEFAULTS.items()}
        self._foreign = {key: value for key, value in found.items() if key not in _DEFAULTS}
        """Of a newer version, which finds it again."""
        self._later = QTimer(self, singleShot=True, interval=_SAVE_AFTER_MS)
        self._later.timeout.connect(bordered(self.save))

    def value(self, key: str) -> Any:
        """Return one value; KeyError for a name nobody declared."""
        return self._values[key]

    @slot(str, "QVariant")
    def put(self, key: str, value: Any) -> None:
        """Set one value that fits its default's type; others are left alone."""
        plain = value.toVariant() if hasattr(value, "toVariant") else value
        if fits(key, plain) and self._values[key] != plain:
            self._values[key] = plain
            self.changed.emit()
            self._later.start()

    @slot(int)
    def zoom_by(self, steps: int) -> None:
        """Make everything larger or smaller by tenths; 0 goes back to 100 %."""
        wanted = 100 if steps == 0 else self._values["zoom"] + 10 * steps
        self.put("zoom", max(ZOOMS[0], min(ZOOMS[-1], wanted)))

    def save(self) -> None:
        """Write the file; a full or locked disk is logged, the values hold in memory."""
        self._later.stop()
        try:
            kept = {**self._values, **self._foreign}
            write_atomic(self._file, json.dumps(kept, ensure_ascii=False, indent=1).encode(errors="replace"))
        except OSError as error:
            _LOG.warning("the window's preferences were not saved: %s", error)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError) as error:
            _LOG.warning("the window's preferences cannot be read: %s", error)
            return self._put_aside()
        if not isinstance(found, dict):
            return self._put_aside()
        return found

    def _put_aside(self) -> dict[str, Any]:
        aside = self._file.with_name(f"{self._file.stem}.{time.strftime('%Y%m%d-%H%M%S')}.damaged")
        with contextlib.suppress(OSError):
            replace_patiently(self._file, aside)
            self.kept_as = aside.name
        return {}

    theme = Property(str, lambda self: self._values["theme"], notify=changed)
    zoom = Property(int, lambda self: self._values["zoom"], notify=changed)
    highContrast = Property(bool, lambda self: self._values["highContrast"], notify=changed)
    reduceMotion = Property(bool, lambda self: self._values["reduceMotion"], notify=changed)
    sidebarOpen = Property(bool, lambda self: self._values["sidebarOpen"], notify=changed)
    sendWithCtrl = Property(bool, lambda self: self._values["sendWithCtrl"], notify=changed)
    notify = Property(bool, lambda self: self._values["notify"], notify=changed)
    drawerTab = Property(str, lambda self: self._values["drawerTab"], notify=changed)
    closeKeepsWorking = Property(str, lambda self: self._values["closeKeepsWorking"], notify=changed)
    hasArchived = Property(bool, lambda self: bool(self._values["archived"]), notify=changed)
    welcomed = Property(bool, lambda self: self._values["welcomed"], notify=changed)


def fits(key: str, value: Any) -> bool:
    """Whether a value may stand under a key: right type, known choice, sane size."""
    default = _DEFAULTS.get(key)
    if default is None or type(value) is not type(default):
        return False
    if key == "theme":
        return value in THEMES
    if key == "zoom":
        return value in ZOOMS
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return False
    return len(str(value)) <= _LONGEST_TEXT
