"""Finds the fenced blocks of a model's answer, nested, indented and unclosed ones included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agents.answers.edits import is_diff

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agents.answers.labels import Label, Labels

_FENCE: Final = re.compile(r"^([ \t]*(?:>[ \t]?)?)(`{3,}|~{3,})([^`]*)$")
_MARKDOWN: Final = (".md", ".markdown", ".mdx", ".rst")
_LABEL_DISTANCE: Final = 3
_THINKING: Final = re.compile(r"^\s*<(think|thinking|reasoning)>")
_FENCE_ANYWHERE: Final = re.compile(r"^[ \t]*(?:`{3}|~{3})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block."""

    info: str
    body: str
    closed: bool
    label: Label | None


@dataclass(frozen=True, slots=True)
class _Fence:
    indent: str
    char: str
    length: int
    info: str


def answer_lines(text: str) -> list[str]:
    """Split an answer into lines, without byte order mark, carriage returns and the model's thinking aloud."""
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    thinking = _THINKING.match(text)
    if thinking:
        return text.partition(f"</{thinking[1]}>")[2].split("\n")
    before, closing, after = text.partition("\n</think>\n")
    if closing and not _FENCE_ANYWHERE.search(before):
        text = after
    return text.split("\n")


def find_blocks(lines: Sequence[str], labels: Labels) -> list[Block]:
    """All blocks of the answer in order, each with the file its heading names."""
    blocks: list[Block] = []
    position = floor = 0
    while position < len(lines):
        fence = _read(lines[position])
        if fence is None:
            position += 1
            continue
        label = labels.in_info(fence.info) if fence.info else None
        if label is None or label.strength == "foreign":
            label = _above(lines, position, floor, labels) or label
        end, closed = _end(lines, position + 1, fence, _is_markdown(fence, label), labels)
        block = _block(fence, lines[position + 1 : end], closed, label, labels)
        if block.closed or block.body.strip():
            blocks.append(block)
        position = floor = end + 1 if closed else max(end, position + 1)
    return blocks


def _read(line: str) -> _Fence | None:
    match = _FENCE.match(line)
    return _Fence(match[1], match[2][0], len(match[2]), match[3].strip(" \t")) if match else None


def _block(fence: _Fence, lines: Sequence[str], closed: bool, label: Label | None, labels: Labels) -> Block:
    body = [_outdented(line, fence.indent) for line in lines]
    while body and not closed and not body[-1].strip():
        del body[-1]
    if (label is None or label.strength == "mention") and body and not is_diff("\n".join(body)):
        first = 1 if body[0].startswith("#!") and len(body) > 1 else 0
        inside = labels.in_comment(body[first])
        if inside:
            label = inside
            del body[first]
    return Block(fence.info, "\n".join(body) + "\n" if body else "", closed, label)


def _outdented(line: str, indent: str) -> str:
    if not indent:
        return line
    if line.startswith(indent):
        return line[len(indent) :]
    return line.lstrip(" \t") if line[: len(indent)].strip() == "" else line


def _above(lines: Sequence[str], fence_at: int, floor: int, labels: Labels) -> Label | None:
    """Read the nearest line above a fence that is not blank."""
    for line in reversed(lines[max(floor, fence_at - _LABEL_DISTANCE) : fence_at]):
        if line.strip():
            return labels.in_heading(line) or labels.in_prose(line)
    return None


def _is_markdown(fence: _Fence, label: Label | None) -> bool:
    if label and label.strength != "mention":
        return label.path.lower().endswith(_MARKDOWN)
    return fence.info.lower() in {"md", "markdown"}


def _end(lines: Sequence[str], start: int, opener: _Fence, markdown: bool, labels: Labels) -> tuple[int, bool]:
    """Find where a block ends and whether it was closed.

    A fence with an info string opens a block inside the block, unless it is headed by a path: then the closing fence
    was forgotten. In Markdown a bare fence may open one as well.
    """
    open_lengths = [opener.length]
    for at in range(start, len(lines)):
        fence = _read(lines[at])
        if fence is None or fence.char != opener.char or fence.length < opener.length:
            continue
        begins = None if markdown and not fence.info else _begins_file(lines, start, at, fence, markdown, labels)
        if begins is not None:
            return begins, False
        if fence.length < open_lengths[-1]:
            continue
        if fence.info or (markdown and len(open_lengths) == 1 and _opens_inside(lines, at, fence)):
            open_lengths.append(fence.length)
            continue
        open_lengths.pop()
        if not open_lengths:
            return at, True
    return len(lines), False


def _begins_file(
    lines: Sequence[str], start: int, at: int, fence: _Fence, markdown: bool, labels: Labels
) -> int | None:
    """Where the next file starts when the fence at `at` opens one, its heading included."""
    if fence.info:
        label = labels.in_info(fence.info)
        if label and label.strength in {"exact", "mapped"}:
            return at
    if markdown or at == start or (not fence.info and not _has_text(lines, at + 1)):
        return None
    heading = lines[at - 1]
    decorated = heading.lstrip().startswith(("# ", "//", "--"))
    label = None if decorated else labels.in_heading(heading)
    return at - 1 if label and label.strength == "exact" else None


def _has_text(lines: Sequence[str], at: int) -> bool:
    return at < len(lines) and bool(lines[at].strip())


def _opens_inside(lines: Sequence[str], at: int, fence: _Fence) -> bool:
    """Tell an opening bare fence from a closing one: text follows at once, a blank line or a colon stands before."""
    before = lines[at - 1].strip()
    if not _has_text(lines, at + 1) or (before and not before.endswith(":")):
        return False
    later = [_read(line) for line in lines[at + 1 :]]
    bare = [each for each in later if each and not each.info and (each.char, each.length) == (fence.char, fence.length)]
    return len(bare) > 1
