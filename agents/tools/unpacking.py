"""Bodies as they come over the wire, unpacked step by step: a bomb is noticed before it has grown."""

from __future__ import annotations

import zlib
from typing import Final, Protocol

_GZIP: Final = zlib.MAX_WBITS | 16
_MOST_MEMBERS: Final = 100
KNOWN: Final = "gzip, deflate"
"""What a request says it understands."""


class PackedError(ValueError):
    """What came is not what it says it is, or is packed in a way nobody asked for."""


class Unpacker(Protocol):
    """Unpacks a stream."""

    def feed(self, chunk: bytes, most: int) -> bytes:
        """Return at most `most` bytes; as many mean that there may be more, and the stream is to be left."""

    def end(self) -> None:
        """Raise `PackedError` where the stream is not whole."""


def unpacker(encoding: str) -> Unpacker:
    """Return what reads a body of this `Content-Encoding`. Raises `PackedError`."""
    names = [name for part in encoding.lower().split(",") if (name := part.strip()) not in {"", "identity"}]
    if not names:
        return _Plain()
    if names in (["gzip"], ["x-gzip"]):
        return _Zipped(_GZIP)
    if names == ["deflate"]:
        return _Zipped(zlib.MAX_WBITS)
    raise PackedError("".join(char for char in names[0] if char.isalnum())[:20])


class _Plain:
    def feed(self, chunk: bytes, most: int) -> bytes:
        return chunk[:most]

    def end(self) -> None:
        """Whether a plain body is whole is known to HTTP itself."""


class _Zipped:
    def __init__(self, window: int) -> None:
        self._window = window
        self._stream = zlib.decompressobj(window)
        self._begun = False
        self._members = 1

    def feed(self, chunk: bytes, most: int) -> bytes:
        try:
            return self._fed(chunk, most)
        except zlib.error as error:
            raise PackedError("gzip" if self._window == _GZIP else "deflate") from error

    def _fed(self, chunk: bytes, most: int) -> bytes:
        if not self._begun:
            self._begin(chunk)
        parts = bytearray()
        while chunk and len(parts) < most:
            if self._stream.eof:
                if self._window != _GZIP or not chunk.startswith(b"\x1f"):
                    break  # what stands behind the end is nobody's
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise PackedError("gzip")
                self._stream = zlib.decompressobj(self._window)
            parts += self._stream.decompress(chunk, most - len(parts))
            chunk = self._stream.unused_data if self._stream.eof else b""
        return bytes(parts)

    def _begin(self, chunk: bytes) -> None:
        """Some servers call the bare stream `deflate`."""
        self._begun = bool(chunk)
        if chunk and self._window == zlib.MAX_WBITS:
            try:
                zlib.decompressobj().decompress(chunk, 1)
            except zlib.error:
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)

    def end(self) -> None:
        if self._begun and not self._stream.eof:
            raise PackedError("gzip" if self._window == _GZIP else "deflate")
