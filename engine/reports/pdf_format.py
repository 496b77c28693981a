"""A report as PDF: A4 across, its own fonts inside, numbered pages, charts as vectors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Final

from engine.reports.drawing import FONT, PALETTE, WIDTH, drawing
from engine.reports.sections import document
from engine.reports.sheet import BODY, BOLD, INK, MARGIN, RISK_COLOURS, RULE, SMALL, SOFT, Sheet, colour
from engine.reports.wrapping import Wrapping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.reports.document import Chart, Document, Section, Table
    from engine.reports.report import Report

EVENTS: Final = 500
"""A PDF with more of them is nothing one reads; CSV and JSON have all."""
_TITLE: Final = 18.0
_HEADING: Final = 13.0
_PADDING: Final = 1.3
_LINE: Final = 1.25
"""Distance of lines as a multiple of the letter size."""
_POINT: Final = 25.4 / 72
_MOST_LINES: Final = 8
_FIGURE_COLUMNS: Final = 3
_CHART_WIDTH: Final = 200.0


def write(report: Report, file: IO[bytes]) -> None:
    """Write the report to an open file."""
    laid_out = document(report, events=EVENTS)
    sheet = Sheet(laid_out.title, laid_out.locale, datetime.fromtimestamp(report.made, UTC))
    page = _Page(sheet)
    page.opening(laid_out)
    for section in laid_out.sections:
        page.section(section)
    sheet.output(file)  # type: ignore[call-overload]  # any binary file will do


class _Page:
    """Draws the parts of a document from top to bottom."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._wrapping = Wrapping(sheet.advance)

    def opening(self, laid_out: Document) -> None:
        """Title, facts and what could not be read."""
        self._paragraph(laid_out.title, size=_TITLE, style=BOLD)
        self._sheet.set_y(self._sheet.get_y() + 2)
        width = max((self._sheet.advance(name, "", BODY) for name, _ in laid_out.facts), default=0.0) + 4
        for name, text in laid_out.facts:
            self._pair(name, text, width)
        for note in laid_out.notes:
            self._sheet.set_y(self._sheet.get_y() + 1)
            self._paragraph(note, ink=RISK_COLOURS["high"])

    def section(self, section: Section) -> None:
        """A heading and what stands under it."""
        sheet = self._sheet
        sheet.set_y(sheet.get_y() + 5)
        sheet.need(30)  # a heading never stands alone at the foot of a page
        self._paragraph(section.title, size=_HEADING, style=BOLD)
        sheet.set_draw_color(*RULE)
        sheet.line(MARGIN, sheet.get_y() + 0.6, sheet.w - MARGIN, sheet.get_y() + 0.6)
        sheet.set_y(sheet.get_y() + 2.4)
        for text in section.intro:
            self._paragraph(text)
        if section.figures:
            self._figures(section.figures)
        for chart in section.charts:
            self._chart(chart)
        for table in section.tables:
            self._table(table)

    def _paragraph(self, text: str, *, size: float = BODY, style: str = "", ink: tuple[int, int, int] = INK) -> None:
        sheet = self._sheet
        height = size * _POINT * _LINE
        for piece in self._wrapping.lines(text, sheet.epw, style, size):
            sheet.need(height)
            sheet.put(MARGIN, sheet.get_y() + size * _POINT, piece, style, size, ink)
            sheet.set_y(sheet.get_y() + height)

    def _pair(self, name: str, text: str, width: float) -> None:
        sheet = self._sheet
        height = BODY * _POINT * _LINE
        for number, piece in enumerate(self._wrapping.lines(text, sheet.epw - width, "", BODY)):
            sheet.need(height)
            base = sheet.get_y() + BODY * _POINT
            if number == 0:
                sheet.put(MARGIN, base, name, "", BODY, SOFT)
            sheet.put(MARGIN + width, base, piece, "", BODY, INK)
            sheet.set_y(sheet.get_y() + height)

    def _figures(self, figures: tuple[tuple[str, str], ...]) -> None:
        """Names with their numbers, in columns read from top to bottom."""
        sheet = self._sheet
        width = sheet.epw / _FIGURE_COLUMNS
        depth = -(-len(figures) // _FIGURE_COLUMNS)
        cells = [self._wrapping.lines(name, width - 38, "", SMALL) for name, _ in figures]
        heights = [
            max(len(cells[place]) for place in range(row, len(figures), depth)) * SMALL * _POINT * _LINE + 1.1
            for row in range(depth)
        ]
        for row, height in enumerate(heights):
            sheet.need(height)
            top = sheet.get_y()
            for column, place in enumerate(range(row, len(figures), depth)):
                x = MARGIN + column * width
                for number, piece in enumerate(cells[place]):
                    base = top + SMALL * _POINT * (1 + number * _LINE)
                    sheet.put(x, base, piece, "", SMALL, SOFT)
                self._right(x + width - 8, top + SMALL * _POINT, figures[place][1], BOLD, SMALL)
            sheet.set_y(top + height)

    def _right(self, x: float, base: float, text: str, style: str, size: float) -> None:
        self._sheet.put(x - self._sheet.advance(text, style, size), base, text, style, size, INK)

    def _chart(self, chart: Chart) -> None:
        sheet, drawn = self._sheet, drawing(chart)
        unit = _CHART_WIDTH / WIDTH
        sheet.set_y(sheet.get_y() + 2)
        sheet.need(drawn.height * unit + 10)
        self._paragraph(chart.title, style=BOLD)
        top = sheet.get_y() + 1.5
        sheet.set_draw_color(*RULE)
        sheet.set_line_width(0.15)
        for line in drawn.lines:
            sheet.line(MARGIN + line.x1 * unit, top + line.y1 * unit, MARGIN + line.x2 * unit, top + line.y2 * unit)
        for box in drawn.boxes:
            sheet.set_fill_color(*colour(PALETTE[box.series]))
            sheet.rect(
                MARGIN + box.x * unit, top + box.y * unit, box.width * unit, max(box.height * unit, 0.1), style="F"
            )
        size = FONT * unit / _POINT
        for text in drawn.texts:
            shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor] * sheet.advance(text.text, "", size)
            sheet.put(MARGIN + text.x * unit - shift, top + text.y * unit, text.text, "", size, SOFT)
        sheet.set_y(top + drawn.height * unit + 2)

    def _table(self, table: Table) -> None:
        widths = self._widths(table)
        self._sheet.set_y(self._sheet.get_y() + 1)
        self._row([column.title for column in table.columns], table, widths, head=True)
        for number, row in enumerate(table.rows):
            mark = table.marks[number] if table.marks else ""
            self._row(row, table, widths, mark=mark)

    def _widths(self, table: Table) -> list[float]:
        """The columns' shares of the width, none too narrow for the longest word of its title."""
        sheet = self._sheet
        least = [
            max(sheet.advance(word, BOLD, SMALL) for word in column.title.split(" ")) + 2 * _PADDING + 0.5
            for column in table.columns
        ]
        total = sum(column.weight for column in table.columns)
        extra = [
            max(0.0, sheet.epw * column.weight / total - width)
            for column, width in zip(table.columns, least, strict=True)
        ]
        spare = (sheet.epw - sum(least)) / (sum(extra) or 1.0)
        return [width + more * spare for width, more in zip(least, extra, strict=True)]

    def _row(
        self,
        cells: Sequence[str],
        table: Table,
        widths: list[float],
        *,
        head: bool = False,
        mark: str = "",
    ) -> None:
        sheet, style = self._sheet, BOLD if head else ""
        step = SMALL * _POINT * _LINE
        wrapped = [
            self._wrapping.lines(cell, width - 2 * _PADDING, style, SMALL, most=_MOST_LINES)
            for cell, width in zip(cells, widths, strict=True)
        ]
        height = max(len(lines) for lines in wrapped) * step + 2 * _PADDING
        if sheet.need(height + (8 if head else 0)) and not head:
            self._row([column.title for column in table.columns], table, widths, head=True)
        top, x = sheet.get_y(), MARGIN
        if head:
            sheet.set_fill_color(*colour("#eef1f6"))
            sheet.rect(MARGIN, top, sheet.epw, height, style="F")
        if mark in RISK_COLOURS:
            sheet.set_fill_color(*RISK_COLOURS[mark])
            sheet.rect(MARGIN - 0.8, top, 0.8, height, style="F")
        for column, lines, width in zip(table.columns, wrapped, widths, strict=True):
            for number, piece in enumerate(lines):
                base = top + _PADDING + SMALL * _POINT * 0.95 + number * step
                if column.align == "right":
                    self._right(x + width - _PADDING, base, piece, style, SMALL)
                else:
                    sheet.put(x + _PADDING, base, piece, style, SMALL, INK)
            x += width
        sheet.set_draw_color(*RULE)
        sheet.set_line_width(0.1)
        sheet.line(MARGIN, top + height, sheet.w - MARGIN, top + height)
        sheet.set_y(top + height)
