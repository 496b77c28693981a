"""What the tests of the journal share: journals with contents, tampering hands, and the plainest possible filter."""

from __future__ import annotations

import json
import logging
import random
import sqlite3
import time
from contextlib import closing

from core.events import EVENT_TYPES, RISKS, Event
from engine.journal import Journal, read_journal

WORDS = (
    "привет",
    "МИР",
    "Модуль",
    "ошибка",
    "Straße",
    "Written",
    '"quoted"',
    "C:\\Users",
    "two\nlines",
    "100%",
    "naïve",
)
NAMES = ("build.started", "build.failed", "builder.found", "call.finished", "module.accepted", "file.written")
URGENT = ("ERROR", "SECURITY")
OTHERS = tuple(kind for kind in EVENT_TYPES if kind not in URGENT)
START = 1_700_000_000.0


class Lines(logging.Handler):
    """Keeps what was logged."""

    def __init__(self):
        super().__init__()
        self.texts = []

    def emit(self, record):
        self.texts.append(record.getMessage())


def some_events(count, seed=1, urgent=0.03):
    """Different events, the same for the same seed."""
    dice = random.Random(seed)
    for number in range(count):
        data = {"text": " ".join(dice.choices(WORDS, k=5)), "number": number}
        if dice.random() < 0.1:
            data["risk"] = dice.choice(RISKS)
        yield Event(
            dice.choice(URGENT if dice.random() < urgent else OTHERS),
            dice.choice(NAMES),
            run=dice.choice(("", "r-1", "r-2", "r-3")),
            module=dice.choice(("", "core")),
            data=data,
            at=START + number * 977 + dice.random(),
        )


def fill(path, count, log, **options):
    """Make a journal of `count` events and close it."""
    journal = Journal(path, log, **options)
    for event in some_events(count):
        journal.emit(event)
    journal.close()


def archive_all(path, log, **options):
    """Open the journal with a budget it passes by far and wait until all that may move has moved."""
    journal = Journal(path, log, budget_mb=0.001, **options)
    deadline = time.monotonic() + 30
    while journal.stats().rows >= 300 and time.monotonic() < deadline:
        time.sleep(0.01)
    journal.close()
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM segments").fetchone()[0]


def forged(path, *statements):
    """Do what no trigger would allow, as somebody with a database tool."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def plainly(path, wanted):
    """Look at every row in Python, with no index, no SQL condition and no shortcut."""
    rows = [row for row in read_journal(path) if fits(row, wanted)]
    if wanted.newest_first:
        rows.reverse()
    return rows if wanted.limit is None else rows[: wanted.limit]


def fits(row, wanted):
    """Tell whether one row is wanted."""
    named = row.name in wanted.names or any(row.name.startswith(start) for start in wanted.prefixes)
    written = json.dumps(row.data, ensure_ascii=False)
    text = json.dumps(wanted.text, ensure_ascii=False)[1:-1].casefold()
    checks = [
        wanted.runs is None or row.run in wanted.runs,
        not wanted.types or row.type in wanted.types,
        named or not (wanted.names or wanted.prefixes),
        RISKS.index(row.risk) >= RISKS.index(wanted.risk or "none"),
        wanted.before is None or row.seq < wanted.before,
        wanted.since is None or row.at >= wanted.since,
        wanted.until is None or row.at < wanted.until,
        text in row.name.casefold() or text in written.casefold(),
        row.seq > wanted.after,
    ]
    return all(checks)
