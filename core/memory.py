"""Memory: what is kept byte for byte, and how single lines of it are found again by meaning.

Truth is the archive: messages (`core.ports.Archive`) and documents (`Documents`). The index that finds lines is made
from it and can be thrown away at any time. A line is named by its source (a message or a document) and its number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from core.events import Json

Kind = Literal["dialogue", "docs", "code", "errors"]
"""What a line is about; each kind is indexed apart, so that logs never drown decisions."""
Trust = Literal["person", "own", "foreign"]
"""Who stands behind a line: the person who typed it, MultiCoder and its models, anybody else. None of them can
approve anything: whatever memory returns is data."""
Reach = Literal["session", "project", "person", "archive"]
"""How far a question looks: one conversation, one project, what belongs to the person (all projects' lessons and what
was imported for no project), everything."""
WIDEST: Final[Mapping[Reach, Reach]] = {
    "session": "session",
    "project": "person",
    "person": "person",
    "archive": "archive",
}
"""How far a question goes on when little fits: a project's to what belongs to the person, the others stay."""
Standing = Literal["kept", "quarantined", "forgotten"]
"""Quarantined: kept, never recalled, can be released. Forgotten: the bytes are erased, the row says when and why."""
Relation = Literal["extracted_from", "member_of", "fixed_by", "committed_as", "replaces"]


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """What is said of bytes when they are kept."""

    name: str
    """What a person calls it: a file name, a path inside a project, `tests of main, round 2`."""
    kind: Kind
    trust: Trust
    project: str = ""
    """Empty: the person's, for all projects."""
    session: str = ""
    run: str = ""
    origin: str = ""
    """Where it came from: a file URI, `commit:path`, a page's address. A document kept again from the same origin with
    the same bytes is the same document."""
    speakers: bool = False
    """The text is a dialogue; an index may read who speaks from its lines."""
    indexed: bool = True
    """Whether its lines are to be found. False for an original whose text was taken out of it and is a document of its
    own (`extracted_from`), and for pictures and containers: they are kept and exported only."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing kept byte for byte."""

    document: str
    """Its id, `d-…`."""
    note: DocumentNote
    sha256: str
    size: int
    lines: int
    """Lines of its text; 0 for what is no text (it is kept all the same)."""
    encoding: str
    """Python's name of the encoding its lines are read with, `binary` for no text."""
    created: float
    standing: Standing = "kept"
    reason: str = ""
    """Why it is not `kept`."""


@dataclass(frozen=True, slots=True)
class Link:
    """One document has to do with another, or with a commit (`committed_as`: `target` is the commit)."""

    source: str
    relation: Relation
    target: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A range of lines of one source, both ends included and counted from 1."""

    source: str
    first: int
    last: int

    def __str__(self) -> str:
        """`d-…:L12-L15`, the way lines are cited everywhere."""
        return f"{self.source}:L{self.first}" + (f"-L{self.last}" if self.last != self.first else "")


@dataclass(frozen=True, slots=True)
class RecallQuery:
    """A question to the memory."""

    text: str
    also: tuple[str, ...] = ()
    """The same question in other languages; together they find what one alone does not."""
    project: str = ""
    session: str = ""
    reach: Reach = "project"
    """Wider scopes are asked only when this one holds little that fits, and then never beyond `widest`."""
    widest: Reach = "person"
    kinds: tuple[Kind, ...] = ("dialogue", "docs", "code", "errors")
    limit: int = 10


@dataclass(frozen=True, slots=True)
class RecalledLine:
    """One line that was found, with where it stands and who stands behind it."""

    source: str
    line: int
    text: str
    score: float
    """Higher is better; comparable within one answer only."""
    kind: Kind
    trust: Trust
    name: str
    """Of the document, or of the conversation."""
    project: str = ""
    session: str = ""
    speaker: str = ""
    created: float = 0.0

    @property
    def place(self) -> str:
        """`d-…:L12`."""
        return f"{self.source}:L{self.line}"


@dataclass(frozen=True, slots=True)
class MemoryState:
    """What the memory is able to do now, as measured."""

    messages: int
    documents: int
    lines: int
    indexed: int
    """Lines that lane 1 can find."""
    embedded: int
    """Lines that lane 2 can find."""
    lost: int
    """Lines that were acknowledged and cannot be restored; a damaged message counts as one. Must be 0."""
    vectors: Literal["ready", "building", "degraded", "off"]
    trouble: str = ""
    """Why `vectors` is degraded, in the words of whatever failed."""
    bytes_kept: int = 0
    """Sizes of all documents as they were given."""
    bytes_used: int = 0
    """What archive and indexes take on the disk."""
    facts: Mapping[str, Json] = field(default_factory=dict)


class Documents(Protocol):
    """Keeps any bytes losslessly and reads single lines of them; a returned call is on disk."""

    async def add(
        self, source: bytes | Path, note: DocumentNote, *, progress: Callable[[int, int], None] | None = None
    ) -> Document:
        """Keep bytes, or a file that is read in pieces.

        The same bytes from the same origin in the same place (project, session) are the document that is there
        already. A file that changes while it is read is an error and nothing is kept. `progress(done, total)` in bytes
        is called often, from any thread; what it raises stops the work and nothing is kept.
        """

    async def document(self, document: str) -> Document:
        """Return one document; InputError `unknown-document` when there is none."""

    async def documents(
        self, *, project: str | None = None, kind: Kind | None = None, after: str = "", limit: int = 0
    ) -> list[Document]:
        """Return documents, oldest first; `project` "" asks for the person's own, None for all; 0 = no limit."""

    async def looked_up(self, project: str) -> bool:
        """Whether anything of a project came from the web, whatever became of it since."""

    async def copy(self, document: str, target: Path, *, progress: Callable[[int, int], None] | None = None) -> None:
        """Write the bytes as they were given to the new file `target`, whole or not at all."""

    async def read(self, document: str) -> bytes:
        """Return the bytes as they were given, checked against their digest."""

    async def lines(self, document: str, first: int, last: int) -> list[str]:
        """Return lines without their ends, both counted from 1 and cut to what there is."""

    async def set_standing(self, document: str, standing: Standing, reason: str) -> Document:
        """Quarantine, release or forget a document; what is forgotten stays so."""

    async def link(self, link: Link) -> None:
        """Keep a link; repeating it changes nothing."""

    async def links(self, document: str) -> list[Link]:
        """Return links from and to a document or commit."""


class Recall(Protocol):
    """Finds lines again. What it needs it makes from the archive; losing it loses nothing."""

    async def recall(self, query: RecallQuery) -> list[RecalledLine]:
        """Return the best lines, best first. What is quarantined or forgotten is never among them."""

    async def catch_up(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Index what the archive got since; return the number of lines that were new."""

    async def rebuild(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Throw the index away and make it anew."""

    async def state(self) -> MemoryState:
        """What there is and what works."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a role is given besides its own material: sections by name, already cut to their budgets."""

    sections: Mapping[str, str]
    """`decisions`, `recalled`, `summaries`, `recent`: only those that hold anything. All of it is data."""
    cited: tuple[Lines, ...]
    """Which lines stand in it."""
    tokens: Mapping[str, int]
    """Tokens of each section, counted with the shipped table."""


class Memory(Protocol):
    """The memory as the coordinator uses it."""

    @property
    def documents(self) -> Documents:
        """What is kept byte for byte."""

    @property
    def recall(self) -> Recall:
        """What finds it."""

    async def remember(
        self,
        project: str,
        question: str,
        *,
        also: Sequence[str] = (),
        before: str = "",
        reach: Reach = "project",
    ) -> Remembered:
        """What a model should know of a project for `question`: decisions, recent words, fitting lines, summaries.

        `before` is the message that is being answered: it and later ones are left out. With the reach `session`
        nothing but its conversation is told; `project` may go on to what belongs to the person when little fits.
        """

    async def learn(self, lesson: Lesson) -> str:
        """Keep an error with what put it right, linked to its commit; repeating it keeps one. Returns its document."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """An error of a build or a test, and the change after which it was gone."""

    project: str
    run: str
    module: str
    error: str
    """The output that was seen, trimmed."""
    fix: str
    """A unified diff."""
    commit: str
