"""How databases come to harm, and what is in them afterwards."""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

from engine.recovery.databases import databases, filled, reading, table_digest, tables

if TYPE_CHECKING:
    from pathlib import Path

    from core.paths import Home

DATABASES = ("multicoder.db", "checkpoints.db", "ledger.db", "journal.db", "tasks.db", "documents.db")
HARMS = ("garbage", "header", "pages", "truncated", "one page short", "zeros", "empty")
PAGE = 4096


def harm(file: Path, kind: str, seed: int = 1) -> None:
    """Damage a closed database."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
    data = bytearray(file.read_bytes())
    chance = random.Random(seed)
    if kind == "garbage":
        data = bytearray(b"no database at all " * 999)
    elif kind == "header":
        data[:100] = os.urandom(100)
    elif kind == "pages":
        for page in chance.sample(range(1, len(data) // PAGE), max(1, len(data) // PAGE // 4)):
            data[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
    elif kind == "truncated":
        del data[len(data) // 3 :]
    elif kind == "one page short":
        del data[-PAGE:]
    elif kind == "zeros":
        data[PAGE : 2 * PAGE] = bytes(PAGE)
    elif kind == "empty":
        data.clear()
    file.write_bytes(data)


def flip_bits(file: Path, count: int, seed: int) -> None:
    """Flip single bits anywhere behind the first page."""
    data = bytearray(file.read_bytes())
    chance = random.Random(seed)
    for _ in range(count):
        data[chance.randrange(PAGE, len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def rows(path: Path, query: str, *values: Any) -> list[Any]:
    """Ask a database."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(query, values).fetchall()
        connection.commit()
        return found


def contents(home: Home) -> dict[str, dict[str, bytes]]:
    """Digests of every table of every database."""
    found = {}
    for path in databases(home):
        if filled(path):
            with reading(path) as connection:
                found[path.name] = {table: table_digest(connection, table) for table in tables(connection)}
    return found


def spending(home: Home) -> Counter[Any]:
    """Every paid call, without the key it is filed under and the exact seconds."""
    columns = "run, call, module, model, prompt_tokens, completion_tokens, cost_usd, priced"
    return Counter(rows(home.ledger, f"SELECT {columns} FROM spend"))


def missing(recovered: Any) -> Counter[tuple[str, str]]:
    """Message ids of what is missing, each with the run it is about."""
    return Counter((words.message, str(words.facts.get("run", ""))) for one in recovered for words in one.missing)


def messages(home: Home) -> list[Any]:
    """Every message in order."""
    return rows(home.database, "SELECT run, author, kind, text FROM messages ORDER BY project, sequence")


def versions(home: Home) -> list[Any]:
    """Every version, without the moment it was kept."""
    return rows(home.database, "SELECT project, number, run, revision, artifact, sha256, plan FROM versions")


def outcomes(home: Home) -> dict[str, str]:
    """How each run ended."""
    return dict(rows(home.database, "SELECT run, outcome FROM runs"))
