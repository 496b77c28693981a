"""What is selected in a block as Markdown again: the marks that made it look so come with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final

from gui.markdown.inline import BREAK, CITED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CODE_SIDE: Final = 1
"""Characters that the window puts at either side of code in a line, for the frame round it."""

_PIECE: Final = re.compile(r'<(/?)(b|i|s|code|var|a|br)(?: href="mc:(\d+)")?>|([^<]+)')
_MARKS: Final = {"b": "**", "i": "*", "s": "~~", "code": "`", "var": ""}
_INDENT: Final = 3


@dataclass(frozen=True)
class _Shown:
    """Text of one look; `width` characters of the window's document, `side` of them not of the text at either end."""

    text: str
    tags: tuple[str, ...]
    link: int
    side: int

    @property
    def width(self) -> int:
        return units(self.text) + 2 * self.side


def units(text: str) -> int:
    """Return the length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def selected_markdown(block: dict[str, Any], start: int, end: int) -> str:
    """Return the source of what stands between two places of a heading's, paragraph's or list's document."""
    if block["type"] != "list":
        whole = start <= 0 and block["type"] == "heading"
        text = _between(block["html"], block["links"], start, end)
        return f"{'#' * block['level']} {text}" if whole and text else text
    lines: list[str] = []
    place = 0
    for item in block["items"]:
        width = sum(shown.width for shown in _shown(item["html"]))
        if place < end and start <= place + width:
            text = _between(item["html"], block["links"], start - place, end - place)
            # A piece out of the middle of an item is no item.
            lines.append(_item(item, text) if start <= place else text)
        place += width + 1
    return "\n".join(lines)


def table_markdown(plain: Sequence[Sequence[str]], align: Sequence[str]) -> str:
    """Return a table as its source."""
    rows = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in plain]
    rules = {"left": "---", "center": ":-:", "right": "--:"}
    rows.insert(1, [rules.get(side, "---") for side in align])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def table_html(plain: Sequence[Sequence[str]]) -> str:
    """Return a table as table programs take it."""
    rows = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in plain]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _item(item: dict[str, Any], text: str) -> str:
    marker = item["marker"] if item["marker"][:1].isdigit() else "-" if item["marker"] else " "
    task = "" if item["checked"] is None else "[x] " if item["checked"] else "[ ] "
    indent = " " * (_INDENT * item["depth"])
    return f"{indent}{marker} {task}" + text.replace("\n", f"\n{indent}{' ' * (len(marker) + 1)}")


def _shown(html: str) -> Iterator[_Shown]:
    tags: list[str] = []
    link = -1
    for closing, tag, number, text in _PIECE.findall(html):
        if text or tag == "br":
            side = CODE_SIDE if tags and tags[-1] == "code" and text else 0
            yield _Shown(unescape(text) or "\n", tuple(tags), link, side)
        elif tag == "a":
            link = -1 if closing else int(number)
        elif closing:
            tags.pop()
        else:
            tags.append(tag)


def _between(html: str, links: Sequence[str], start: int, end: int) -> str:
    """Return the source between two places of one text."""
    taken: list[_Shown] = []
    place = 0
    for shown in _shown(html):
        text = _cut(shown.text, start - place - shown.side, end - place - shown.side).replace(BREAK, "")
        place += shown.width
        if text:
            taken.append(_Shown(text, shown.tags, shown.link, 0))
    return "".join(_marked(list(_merged(taken)), links))


def _merged(pieces: list[_Shown]) -> Iterator[_Shown]:
    """Join neighbours of the same look."""
    last: _Shown | None = None
    for piece in pieces:
        if last is not None and (last.tags, last.link) == (piece.tags, piece.link):
            last = _Shown(last.text + piece.text, last.tags, last.link, 0)
        else:
            if last is not None:
                yield last
            last = piece
    if last is not None:
        yield last


def _marked(pieces: list[_Shown], links: Sequence[str]) -> Iterator[str]:
    for piece in pieces:
        core = piece.text.strip()
        before = piece.text[: len(piece.text) - len(piece.text.lstrip())] if core else piece.text
        after = piece.text[len(piece.text.rstrip()) :] if core else ""
        if 0 <= piece.link < len(links) and links[piece.link].startswith(CITED):
            before = after = ""  # the room within its frame
        for tag in reversed(piece.tags) if core else ():
            core = f"{_MARKS[tag]}{core}{_MARKS[tag]}"
        if core and 0 <= piece.link < len(links):
            core = _linked(core, links[piece.link])
        yield f"{before}{core}{after}"


def _linked(words: str, address: str) -> str:
    if address.startswith(CITED):
        return f"[{address.removeprefix(CITED)}]"
    return address if words == address else f"[{words}]({address})"


def _cut(text: str, start: int, end: int) -> str:
    coded = text.encode("utf-16-le", "surrogatepass")
    return coded[2 * max(0, start) : 2 * max(0, end)].decode("utf-16-le", "ignore")
