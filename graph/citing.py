"""The numbered sources of an answer, as facts and as words. Light: every client's updates are made with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from core.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        f"{source['n']}. {source['title']} - {source['url']} {' '.join(f'[{place}]' for place in source['places'])}"
        for source in sources
    ]
    return "\n".join([tr("answer-sources", locale), "", *(line.rstrip() for line in lines)])
