"""What is wanted, short enough for a prompt: a long dialogue or specification is given as its blueprint."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from memory.blueprint.draft import blueprint_of
from memory.blueprint.writing import briefing
from memory.tokens.counting import count

if TYPE_CHECKING:
    from core.events import Json
    from graph.state import RunState
    from graph.workshop import Workshop

_LONG: Final = 12_000
"""Characters of an attachment up to which its own text is shown."""
_LONG_DOCUMENT: Final = 6_000
"""The same where the attachment is what is to be built."""
_TOKENS: Final = 9_000
"""Tokens of one blueprint in a prompt."""


async def wanted(shop: Workshop, state: RunState) -> str:
    """The person's words as `Workshop.request_text` gives them, with long documents as their blueprints.

    The judge is not asked this way: rules look at every word that was attached.
    """
    options = state["options"]
    texts = [(await shop.archive.message(state["request"])).text]
    texts += [await _attached(shop, state, reference) for reference in options["attachments"]]
    texts += [(await shop.archive.message(reference)).text for reference in state["amendments"]]
    return "\n\n".join(texts)


async def _attached(shop: Workshop, state: RunState, reference: str) -> str:
    text = (await shop.archive.message(reference)).text
    if len(text) <= _LONG_DOCUMENT:
        return text
    routing = state.get("routing")  # a module works without it and finds what was recorded for the architect
    document = routing is not None and routing["kind"] == "document"

    async def perform(_: Json) -> Json:
        told = await asyncio.to_thread(_told, text, document)
        return await shop.archive.put_blob(told.encode("utf-8", "surrogatepass"))

    kept = await shop.ledger.once(shop.key(state, "blueprint", inputs=reference), perform)
    return (await shop.archive.blob(str(kept))).decode("utf-8", "surrogatepass") or text


def _told(text: str, document: bool) -> str:
    """The blueprint of an attachment under its name; empty for what is short or decides nothing: data, a log, code."""
    if len(text) <= (_LONG_DOCUMENT if document else _LONG):
        return ""
    name, _, body = text.partition("\n")
    made = blueprint_of(name.strip() or "attachment", body)
    if not made.having("active") or (made.form == "document" and not document):
        return ""
    return f"{name}\n{briefing(made, _TOKENS, count)}"
