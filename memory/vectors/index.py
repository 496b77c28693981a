"""The index on the disk, as one thread uses it: opened only after its files proved themselves, changed step by step.

Each change says first what it is about to put in, then puts it, then says what is there now; whatever moment the
process is killed in, the next one knows which vectors may be there and takes them out again.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from core.locks import give, open_lock, take
from memory.vectors import chroma
from memory.vectors.manifest import (
    DATABASE,
    Manifest,
    Space,
    check_file,
    checksum,
    plus,
    read_manifest,
)
from memory.vectors.worker import DamagedError, VectorsFailedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FOLDER: Final = "vectors"
LOCK: Final = "vectors.lock"
"""Beside the folder: who deletes the folder must not free the lock with it."""
_MADE: Final = b"an index was made"
"""What the lock says then: a folder that is gone is told from one that never was."""
_MANIFEST: Final = "manifest.json"
_CANARY: Final = "canary"
_CANARY_NUMBER: Final = 1
_FLOAT_BYTES: Final = 4
_NEAR_ONE: Final = 0.999
_PAGE: Final = 500
_LOOK_BYTES: Final = 32_000_000
"""How much of its files one look reads again."""


class InUseError(VectorsFailedError):
    """Another process has the index."""


class VectorIndex:
    """Every method blocks and is called from one thread only. What is wrong with the files is a DamagedError."""

    def __init__(self, root: Path, embedding: str, dimension: int) -> None:
        self._folder = root / FOLDER
        self._lock_file = root / LOCK
        self._embedding = embedding
        self._bytes = dimension * _FLOAT_BYTES
        self._lock: int | None = None
        self._client: Any = None
        self._collections: dict[str, Any] = {}
        self._manifest: Manifest | None = None
        self._proved = True
        self._next_look = 0

    # ------------------------------------------------------------------------------------------ opening

    def open(self) -> None:
        """Open what is there, or begin. InUseError, DamagedError, or whatever the library raises."""
        if self._client is not None:
            return
        self._take()
        manifest = read_manifest(self._folder / _MANIFEST)
        if manifest is None:
            if self._folder.exists() and not (self._folder.is_dir() and not any(self._folder.iterdir())):
                raise DamagedError("the list of its files is gone")
            if self._lock_file.stat().st_size:
                raise DamagedError("its folder is gone")
            self.begin_anew()
            return
        library = chroma.version()
        if manifest.library != library:
            raise DamagedError(f"it was made by chromadb {manifest.library}, here is {library}")
        if manifest.embedding != self._embedding:
            raise DamagedError(f"it was made for the embedding {manifest.embedding}")
        manifest.check(self._folder)
        self._manifest, self._proved = manifest, manifest.settled
        try:
            with self._changing():  # already opening writes something
                self._client = chroma.open_client(self._folder / manifest.folder)
                self._finish_pending()
        except BaseException:
            self.let_go()
            raise
        self._remove_old()

    def begin_anew(self) -> None:
        """Throw away what there is and begin with an empty index."""
        self._take()
        self.let_go()
        if self._folder.exists() and not self._folder.is_dir():
            self._folder.unlink()
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / _MANIFEST).unlink(missing_ok=True)
        self._manifest = Manifest(f"index-{secrets.token_hex(4)}", chroma.version(), self._embedding)
        self._remove_old()
        self._proved = True
        self._client = chroma.open_client(self._folder / self._manifest.folder)
        with self._changing():
            self._collection(_CANARY).upsert(ids=[str(_CANARY_NUMBER)], embeddings=self._rows(self._canary()))
            self._manifest.spaces[_CANARY] = Space(self._name(_CANARY), 1, checksum([_CANARY_NUMBER], self._canary()))
        self._say_made()

    def _say_made(self) -> None:
        if self._lock is not None:
            os.lseek(self._lock, 0, os.SEEK_SET)
            os.write(self._lock, _MADE)

    def let_go(self) -> None:
        """Close the files and keep the lock; what is damaged is not used on."""
        client, self._client, self._manifest = self._client, None, None
        self._collections.clear()
        if client is not None:
            client.close()

    def close(self) -> None:
        """Let go of the files and of the lock; closing twice is no error."""
        self.let_go()
        if self._lock is not None:
            give(self._lock)
            os.close(self._lock)
            self._lock = None

    def _take(self) -> None:
        if self._lock is not None:
            return
        self._lock_file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = open_lock(self._lock_file)
        try:
            take(descriptor)
        except OSError:
            os.close(descriptor)
            raise InUseError("in use by another MultiCoder") from None
        self._lock = descriptor

    def _remove_old(self) -> None:
        """Take away indexes that are no longer used; what somebody holds open goes another time."""
        for path in self._folder.iterdir():
            if path.name not in {_MANIFEST, self._known.folder}:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)
                else:
                    with suppress(OSError):
                        path.unlink()

    def _finish_pending(self) -> None:
        """Take out what was being put in when the process before this one ended, and count what is there."""
        manifest = self._known
        if manifest.pending:
            with self._changing():
                for space, numbers in manifest.pending.items():
                    self._delete(self._collection(space), numbers)
                manifest.pending = {}
        if not self._proved:
            for space, kept in manifest.spaces.items():
                if (count := self._collection(space).count()) != kept.count:
                    raise DamagedError(f"{count} vectors where {kept.count} were put in")

    # ------------------------------------------------------------------------------------------ use

    @property
    def watermark(self) -> int:
        """All passages up to this number are in it."""
        return self._known.watermark

    @property
    def held(self) -> int:
        """How many passages are in it."""
        return self._known.held - 1

    @property
    def anchors(self) -> Mapping[int, str]:
        """Some passages that are in it, with a digest of what they said."""
        return {int(number): said for number, said in self._known.anchors.items()}

    def find(self, spaces: Sequence[str], vectors: bytes, limit: int) -> dict[int, float]:
        """Return the closest passages of each of the vectors, with the better of their similarities."""
        self.unchanged_outside()
        found: dict[int, float] = {}
        for space in dict.fromkeys(spaces):
            if space not in self._known.spaces or space == _CANARY:
                continue
            for number, likeness in self._query(space, vectors, limit):
                if likeness > found.get(number, 0.0):
                    found[number] = likeness
        best = sorted(found, key=lambda number: (-found[number], number))[:limit]
        return {number: found[number] for number in best}

    def _query(self, space: str, vectors: bytes, limit: int) -> Iterator[tuple[int, float]]:
        answer = self._collection(space).query(
            query_embeddings=self._rows(vectors), n_results=limit, include=["distances"]
        )
        for numbers, distances in zip(answer["ids"], answer["distances"], strict=True):
            yield from ((int(number), min(1.0, 1.0 - far)) for number, far in zip(numbers, distances, strict=True))

    def announce(self, passages: Mapping[str, list[int]]) -> None:
        """Say what will be put in next."""
        manifest = self._known
        manifest.settled = False
        for space in passages:
            self._collection(space)
        for space, numbers in manifest.pending.items():  # of an announcement that was broken off
            self._delete(self._collection(space), sorted(set(numbers) - set(passages.get(space, ()))))
        manifest.pending = {space: list(numbers) for space, numbers in passages.items()}
        self._write()

    def put(self, space: str, numbers: Sequence[int], vectors: bytes) -> None:
        """Put in a part of what was announced; `arrived` makes it count."""
        self._collection(space).upsert(ids=[str(number) for number in numbers], embeddings=self._rows(vectors))
        if self._known.graphs_changed(self._folder):
            self._write(look=True)  # the library wrote the graph anew: known at once, it survives a kill

    def arrived(self, vectors: Mapping[str, bytes], watermark: int, anchor: str) -> None:
        """All that was announced is in."""
        manifest = self._known
        for space, data in vectors.items():
            numbers = manifest.pending[space]
            kept = manifest.spaces[space]
            kept.count += len(numbers)
            kept.checksum = plus(kept.checksum, checksum(numbers, data))
        manifest.pending = {}
        manifest.drop_anchor(watermark, anchor)
        self._write()

    def settle(self) -> None:
        """Nothing more is coming: from now on the database has to be what it is now."""
        if not self._known.settled:
            self._known.settled = self._proved
            self._write(look=True)

    def remove(self, numbers: Sequence[int]) -> None:
        """Take passages out, wherever they are."""
        with self._changing():
            for space, kept in self._known.spaces.items():
                if space != _CANARY:
                    gone, sum_gone = self._delete(self._collection(space), numbers)
                    kept.count -= gone
                    kept.checksum = plus(kept.checksum, -sum_gone)

    def _delete(self, collection: Any, numbers: Sequence[int]) -> tuple[int, int]:
        """Delete those of the passages that are in a collection; return how many and their checksum."""
        gone, total = 0, 0
        for ids, vectors in self._pages(collection, numbers):
            # Deleting only marks a row of the graph; overwritten first, its numbers go with the next write.
            names = [str(number) for number in ids]
            collection.upsert(ids=names, embeddings=self._rows(self._canary() * len(ids)))
            collection.delete(ids=names)
            gone, total = gone + len(ids), plus(total, checksum(ids, vectors))
        return gone, total

    # ------------------------------------------------------------------------------------------ looking

    def unchanged_outside(self) -> None:
        """DamagedError when a file is gone or was touched by somebody else; reads none of them."""
        if changed := self._known.changed_outside(self._folder):
            raise DamagedError(changed)

    def look(self) -> None:
        """Read some of the files again, in turn, and find the canary; DamagedError when something is wrong."""
        self.unchanged_outside()
        names = sorted(self._known.files)
        read = 0
        for _ in names:
            name = names[self._next_look % len(names)]
            seen = self._known.files[name]
            if read and read + seen.size > _LOOK_BYTES:
                break
            self._next_look += 1
            if self._known.settled or name != DATABASE:
                check_file(self._folder / self._known.folder / name, seen)
                read += seen.size
        found = [number for number, likeness in self._query(_CANARY, self._canary(), 1) if likeness > _NEAR_ONE]
        if found != [_CANARY_NUMBER]:
            raise DamagedError("the canary was not found")

    def unproved(self) -> list[str]:
        """Name the spaces whose vectors have to be read once, because the last process was killed while it wrote."""
        return [] if self._proved else list(self._known.spaces)

    def prove(self, space: str) -> None:
        """Read all vectors of a space and compare their sum; DamagedError when it differs."""
        kept, collection = self._known.spaces[space], self._collection(space)
        count, total = 0, 0
        ids = [int(number) for number in collection.get(include=[])["ids"]]
        for numbers, vectors in self._pages(collection, ids):
            count, total = count + len(numbers), plus(total, checksum(numbers, vectors))
        if (count, total) != (kept.count, kept.checksum):
            raise DamagedError("its vectors are not what was put in")

    def proved(self) -> None:
        """All spaces were read."""
        self._proved = True
        self.settle()

    def _pages(self, collection: Any, numbers: Sequence[int]) -> Iterator[tuple[list[int], bytes]]:
        import numpy as np  # noqa: PLC0415 - only beside an open index

        for first in range(0, len(numbers), _PAGE):
            names = [str(number) for number in numbers[first : first + _PAGE]]
            got = collection.get(ids=names, include=["embeddings"])
            if got["ids"]:
                rows = np.asarray(got["embeddings"], dtype=np.float32)
                yield [int(number) for number in got["ids"]], rows.tobytes()

    # ------------------------------------------------------------------------------------------ inner

    @property
    def _known(self) -> Manifest:
        if self._manifest is None:
            raise VectorsFailedError("the index is closed")
        return self._manifest

    def _collection(self, space: str) -> Any:
        """Return the collection of a space. Its first use may make the library write: it catches up with its log."""
        if space not in self._collections:
            with self._changing():
                name = self._name(space)
                collection = chroma.open_collection(self._client, name)
                collection.query(query_embeddings=self._rows(self._canary()), n_results=1, include=[])
                self._known.spaces.setdefault(space, Space(name))
                self._collections[space] = collection
        return self._collections[space]

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Say before and after that the files change; a pause between two announcements stays unsettled."""
        manifest = self._known
        settled, manifest.settled = manifest.settled or not manifest.files, False
        self._write()
        yield
        manifest.settled = settled and self._proved
        self._write(look=True)

    def _write(self, *, look: bool = False) -> None:
        if look:
            self._known.look(self._folder)
        self._known.write(self._folder / _MANIFEST)

    def _name(self, space: str) -> str:
        said = f"{self._embedding} {space}".encode("utf-8", "surrogatepass")
        return f"s-{hashlib.blake2b(said, digest_size=16).hexdigest()}"

    def _rows(self, vectors: bytes) -> Any:
        import numpy as np  # noqa: PLC0415 - as above

        return np.frombuffer(vectors, dtype=np.float32).reshape(-1, self._bytes // _FLOAT_BYTES)

    def _canary(self) -> bytes:
        """Return a vector of length 1 that says nothing."""
        import numpy as np  # noqa: PLC0415 - as above

        vector = np.zeros(self._bytes // _FLOAT_BYTES, dtype=np.float32)
        vector[0] = 1.0
        return vector.tobytes()


__all__ = ["FOLDER", "LOCK", "InUseError", "VectorIndex"]
