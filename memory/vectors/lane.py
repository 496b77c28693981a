"""Lane 2 as the rest of the memory sees it: never an error, never in the way, mended by itself.

Everything that touches the index runs in one thread of its own. While something is wrong, a search finds nothing and
recall goes on with lane 1; the next `catch_up` begins anew where the files are damaged.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from core.errors import MultiCoderError
from memory.lanes import Condition
from memory.vectors.hashing import HashedEmbedding
from memory.vectors.index import VectorIndex
from memory.vectors.worker import DamagedError, VectorsFailedError, Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from memory.lanes import Embedding, Passage, Passages

    Progress = Callable[[int, int], None]

T = TypeVar("T")
_SEARCH_SECONDS: Final = 2.0
"""Recall waits no longer for this lane; the index may be opening or taking in a batch."""
_LOOK_SECONDS: Final = 2.5
_HUNG_SECONDS: Final = 120.0
"""A single step takes seconds at most; the library has hung when one takes longer."""
_SHORT_SECONDS: Final = 3.0
"""A filling that takes no longer is not worth telling."""
_CLOSE_SECONDS: Final = 10.0
_ORDER: Final = 1_000
"""Passages that are announced, put in and acknowledged together."""
_PIECE: Final = 200
"""Passages that are put in at a time: a search that comes meanwhile waits for one piece."""
_FIRST: Final = "memory"
_PATIENCE_SECONDS: Final = 600.0
"""An index that broke again right after it was made anew is left alone so long: it is not the files then."""


def open_vectors(home_root: Path, embedding: Embedding | None = None) -> ChromaLane:
    """Return lane 2 of a data folder with the built-in embedding or another one; nothing is imported or opened yet."""
    return ChromaLane(home_root, embedding or HashedEmbedding())


class ChromaLane:
    """`memory.lanes.VectorLane` on a folder of Chroma."""

    def __init__(self, home_root: Path, embedding: Embedding) -> None:
        self._embedding = embedding
        self._root = home_root
        self._opened: VectorIndex | None = None
        self._worker = Worker()
        self._filling = asyncio.Lock()
        self._trouble = ""
        self._deaf = ""
        """Why nothing can be embedded just now."""
        self._damaged = False
        self._gave_up = float("-inf")
        """When an index broke that had just been made anew."""
        self._filling_since = 0.0
        self._passages: Passages | None = None
        """What it was filled from last, to mend itself without being asked."""
        self._mending: asyncio.Task[int] | None = None
        self._held = 0
        self._forgotten: set[int] = set()
        """What could not be taken out yet."""
        self._closed = False

    # ------------------------------------------------------------------------------------------ asking

    async def search(self, spaces: Sequence[str], texts: Sequence[str], limit: int) -> Mapping[int, float]:
        """Return the closest passages with their similarity (0 to 1); empty while degraded, never an error."""
        wanted = [text for text in texts if text.strip()]
        if not (spaces and wanted and limit > 0) or self._closed:
            return {}
        try:
            async with asyncio.timeout(_SEARCH_SECONDS):
                vectors = await self._embed(wanted)
                found = await self._do(lambda: self._index.find(spaces, vectors, limit), urgent=True)
        except (VectorsFailedError, TimeoutError):
            return {}
        return {number: likeness for number, likeness in found.items() if number not in self._forgotten}

    async def condition(self) -> Condition:
        """What works, found by embedding and finding a canary."""
        if self._closed:
            return Condition("off", 0)
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._know_dimension()
                await self._do(lambda: self._index.look(), urgent=True)  # noqa: PLW0108 - there is none before that
        except VectorsFailedError:
            return self._condition("degraded")
        except TimeoutError:
            hung = self._worker.busy_seconds() > _HUNG_SECONDS
            if hung:
                self._trouble = "the index does not answer"
            return self._condition("degraded" if hung else "building")
        long = self._filling_since and time.monotonic() - self._filling_since > _SHORT_SECONDS
        return self._condition("building" if long else "degraded" if self._deaf else "ready")

    def _condition(self, state: Literal["ready", "building", "degraded", "off"]) -> Condition:
        return Condition(state, self._held, (self._trouble or self._deaf) if state != "ready" else "")

    # ------------------------------------------------------------------------------------------ filling

    async def catch_up(self, passages: Passages, progress: Progress | None = None) -> int:
        """Embed what is new; return how many. After damage it begins anew by itself."""
        async with self._filling:
            self._passages, self._filling_since = passages, time.monotonic()
            try:
                await self._know_dimension()
                return await self._caught_up(passages, progress)
            except VectorsFailedError:
                return 0
            finally:
                self._filling_since = 0.0

    async def rebuild(self, passages: Passages, progress: Progress | None = None) -> None:
        """Throw everything away and embed anew."""
        async with self._filling:
            self._passages, self._filling_since = passages, time.monotonic()
            try:
                await self._know_dimension()
                await self._filled_anew(passages, progress)
            except VectorsFailedError:
                return
            finally:
                self._filling_since = 0.0

    async def remove(self, passages: Sequence[int]) -> None:
        """Forget passages for good."""
        self._forgotten.update(passages)
        async with self._filling:
            try:
                await self._know_dimension()
                await self._take_out()
            except VectorsFailedError:
                return  # never found again meanwhile, and taken out before anything is put in

    async def close(self) -> None:
        """Give the folder back; closing twice is no error."""
        if self._closed:
            return
        self._closed = True
        if self._mending is not None:
            self._mending.cancel()
            await asyncio.wait({self._mending})
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                if self._opened is not None:
                    await self._worker.do(self._opened.close)
        except (VectorsFailedError, TimeoutError):
            pass  # the thread is a daemon, and the lock goes with the process
        self._worker.stop()

    async def _caught_up(self, passages: Passages, progress: Progress | None) -> int:
        try:
            await self._do(self._index.unchanged_outside)
            await self._prove()
        except VectorsFailedError:
            if not self._damaged or time.monotonic() - self._gave_up < _PATIENCE_SECONDS:
                raise
            return await self._filled_anew(passages, progress)
        if await self._renumbered(passages):
            return await self._filled_anew(passages, progress)
        await self._take_out()
        return await self._fill(passages, progress)

    async def _filled_anew(self, passages: Passages, progress: Progress | None) -> int:
        try:
            self._damaged = False
            await self._do(self._index.begin_anew, opening=False)
            return await self._fill(passages, progress)
        except DamagedError:
            self._gave_up = time.monotonic()
            raise

    async def _prove(self) -> None:
        """Read everything once after a kill; a piece at a time, so that searches come between."""
        for space in await self._do(self._index.unproved):
            await self._do(lambda space=space: self._index.prove(space))  # type: ignore[misc]  # bound at once
        await self._do(self._index.proved)

    async def _renumbered(self, passages: Passages) -> bool:
        """Whether lane 1 was made anew and its numbers mean something else than they did."""
        anchors, held = await self._do(lambda: (dict(self._index.anchors), self._index.held))
        for number in sorted(anchors, reverse=True):
            there = await passages.after(number - 1, 1)
            if there and there[0].passage == number:
                return _said(there[0]) != anchors[number]
        return held > await passages.count()

    async def _take_out(self) -> None:
        if self._forgotten:
            gone = sorted(self._forgotten)
            await self._do(lambda: self._index.remove(gone))
            self._forgotten.difference_update(gone)

    async def _fill(self, passages: Passages, progress: Progress | None) -> int:
        done, watermark = 0, await self._do(lambda: self._index.watermark)
        total = await passages.count()
        while not self._closed and (order := await passages.after(watermark, _ORDER)):
            await self._take_in(order)
            watermark = order[-1].passage
            done += len(order)
            if progress:
                progress(self._held, max(total, self._held))
        await self._do(self._index.settle)
        return done

    async def _take_in(self, order: Sequence[Passage]) -> None:
        """Embed and put in; none of it counts before all of it is there."""
        by_space: dict[str, list[Passage]] = {}
        for passage in order:
            by_space.setdefault(passage.space, []).append(passage)
        await self._do(lambda: self._index.announce({s: [p.passage for p in group] for s, group in by_space.items()}))
        arrived: dict[str, bytes] = {}
        for space, group in by_space.items():
            arrived[space] = b""
            members = iter(group)
            while piece := list(islice(members, _PIECE)):
                vectors = await self._embed([passage.text for passage in piece])
                numbers = [passage.passage for passage in piece]
                await self._do(lambda s=space, n=numbers, v=vectors: self._index.put(s, n, v))  # type: ignore[misc]  # bound at once
                arrived[space] += vectors
        last = order[-1]
        await self._do(lambda: self._index.arrived(arrived, last.passage, _said(last)))

    # ------------------------------------------------------------------------------------------ inner

    @property
    def _index(self) -> VectorIndex:
        """The index of this embedding; VectorsFailedError while nobody knows how long its vectors are."""
        if self._opened is None:
            embedding = self._embedding
            if not embedding.dimension:
                raise VectorsFailedError(self._deaf)
            name = f"{embedding.name}/{embedding.dimension}/{embedding.version}"
            self._opened = VectorIndex(self._root, name, embedding.dimension)
        return self._opened

    async def _know_dimension(self) -> None:
        """Have a first text embedded where only the answer tells how long vectors are."""
        if not self._embedding.dimension:
            await self._embed([_FIRST])

    async def _embed(self, texts: Sequence[str]) -> bytes:
        try:
            vectors = await self._embedding.embed(texts)
        except MultiCoderError as error:
            self._deaf = f"{error.code}: {error.facts.get('detail') or ''}".rstrip(": ")
            raise VectorsFailedError(self._deaf) from None
        self._deaf = ""
        return vectors

    async def _do(self, work: Callable[[], T], *, urgent: bool = False, opening: bool = True) -> T:
        """Have `work` done on the open index, and remember what was wrong."""

        def done() -> T:
            if opening:
                self._index.open()
            found = work()
            self._held = self._index.held
            return found

        if self._damaged:
            raise VectorsFailedError(self._trouble)
        try:
            found = await self._worker.do(done, urgent=urgent)
        except DamagedError as error:
            self._damaged, self._trouble = True, str(error)
            await self._worker.do(self._index.let_go, urgent=True)
            self._mend()
            raise
        except VectorsFailedError as error:
            self._trouble = str(error)
            raise
        self._trouble = ""
        return found

    def _mend(self) -> None:
        """Begin anew by itself, once whoever found the damage has let go of it."""
        idle = self._mending is None or self._mending.done()
        if self._passages is not None and idle and not self._closed:
            self._mending = asyncio.create_task(self.catch_up(self._passages), name="vectors-mending")


def _said(passage: Passage) -> str:
    text = f"{passage.space}\n{passage.text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).hexdigest()


__all__ = ["ChromaLane", "open_vectors"]
