"""Segments: the oldest rows of the journal in compressed files that are never changed and never deleted.

A file is two gzip members behind each other, so any gzip tool reads it as JSON lines: a header that says what follows,
and the rows. What SQLite keeps about it (`segments`) carries the checksum of the whole file.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from core.errors import StorageError
from core.events import RISKS
from core.files import write_atomic
from engine.journal.rows import Stored, listed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_KIND: Final = "multicoder-journal"
_VERSION: Final = 1
_PRIVATE_FOLDER: Final = 0o700


class Facts(NamedTuple):
    """What is known of the rows of a segment without opening it."""

    last: int
    first: int
    since: float
    until: float
    """Times of its earliest and latest row."""
    types: str
    """Separated by commas."""
    risk: str
    """The highest one in it."""
    chain_before: bytes
    chain_after: bytes


class Segment(NamedTuple):
    """A file of archived rows."""

    facts: Facts
    file: str
    bytes: int
    sha256: str
    """Of the file as it stands on the disk."""


_COLUMNS: Final = ", ".join((*Facts._fields, *Segment._fields[1:]))


@dataclass(frozen=True, slots=True)
class Packed:
    """A segment whose file was written, not yet part of the journal."""

    segment: Segment
    runs: frozenset[str]


class SegmentDamagedError(Exception):
    """A segment's file is not what was written; says why in a few words."""


def default_folder(path: Path) -> Path:
    """Return where the segments of the journal `path` stand when nobody says otherwise: `journal` for `journal.db`."""
    return path.with_suffix("")


def write_segment(folder: Path, rows: list[Stored], before: bytes) -> Packed:
    """Write `rows`, which follow each other behind the chain `before`, to a new file and make sure it is on disk."""
    facts = describe(rows, before)
    lines = "".join(f"{json.dumps({**row._asdict(), 'chain': row.chain.hex()})}\n" for row in rows).encode()
    header = {
        "kind": _KIND,
        "version": _VERSION,
        **facts._asdict(),
        "chain_before": before.hex(),
        "chain_after": facts.chain_after.hex(),
        "sha256": hashlib.sha256(lines).hexdigest(),
    }
    content = gzip.compress(f"{json.dumps(header)}\n".encode(), mtime=0) + gzip.compress(lines, mtime=0)
    # With the chain in its name, a file of another history of the same journal is never overwritten.
    name = f"{facts.first:012}-{facts.last:012}-{facts.chain_after[:4].hex()}.jsonl.gz"
    folder.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    write_atomic(folder / name, content)
    segment = Segment(facts, name, len(content), hashlib.sha256(content).hexdigest())
    return Packed(segment, frozenset(row.run for row in rows))


def describe(rows: list[Stored], before: bytes) -> Facts:
    """Return what is kept about `rows`, which follow each other behind the chain `before`."""
    times = [row.at for row in rows]
    return Facts(
        last=rows[-1].seq,
        first=rows[0].seq,
        since=min(times),
        until=max(times),
        types=",".join(sorted({row.type for row in rows})),
        risk=max((row.risk for row in rows), key=_rank),
        chain_before=before,
        chain_after=rows[-1].chain,
    )


def record(connection: sqlite3.Connection, packed: Packed) -> None:
    """Make a written segment part of the journal and take its rows out of the table, in the open transaction."""
    facts, *others = packed.segment
    values = (*facts, *others)
    connection.execute(f"INSERT INTO segments ({_COLUMNS}) VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - our own names
    runs = [(run, facts.last) for run in packed.runs]
    connection.executemany("INSERT INTO segment_runs (run, last) VALUES (?, ?)", runs)
    connection.execute("DELETE FROM events WHERE seq <= ?", (facts.last,))


def segments_of(connection: sqlite3.Connection, runs: tuple[str, ...] | None = None) -> list[Segment]:
    """Return all segments, or those with a row of one of `runs`, oldest first."""
    where, values = "", list[str | float]()
    if runs is not None:
        known, values = listed("run", runs)
        where = f"WHERE last IN (SELECT last FROM segment_runs WHERE {known})"  # noqa: S608 - our own names
    rows = connection.execute(f"SELECT {_COLUMNS} FROM segments {where} ORDER BY last", values)  # noqa: S608 - our own names
    width = len(Facts._fields)
    return [Segment(Facts(*row[:width]), *row[width:]) for row in rows]


def read_segment(folder: Path, segment: Segment) -> list[Stored]:
    """Return the rows of a segment; SegmentDamagedError when its file is gone or was changed in any way."""
    try:
        file = folder / Path(segment.file).name
        if file.stat().st_size != segment.bytes:
            raise SegmentDamagedError("its size changed")
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise SegmentDamagedError("missing") from error
    except OSError as error:
        raise SegmentDamagedError(error.strerror or type(error).__name__) from error
    if hashlib.sha256(content).hexdigest() != segment.sha256:
        raise SegmentDamagedError("its content changed")
    try:
        return [_row(line) for line in gzip.decompress(content).splitlines()[1:]]
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError) as error:
        raise SegmentDamagedError("it cannot be unpacked") from error


def rows_of(folder: Path, segment: Segment) -> list[Stored]:
    """Return the rows of a segment; StorageError `journal-segment` when its file is not what was written."""
    try:
        return read_segment(folder, segment)
    except SegmentDamagedError as error:
        raise StorageError("journal-segment", path=str(folder / segment.file), detail=str(error)) from error


def header_of(file: Path) -> dict[str, Any]:
    """Return what a segment's file says of itself, empty when it says nothing that could be believed."""
    try:
        with gzip.open(file, "rb") as lines:
            said = json.loads(lines.readline(10_000))
    except (OSError, EOFError, zlib.error, ValueError):
        return {}
    numbered = isinstance(said, dict) and all(isinstance(said.get(name), int) for name in ("first", "last"))
    return said if numbered and said.get("kind") == _KIND else {}


def unfinished(folder: Path) -> Iterator[Path]:
    """Yield what an interrupted write of a segment left behind."""
    yield from folder.glob(".[0-9]*-*.part")


def segment_files(folder: Path) -> Iterator[Path]:
    """Yield every file that looks like a segment, oldest first."""
    yield from sorted(folder.glob("[0-9]*-*.jsonl.gz"))


def _row(line: bytes) -> Stored:
    fields = json.loads(line)
    return Stored(**{**fields, "chain": bytes.fromhex(fields["chain"])})


def _rank(risk: str) -> int:
    return RISKS.index(risk) if risk in RISKS else 0
