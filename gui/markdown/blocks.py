"""Markdown as blocks, one item of the window each.

A block is a dict for QML; every one has `type` and `depth`, the steps it is indented by because it stands in a list.

- heading: level, html, plain, links; paragraph: html, plain, links, joined (goes on the one before)
- list: ordered, start, items [{html, plain, checked (None, False, True), depth, marker ("" goes on the item before)}],
  links, joined
- quote: blocks; code: language, text, lines, closed; rule; math: text
- table: head [html], align [left|center|right], rows [[html]], plain (head, then rows, of plain texts), links
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from gui.markdown.inline import LONGEST_PIECE, Run, html_of, pieces_of, plain_of, runs_of
from gui.markdown.visible import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

Block = dict[str, Any]

LONGEST_PARSED: Final = 200_000
"""Characters of one message; the rest is shown as it stands."""
DEEPEST_QUOTE: Final = 5
DEEPEST_LIST: Final = 7
"""Deeper ones are not indented further: a column has an end."""
MOST_ITEMS: Final = 40
"""Items in one block; a longer list becomes several that join."""
MOST_COLUMNS: Final = 60

_TASK: Final = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_MARKERS: Final = re.compile(r"[\s>*+\-.)\d]*")
_BULLETS: Final = ("\u2022", "\u25e6", "\u25aa")
_LANGUAGE: Final = re.compile(r"[\w+#.\-/]{1,40}")


@dataclass(frozen=True)
class Node:
    """A token with what stands between its opening and its end; `start` and `end` count lines of the source."""

    token: Token
    inner: Sequence[Token] = ()

    @property
    def kind(self) -> str:
        """The token's type without its ending."""
        return self.token.type.removesuffix("_open")

    @property
    def start(self) -> int:
        """The first line."""
        return self.token.map[0] if self.token.map else 0

    @property
    def end(self) -> int:
        """The line behind the last."""
        return self.token.map[1] if self.token.map else 0


@dataclass
class Item:
    """A paragraph of a list, before lists are gathered."""

    runs: list[Run]
    marker: str
    depth: int
    number: int | None = None
    fresh: bool = False
    """The first of a list that stands in no other list."""
    checked: bool | None = None
    links: list[str] = field(default_factory=list)


Part = Block | Item


@cache
def grammar() -> MarkdownIt:
    """The one parser; it keeps nothing between two texts."""
    from gui.markdown.grammar import make_grammar  # noqa: PLC0415 - an empty chat is on screen before it is needed

    return make_grammar()


def parse(text: str) -> list[Block]:
    """Return the blocks of a whole text."""
    text = normal(text)
    source, rest = text[:LONGEST_PARSED], text[LONGEST_PARSED:]
    return gather(Source(source).parts()) + plain_blocks(rest)


def normal(text: str) -> str:
    """Return a text with ends of lines of one kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain_blocks(text: str) -> list[Block]:
    """Return text nobody parses, cut at fixed places so that growing changes only the last piece."""
    cuts = range(0, len(text), LONGEST_PIECE)
    return [_paragraph([Run(clean(text[cut : cut + LONGEST_PIECE]))], [], 0, joined=True) for cut in cuts]


class Source:
    """One text and its top-level nodes."""

    def __init__(self, text: str) -> None:
        self.environment: dict[str, Any] = {}
        self.lines = text.split("\n")
        self.nodes = list(nodes_of(grammar().parse(text, self.environment)))

    @property
    def has_references(self) -> bool:
        """Whether addresses are given apart from their links, which may stand anywhere."""
        return bool(self.environment.get("references"))

    def parts(self) -> list[Part]:
        """Return everything, lists not gathered yet."""
        return [part for node in self.nodes for part in self.parts_of(node)]

    def parts_of(self, node: Node, depth: int = 0, quotes: int = 0) -> Iterator[Part]:
        """Yield what one node shows."""
        if node.kind in {"bullet_list", "ordered_list"}:
            for number, item in enumerate(nodes_of(node.inner)):
                yield from self.item_parts(node, item, number, depth, quotes)
        elif node.kind == "blockquote":
            yield from self._quote(node, depth, quotes)
        elif node.kind == "paragraph":
            yield from self._paragraphs(node.inner[0].content, depth)
        elif node.kind == "heading":
            links: list[str] = []
            runs = self._runs(node.inner[0].content, links)
            yield {**_paragraph(runs, links, depth), "type": "heading", "level": int(node.token.tag[1:])}
        elif node.kind == "table":
            yield from self.table(node, depth)
        else:
            yield from _leaf(node, depth)

    def item_parts(self, listed: Node, item: Node, number: int, depth: int = 0, quotes: int = 0) -> Iterator[Part]:
        """Yield one item of a list and what stands in it."""
        ordered = listed.kind == "ordered_list"
        start = listed.token.attrGet("start")
        count = number + (1 if start is None else int(start))
        marker = f"{count}{item.token.markup}" if ordered else _BULLETS[min(depth, len(_BULLETS) - 1)]
        inner = list(nodes_of(item.inner))
        head = Item([], marker, depth, count if ordered else None, fresh=depth == 0 and number == 0)
        if inner and inner[0].kind == "paragraph":
            source = inner.pop(0).inner[0].content
            task = _TASK.match(source)
            head.checked = task[1] != " " if task else None
            head.runs = self._runs(source[task.end() :] if task else source, head.links)
        elif not inner:
            head.runs = self._lost(item)
        yield from _item_pieces(head)
        for node in inner:
            if node.kind == "paragraph":
                more = Item([], "", depth, head.number)
                more.runs = self._runs(node.inner[0].content, more.links)
                yield from _item_pieces(more)
            else:
                yield from self.parts_of(node, min(depth + 1, DEEPEST_LIST), quotes)

    def _row(self, inner: Sequence[Token], links: list[str]) -> tuple[list[str], list[str]]:
        """Return the cells of a row as markup and as plain text."""
        cells = [self._runs(cell.inner[0].content, links) if cell.inner else [] for cell in nodes_of(inner)]
        return [html_of(cell) for cell in cells], [plain_of(cell) for cell in cells]

    def _runs(self, source: str, links: list[str]) -> list[Run]:
        return runs_of(grammar(), source, self.environment, links)

    def _paragraphs(self, source: str, depth: int) -> Iterator[Block]:
        links: list[str] = []
        yield from _pieces(self._runs(source, links), links, depth)

    def _quote(self, node: Node, depth: int, quotes: int) -> Iterator[Part]:
        inside = [part for inner in nodes_of(node.inner) for part in self.parts_of(inner, 0, quotes + 1)]
        inside += _pieces(self._lost(node), [], 0)
        blocks = gather(inside)
        if quotes >= DEEPEST_QUOTE:
            yield from blocks
        elif blocks:
            yield {"type": "quote", "depth": depth, "blocks": blocks}

    def _lost(self, node: Node) -> list[Run]:
        """Return the source of a container so deep that the parser did not look into it."""
        text = "" if node.inner else clean("\n".join(line.strip() for line in self.lines[node.start : node.end]))
        return [Run(text)] if _MARKERS.sub("", text, count=1) else []

    def table(
        self, node: Node, depth: int = 0, *, rows: int | None = None, goes_on: Block | None = None
    ) -> Iterator[Block]:
        """Yield a table of so many `rows`, the first of them from a block that it goes on."""
        sections = list(nodes_of(node.inner))
        head = next(nodes_of(sections[0].inner))
        align = [_alignment(cell.token) for cell in nodes_of(head.inner)]
        if len(align) > MOST_COLUMNS:
            yield from self._as_it_stands(node, depth)
            return
        links = list(goes_on["links"]) if goes_on else []
        html, plain = (goes_on["head"], goes_on["plain"][0]) if goes_on else self._row(head.inner, links)
        fresh = [row for section in sections[1:] for row in nodes_of(section.inner)]
        shown = [self._row(row.inner, links) for row in fresh[:rows]]
        yield {
            "type": "table",
            "depth": depth,
            "head": html,
            "align": align,
            "rows": (goes_on["rows"] if goes_on else []) + [row for row, _ in shown],
            "plain": (goes_on["plain"] if goes_on else [plain]) + [row for _, row in shown],
            "links": links,
        }

    def _as_it_stands(self, node: Node, depth: int) -> Iterator[Block]:
        yield from _pieces([Run(clean("\n".join(self.lines[node.start : node.end])))], [], depth)


def nodes_of(tokens: Sequence[Token]) -> Iterator[Node]:
    """Yield the nodes of one level."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = place
        if token.nesting == 1:
            while tokens[end].nesting != -1 or tokens[end].level != token.level:
                end += 1
            yield Node(token, tokens[place + 1 : end])
        else:
            yield Node(token)
        place = end + 1


def gather(parts: Iterable[Part], after: Block | None = None) -> list[Block]:
    """Return the blocks of parts, which stand behind the block `after`: items that follow each other become lists."""
    blocks: list[Block] = []
    for part in parts:
        if isinstance(part, dict):
            blocks.append(part)
            continue
        last = (blocks[-1] if blocks else after) or {}
        if not blocks or part.fresh or last.get("type") != "list" or len(last["items"]) >= MOST_ITEMS:
            blocks.append(_list(part, joined=last.get("type") == "list" and not part.fresh))
        _put(blocks[-1], part)
    return blocks


def _list(first: Item, *, joined: bool) -> Block:
    ordered = first.number is not None
    return {
        "type": "list",
        "ordered": ordered,
        "start": first.number if ordered else 1,
        "depth": first.depth,
        "items": [],
        "links": [],
        "joined": joined,
    }


def _put(listed: Block, item: Item) -> None:
    shift = len(listed["links"])
    runs = [Run(run.text, run.tags, run.link + shift if run.link >= 0 else -1) for run in item.runs]
    listed["links"] += item.links
    shown = {"html": html_of(runs), "plain": plain_of(runs), "checked": item.checked, "depth": item.depth}
    listed["items"].append({**shown, "marker": item.marker})


def _item_pieces(item: Item) -> Iterator[Item]:
    for number, piece in enumerate(pieces_of(item.runs)):
        yield replace(item, runs=piece) if not number else Item(piece, "", item.depth, item.number, links=item.links)


def _pieces(runs: Sequence[Run], links: list[str], depth: int) -> Iterator[Block]:
    for number, piece in enumerate(pieces_of(runs)):
        if piece:
            yield _paragraph(piece, links, depth, joined=number > 0)


def _paragraph(runs: Sequence[Run], links: list[str], depth: int, *, joined: bool = False) -> Block:
    shown = {"html": html_of(runs), "plain": plain_of(runs), "links": links}
    return {"type": "paragraph", "depth": depth, "joined": joined, **shown}


def _leaf(node: Node, depth: int) -> Iterator[Block]:
    if node.kind in {"fence", "code_block"}:
        yield code_block(node, "", depth)
    elif node.kind == "math_block":
        yield {"type": "math", "depth": depth, "text": clean(node.token.content)}
    elif node.kind == "hr":
        yield {"type": "rule", "depth": depth}


def code_block(node: Node, before: str, depth: int = 0) -> Block:
    """Return a block of code whose first lines, `before`, were parsed earlier."""
    fenced = node.kind == "fence"
    content = node.token.content
    own_lines = content.count("\n") + (content != "" and not content.endswith("\n"))
    language = _LANGUAGE.match(node.token.info.strip()) if fenced else None
    text = clean(before + content).removesuffix("\n")
    return {
        "type": "code",
        "depth": depth,
        "language": language[0].lower() if language else "",
        "text": text,
        "lines": text.count("\n") + 1,
        "closed": not fenced or node.end - node.start - 1 > own_lines,
    }


def _alignment(cell: Token) -> str:
    style = str(cell.attrGet("style") or "")
    return style.removeprefix("text-align:") or "left"
