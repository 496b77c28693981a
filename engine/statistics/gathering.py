"""Read the statistics of a data folder."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.reports.filters import ReportFilter
from engine.reports.records import read_events, read_records
from engine.statistics.folding import Statistics, StatisticsFold

if TYPE_CHECKING:
    from core.paths import Home
    from engine.reports.records import Records


async def gather_statistics(home: Home, since: float | None = None) -> Statistics:
    """The statistics of everything since a moment (seconds since the epoch; None = ever).

    Works without the engine and beside it. StorageError when the journal cannot be read.
    """
    records = await read_records(home)
    return await asyncio.to_thread(_counted, home, records, since)


def _counted(home: Home, records: Records, since: float | None) -> Statistics:
    fold = StatisticsFold()
    for row in read_events(home, ReportFilter(since=since)):
        fold.take(row)
    for spend in records.spends:
        if since is None or spend.at >= since:
            fold.spend(spend)
    return fold.finished()
