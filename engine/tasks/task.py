"""What a task is: one piece of background work, kept on disk from the moment it was asked for."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import asdict, dataclass, field
from typing import Final, Literal, Protocol, get_args

from core.events import Json  # noqa: TC001 - the dataclass machinery reads the annotations

TaskState = Literal["waiting", "running", "paused", "done", "failed", "cancelled"]
ENDED: Final = frozenset({"done", "failed", "cancelled"})
TASK_STATES: Final[tuple[TaskState, ...]] = get_args(TaskState)

WAITS_FOR_PERSON: Final = "person"
"""Why a task of state `paused` waits: a person has to answer something first (`note` says what)."""
WAITS_FOR_VAULT: Final = "vault"
"""Why a task of state `paused` waits: it needs a key, and the vault is locked; unlocking it lets the task go on."""


@dataclass(frozen=True, slots=True)
class Task:
    """A snapshot of one task."""

    task: str
    kind: str
    """Which worker does it: `run`, `backup`, `report`, `audit` ..."""
    title: str
    subject: str = ""
    """What it is about: the run id of a `run` task."""
    data: Mapping[str, Json] = field(default_factory=dict)
    """What the worker needs to begin, also after a crash."""
    priority: int = 0
    """Higher goes first; equals take turns between projects."""
    group: str = ""
    """Fair queueing goes round the groups (a project, or the kind)."""
    heavy: bool = True
    """Whether it takes one of the few slots for heavy work; light tasks always run."""
    after: tuple[str, ...] = ()
    """Tasks that must be `done` first; when one of them ends otherwise, this one fails."""
    state: TaskState = "waiting"
    reason: str = ""
    """Why it is paused or failed: `person` (a card waits), `vault`, `asked`, `guard`, `crash-loop`, an error code."""
    note: str = ""
    progress: float = -1.0
    """0 to 1, or -1 while nobody can say."""
    step: str = ""
    """What it is doing right now, for people."""
    attempt: int = 0
    """How often it was started from its beginning: going on after a pause or a crash does not count."""
    result: Json = None
    created: float = 0.0
    changed: float = 0.0

    def as_dict(self) -> dict[str, Json]:
        """Return the task as one JSON object."""
        return {**asdict(self), "after": list(self.after), "data": dict(self.data)}


class Control(Protocol):
    """What a worker is given while it works."""

    @property
    def stopping(self) -> bool:
        """Whether a pause was asked for; the worker ends soon by returning `Stopped`."""

    async def until_stopping(self) -> None:
        """Return once a pause is asked for. A cancel cancels the worker's coroutine instead."""

    def progress(self, fraction: float, step: str = "") -> None:
        """Say how far it is (0 to 1, -1 unknown); cheap, may be called often, from any thread."""


@dataclass(frozen=True, slots=True)
class Done:
    """The task ended well."""

    result: Json = None


@dataclass(frozen=True, slots=True)
class Stopped:
    """The task stopped before its end and can go on: paused as asked, or it waits for a person."""

    reason: str = "asked"
    note: str = ""


Ended = Done | Stopped
"""A worker raises `core.errors.MultiCoderError` (or anything else) when the task failed."""


class Worker(Protocol):
    """Does all tasks of one kind. Called again with the same task after a crash or a pause: it must go on by itself."""

    async def __call__(self, task: Task, control: Control, /) -> Ended:
        """Do the task to its end, or stop when asked."""
