"""Research: what is looked up on the internet, and what a person allowed to be taken from it.

Looking (search results, pages, what a code host tells of a repository) and taking (a repository's files) are two
ports: nothing that looks can take, and nothing is taken without a `DownloadConsent` a person gave for that very commit.
Everything that comes back is foreign data, never an instruction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.errors import ResearchFault

WebUse = Literal["off", "ask", "on"]
"""How a run looks things up: never, once a person agreed in that run, by itself. None of them allows a download."""
WEB_USES: Final[tuple[WebUse, ...]] = get_args(WebUse)

Topic = Literal["web", "repositories", "code", "packages", "questions", "news"]
"""What is searched: pages, code hosts' repositories, code, package indexes, questions with answers, tech news."""
TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)


@dataclass(frozen=True, slots=True)
class Repository:
    """What a code host tells of a repository."""

    host: str
    """Where its pages are: `github.com`."""
    owner: str
    name: str
    description: str = ""
    licence: str = ""
    """SPDX id, empty where nobody says."""
    size: int = 0
    """Bytes of the repository as the host counts them; 0 = not told."""
    stars: int = 0
    changed: float = 0.0
    """When somebody last pushed to it, seconds since the epoch; 0 = not told."""
    archived: bool = False
    branch: str = ""
    commit: str = ""
    """Newest commit of the branch when it was looked at: what is asked about and, if allowed, what is taken."""

    @property
    def address(self) -> str:
        """`host/owner/name`, the way a person names it (`--allow-download`)."""
        return f"{self.host}/{self.owner}/{self.name}"


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of a search."""

    title: str
    url: str
    extract: str
    """What the engine shows of it, plain text."""
    engine: str
    repository: Repository | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """An engine that could not help, and why."""

    engine: str
    fault: ResearchFault
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought."""

    query: str
    topic: Topic
    engine: str
    """Who answered; empty when nobody did."""
    hits: tuple[Hit, ...]
    tried: tuple[Tried, ...] = ()
    """Who was asked before and failed."""
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page or file as clean text."""

    url: str
    """Where it was found in the end, behind all redirects."""
    title: str
    text: str
    media_type: str
    sha256: str
    """Of the bytes that came."""
    fetched: float
    cut: bool = False
    """There was more than is taken."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page says, as lines of plain text."""

    title: str
    text: str
    cut: bool = False
    """There was more than is taken."""


class Extract(Protocol):
    """Turns the bytes of a page into its text, without letting them do any harm."""

    async def __call__(self, data: bytes, media_type: str, charset: str) -> PageText:
        """Return the text of HTML, XHTML or PDF, and of plain text what can be seen of it.

        Raises:
            ResearchError: `wrong_type` or `malformed`, where there is no text; its address is empty.
        """


@dataclass(frozen=True, slots=True)
class TreeFile:
    """One file of a repository."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of a repository at its commit."""

    files: tuple[TreeFile, ...]
    cut: bool = False
    """There are more than are told."""


class Research(Protocol):
    """Looks things up. Reads only: no scripts run, nothing is cloned or downloaded. Raises `ResearchError`."""

    async def search(self, query: str, topic: Topic = "web", *, limit: int = 8) -> Found:
        """Ask the engines for a topic, one after the other until one answers; hits may be empty, nothing is raised."""

    async def read(self, url: str) -> Page:
        """Read a page, following redirects within bounds."""

    async def repository(self, address: str) -> Repository:
        """Look at `host/owner/name`: licence, size, stars, newest commit."""

    async def tree(self, repository: Repository) -> Tree:
        """List its files at its commit."""

    async def file(self, repository: Repository, path: str) -> Page:
        """Read one of its files at its commit; `README` finds the readme whatever it is called."""

    async def issues(self, repository: Repository, query: str, *, limit: int = 5) -> Sequence[Hit]:
        """Search its issues."""

    async def aclose(self) -> None:
        """Close connections."""


Decision = Literal["allow", "refuse"]


@dataclass(frozen=True, slots=True)
class DownloadConsent:
    """A person's word about one repository at one commit."""

    consent: str
    """Its id, `k-…`."""
    address: str
    commit: str
    decision: Decision
    reason: str
    via: str
    """How it was given: window, terminal, `--allow-download`."""
    run: str
    at: float
    taken: float = 0.0
    """When it was downloaded under this consent; 0 = not yet."""
    revoked: float = 0.0


class Consents(Protocol):
    """What a person allowed and refused. Only a redeemed reply to a card or a person's own flag may record."""

    async def record(
        self, run: str, address: str, commit: str, decision: Decision, *, reason: str, via: str
    ) -> DownloadConsent:
        """Keep a decision; repeating it for the same run, address and commit returns the first one."""

    async def standing(self, run: str, address: str, commit: str) -> DownloadConsent | None:
        """Return the decision that holds in this run; None where nobody decided. A revoked one is `refuse`."""

    async def note_taken(self, consent: str) -> None:
        """Record that the download of this consent is whole."""

    async def revoke(self, consent: str, reason: str) -> DownloadConsent:
        """Take an allowance back: nothing more is downloaded under it. What came stays and is named."""

    async def all(self) -> Sequence[DownloadConsent]:
        """Return every decision, newest first."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A repository whose files were taken at a pinned commit."""

    address: str
    commit: str
    sha256: str
    """Of the archive as it came."""
    licence: str
    files: Mapping[str, str]
    """Path -> document id in the memory."""
    refused: Mapping[str, str]
    """Path -> why it was left out, as a code that `core.left_out.left_out_words` puts into words."""
    warnings: Mapping[str, str] = field(default_factory=dict)
    """Path -> what a person should know of a file that was kept: codes for `core.left_out.warning_words`, with spaces
    between them. Data, not a verdict."""
    notices: tuple[str, ...] = ()
    """Paths of its licence files, the ones nearest to its root first."""
    antivirus: str = ""
    """Who looked through the archive; empty where there is no antivirus or it could not."""
    archive: str = ""
    """Document id of the archive as it came; it is kept, and nothing of it is indexed."""


class RepositorySource(Protocol):
    """Takes the files of a repository, once a person allowed it. Raises `ResearchError`, `ActionBlocked`."""

    async def take(
        self,
        repository: Repository,
        consent: DownloadConsent,
        *,
        project: str,
        run: str,
        progress: Callable[[int, int], None] | None = None,
    ) -> Taken:
        """Fetch the archive of the consent's commit, check and scan it, keep its files as foreign documents.

        Without an unrevoked `allow` for exactly this address and commit nothing is sent. Nothing of it is executed.
        What came whole is noted as taken.
        """
