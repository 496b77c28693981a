"""Dangerous actions and the guard that stands before them: nothing of the kind happens until a person decided.

An agent's words, a model's answer or a recalled text can ask for such an action but never allow it. The guard is
asked right before the action would happen, with exactly what would happen; it answers by returning or by raising.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

if TYPE_CHECKING:
    from core.events import Json

ActionKind = Literal["delete", "overwrite", "outside", "publish", "download", "money", "unsandboxed"]
"""delete or overwrite something the project does not own, write outside the project, publish, download, spend above
the budget, run generated code unprotected."""

ACTION_KINDS: Final[tuple[ActionKind, ...]] = get_args(ActionKind)

Mode = Literal["off", "watch", "strict"]
"""`off` and `watch` stop dangerous actions; `strict` also halts the run until a person decided about each of them."""

MODES: Final[tuple[Mode, ...]] = get_args(Mode)

PauseCall = Callable[[str, str, str], Awaitable[None]]
"""Pauses a run or task: its id, the reason (`guard`), a note for people."""


@dataclass(frozen=True, slots=True)
class DangerousAction:
    """What is about to happen, in plain values a person can judge."""

    kind: ActionKind
    target: str
    """What it would touch: a path, an address, a package, an amount."""
    run: str = ""
    module: str = ""
    asked_by: str = ""
    """Who wants it: a role, a model, a part of the program."""
    facts: Mapping[str, Json] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Json]:
        """Return the action as one JSON object; the guard's permission is bound to its digest."""
        return {**asdict(self), "facts": dict(self.facts)}


@dataclass(frozen=True, slots=True)
class StoppedAction:
    """A dangerous action that was stopped, and what a person decided about it since."""

    action_id: str
    action: DangerousAction
    at: float
    """Seconds since the epoch."""
    decision: Literal["", "allow", "refuse"] = ""
    """Empty while nobody decided."""
    reason: str = ""
    via: str = ""
    """How the decision was given: terminal, a client of the protocol ..."""
    used: float | None = None
    """When the permission was used up; it holds for one time only."""


class Guard(Protocol):
    """Asked before every dangerous action."""

    async def check(self, action: DangerousAction) -> None:
        """Return when a person allowed exactly this action; else raise `core.errors.ActionBlocked`, journaled."""

    async def note(self, action: DangerousAction) -> None:
        """Journal an action that was refused elsewhere; strict mode then wants a person's word before going on."""

    async def settled(self, run: str) -> None:
        """Raise `core.errors.ActionBlocked` while strict mode waits for a person's word about this run."""

    async def permitted(self, kind: ActionKind, target: str) -> bool:
        """Whether a person allowed this very action before: what it brought may be used again."""

    async def decide(self, action_id: str, *, allowed: bool, reason: str, via: str) -> bool:
        """Take a person's decision, only ever from the person's side; False when it was decided before."""

    async def pending(self, run: str = "") -> list[StoppedAction]:
        """Return what waits for a decision, oldest first; of all runs when none is named."""
