"""Pictures made on demand: icons in any colour and size, and the soft shadow of raised surfaces."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

ICONS: Final = Path(__file__).parent / "assets" / "icons"
_CURRENT_COLOUR: Final = b"currentColor"
_MOST_RINGS: Final = 64
"""More than the shades a faint shadow has, and a wide one is still drawn within a few milliseconds."""


class IconProvider(QQuickImageProvider):
    """`image://icons/NAME/AARRGGBB`: a file of `assets/icons`, its current colour replaced."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._sources: dict[str, bytes] = {}

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002 - Qt's names
        """Draw one icon; an unknown one is drawn empty, a test sees to it that there is none."""
        name, _, colour = id.partition("/")
        wanted = requestedSize if requestedSize.isValid() and not requestedSize.isEmpty() else QSize(24, 24)
        image = QImage(wanted, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        ink = QColor(f"#{colour}")
        source = self._source(name).replace(_CURRENT_COLOUR, ink.name().encode())
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(ink.alphaF())
        QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, wanted.width(), wanted.height()))
        painter.end()
        size.setWidth(wanted.width())
        size.setHeight(wanted.height())
        return image

    def _source(self, name: str) -> bytes:
        if name not in self._sources:
            file = ICONS / f"{name}.svg"
            self._sources[name] = file.read_bytes() if name.replace("-", "").isalnum() and file.is_file() else b"<svg/>"
        return self._sources[name]


class ShadowProvider(QQuickImageProvider):
    """`image://shadows/RADIUS/BLUR/STRENGTH`: a nine-part picture of the shadow of a rounded rectangle."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: A002, ARG002 - Qt's names
        """Draw one shadow: the blur of a style sheet, as far outside of the edge as inside."""
        radius, blur, strength = (float(part) for part in id.split("/"))
        edge = radius + 2 * blur
        side = int(2 * edge + 2)
        image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        # Each ring replaces what is under it: laid over each other, the steps of a faint shadow would round to nothing.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        steps = max(1, min(_MOST_RINGS, int(2 * blur)))
        for step in range(steps):
            inset = 2 * blur * step / steps
            deviations = 4 * (step + 0.5) / steps - 2
            painter.setBrush(QColor.fromRgbF(0, 0, 0, strength * 0.5 * (1 + math.erf(deviations / math.sqrt(2)))))
            corner = radius + (2 * blur - inset) / 2
            painter.drawRoundedRect(QRectF(inset, inset, side - 2 * inset, side - 2 * inset), corner, corner)
        painter.end()
        size.setWidth(side)
        size.setHeight(side)
        return image
