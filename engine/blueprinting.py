"""A blueprint refined by a model, chunk after chunk; a chunk whose answer cannot be used stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.roles.blueprint import refine
from core.errors import ProviderError
from core.ports import CallTag
from memory.blueprint.refining import chunks, refined

if TYPE_CHECKING:
    from agents.roles.ask import Ask
    from memory.blueprint.parts import Blueprint


async def refined_by(made: Blueprint, ask: Ask) -> Blueprint:
    """Let a model phrase requirements and tell what builds on what; only what its citations support is taken.

    Raises:
        ProviderError: no model can be reached.
    """
    for number, chunk in enumerate(chunks(made), 1):
        tag = CallTag("architect.blueprint", module=f"chunk-{number}")
        try:
            additions = await refine(ask, tag, lines=chunk.lines, requirements=chunk.rows())
        except ProviderError as error:
            if error.fault != "malformed":
                raise
            continue
        made = refined(made, chunk, additions)
    return made
