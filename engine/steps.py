"""The steps of a run that can be gone back to, read from the checkpoints without the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from graph.checkpoints import open_checkpoints
from graph.coordinator import build_graph

if TYPE_CHECKING:
    from core.paths import Home
    from core.ports import RunRecord
    from graph.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its number, the nodes that come next, and when it was saved (ISO 8601)."""

    number: int
    nodes: tuple[str, ...]
    at: str


async def read_steps(home: Home, record: RunRecord) -> list[Step]:
    """The steps of a run, oldest first. The graph is only read: no node of it ever runs here."""
    if not home.checkpoints.exists():
        return []
    async with open_checkpoints(home.checkpoints) as saver:
        graph = build_graph(cast("Workshop", None)).compile(checkpointer=saver)
        thread: Any = {"configurable": {"thread_id": record.project}}
        found = [
            Step(
                int((snapshot.metadata or {}).get("step", 0)),
                tuple(dict.fromkeys(snapshot.next)),
                snapshot.created_at or "",
            )
            async for snapshot in graph.aget_state_history(thread)
            if snapshot.next not in {(), ("__start__",)} and snapshot.values.get("run") == record.run
        ]
    return found[::-1]
