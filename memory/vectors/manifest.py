"""What lane 2 has put into its index, said by itself: which files there are, how many vectors and their checksum.

Chroma notices little of what can happen to its files: a flipped bit in a vector raises nothing, a cut file can end the
process. So nothing of it is opened that is not, byte for byte, what was left here.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final

from core.files import write_atomic
from memory.vectors.worker import DamagedError

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path

FORMAT: Final = 1
DATABASE: Final = "chroma.sqlite3"
_LOGS: Final = f"{DATABASE}-"
"""What SQLite lays beside a database while it writes."""
_FOLDER: Final = re.compile(r"index-[0-9a-f]{8}")
_PIECE: Final = 1 << 20
_SUM: Final = 1 << 64
ANCHORS: Final = 32
LARGEST: Final = 64_000_000
"""Bytes of a manifest that are read: more is not ours."""


@dataclass(slots=True)
class Space:
    """What is kept apart in a collection of its own."""

    collection: str
    count: int = 0
    checksum: int = 0
    """Sum of the digests of all its vectors: the order does not matter, a single bit does."""


@dataclass(slots=True)
class Seen:
    """A file as it was left."""

    size: int
    changed: int
    digest: str


@dataclass(slots=True)
class Manifest:
    """Everything that is known of an index without opening it."""

    folder: str
    """Name of the folder of the index, another for each new one: an old one may still be held open by somebody."""
    library: str
    """Version of chromadb that made it."""
    embedding: str
    watermark: int = 0
    """All passages up to this number are in it."""
    spaces: dict[str, Space] = field(default_factory=dict)
    pending: dict[str, list[int]] = field(default_factory=dict)
    """By space, passages that are being put in: after a crash some of them may be there."""
    anchors: dict[str, str] = field(default_factory=dict)
    """Some passages by number, with a digest of what they said: numbers that were given anew are noticed."""
    settled: bool = False
    """Nothing is being written: the digest of the database holds, too."""
    files: dict[str, Seen] = field(default_factory=dict)

    @property
    def held(self) -> int:
        """How many passages are in it."""
        return sum(space.count for space in self.spaces.values())

    def drop_anchor(self, watermark: int, said: str) -> None:
        """All passages up to `watermark` are in it, and this is what the last of them said."""
        self.watermark = watermark
        self.anchors[str(watermark)] = said
        if len(self.anchors) > ANCHORS:
            # Half of the older ones, so that what is left is spread over all of it.
            self.anchors = {**dict(list(self.anchors.items())[::2]), str(watermark): said}

    def write(self, file: Path) -> None:
        """Keep it; on the disk when this returns."""
        write_atomic(file, json.dumps({"format": FORMAT, **asdict(self)}).encode())

    def look(self, root: Path) -> None:
        """Take down the files of the index; those that did not change since are not read again."""
        known = self.files
        self.files = {name: _seen(path, known.get(name)) for name, path in index_files(root / self.folder).items()}

    def graphs_changed(self, root: Path) -> bool:
        """Whether the library wrote anything but its database since."""
        there = index_files(root / self.folder)
        return any(
            name not in self.files or not _same(path.stat(), self.files[name])
            for name, path in there.items()
            if name != DATABASE
        )

    def check(self, root: Path) -> None:
        """Compare the files with what was left; DamagedError when they differ. Reads all of them."""
        there = index_files(root / self.folder)
        if lacking := sorted(self.files.keys() - there.keys()):
            raise DamagedError(f"{lacking[0]} is gone")
        for name, seen in self.files.items():
            if self.settled or name != DATABASE:
                check_file(there[name], seen)
        strange = sorted(there.keys() - self.files.keys())
        if strange and self.settled:  # a kill may have come between a new file and the note of it
            raise DamagedError(f"{strange[0]} was not there before")
        if not self.settled:
            _check_database(root / self.folder / DATABASE)

    def changed_outside(self, root: Path) -> str:
        """Name a file that somebody else touched since it was left, empty when there is none; reads none of them."""
        for name, seen in self.files.items():
            try:
                now = (root / self.folder / name).stat()
            except OSError:
                return f"{name} is gone"
            if not _same(now, seen) and (self.settled or name != DATABASE):
                return f"{name} was changed by somebody else"
        strange = sorted(index_files(root / self.folder).keys() - self.files.keys()) if self.settled else []
        return f"{strange[0]} was not there before" if strange else ""


def read_manifest(file: Path) -> Manifest | None:
    """Return what was left, None when there is nothing; DamagedError when it cannot be read."""
    try:
        if file.stat().st_size > LARGEST:
            raise DamagedError("the list of its files is damaged")
        raw = json.loads(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        raise DamagedError(f"the list of its files cannot be read: {type(error).__name__}") from error
    try:
        return _manifest(raw)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise DamagedError("the list of its files is damaged") from error


def _manifest(raw: Any) -> Manifest:
    if raw.pop("format") != FORMAT:
        raise DamagedError("it was made by another version of MultiCoder")
    raw["spaces"] = {name: Space(**space) for name, space in raw["spaces"].items()}
    raw["files"] = {name: Seen(**seen) for name, seen in raw["files"].items()}
    made = Manifest(**raw)
    numbers = [made.watermark, *(number for space in made.spaces.values() for number in (space.count, space.checksum))]
    texts = [made.folder, made.library, made.embedding]
    if not all(type(number) is int for number in numbers) or not all(isinstance(text, str) for text in texts):
        raise TypeError
    if not _FOLDER.fullmatch(made.folder):
        raise ValueError(made.folder)
    return made


def index_files(folder: Path) -> dict[str, Path]:
    """Return the files of an index by their names inside it."""
    try:
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir()}
    except OSError as error:
        raise DamagedError(f"its folder cannot be read: {error.strerror}") from error
    return {name: path for name, path in files.items() if not name.startswith(_LOGS)}


def check_file(path: Path, seen: Seen) -> None:
    """Compare one file with what was left; DamagedError when it differs."""
    try:
        if path.stat().st_size != seen.size or _digest(path) != seen.digest:
            raise DamagedError(f"{path.name} is not what was left")
    except OSError as error:
        raise DamagedError(f"{path.name} cannot be read: {error.strerror}") from error


def checksum(numbers: Sequence[int], vectors: bytes) -> int:
    """Return the sum over vectors, given row after row, each hashed with the number of its passage."""
    size = len(vectors) // len(numbers) if numbers else 0
    total = 0
    for place, number in enumerate(numbers):
        row = vectors[place * size : (place + 1) * size]
        total += int.from_bytes(hashlib.blake2b(row, digest_size=8, key=str(number).encode()).digest(), "little")
    return total % _SUM


def plus(total: int, other: int) -> int:
    """Add two checksums."""
    return (total + other) % _SUM


def _seen(path: Path, known: Seen | None) -> Seen:
    try:
        now = path.stat()
        if known and _same(now, known):
            return known
        return Seen(now.st_size, now.st_mtime_ns, _digest(path))
    except OSError as error:
        raise DamagedError(f"{path.name} cannot be read: {error.strerror}") from error


def _same(now: os.stat_result, seen: Seen) -> bool:
    return (now.st_size, now.st_mtime_ns) == (seen.size, seen.changed)


def _digest(path: Path) -> str:
    total = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            total.update(piece)
    return total.hexdigest()


def _check_database(path: Path) -> None:
    """Let SQLite look at a database that was left in the middle of a write; it puts its own journal in order."""
    if not path.is_file():
        raise DamagedError(f"{path.name} is gone")
    try:
        with closing(sqlite3.connect(path, timeout=1.0)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.Error as error:
        raise DamagedError(f"{path.name}: {error}") from error
    if found != [("ok",)]:
        raise DamagedError(f"{path.name}: {str(found[0][0])[:200]}")


__all__ = ["DATABASE", "Manifest", "Space", "check_file", "checksum", "plus", "read_manifest"]
