"""Where the parts of a chart go: boxes, lines and texts, which HTML and PDF then draw each in its own way.

Coordinates run from the upper left corner; the unit is the width of the drawing divided by `WIDTH`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from engine.reports.document import Chart

WIDTH: Final = 720.0
FONT: Final = 11.0
PALETTE: Final = (
    "#2563c9",
    "#d9480f",
    "#2b8a3e",
    "#9c36b5",
    "#b08900",
    "#0c8599",
    "#c2255c",
    "#5c677d",
    "#6741d9",
    "#66800b",
)
"""Colours of the series, told apart on white and on dark, in grey as well by their order."""

_LEFT: Final = 64.0
_PLOT_HEIGHT: Final = 150.0
_TICKS: Final = 4
_ROW: Final = 22.0
_LEGEND_ROW: Final = 16.0
_LETTER: Final = 6.4
"""Width a character takes at most on average."""
_LABEL_LETTERS: Final = 34
_AXIS_LETTERS: Final = 10


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle of one series; `told` is what it stands for."""

    x: float
    y: float
    width: float
    height: float
    series: int
    told: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A thin line of the axes."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text whose baseline begins, has its middle or ends at x."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(slots=True)
class Drawing:
    """A chart, laid out."""

    height: float = 0.0
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


def drawing(chart: Chart) -> Drawing:
    """Lay a chart out."""
    return _lying(chart) if chart.lying else _standing(chart)


def amount(value: float, digits: int) -> str:
    """A number of a chart: whole, or with as many digits as it needs."""
    text = f"{value:,.{digits}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def _standing(chart: Chart) -> Drawing:
    made = Drawing()
    top = _legend(chart, made) + FONT
    bottom = top + _PLOT_HEIGHT
    tallest = max((chart.total(place) for place in range(len(chart.categories))), default=0.0)
    highest = _ceiling(tallest, whole=not chart.digits)
    for tick in range(_TICKS + 1):
        y = bottom - _PLOT_HEIGHT * tick / _TICKS
        made.lines.append(Line(_LEFT, y, WIDTH, y))
        made.texts.append(Text(_LEFT - 6, y + FONT / 3, amount(highest * tick / _TICKS, chart.digits), "end"))
    slot = (WIDTH - _LEFT) / len(chart.categories)
    width = min(0.72 * slot, 48.0)
    each = math.ceil(_AXIS_LETTERS * _LETTER / slot)  # labels that would overlap are left out
    for place, category in enumerate(chart.categories):
        middle = _LEFT + slot * (place + 0.5)
        _stack(chart, made, place, (middle - width / 2, bottom, width, _PLOT_HEIGHT / highest))
        if place % each == 0:
            made.texts.append(Text(middle, bottom + FONT * 1.5, _short(category, _AXIS_LETTERS + 2), "middle"))
    made.height = bottom + FONT * 2.2
    return made


def _stack(chart: Chart, made: Drawing, place: int, at: tuple[float, float, float, float]) -> None:
    x, y, width, scale = at
    for number, series in enumerate(chart.series):
        value = series.values[place]
        if value > 0:
            height = value * scale
            y -= height
            told = f"{chart.categories[place]} · {series.name}: {amount(value, chart.digits)}"
            made.boxes.append(Box(x, y, width, height, number % len(PALETTE), told))


def _lying(chart: Chart) -> Drawing:
    made = Drawing()
    left = min(_LABEL_LETTERS, max(map(len, chart.categories), default=0)) * _LETTER + 10
    room = WIDTH - left - 80
    highest = max((chart.total(place) for place in range(len(chart.categories))), default=0.0) or 1.0
    for place, category in enumerate(chart.categories):
        y = place * _ROW + 4
        total = chart.total(place)
        length = max(room * total / highest, 1.0)
        made.texts.append(Text(left - 8, y + FONT * 1.05, _short(category, _LABEL_LETTERS), "end"))
        made.boxes.append(Box(left, y, length, _ROW - 8, 0, f"{category}: {amount(total, chart.digits)}"))
        made.texts.append(Text(left + length + 6, y + FONT * 1.05, amount(total, chart.digits)))
    made.height = len(chart.categories) * _ROW + 6
    return made


def _legend(chart: Chart, made: Drawing) -> float:
    """Draw the names of the series in as many rows as they need; returns where the rows end."""
    x, y = _LEFT, 2.0
    for number, series in enumerate(chart.series):
        name = _short(series.name, _LABEL_LETTERS)
        width = len(name) * _LETTER + 26
        if x + width > WIDTH and x > _LEFT:
            x, y = _LEFT, y + _LEGEND_ROW
        made.boxes.append(Box(x, y, 10, 10, number % len(PALETTE), series.name))
        made.texts.append(Text(x + 14, y + 9.5, name))
        x += width
    return y + _LEGEND_ROW


def _ceiling(value: float, *, whole: bool) -> float:
    """A round number not below `value`, so that the ticks are round as well, and whole where things are counted."""
    if value <= 0:
        return float(_TICKS)
    power = 10.0 ** math.floor(math.log10(value))
    steps = (step * power for step in (1, 2, 4, 5, 8, 10, 20, 40))
    return next(step for step in steps if step >= value and not (whole and step % _TICKS))


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"
