"""Big data is looked at in turns: a little per pass, round and round; what was found stands for a round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from graph.checkpoints import BEFORE_ANY_NODE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.bootstrap import Engine
    from engine.paranoid.finding import Finding
    from graph.state import RunState

T = TypeVar("T")


class Rounds:
    """What the passes of a round found: else it would be gone and new again each time others have their turn."""

    def __init__(self) -> None:
        self.ended = True
        """Whether the newest pass was the last one of its round."""
        self._before: list[Finding] = []
        self._now: list[Finding] = []

    def standing(self, found: Sequence[Finding]) -> list[Finding]:
        """Return what stands after a pass that `found` this."""
        self._now += found
        if self.ended:
            self._before, self._now = self._now, []
        standing = [*self._before, *self._now]
        return list({(finding.check, finding.subject): finding for finding in standing}.values())


class Turns(Rounds, Generic[T]):
    """Hands out the next few of a list that may grow or shrink between two passes."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size = size
        self._next = 0

    def take(self, items: Sequence[T]) -> list[T]:
        """Return the next items, at most `size`, from the first one again when the end was reached."""
        begin = self._next if self._next < len(items) else 0
        self._next = begin + self._size
        self.ended = self._next >= len(items)
        return list(items[begin : self._next])


class NewestStates(Turns[str]):
    """Hands out the newest states of the next few projects."""

    def __init__(self, engine: Engine, size: int) -> None:
        super().__init__(size)
        self._engine = engine

    async def next(self) -> list[tuple[str, RunState]]:
        """Return projects with the state of each, empty when it has none."""
        projects = [item.project for item in await self._engine.archive.projects()]
        return [(project, (await newest_state(self._engine, project))[0]) for project in self.take(projects)]


async def newest_state(engine: Engine, project: str) -> tuple[RunState, tuple[str, ...]]:
    """The newest state of a project's thread and the nodes that come next; an empty state when there is none.

    A turn that was ended before its first node left only what it began with, which is no state of it.
    """
    snapshot: Any = await engine.graph.aget_state({"configurable": {"thread_id": project}})
    if snapshot.metadata is not None and snapshot.metadata["source"] == BEFORE_ANY_NODE:
        return cast("RunState", {}), ()
    return cast("RunState", snapshot.values), tuple(snapshot.next)
