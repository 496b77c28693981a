"""Markdown while it is written: what is settled is never parsed again.

A block is settled when another one has surely begun behind it: its first two lines are there, which is as far as the
grammar looks ahead. The items of a list, the rows of a table and the lines of code that is still open settle too; the
parser is then shown a stand-in for what came before (an item, the head, the opening fence), so that the rest means what
it means in the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from gui.markdown.blocks import (
    LONGEST_PARSED,
    Block,
    Node,
    Part,
    Source,
    code_block,
    gather,
    nodes_of,
    parse,
    plain_blocks,
)
from gui.markdown.healing import heal

_SURE: Final = 2
"""Complete lines a block must have to be there for good."""
_GREATEST_NUMBER: Final = 999_999_998
_PATIENT_FROM: Final = 4_000
"""Characters of a tail that does not settle, such as one long line; it is parsed whenever it grew by a quarter."""


@dataclass(frozen=True)
class _Begun:
    """What stands before the tail and goes on in it; the parser sees `stand_in` instead."""

    stand_in: str
    parts: list[Part] = field(default_factory=list)
    table: Block | None = None
    code: str | None = None


class StreamParser:
    """Takes a text piece by piece; `blocks` is what it shows so far."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.text = ""
        """Everything taken, with ends of lines of one kind."""
        self._held = ""
        self._cut = 0
        self._settled: list[Block] = []
        self._begun: _Begun | None = None
        self._references = False
        self._parsed = 0

    def feed(self, piece: str) -> int:
        """Take more text; return how many blocks at the beginning are the same as before."""
        piece = self._held + piece
        self._held = "\r" if piece.endswith("\r") else ""
        self.text += piece.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
        if len(self.text) > LONGEST_PARSED:
            return self._show([*self._head_of_long(), *plain_blocks(self.text[LONGEST_PARSED:])])
        tail = len(self.text) - self._cut
        if tail > _PATIENT_FROM and tail < self._parsed * 1.25:
            return len(self.blocks)
        blocks = self._tail_blocks()
        self._parsed = len(self.text) - self._cut
        return self._show(blocks)

    def finish(self) -> int:
        """The text is whole: show exactly what `parse` would; return how many blocks are the same as before."""
        self.text += "\n" if self._held else ""
        self._held = ""
        if self._references or len(self.text) > LONGEST_PARSED:
            return self._show(parse(self.text))
        blocks = self._tail_blocks(whole=True)
        return self._show(parse(self.text) if self._references else blocks)

    def _show(self, blocks: list[Block]) -> int:
        same = 0
        for old, new in zip(self.blocks, blocks, strict=False):
            if old is not new and old != new:
                break
            same += 1
        self.blocks = self.blocks[:same] + blocks[same:]
        return same

    def _head_of_long(self) -> list[Block]:
        """What was parsed before the text became too long."""
        if self._cut < LONGEST_PARSED:
            self._settled, self._cut = parse(self.text[:LONGEST_PARSED]), LONGEST_PARSED
        return self._settled

    def _tail_blocks(self, *, whole: bool = False) -> list[Block]:
        """Parse the tail and settle what can be; return everything to show."""
        tail, begun = self.text[self._cut :], self._begun
        before = begun.stand_in if begun else ""
        in_code = bool(begun and begun.code is not None)
        source = Source(before + (tail if whole else heal(tail, in_code=in_code)))
        self._references = self._references or source.has_references
        parts = [_parts(source, node, None if number else begun) for number, node in enumerate(source.nodes)]
        if whole:
            return self._settled + self._gathered(parts)
        raw = before + tail
        complete = raw.count("\n")
        first = max((at for at, node in enumerate(source.nodes) if node.start + _SURE <= complete), default=0)
        if first:
            self._settled = self._settled + self._gathered(parts[:first])
            self._move(raw, before, source.nodes[first].start)
        shown = self._settled + self._gathered(parts[first:])
        if source.nodes and first == len(source.nodes) - 1:
            self._settle_within(source, None if first else begun, raw, before)
        return shown

    def _gathered(self, parts: list[list[Part]]) -> list[Block]:
        return gather(chain.from_iterable(parts), self._settled[-1] if self._settled else None)

    def _move(self, raw: str, before: str, line: int, begun: _Begun | None = None) -> None:
        """Let the tail begin at a line of what was parsed."""
        place = 0
        for _ in range(line):
            place = raw.index("\n", place) + 1
        self._cut += place - len(before)
        self._begun = begun

    def _settle_within(self, source: Source, begun: _Begun | None, raw: str, before: str) -> None:
        """Settle the finished items, rows or lines of the last node."""
        node, complete = source.nodes[-1], raw.count("\n")
        step = None
        if node.kind in {"bullet_list", "ordered_list"}:
            step = _list_step(source, node, begun, complete)
        elif node.kind == "table":
            step = _table_step(source, node, begun, complete)
        elif node.kind == "fence":
            step = _code_step(source, node, begun, complete)
        if step is None:
            return
        line, goes_on = step
        # The cut may have moved to this node already: lines count from the beginning of `raw` all the same.
        self._cut = len(self.text) - (len(raw) - len(before))
        self._move(raw, before, line, goes_on)
        # Of a long list, the blocks that are full will not change any more.
        listed = self._gathered([goes_on.parts])
        if len(listed) > 1:
            kept = len(listed[-1]["items"]) if listed[-1]["type"] == "list" else 1
            self._settled = self._settled + listed[:-1]
            self._begun = replace(goes_on, parts=goes_on.parts[-kept:])


def _parts(source: Source, node: Node, begun: _Begun | None) -> list[Part]:
    """Return what a node shows, with what stood before the tail."""
    if begun is None:
        return list(source.parts_of(node))
    if begun.code is not None:
        return [code_block(node, begun.code)]
    if begun.table is not None:
        return list(source.table(node, goes_on=begun.table))
    fresh = [part for at, item in enumerate(nodes_of(node.inner)) if at for part in source.item_parts(node, item, at)]
    return begun.parts + fresh


def _list_step(source: Source, node: Node, begun: _Begun | None, complete: int) -> tuple[int, _Begun] | None:
    items = list(nodes_of(node.inner))
    known = 1 if begun else 0
    last = max((at for at, item in enumerate(items) if at > known and item.start + _SURE <= complete), default=0)
    if not last:
        return None
    ends, number = items[last].token.markup, int(node.token.attrGet("start") or 1) + last - 1
    if node.token.attrGet("start") == 0:
        number = last - 1
    if number > _GREATEST_NUMBER:
        return None
    marker = f"{number}{ends}" if node.kind == "ordered_list" else ends
    parts = begun.parts if begun else []
    fresh = [part for at in range(known, last) for part in source.item_parts(node, items[at], at)]
    # The widest gap: no sibling, however far it is indented, then falls into the stand-in.
    return items[last].start, _Begun(f"{marker}    .\n", parts + fresh)


def _table_step(source: Source, node: Node, begun: _Begun | None, complete: int) -> tuple[int, _Begun] | None:
    rows = max(0, min(node.end, complete) - node.start - 2)
    if not rows:
        return None
    done = list(source.table(node, rows=rows, goes_on=begun.table if begun else None))
    if done[0]["type"] != "table":
        return None
    stand_in = "\n".join(source.lines[node.start : node.start + 2]) + "\n"
    return node.start + 2 + rows, _Begun(stand_in, table=done[0])


def _code_step(source: Source, node: Node, begun: _Begun | None, complete: int) -> tuple[int, _Begun] | None:
    lines = complete - node.start - 1
    if lines <= 0 or code_block(node, "")["closed"]:
        return None
    code = "".join(line + "\n" for line in node.token.content.split("\n")[:lines])
    before = begun.code if begun and begun.code else ""
    return node.start + 1 + lines, _Begun(source.lines[node.start] + "\n", code=before + code)
