"""Takes the files of a foreign repository at one commit, once a person allowed exactly that.

Over https as one archive: no version control, no hooks, no submodules, nothing further is fetched, and nothing of it
is ever executed. The archive as it came is kept first, so that a killed take goes on without fetching it again.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from builders.antivirus import AntivirusReport, find_antiviruses, look_through
from core.errors import MultiCoderError, ResearchError
from core.events import Event
from core.files import replace_patiently
from core.research import Taken
from engine.repository_files import Keeping, Origin, notices_of, unreadable
from memory.ingest.archives import ArchiveRefusedError, ZipMembers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from builders.antivirus import Antivirus
    from core.events import EventSink, Json
    from core.memory import Document, Documents
    from core.paths import Home
    from core.research import Consents, DownloadConsent, Repository

    Progress = Callable[[int, int], None]

ARCHIVE_BYTES: Final = 100_000_000
SECONDS: Final = 900.0
FOLDER: Final = "repositories"
"""Below the scratch folder of the data folder."""
_STALE_SECONDS: Final = 7 * 86_400
_NAMED: Final = 50
"""Files that were left out and are named one by one in the journal; the others are counted."""
_PLACE: Final = re.compile(r"[A-Za-z0-9.:-]{1,253}(?:/[A-Za-z0-9_.-]{1,100}){2,8}")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_NAMED_COMMIT: Final = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{40})\b", re.IGNORECASE)
_HERE: Final = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d+)?\Z")
"""A server of this machine may do without encryption; whether it may be reached at all is the door's to say."""
_UNKNOWN_LICENCES: Final = frozenset({"", "NOASSERTION", "NONE", "OTHER"})

Why = Literal[
    "address",
    "archive-bytes",
    "archive-damaged",
    "archive-entries",
    "infected",
    "too-large",
    "unreadable",
    "wrong-commit",
]
"""Why a repository is refused as a whole; the words are in `error-repository-refused`."""


class Downloads(Protocol):
    """The one door to the web, as far as it is used here."""

    async def download(
        self,
        url: str,
        target: Path,
        *,
        limit: int,
        seconds: float,
        headers: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> tuple[str, int]:
        """Write what stands at an address to the new file `target`; return its sha256 and size."""


class NotAllowedError(ResearchError):
    """No permission of a person holds for this download: nothing was sent."""

    default_code = "download-not-allowed"

    def __init__(self, *, target: str, commit: str, why: str) -> None:
        self.fault = "refused"
        MultiCoderError.__init__(self, self.default_code, target=target, commit=commit[:12], why=why)


class RepositoryRefusedError(ResearchError):
    """What came, or what was asked for, is not taken as a whole."""

    default_code = "repository-refused"

    def __init__(self, *, target: str, commit: str, why: Why, detail: str = "") -> None:
        self.fault = "refused"
        facts = {"target": target, "commit": commit[:12], "why": why, "detail": detail}
        MultiCoderError.__init__(self, self.default_code, **facts)


class RepositoryTaker:
    """`core.research.RepositorySource`."""

    def __init__(
        self,
        home: Home,
        documents: Documents,
        consents: Consents,
        downloads: Downloads,
        archive_url: Callable[[Repository, str], str],
        sink: EventSink,
        *,
        headers: Callable[[Repository], Mapping[str, str]] = lambda _repository: {},
        antiviruses: Sequence[Antivirus] | None = None,
        limit: int = ARCHIVE_BYTES,
    ) -> None:
        """`archive_url` says where a code host keeps the zip archive of a commit; `antiviruses` None = what is here."""
        self._home = home
        self._documents = documents
        self._consents = consents
        self._downloads = downloads
        self._archive_url = archive_url
        self._sink = sink
        self._headers = headers
        self._antiviruses = antiviruses
        self._limit = limit
        self._locks: dict[str, asyncio.Lock] = {}

    async def take(
        self,
        repository: Repository,
        consent: DownloadConsent,
        *,
        project: str,
        run: str,
        progress: Progress | None = None,
    ) -> Taken:
        """See `RepositorySource`; `progress` hears bytes of the download first, then bytes of the files.

        Raises:
            NotAllowedError: no unrevoked permission of exactly this; nothing was sent.
            RepositoryRefusedError: it is not taken as a whole; nothing of it was kept.
            ResearchError: it could not be fetched.
            StorageError: the memory or the disk cannot take it; what was kept stays and a second call goes on.
        """
        order = _Order(repository, consent, Origin(repository.address, consent.commit, project, run))
        try:
            order.check()
            async with self._locks.setdefault(order.key, asyncio.Lock()):
                return await self._take(order, progress or _unheard)
        except ResearchError as error:
            facts: dict[str, Json] = {"target": repository.address, "code": error.code, "facts": dict(error.facts)}
            self._sink.emit(Event("SECURITY", "repository.refused", run=run, data={**facts, "risk": "medium"}))
            raise

    async def _take(self, order: _Order, progress: Progress) -> Taken:
        await self._allowed(order)
        folder = self._home.builds / FOLDER / order.key
        await asyncio.to_thread(_make_room, folder, set(self._locks))
        archive = folder / "archive.zip"
        try:
            known = await self._fetched(order, archive, progress)
            kept, report = await self._examined(order, archive, known)
        except RepositoryRefusedError:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            raise
        try:
            taken = await self._imported(order, archive, kept, report, progress)
        finally:  # a next call finds what was kept in the memory
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        await self._consents.note_taken(order.consent.consent)
        self._tell(order, taken, kept.size, report)
        return taken

    async def _allowed(self, order: _Order) -> None:
        """Ask what holds now, and let only an unrevoked permission of exactly this pass."""
        origin = order.origin
        standing = await self._consents.standing(origin.run, origin.address, origin.commit)
        if why := order.forbidden(standing):
            raise NotAllowedError(target=origin.address, commit=origin.commit, why=why)

    # ------------------------------------------------------------------------------------------ fetching

    async def _fetched(self, order: _Order, archive: Path, progress: Progress) -> Document | None:
        """Have the archive in the scratch folder; return its document where it was kept before."""
        if (known := await self._kept_before(order.origin)) is not None:
            await asyncio.to_thread(archive.unlink, missing_ok=True)
            await self._documents.copy(known.document, archive)
            return known
        if not await asyncio.to_thread(archive.is_file):  # else a take was killed before it could be kept
            await self._fetch(order, archive, progress)
        return None

    async def _fetch(self, order: _Order, archive: Path, progress: Progress) -> None:
        part = archive.with_suffix(".part")
        await asyncio.to_thread(part.unlink, missing_ok=True)
        url, headers = self._archive_url(order.repository, order.origin.commit), self._headers(order.repository)
        if not url.startswith("https://") and not _HERE.match(order.repository.host):
            raise order.refused("address")
        await self._allowed(order)
        try:
            await self._downloads.download(
                url, part, limit=self._limit, seconds=SECONDS, headers=headers, progress=progress
            )
            await self._allowed(order)  # taken back meanwhile: what came is thrown away
            await asyncio.to_thread(replace_patiently, part, archive)
        except OSError as error:
            raise order.refused("unreadable", unreadable(error, part)) from error
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)

    async def _kept_before(self, origin: Origin) -> Document | None:
        for document in await self._documents.documents(project=origin.project, kind="docs"):
            if document.note.origin == origin.archive and document.standing != "forgotten":
                return document
        return None

    # ------------------------------------------------------------------------------------------ keeping

    async def _examined(self, order: _Order, archive: Path, known: Document | None) -> tuple[Document, AntivirusReport]:
        """Judge the archive as a whole before anything of it is unpacked, and keep it as it came."""
        with await self._opened(order, archive) as members:
            if other := _other_commit(members.comment, order.origin.commit):
                raise order.refused("wrong-commit", other)
        known_here = self._antiviruses
        antiviruses = await asyncio.to_thread(find_antiviruses) if known_here is None else known_here
        report = await look_through(archive, antiviruses)
        if report.verdict == "infected":
            raise order.refused("infected", f"{report.name}: {report.detail}")
        return known or await self._documents.add(archive, order.origin.archive_note()), report

    async def _opened(self, order: _Order, archive: Path) -> ZipMembers:
        try:
            return await asyncio.to_thread(ZipMembers, archive)
        except ArchiveRefusedError as error:
            raise order.refused(_WHOLE.get(error.reason, "archive-damaged"), error.detail) from error
        except OSError as error:
            raise order.refused("unreadable", unreadable(error, archive)) from error

    async def _imported(
        self, order: _Order, archive: Path, kept: Document, report: AntivirusReport, progress: Progress
    ) -> Taken:
        keeping = Keeping(self._documents, order.origin, kept.document, archive.parent, progress)
        with await self._opened(order, archive) as members:
            await keeping.keep(members)
        licence = order.repository.licence
        return Taken(
            address=order.origin.address,
            commit=order.origin.commit,
            sha256=kept.sha256,
            licence="" if licence.upper() in _UNKNOWN_LICENCES else licence,
            files=keeping.files,
            refused=keeping.refused,
            warnings=keeping.warnings,
            notices=notices_of(keeping.files),
            antivirus=report.name if report.verdict == "clean" else "",
            archive=kept.document,
        )

    def _tell(self, order: _Order, taken: Taken, size: int, report: AntivirusReport) -> None:
        data: dict[str, Json] = {
            "target": taken.address,
            "commit": taken.commit,
            "consent": order.consent.consent,
            "project": order.origin.project,
            "sha256": taken.sha256,
            "archive": taken.archive,
            "bytes": size,
            "files": len(taken.files),
            "refused": len(taken.refused),
            "warned": len(taken.warnings),
            "licence": taken.licence,
            "notices": list(taken.notices[:_NAMED]),
            "antivirus": {"verdict": report.verdict, "name": report.name, "detail": report.detail},
        }
        run = order.origin.run
        self._sink.emit(Event("FILE", "repository.taken", run=run, data=data))
        for path, kinds in list(taken.warnings.items())[:_NAMED]:
            known: dict[str, Json] = {"target": taken.address, "file": path, "why": kinds, "risk": "low"}
            self._sink.emit(Event("FILE", "repository.warned", run=run, data=known))
        for path, why in list(taken.refused.items())[:_NAMED]:
            told: dict[str, Json] = {"target": taken.address, "file": path, "why": why}
            risk: dict[str, Json] = {"risk": "high"} if why == "malware" else {}
            self._sink.emit(Event("FILE", "repository.refused", run=run, data={**told, **risk}))


_WHOLE: Final[dict[str, Why]] = {"archive-bytes": "archive-bytes", "archive-entries": "archive-entries"}


@dataclass(frozen=True, slots=True)
class _Order:
    """One take: what, under which permission, for whom."""

    repository: Repository
    consent: DownloadConsent
    origin: Origin

    @property
    def key(self) -> str:
        """Names it in the scratch folder: the same order again is the same take."""
        told = f"{self.origin.archive}\n{self.origin.project}"
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def check(self) -> None:
        """Refuse what cannot be asked for: an address or a commit that is none."""
        address = self.origin.address
        usual = _PLACE.fullmatch(address) and not any(part.strip(".") == "" for part in address.split("/"))
        if not usual or not _COMMIT.fullmatch(self.origin.commit):
            raise self.refused("address")

    def forbidden(self, standing: DownloadConsent | None) -> str:
        """Why nothing may be sent; empty when the permission that was handed over is the one that holds."""
        for word in (self.consent, standing):
            if word is None:
                return "missing"
            if word.revoked:
                return "revoked"
            if word.decision != "allow":
                return "refused"
            if word.address != self.origin.address:
                return "other-repository"
            if word.commit != self.origin.commit or self.repository.commit not in {"", self.origin.commit}:
                return "other-commit"
        return "" if standing is not None and standing.consent == self.consent.consent else "changed"

    def refused(self, why: Why, detail: str = "") -> RepositoryRefusedError:
        """Make the error of a refusal."""
        return RepositoryRefusedError(target=self.origin.address, commit=self.origin.commit, why=why, detail=detail)


def _other_commit(comment: str, commit: str) -> str:
    """The commit an archive says it is, where that is another one; empty where it says none."""
    named = [found.lower() for found in _NAMED_COMMIT.findall(comment)]
    return "" if not named or commit in named else named[0]


def _make_room(folder: Path, at_work: set[str]) -> None:
    """Make the scratch folder of a take, and sweep what killed ones left long ago."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.parent.iterdir():
        with suppress(OSError):
            if left.name not in at_work and time.time() - left.stat().st_mtime > _STALE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _unheard(_done: int, _total: int) -> None:
    """Nobody wants to know how far it is."""
