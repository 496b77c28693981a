"""A copy of the whole memory in one encrypted file; its form is described in docs/sealed-memory.md.

Inside the sealed pieces stand frames: four bytes of length, a JSON object, and after the object of an entry its bytes.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError, StorageError
from core.files import replace_patiently, sync_folder
from core.sealing import Header, SealedReader, SealedWriter, Stretching, read_header
from engine.recovery.sealed.contents import Facts, opened
from engine.recovery.told import unusable_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from core.sealing import Hidden
    from engine.recovery.sealed.contents import Item

MAGIC: Final = b"MultiCoder memory"
VERSION: Final = 1
ENDING: Final = ".mcmemory"
_CHUNK: Final = 1 << 18
_LENGTH_BYTES: Final = 4
_LONGEST_FRAME: Final = 1 << 16


def write_file(
    items: Sequence[Item], facts: Facts, target: Path, passphrase: Hidden, progress: Callable[[int], None]
) -> int:
    """Write a copy to the new file `target`, whole or not at all; return its size.

    `progress` is told how many bytes went in; what it raises stops the work.

    Raises:
        InputError: `sealed-target-exists`.
        StorageError: the disk refused.
    """
    with unusable_told(target):
        if target.exists():
            raise InputError("sealed-target-exists", path=str(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        stretching = Stretching.fresh()
        key = stretching.key(passphrase)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                writer = SealedWriter(file, Header.fresh(MAGIC, VERSION, stretching, key), key)
                _write_all(writer, items, facts, progress)
                writer.finish()
                file.flush()
                os.fsync(file.fileno())
            size = temporary.stat().st_size
            replace_patiently(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    return size


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A copy in one file, opened."""

    facts: Facts
    size: int
    _reader: SealedReader
    _path: str

    def entries(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Names and contents, once; each content is to be read before the next name."""
        while True:
            frame = _read_frame(self._reader, self._path)
            if "end" in frame:
                self._reader.end()
                return
            yield str(frame["name"]), _content(self._reader, int(frame["size"]))


@contextmanager
def open_file(path: Path, passphrase: Hidden) -> Iterator[FileCopy]:
    """Open a copy in one file.

    Raises:
        InputError: `sealed-foreign`, `sealed-newer`, `sealed-wrong-passphrase`.
        StorageError: `sealed-damaged`; the file cannot be read.
    """
    with unusable_told(path), path.open("rb") as file:
        header = read_header(file, MAGIC, VERSION, str(path))
        key = header.stretching.key(passphrase)
        if not header.fits(key):
            raise InputError("sealed-wrong-passphrase", path=str(path))
        reader = SealedReader(file, header, key, str(path))
        frame = _read_frame(reader, str(path))
        facts = read_facts(frame, str(path))
        yield FileCopy(facts, path.stat().st_size, reader, str(path))


def read_facts(data: dict[str, Any], path: str) -> Facts:
    """Take what a copy says of itself."""
    try:
        return Facts(float(data["at"]), str(data["program"]), bool(data["projects"]))
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError("sealed-damaged", path=path, detail="facts") from error


def _write_all(writer: SealedWriter, items: Sequence[Item], facts: Facts, progress: Callable[[int], None]) -> None:
    done = 0
    _write_frame(writer, asdict(facts))
    for item in items:
        file = opened(item)
        if file is None:
            continue
        with file:
            left = os.fstat(file.fileno()).st_size
            _write_frame(writer, {"name": item.name, "size": left})
            while left:
                chunk = file.read(min(_CHUNK, left))
                if not chunk:
                    raise StorageError("storage", path=str(item.path), detail="it became shorter while it was read")
                writer.write(chunk)
                left -= len(chunk)
                done += len(chunk)
                progress(done)
    _write_frame(writer, {"end": True})


def _write_frame(writer: SealedWriter, data: dict[str, Any]) -> None:
    said = json.dumps(data).encode("ascii")
    writer.write(len(said).to_bytes(_LENGTH_BYTES, "big") + said)


def _read_frame(reader: SealedReader, path: str) -> dict[str, Any]:
    length = int.from_bytes(reader.read(_LENGTH_BYTES), "big")
    if not 0 < length <= _LONGEST_FRAME:
        raise StorageError("sealed-damaged", path=path, detail="frame")
    found = json.loads(reader.read(length))
    if not isinstance(found, dict):
        raise StorageError("sealed-damaged", path=path, detail="frame")
    return found


def _content(reader: SealedReader, size: int) -> Iterator[bytes]:
    while size > 0:
        chunk = reader.read(min(_CHUNK, size))
        size -= len(chunk)
        yield chunk
