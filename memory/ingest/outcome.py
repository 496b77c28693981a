"""What became of each file that was to be imported."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    from core.events import Json

Reason = Literal[
    "missing",
    "unreadable",
    "link",
    "device",
    "loop",
    "changed",
    "file-too-large",
    "total-too-large",
    "too-many-files",
    "tool-folder",
    "unsafe-name",
    "collision",
    "encrypted",
    "ratio",
    "compression",
    "damaged",
    "archive-entries",
    "archive-bytes",
    "archive-damaged",
]
"""Why a file was not kept; the words are `ingest-refused-…`."""
Trouble = Literal["encrypted", "no-text", "damaged", "too-heavy", "no-reader", "nested", "archive", "forgotten"]
"""Why a file that was kept cannot be read by words; the words are `ingest-trouble-…`."""
TROUBLES: Final[tuple[Trouble, ...]] = get_args(Trouble)
REASONS: Final[tuple[Reason, ...]] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is a document now."""

    name: str
    document: str
    kind: str
    size: int
    lines: int
    known: bool = False
    """It was there before: nothing was stored anew."""
    text: str = ""
    """The document with the text that was taken out of it."""
    trouble: str = ""
    """One of `Trouble`; empty when it can be read."""
    member_of: str = ""
    """The archive it came in."""

    def as_dict(self) -> dict[str, Json]:
        """Return it as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not kept, and why."""

    name: str
    reason: str
    """One of `Reason`."""
    detail: str = ""
    """What the system, or the check of names, said."""
    named: bool = False
    """It is one of the paths the person gave, not something inside one."""

    def as_dict(self) -> dict[str, Json]:
        """Return it as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Summary:
    """An import in figures, and in all its parts."""

    kept: tuple[Kept, ...]
    refused: tuple[Refused, ...]

    def figures(self) -> dict[str, Json]:
        """Counts for a task's result: short however large the import was."""
        return {
            "kept": len(self.kept),
            "new": sum(not item.known for item in self.kept),
            "known": sum(item.known for item in self.kept),
            "refused": len(self.refused),
            "unread": sum(bool(item.trouble) for item in self.kept),
            "bytes": sum(item.size for item in self.kept if not item.member_of),
            "lines": sum(item.lines for item in self.kept),
        }
