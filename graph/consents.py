"""Consents: what a person allowed to be downloaded and what not, one row per repository, commit and run.

A row is written from the person's side only: by the node that redeemed a reply to the card which showed exactly this
repository, and for addresses the person named at the command line. Nothing a model or a page says gets here.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError
from core.events import Event, EventSink, Json
from core.redaction import redact
from core.research import DownloadConsent

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from core.research import Decision
    from graph.ledger import Ledger

_COLUMNS: Final = "consent, address, pinned, decision, reason, via, run, at, taken, revoked"
_ONE: Final = f"SELECT {_COLUMNS} FROM consents WHERE run=? AND address=? AND pinned=?"  # noqa: S608 - own constants
_NAMED: Final = f"SELECT {_COLUMNS} FROM consents WHERE consent=?"  # noqa: S608 - own constants
_ALL: Final = f"SELECT {_COLUMNS} FROM consents ORDER BY at DESC, rowid DESC"  # noqa: S608 - own constants


class LedgerConsents:
    """`core.research.Consents` on a table of the ledger; each decision and each revocation is journaled."""

    def __init__(self, ledger: Ledger, sink: EventSink) -> None:
        self._ledger = ledger
        self._sink = sink

    async def record(
        self, run: str, address: str, commit: str, decision: Decision, *, reason: str, via: str
    ) -> DownloadConsent:
        """Keep a decision; the first one for this run, address and commit stays.

        Raises:
            InputError: it names no repository at a commit.
        """
        if not address.strip() or not commit.strip() or decision not in {"allow", "refuse"}:
            raise InputError("consent-unfit", address=address[:200])
        row = (f"k-{secrets.token_hex(8)}", address, commit, decision, redact(reason.strip()), via, run, time.time())

        def kept(db: sqlite3.Connection) -> tuple[DownloadConsent, bool]:
            found = db.execute(_ONE, (run, address, commit)).fetchone()
            if found is not None:
                return _consent(found), False
            db.execute(f"INSERT INTO consents ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,0,0)", row)  # noqa: S608 - as above
            return _consent(db.execute(_NAMED, (row[0],)).fetchone()), True

        consent, fresh = await self._ledger.execute(kept)
        if fresh:
            self._say("download.decided", consent)
        return consent

    async def standing(self, run: str, address: str, commit: str) -> DownloadConsent | None:
        """Return the decision that holds in this run, as `refuse` once it was revoked; None where nobody decided."""
        row = await self._ledger.execute(lambda db: db.execute(_ONE, (run, address, commit)).fetchone())
        found = _consent(row) if row is not None else None
        return replace(found, decision="refuse") if found is not None and found.revoked else found

    async def note_taken(self, consent: str) -> None:
        """Record that the download of this consent is whole."""
        values = (time.time(), consent)
        await self._ledger.execute(
            lambda db: db.execute("UPDATE consents SET taken=? WHERE consent=? AND taken=0", values)
        )

    async def revoke(self, consent: str, reason: str) -> DownloadConsent:
        """Take an allowance back; repeating it changes nothing.

        Raises:
            InputError: there is no such consent.
        """
        now = time.time()

        def taken_back(db: sqlite3.Connection) -> tuple[Any, bool]:
            changed = db.execute("UPDATE consents SET revoked=? WHERE consent=? AND revoked=0", (now, consent))
            return db.execute(_NAMED, (consent,)).fetchone(), changed.rowcount == 1

        row, changed = await self._ledger.execute(taken_back)
        if row is None:
            raise InputError("unknown-consent", consent=consent[:40])
        found = _consent(row)
        if changed:
            self._say("download.revoked", found, why=redact(reason.strip()))
        return found

    async def all(self) -> Sequence[DownloadConsent]:
        """Return every decision, newest first."""
        rows = await self._ledger.execute(lambda db: db.execute(_ALL).fetchall())
        return [_consent(row) for row in rows]

    def _say(self, name: str, consent: DownloadConsent, **more: Json) -> None:
        data: dict[str, Json] = {
            "consent": consent.consent,
            "address": consent.address,
            "commit": consent.commit,
            "decision": consent.decision,
            "reason": consent.reason,
            "via": consent.via,
            **more,
        }
        self._sink.emit(Event("AUDIT", name, run=consent.run, data=data))


def _consent(row: tuple[Any, ...]) -> DownloadConsent:
    consent, address, commit, decision, reason, via, run, at, taken, revoked = row
    return DownloadConsent(consent, address, commit, decision, reason, via, run, at, taken, revoked)


__all__ = ["LedgerConsents"]
