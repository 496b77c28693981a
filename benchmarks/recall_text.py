"""Fifty megabytes of text: how long until it is archived and searchable, what that takes, and how a naive way compares.

    python -m benchmarks.recall_text SOURCE [--megabytes 50] [--naive-chunks 3000]

SOURCE is a folder, of which all texts and sources (.md .py .rst .txt) are put one behind the other in any order, such
as the packages of an environment; or a file in the form of the public LoCoMo set: lines are then one or two of its
sentences, one word in fifty made a word of its own, which can be packed less than what people write.
The naive way cuts the text into pieces of 1,000 characters that overlap by 200, embeds them with our hashed
n-grams and adds them to Chroma; it is measured on a sample and scaled by the number of pieces, as it prints.
Each way works in a process of its own, so that the memory it took is its own.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.recall_quality import conversations
from core.memory import DocumentNote, RecallQuery
from memory.archive import SqliteArchive
from memory.documents.documents import FILE, SqliteDocuments
from memory.recall.service import MemoryRecall
from memory.vectors.chroma import open_client
from memory.vectors.hashing import HashedEmbedding

if TYPE_CHECKING:
    from collections.abc import Iterable

_PIECE, _OVERLAP = 1_000, 200
_BATCH = 500
_NATURAL = frozenset({".md", ".py", ".rst", ".txt"})


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("source", type=Path)
    asked.add_argument("--megabytes", type=int, default=50)
    asked.add_argument("--naive-chunks", type=int, default=3000)
    asked.add_argument("--way", default="")
    chosen = asked.parse_args()
    if chosen.way == "ours":
        print(json.dumps(asyncio.run(_ours(chosen.source))))
    elif chosen.way == "naive":
        print(json.dumps(asyncio.run(_naive(chosen.source, chosen.naive_chunks))))
    else:
        with tempfile.TemporaryDirectory() as folder:
            text = Path(folder) / "text.txt"
            make = _collect if chosen.source.is_dir() else _make
            lines = make(chosen.source, text, chosen.megabytes * 1_000_000)
            print(f"{text.stat().st_size / 1e6:.1f} MB, {lines:,} lines")
            _print(_run(text, "ours"), _run(text, "naive", "--naive-chunks", str(chosen.naive_chunks)))


def _print(ours: dict[str, float], naive: dict[str, float]) -> None:
    for name, value in ours.items():
        print(f"  ours: {name} {value:.2f}")
    for name, value in naive.items():
        print(f"  naive: {name} {value:.2f}")
    spent = ours["archived, CPU s"] + ours["indexed, CPU s"]
    print(f"  naive / ours, CPU until searchable: {naive['CPU s, scaled'] / spent:.1f}")
    print(f"  naive / ours, disk: {naive['disk / text, scaled'] / ours['disk / text']:.1f}")


def _run(text: Path, way: str, *more: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.recall_text", str(text), "--way", way, *more]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def _make(source: Path, target: Path, size: int) -> int:
    rng = random.Random(3)
    texts = [unit["text"] for units, _asked in conversations(source) for unit in units]
    said = [sentence for text in texts for sentence in re.split(r"(?<=[.!?])\s+", text) if sentence]
    lines = 0
    with target.open("w", encoding="utf-8") as file:
        while file.tell() < size:
            words = " ".join(rng.choices(said, k=rng.randint(1, 2))).split()
            words = [f"{word}{rng.randint(0, 10**6)}" if rng.random() < 0.02 else word for word in words]
            file.write(" ".join(words) + "\n" * rng.choice([1, 1, 1, 1, 2]))
            lines += 1
    return lines


def _collect(source: Path, target: Path, size: int) -> int:
    files = [path for path in sorted(source.rglob("*")) if path.suffix in _NATURAL and path.is_file()]
    random.Random(3).shuffle(files)
    lines = 0
    with target.open("w", encoding="utf-8") as file:
        for path in files:
            text = path.read_text(encoding="utf-8", errors="replace")
            file.write(text + "\n")
            lines += text.count("\n") + 1
            if file.tell() >= size:
                break
    return lines


async def _ours(text: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, documents = SqliteArchive(folder / "multicoder.db"), SqliteDocuments(folder / FILE)
        recall = MemoryRecall(folder, archive, documents)
        begun = time.process_time()
        await documents.add(text, DocumentNote("text.txt", "docs", "foreign"))
        archived = time.process_time()
        await recall.catch_up()
        indexed = time.process_time()
        spent = []
        for question in ("camping trip with the kids", "what did they paint", "counseling workshop", "new shoes"):
            asked = time.perf_counter()
            await recall.recall(RecallQuery(question))
            spent.append(1000 * (time.perf_counter() - asked))
        recall.close()
        documents.close()
        archive.close()
        size, index, kept = _size([text]), _below(folder, "recall.db*"), _below(folder, f"{FILE}*")
        return {
            "archived, CPU s": archived - begun,
            "indexed, CPU s": indexed - archived,
            "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "archive / text": kept / size,
            "index / text": index / size,
            "disk / text": (kept + index) / size,
            "slowest of four questions, ms": max(spent),
        }


async def _naive(text: Path, most: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        client = open_client(Path(name))
        begun = time.process_time()
        whole = _read(text)
        pieces = [whole[start : start + _PIECE] for start in range(0, len(whole), _PIECE - _OVERLAP)]
        read = time.process_time()
        embedding = HashedEmbedding()
        collection = client.create_collection("text", embedding_function=None)
        sample = pieces[: min(most, len(pieces))]
        for first in range(0, len(sample), _BATCH):
            batch = sample[first : first + _BATCH]
            flat = np.frombuffer(await embedding.embed(batch), dtype=np.float32)
            ids = [str(first + number) for number in range(len(batch))]
            collection.add(ids=ids, documents=batch, embeddings=flat.reshape(len(batch), -1))
        spent = time.process_time() - read
        scale = len(pieces) / len(sample)
        disk = _below(Path(name), "**/*")
        return {
            "pieces": len(pieces),
            "pieces measured": len(sample),
            "CPU s, scaled": read - begun + spent * scale,
            "disk / text, scaled": disk * scale / _size([text]),
            "peak memory, MB (of the sample)": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }


def _read(text: Path) -> str:
    return text.read_text(encoding="utf-8")


def _below(folder: Path, pattern: str) -> int:
    return _size(file for file in folder.glob(pattern) if file.is_file())


def _size(files: Iterable[Path]) -> int:
    return sum(file.stat().st_size for file in files)


if __name__ == "__main__":
    main()
