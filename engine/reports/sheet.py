"""The paper of a PDF report: its fonts, its page numbers, and texts put at a place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fpdf import FPDF

from core.i18n import tr

if TYPE_CHECKING:
    from datetime import datetime

Colour = tuple[int, int, int]

MARGIN: Final = 12.0
BODY: Final = 9.0
SMALL: Final = 7.2
BOLD: Final = "B"
_FOOT: Final = 14.0
_PAGE_NUMBER: Final = 26.0
_FAMILY: Final = "Report"
_FONTS: Final = Path(__file__).parent / "fonts"
_LOST: Final = "\ufffd"
_PAGES: Final = "{pages-of-the-report}"


def colour(code: str) -> Colour:
    """Red, green and blue of `#rrggbb`."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


INK: Final = colour("#1d2430")
SOFT: Final = colour("#5d6778")
RULE: Final = colour("#d0d6e0")
RISK_COLOURS: Final[dict[str, Colour]] = {"high": colour("#c92a2a"), "medium": colour("#d98214")}


class Sheet(FPDF):
    """An A4 page across; what does not fit begins the next one."""

    def __init__(self, title: str, locale: str, made: datetime) -> None:
        super().__init__(orientation="landscape", format="A4")
        self._title = title
        self._locale = locale
        self._widths: dict[tuple[str, str], float] = {}
        for style, file in (("", "DejaVuSansCondensed.ttf"), (BOLD, "DejaVuSansCondensed-Bold.ttf")):
            self.add_font(_FAMILY, style, _FONTS / file)
        self._letters = set(self._cmap())
        self.alias_nb_pages(_PAGES)
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(auto=False)
        self.set_title(title)
        self.set_creator("MultiCoder")
        self.set_lang(locale)
        self.set_creation_date(made)
        self.set_font(_FAMILY, size=BODY)
        self.add_page()

    def _cmap(self) -> dict[int, object]:
        return dict(self.fonts[_FAMILY.lower()].cmap)  # type: ignore[union-attr]  # fonts from files have one

    def footer(self) -> None:
        """Title and page number; called by the library at the end of each page."""
        text = tr("report-page", self._locale, page=str(self.page_no()), pages=_PAGES)
        base = self.h - 7
        self.put(MARGIN, base, self._title, "", SMALL, SOFT)
        self.set_xy(self.w - MARGIN - _PAGE_NUMBER, base - 3.5)
        self.cell(_PAGE_NUMBER, 5, text)  # `put` would leave the number of pages out

    def need(self, height: float) -> bool:
        """Begin a new page when `height` millimetres do not fit on this one; tells whether it did."""
        if self.get_y() + height <= self.h - _FOOT:
            return False
        self.add_page()
        return True

    def put(self, x: float, base: float, text: str, style: str, size: float, ink: Colour) -> None:
        """Write one line from `x` on the line `base`; a letter the fonts lack shows as a mark."""
        if not text:
            return
        self.set_font(_FAMILY, style, size)
        self.set_text_color(*ink)
        self.text(x, base, "".join(letter if ord(letter) in self._letters else _LOST for letter in text))

    def advance(self, text: str, style: str, size: float) -> float:
        """The width of a text in millimetres."""
        return sum(self._width(letter, style) for letter in text) * size

    def _width(self, letter: str, style: str) -> float:
        key = (letter, style)
        if key not in self._widths:
            self.set_font(_FAMILY, style, 100)
            known = letter if ord(letter) in self._letters else _LOST
            self._widths[key] = self.get_string_width(known) / 100
        return self._widths[key]
