"""Recall: what the memory knows that bears on this turn, looked up once and kept for the whole run."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import MultiCoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.events import Json
    from core.memory import Document, Memory
    from graph.state import RunState
    from graph.workshop import Workshop

_LOG: Final = logging.getLogger(__name__)
_SECONDS: Final = 30.0
"""A memory that answers no sooner is left out: it must never hold a run."""
_QUESTION: Final = 2_000
"""Characters of the person's words that are looked up; a long document is no question."""


async def run(shop: Workshop, state: RunState) -> RunState:
    """Ask the memory; a run goes on without one that fails, and says so."""
    memory = shop.memory
    if memory is None:
        return {"recalled": ""}

    async def perform(_: Json) -> Json:
        return await shop.keep(await _asked(shop, memory, state))

    reference = str(await shop.ledger.once(shop.key(state, "recall"), perform))
    found = cast("dict[str, Any]", await shop.kept(reference))
    if found["failed"]:
        shop.say("ERROR", "memory.failed", state, code=found["failed"])
    else:
        shop.say("INFO", "memory.recalled", state, tokens=found["tokens"], cited=found["cited"])
    if found.get("strangers"):  # what was kept by an older program does not say
        shop.say("SECURITY", "run.tainted", state, risk="low", by="recall")
        return {"recalled": reference, "tainted": True}
    return {"recalled": reference}


async def _asked(shop: Workshop, memory: Memory, state: RunState) -> dict[str, Json]:
    question = (await shop.archive.message(state["request"])).text[:_QUESTION]
    routing = state["routing"]
    also = routing.get("also", "") if routing is not None else ""
    try:
        async with asyncio.timeout(_SECONDS):
            given = await memory.remember(
                state["project"],
                question,
                also=(also,) if also else (),
                before=state["request"],
                reach=state["options"].get("reach", "project"),
            )
            strange = await _strangers(memory, state["project"], [lines.source for lines in given.cited])
    except (MultiCoderError, TimeoutError) as error:
        return _nothing(getattr(error, "code", "timeout"))
    except Exception as error:  # noqa: BLE001 - the named border: an index must never end or hold a run
        _LOG.exception("the memory failed")
        return _nothing(type(error).__name__)
    cited: list[Json] = [str(lines) for lines in given.cited]
    return {
        "sections": dict(given.sections),
        "cited": cited,
        "tokens": dict(given.tokens),
        "failed": "",
        "strangers": strange,
    }


async def _strangers(memory: Memory, project: str, sources: Sequence[str]) -> bool:
    """Whether any of what is told was looked up or downloaded in an earlier run, or anything of this project was.

    Its answers and programs may hand on what was read then, also when the pages themselves were set aside since.
    """
    for source in dict.fromkeys(sources):
        if source.startswith("d-") and _is_strange(await memory.documents.document(source)):
            return True
    return await memory.documents.looked_up(project)


def _is_strange(document: Document) -> bool:
    note = document.note
    return note.trust == "foreign" and note.origin.startswith(("http://", "https://"))


def _nothing(failed: str) -> dict[str, Json]:
    return {"sections": {}, "cited": [], "tokens": {}, "failed": failed}
