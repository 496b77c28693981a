"""Whether a screenshot shows anything: a PNG of one single colour means a window nobody painted."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_MAX_PIXELS: Final = 64_000_000


def is_blank(png: bytes) -> bool:
    """Tell whether all pixels are equal; ValueError when it is no picture that can be read."""
    width, height, channels, packed = _parse(png)
    first: bytes | None = None
    for row in _rows(packed, width * channels, height, channels):
        first = row[:channels] if first is None else first
        if row != first * width:
            return False
    return True


def _parse(png: bytes) -> tuple[int, int, int, bytes]:
    if not png.startswith(_SIGNATURE):
        raise ValueError("not a PNG")
    header, data = b"", bytearray()
    for kind, body in _chunks(png):
        if kind == b"IHDR":
            header = body
        elif kind == b"IDAT":
            data += body
    try:
        width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", header)
    except struct.error as error:
        raise ValueError("no header") from error
    if depth != 8 or colour not in _CHANNELS or interlace or not 0 < width * height <= _MAX_PIXELS:  # noqa: PLR2004 - bits
        raise ValueError("a kind of PNG that no screenshot has")
    channels = _CHANNELS[colour]
    size = (width * channels + 1) * height
    try:
        raw = zlib.decompressobj().decompress(bytes(data), size)
    except zlib.error as error:
        raise ValueError("damaged") from error
    if len(raw) != size:
        raise ValueError("cut short")
    return width, height, channels, raw


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_SIGNATURE)
    while at + 8 <= len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _rows(raw: bytes, stride: int, height: int, step: int) -> Iterator[bytes]:
    """Undo PNG's row filters."""
    above = bytes(stride)
    for index in range(height):
        start = index * (stride + 1)
        method, row = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        if method:
            _unfilter(method, row, above, step)
        above = bytes(row)
        yield above


def _unfilter(method: int, row: bytearray, above: bytes, step: int) -> None:
    for at in range(len(row)):
        left = row[at - step] if at >= step else 0
        corner = above[at - step] if at >= step else 0
        row[at] = (row[at] + _predicted(method, left, above[at], corner)) & 0xFF


def _predicted(method: int, left: int, up: int, corner: int) -> int:
    if method == 4:  # noqa: PLR2004 - Paeth, as PNG numbers it
        guess = left + up - corner
        return min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2)[method] if method < 4 else 0  # noqa: PLR2004 - as above
