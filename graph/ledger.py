"""The ledger: effects done once, money spent, decisions of the person.

Nodes are at-least-once, so everything that costs, writes or delivers goes through `Ledger.once`: look up, do,
record. What a killed process had not recorded is done again; effects that must not double even then (a commit, a
delivery) carry their own identity (`Intent`) that was recorded *before* they were done.
One thread owns the connection; every method returns after the row is on disk (synchronous=FULL).
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import sqlite3
import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core.errors import StorageError
from core.events import Event, EventSink, Json
from core.ports import Usage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

SCHEMA_VERSION: Final = 1
"""Raised when an older program could not work with the file any more; tables that are only added need no new one."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS effects (
    key TEXT PRIMARY KEY, kind TEXT NOT NULL, run TEXT NOT NULL, module TEXT NOT NULL, started REAL NOT NULL,
    recorded REAL, intent TEXT NOT NULL, result TEXT);
CREATE TABLE IF NOT EXISTS spend (
    key TEXT PRIMARY KEY, run TEXT NOT NULL, call TEXT NOT NULL, module TEXT NOT NULL, model TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, cost_usd REAL NOT NULL,
    priced INTEGER NOT NULL, seconds REAL NOT NULL);
CREATE INDEX IF NOT EXISTS spend_run ON spend (run);
CREATE TABLE IF NOT EXISTS approvals (
    nonce TEXT PRIMARY KEY, run TEXT NOT NULL, interrupt TEXT NOT NULL, digest TEXT NOT NULL, shown REAL NOT NULL,
    expires REAL NOT NULL, answered REAL, via TEXT, reply TEXT, redeemed TEXT);
CREATE INDEX IF NOT EXISTS approvals_interrupt ON approvals (run, interrupt, digest);
CREATE TABLE IF NOT EXISTS actions (
    action TEXT PRIMARY KEY, digest TEXT NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL,
    facts TEXT NOT NULL, noted INTEGER NOT NULL, blocked REAL NOT NULL, decided REAL, decision TEXT, reason TEXT,
    via TEXT, used REAL);
CREATE INDEX IF NOT EXISTS actions_digest ON actions (digest);
CREATE INDEX IF NOT EXISTS actions_run ON actions (run);
CREATE TABLE IF NOT EXISTS consents (
    consent TEXT PRIMARY KEY, run TEXT NOT NULL, address TEXT NOT NULL, pinned TEXT NOT NULL, decision TEXT NOT NULL,
    reason TEXT NOT NULL, via TEXT NOT NULL, at REAL NOT NULL, taken REAL NOT NULL DEFAULT 0,
    revoked REAL NOT NULL DEFAULT 0, UNIQUE (run, address, pinned));
"""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EffectKey:
    """Identity of one effect: the same inputs give the same key in every process."""

    run: str
    epoch: int
    kind: str
    module: str = ""
    attempt: int = 0
    inputs: str = ""
    """Hash of everything the effect depends on."""

    def __str__(self) -> str:
        """The stored key."""
        return f"{self.run}/{self.epoch}/{self.kind}/{self.module}/{self.attempt}/{self.inputs}"


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run has used so far."""

    calls: int = 0
    tokens: int = 0
    cost_usd: float = 0.0
    unpriced_calls: int = 0
    unpriced: Usage = field(default_factory=Usage)
    """Tokens of the calls whose price is not known."""


@dataclass(frozen=True, slots=True)
class SpendRow:
    """One paid call."""

    call: str
    module: str
    model: str
    usage: Usage
    seconds: float


def digest(value: Json | Mapping[str, Any]) -> str:
    """SHA-256 (hex, 32 characters) of the canonical JSON of `value`."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Ledger:
    """SQLite store of effects, spending and approvals."""

    def __init__(self, path: Path, sink: EventSink) -> None:
        self._sink = sink
        self._disk = _Disk(path)

    async def _do(self, action: Callable[[sqlite3.Connection], T]) -> T:
        # Shielded: a cancelled run must not leave the loop unsure whether the row was written.
        return await asyncio.shield(asyncio.wrap_future(self._disk.submit(action)))

    async def lookup(self, key: EffectKey) -> Json:
        """The recorded result of an effect, None when it was never finished."""
        row = await self._do(lambda db: db.execute("SELECT result FROM effects WHERE key=?", (str(key),)).fetchone())
        return json.loads(row[0]) if row and row[0] is not None else None

    async def once(
        self,
        key: EffectKey,
        perform: Callable[[Json], Awaitable[Json]],
        *,
        intent: Json = None,
    ) -> Json:
        """Return the recorded result, or perform the effect and record it.

        `perform` gets the intent recorded by the *first* attempt, so that a repeated one (after a crash) aims at the
        same target. Its result must be JSON and never None.
        """
        found = await self.lookup(key)
        if found is not None:
            return found
        intended = await self._begin(key, intent)
        self._emit("effect.started", key)
        result = await perform(intended)
        self._emit("effect.performed", key)
        await self.record(key, result)
        return result

    async def _begin(self, key: EffectKey, intent: Json) -> Json:
        def action(db: sqlite3.Connection) -> Json:
            db.execute(
                "INSERT OR IGNORE INTO effects (key, kind, run, module, started, intent) VALUES (?,?,?,?,?,?)",
                (str(key), key.kind, key.run, key.module, time.time(), json.dumps(intent)),
            )
            row = db.execute("SELECT intent FROM effects WHERE key=?", (str(key),)).fetchone()
            return json.loads(row[0])  # type: ignore[no-any-return]  # written by the line above

        return await self._do(action)

    async def results(self, run: str, kind: str) -> list[Json]:
        """What the effects of one kind in a run came to, oldest first."""
        span = (f"{run}/", f"{run}0", kind)  # the keys of a run, by the index they have: `0` follows `/`
        query = "SELECT result FROM effects WHERE key>=? AND key<? AND kind=? AND result IS NOT NULL ORDER BY recorded"
        rows = await self._do(lambda db: db.execute(query, span).fetchall())
        return [json.loads(row[0]) for row in rows]

    async def record(self, key: EffectKey, result: Json, spend: SpendRow | None = None) -> None:
        """Record a finished effect, with what it cost, in one transaction."""

        def action(db: sqlite3.Connection) -> None:
            now = time.time()
            db.execute(
                "INSERT INTO effects (key, kind, run, module, started, recorded, intent, result)"
                " VALUES (?,?,?,?,?,?,?,?)"
                " ON CONFLICT(key) DO UPDATE SET recorded=excluded.recorded, result=excluded.result",
                (str(key), key.kind, key.run, key.module, now, now, "null", json.dumps(result)),
            )
            if spend is not None:
                usage = spend.usage
                db.execute(
                    "INSERT OR REPLACE INTO spend VALUES (?,?,?,?,?,?,?,?,?,?)",
                    (
                        str(key),
                        key.run,
                        spend.call,
                        spend.module,
                        spend.model,
                        usage.prompt_tokens,
                        usage.completion_tokens,
                        usage.cost_usd,
                        int(usage.priced),
                        spend.seconds,
                    ),
                )

        await self._do(action)
        self._emit("effect.recorded", key)

    async def spent(self, run: str) -> Spent:
        """Sums over the recorded calls of a run."""
        row = await self._do(
            lambda db: db.execute(
                "SELECT count(*), coalesce(sum(prompt_tokens+completion_tokens),0), coalesce(sum(cost_usd),0),"
                " coalesce(sum(priced=0),0), coalesce(sum(prompt_tokens*(priced=0)),0),"
                " coalesce(sum(completion_tokens*(priced=0)),0) FROM spend WHERE run=?",
                (run,),
            ).fetchone()
        )
        calls, tokens, cost_usd, unpriced_calls, *unpriced = row
        return Spent(calls, tokens, cost_usd, unpriced_calls, Usage(*unpriced))

    async def spend_rows(self, run: str) -> list[SpendRow]:
        """Every paid call of a run, in order."""
        rows = await self._do(
            lambda db: db.execute(
                "SELECT call, module, model, prompt_tokens, completion_tokens, cost_usd, priced, seconds"
                " FROM spend WHERE run=? ORDER BY rowid",
                (run,),
            ).fetchall()
        )
        return [SpendRow(r[0], r[1], r[2], Usage(r[3], r[4], r[5], bool(r[6])), r[7]) for r in rows]

    async def execute(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Run one transaction of a neighbour that keeps its table here: approvals, guard, consents."""
        return await self._do(action)

    def close(self) -> None:
        """Finish pending writes and close the file."""
        self._disk.close()

    def _emit(self, name: str, key: EffectKey) -> None:
        data: dict[str, Json] = {"kind": key.kind, "attempt": key.attempt, "effect": digest(str(key))}
        self._sink.emit(Event("INFO", name, run=key.run, module=key.module, data=data))


class _Disk:
    """The thread that owns the connection.

    Actions that wait at the same time share one transaction: the modules of a wave would else stand in line for one
    fsync each. An action that fails takes only itself back; nobody is answered before the commit.
    """

    def __init__(self, path: Path) -> None:
        self._waiting: deque[tuple[Callable[[sqlite3.Connection], Any], Future[Any]]] = deque()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        try:
            self._connection = self._thread.submit(_connect, path).result()
        except StorageError:
            self._thread.shutdown()
            raise

    def submit(self, action: Callable[[sqlite3.Connection], T]) -> Future[T]:
        """Have `action` done; the future is answered once its rows are on disk."""
        answer: Future[T] = Future()
        self._waiting.append((action, answer))
        self._thread.submit(self._work)
        return answer

    def close(self) -> None:
        """Do what waits and close the file."""
        self._thread.submit(self._connection.close).result()
        self._thread.shutdown()

    def _work(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not batch:
            return  # an earlier transaction took it along
        outcomes: list[Any] = [_broken(InterruptedError("broken off"))] * len(batch)
        try:
            self._connection.execute("BEGIN")
            outcomes = [self._attempt(action) for action, _ in batch]
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            outcomes = [_broken(error)] * len(batch)
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            for (_, answer), outcome in zip(batch, outcomes, strict=True):
                if isinstance(outcome, StorageError):
                    answer.set_exception(outcome)
                else:
                    answer.set_result(outcome)

    def _attempt(self, action: Callable[[sqlite3.Connection], Any]) -> Any:
        self._connection.execute("SAVEPOINT action")
        try:
            outcome = action(self._connection)
        except (sqlite3.Error, TypeError, ValueError) as error:  # the latter two: what cannot become JSON or a row
            self._connection.execute("ROLLBACK TO action")
            outcome = _broken(error)
        self._connection.execute("RELEASE action")
        return outcome


def _broken(error: Exception) -> StorageError:
    return StorageError("storage", path="ledger.db", detail=str(error))


def _connect(path: Path) -> sqlite3.Connection:
    with contextlib.ExitStack() as opening:
        try:
            connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
            opening.callback(connection.close)  # an open file could not be moved away on Windows
            found = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if found > SCHEMA_VERSION:
                raise StorageError("newer-data", path=str(path), found=found, known=SCHEMA_VERSION)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.executescript(_SCHEMA)
            if found < SCHEMA_VERSION:
                connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        except sqlite3.Error as error:
            raise StorageError("storage", path=str(path), detail=str(error)) from error
        opening.pop_all()
        return connection
