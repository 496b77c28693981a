"""What a role is told of the memory and of what was looked up: sections kept by `recall`, `research` and `take`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import StorageError
from graph.researching import failure_key
from memory.context import newest_turns, turn_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.state import RunState
    from graph.workshop import Workshop

_LATEST: Final = 60
"""Messages the newest are chosen from."""

CONVERSE: Final = ("decisions", "recent", "recalled", "summaries")
ARCHITECT: Final = ("decisions", "recalled", "lessons")
CODER: Final = ("decisions", "lessons")
CHECKING: Final = ("decisions",)
"""Reviewer and tester. The judge is given nothing: no earlier word may soften a verdict on this request."""

LOOKED_CONVERSE: Final = ("sources", "found", "pages")
LOOKED_ARCHITECT: Final = ("found", "pages", "taken")
LOOKED_CODER: Final = ("found", "taken")


async def told(shop: Workshop, state: RunState, names: tuple[str, ...]) -> Mapping[str, str]:
    """The sections called `names`, those that hold something; none where the memory gave nothing."""
    reference = state.get("recalled", "")  # a run begun by an older program has none
    if not reference:
        return {}
    try:
        kept = cast("dict[str, Any]", await shop.kept(reference))
    except StorageError as error:
        shop.say("ERROR", "memory.failed", state, code=error.code)
        return {}
    return {name: kept["sections"][name] for name in names if name in kept["sections"]}


async def looked(shop: Workshop, state: RunState, names: tuple[str, ...]) -> dict[str, str]:
    """The sections called `names` of what was looked up and taken in this run."""
    record = await record_of(shop, state.get("found", ""))
    sections: dict[str, str] = {name: text for name, text in record.get("sections", {}).items() if name in names}
    hints = await record_of(shop, state.get("hints", ""))
    if "found" in names and hints.get("about") and hints["about"] == failure_key(state):
        parts = [hints["sections"].get("found", ""), sections.get("found", "")]
        sections |= {"found": "\n".join(filter(None, parts))} if any(parts) else {}
    if "taken" in names and (taken := await record_of(shop, state.get("taken", ""))):
        sections["taken"] = taken["told"]
    return sections


async def record_of(shop: Workshop, reference: str) -> dict[str, Any]:
    """What is kept behind a reference; empty where there is none."""
    if not reference:
        return {}
    return cast("dict[str, Any]", await shop.kept(reference))


async def latest(shop: Workshop, state: RunState) -> str:
    """What was said last before this turn's message, as much as a prompt has room for."""
    messages = await shop.archive.recent(state["project"], before=state["request"], limit=_LATEST)
    # The table of tokens is loaded when something is counted first: not on the event loop.
    return await asyncio.to_thread(lambda: "\n".join(turn_text(message) for message in newest_turns(messages)))
