"""What a report reads: the archive, the ledger and the journal, while the engine may be at work on them.

A store that cannot be read is a note in the report, never the end of it: a report is asked for most urgently when
something is broken.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError, StorageError
from core.i18n import Words

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from core.events import Event
    from core.paths import Home
    from core.ports import Archive, Project, RunRecord
    from engine.journal import JournalRow
    from engine.reports.filters import ReportFilter

_BATCH: Final = 2_000
"""Events read at a time: none waits for all of them in memory."""
_REQUEST_CHARACTERS: Final = 2_000
_SPENDS: Final = (
    "SELECT key, coalesce(effects.recorded, effects.started), spend.run, spend.call, spend.module, spend.model,"
    " spend.prompt_tokens, spend.completion_tokens, spend.cost_usd, spend.priced, spend.seconds"
    " FROM spend LEFT JOIN effects USING (key) ORDER BY spend.rowid"
)
_RESTORED: Final = "recovered/"
"""How the keys begin under which `engine.recovery.rebuilding` keeps calls it knows from the journal alone."""
_REPLIES: Final = "SELECT run, digest, reply FROM approvals WHERE reply IS NOT NULL"
_DECISIONS: Final = "SELECT action, reason FROM actions WHERE reason IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Spend:
    """One paid call; `at` is when it was recorded."""

    at: float
    run: str
    call: str
    module: str
    model: str
    prompt_tokens: int
    completion_tokens: int
    cost_usd: float
    priced: bool
    seconds: float

    @property
    def role(self) -> str:
        """Who asked: the first word of `coder.write`."""
        return self.call.partition(".")[0]

    @property
    def tokens(self) -> int:
        """Tokens sent and received."""
        return self.prompt_tokens + self.completion_tokens


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivered version, without its plan."""

    project: str
    number: int
    run: str
    artifact: str
    sha256: str
    created: float


@dataclass(slots=True)
class Records:
    """Everything but the events."""

    projects: dict[str, Project] = field(default_factory=dict)
    runs: dict[str, RunRecord] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)
    """Run -> the beginning of what the person asked for."""
    versions: list[Delivered] = field(default_factory=list)
    spends: list[Spend] = field(default_factory=list)
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)
    """(run, digest of the card) or ("", id of the stopped action) -> what the person wrote with the decision."""
    notes: list[Words] = field(default_factory=list)

    def project_of(self, run: str) -> str:
        """The project of a run, empty when the archive does not know it."""
        record = self.runs.get(run)
        return record.project if record else ""


class _Silent:
    def emit(self, event: Event, /) -> None:
        """Reading the ledger tells nobody."""


async def read_records(home: Home) -> Records:
    """Read archive and ledger; what is missing or damaged becomes a note."""
    records = Records()
    try:
        await _read_archive(home, records)
    except StorageError as error:
        records.notes.append(_note("archive", error))
    try:
        await _read_ledger(home, records)
    except StorageError as error:
        records.notes.append(_note("ledger", error))
    return records


async def _read_archive(home: Home, records: Records) -> None:
    if not home.database.exists():
        return
    from memory.archive import SqliteArchive  # noqa: PLC0415 - not for the types of this module

    archive = SqliteArchive(home.database)
    try:
        records.projects = {project.project: project for project in await archive.projects()}
        for record in await archive.runs():
            records.runs[record.run] = record
            records.requests[record.run] = await _request(archive, record.request)
        for project in records.projects:
            records.versions += [
                Delivered(item.project, item.number, item.run, item.artifact, item.sha256, item.created)
                for item in await archive.versions(project)
            ]
    finally:
        archive.close()


async def _request(archive: Archive, message: str) -> str:
    try:
        return (await archive.message(message)).text[:_REQUEST_CHARACTERS]
    except InputError:  # the run was registered, its message not yet
        return ""


async def _read_ledger(home: Home, records: Records) -> None:
    if not home.ledger.exists():
        return
    from graph.ledger import Ledger  # noqa: PLC0415 - not for the types of this module

    def read(db: sqlite3.Connection) -> tuple[list[Any], ...]:
        return tuple(db.execute(query).fetchall() for query in (_SPENDS, _REPLIES, _DECISIONS))

    ledger = Ledger(home.ledger, _Silent())
    try:
        spends, replies, decisions = await ledger.execute(read)
    finally:
        ledger.close()
    records.spends = [Spend(_restored(key) if at is None else at, *row) for key, at, *row in spends]
    records.reasons = {(run, digest): _reason(reply) for run, digest, reply in replies}
    records.reasons |= {("", action): str(reason) for action, reason in decisions}


def _restored(key: str) -> float:
    """When a call was paid that recovery put back: no effect stands beside it, but the moment ends its key."""
    try:
        return float(key.rpartition("/")[2]) if key.startswith(_RESTORED) else 0.0
    except ValueError:
        return 0.0


def _reason(reply: str) -> str:
    try:
        return str(json.loads(reply).get("text") or "")
    except (ValueError, AttributeError):
        return ""


def read_events(
    home: Home, wanted: ReportFilter, runs: frozenset[str] | None = None, *, after: int = 0, upto: int | None = None
) -> Iterator[JournalRow]:
    """Yield the events of a period, in order, archived ones included, without holding more than a few of them.

    `runs` are the runs wanted, None = all and events of no run. `upto` is the last sequence number wanted: what is
    appended while a report is made belongs to the next one. StorageError when the journal cannot be read.
    """
    from engine.journal import JournalFilter, search  # noqa: PLC0415 - not for the types of this module

    chosen = None if runs is None else tuple(sorted(runs))
    page = JournalFilter(
        runs=chosen,
        since=wanted.since,
        until=wanted.until,
        after=after,
        limit=_BATCH,
    )
    while upto is None or page.after < upto:  # what lies behind may be damaged
        rows = search(home.journal, page, home.journal_archive)
        for row in rows:
            if upto is not None and row.seq > upto:
                return
            yield row
        if len(rows) < _BATCH:
            return
        page = replace(page, after=rows[-1].seq)


def _note(store: str, error: StorageError) -> Words:
    return Words(f"report-note-{store}", {"detail": str(error.facts.get("detail", error.code))})
