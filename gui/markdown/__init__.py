"""Markdown of models turned into blocks that QML shows: parsed once, escaped, coloured beside the window."""

from __future__ import annotations

from gui.markdown.blocks import Block, parse
from gui.markdown.stream import StreamParser

__all__ = ["Block", "StreamParser", "parse"]
