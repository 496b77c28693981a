"""Approvals: the only way a decision of the person enters the graph.

A card is shown with a nonce and the digest of exactly what was shown. The answer is stored first; the graph is then
resumed with the nonce alone and *redeems* it here. Model output cannot create a row, a digest that does not match
what the node computes from its own state is refused, a nonce serves one interrupt only and expires.
After a crash an answered card is not asked again: the stored answer is found by interrupt and digest.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

if TYPE_CHECKING:
    import sqlite3

    from graph.ledger import Ledger

LIFETIME_SECONDS: Final = 30 * 24 * 3600.0
"""A card nobody answered for a month is asked anew."""

Decision = Literal["approve", "modify", "reject", "answer", "retry", "stop", "allow", "refuse", "invalid"]

_GIVEN: Final = ("approve", "modify", "reject", "answer", "retry", "stop", "allow", "refuse")
"""What a person can decide; a tuple, because a client may send something that cannot be hashed."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person decided at a card."""

    decision: Decision
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    caps: Mapping[str, float] = field(default_factory=dict)
    """Raised limits, for a run that stopped at its budget."""
    via: str = ""
    """How it was given: terminal, --yes ...; filled in when it is redeemed."""


class Consent(Protocol):
    """How a node turns the resume value of its interrupt into a decision."""

    async def redeem(self, resume_value: Any, *, run: str, digest: str) -> Reply:
        """The person's decision, or `invalid`: then the card is shown again."""


class LedgerConsent:
    """Approvals kept in the ledger; used by the engine."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def show(self, *, run: str, interrupt: str, digest: str) -> str:
        """Register that a card is being shown and return its nonce."""
        nonce = secrets.token_urlsafe(18)
        now = time.time()
        row = (nonce, run, interrupt, digest, now, now + LIFETIME_SECONDS)
        await self._ledger.execute(
            lambda db: db.execute(
                "INSERT INTO approvals (nonce, run, interrupt, digest, shown, expires) VALUES (?,?,?,?,?,?)", row
            )
        )
        return nonce

    async def answer(self, nonce: str, reply: Reply, *, via: str) -> bool:
        """Keep the person's answer; False when the nonce is unknown, expired or already answered."""
        stored = json.dumps(asdict(reply))

        def action(db: sqlite3.Connection) -> bool:
            changed = db.execute(
                "UPDATE approvals SET answered=?, via=?, reply=? WHERE nonce=? AND answered IS NULL AND expires>?",
                (time.time(), via, stored, nonce, time.time()),
            )
            return changed.rowcount == 1

        return await self._ledger.execute(action)

    async def answered(self, *, run: str, interrupt: str, digest: str) -> str | None:
        """The nonce of an answer already given to this very card, if any."""
        row = await self._ledger.execute(
            lambda db: db.execute(
                "SELECT nonce FROM approvals WHERE run=? AND interrupt=? AND digest=? AND answered IS NOT NULL"
                " ORDER BY answered DESC LIMIT 1",
                (run, interrupt, digest),
            ).fetchone()
        )
        return row[0] if row else None

    async def redeem(self, resume_value: Any, *, run: str, digest: str) -> Reply:
        """Exchange a nonce for its stored answer; repeated redemption for the same card gives the same answer."""
        if not isinstance(resume_value, str):
            return Reply("invalid")
        nonce = resume_value

        def action(db: sqlite3.Connection) -> tuple[str, str] | None:
            row = db.execute("SELECT run, digest, reply, via FROM approvals WHERE nonce=?", (nonce,)).fetchone()
            if row is None or row[0] != run or row[1] != digest or row[2] is None:
                return None
            db.execute("UPDATE approvals SET redeemed=? WHERE nonce=?", (digest, nonce))
            return str(row[2]), str(row[3])

        stored = await self._ledger.execute(action)
        if stored is None:
            return Reply("invalid")
        reply, via = stored
        return Reply(**{**json.loads(reply), "via": via})

    async def history(self, run: str) -> list[dict[str, Any]]:
        """Every card of a run with its answer, oldest first."""
        rows = await self._ledger.execute(
            lambda db: db.execute(
                "SELECT interrupt, digest, shown, answered, via, reply FROM approvals WHERE run=? ORDER BY shown",
                (run,),
            ).fetchall()
        )
        names = ("interrupt", "digest", "shown", "answered", "via", "reply")
        return [dict(zip(names, row, strict=True)) for row in rows]


class DirectConsent:
    """The person is the client that resumes the graph itself (LangGraph Studio on the developer's own machine).

    The resume value is `{"decision": ..., "digest": ..., "text": ..., "answers": ...}`; the digest must still be the
    one of the card that was shown.
    """

    async def redeem(self, resume_value: Any, *, run: str, digest: str) -> Reply:
        """Accept a decision given with the digest of what was shown."""
        del run
        if not isinstance(resume_value, Mapping) or resume_value.get("digest") != digest:
            return Reply("invalid")
        decision, answers = resume_value.get("decision"), resume_value.get("answers") or {}
        if decision not in _GIVEN or not isinstance(answers, Mapping):
            return Reply("invalid")
        return Reply(
            decision,
            text=str(resume_value.get("text") or ""),
            answers={str(key): str(value) for key, value in answers.items()},
            via="studio",
        )
