"""Big data is looked at in turns: a little per pass, round and round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bootstrap import Engine
    from graph.state import RunState

T = TypeVar("T")


class Turns(Generic[T]):
    """Hands out the next few of a list that may grow or shrink between two passes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._next = 0

    def take(self, items: Sequence[T]) -> list[T]:
        """Return the next items, at most `size`, beginning again behind the last one."""
        if not items:
            return []
        begin = self._next % len(items)
        taken = [items[(begin + step) % len(items)] for step in range(min(self._size, len(items)))]
        self._next = begin + len(taken)
        return taken


class NewestStates:
    """Hands out the newest states of the next few projects."""

    def __init__(self, engine: Engine, size: int) -> None:
        self._engine = engine
        self._turns: Turns[str] = Turns(size)

    async def take(self) -> list[tuple[str, RunState]]:
        """Return projects with the state of each, empty when it has none."""
        projects = [item.project for item in await self._engine.archive.projects()]
        return [(project, (await newest_state(self._engine, project))[0]) for project in self._turns.take(projects)]


async def newest_state(engine: Engine, project: str) -> tuple[RunState, tuple[str, ...]]:
    """The newest state of a project's thread and the nodes that come next; an empty state when there is none."""
    snapshot: Any = await engine.graph.aget_state({"configurable": {"thread_id": project}})
    return cast("RunState", snapshot.values), tuple(snapshot.next)
