"""The worker that writes reports as tasks: asked for by a client, by the schedule or by a critical event."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.errors import InputError, StorageError
from core.events import Event
from engine.reports.automatic import forget_old
from engine.reports.filters import ReportFilter, from_dict
from engine.reports.writing import write_report
from engine.tasks.task import Done

if TYPE_CHECKING:
    from core.events import EventSink, Json
    from core.paths import Home
    from engine.tasks.task import Control, Ended, Task

_PRIVATE_FOLDER: Final = 0o700


class ReportWorker:
    """`engine.tasks.task.Worker` of the kind `engine.reports.automatic.KIND`.

    The data of its tasks comes from `report_order`, `scheduled_order` or `critical_order`.
    """

    def __init__(self, home: Home, sink: EventSink) -> None:
        self._home = home
        self._sink = sink

    async def __call__(self, task: Task, control: Control, /) -> Ended:
        """Write the report; an automatic one is written again when the task is repeated after a crash."""
        data: Any = task.data
        try:
            path, format_ = Path(str(data["path"])), str(data["format"])
            wanted = from_dict(data.get("filter") or {})
            cause = str(data.get("cause", ""))
        except (KeyError, AttributeError) as error:
            raise InputError("report-filter", detail=f"{type(error).__name__}: {error}") from error
        control.progress(-1, path.name)
        if cause:
            await asyncio.to_thread(self._prepare)
        overwrite = bool(cause) or bool(data.get("overwrite"))
        report = await write_report(self._home, wanted, format_, path, overwrite=overwrite)
        if cause:
            await asyncio.to_thread(forget_old, self._home)
        told: dict[str, Json] = {"path": str(path), "format": format_, "events": report.events_total}
        self._sink.emit(Event("FILE", "report.written", data={**told, "cause": cause}))
        return Done({**told, "notes": [note.text(wanted.locale) for note in report.notes]})

    def _prepare(self) -> None:
        try:
            self._home.reports.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            detail = error.strerror or type(error).__name__
            raise StorageError("storage", path=str(self._home.reports), detail=detail) from error


def report_order(wanted: ReportFilter, format_: str, path: Path, *, overwrite: bool = False) -> dict[str, Json]:
    """The data of a task that writes a report somebody asked for."""
    return {"format": format_, "path": str(path), "filter": wanted.as_dict(), "overwrite": overwrite}
