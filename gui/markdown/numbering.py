"""Citations of numbered sources show the number: what the list below the answer calls 1 is 1 in its text as well."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final

from gui.markdown.inline import BREAK, CITED, SIDE

if TYPE_CHECKING:
    from collections.abc import Mapping

_CITATION: Final = re.compile(rf'(<a href="mc:(\d+)">(?:<[bis]>)*){SIDE}(L[\d\u2013]+){SIDE}')
_TAG: Final = re.compile(r"<[^>]*>")


def numbered(block: dict[str, Any], numbers: Mapping[str, int]) -> dict[str, Any]:
    """Return a block whose citations of `numbers` (document -> number) name it; one without any comes back itself."""
    if block.get("type") == "quote":
        blocks = [numbered(part, numbers) for part in block["blocks"]]
        changed = any(new is not old for new, old in zip(blocks, block["blocks"], strict=True))
        return {**block, "blocks": blocks} if changed else block
    links = block.get("links") or []
    named = {place: number for place, link in enumerate(links) if (number := _number(link, numbers))}
    if not named:
        return block
    if block["type"] == "list":
        return {**block, "items": [_with_numbers(item, named) for item in block["items"]]}
    if block["type"] == "table":
        head, *rows = [[_html(cell, named) for cell in row] for row in [block["head"], *block["rows"]]]
        return {**block, "head": head, "rows": rows, "plain": [[_plain(cell) for cell in row] for row in [head, *rows]]}
    return _with_numbers(block, named)


def _number(link: str, numbers: Mapping[str, int]) -> int:
    return numbers.get(link.removeprefix(CITED).partition(":")[0], 0) if link.startswith(CITED) else 0


def _with_numbers(part: dict[str, Any], named: Mapping[int, int]) -> dict[str, Any]:
    html = _html(part["html"], named)
    return part if html == part["html"] else {**part, "html": html, "plain": _plain(html)}


def _html(html: str, named: Mapping[int, int]) -> str:
    def shown(found: re.Match[str]) -> str:
        number = named.get(int(found[2]))
        return f"{found[1]}{SIDE}{number}{SIDE}·{SIDE}{found[3]}{SIDE}" if number else found[0]

    return _CITATION.sub(shown, html)


def _plain(html: str) -> str:
    """The words alone: character for character what the markup shows."""
    return unescape(_TAG.sub("", html.replace("<br>", "\n"))).replace(BREAK, "")
