"""A report as plain text that any terminal can show: aligned columns, no colours, nothing that steers."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Final

from engine.reports.drawing import amount
from engine.reports.sections import document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.reports.document import Chart, Section, Table
    from engine.reports.report import Report

EVENTS: Final = 2_000
WIDTH: Final = 160
_BAR: Final = 60
_LABEL: Final = 34


def write(report: Report, file: IO[bytes]) -> None:
    """Write the report to an open file, piece by piece."""
    laid_out = document(report, events=EVENTS)
    for piece in _lines(laid_out.title, "="):
        _put(file, piece)
    for name, text in laid_out.facts:
        _put(file, f"{name}: {text}")
    for note in laid_out.notes:
        _put(file, f"! {note}")
    for section in laid_out.sections:
        _put(file, "")
        for piece in _lines(section.title, "-"):
            _put(file, piece)
        _section(file, section)


def _put(file: IO[bytes], text: str) -> None:
    file.write(f"{text.rstrip()}\n".encode())


def _lines(title: str, rule: str) -> tuple[str, str]:
    return title, rule * len(title)


def _section(file: IO[bytes], section: Section) -> None:
    for text in section.intro:
        _put(file, text)
    width = max((len(name) for name, _ in section.figures), default=0)
    for name, text in section.figures:
        _put(file, f"{name:<{width}}  {text}")
    for chart in section.charts:
        for piece in _chart(chart):
            _put(file, piece)
    for table in section.tables:
        _table(file, table)


def _chart(chart: Chart) -> Iterator[str]:
    yield ""
    yield chart.title
    highest = max((chart.total(place) for place in range(len(chart.categories))), default=0.0) or 1.0
    label = min(_LABEL, max(map(len, chart.categories), default=0))
    for place, category in enumerate(chart.categories):
        total = chart.total(place)
        bar = "█" * round(_BAR * total / highest)
        yield f"  {category[:label]:<{label}}  {bar:<{_BAR}}  {amount(total, chart.digits)}"


def _table(file: IO[bytes], table: Table) -> None:
    from rich.console import Console  # noqa: PLC0415 - only when a report is written
    from rich.table import Table as Grid  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    justify: dict[str, Any] = {"left": "left", "right": "right"}
    for column in table.columns:
        grid.add_column(Text(column.title), justify=justify[column.align], overflow="fold", no_wrap=column.whole)
    for row in table.rows:
        grid.add_row(*(Text(cell) for cell in row))
    console = Console(width=WIDTH, color_system=None, force_terminal=False, legacy_windows=False)
    with console.capture() as captured:
        console.print(grid)
    for piece in captured.get().splitlines():
        _put(file, piece)
