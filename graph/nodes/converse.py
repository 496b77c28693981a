"""Converse: a question is answered without starting a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agents.roles import converse
from core.ports import CallTag
from graph.known import CONVERSE, latest, told

if TYPE_CHECKING:
    from graph.state import RunState
    from graph.workshop import Workshop

_VERSIONS: Final = 8
"""The newest versions that are told; a prompt must not grow with their number."""


async def run(shop: Workshop, state: RunState) -> RunState:
    """Answer in the person's language, knowing what was delivered so far."""
    sections = dict(await told(shop, state, CONVERSE))
    text = await converse.answer(
        shop.asking(state),
        CallTag("converse.answer"),
        message=await shop.request_text(state),
        history=sections.pop("recent", "") or await latest(shop, state),
        known=sections,
        facts=await _facts(shop, state),
        locale=state["locale"],
    )
    await shop.tell(state, "answer", text)
    shop.say("MESSAGE", "answer.given", state, text=text)
    return {"outcome": "answered"}


async def _facts(shop: Workshop, state: RunState) -> list[str]:
    facts = [
        f"version {version.number}: {version.plan['title']}; delivered to {version.artifact}; "
        f"modules {', '.join(module['name'] for module in version.plan['modules'])}"
        for version in (await shop.archive.versions(state["project"]))[-_VERSIONS:]
    ]
    routing = state["routing"]
    if routing is not None and routing["kind"] == "existing_project":
        facts.append("Importing a project that was made elsewhere is not available; files can be attached as text.")
    return facts
