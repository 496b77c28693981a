"""Recall: what the memory knows that bears on this turn, looked up once and kept for the whole run."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from core.errors import MultiCoderError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence

    from core.events import Json
    from core.memory import Document, Memory
    from graph.state import RunState
    from graph.workshop import Workshop

T = TypeVar("T")

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
    given, failed = await _tried(
        memory.remember(
            state["project"],
            question,
            also=(also,) if also else (),
            before=state["request"],
            reach=state["options"].get("reach", "project"),
        )
    )
    cited = given.cited if given is not None else ()
    strange, unknown = await _tried(_strangers(memory, state["project"], [lines.source for lines in cited]))
    return {
        "sections": dict(given.sections) if given is not None else {},
        "cited": [str(lines) for lines in cited],
        "tokens": dict(given.tokens) if given is not None else {},
        "failed": failed or unknown,
        # When nobody can say: what is told, and what an earlier run delivered, may hand on what was read.
        "strangers": bool(cited or state["base"]) if strange is None else strange,
    }


async def _tried(asked: Awaitable[T]) -> tuple[T | None, str]:
    """Return what the memory answered and "", or nothing and why."""
    try:
        async with asyncio.timeout(_SECONDS):
            return await asked, ""
    except (MultiCoderError, TimeoutError) as error:
        return None, getattr(error, "code", "timeout")
    except Exception as error:  # noqa: BLE001 - the named border: an index must never end or hold a run
        _LOG.exception("the memory failed")
        return None, type(error).__name__


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
