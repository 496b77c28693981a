"""Write `gui/assets/multicoder.ico` from the drawing beside it: `python packaging/program_icon.py`.

Small pictures are stored as plain bitmaps, which everything on Windows can read; large ones as PNG, which is smaller.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ASSETS: Final = Path(__file__).parent.parent / "gui" / "assets"
SIZES: Final = (16, 20, 24, 32, 40, 48, 64, 128, 256)
_LARGEST_BITMAP: Final = 48
_DIRECTORY: Final = struct.Struct("<HHH")
_ENTRY: Final = struct.Struct("<BBBBHHII")
_BITMAP: Final = struct.Struct("<IiiHHIIiiII")


def draw(size: int) -> QImage:
    """Return the program's sign, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(ASSETS / "multicoder.svg")).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def make() -> bytes:
    """Return the file with all sizes."""
    pictures = [_bitmap(draw(size)) if size <= _LARGEST_BITMAP else _png(draw(size)) for size in SIZES]
    place = _DIRECTORY.size + _ENTRY.size * len(SIZES)
    head = _DIRECTORY.pack(0, 1, len(SIZES))
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # 256 is written as 0
        head += _ENTRY.pack(side, side, 0, 0, 1, 32, len(picture), place)
        place += len(picture)
    return head + b"".join(pictures)


def _bitmap(image: QImage) -> bytes:
    """Rows from below, blue first, and an empty mask: what is transparent says the fourth byte."""
    size = image.width()
    rows = bytes(image.constBits())
    line = 4 * size
    upside_down = b"".join(rows[at : at + line] for at in range(len(rows) - line, -1, -line))
    mask = bytes((size + 31) // 32 * 4 * size)
    header = _BITMAP.pack(_BITMAP.size, size, 2 * size, 1, 32, 0, len(upside_down) + len(mask), 0, 0, 0, 0)
    return header + upside_down + mask


def _png(image: QImage) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(content.data())


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    (ASSETS / "multicoder.ico").write_bytes(make())
