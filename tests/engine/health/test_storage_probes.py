"""Each database is damaged under the open engine; its lamp must notice although the engine's connection does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from core.events import Event
from engine.health.board import HealthBoard
from engine.health.probes import storage
from engine.journal import read_journal
from engine.recovery.databases import CANARY, reading, table_digest, tables
from tests.engine.health.breaking import broken_and_mended, status_of, until, watched


def probes(engine):
    """Name -> (the probe, its file)."""
    home = engine.home
    return {
        "checkpoints": (storage.checkpoints(engine.saver, home.checkpoints), home.checkpoints),
        "ledger": (storage.ledger(engine.ledger, home.ledger), home.ledger),
        "archive": (storage.archive(engine.archive.store, engine.archive.projects, home.database), home.database),
        "journal": (storage.journal(engine.journal, home.journal), home.journal),
    }


def into_the_file(path):
    """Move everything from the write-ahead log into the file itself, so that damage to it is damage to the data."""
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


class Damage:
    """Something done to a file, and undone."""

    def __init__(self, path):
        self.path = path
        self.content = b""

    def empty(self):
        into_the_file(self.path)
        self.content = self.path.read_bytes()
        with self.path.open("r+b") as file:
            file.truncate(0)

    def garble(self):
        into_the_file(self.path)
        self.content = self.path.read_bytes()
        with self.path.open("r+b") as file:
            file.seek(1024)
            file.write(b"\xa5" * (len(self.content) - 1024))

    def mend(self):
        with self.path.open("r+b") as file:
            file.write(self.content)

    def move_away(self):
        self.path.rename(self.path.with_name("elsewhere.db"))

    def replace(self):
        self.move_away()
        self.path.write_bytes(self.path.with_name("elsewhere.db").read_bytes())

    def move_back(self):
        self.path.with_name("elsewhere.db").replace(self.path)


HARM = [
    ("empty", "mend", "empty"),
    ("garble", "mend", "damaged"),
    ("move_away", "move_back", "gone"),
    ("replace", "move_back", "Another file"),
]


@pytest.mark.parametrize("name", ["checkpoints", "ledger", "archive", "journal"])
async def test_a_database_that_is_damaged_under_the_engine_is_noticed(engine, journal, name):
    probe, path = probes(engine)[name]
    for harm, mend, word in HARM:
        board, damage = HealthBoard(journal), Damage(path)
        seen = await broken_and_mended(board, probe, getattr(damage, harm), getattr(damage, mend))
        await board.stop()
        assert word in seen.evidence.text("en")
        assert path.name in seen.evidence.text("ru")


async def test_a_database_somebody_else_locks_is_noticed(engine, board):
    probe, path = probes(engine)["ledger"]
    other = sqlite3.connect(path, isolation_level=None)
    with closing(other):
        seen = await broken_and_mended(
            board, with_timeout(probe, 1.0), lambda: other.execute("BEGIN IMMEDIATE"), lambda: other.execute("ROLLBACK")
        )
    assert seen.evidence.text("en")


def with_timeout(probe, seconds):
    from dataclasses import replace  # noqa: PLC0415 - only here

    return replace(probe, timeout=seconds)


async def test_a_broken_chain_of_the_journal_is_noticed(engine, board):
    probe, path = probes(engine)["journal"]
    engine.journal.emit(Event("INFO", "node.started"))
    engine.journal.flush()
    query = "UPDATE events SET data = ? WHERE seq = 1"
    was = read_journal(path, limit=1)

    def change(data):
        with closing(sqlite3.connect(path, timeout=10)) as connection, connection:
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {name}")
            connection.execute(query, (data,))

    with closing(sqlite3.connect(path)) as connection:
        original = connection.execute("SELECT data FROM events WHERE seq = 1").fetchone()[0]
    assert was
    seen = await broken_and_mended(board, probe, lambda: change('{"forged": true}'), lambda: change(original))
    assert "1" in seen.evidence.text("en")


async def test_looking_leaves_nothing_behind_and_tells_the_journal_nothing(engine, board):
    home = engine.home
    made = [probe for probe, _ in probes(engine).values()]

    def truth():
        found = {}
        for path in (home.checkpoints, home.ledger, home.database):
            with reading(path) as connection:
                rows = [
                    connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables(connection)
                ]
                found[path.name] = [rows, [table_digest(connection, name) for name in tables(connection)]]
        return found

    before, events = truth(), len(engine.journal.read())
    sizes = {}
    for round_ in range(30):
        for probe in made:
            assert (await probe.read()).state == "ok", probe.system
        if round_ == 9:
            sizes = {path.name: path.stat().st_size for path in (home.checkpoints, home.ledger, home.database)}
    assert truth() == before
    assert len(engine.journal.read()) == events
    assert {path.name: path.stat().st_size for path in (home.checkpoints, home.ledger, home.database)} == sizes
    assert [item.config for item in [part async for part in engine.saver.alist(None)]] == []
    assert CANARY not in str([project async for project in _each(engine.archive.projects)])


async def _each(listed):
    for item in await listed():
        yield item


async def test_a_look_at_the_archive_really_writes(engine):
    probe, path = probes(engine)["archive"]
    into_the_file(path)
    log = path.with_name(f"{path.name}-wal")
    before = log.stat().st_size if log.exists() else 0
    assert (await probe.read()).state == "ok"
    assert log.stat().st_size > before


async def test_a_decoder_that_would_run_code_is_noticed(engine, board):
    probe, _ = probes(engine)["checkpoints"]
    async with watched(board, probe):
        engine.saver.serde.pickle_fallback = True
        await until(lambda: status_of(board, "checkpoints").state == "down")
        assert "strict" in status_of(board, "checkpoints").evidence.text("en")
        engine.saver.serde.pickle_fallback = False
        await until(lambda: status_of(board, "checkpoints").state == "ok")
