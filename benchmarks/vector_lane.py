"""What the vectors of the memory cost and what they find: embedding, putting in, asking, the memory of the process.

    python benchmarks/vector_lane.py --megabytes 50
    python benchmarks/vector_lane.py --passages 3000 --text FILE --text FILE
    python benchmarks/vector_lane.py --passages 5000 --natural FOLDER

Texts are made up from the words of the files (or from a list of its own), in passages of about 500 characters; with
`--natural` they are what stands in the folder's files. What is found is compared before and after the folder was
deleted and made anew.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import shutil
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from memory.lanes import Passage  # noqa: E402 - found through the path set above
from memory.vectors.hashing import DIMENSION, HashedEmbedding  # noqa: E402 - as above
from memory.vectors.lane import open_vectors  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from memory.vectors.lane import ChromaLane

SPACE = "person.docs"
CHARACTERS = 500
QUESTIONS = 100
_NATURAL = {".py", ".md", ".rst", ".txt"}
_FEWEST_WORDS = 30
WORDS = (
    "invoice window calendar password river coffee deadline engine picture weather garden release bicycle contract"
    " keyboard mountain library kitchen printer harbour кнопка окно договор сроки проект память столица ошибка отчёт"
)


class Made:
    """Passages made when they are asked for, so that they are not what fills the memory."""

    def __init__(self, count: int, words: Sequence[str]) -> None:
        self._count, self._words = count, words

    def text(self, number: int) -> str:
        """Runs of words from anywhere, and names nobody else has."""
        dice, parts, size = random.Random(number), [], 0
        while size < CHARACTERS:
            at = dice.randrange(len(self._words))
            run = [*self._words[at : at + dice.randint(3, 8)], f"name{dice.randrange(1 << 20):x}"]
            parts += run
            size += sum(len(word) + 1 for word in run)
        return " ".join(parts)

    def question(self, number: int) -> str:
        """A few words out of the middle of a passage."""
        return " ".join(self.text(number).split()[10:18])

    async def after(self, passage: int, limit: int) -> list[Passage]:
        """See `memory.lanes.Passages`."""
        return [Passage(n, SPACE, self.text(n)) for n in range(passage + 1, min(passage + limit, self._count) + 1)]

    async def count(self) -> int:
        """See `memory.lanes.Passages`."""
        return self._count


class Natural(Made):
    """Passages people wrote: whole lines of documentation and sources, one file after another."""

    def __init__(self, count: int, folder: Path) -> None:
        self._passages = list(islice(_written(folder), count))
        super().__init__(len(self._passages), ())

    def text(self, number: int) -> str:
        """See `Made`."""
        return self._passages[number - 1]

    def question(self, number: int) -> str:
        """Eight words out of the middle, or as many as there are."""
        words = self.text(number).split()
        return " ".join(words[max(0, len(words) // 2 - 4) :][:8])


def _written(folder: Path) -> Iterator[str]:
    """Cut files into passages, each text once; files come shuffled so that not one package fills them all."""
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in _NATURAL and path.is_file()]
    random.Random(1).shuffle(files)
    told: set[str] = set()
    for file in files:
        lines: list[str] = []
        for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
            lines.append(line)
            text = "\n".join(lines)
            if len(text) >= CHARACTERS:
                lines.clear()
                if text not in told and len(text) < 2 * CHARACTERS and len(text.split()) >= _FEWEST_WORDS:
                    told.add(text)
                    yield text


def megabytes_used() -> float:
    """The most this process ever had in memory."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def size_of(folder: Path) -> float:
    """Megabytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


class Stopwatch:
    """Seconds on the wall and of the processor."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        return f"{time.process_time() - self.cpu:.1f} s CPU, {time.perf_counter() - self.wall:.1f} s"


def embedding(made: Made, count: int) -> None:
    texts = [made.text(number) for number in range(1, count + 1)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    begun = time.process_time()
    HashedEmbedding().embed_now(texts)
    seconds = time.process_time() - begun
    print(f"embedding      {size:.1f} MB in {seconds:.2f} s CPU = {size / seconds:.1f} MB/s, {DIMENSION} numbers each")


async def stalls(stop: asyncio.Event) -> float:
    """How late the loop ever was."""
    longest = 0.0
    while not stop.is_set():
        begun = time.perf_counter()
        await asyncio.sleep(0.005)
        longest = max(longest, time.perf_counter() - begun - 0.005)
    return longest


async def ours(home: Path, made: Made, count: int) -> None:
    lane, stop = open_vectors(home), asyncio.Event()
    watching, watch = asyncio.create_task(stalls(stop)), Stopwatch()
    await lane.condition()
    print(f"first look     {watch} (loads the library)")
    watch = Stopwatch()
    await lane.catch_up(made)
    print(f"put in         {count:,} passages, {watch}; peak {megabytes_used():.0f} MB in memory")
    stop.set()
    print(f"longest stall  {await watching * 1000:.0f} ms of the event loop")
    numbers = range(1, count + 1, max(1, count // QUESTIONS))
    asked = [made.question(number) for number in numbers]
    before = await answers(lane, asked)
    times = sorted(before.values(), key=lambda found: found[1])
    own = sum(number in before[made.question(number)][0] for number in numbers) / len(asked)
    middle, slow = (times[int(len(times) * share)][1] for share in (0.5, 0.95))
    print(f"asked          p50 {middle:.1f} ms, p95 {slow:.1f} ms; the passage it is from among 20: {own:.0%}")
    print(f"on the disk    {size_of(home):.0f} MB")
    shutil.rmtree(home / "vectors")
    begun = time.perf_counter()
    await lane.search([SPACE], asked[:1], 10)
    state = (await lane.condition()).state
    print(f"folder deleted {state} after {time.perf_counter() - begun:.2f} s")
    watch = Stopwatch()
    await lane.catch_up(made)
    after = await answers(lane, asked)
    same = [len(before[text][0] & after[text][0]) / max(1, len(before[text][0])) for text in asked]
    print(
        f"made anew      {watch}; {sum(same) / len(same):.4f} of what was found before; peak {megabytes_used():.0f} MB"
    )
    await lane.close()


async def answers(lane: ChromaLane, asked: Sequence[str]) -> dict[str, tuple[set[int], float]]:
    found = {}
    await lane.search([SPACE], asked[:1], 20)
    for text in asked:
        begun = time.perf_counter()
        numbers = set(await lane.search([SPACE], [text], 20))
        found[text] = numbers, (time.perf_counter() - begun) * 1000
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=0.0)
    parser.add_argument("--passages", type=int, default=3_000)
    parser.add_argument("--text", type=Path, action="append", default=[], help="a file whose words are used")
    parser.add_argument("--natural", type=Path, help="a folder whose files are the passages")
    chosen = parser.parse_args()
    words = " ".join(file.read_text(encoding="utf-8", errors="replace") for file in chosen.text).split()
    count = int(chosen.megabytes * 1e6 / CHARACTERS) or chosen.passages
    made = Natural(count, chosen.natural) if chosen.natural else Made(count, words or WORDS.split())
    count = asyncio.run(made.count())
    embedding(made, min(count, 2_000))
    with tempfile.TemporaryDirectory(prefix="vector-lane-") as home:
        asyncio.run(ours(Path(home), made, count))


if __name__ == "__main__":
    main()
