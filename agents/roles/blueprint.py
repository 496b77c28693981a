"""The architect refines a blueprint: says requirements in a sentence each and which build on which, with quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.answers.schemas import BlueprintAnswer, schema_of
from agents.prompting import as_json, conversation, render
from agents.roles.ask import ask_structured
from core.blueprint import Addition
from core.ports import ModelRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.roles.ask import Ask
    from core.events import Json
    from core.ports import CallTag


async def refine(
    ask: Ask, tag: CallTag, *, lines: Sequence[tuple[int, str]], requirements: Sequence[Mapping[str, Json]]
) -> list[Addition]:
    """Ask about one chunk. What comes back are claims: `memory.blueprint.refining` takes those the lines support."""
    sections = {
        "lines": "\n".join(f"{number}: {text}" for number, text in lines),
        "requirements": as_json(list(requirements)),
    }
    question = ModelRequest(
        role="architect",
        tag=tag,
        messages=conversation(render("blueprint"), sections, "Answer with the JSON object."),
        schema=schema_of(BlueprintAnswer),
        max_tokens=6_000,
    )
    return await ask_structured(ask, question, BlueprintAnswer, _additions)


def _additions(answer: BlueprintAnswer) -> list[Addition]:
    phrases = [Addition("phrase", one.about, "", one.text, one.first, one.last, one.quote) for one in answer.phrases]
    needs = [Addition("need", one.about, one.target, "", one.first, one.last, one.quote) for one in answer.needs]
    return [*phrases, *needs]
