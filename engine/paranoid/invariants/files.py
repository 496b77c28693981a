"""The journal is whole, and nothing secret stands in it or in the log."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from core import redaction
from core.i18n import Words
from engine.journal import JournalFilter, search, verify, verify_tail
from engine.paranoid.finding import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from engine.journal import ChainReport, JournalRow

WHOLE_EVERY: Final = 60
"""Passes between two looks at the whole journal instead of its newest rows."""
PATIENCE_SECONDS: Final = 5.0
NEWEST: Final = 500
TAIL_BYTES: Final = 200_000


class JournalChain:
    """The newest rows in every pass, the whole journal now and then."""

    check = "journal-chain"

    def __init__(self, journal: Path, *, whole_every: int = WHOLE_EVERY) -> None:
        self._journal = journal
        self._whole_every = whole_every
        self._passes = 0
        self._whole: asyncio.Task[ChainReport] | None = None
        self._broken: list[Finding] = []

    async def find(self) -> list[Finding]:
        """Return the first break of the chain; what only the whole look finds is told until the next whole look.

        A journal of gigabytes takes longer than a pass may: its look goes on beside the passes.
        """
        if self._whole is None and self._passes % self._whole_every == 0:
            self._whole = asyncio.create_task(asyncio.to_thread(verify, self._journal), name="journal chain")
        self._passes += 1
        if self._whole is not None:
            await asyncio.wait({self._whole}, timeout=PATIENCE_SECONDS)
            if self._whole.done():
                looked, self._whole = self._whole, None
                self._broken = self._findings(looked.result())
        newest = self._findings(await asyncio.to_thread(verify_tail, self._journal))
        return self._broken or newest

    def _findings(self, report: ChainReport) -> list[Finding]:
        return [] if report.ok else [self._finding(report.words(), report.why)]

    def _finding(self, what: Words, why: str) -> Finding:
        return Finding(self.check, "critical", what, "journal", Words("finding-journal-chain.action"), {"why": why})


class SecretsHidden:
    """Whoever reads journal and log finds nothing that looks like a secret, or is a known one."""

    check = "secrets-hidden"

    def __init__(self, journal: Path, log: Path) -> None:
        self._journal = journal
        self._log = log

    async def find(self) -> list[Finding]:
        """Look at the newest events and the end of the log."""
        return await asyncio.to_thread(self._look)

    def _look(self) -> list[Finding]:
        newest = search(self._journal, JournalFilter(limit=NEWEST, newest_first=True))
        found = [self._finding("journal", f"{row.seq}") for row in newest if _tells(row)]
        # One line is enough to act on.
        return found + [self._finding("log", self._log.name) for line in _tail(self._log) if _shows(line)][:1]

    def _finding(self, where: str, place: str) -> Finding:
        subject = f"{where} {place}"
        return Finding.of(self.check, "critical", "finding-secret-shown", subject, where=where, place=place)


def _tells(row: JournalRow) -> bool:
    data = dict(row.data)
    return redaction.DEFAULT.redact_json(data) != data or _shows(f"{row.name} {row.module}")


def _shows(text: str) -> bool:
    return redaction.redact(text) != text


def _tail(log: Path) -> list[str]:
    try:
        with log.open("rb") as file:
            begin = file.seek(max(log.stat().st_size - TAIL_BYTES, 0))
            lines = file.read().decode("utf-8", "replace").splitlines()
            return lines[1:] if begin else lines  # of the first one a part may be missing
    except FileNotFoundError:
        return []
