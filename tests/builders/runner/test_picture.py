"""Pictures are valid PNG files with the right colours."""

import struct
import zlib

import pytest

from builders.runner.picture import png


def test_a_picture_holds_its_pixels():
    data = png(2, 1, bytes((3, 2, 1, 0)) + bytes((30, 20, 10, 0)))
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    chunks = {}
    at = 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + size]
        assert struct.unpack(">I", data[at + 8 + size : at + 12 + size])[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + size
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (2, 1)
    assert zlib.decompress(chunks[b"IDAT"]) == b"\0" + bytes((1, 2, 3, 10, 20, 30))


def test_pixels_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="fit"):
        png(2, 2, b"1234")
