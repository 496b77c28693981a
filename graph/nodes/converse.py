"""Converse: a question is answered without starting a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from agents.roles import converse
from core.ports import CallTag
from graph.citing import sources_block
from graph.found import sources_of
from graph.known import CONVERSE, LOOKED_CONVERSE, latest, looked, record_of, told
from graph.researching import use_of

if TYPE_CHECKING:
    from graph.citing import Source
    from graph.state import RunState
    from graph.workshop import Workshop

_IN_THE_WAY: Final = {
    "": "nothing fitting was found",
    "research-missing": "nothing fitting was found",
    "research-offline": "nobody could be reached",
    "research-timeout": "nobody answered in time",
    "research-limited": "the search engines were asked too often",
}
_VERSIONS: Final = 8
"""The newest versions that are told; a prompt must not grow with their number."""


async def run(shop: Workshop, state: RunState) -> RunState:
    """Answer in the person's language, knowing what was delivered so far."""
    sections = {**await told(shop, state, CONVERSE), **await looked(shop, state, LOOKED_CONVERSE)}
    text = await converse.answer(
        shop.asking(state),
        CallTag("converse.answer"),
        message=await shop.request_text(state),
        history=sections.pop("recent", "") or await latest(shop, state),
        known=sections,
        facts=await _facts(shop, state),
        locale=state["locale"],
    )
    sources = await _sources(shop, state, text)
    await shop.tell(state, "answer", "\n\n".join(filter(None, [text, sources_block(sources, state["locale"])])))
    more: dict[str, Any] = {"sources": sources} if sources else {}
    shop.say("MESSAGE", "answer.given", state, text=text, **more)
    return {"outcome": "answered"}


async def _sources(shop: Workshop, state: RunState, text: str) -> list[Source]:
    """The numbered sources of an answer, each with its lines that are cited and really stand in the archived copy."""
    pages = (await record_of(shop, state.get("found", ""))).get("pages", [])
    if not pages or shop.memory is None:
        return []
    documents = [await shop.memory.documents.document(page["document"]) for page in pages]
    return sources_of(text, pages, {document.document: document.lines for document in documents})


async def _facts(shop: Workshop, state: RunState) -> list[str]:
    facts = [
        f"version {version.number}: {version.plan['title']}; delivered to {version.artifact}; "
        f"modules {', '.join(module['name'] for module in version.plan['modules'])}"
        for version in (await shop.archive.versions(state["project"]))[-_VERSIONS:]
    ]
    routing = state["routing"]
    if routing is not None and routing["kind"] == "existing_project":
        facts.append("Importing a project that was made elsewhere is not available; files can be attached as text.")
    if routing is not None and routing.get("search"):
        facts += await _of_search(shop, state)
    return facts


async def _of_search(shop: Workshop, state: RunState) -> list[str]:
    """What came of a wish to look something up that brought nothing: the answer has to say so."""
    record = await record_of(shop, state.get("found", ""))
    if record.get("pages"):
        return []
    why = _IN_THE_WAY.get(record.get("failed", ""), "it failed")
    if use_of(state) == "off":
        why = "it is switched off for this chat"
    elif state.get("web") == "refuse":
        why = "the person said not now"
    elif shop.research is None:
        why = "it is not set up here"
    return [f"Nothing was looked up on the internet: {why}. What is known may be out of date."]
