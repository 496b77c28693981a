"""Whatever was allowed was allowed by a person, once, about exactly what was shown; red was never built."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

from engine.journal import JournalFilter, search
from engine.paranoid.finding import Finding
from engine.paranoid.invariants.turns import NewestStates, Rounds
from graph.cards import may_approve
from graph.guard import NEVER
from graph.ledger import digest

if TYPE_CHECKING:
    from core.plan import Subject
    from engine.bootstrap import Engine
    from graph.state import RunState

PROJECTS: Final = 10
USED: Final = 50
"""Permissions looked at in one pass."""
_CARDS: Final[dict[Subject, str]] = {"request": "task", "plan": "plan"}
"""Subjects of the judge that always need a person's approval, and the card of each."""

_BAD_CARDS: Final = """
SELECT nonce, run FROM approvals
WHERE redeemed IS NOT NULL AND (reply IS NULL OR answered IS NULL OR redeemed IS NOT digest OR answered > expires)
"""
_PERMISSIONS: Final = """
SELECT action, run, kind, digest, facts, decision, reason, via, used, decided, noted FROM actions
WHERE (decision IS NOT NULL OR used IS NOT NULL) AND rowid > ? ORDER BY rowid LIMIT ?
"""


class Decisions:
    """Cards redeemed and dangerous actions allowed, as the ledger has them, were decided by a person."""

    check = "decisions"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._after = 0
        self._rounds = Rounds()

    async def find(self) -> list[Finding]:
        """Return decisions nobody can have taken."""
        cards = await self._engine.ledger.execute(lambda db: db.execute(_BAD_CARDS).fetchall())
        found = [self._finding("card", nonce[:8], run) for nonce, run in cards]
        after = self._after
        rows = await self._engine.ledger.execute(
            lambda db: db.execute(_PERMISSIONS.replace("SELECT ", "SELECT rowid, "), (after, USED)).fetchall()
        )
        self._after = rows[-1][0] if len(rows) == USED else 0
        self._rounds.ended = not self._after
        await asyncio.to_thread(self._engine.journal.flush)
        for _, action, run, *rest in rows:
            if why := await asyncio.to_thread(self._why, action, run, rest):
                found.append(self._finding(why, action, run))
        return self._rounds.standing(found)

    def _why(self, action: str, run: str, row: list[Any]) -> str:
        """What is wrong with a decision about an action; empty when nothing is."""
        kind, kept, facts, decision, reason, via, used, decided, noted = row
        if decided is None or not (reason or "").strip() or not via:
            return "reason"
        if digest(json.loads(facts)) != kept:
            return "digest"
        if used is not None and (decision != "allow" or noted):
            return "used"
        if decision == "allow" and kind in NEVER and not noted:
            return "never"
        told = JournalFilter((run,), ("AUDIT",), ("action.decided",), text=action, limit=1)
        return "" if search(self._engine.home.journal, told) else "journal"

    def _finding(self, why: str, subject: str, run: str) -> Finding:
        return Finding.of(self.check, "critical", "finding-decision", subject, why=why, subject=subject, run=run)


class RedApproved:
    """What was built had been judged, was not red, and a person had approved task and plan."""

    check = "red-approved"

    def __init__(self, engine: Engine) -> None:
        self._states = NewestStates(engine, PROJECTS)

    async def find(self) -> list[Finding]:
        """Return the runs that were built without that."""
        states = await self._states.next()
        found = [self._finding(state["run"], subject) for _, state in states for subject in _unapproved(state)]
        return self._states.standing(found)

    def _finding(self, run: str, subject: str) -> Finding:
        place = f"{run} {subject}"
        return Finding.of(self.check, "critical", "finding-red-approved", place, run=run, subject=subject)


def _unapproved(state: RunState) -> list[str]:
    if not state.get("built") and state.get("outcome") != "delivered":
        return []
    verdicts, approvals = state["verdicts"], state["approvals"]
    subjects: tuple[Subject, ...] = ("request", "plan", "code")
    wrong = [subject for subject in subjects if not may_approve(verdicts.get(subject))]
    if state["options"].get("restore"):
        return [*wrong]  # the same files, approved when they were made; the person named the version
    approved = {entry["subject"] for entry in approvals if entry["decision"] == "approve"}
    return [*wrong, *(subject for subject, card in _CARDS.items() if card not in approved and subject not in wrong)]
