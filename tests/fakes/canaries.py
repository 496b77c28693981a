"""Keys that sing: made up in the shapes real ones have, and looked for in every byte of a place, packed or not."""

from __future__ import annotations

import base64
import gzip
import io
import random
import re
import sqlite3
import string
import uuid
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LETTERS: Final = string.ascii_letters + string.digits
_LONGEST_PIECE: Final = 16
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)

SHAPES: Final = {
    "openai": "sk-{48}",
    "openrouter": "sk-or-v1-{64:hex}",
    "anthropic": "sk-ant-api03-{80}_{12}",
    "google": "AIza{35}",
    "groq": "gsk_{52}",
    "xai": "xai-{80}",
    "huggingface": "hf_{34}",
    "gigachat": "(id:secret)",
    "yandex": "AQVN{36}",
    "iam": "t1.{30}.{44}-{30}",
    "uuid": "(uuid)",
    "hex": "{32:hex}",
}


@dataclass(frozen=True)
class Canary:
    """One key. `secrets` are the pieces of it that must be seen nowhere."""

    shape: str
    value: str
    secrets: tuple[str, ...]

    def traces(self) -> Iterator[bytes]:
        """The key, a good part of it, and all of it as it travels or as somebody careless would hide it."""
        for secret in self.secrets:
            raw = secret.encode()
            yield raw[-_LONGEST_PIECE * 2 :][:_LONGEST_PIECE]
            yield raw[:_LONGEST_PIECE] if not secret.startswith(("sk-", "t1.")) else raw[14 : 14 + _LONGEST_PIECE]
            yield raw[::-1][4 : 4 + _LONGEST_PIECE]
            yield raw.hex().encode()
            yield "".join(f"%{byte:02X}" for byte in raw).encode()
            yield quote(secret, safe="").encode()
            for shift in range(3):
                whole = base64.b64encode(b"x" * shift + raw)
                yield whole[4:-4]
                yield base64.urlsafe_b64encode(b"x" * shift + raw)[4:-4]


def canary(shape: str, dice: random.Random) -> Canary:
    """Make a key of one of `SHAPES`."""
    if shape == "gigachat":
        secret = str(uuid.UUID(int=dice.getrandbits(128)))
        plain = f"{uuid.UUID(int=dice.getrandbits(128))}:{secret}"
        value = base64.b64encode(plain.encode()).decode()
        return Canary(shape, value, (value, plain, secret))
    if shape == "uuid":
        value = str(uuid.UUID(int=dice.getrandbits(128)))
        return Canary(shape, value, (value,))

    def piece(match: re.Match[str]) -> str:
        signs = string.hexdigits[:16] if match[2] else _LETTERS
        return "".join(dice.choices(signs, k=int(match[1])))

    value = re.sub(r"\{(\d+)(:hex)?\}", piece, SHAPES[shape])
    return Canary(shape, value, (value,))


def canaries(seed: int, count: int = len(SHAPES)) -> list[Canary]:
    """Make so many keys, of every shape in turn."""
    dice, shapes = random.Random(seed), list(SHAPES)
    return [canary(shapes[number % len(shapes)], dice) for number in range(count)]


class Watch:
    """Looks for the traces of some keys."""

    def __init__(self, keys: Iterable[Canary]) -> None:
        found = {trace: key.shape for key in keys for trace in key.traces()}
        self._shapes = {**found, **{trace.decode().encode("utf-16-le"): shape for trace, shape in found.items()}}
        self.looked = 0
        """Bytes that were searched so far."""

    def heard(self, data: bytes | str) -> set[str]:
        """The shapes of the keys that are in `data`."""
        raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        self.looked += len(raw)
        return {shape for trace, shape in self._shapes.items() if trace in raw}

    def leaks(self, *places: Path, but: Iterable[Path] = ()) -> list[str]:
        """Every file below `places` in which, or in something packed in which, there is a trace; names too."""
        kept, found = set(but), []
        for place in places:
            for path in [place, *place.rglob("*")]:
                if path in kept or path.is_symlink():
                    continue
                heard = self.heard(str(path.relative_to(place)))
                if path.is_file():
                    for data in _unpacked(path):
                        heard |= self.heard(data)
                if heard:
                    found.append(f"{path}: {sorted(heard)}")
        return found


_REAL_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
"""What a virtual table holds lies in real ones beside it."""


def _unpacked(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and those of what is packed in it: databases, archives, git objects, streams of a PDF."""
    data = path.read_bytes()
    yield data
    yield from _opened(data)
    if data.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as database:
            for (table,) in database.execute(_REAL_TABLES).fetchall():
                for row in database.execute(f'SELECT * FROM "{table}"'):
                    for value in row:
                        if isinstance(value, bytes):
                            yield value
                            yield from _opened(value)
    for stream in _STREAM.findall(data) if data.startswith(b"%PDF") else ():
        yield from _opened(stream)


def _opened(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield archive.read(name)
    elif data.startswith(b"\x1f\x8b"):
        yield gzip.decompress(data)
    elif data[:1] == b"x":
        try:
            yield zlib.decompress(data)
        except zlib.error:
            return  # a text that begins with this letter
