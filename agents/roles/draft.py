"""What a coder or tester handed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.answers.blocks import ParsedFiles
    from core.ports import ModelReply


@dataclass(frozen=True, slots=True)
class Draft:
    """Files by path, and sentences about what of the answer could not be used."""

    files: dict[str, str]
    problems: list[str]
    model: str
    """`provider:model` that wrote it."""
    family: str
    refused: list[str] = field(default_factory=list)
    """Those of `problems` that tell of a file nobody asked for; it was left out."""
    foreign: list[str] = field(default_factory=list)
    """The names of those files, as the model gave them."""


def draft_of(reply: ModelReply, parsed: ParsedFiles) -> Draft:
    """Sign what was read out of `reply` with its author."""
    return Draft(parsed.files, parsed.problems, reply.model, reply.family, parsed.refused, parsed.foreign)
