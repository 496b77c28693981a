"""The form of the key vault's file, and its cryptography; no passphrase and no key is kept here.

    MultiCoder key vault 1          magic words and version
    {"accounts": [...], ...}        how the passphrase becomes the key, and whose keys are inside; one line
    AES-256-GCM of the keys         sealed together with the two lines above
    SHA-256 of all that             tells a damaged file from a wrong passphrase

Whose keys are inside can be read without the passphrase (`providers.toml` says as much): so a key is looked for in
the one place where it is, and a locked vault is in the way of nobody whose keys are elsewhere.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import unicodedata
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from core.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from agents.providers.secret import Secret

VERSION: Final = 1
MOST_BYTES: Final = 1 << 20
"""Hundreds of keys take a tenth of it."""
STRONGEST: Final = 17
"""log2 of scrypt's n: 128 MiB and about half a second on a small computer, the highest that OWASP's list of equal
choices names. Where memory is short a new vault takes less."""
WEAKEST: Final = 15
_MOST_READ: Final = 18
"""A file may ask for this much, 256 MiB, and no more: a hostile one shall not take all memory."""
_BLOCK: Final = 8
_SPARE: Final = 4
"""A new vault takes at most this part of the free memory: what opens it later stands beside a whole engine."""

_MAGIC: Final = b"MultiCoder key vault "
_LONGEST_VERSION: Final = 6
_DIGEST_BYTES: Final = 32
_SALT_BYTES: Final = 16
_NONCE_BYTES: Final = 12
_KEY_BYTES: Final = 32


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

    @property
    def memory(self) -> int:
        """Bytes it takes."""
        return 128 * self.r * ((1 << self.log2n) + self.p + 2)

    def key(self, passphrase: Secret) -> bytes:
        """Derive the key; blocks for about half a second. ConfigurationError when the memory is not there."""
        # The same words typed on different systems arrive composed in different ways.
        words = unicodedata.normalize("NFC", passphrase.reveal()).encode("utf-8", "surrogatepass")
        try:
            return hashlib.scrypt(
                words, salt=self.salt, n=1 << self.log2n, r=self.r, p=self.p, maxmem=self.memory, dklen=_KEY_BYTES
            )
        except (MemoryError, ValueError) as error:
            raise ConfigurationError("vault-memory", megabytes=self.memory >> 20) from error


@dataclass(frozen=True, slots=True)
class Sealed:
    """A vault file as it was read: everything but the keys."""

    path: Path
    stretching: Stretching
    accounts: tuple[str, ...]
    nonce: bytes
    header: bytes
    """The lines before the sealed keys, byte for byte: they are sealed with them."""
    body: bytes

    def keys(self, key: bytes) -> dict[str, str] | None:
        """Open it; None when `key` does not fit, or somebody altered the file and its checksum with it."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - a native library, only where there is a vault
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

        try:
            found: dict[str, str] = json.loads(AESGCM(key).decrypt(self.nonce, self.body, self.header))
        except InvalidTag:
            return None
        return found


def seal(keys: Mapping[str, str], stretching: Stretching, key: bytes) -> bytes:
    """Return the content of a vault file; ConfigurationError when it grew beyond what is read again."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    nonce = os.urandom(_NONCE_BYTES)
    facts = {
        "accounts": sorted(keys),
        "nonce": _text(nonce),
        "scrypt": {**asdict(stretching), "salt": _text(stretching.salt)},
    }
    header = _MAGIC + b"%d\n" % VERSION + json.dumps(facts).encode("ascii") + b"\n"
    content = header + AESGCM(key).encrypt(nonce, json.dumps(dict(keys)).encode("ascii"), header)
    if len(content) + _DIGEST_BYTES > MOST_BYTES:
        raise ConfigurationError("vault-full", kilobytes=MOST_BYTES >> 10)
    return content + hashlib.sha256(content).digest()


def read(path: Path) -> Sealed | None:
    """Read a vault file without opening it; None when there is none.

    Raises ConfigurationError `vault-foreign`, `vault-newer`, `vault-damaged` or `vault-unusable`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigurationError("vault-unusable", path=str(path), detail=error.strerror or "") from error
    magic, _, rest = data.partition(b"\n")
    if not magic.startswith(_MAGIC) and not _MAGIC.startswith(data):
        raise ConfigurationError("vault-foreign", path=str(path))
    version = magic.removeprefix(_MAGIC)
    if version.isdigit() and len(version) <= _LONGEST_VERSION and int(version) > VERSION:
        raise ConfigurationError("vault-newer", path=str(path))
    content, digest = data[:-_DIGEST_BYTES], data[-_DIGEST_BYTES:]
    if version != b"%d" % VERSION or len(data) > MOST_BYTES or hashlib.sha256(content).digest() != digest:
        _damaged(path)
    line, _, body = rest[:-_DIGEST_BYTES].partition(b"\n")
    return _sealed(path, line, content[: len(content) - len(body)], body)


def _sealed(path: Path, line: bytes, header: bytes, body: bytes) -> Sealed:
    """Take the header apart; a file whose checksum fits was still not written by us when it cannot be read."""
    try:
        facts: dict[str, Any] = json.loads(line)
        scrypt = facts["scrypt"]
        stretching = Stretching(
            _within(scrypt["log2n"], WEAKEST, _MOST_READ),
            _within(scrypt["r"], _BLOCK, _BLOCK),
            _within(scrypt["p"], 1, 1),
            base64.b64decode(scrypt["salt"], validate=True),
        )
        accounts = tuple(str(account) for account in facts["accounts"])
        nonce = base64.b64decode(facts["nonce"], validate=True)
        if len(nonce) != _NONCE_BYTES or len(stretching.salt) != _SALT_BYTES:
            _damaged(path)
    except (ValueError, KeyError, TypeError, RecursionError):
        _damaged(path)
    return Sealed(path, stretching, accounts, nonce, header, body)


def _within(value: Any, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValueError("a parameter out of bounds")
    return value


def _damaged(path: Path) -> NoReturn:
    raise ConfigurationError("vault-damaged", path=str(path)) from None


def _affordable() -> int:
    """The strongest choice this computer has the memory for."""
    import psutil  # noqa: PLC0415 - only when a passphrase is chosen

    free = psutil.virtual_memory().available
    fitting = (log2n for log2n in range(STRONGEST, WEAKEST, -1) if 128 * _BLOCK * (1 << log2n) * _SPARE <= free)
    return next(fitting, WEAKEST)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")
