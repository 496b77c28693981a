"""A report as one HTML file that needs nothing else: no script, no remote resource, everything escaped."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from engine.reports.drawing import WIDTH, drawing
from engine.reports.sections import document

if TYPE_CHECKING:
    from engine.reports.report import Report

EVENTS: Final = 2_000
_FOLDER: Final = Path(__file__).parent


def write(report: Report, file: IO[bytes]) -> None:
    """Write the report to an open file, piece by piece."""
    from jinja2 import Environment  # noqa: PLC0415 - only when a report is written
    from markupsafe import Markup  # noqa: PLC0415 - as above

    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(
        (_FOLDER / "report.html").read_text(encoding="utf-8")
    )
    style = Markup((_FOLDER / "report.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
    laid_out = document(report, events=EVENTS)
    for piece in template.generate(document=laid_out, css=style, drawing=drawing, width=round(WIDTH)):
        file.write(piece.encode("utf-8"))
