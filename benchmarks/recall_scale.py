"""Recall of old facts among very many messages of other projects: what is found, how fast, how large the index is.

    python -m benchmarks.recall_scale CONVERSATIONS.json [--sizes 1000,100000,1000000]

CONVERSATIONS.json is a list of dialogues with questions in the form of the public LoCoMo set. The first dialogue is one
project; the filler is made of shuffled words of all dialogues, said in 200 other projects. Messages of the filler are
put into the table of messages in one transaction, through the store of the open archive and with the digests it would
have written itself: a million commits of `add_message` would take hours and are not what is measured. Everything after
that is the program's own way: `catch_up` reads and proves each message, questions go through `recall`.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.recall_quality import conversations, put_dialogue
from core.memory import RecallQuery
from memory.archive import SqliteArchive
from memory.documents.documents import FILE, SqliteDocuments
from memory.recall.service import MemoryRecall
from memory.store import digest, new_id, pack

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROJECTS = 200
_MESSAGE = "message, project, run, author, kind, text, sequence, created, effect"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("conversations", type=Path)
    asked.add_argument("--sizes", default="1000,100000,1000000")
    asked.add_argument("--questions", type=int, default=150)
    chosen = asked.parse_args()
    dialogues = list(conversations(chosen.conversations))
    for size in map(int, chosen.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_measure(Path(folder), dialogues, size, chosen.questions))


async def _measure(folder: Path, dialogues: list[Any], size: int, questions: int) -> None:
    archive, documents = SqliteArchive(folder / "multicoder.db"), SqliteDocuments(folder / FILE)
    _units, asked = dialogues[0]
    projects = [(await archive.add_project(f"other {n}", out=".", locale="en")).project for n in range(_PROJECTS)]
    own = (await archive.add_project("own", out=".", locale="en")).project
    places = await put_dialogue(documents, own, _units)
    filled = time.perf_counter()
    await archive.store.do(lambda: _fill(archive, projects, _said(dialogues, size)))
    filled = time.perf_counter() - filled
    recall = MemoryRecall(folder, archive, documents)
    begun, cpu = time.perf_counter(), time.process_time()
    await recall.catch_up()
    cpu, seconds = time.process_time() - cpu, time.perf_counter() - begun
    index = sum(file.stat().st_size for file in folder.glob("recall.db*"))  # noqa: ASYNC240 - nothing else waits
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:>9,} messages, put in within {filled:.0f} s: indexed in {cpu:.1f} s CPU ({seconds:.1f} s), "
        f"{index / 1e6:.1f} MB, peak {peak:.0f} MB",
        flush=True,
    )
    for name, query in (
        ("in the project", {"project": own, "widest": "project"}),
        ("in everything", {"reach": "archive", "widest": "archive"}),
    ):
        await _ask(recall, name, query, asked[:questions], places)
    recall.close()
    documents.close()
    archive.close()


async def _ask(
    recall: MemoryRecall, name: str, query: dict[str, Any], asked: list[Any], places: dict[Any, str]
) -> None:
    shares, hits, spent, worked = [], [], [], []
    for question, wanted in asked:
        begun, cpu = time.perf_counter(), time.process_time()
        lines = await recall.recall(RecallQuery(question, limit=20, **query))
        worked.append((time.process_time() - cpu) * 1000)
        spent.append((time.perf_counter() - begun) * 1000)
        found = {places.get((line.source, line.line), "") for line in lines}
        shares.append(len(found & wanted) / len(wanted))
        hits.append(bool(found & wanted))
    print(
        f"  {name}: R@20 {100 * sum(shares) / len(shares):.1f} %, any line {100 * sum(hits) / len(hits):.1f} %, "
        f"clock {_middle_and_95(spent)}, CPU {_middle_and_95(worked)}",
        flush=True,
    )


def _middle_and_95(values: list[float]) -> str:
    ordered = sorted(values)
    return f"p50 {ordered[len(ordered) // 2]:.1f} ms p95 {ordered[int(len(ordered) * 0.95)]:.1f} ms"


def _said(dialogues: list[Any], size: int) -> Iterator[str]:
    """Make sentences of the length of real ones from their words, so that common words are common here too."""
    rng = random.Random(1)
    texts = [unit["text"] for units, _asked in dialogues for unit in units]
    words = [word for text in texts for word in text.split()]
    lengths = [len(text.split()) for text in texts]
    for _number in range(size):
        yield " ".join(rng.choices(words, k=max(1, rng.choice(lengths))))


def _fill(archive: SqliteArchive, projects: list[str], said: Iterator[str]) -> None:
    store = archive.store
    store.connection.execute("BEGIN IMMEDIATE")
    with store.connection:
        for number, text in enumerate(said):
            facts = (projects[number % _PROJECTS], "", "person" if number % 2 else "multicoder", "text", pack(text))
            row = (f"{new_id('m')}{number}", *facts, number // _PROJECTS + 1, time.time(), "")
            marks = ", ".join("?" * (len(row) + 1))
            store.connection.execute(f"INSERT INTO messages ({_MESSAGE}, digest) VALUES ({marks})", (*row, digest(row)))


if __name__ == "__main__":
    main()
