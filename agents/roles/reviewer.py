"""The reviewer judges a diff against its contract and the request; it preferably thinks unlike the coder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.answers.schemas import ReviewAnswer, schema_of
from agents.prompting import as_json, conversation, render
from agents.roles.ask import ask_structured
from core.ports import CallTag, ModelRequest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from agents.roles.ask import Ask
    from core.plan import ModuleContract, Review


async def review(
    ask: Ask,
    tag: CallTag,
    *,
    request: str,
    contract: ModuleContract,
    diff: str,
    avoid_family: str,
    locale: str,
    known: Mapping[str, str] | None = None,
) -> Review:
    """Review `diff`; findings outside the contract's files concern the module as a whole.

    `known` is the section `decisions` of the memory.
    """
    given = {"locale": locale, "request": request, **(known or {})}
    sections = {**given, "contract": as_json(contract), "diff": diff}
    question = ModelRequest(
        role="reviewer",
        tag=tag,
        messages=conversation(render("reviewer"), sections, "Review the diff and answer with the JSON object."),
        schema=schema_of(ReviewAnswer),
        max_tokens=6_000,
        avoid_family=avoid_family,
    )
    result = await ask_structured(ask, question, ReviewAnswer, ReviewAnswer.as_review)
    for finding in result["findings"]:
        if finding["path"] not in contract["paths"]:
            finding["path"], finding["line"] = contract["paths"][0], 0
    return result
