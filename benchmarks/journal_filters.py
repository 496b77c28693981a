"""Filters on a journal of 100,000 events beside full scans: `python -m benchmarks.journal_filters`.

The journal is written by the real one. Each question is asked in turn through the product and as a full scan: the same
condition in SQL with the indexes forbidden, for texts a look at every row in Python; CPU times, since everything is in
the system's cache. Then events are emitted with and without others moving into segments, and how long that took each
time is shown.
"""

from __future__ import annotations

import argparse
import logging
import random
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.events import Event
from engine.journal import Journal, JournalFilter, count, search, tally, verify, verify_tail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.events import EventType

MILLISECONDS: Final = 1_000
START: Final = 1_700_000_000.0
PACE: Final = 30.0
"""Seconds between two events."""
RUN_EVENTS: Final = 300
WORDS: Final = "привет мир файл модуль сборка ошибка tests written model answered with tokens and cost".split()  # noqa: SIM905 - reads better
NAMES: Final = [f"{part}.{end}" for part in ("call", "module", "build", "file", "task") for end in ("started", "done")]
KINDS: Final[list[EventType]] = ["INFO"] * 60 + ["FILE"] * 15 + ["BUILD"] * 10 + ["PROVIDER"] * 10 + ["TASK"] * 4
PAGE: Final = 200
"""Rows a screen asks for."""
COLUMNS: Final = "seq, at, type, name, run, module, risk, data, chain"


def events(amount: int) -> Iterator[Event]:
    """Events of runs like those of a busy month, one in a hundred an error or of security."""
    dice = random.Random(1)
    for number in range(amount):
        kind = dice.choice(KINDS) if number % 100 else dice.choice(("ERROR", "SECURITY"))
        data = {
            "text": " ".join(dice.choices(WORDS, k=12)),
            "tokens": dice.randrange(10**6),
            "path": f"src/m{number}.py",
        }
        yield Event(kind, dice.choice(NAMES), f"r-{number // RUN_EVENTS}", "core", dict(data), START + number * PACE)


def questions(amount: int) -> dict[str, JournalFilter]:
    """What is asked."""
    middle = START + amount * PACE / 2
    return {
        "everything": JournalFilter(limit=PAGE, newest_first=True),
        "one run": JournalFilter(runs=(f"r-{amount // RUN_EVENTS // 2}",)),
        "ten runs": JournalFilter(runs=tuple(f"r-{number}" for number in range(10)), limit=PAGE),
        "a frequent type": JournalFilter(types=("FILE",), limit=PAGE, newest_first=True),
        "a rare type": JournalFilter(types=("SECURITY",), limit=PAGE, newest_first=True),
        "a name": JournalFilter(names=("build.done",), limit=PAGE, newest_first=True),
        "a prefix that is nowhere": JournalFilter(prefixes=("nothing.",), limit=PAGE),
        "high risk": JournalFilter(risk="high", limit=PAGE, newest_first=True),
        "a week": JournalFilter(since=middle, until=middle + 7 * 86_400, limit=PAGE),
        "a text": JournalFilter(text="МОДУЛЬ СБОРКА", limit=PAGE, newest_first=True),
        "a rare text": JournalFilter(text=f"SRC/M{amount - 7}.PY", limit=PAGE),
        "a text that is nowhere": JournalFilter(text="нет такого", limit=PAGE),
        "all at once": JournalFilter(
            types=("INFO", "FILE"),
            prefixes=("build.", "file."),
            risk="none",
            since=START + 9,
            text="ошибка",
            limit=PAGE,
        ),
    }


def scan(path: Path, wanted: JournalFilter) -> int:
    """Answer with a look at every whole row, as without any index."""
    test = wanted.text.casefold()
    without_text = JournalFilter(**{**{name: getattr(wanted, name) for name in wanted.__slots__}, "text": ""})
    where, values = without_text.where()
    condition = f"{where} AND looked_at(name, data)" if test else where
    with closing(sqlite3.connect(path)) as connection:
        connection.create_function(
            "looked_at", 2, lambda name, data: test in name.casefold() or test in data.casefold()
        )
        query = f"SELECT {COLUMNS} FROM events NOT INDEXED WHERE {condition}"
        return len(connection.execute(query, values).fetchall())


def milliseconds(call: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """Milliseconds one call takes."""
    started = clock()
    call()
    return (clock() - started) * MILLISECONDS


def compare(path: Path, amount: int, repeat: int) -> float:
    """Ask everything in turn; returns the longest median of the product."""
    print(f"{'question':26}{'found':>8}{'search':>10}{'count':>10}{'tally':>10}{'full scan':>11}{'scan/count':>12}")
    longest = 0.0
    for title, wanted in questions(amount).items():
        asked = [
            [milliseconds(lambda ask=ask, wanted=wanted: ask(path, wanted)) for ask in (search, count, tally, scan)]  # type: ignore[misc]
            for _ in range(repeat)
        ]
        found, counted, tallied, scanned = (statistics.median(times) for times in zip(*asked, strict=True))
        total = tally(path, wanted).total
        if total != scan(path, wanted):
            raise RuntimeError(f"{title}: {total} found, the scan disagrees")
        longest = max(longest, found, counted, tallied)
        print(
            f"{title:26}{total:8}{found:8.1f}ms{counted:8.1f}ms{tallied:8.1f}ms"
            f"{scanned:9.1f}ms{scanned / counted:12.1f}",
            flush=True,
        )
    return longest


def emit_meanwhile(journal: Journal, title: str, going_on: Callable[[], bool]) -> None:
    """Emit ordinary and urgent events in turn, and show how long the caller waited."""
    waits: dict[EventType, list[float]] = {"INFO": [], "ERROR": []}
    while going_on():
        for kind, times in waits.items():
            times.append(milliseconds(lambda kind=kind: journal.emit(Event(kind, "meanwhile")), time.perf_counter))  # type: ignore[misc]
        time.sleep(0.002)
    for kind, times in waits.items():
        ordered = sorted(times)
        high = ordered[int(len(ordered) * 0.99)]
        print(
            f"emit {kind:6}{title:18} median {statistics.median(times):7.2f} ms, 99 % {high:7.2f} ms,"
            f" longest {ordered[-1]:7.2f} ms of {len(times)}"
        )


def archive(path: Path, log: logging.Logger) -> None:
    """Let most of it move while events are emitted, urgent ones among them."""
    end = time.monotonic() + 5
    journal = Journal(path, log)
    emit_meanwhile(journal, "without archiving", lambda: time.monotonic() < end)
    journal.close()
    started = time.perf_counter()
    journal = Journal(path, log, budget_mb=5)
    emit_meanwhile(journal, "while archiving", lambda: not journal.stats().segments or journal.stats().rows > 12_000)
    stats, seconds = journal.stats(), time.perf_counter() - started
    journal.close()
    size = stats.segment_bytes / 1e6
    print(f"archived {stats.archived} events in {stats.segments} segments, {size:.1f} MB, {seconds:.1f} s")


def main() -> int:
    """Fill, ask, look the chain through, archive."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--events", type=int, default=100_000)
    options = parser.parse_args()
    log = logging.getLogger("multicoder.bench-journal")
    log.propagate = False
    log.addHandler(logging.NullHandler())
    with tempfile.TemporaryDirectory(prefix="multicoder-bench-") as folder:
        path = Path(folder) / "journal.db"
        started = time.perf_counter()
        journal = Journal(path, log)
        for event in events(options.events):
            journal.emit(event)
        journal.close()
        seconds, size = time.perf_counter() - started, path.stat().st_size / 1e6
        print(f"{options.events} events written in {seconds:.1f} s, {size:.0f} MB")
        longest = compare(path, options.events, options.repeat)
        every, newest = milliseconds(lambda: verify(path)), milliseconds(lambda: verify_tail(path))
        print(f"verify {every:.0f} ms, verify_tail {newest:.1f} ms")
        archive(path, log)
        whole = verify(path)
        print(f"whole afterwards: {whole.ok}, {whole.rows} events; longest answer {longest:.0f} ms")
    return 0 if whole.ok else 1


if __name__ == "__main__":
    raise SystemExit(main())
