"""Which Markdown is understood: CommonMark with tables, strikethrough and formulas; HTML is only text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

DEEPEST: Final = 20
"""Containers in containers; what lies deeper is shown as its source."""

_CODE_INDENT: Final = 4
_CLOSERS: Final = {"$$": "$$", "\\[": "\\]", "\\(": "\\)"}


def make_grammar() -> MarkdownIt:
    """Return a parser of blocks; texts in lines are parsed by whoever needs them, through its `inline`."""
    grammar = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable(["table", "strikethrough"])
    grammar.disable(["inline", "html_block", "html_inline", "text_join"])
    grammar.block.ruler.before("fence", "math", _math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    grammar.inline.ruler.before("escape", "math", _math_inline)
    # Every address is looked at in one place, gui.markdown.inline, which also says what is shown instead.
    grammar.validateLink = _any_address  # type: ignore[method-assign]
    return grammar


def _any_address(url: str) -> bool:  # noqa: ARG001 - the parser asks with it
    return True


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    r"""`$$` or `\[` at the start of a line, up to its closer or, like a paragraph, to a line without anything."""
    if state.sCount[start] - state.blkIndent >= _CODE_INDENT:
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].strip()
    closer = _CLOSERS.get(first[:2]) if first[:2] != "\\(" else None
    if closer is None or first[2:3] == "$" or not _begins_block(first, closer):
        return False
    if silent:
        return True
    line, found = start, closer in first[2:]
    while not found and line + 1 < end and not state.isEmpty(line + 1) and state.sCount[line + 1] >= state.blkIndent:
        line += 1
        found = state.getLines(line, line + 1, state.blkIndent, keepLastLF=False).rstrip().endswith(closer)
    token = state.push("math_block", "math", 0)
    token.content = state.getLines(start, line + 1, state.blkIndent, keepLastLF=False).strip()
    token.map = [start, line + 1]
    state.line = line + 1
    return True


def _begins_block(first: str, closer: str) -> bool:
    """Whether nothing but the formula stands in its first line; otherwise it is a formula within a sentence."""
    place = first.find(closer, 2)
    return place < 0 or place == len(first) - len(closer)


def _math_inline(state: StateInline, silent: bool) -> bool:
    r"""`\(..\)`, `\[..\]` and `$$..$$` within a sentence, as their source."""
    opener = state.src[state.pos : state.pos + 2]
    closer = _CLOSERS.get(opener)
    place = state.src.find(closer, state.pos + 2, state.posMax) if closer else -1
    if closer is None or place <= state.pos + 2:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = state.src[state.pos : place + 2]
    state.pos = place + 2
    return True
