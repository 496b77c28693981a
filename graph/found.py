"""What was looked up, as roles are told of it: lines of archived pages, findings that cite them, numbered sources.

Every section has a fixed number of tokens. Counting takes time: callers use `asyncio.to_thread`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypedDict

from core.memory import Lines, RecalledLine
from memory.context import first_that_fit, recalled_text, visible
from memory.tokens.counting import count, cut

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from agents.roles.researcher import Claim
    from graph.citing import Source
    from graph.researching import Candidate

FOUND: Final = 900
"""Tokens of the findings in a prompt; of what else is told:"""
PAGES: Final = 2_200
SOURCES: Final = 400
TAKEN: Final = 1_800
READING: Final = 6_000
"""Tokens of the pages as the researcher reads them."""
_LINE: Final = 220
_OPENING: Final = 4
"""Lines of a page that count a little without holding any word: what a page is stands at its top."""
_STEM: Final = 6
"""Letters of a word that have to agree: words change their endings."""
_SENTENCE: Final = 400
_TITLE: Final = 120
_MOST_LINES: Final = 40
"""Lines one citation may span."""
_WORD: Final = re.compile(r"\w{3,}")
PLACE: Final = re.compile(r"\b(d-[\w-]+):L(\d{1,7})(?:-L?(\d{1,7}))?")


class Read(TypedDict):
    """A page or file that was read and kept."""

    n: int
    """Its number in lists of sources."""
    document: str
    title: str
    url: str


class Finding(TypedDict):
    """What was found, and the places of the lines that say so."""

    text: str
    places: list[str]


class Searched(TypedDict):
    """A search that was made, and what it brought."""

    query: str
    engine: str
    """Who answered; empty where nobody did."""
    hits: int


class Record(TypedDict):
    """All that came of looking something up; kept in the archive."""

    purpose: str
    about: str
    """The failure it is about, else empty."""
    failed: str
    """Code of what was in the way, empty where something was found."""
    searched: list[Searched]
    pages: list[Read]
    findings: list[Finding]
    repositories: list[Candidate]
    sections: dict[str, str]


def words_of(*texts: str) -> frozenset[str]:
    """The beginnings of the words that count when lines are compared with a question."""
    return frozenset(word.casefold()[:_STEM] for text in texts for word in _WORD.findall(text))


def fitting(lines: Sequence[str], words: frozenset[str], tokens: int) -> list[int]:
    """Numbers, from 1, of the lines worth showing within `tokens`: those that hold the words, and what is near."""
    own = [len(words & words_of(line)) for line in lines]
    around = [max(own[max(0, at - 2) : at + 3], default=0) for at in range(len(lines))]
    weights = [mine + near / 2 + (at < _OPENING) / 4 for at, (mine, near) in enumerate(zip(own, around, strict=True))]
    chosen = []
    for at in sorted(range(len(lines)), key=lambda at: (-weights[at], at)):
        if not lines[at].strip():
            continue
        tokens -= count(cut(lines[at], _LINE)) + 4
        if tokens < 0:
            break
        chosen.append(at + 1)
    return sorted(chosen)


def shown(page: Read, lines: Sequence[str], numbers: Sequence[int], kind: str = "docs") -> list[RecalledLine]:
    """Lines of a page in the form the memory shows lines."""
    return [
        RecalledLine(
            source=page["document"],
            line=number,
            text=lines[number - 1],
            score=0.0,
            kind="code" if kind == "code" else "docs",
            trust="foreign",
            name=page["title"],
        )
        for number in numbers
    ]


def budgeted(lines: Sequence[RecalledLine], tokens: int) -> str:
    """As many of the first lines as have room, as a role reads them."""
    return recalled_text(first_that_fit(lines, recalled_text, tokens))


def cited(text: str) -> list[Lines]:
    """Every place a text names."""
    return [Lines(match[1], int(match[2]), int(match[3] or match[2])) for match in PLACE.finditer(text)]


def supported(claims: Sequence[Claim], lines: Sequence[RecalledLine]) -> list[Finding]:
    """The claims that cite lines which were shown; a place nobody was shown is left out, a claim without one too."""
    seen: dict[str, set[int]] = {}
    for line in lines:
        seen.setdefault(line.source, set()).add(line.line)
    findings: list[Finding] = []
    for claim in claims:
        text = " ".join(visible(claim.text).split())[:_SENTENCE]
        places = [
            str(spot)
            for spot in cited(" ".join(claim.lines))
            if spot.first <= spot.last < spot.first + _MOST_LINES
            and {spot.first, spot.last} <= seen.get(spot.source, set())
        ]
        if text and places:
            findings.append({"text": PLACE.sub("", text), "places": list(dict.fromkeys(places))})
    return findings


def found_text(findings: Sequence[Finding]) -> str:
    """Findings with their places, as many of the first as have room."""
    return _first([f"- {item['text']} {' '.join(f'[{spot}]' for spot in item['places'])}" for item in findings], FOUND)


def sources_text(pages: Sequence[Read]) -> str:
    """The numbered sources."""
    return _first(
        [f"{page['n']}. {page['title'][:_TITLE]} - {page['url']} ({page['document']})" for page in pages], SOURCES
    )


def sources_of(text: str, pages: Sequence[Read], lengths: Mapping[str, int]) -> list[Source]:
    """The sources of an answer: those whose lines it cites, all that were read where it cites none.

    `lengths` says how many lines each document has: a place beyond its end is none.
    """
    spots: dict[str, list[str]] = {}
    for spot in cited(text):
        if 1 <= spot.first <= spot.last <= lengths.get(spot.source, 0):
            spots.setdefault(spot.source, []).append(str(spot))
    used = [page for page in pages if page["document"] in spots] or list(pages)
    return [
        {
            "n": page["n"],
            "title": page["title"],
            "url": page["url"],
            "document": page["document"],
            "places": list(dict.fromkeys(spots.get(page["document"], []))),
        }
        for page in used
    ]


def _first(lines: Sequence[str], tokens: int) -> str:
    kept = []
    for line in lines:
        tokens -= count(line) + 1
        if tokens < 0:
            break
        kept.append(line)
    return "\n".join(kept)
