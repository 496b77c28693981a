from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import sealing
from core.errors import InputError, MultiCoderError, StorageError
from core.sealing import PIECE_BYTES, TAG_BYTES, Header, SealedReader, SealedWriter, Stretching, read_header

MAGIC = b"MultiCoder test"


class Words:
    def __init__(self, words):
        self.words = words

    def reveal(self):
        return self.words


@pytest.fixture(scope="module")
def key():
    return bytes(range(32))


STRETCHING = Stretching(15, 8, 1, b"s" * 16)


def sealed(key, data):
    file = io.BytesIO()
    writer = SealedWriter(file, Header.fresh(MAGIC, 1, STRETCHING, key), key)
    writer.write(data)
    writer.finish()
    return file.getvalue()


def opened(key, data, size):
    file = io.BytesIO(data)
    header = read_header(file, MAGIC, 1, "there")
    assert header.fits(key)
    reader = SealedReader(file, header, key, "there")
    found = reader.read(size)
    reader.end()
    return found


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
def test_what_was_sealed_is_opened_again(key, size):
    data = bytes(size)
    assert opened(key, sealed(key, data), size) == data


def test_no_two_seals_of_the_same_are_alike(key):
    first, second = sealed(key, b"words"), sealed(key, b"words")
    assert first[-21:] != second[-21:]


def refused(key, data, size):
    with pytest.raises((StorageError, InputError)) as caught:
        opened(key, data, size)
    assert caught.value.code in {"sealed-damaged", "sealed-foreign", "sealed-newer"}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_flipped_bit_is_noticed(data):
    key = bytes(range(32))
    whole = bytearray(sealed(key, b"a few words of memory"))
    bit = data.draw(st.integers(0, 8 * len(whole) - 1))
    whole[bit // 8] ^= 1 << bit % 8
    refused(key, bytes(whole), 21)


def test_every_cut_is_noticed(key):
    whole = sealed(key, b"words")
    for length in range(len(whole)):
        refused(key, whole[:length], 5)


def pieces(whole):
    start = len(whole) - (2 * (PIECE_BYTES + TAG_BYTES) + TAG_BYTES + 9)
    step = PIECE_BYTES + TAG_BYTES
    return whole[:start], whole[start : start + step], whole[start + step : start + 2 * step], whole[start + 2 * step :]


def test_pieces_that_are_left_out_exchanged_repeated_or_of_another_file_are_noticed(key):
    size = 2 * PIECE_BYTES + 9
    head, first, second, last = pieces(sealed(key, bytes(size)))
    _, foreign, _, foreign_last = pieces(sealed(key, bytes(size)))
    for changed in (
        head + second + first + last,
        head + first + last,
        head + first + second,
        head + first + second + last + last,
        head + first + second + second + last,
        head + foreign + second + last,
        head + first + second + foreign_last,
    ):
        refused(key, changed, size)


def test_less_and_more_than_was_said_are_noticed(key):
    whole = sealed(key, b"words")
    refused(key, whole, 6)
    refused(key, whole, 4)


def test_another_key_does_not_fit(key):
    file = io.BytesIO(sealed(key, b"words"))
    assert not read_header(file, MAGIC, 1, "there").fits(b"k" * 32)


def test_newer_and_foreign_files_are_told_apart(key):
    whole = sealed(key, b"words")
    for changed, code in (
        (whole.replace(b"test 1\n", b"test 2\n", 1), "sealed-newer"),
        (b"PK" + whole, "sealed-foreign"),
    ):
        with pytest.raises(InputError) as caught:
            read_header(io.BytesIO(changed), MAGIC, 1, "there")
        assert caught.value.code == code


@pytest.mark.parametrize(
    "wishes", [{"log2n": 30}, {"log2n": 1}, {"r": 1 << 20}, {"p": 9}, {"log2n": True}, {"salt": "AA=="}]
)
def test_a_hostile_header_cannot_ask_for_all_memory(key, wishes):
    import hashlib  # noqa: PLC0415 - forging is this test's own affair

    first, line, _, body = sealed(key, b"words").split(b"\n", 3)
    facts = json.loads(line)
    facts["scrypt"].update(wishes)
    lines = first + b"\n" + json.dumps(facts).encode() + b"\n"
    forged = lines + hashlib.sha256(lines).hexdigest().encode() + b"\n" + body
    with pytest.raises(MultiCoderError) as caught:
        read_header(io.BytesIO(forged), MAGIC, 1, "there")
    assert caught.value.code == "sealed-damaged"


def test_words_make_the_same_key_however_they_were_composed(monkeypatch):
    monkeypatch.setattr(sealing, "STRONGEST", sealing.WEAKEST)
    stretching = Stretching.fresh()
    assert stretching.key(Words("пой\u0306му")) == stretching.key(Words("пой\u0306му".encode().decode()))
    assert stretching.key(Words("и\u0306")) == stretching.key(Words("\u0439"))
    assert Stretching.read(stretching.facts()) == stretching
