"""What it costs to keep 50 MB of text as documents, beside a plain table of its lines, in the same run.

    python benchmarks/archive_documents.py [--text FILE] [--megabytes 50]

Each is measured in a process of its own; the text is FILE repeated with every line numbered, so that no two lines are
equal, or made here of words when no file is given.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final

_WORDS: Final = 6_000
_ROUND: Final = 1_000
_READS: Final = 200


def make_text(target: Path, size: int, given: Path | None) -> None:
    """Write `size` bytes of lines that differ."""
    dice = random.Random(1)
    letters = "оеаинтсрвлкмдпуяыьг" + "etaoinshrdlu"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 11))) for _ in range(_WORDS)]
    weights = [1 / (rank + 3) for rank in range(_WORDS)]
    lines = given.read_text(encoding="utf-8").splitlines() if given else []
    with target.open("w", encoding="utf-8", newline="") as file:
        written = number = 0
        while written < size:
            said = (
                lines[number % len(lines)] if lines else " ".join(dice.choices(words, weights, k=dice.randint(3, 16)))
            )
            number += 1
            line = f"{number} {said}\n"
            written += len(line.encode())
            file.write(line)


def measured(how: str, text: Path, database: Path) -> None:
    """Do one of both and print what it took."""
    if how == "documents":
        from memory.documents import SqliteDocuments  # noqa: F401, PLC0415 - loading it is not what is measured
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, wall = time.process_time(), time.monotonic()
    lines = {"documents": keep, "table": fill, "copy": lambda _text, _database: 0}[how](text, database)
    facts = {
        "cpu": round(time.process_time() - begun, 2),
        "wall": round(time.monotonic() - wall, 2),
        "rss_mb": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1),
        "disk": round(database.stat().st_size / text.stat().st_size, 3),
        "lines": lines,
    }
    print(json.dumps(facts))


def keep(text: Path, database: Path) -> int:
    """Keep the text as a document, and read lines here and there."""
    from core.memory import DocumentNote  # noqa: PLC0415 - as above
    from memory.documents import SqliteDocuments  # noqa: PLC0415 - as above

    async def add() -> int:
        with closing(SqliteDocuments(database)) as documents:
            kept = await documents.add(text, DocumentNote(text.name, "docs", "person"))
            return kept.lines

    return asyncio.run(add())


def fill(text: Path, database: Path) -> int:
    """Put every line into a table, as it is usually done."""
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("CREATE TABLE lines (id INTEGER PRIMARY KEY, document TEXT, number INTEGER, text TEXT)")
        db.execute("CREATE INDEX lines_place ON lines (document, number)")
        lines = text.read_text(encoding="utf-8").splitlines()
        with db:
            rows = (("d-1", number, line) for number, line in enumerate(lines, start=1))
            db.executemany("INSERT INTO lines (document, number, text) VALUES (?, ?, ?)", rows)
    return len(lines)


def read_here_and_there(database: Path) -> dict[str, float]:
    """How long single lines take, in milliseconds."""
    from memory.documents import SqliteDocuments  # noqa: PLC0415 - as above

    async def read() -> list[float]:
        dice = random.Random(2)
        with closing(SqliteDocuments(database)) as documents:
            (kept,) = await documents.documents()
            took = []
            for _ in range(_READS):
                at = dice.randint(1, kept.lines)
                begun = time.perf_counter()
                await documents.lines(kept.document, at, at + 2)
                took.append((time.perf_counter() - begun) * 1000)
        return sorted(took)

    took = asyncio.run(read())
    return {"median_ms": round(took[len(took) // 2], 2), "p95_ms": round(took[int(len(took) * 0.95)], 2)}


def main() -> None:
    """Measure both and print them side by side."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--text", type=Path)
    arguments.add_argument("--megabytes", type=int, default=50)
    arguments.add_argument("--one", nargs=3, metavar=("HOW", "TEXT", "DATABASE"), help=argparse.SUPPRESS)
    chosen = arguments.parse_args()
    if chosen.one:
        measured(chosen.one[0], Path(chosen.one[1]), Path(chosen.one[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text.txt"
        make_text(text, chosen.megabytes * 1_000_000, chosen.text)
        print(f"{text.stat().st_size / 1e6:.1f} MB of text")
        for how in ("documents", "table"):
            command = [sys.executable, __file__, "--one", how, str(text), f"{folder}/{how}.db"]
            print(f"{how:10}", subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())
        print("three lines, anywhere:", read_here_and_there(Path(folder) / "documents.db"))


if __name__ == "__main__":
    main()
