"""The numbered sources of an answer, as facts and as words. Light: every client's updates are made with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypedDict
from urllib.parse import quote

from core.honest import one_line
from core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence


_MARKUP: Final = re.compile(r"([\\`*_\[\]<>!#|~])")
"""A title is a stranger's: it must not become a link, a heading or a citation of its own."""


class Source(TypedDict):
    """A source of an answer."""

    n: int
    title: str
    url: str
    document: str
    """The archived copy."""
    places: list[str]
    """The lines of it that the answer cites."""


def sources_block(sources: Sequence[Source], locale: str) -> str:
    """The sources as they stand under an answer, for readers who are shown nothing but text."""
    if not sources:
        return ""
    lines = [
        f"- ({source['n']}) {_words(source['title'])} - {_address(source['url'])} {_cited(source)}"
        for source in sources
    ]
    return "\n".join([tr("answer-sources", locale), "", *(line.rstrip() for line in lines)])


def _words(foreign: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(foreign))


def _address(url: str) -> str:
    return quote(one_line(url), safe=":/?#&=%+@;,!~_.-()$'")


def _cited(source: Source) -> str:
    return " ".join(f"[{place}]" for place in source["places"] or [f"{source['document']}:L1"])
