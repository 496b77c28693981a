"""Sealing with a passphrase: how it becomes a key, and how bytes of any length are sealed and opened with flat memory.

scrypt makes the key, AES-256-GCM seals. What is long is sealed in pieces of one size (the STREAM construction): the
nonce of each piece holds its number and whether it is the last one, and the header is sealed with every piece. So a
bit that flipped, a cut, an exchanged or a foreign piece are noticed at the piece where they are. Nothing is kept here.

A header is three lines: magic words with a version; a JSON object with scrypt's parameters, the beginning of all nonces
and a number that only the right key makes; the SHA-256 of both lines, which tells damage from a wrong passphrase.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from core.errors import ConfigurationError, InputError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

STRONGEST: Final = 17
"""log2 of scrypt's n: 128 MiB and about half a second on a small computer, the highest that OWASP's list of equal
choices names. Where memory is short what is newly sealed takes less."""
WEAKEST: Final = 15
_MOST_READ: Final = 18
"""A file may ask for this much, 256 MiB, and no more: a hostile one shall not take all memory."""
_BLOCK: Final = 8
_SPARE: Final = 4
"""What is newly sealed takes at most this part of the free memory: what opens it later stands beside a whole engine."""

PIECE_BYTES: Final = 1 << 20
"""Plain bytes of a piece."""
TAG_BYTES: Final = 16
NONCE_BYTES: Final = 12
KEY_BYTES: Final = 32
_PREFIX_BYTES: Final = 7
_COUNTER_BYTES: Final = 4
_MOST_PIECES: Final = 1 << 8 * _COUNTER_BYTES
_SALT_BYTES: Final = 16
_LONGEST_LINE: Final = 2_000
_LONGEST_VERSION: Final = 6


class Hidden(Protocol):
    """A passphrase that shows itself to nobody by accident."""

    def reveal(self) -> str:
        """Return it."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """How a passphrase becomes a key: scrypt's parameters and salt."""

    log2n: int
    r: int
    p: int
    salt: bytes

    @classmethod
    def fresh(cls) -> Stretching:
        """Choose for this computer, with a salt of its own."""
        return cls(_affordable(), _BLOCK, 1, os.urandom(_SALT_BYTES))

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Stretching:
        """Take what `facts` says; ValueError, KeyError or TypeError when it is out of bounds."""
        salt = base64.b64decode(facts["salt"], validate=True)
        if len(salt) != _SALT_BYTES:
            raise ValueError("a salt of another length")
        log2n = _within(facts["log2n"], WEAKEST, _MOST_READ)
        return cls(log2n, _within(facts["r"], _BLOCK, _BLOCK), _within(facts["p"], 1, 1), salt)

    def facts(self) -> dict[str, int | str]:
        """Return it as it stands in a file."""
        return {"log2n": self.log2n, "r": self.r, "p": self.p, "salt": text(self.salt)}

    @property
    def memory(self) -> int:
        """Bytes it takes."""
        return 128 * self.r * ((1 << self.log2n) + self.p + 2)

    def key(self, passphrase: Hidden) -> bytes:
        """Derive the key; blocks for about half a second. ConfigurationError when the memory is not there."""
        # The same words typed on different systems arrive composed in different ways.
        words = unicodedata.normalize("NFC", passphrase.reveal()).encode("utf-8", "surrogatepass")
        try:
            return hashlib.scrypt(
                words, salt=self.salt, n=1 << self.log2n, r=self.r, p=self.p, maxmem=self.memory, dklen=KEY_BYTES
            )
        except (MemoryError, ValueError) as error:
            raise ConfigurationError("sealing-memory", megabytes=self.memory >> 20) from error


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before sealed pieces, readable without the passphrase."""

    stretching: Stretching
    prefix: bytes
    """The beginning of all nonces of this file."""
    check: bytes
    raw: bytes
    """Its lines byte for byte."""

    @classmethod
    def fresh(cls, magic: bytes, version: int, stretching: Stretching, key: bytes) -> Header:
        """Make one for something that is sealed with `key`."""
        prefix = os.urandom(_PREFIX_BYTES)
        first = magic + b" %d\n" % version
        check = _check(key, first, stretching, prefix)
        facts = {"scrypt": stretching.facts(), "nonces": text(prefix), "check": text(check)}
        lines = first + json.dumps(facts).encode("ascii") + b"\n"
        return cls(stretching, prefix, check, lines + hashlib.sha256(lines).hexdigest().encode("ascii") + b"\n")

    def fits(self, key: bytes) -> bool:
        """Whether `key` is the one it was made with."""
        first = self.raw.partition(b"\n")[0] + b"\n"
        return hmac.compare_digest(self.check, _check(key, first, self.stretching, self.prefix))


def read_header(file: BinaryIO, magic: bytes, version: int, path: str) -> Header:
    """Read a header; `path` is named in errors.

    Raises:
        InputError: `sealed-foreign` or `sealed-newer`.
        StorageError: `sealed-damaged`.
    """
    first = file.readline(_LONGEST_LINE)
    words, _, number = first.rstrip(b"\n").rpartition(b" ")
    if words != magic:
        raise InputError("sealed-foreign", path=path)
    if number.isdigit() and len(number) <= _LONGEST_VERSION and int(number) > version:
        raise InputError("sealed-newer", path=path)
    second, third = file.readline(_LONGEST_LINE), file.readline(_LONGEST_LINE)
    if third != hashlib.sha256(first + second).hexdigest().encode("ascii") + b"\n" or number != b"%d" % version:
        raise StorageError("sealed-damaged", path=path, detail="header")
    try:
        facts: dict[str, Any] = json.loads(second)
        stretching = Stretching.read(facts["scrypt"])
        prefix, check = (base64.b64decode(facts[name], validate=True) for name in ("nonces", "check"))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StorageError("sealed-damaged", path=path, detail="header") from error
    if len(prefix) != _PREFIX_BYTES:
        raise StorageError("sealed-damaged", path=path, detail="header")
    return Header(stretching, prefix, check, first + second + third)


class SealedWriter:
    """Seals whatever is written to it into `file`; only what was finished can be opened again."""

    def __init__(self, file: BinaryIO, header: Header, key: bytes) -> None:
        """`header` is written at once."""
        self._file = file
        self._prefix = header.prefix
        self._associated = hashlib.sha256(header.raw).digest()
        self._key = part_key(key, b"pieces")
        self._waiting = bytearray()
        self._number = 0
        file.write(header.raw)

    def write(self, data: bytes | memoryview) -> None:
        """Seal more; memory stays at about one piece however much comes."""
        self._waiting += data
        while len(self._waiting) > PIECE_BYTES:  # the last piece is sealed as such, so one is always kept back
            self._seal(bytes(self._waiting[:PIECE_BYTES]), last=False)
            del self._waiting[:PIECE_BYTES]

    def finish(self) -> None:
        """Seal what waits as the last piece."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(encrypt(self._key, _nonce(self._prefix, self._number, last=last), piece, self._associated))
        self._number += 1


class SealedReader:
    """Opens what `SealedWriter` wrote, in order; `file` stands behind its header."""

    def __init__(self, file: BinaryIO, header: Header, key: bytes, path: str) -> None:
        """`path` is named when it cannot be opened."""
        self._pieces = _opened(file, header, key, path)
        self._path = path
        self._waiting = bytearray()

    def read(self, size: int) -> bytes:
        """Return exactly `size` bytes; StorageError `sealed-damaged` when they are not there as they were written."""
        while len(self._waiting) < size:
            piece = next(self._pieces, None)
            if piece is None:
                raise StorageError("sealed-damaged", path=self._path, detail="end")
            self._waiting += piece
        taken = bytes(self._waiting[:size])
        del self._waiting[:size]
        return taken

    def end(self) -> None:
        """Make sure that nothing follows; StorageError `sealed-damaged` when something does."""
        if self._waiting or any(self._pieces):
            raise StorageError("sealed-damaged", path=self._path, detail="more than its contents")


def encrypt(key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
    """AES-256-GCM; a nonce must never come twice with one key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - a native library, where needed

    return AESGCM(key).encrypt(nonce, data, associated)


def decrypt(key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes | None:
    """Open what `encrypt` made; None when the key does not fit or anything was altered."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    try:
        return AESGCM(key).decrypt(nonce, data, associated)
    except InvalidTag:
        return None


def part_key(key: bytes, use: bytes) -> bytes:
    """A key for one use, from which neither the first one nor those for other uses can be found."""
    return hmac.digest(key, b"MultiCoder " + use, "sha256")


def text(value: bytes) -> str:
    """Bytes as they stand in headers."""
    return base64.b64encode(value).decode("ascii")


def _opened(file: BinaryIO, header: Header, key: bytes, path: str) -> Iterator[bytes]:
    associated, pieces_key = hashlib.sha256(header.raw).digest(), part_key(key, b"pieces")
    sealed, number = file.read(PIECE_BYTES + TAG_BYTES), 0
    while True:
        following = file.read(PIECE_BYTES + TAG_BYTES) if len(sealed) == PIECE_BYTES + TAG_BYTES else b""
        plain = None
        if len(sealed) >= TAG_BYTES and number < _MOST_PIECES:
            nonce = _nonce(header.prefix, number, last=not following)
            plain = decrypt(pieces_key, nonce, sealed, associated)
        if plain is None:
            raise StorageError(
                "sealed-damaged", path=path, detail=str(len(header.raw) + number * (PIECE_BYTES + TAG_BYTES))
            )
        yield plain
        if not following:
            return
        sealed, number = following, number + 1


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(_COUNTER_BYTES, "big") + (b"\1" if last else b"\0")


def _check(key: bytes, first: bytes, stretching: Stretching, prefix: bytes) -> bytes:
    said = first + json.dumps(stretching.facts(), sort_keys=True).encode("ascii") + prefix
    return hmac.digest(part_key(key, b"check"), said, "sha256")


def _within(value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError("a parameter out of bounds")
    return value


def _affordable() -> int:
    """The strongest choice this computer has the memory for."""
    import psutil  # noqa: PLC0415 - only when a passphrase is chosen

    free = psutil.virtual_memory().available
    fitting = (log2n for log2n in range(STRONGEST, WEAKEST, -1) if 128 * _BLOCK * (1 << log2n) * _SPARE <= free)
    return next(fitting, WEAKEST)
