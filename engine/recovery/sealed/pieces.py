"""Copies of the whole memory as encrypted pieces in a folder that a cloud client may synchronise.

Each data folder has a folder of its own in there, so copies of two machines never meet:

    multicoder-<origin>/folder.key        a random key, sealed with the passphrase
    multicoder-<origin>/pieces/ab/ab…     256 KiB of a file, sealed; named by a keyed hash, written once, never changed
    multicoder-<origin>/snapshots/…       the list of one copy's pieces, sealed; written last

A piece that is there already is not written again. A copy whose pieces are not all there is named as such: the folder
is still being synchronised, or somebody took something away. The form is described in docs/sealed-memory.md.
"""

from __future__ import annotations

import hmac
import io
import json
import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError, StorageError
from core.files import replace_patiently, sync_folder, write_atomic
from core.sealing import (
    KEY_BYTES,
    NONCE_BYTES,
    TAG_BYTES,
    Header,
    SealedReader,
    SealedWriter,
    Stretching,
    decrypt,
    encrypt,
    part_key,
    read_header,
)
from engine.recovery.sealed.contents import Facts, opened
from engine.recovery.sealed.one_file import read_facts
from engine.recovery.told import unusable_told

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.paths import Home
    from core.sealing import Hidden
    from engine.recovery.sealed.contents import Item

KEY_MAGIC: Final = b"MultiCoder memory folder"
SNAPSHOT_MAGIC: Final = b"MultiCoder memory snapshot"
VERSION: Final = 1
PIECE_BYTES: Final = 1 << 18
ORIGIN_FILE: Final = "sealed-origin.json"
"""In the data folder: which folder among the copies is its own. It is in no copy, so a restored memory gets another."""

_FOLDER: Final = re.compile(r"multicoder-[0-9a-f]{16}")
_NAME: Final = re.compile(r"(?P<number>\d{6})-\d{8}T\d{6}Z\.snapshot")
_PIECE: Final = re.compile(r"[0-9a-f]{64}")
_KEY_FILE: Final = "folder.key"
_NONCE: Final = bytes(NONCE_BYTES)
"""Each piece has a key of its own, made from its name, which is made from its content: no nonce comes twice."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written for one snapshot."""

    name: str
    written: int
    """Bytes of new pieces."""
    kept: int
    """Bytes of pieces that were there."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One copy in a folder: its list was read, its pieces were looked for and not opened."""

    origin: Origin
    name: str
    facts: Facts
    files: Sequence[Mapping[str, Any]]
    missing: int
    """Pieces that are not there, or not as long as they must be."""

    @property
    def label(self) -> str:
        """How a person names it: folder and copy."""
        return f"{self.origin.folder.name}/{self.name.removesuffix('.snapshot')}"

    @property
    def size(self) -> int:
        """Bytes of everything in it."""
        return sum(int(file["size"]) for file in self.files)

    def entries(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Names and contents in order; StorageError `sealed-damaged` names the piece that is not what was written."""
        for file in self.files:
            yield str(file["name"]), (self.origin.piece(str(name)) for name in file["pieces"])


@dataclass(frozen=True, slots=True)
class Origin:
    """The folder of one data folder's copies, opened."""

    folder: Path
    key: bytes

    def piece(self, name: str) -> bytes:
        """Return a piece; StorageError `sealed-damaged` when it is not what was written."""
        path = self._path(name)
        with unusable_told(path):
            plain = decrypt(self._key_of(name), _NONCE, path.read_bytes(), name.encode())
        if plain is None or self.name_of(plain) != name:
            raise StorageError("sealed-damaged", path=str(path), detail="piece")
        return plain

    def keep(self, plain: bytes) -> tuple[str, bool]:
        """Keep a piece; return its name and whether it was new."""
        name = self.name_of(plain)
        path = self._path(name)
        if self.has(name, len(plain)):
            return name, False
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(encrypt(self._key_of(name), _NONCE, plain, name.encode()))
                file.flush()
                os.fsync(file.fileno())
            replace_patiently(Path(temporary), path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return name, True

    def has(self, name: str, size: int) -> bool:
        """Whether a piece is there, as long as it must be."""
        try:
            return self._path(name).stat().st_size == size + TAG_BYTES
        except FileNotFoundError:
            return False

    def name_of(self, plain: bytes) -> str:
        """The keyed hash of a piece: whoever lacks the key learns nothing from it."""
        return hmac.digest(part_key(self.key, b"names"), plain, "sha256").hex()

    @property
    def snapshots(self) -> Path:
        """Where the lists stand."""
        return self.folder / "snapshots"

    @property
    def pieces(self) -> Path:
        """Where the pieces lie."""
        return self.folder / "pieces"

    def names(self) -> list[str]:
        """Snapshots by their numbers, newest first; copies of a cloud client's own making are none."""
        found = self.snapshots.iterdir() if self.snapshots.is_dir() else ()
        return sorted((path.name for path in found if _NAME.fullmatch(path.name)), reverse=True)

    def snapshot(self, name: str) -> Snapshot:
        """Read one; StorageError `sealed-damaged` when its list is not what was written."""
        path = self.snapshots / name
        with unusable_told(path), path.open("rb") as file:
            header = read_header(file, SNAPSHOT_MAGIC, VERSION, str(path))
            if not header.fits(self.key):
                raise StorageError("sealed-damaged", path=str(path), detail="key")
            reader = SealedReader(file, header, self.key, str(path))
            length = int.from_bytes(reader.read(8), "big")
            if length > path.stat().st_size:
                raise StorageError("sealed-damaged", path=str(path), detail="length")
            data = json.loads(reader.read(length))
            reader.end()
        if data["name"] != name:
            raise StorageError("sealed-damaged", path=str(path), detail="another name")
        missing = sum(
            not self.has(piece, size) for file in data["files"] for piece, size in _sizes(file["pieces"], file["size"])
        )
        return Snapshot(self, name, read_facts(data, str(path)), data["files"], missing)

    def _path(self, name: str) -> Path:
        if not _PIECE.fullmatch(name):
            raise StorageError("sealed-damaged", path=str(self.folder), detail="name of a piece")
        return self.pieces / name[:2] / name

    def _key_of(self, name: str) -> bytes:
        return part_key(self.key, b"piece " + name.encode())


def store(
    home: Home,
    items: Sequence[Item],
    facts: Facts,
    place: Path,
    passphrase: Hidden,
    progress: Callable[[int], None],
) -> Stored:
    """Keep a copy in the folder `place`; what is there already is not written again, older copies stay.

    Raises:
        InputError: `sealed-wrong-passphrase` when this machine's copies in there have another one.
        StorageError: the disk refused; nothing points to what was written then.
    """
    with unusable_told(place):
        origin = _own_origin(home, place, passphrase)
        _tidy(origin)
        done = written = kept = 0
        files: list[dict[str, Any]] = []
        for item in items:
            file = opened(item)
            if file is None:
                continue
            pieces: list[str] = []
            begun = done
            with file:
                while plain := file.read(PIECE_BYTES):
                    name, new = origin.keep(plain)
                    pieces.append(name)
                    written, kept = (written + len(plain), kept) if new else (written, kept + len(plain))
                    done += len(plain)
                    progress(done)
            files.append({"name": item.name, "size": done - begun, "pieces": pieces})
        for folder in {origin.pieces / piece[:2] for file in files for piece in file["pieces"]}:
            sync_folder(folder)
        name = _write_snapshot(origin, facts, files)
    return Stored(name.removesuffix(".snapshot"), written, kept)


def has_key(home: Home, place: Path) -> bool:
    """Whether this machine has copies in there already, so that their passphrase is wanted."""
    name = own_folder(home)
    return bool(name) and (place / name / _KEY_FILE).is_file()


def own_folder(home: Home) -> str:
    """Name of this data folder's folder among the copies; empty before its first copy."""
    try:
        name = f"multicoder-{json.loads((home.root / ORIGIN_FILE).read_bytes())['origin']}"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return name if _FOLDER.fullmatch(name) else ""


def origins(place: Path, passphrase: Hidden) -> list[Origin]:
    """Open every machine's folder in there that the passphrase opens.

    Raises:
        InputError: `sealed-foreign` when there is none, `sealed-wrong-passphrase` when it opens none.
        StorageError: the only ones there are damaged; the folder cannot be read.
    """
    with unusable_told(place):
        names = sorted(path.name for path in place.iterdir() if _FOLDER.fullmatch(path.name))
        found: list[Origin] = []
        trouble: StorageError | None = None
        for name in names:
            try:
                origin = _open_origin(place / name, passphrase)
            except StorageError as error:
                trouble = error
                continue
            if origin is not None:
                found.append(origin)
    if not found and trouble is not None:
        raise trouble
    if not found:
        raise InputError("sealed-wrong-passphrase" if names else "sealed-foreign", path=str(place))
    return found


def prune(home: Home, place: Path, passphrase: Hidden, keep: int) -> int:
    """Take this machine's older copies out of a folder but the newest `keep`; return how many went.

    Pieces go when no copy that stays names them; while one of those cannot be read, none goes.
    """
    with unusable_told(place):
        origin = _own_origin(home, place, passphrase)
        names = origin.names()
        staying = [origin.snapshot(name) for name in names[: max(1, keep)]]
        needed = {piece for snapshot in staying for file in snapshot.files for piece in file["pieces"]}
        for name in names[max(1, keep) :]:
            (origin.snapshots / name).unlink()
        for folder in origin.pieces.iterdir():
            for piece in folder.iterdir():
                if piece.name not in needed:
                    piece.unlink()
    return len(names) - len(staying)


def _own_origin(home: Home, place: Path, passphrase: Hidden) -> Origin:
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not own_folder(home):
        write_atomic(home.root / ORIGIN_FILE, json.dumps({"origin": secrets.token_hex(8)}).encode())
    folder = place / own_folder(home)
    if not (folder / _KEY_FILE).is_file():
        if folder.is_dir() and any(folder.iterdir()):
            raise StorageError("sealed-damaged", path=str(folder), detail=_KEY_FILE)
        folder.mkdir(mode=0o700, exist_ok=True)
        stretching = Stretching.fresh()
        outer, inner = stretching.key(passphrase), os.urandom(KEY_BYTES)
        write_sealed(folder / _KEY_FILE, Header.fresh(KEY_MAGIC, VERSION, stretching, outer), outer, inner)
    origin = _open_origin(folder, passphrase)
    if origin is None:
        raise InputError("sealed-wrong-passphrase", path=str(folder))
    return origin


def _open_origin(folder: Path, passphrase: Hidden) -> Origin | None:
    path = folder / _KEY_FILE
    if not path.is_file():
        raise StorageError("sealed-damaged", path=str(folder), detail=_KEY_FILE)
    with path.open("rb") as file:
        header = read_header(file, KEY_MAGIC, VERSION, str(path))
        outer = header.stretching.key(passphrase)
        if not header.fits(outer):
            return None
        reader = SealedReader(file, header, outer, str(path))
        inner = reader.read(KEY_BYTES)
        reader.end()
    return Origin(folder, inner)


def write_sealed(path: Path, header: Header, key: bytes, data: bytes) -> None:
    """Write something small and sealed, whole or not at all."""
    buffer = io.BytesIO()
    writer = SealedWriter(buffer, header, key)
    writer.write(data)
    writer.finish()
    write_atomic(path, buffer.getvalue())


def _write_snapshot(origin: Origin, facts: Facts, files: list[dict[str, Any]]) -> str:
    origin.snapshots.mkdir(mode=0o700, exist_ok=True)
    numbers = [int(found["number"]) for name in origin.names() if (found := _NAME.fullmatch(name))]
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(max(0.0, facts.at)))
    name = f"{max(numbers, default=0) + 1:06}-{stamp}.snapshot"
    said = json.dumps({"name": name, **asdict(facts), "files": files}).encode()
    # The header's scrypt says nothing here: the key comes from `folder.key`, and each header has nonces of its own.
    header = Header.fresh(SNAPSHOT_MAGIC, VERSION, Stretching(15, 8, 1, os.urandom(16)), origin.key)
    write_sealed(origin.snapshots / name, header, origin.key, len(said).to_bytes(8, "big") + said)
    return name


def _tidy(origin: Origin) -> None:
    """Take away what a copy that was killed had begun to write."""
    for part in (*origin.pieces.glob("*/*.part"), *origin.snapshots.glob(".*.part")):
        part.unlink(missing_ok=True)


def _sizes(pieces: Sequence[str], size: int) -> Iterator[tuple[str, int]]:
    for number, piece in enumerate(pieces):
        yield piece, min(PIECE_BYTES, size - number * PIECE_BYTES)
