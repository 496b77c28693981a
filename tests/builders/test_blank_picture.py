"""One colour is blank, two are not, for every way a PNG can be written; broken files are said to be broken."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.picture import is_blank
from builders.runner.picture import png as screenshot


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def encode(rows: list[bytes], channels: int, filters: list[int], *, depth: int = 8, cut: int = 0) -> bytes:
    """Write a PNG with the given filter for each row."""
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    raw, above = bytearray(), bytes(len(rows[0]))
    for row, method in zip(rows, filters, strict=True):
        raw.append(method)
        for at, value in enumerate(row):
            left = row[at - channels] if at >= channels else 0
            corner = above[at - channels] if at >= channels else 0
            up = above[at]
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda one, guess=guess: abs(guess - one))
            raw.append((value - (0, left, up, (left + up) // 2, paeth)[method]) % 256)
        above = row
    header = struct.pack(">IIBBBBB", len(rows[0]) // channels, len(rows), depth, colour, 0, 0, 0)
    data = zlib.compress(bytes(raw[: len(raw) - cut]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@given(
    st.integers(1, 4),
    st.binary(min_size=4, max_size=4),
    st.integers(1, 6),
    st.lists(st.integers(0, 4), min_size=1, max_size=6),
    st.data(),
)
def test_blank_means_one_colour(channels: int, colour: bytes, width: int, filters: list[int], data) -> None:
    rows = [colour[:channels] * width for _ in filters]
    assert is_blank(encode(rows, channels, filters))
    if width * len(rows) > 1:
        at = data.draw(st.integers(0, len(rows) - 1))
        other = bytearray(rows[at])
        spot = data.draw(st.integers(0, len(other) - 1))
        other[spot] ^= 0x10
        assert not is_blank(encode([*rows[:at], bytes(other), *rows[at + 1 :]], channels, filters))


def test_our_own_screenshots_are_read() -> None:
    assert is_blank(screenshot(2, 2, b"\1\2\3\0" * 4))
    assert not is_blank(screenshot(2, 2, b"\1\2\3\0" * 3 + b"\1\2\4\0"))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n",
        encode([b"\1\2\3"], 3, [0], depth=16),
        encode([b"\1\2\3"], 3, [0], cut=1),
        encode([b"\1\2\3"], 3, [0]).replace(b"IDAT", b"IDAX"),
    ],
)
def test_what_is_no_picture_is_said_to_be_none(broken: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        is_blank(broken)


@given(st.binary(max_size=200))
def test_garbage_never_breaks_anything_else(garbage: bytes) -> None:
    for data in (garbage, b"\x89PNG\r\n\x1a\n" + garbage):
        with pytest.raises(ValueError, match=r"."):
            is_blank(data)
