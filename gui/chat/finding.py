"""The words of a row, for looking something up in a thread."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gui.chat.rows import Row

_TAG: Final = re.compile(r"<[^>]*>")
_PARTS: Final = ("items", "blocks", "head", "rows")
_FIELDS: Final = {
    "user": ("text",),
    "artifact": ("name",),
    "error": ("what", "did", "next"),
    "card": ("title", "text"),
    "run": ("title",),
    "sources": ("text",),
}


def words_of(row: Row) -> str:
    """Everything of a row that can be read."""
    if row.kind == "block":
        return block_words(row.content["block"])
    if row.kind == "thinking":
        return "\n".join(row.content["lines"])
    return "\n".join(str(row.content.get(field, "")) for field in _FIELDS.get(row.kind, ()))


def block_words(block: Any) -> str:
    """The plain words of a block of Markdown, and of what it holds."""
    if isinstance(block, str):
        return html.unescape(_TAG.sub("", block))
    if isinstance(block, list):
        return "\n".join(block_words(part) for part in block)
    if not isinstance(block, dict):
        return ""
    for field in ("plain", "text"):
        if isinstance(block.get(field), str):
            return str(block[field])
    parts = [block[part] for part in _PARTS if part in block]
    return "\n".join(block_words(part) for part in parts) if parts else block_words(str(block.get("html", "")))
