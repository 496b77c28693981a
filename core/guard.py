"""Dangerous actions and the guard that stands before them: nothing of the kind happens until a person decided.

An agent's words, a model's answer or a recalled text can ask for such an action but never allow it. The guard is
asked right before the action would happen, with exactly what would happen; it answers by returning or by raising.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - the dataclass machinery reads the annotations
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

if TYPE_CHECKING:
    from core.events import Json

ActionKind = Literal["delete", "overwrite", "outside", "publish", "download", "money", "unsandboxed"]
"""delete or overwrite something the project does not own, write outside the project, publish, download, spend above
the budget, run generated code unprotected."""

ACTION_KINDS: Final[tuple[ActionKind, ...]] = get_args(ActionKind)


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


class Guard(Protocol):
    """Asked before every dangerous action."""

    async def check(self, action: DangerousAction) -> None:
        """Return when a person allowed exactly this action; else raise `core.errors.ActionBlocked`, journaled."""
