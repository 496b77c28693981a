"""What the paranoid tester finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, Protocol, Self

from core.i18n import Words

Severity = Literal["note", "warning", "critical"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should not be so; equal `(check, subject)` is the same finding seen again."""

    check: str
    """Id of the invariant, trend or drill that found it."""
    severity: Severity
    what: Words
    subject: str = ""
    """What it is about: a task, a run, a file."""
    action: Words | None = None
    facts: dict[str, str | float] = field(default_factory=dict)

    @classmethod
    def of(cls, check: str, severity: Severity, message: str, subject: str, /, **facts: str | float) -> Self:
        """Return the finding that `message` and its advice, the attribute `.action`, tell with `facts`."""
        return cls(check, severity, Words(message, facts), subject, Words(f"{message}.action"), facts)


class Invariant(Protocol):
    """Something that must always be true of the data folder and the running engine."""

    check: str

    async def find(self) -> list[Finding]:
        """Return what breaks it; empty when it holds. Only reads."""
