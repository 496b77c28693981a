"""The guard: dangerous actions wait here until a person decided about them, with a reason.

A stopped action is a row of the ledger. A permission is bound to the digest of everything the action is (kind, target,
run, who asked, facts), serves once and is spent in the transaction that finds it. Nothing a model says can make a row
`allow`: `decide` is called from the person's side only.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from core import redaction
from core.errors import ActionBlocked, BudgetExceeded, DeliveryFailed, InputError, RunnerUnavailable
from core.events import Event, EventSink, Json
from core.guard import ActionKind, DangerousAction, Mode, StoppedAction
from graph.ledger import digest

if TYPE_CHECKING:
    import sqlite3

    from core.errors import MultiCoderError
    from core.guard import PauseCall
    from graph.ledger import Ledger

NEVER: Final[frozenset[ActionKind]] = frozenset({"unsandboxed"})
"""What nobody can allow: generated code never runs unprotected."""

PAUSE_REASON: Final = "guard"
_COLUMNS: Final = "action, facts, blocked, decision, reason, via, used"


@dataclass(frozen=True, slots=True)
class _Sealed:
    """An action as it is kept: without secrets, with the digest a permission is bound to."""

    action: DangerousAction
    digest: str
    text: str

    @classmethod
    def of(cls, action: DangerousAction) -> _Sealed:
        plain = cast("dict[str, Any]", redaction.DEFAULT.redact_json(action.as_dict()))
        return cls(DangerousAction(**plain), digest(plain), json.dumps(plain, sort_keys=True))


class LedgerGuard:
    """`core.guard.Guard` on a table of the ledger.

    `mode` may change while runs work. `pause`, of the engine's tasks, is called in a task of its own, because what it
    pauses is the very run that is just being stopped.
    """

    def __init__(self, ledger: Ledger, sink: EventSink, mode: Mode = "watch", pause: PauseCall | None = None) -> None:
        self.mode: Mode = mode
        self.pause = pause
        self._ledger = ledger
        self._sink = sink
        self._pausing: set[asyncio.Task[None]] = set()

    async def check(self, action: DangerousAction) -> None:
        """Return once for each permission of exactly this action; else keep it, journal it and raise ActionBlocked."""
        sealed = _Sealed.of(action)
        spent = "" if action.kind in NEVER else await self._ledger.execute(lambda db: _spend(db, sealed.digest))
        if spent:
            self._say("SECURITY", "action.allowed", sealed, action=spent, risk="medium")
            return
        action_id, _ = await self._ledger.execute(lambda db: _keep(db, sealed, noted=False))
        self._blocked(sealed, action_id)
        raise ActionBlocked(kind=sealed.action.kind, target=sealed.action.target, action=action_id)

    async def note(self, action: DangerousAction) -> None:
        """Journal an action that was refused elsewhere; in strict mode keep it for a person's word as well."""
        sealed = _Sealed.of(action)
        if self.mode != "strict":
            self._say("SECURITY", "action.blocked", sealed, risk="high")
            return
        action_id, fresh = await self._ledger.execute(lambda db: _keep(db, sealed, noted=True))
        self._blocked(sealed, action_id, pauses=fresh)  # a step repeated after a crash meets what was decided

    async def settled(self, run: str) -> None:
        """In strict mode, raise ActionBlocked for the oldest action of `run` nobody decided about."""
        if self.mode != "strict":
            return
        for waiting in await self.pending(run):
            action = waiting.action
            raise ActionBlocked(kind=action.kind, target=action.target, action=waiting.action_id)

    async def permitted(self, kind: ActionKind, target: str) -> bool:
        """Whether a permission for such an action was used before, by whatever run."""
        wanted = redaction.redact(target)
        query = "SELECT 1 FROM actions WHERE kind=? AND target=? AND decision='allow' AND used IS NOT NULL LIMIT 1"
        return await self._ledger.execute(lambda db: db.execute(query, (kind, wanted)).fetchone()) is not None

    async def decide(self, action_id: str, *, allowed: bool, reason: str, via: str) -> bool:
        """Take a person's decision about a waiting action.

        Raises:
            InputError: there is no such action, no reason was given, or nobody may allow it.
        """
        found = await self.stopped(action_id)
        if not reason.strip():
            raise InputError("action-reason", action=action_id)
        if allowed and found.action.kind in NEVER:
            raise InputError("action-never", action=action_id, kind=found.action.kind)
        decision = "allow" if allowed else "refuse"
        values = (time.time(), decision, redaction.redact(reason.strip()), via, action_id)

        def decided(db: sqlite3.Connection) -> bool:
            query = "UPDATE actions SET decided=?, decision=?, reason=?, via=? WHERE action=? AND decision IS NULL"
            return db.execute(query, values).rowcount == 1

        if not await self._ledger.execute(decided):
            self._say("SECURITY", "decision.repeated", _Sealed.of(found.action), action=action_id, via=via)
            return False
        said = {"action": action_id, "decision": decision, "reason": values[2], "via": via}
        self._say("AUDIT", "action.decided", _Sealed.of(found.action), **said)
        return True

    async def stopped(self, action_id: str) -> StoppedAction:
        """Return one stopped action; InputError `unknown-action` when there is none."""
        query = f"SELECT {_COLUMNS} FROM actions WHERE action=?"  # noqa: S608 - names are this module's constants
        row = await self._ledger.execute(lambda db: db.execute(query, (action_id,)).fetchone())
        if row is None:
            raise InputError("unknown-action", action=action_id[:40])
        return _stopped(row)

    async def pending(self, run: str = "") -> list[StoppedAction]:
        """Return what waits for a decision, oldest first; of all runs when none is named."""
        where = "decision IS NULL" + (" AND run=?" if run else "")
        query = f"SELECT {_COLUMNS} FROM actions WHERE {where} ORDER BY blocked, rowid"  # noqa: S608 - as above
        rows = await self._ledger.execute(lambda db: db.execute(query, (run,) if run else ()).fetchall())
        return [_stopped(row) for row in rows]

    def _blocked(self, sealed: _Sealed, action_id: str, *, pauses: bool = True) -> None:
        self._say("SECURITY", "action.blocked", sealed, action=action_id, risk="high")
        if pauses and self.mode == "strict" and self.pause is not None and sealed.action.run:
            note = f"{sealed.action.kind}: {sealed.action.target}"
            self._pausing.add(task := asyncio.create_task(self._pause(self.pause, sealed.action.run, note)))
            task.add_done_callback(self._pausing.discard)

    async def _pause(self, pause: PauseCall, run: str, note: str) -> None:
        await pause(run, PAUSE_REASON, note)

    def _say(self, type_: Any, name: str, sealed: _Sealed, /, **data: Json) -> None:
        action = sealed.action
        told: dict[str, Json] = {
            **data,
            "kind": action.kind,
            "target": action.target,
            "asked_by": action.asked_by,
            "facts": dict(action.facts),
            "digest": sealed.digest,
        }
        self._sink.emit(Event(type_, name, run=action.run, module=action.module, data=told))


def danger_of(error: MultiCoderError, run: str, module: str = "") -> DangerousAction | None:
    """What a refusal of another part of the program has prevented; None when nothing dangerous was wanted."""
    facts = error.facts
    if isinstance(error, BudgetExceeded):
        target = f"{facts.get('cap', '')} {facts.get('wanted', '')} > {facts.get('limit', '')}"
        return DangerousAction("money", target, run, module, "budget", dict(facts))
    if isinstance(error, RunnerUnavailable):
        return DangerousAction("unsandboxed", error.code, run, module, "runner", dict(facts))
    if isinstance(error, DeliveryFailed) and error.code == "delivery-name-taken":
        return DangerousAction("overwrite", str(facts.get("path", "")), run, module, "delivery", dict(facts))
    if isinstance(error, InputError) and error.code == "unsafe-path":
        return DangerousAction("outside", str(facts.get("name", "")), run, module, "model", dict(facts))
    if isinstance(error, InputError) and error.code in {"dependency-invalid", "dependency-consent"}:
        target = str(facts.get("requirement", facts.get("packages", "")))
        return DangerousAction("download", target, run, module, "model", dict(facts))
    return None


def _spend(db: sqlite3.Connection, wanted: str) -> str:
    """Use up one permission; the id of its action, or empty."""
    row = db.execute(
        "SELECT action FROM actions WHERE digest=? AND NOT noted AND decision='allow' AND used IS NULL"
        " ORDER BY decided LIMIT 1",
        (wanted,),
    ).fetchone()
    if row is None:
        return ""
    db.execute("UPDATE actions SET used=? WHERE action=?", (time.time(), row[0]))
    return str(row[0])


def _keep(db: sqlite3.Connection, sealed: _Sealed, *, noted: bool) -> tuple[str, bool]:
    """The waiting row of this action and whether it is new; what was only noted is kept once, decided or not."""
    known = "SELECT action FROM actions WHERE digest=? AND noted=? AND (noted OR decision IS NULL) LIMIT 1"
    row = db.execute(known, (sealed.digest, int(noted))).fetchone()
    if row is not None:
        return str(row[0]), False
    action_id = f"a-{secrets.token_hex(8)}"
    action = sealed.action
    db.execute(
        "INSERT INTO actions (action, digest, run, kind, target, facts, noted, blocked) VALUES (?,?,?,?,?,?,?,?)",
        (action_id, sealed.digest, action.run, action.kind, action.target, sealed.text, int(noted), time.time()),
    )
    return action_id, True


def _stopped(row: tuple[Any, ...]) -> StoppedAction:
    action_id, text, at, decision, reason, via, used = row
    return StoppedAction(
        action_id, DangerousAction(**json.loads(text)), at, decision or "", reason or "", via or "", used
    )
