"""Small pictures of what was attached: drawn once, kept under the digest of the file, so that they outlive it.

Only pixels get in here. A thread shows these and nothing else, whatever a message calls itself or names.
"""

from __future__ import annotations

import contextlib
import logging
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRect, QUrl
from PySide6.QtGui import QImage, QImageReader

from core.files import write_atomic
from gui.slots import slot

if TYPE_CHECKING:
    from pathlib import Path

SIDE: Final = 360
"""Pixels: a square of 120 on a screen of three to one."""
MOST_KEPT: Final = 1_000
_MOST_PIXELS: Final = 64_000_000
_FORMATS: Final = {b"png", b"jpeg", b"jpg", b"gif", b"bmp", b"webp"}
"""What holds pixels; a drawing (svg) may name files of this computer."""
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LOG: Final = logging.getLogger(__name__)


class Thumbs(QObject):
    """The folder of small pictures; `make` is called in threads beside the window."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder

    def make(self, picture: Path, sha256: str) -> str:
        """Keep a small picture of a file and return its address; empty for what is no picture, or could not be kept."""
        kept = self.address(sha256)
        drawn = b"" if kept else png_of(_small(picture))
        if not drawn:
            return kept
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomic(self._file(sha256), drawn)
        except OSError as error:
            _LOG.warning("a small picture was not kept: %s", error)
        return self.address(sha256)

    @slot(str, result=str)
    def address(self, sha256: str) -> str:
        """Return the address of the small picture of a file, empty when there is none."""
        if not _DIGEST.fullmatch(sha256) or not self._file(sha256).is_file():
            return ""
        return QUrl.fromLocalFile(str(self._file(sha256))).toString()

    def sweep(self) -> None:
        """Take away the oldest when there are too many."""
        with contextlib.suppress(OSError):
            kept = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime, reverse=True)
            for file in kept[MOST_KEPT:]:
                file.unlink()

    def _file(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.png"


def png_of(image: QImage) -> bytes:
    """A picture as PNG; empty for no picture."""
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub lacks devices
        return b""
    return bytes(kept.data())


def _small(path: Path) -> QImage:
    """The middle of a picture as a square; no picture for drawings, damaged ones and ones of too many pixels."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    if not reader.canRead() or bytes(reader.format().data()) not in _FORMATS:
        return QImage()
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > _MOST_PIXELS:
        return QImage()
    reader.setAutoTransform(True)
    # A photograph is never unpacked whole. Nothing is made larger: a line of a million pixels would fill the memory.
    short = min(size.width(), size.height())
    if short > SIDE:
        reader.setScaledSize(size * (SIDE / short))
    image = reader.read()
    side = min(image.width(), image.height())
    return image.copy(QRect((image.width() - side) // 2, (image.height() - side) // 2, side, side))
