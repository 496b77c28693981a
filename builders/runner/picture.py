"""A picture of a screen as a PNG file."""

from __future__ import annotations

import struct
import zlib


def png(width: int, height: int, bgrx: bytes) -> bytes:
    """Encode rows of 32-bit pixels (blue, green, red, unused) as a PNG."""
    if len(bgrx) != width * height * 4:
        raise ValueError("pixels do not fit the size")
    rgb = bytearray(width * height * 3)
    for channel in range(3):
        rgb[channel::3] = bgrx[2 - channel :: 4]
    row = width * 3
    lines = b"".join(b"\0" + rgb[start : start + row] for start in range(0, len(rgb), row))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(lines, 6)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
