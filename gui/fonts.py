"""Which type faces the window uses: the system's own where they are good, a bundled open one elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import Property, QObject
from PySide6.QtGui import QFontDatabase

BUNDLED: Final = Path(__file__).parent / "assets" / "fonts"
_SANS: Final = {
    "win32": ("Segoe UI Variable Text", "Segoe UI"),
    "darwin": (".AppleSystemUIFont",),
    "linux": ("Inter", "Cantarell", "Ubuntu", "Noto Sans"),
}
_MONO: Final = (
    "Cascadia Mono",
    "Consolas",
    "SF Mono",
    "Menlo",
    "Liberation Mono",
    "DejaVu Sans Mono",
    "Noto Sans Mono",
)


class Fonts(QObject):
    """The families, found once after the application object exists."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bundled = [family for file in sorted(BUNDLED.glob("*.ttf")) for family in _loaded(file)]
        present = set(QFontDatabase.families())
        self._sans = _first(_SANS.get(sys.platform, _SANS["linux"]), present, self._bundled)
        self._mono = _first(_MONO, present, [QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()])

    @Property(str, constant=True)
    def sans(self) -> str:
        """The family of all words."""
        return self._sans

    @Property(str, constant=True)
    def mono(self) -> str:
        """The family of code and logs."""
        return self._mono


def _loaded(file: Path) -> list[str]:
    return QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))


def _first(wanted: tuple[str, ...], present: set[str], otherwise: list[str]) -> str:
    for family in wanted:
        if family in present:
            return family
    return otherwise[0] if otherwise else QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
