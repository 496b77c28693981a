"""The numbered sources under an answer: where each leads, and the lines of the kept copy that the answer cites.

A title is a stranger's and an address leads to one: both are shown as they really are, and an address that the browser
would not be opened with leads nowhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QUrl

from gui.chat.rows import Row
from gui.desktop.honest import disguised, one_line, spelled_out
from gui.desktop.opening import web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST: Final = 100
_TITLE: Final = 300
_ADDRESS: Final = 2_000
_LINES: Final = 5
"""Places whose lines are named; each has a button of its own in the text."""
_PLACE: Final = re.compile(r"d-[0-9a-z]{1,40}:L\d{1,9}(?:-L?\d{1,9})?")


class CitedSources:
    """The sources of one message; `text` is what is copied, as the engine wrote it."""

    def __init__(self, key: str, text: str, facts: list[Any]) -> None:
        self._key = key
        self.text = text
        self._sources = [_source(fact) for fact in facts[:_MOST] if isinstance(fact, dict)]
        words = "\n".join(_words(source) for source in self._sources)
        self._content = {"sources": self._sources, "text": words}

    @property
    def numbers(self) -> dict[str, int]:
        """Document -> its number in the list, for the citations in the text above."""
        return {source["document"]: source["number"] for source in self._sources if source["document"]}

    def rows(self, turn: int) -> list[Row]:
        """One row for all of them."""
        return [Row(self._key, "sources", turn, self._content)] if self._sources else []


def _source(fact: Mapping[str, Any]) -> dict[str, Any]:
    number, title = fact.get("n"), str(fact.get("title") or "")[:_TITLE]
    document, address = str(fact.get("document") or ""), str(fact.get("url") or "")[:_ADDRESS]
    given = fact.get("places")
    cited = [str(place) for place in given] if isinstance(given, list) else []
    places = [place for place in cited or [f"{document}:L1"] if _PLACE.fullmatch(place)]
    url = web_address(address)
    return {
        "number": number if type(number) is int else 0,
        "title": one_line(title),
        "host": _host(url) if url is not None else one_line(address),
        "address": address.strip() if url is not None else "",
        "shown": one_line(_readable(url) if url is not None else address),
        "disguised": [spelled_out(word) for word in disguised(title)],
        "document": document,
        "places": places,
        "lines": ", ".join(map(lines_of, places[:_LINES])) + (", …" if len(places) > _LINES else ""),
    }


def lines_of(place: str) -> str:
    """The lines of a place as a person reads them: `d-…:L3-L5` is `L3–5`."""
    return place.partition(":")[2].replace("-L", "-").replace("-", "\u2013")


def _host(url: QUrl) -> str:
    """The host as it is looked up: letters that only look Latin show as `xn--...`."""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return f"{host}:{url.port()}" if url.port() >= 0 else host


def _readable(url: QUrl) -> str:
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


def _words(source: Mapping[str, Any]) -> str:
    places = " ".join(f"[{place}]" for place in source["places"])
    return f"({source['number']}) {source['title']} - {source['shown']} {places}".rstrip()
