"""A report as it is laid out: sections of figures, tables and charts, all of them text in one language.

HTML, PDF and TXT draw the same document, so none of them can say something else than the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `weight` is its share of the width."""

    title: str
    weight: float = 1.0
    align: Literal["left", "right"] = "left"
    whole: bool = False
    """Whether its texts (ids, digests, times) should not be broken where there is a choice."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts; `marks` names the risk of each row, where rows have one."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    marks: Sequence[str] = ()

    def mapped(self, change: Change) -> Table:
        """The table with every text changed."""
        return replace(self, rows=[[change(cell) for cell in row] for row in self.rows])


@dataclass(frozen=True, slots=True)
class Series:
    """One colour of a chart: a value per category."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Stacked bars: standing ones over time, lying ones for a comparison."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    lying: bool = False
    digits: int = 0
    """Digits after the point of its numbers."""

    def total(self, position: int) -> float:
        """The height of one bar."""
        return sum(item.values[position] for item in self.series)

    def mapped(self, change: Change) -> Chart:
        """The chart with every text changed."""
        series = tuple(replace(item, name=change(item.name)) for item in self.series)
        return replace(self, title=change(self.title), categories=tuple(map(change, self.categories)), series=series)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under a heading."""

    title: str
    intro: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()

    def mapped(self, change: Change) -> Section:
        """The section with every text changed."""
        return Section(
            change(self.title),
            tuple(map(change, self.intro)),
            tuple((name, change(text)) for name, text in self.figures),
            tuple(table.mapped(change) for table in self.tables),
            tuple(chart.mapped(change) for chart in self.charts),
        )


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    title: str
    locale: str
    facts: tuple[tuple[str, str], ...]
    """When it was made, what it is about."""
    notes: tuple[str, ...]
    sections: tuple[Section, ...]

    def mapped(self, change: Change) -> Document:
        """The document with every text changed: the one door through which all of them go."""
        return replace(
            self,
            facts=tuple((name, change(text)) for name, text in self.facts),
            notes=tuple(map(change, self.notes)),
            sections=tuple(section.mapped(change) for section in self.sections),
        )
