"""Vectors a provider was already paid for: one file for each model, in records of one length, none of importance."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from core.files import write_atomic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER: Final = "embeddings"
"""In the data folder."""
LARGEST: Final = 256_000_000
"""Bytes of one file; then it begins anew."""
_KEY_BYTES: Final = 16
_CHECK_BYTES: Final = 4


class EmbeddingCache:
    """Vectors by the digest of their text. All methods block and raise nothing: what is not kept is asked for."""

    def __init__(self, folder: Path, model: str) -> None:
        self._file = folder / f"{hashlib.sha256(model.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.vectors"
        self._places: dict[bytes, int] | None = None
        self._bytes = 0

    def get(self, texts: Sequence[str]) -> list[bytes | None]:
        """Return the vectors that are kept, None for the others."""
        places = self._read()
        found: list[bytes | None] = [None] * len(texts)
        if not places:
            return found
        with suppress(OSError), self._file.open("rb") as file:
            for number, text in enumerate(texts):
                key = _key(text)
                if (place := places.get(key)) is None:
                    continue
                file.seek(place)
                record = file.read(self._record)
                vector = record[_KEY_BYTES : _KEY_BYTES + self._bytes]
                if record == _sealed(key, vector):
                    found[number] = vector
        return found

    def keep(self, texts: Sequence[str], vectors: Sequence[bytes]) -> None:
        """Keep vectors, all of one length."""
        places = self._read()
        size = len(vectors[0]) if vectors else 0
        if not size:
            return
        with suppress(OSError):
            if size != self._bytes or self._file.stat().st_size > LARGEST:
                self._begin(size)
                places = self._places = {}
            with self._file.open("ab") as file:
                for text, vector in zip(texts, vectors, strict=True):
                    key = _key(text)
                    if key not in places:
                        places[key] = file.tell()
                        file.write(_sealed(key, vector))

    @property
    def _record(self) -> int:
        return _KEY_BYTES + self._bytes + _CHECK_BYTES

    def _begin(self, size: int) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(self._file, size.to_bytes(_CHECK_BYTES, "little"))
        self._bytes = size

    def _read(self) -> dict[bytes, int]:
        """Learn once where everything stands; half a record at the end, of a crash, is cut off."""
        if self._places is not None:
            return self._places
        self._places = {}
        with suppress(OSError), self._file.open("r+b") as file:
            self._bytes = int.from_bytes(file.read(_CHECK_BYTES), "little")
            size = file.seek(0, 2)
            if not 0 < self._bytes < size or size > 2 * LARGEST:
                self._bytes = 0
                return self._places
            whole = size - (size - _CHECK_BYTES) % self._record
            file.truncate(whole)
            for place in range(_CHECK_BYTES, whole, self._record):
                file.seek(place)
                self._places[file.read(_KEY_BYTES)] = place
        return self._places


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()


def _sealed(key: bytes, vector: bytes) -> bytes:
    return key + vector + zlib.crc32(key + vector).to_bytes(_CHECK_BYTES, "little")


__all__ = ["FOLDER", "EmbeddingCache"]
