"""The form of the key vault's file; its cryptography is that of `core.sealing`. No passphrase and no key is kept here.

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
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn

from core.errors import ConfigurationError
from core.sealing import NONCE_BYTES, Stretching, decrypt, encrypt, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSION: Final = 1
MOST_BYTES: Final = 1 << 20
"""Hundreds of keys take a tenth of it."""

_MAGIC: Final = b"MultiCoder key vault "
_LONGEST_VERSION: Final = 6
_DIGEST_BYTES: Final = 32


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
        opened = decrypt(key, self.nonce, self.body, self.header)
        if opened is None:
            return None
        found: dict[str, str] = json.loads(opened)
        return found


def seal(keys: Mapping[str, str], stretching: Stretching, key: bytes) -> bytes:
    """Return the content of a vault file; ConfigurationError when it grew beyond what is read again."""
    nonce = os.urandom(NONCE_BYTES)
    facts = {
        "accounts": sorted(keys),
        "nonce": text(nonce),
        "scrypt": stretching.facts(),
    }
    header = _MAGIC + b"%d\n" % VERSION + json.dumps(facts).encode("ascii") + b"\n"
    content = header + encrypt(key, nonce, json.dumps(dict(keys)).encode("ascii"), header)
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
        stretching = Stretching.read(facts["scrypt"])
        accounts = tuple(str(account) for account in facts["accounts"])
        nonce = base64.b64decode(facts["nonce"], validate=True)
        if len(nonce) != NONCE_BYTES:
            _damaged(path)
    except (ValueError, KeyError, TypeError, RecursionError):
        _damaged(path)
    return Sealed(path, stretching, accounts, nonce, header, body)


def _damaged(path: Path) -> NoReturn:
    raise ConfigurationError("vault-damaged", path=str(path)) from None
