"""Texts in lines as our own small markup: every character escaped, every address behind a number.

Only these tags ever come out: b, i, s, code, var (a formula), br and a with `href="mc:N"`, where N counts the links of
the block. A link is an address that may be offered, or `cite:` with lines of the memory. There is no way to an address,
a file or a picture in the markup. Very long words contain places to break them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from gui.markdown.visible import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES: Final = ("http", "https", "mailto")
LONGEST_ADDRESS: Final = 2_000
LONGEST_PARSED: Final = 20_000
"""Characters of one paragraph; a longer one is no prose, and is shown as it stands."""
LONGEST_PIECE: Final = 8_000
"""Characters that one item of the window shows; laying out more at once would be felt."""

BREAK: Final = "\u200b"
"""Where a very long word may be broken; texts of messages never contain it, `clean` takes it out."""
_LONGEST_WORD: Final = 200
_LONG_WORD: Final = re.compile(rf"\S{{{_LONGEST_WORD},}}")
_SYLLABLE: Final = re.compile(r"\S{1,20}")

_TAGS: Final = {"strong": "b", "em": "i", "s": "s"}
CITED: Final = "cite:"
"""What a link begins with that leads to lines of the memory; no address in a message can become one."""
SIDE: Final = "\u00a0"
"""Keeps the frame of a citation off its words; no line is broken there, so no full stop stands alone on the next."""
_PLACE: Final = r"[dm]-[0-9a-z]{4,40}:L[1-9]\d{0,8}(?:-L?[1-9]\d{0,8})?"
_ONE_PLACE: Final = re.compile(_PLACE)
_ADDRESS: Final = re.compile(rf"https?://[^\s<>\"'`\\^{{|}}]+|\[{_PLACE}(?:[,;] ?{_PLACE})*\]")
_LETTERS_AROUND: Final = re.compile(r"\w")
_TRAILING: Final = ".,;:!?*_~'\""


@dataclass(frozen=True)
class Run:
    """Text of one look; `link` counts the links of the block, -1 is none."""

    text: str
    tags: tuple[str, ...] = ()
    link: int = -1


def safe_address(address: str) -> str | None:
    """Return an address the window may offer to open, else None: of a listed scheme, no user name, nothing hidden."""
    if len(address) > LONGEST_ADDRESS or clean(address) != address or re.search(r"[\s\\]", address):
        return None
    try:
        parts = urlsplit(address)
        web = parts.scheme != "mailto"
        usable = bool(parts.hostname) and "@" not in parts.netloc if web else bool(parts.path)
    except ValueError:
        return None
    return address if parts.scheme in SCHEMES and usable else None


def runs_of(grammar: MarkdownIt, source: str, environment: dict[str, Any], links: list[str]) -> list[Run]:
    """Return the runs of one text; addresses that may be offered are appended to `links`."""
    if len(source) > LONGEST_PARSED:
        return [Run(clean(source))]
    tokens: list[Token] = []
    grammar.inline.parse(source, grammar, environment, tokens)
    writer = _Writer(links)
    for token in tokens:
        writer.take(token)
    return writer.runs


def html_of(runs: Iterable[Run]) -> str:
    """Return the runs in our markup."""
    shown: list[str] = []
    unbroken = 0
    for run in runs:
        if unbroken > _LONGEST_WORD:
            shown.append(BREAK)
            unbroken = 0
        shown.append(_marked(run))
        unbroken = _unbroken(run.text, unbroken)
    return "".join(shown)


def plain_of(runs: Iterable[Run]) -> str:
    """Return the text alone, character for character what the markup shows."""
    return "".join(run.text for run in runs)


def pieces_of(runs: Sequence[Run], most: int = LONGEST_PIECE) -> list[list[Run]]:
    """Cut runs into pieces of `most` characters, behind a space where there is one."""
    pieces: list[list[Run]] = [[]]
    room = most
    for run in runs:
        rest = run
        while len(rest.text) > room:
            place = max(rest.text.rfind(" ", room // 2, room), rest.text.rfind("\n", room // 2, room)) + 1 or room
            pieces[-1].append(replace(rest, text=rest.text[:place]))
            rest = replace(rest, text=rest.text[place:])
            pieces.append([])
            room = most
        pieces[-1].append(rest)
        room -= len(rest.text)
    return pieces


def _unbroken(text: str, before: int) -> int:
    """Return how many characters without a gap stand at the end, `before` of them before the text."""
    end = text[-_LONGEST_WORD - 1 :]
    if not end or end[-1].isspace():
        return 0
    last = end.split()[-1]
    return before + len(last) if len(last) == len(text) else len(last)


def _marked(run: Run) -> str:
    # Laying out one long word takes the square of its length, and would hold up the window for seconds.
    broken = _LONG_WORD.sub(lambda found: BREAK.join(_SYLLABLE.findall(found[0])), run.text)
    text = escape(broken).replace("\n", "<br>")
    for tag in reversed(run.tags):
        text = f"<{tag}>{text}</{tag}>"
    return text if run.link < 0 else f'<a href="mc:{run.link}">{text}</a>'


class _Writer:
    """Takes the tokens of one text in turn."""

    def __init__(self, links: list[str]) -> None:
        self.runs: list[Run] = []
        self._links = links
        self._tags: list[str] = []
        self._open: list[tuple[int, str]] = []

    def take(self, token: Token) -> None:
        """Add what one token shows."""
        kind, _, end = token.type.rpartition("_")
        if token.type in {"softbreak", "hardbreak"}:
            self._add("\n")
        elif token.type == "code_inline":
            self._add(token.content, "code")
        elif token.type == "math_inline":
            self._add(token.content, "var")
        elif token.type == "image":
            self._picture(token)
        elif kind == "link":
            self._link(token) if end == "open" else self._end_link()
        elif kind in _TAGS:
            self._tags.append(_TAGS[kind]) if end == "open" else self._tags.pop()
        else:
            self._words(token.content)

    def _add(self, text: str, *tags: str) -> None:
        shown = clean(text)
        if shown:
            run = Run(shown, (*self._tags, *tags), self._open[-1][0] if self._open else -1)
            last = self.runs[-1] if self.runs else None
            if last and not tags and (last.tags, last.link) == (run.tags, run.link):
                self.runs[-1] = replace(last, text=last.text + shown)
            else:
                self.runs.append(run)

    def _number(self, address: str) -> int:
        self._links.append(address)
        return len(self._links) - 1

    def _link(self, token: Token) -> None:
        address = str(token.attrGet("href") or "")
        safe = safe_address(address)
        self._open.append((self._number(safe) if safe else -1, "" if safe or not address else address))

    def _end_link(self) -> None:
        _, refused = self._open.pop()
        if refused:
            # What may not be opened is shown, so that nobody wonders where it would have led.
            self._add(f" ({refused[:LONGEST_ADDRESS]})")

    def _picture(self, token: Token) -> None:
        """A picture is never loaded: its words link to where it is."""
        words = token.content or str(token.attrGet("src") or "")
        if self._open:
            self._add(words)
            return
        self._link_to(str(token.attrGet("src") or ""), words)

    def _link_to(self, address: str, words: str) -> None:
        safe = safe_address(address)
        self._open.append((self._number(safe) if safe else -1, ""))
        self._add(words)
        self._open.pop()
        if not safe and address and address != words:
            self._add(f" ({address[:LONGEST_ADDRESS]})")

    def _cite(self, places: Sequence[str]) -> None:
        """Lines that are cited: each place a small button. Whether it is there shows when it is opened."""
        for number, place in enumerate(places):
            if number:
                self._add(" ")
            lines = place.partition(":")[2].replace("-L", "-").replace("-", "\u2013")
            self._open.append((self._number(f"{CITED}{place}"), ""))
            self._add(f"{SIDE}{lines}{SIDE}")
            self._open.pop()

    def _words(self, text: str) -> None:
        """Plain words, in which addresses and citations are links even without any mark."""
        done = 0
        for found in _ADDRESS.finditer(text) if not self._open and ("://" in text or ":L" in text) else ():
            if found[0].startswith("["):
                self._add(text[done : found.start()])
                self._cite(_ONE_PLACE.findall(found[0]))
                done = found.end()
                continue
            address = _without_trailing(found[0])
            before = text[found.start() - 1 : found.start()]
            if safe_address(address) is None or _LETTERS_AROUND.match(before):
                continue
            self._add(text[done : found.start()])
            self._link_to(address, address)
            done = found.start() + len(address)
        self._add(text[done:])


def _without_trailing(address: str) -> str:
    """Cut off what belongs to the sentence round an address."""
    while address:
        last = address[-1]
        unpaired = last in ")]" and address.count(last) > address.count("(" if last == ")" else "[")
        if last not in _TRAILING and not unpaired:
            break
        address = address[:-1]
    return address
