"""What a role is told of the memory: sections the node `recall` kept, and the newest words of the talk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, cast

from core.errors import StorageError
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


async def latest(shop: Workshop, state: RunState) -> str:
    """What was said last before this turn's message, as much as a prompt has room for."""
    messages = await shop.archive.recent(state["project"], before=state["request"], limit=_LATEST)
    # The table of tokens is loaded when something is counted first: not on the event loop.
    return await asyncio.to_thread(lambda: "\n".join(turn_text(message) for message in newest_turns(messages)))
