"""What a blueprint consists of. Every part names the lines it was made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from core.memory import Lines

Speaker = Literal["person", "assistant", "document"]
By = Literal["person", "confirmed", "unobjected", "document"]
"""Who stands behind a requirement: the person, the assistant with the person's consent, the assistant without anybody's
objection, a document that has no speakers."""
Status = Literal["active", "retracted", "contradictory", "open"]
Form = Literal["turns", "named", "said", "chat", "json", "document"]


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive lines of one speaker."""

    speaker: Speaker
    name: str
    lines: tuple[tuple[int, str], ...]
    """Number and text of each line that holds anything."""

    @property
    def first(self) -> int:
        """Number of its first line."""
        return self.lines[0][0]

    @property
    def last(self) -> int:
        """Number of its last line."""
        return self.lines[-1][0]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text taken apart into turns."""

    source: str
    form: Form
    view: tuple[str, ...]
    """The lines that numbers refer to: those of the document, of a chat export the messages as text."""
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Something that is wanted, in the words it was stated with."""

    id: str
    text: str
    places: tuple[Lines, ...]
    by: By
    status: Status
    strength: int
    """See `memory.decisions.Decision`."""
    superseded_by: Lines | None = None
    note: str = ""
    phrased: str = ""
    """The same in one atomic sentence, when a model phrased it."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two places that cannot both hold."""

    id: str
    topic: str
    earlier: tuple[Lines, ...]
    later: tuple[Lines, ...]
    """Empty when nothing decides."""
    resolution: Literal["later", "open"]


@dataclass(frozen=True, slots=True)
class Dependency:
    """A requirement that builds on another one."""

    source: str
    target: str
    why: str
    """The words they have in common."""


@dataclass(frozen=True, slots=True)
class Intent:
    """Something of a program that is named: a file, a class, a command, a technology."""

    kind: Literal["file", "class", "command", "technology", "shape"]
    name: str
    places: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class DraftModule:
    """A proposed part of the program and which requirements it serves."""

    name: str
    serves: tuple[str, ...]
    intents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What the oracle found wrong with a blueprint."""

    kind: Literal["uncovered", "dangling", "retracted", "range", "unquoted", "open"]
    about: str
    detail: str


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What a dialogue or document decided."""

    source: str
    form: Form
    lines: int
    requirements: tuple[Requirement, ...]
    asked: tuple[Requirement, ...]
    """The person's questions that decided nothing; kept so that none of their lines is lost."""
    contradictions: tuple[Contradiction, ...]
    dependencies: tuple[Dependency, ...]
    intents: tuple[Intent, ...]
    modules: tuple[DraftModule, ...]
    problems: tuple[Problem, ...] = ()
    dropped: int = 0
    """Additions of a model that cited nothing that supports them."""
    view: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def having(self, status: Status) -> list[Requirement]:
        """The requirements of one status, in order."""
        return [item for item in self.requirements if item.status == status]
