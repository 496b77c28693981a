"""Makes the index of the memory anew, as a task; it is made from the archive, so that nothing can be lost by it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from core.events import Event
from engine.tasks.task import Done, Stopped

if TYPE_CHECKING:
    from core.events import EventSink
    from core.memory import Memory
    from engine.tasks.task import Control, Ended, Task

REBUILD_KIND: Final = "memory-rebuild"
REBUILD_SUBJECT: Final = "memory"
"""There is one index: asking twice is one task."""


class RebuildWorker:
    """`engine.tasks.task.Worker` of the kind `memory-rebuild`."""

    def __init__(self, memory: Memory, sink: EventSink) -> None:
        self._memory = memory
        self._sink = sink

    async def __call__(self, _task: Task, control: Control, /) -> Ended:
        """Throw the index away and make it anew; asked to pause, it begins again when it goes on."""

        def told(done: int, total: int) -> None:
            control.progress(done / total if total else -1, f"{done:,} / {total:,}" if total else "")

        work = asyncio.ensure_future(self._memory.recall.rebuild(told))
        stop = asyncio.ensure_future(control.until_stopping())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                return Stopped()
            await work
        finally:
            work.cancel()
            stop.cancel()
            await asyncio.gather(work, stop, return_exceptions=True)
        state = await self._memory.recall.state()
        facts = {"lines": state.lines, "indexed": state.indexed, "embedded": state.embedded, "lost": state.lost}
        self._sink.emit(Event("INFO", "memory.rebuilt", data={**facts}))
        return Done({**facts})
