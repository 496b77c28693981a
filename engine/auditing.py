"""Drills as tasks: what-if trials that a client or the schedule asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from engine.tasks.task import Done

if TYPE_CHECKING:
    from core.events import EventSink, Json
    from core.paths import Home
    from engine.tasks.task import Control, Ended, Task

DRILL_KIND: Final = "drill"
ALL: Final = "all"


class DrillWorker:
    """`engine.tasks.task.Worker` of the kind `drill`; the subject is a drill's id or `all`."""

    def __init__(self, home: Home, sink: EventSink) -> None:
        self._home = home
        self._sink = sink

    async def __call__(self, task: Task, control: Control, /) -> Ended:
        """Run the drills on copies; the data folder itself is only read."""
        from engine.paranoid.drills import catalogue  # noqa: PLC0415 - many parts that a normal day never needs
        from engine.paranoid.drills.runner import run_drills  # noqa: PLC0415 - as above

        every = task.subject == ALL
        chosen = [drill for drill in catalogue.drills() if drill.safe] if every else [catalogue.find(task.subject)]
        ended: list[object] = []

        def told(report: object) -> None:
            ended.append(report)
            control.progress(len(ended) / len(chosen), chosen[min(len(ended), len(chosen) - 1)].id)

        control.progress(0.0, chosen[0].id)
        audit = await run_drills(self._home, chosen, sink=self._sink, told=told)
        broken: list[Json] = [report.drill.id for report in audit.reports if report.state == "broken"]
        return Done({"held": audit.held, "drills": len(audit.reports), "broken": broken, "truth": audit.truth})
