"""What the clipboard or a drop holds, told apart: files, text, a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QMimeData


@dataclass(frozen=True, slots=True)
class Piece:
    """What was pasted or dropped; at most one of the three is filled."""

    files: list[Path] = field(default_factory=list)
    text: str = ""
    image: QImage | None = None


def files_of(addresses: Iterable[Any]) -> list[Path]:
    """Return the files of this computer among addresses (QUrl or text); others are left out."""
    urls = [address if isinstance(address, QUrl) else QUrl(str(address)) for address in addresses]
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile() and url.toLocalFile()]


def piece_of(mime: QMimeData) -> Piece:
    """Return what is meant: files before text, text before a picture of it, which office programs add."""
    files = files_of(mime.urls()) if mime.hasUrls() else []
    if files:
        return Piece(files=files)
    text = mime.text() if mime.hasText() else ""
    if text.strip():
        return Piece(text=clean(text))
    image = mime.imageData() if mime.hasImage() else None
    return Piece(image=image) if isinstance(image, QImage) and not image.isNull() else Piece()


def clean(text: str) -> str:
    """Return text with one kind of line end and without what no message may hold."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n").replace("\0", "")
